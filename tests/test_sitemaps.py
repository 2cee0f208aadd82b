"""Sitemaps and robots: every public address, with its last change, and no other."""

from copy import copy
from functools import partial
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from taskforce.models import Update
from tests import make
from tests.log import put_clock_forward, settle
from tests.make import HIDDEN
from tests.staff import member, staff
from untfsse.kit.log import PublicState
from untfsse.kit.records.noun import Door, nouns

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BUILDERS = {model.noun.path: partial(make.build, model) for model in nouns(Door.SITEMAP)}


def addresses(client: Client, path: str) -> dict[str, str | None]:
    """Return the addresses of a sitemap with their last changes."""
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    return {
        (item.findtext(f"{SITEMAP}loc") or "").removeprefix("http://testserver"): item.findtext(
            f"{SITEMAP}lastmod"
        )
        for item in ET.fromstring(response.content)  # noqa: S314 — our own
    }


def test_index_names_a_sitemap_for_every_noun(client: Client) -> None:
    make.update()
    settle()
    state = PublicState.objects.of(Update).get()
    named = addresses(client, "/sitemap.xml")
    assert list(named) == [f"/sitemap-{name}.xml" for name in ("pages", *BUILDERS)]
    assert named["/sitemap-updates.xml"] == state.changed_at.isoformat()


@pytest.mark.parametrize("name", BUILDERS)
def test_sitemap_lists_what_a_visitor_may_see(client: Client, name: str) -> None:
    record: Any = BUILDERS[name]()
    for facts in HIDDEN:
        BUILDERS[name](**facts)
    client.force_login(staff("Secretariat"))
    assert addresses(client, f"/sitemap-{name}.xml") == {
        record.get_absolute_url(): record.updated_at.date().isoformat()
    }


def test_document_for_members_is_in_no_sitemap(client: Client) -> None:
    make.document(audience="members")
    client.force_login(member())
    assert addresses(client, "/sitemap-documents.xml") == {}


@pytest.mark.slow
def test_pages_and_goals_are_listed_and_answer(client: Client) -> None:
    named = addresses(client, "/sitemap-pages.xml")
    assert len(named) == 8 + len(nouns(Door.PAGES)) + 17
    assert {path: client.get(path).status_code for path in named} == dict.fromkeys(named, 200)


def test_unknown_sitemap_is_not_found(client: Client) -> None:
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_edit_that_no_visitor_sees_moves_no_last_change(client: Client) -> None:
    record = make.update()
    settle()
    put_clock_forward("UPDATE kit_publicstate SET changed_at = '2024-02-29 12:00+00'")
    record.internal_note = "From a letter."
    record.save()
    settle()
    assert addresses(client, "/sitemap-updates.xml") == {record.get_absolute_url(): "2024-02-29"}
    moment = addresses(client, "/sitemap.xml")["/sitemap-updates.xml"]
    assert moment == "2024-02-29T12:00:00+00:00"


@pytest.mark.parametrize("rows", [1, 3])
def test_sitemap_makes_the_same_queries_however_many_records(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        make.update()
    with django_assert_num_queries(1):
        assert len(addresses(client, "/sitemap-updates.xml")) == rows


def test_long_sitemap_is_in_parts_of_which_each_says_its_own_last_change(client: Client) -> None:
    first = make.update()
    copies = [copy(first) for _number in range(501)]
    for number, row in enumerate(copies):
        row.pk, row.public_id, row.slug = None, uuid4(), f"copy-{number}"
    Update.objects.bulk_create(copies)
    settle()
    put_clock_forward("UPDATE kit_publicstate SET changed_at = '2024-02-29 12:00+00'")
    Update.objects.filter(slug="copy-500").update(title="Another")
    settle()

    named = addresses(client, "/sitemap.xml")
    parts = {path: moment for path, moment in named.items() if path.startswith("/sitemap-updates")}
    latest = PublicState.objects.get(slug="copy-500").changed_at.isoformat()
    assert parts == {
        "/sitemap-updates.xml": "2024-02-29T12:00:00+00:00",
        "/sitemap-updates.xml?p=2": latest,
    }
    listed = [list(addresses(client, path)) for path in parts]
    assert [len(part) for part in listed] == [500, 2]
    assert listed[1] == ["/updates/copy-499/", "/updates/copy-500/"]


@pytest.mark.parametrize("part", ["0", "2", "50001", "9" * 40, "1.5", "x"])
def test_part_that_is_not_there_is_not_found(part: str, client: Client) -> None:
    make.update()
    assert client.get(f"/sitemap-updates.xml?p={part}").status_code == 404


def test_robots_are_shown_the_sitemap(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain"
    assert "Sitemap: http://testserver/sitemap.xml\n" in response.text
