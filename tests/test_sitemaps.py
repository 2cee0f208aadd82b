"""Sitemaps and robots: every public address, with its last change, and no other."""

from functools import partial
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tests import make
from tests.log import put_clock_forward, settle
from tests.make import HIDDEN
from tests.staff import member, staff
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
    record = make.update()
    named = addresses(client, "/sitemap.xml")
    assert list(named) == [f"/sitemap-{name}.xml" for name in ("pages", *BUILDERS)]
    assert named["/sitemap-updates.xml"] == record.updated_at.isoformat()


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
    with django_assert_num_queries(2):
        assert len(addresses(client, "/sitemap-updates.xml")) == rows


def test_robots_are_shown_the_sitemap(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain"
    assert "Sitemap: http://testserver/sitemap.xml\n" in response.text
