"""Feeds: each list as Atom with its filters."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.staff import member, staff
from untfsse.kit.pages.feeds import NEWEST

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS: dict[str, tuple[str, Callable[..., Any]]] = {
    "/updates/feed/": ("taskforce:update_feed", make.update),
    "/meetings/feed/": ("taskforce:meeting_feed", make.meeting),
    "/decisions/feed/": ("taskforce:decision_feed", make.decision),
    "/instruments/feed/": ("taskforce:instrument_feed", make.instrument),
    "/documents/feed/": ("taskforce:document_feed", make.document),
    "/encyclopedia/feed/": ("encyclopedia:entry_feed", make.entry),
    "/action-plans/feed/": ("actionplan:action_plan_feed", make.action_plan),
    "/activities/feed/": ("actionplan:activity_feed", make.activity),
}
HIDDEN: list[dict[str, Any]] = [
    {"status": "draft"},
    {
        "status": "withdrawn",
        "published_at": make.PUBLISHED_AT,
        "withdrawal_reason": "Taken back",
    },
    {"published_at": dt.datetime(2999, 1, 1, tzinfo=dt.UTC)},
]


def entries(client: Client, path: str, **asked: Any) -> list[ET.Element]:
    """Return the entries of a feed."""
    response = client.get(path, asked)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content).findall(f"{ATOM}entry")  # noqa: S314 — our own


def text(entry: ET.Element, name: str) -> str:
    """Return a text of an entry."""
    return entry.findtext(f"{ATOM}{name}") or ""


# --- Atom ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FEEDS)
def test_feed_shows_the_public_records_of_its_list(client: Client, path: str) -> None:
    name, build = FEEDS[path]
    assert reverse(name) == path
    record = build()
    for facts in HIDDEN:
        build(**facts)
    client.force_login(staff("Secretariat"))
    (entry,) = entries(client, path)
    link = entry.find(f"{ATOM}link")
    assert link is not None
    address = f"http://testserver{record.get_absolute_url()}"
    assert (link.get("href"), text(entry, "id")) == (address, address)
    assert text(entry, "published") == record.published_at.isoformat()
    assert text(entry, "updated") == record.updated_at.isoformat()


def test_newest_publication_comes_first(client: Client) -> None:
    for day in (1, 3, 2):
        published_at = dt.datetime(2024, 1, day, tzinfo=dt.UTC)
        make.update(title=f"Of day {day}", published_at=published_at)
    shown = [text(entry, "title") for entry in entries(client, "/updates/feed/")]
    assert shown == ["Of day 3", "Of day 2", "Of day 1"]


def test_feed_takes_the_filters_of_its_list(client: Client) -> None:
    make.update(title="Call", kind="call")
    make.update(title="Vacancy", kind="vacancy")
    shown = entries(client, "/updates/feed/", kind="call")
    assert [text(entry, "title") for entry in shown] == ["Call"]


def test_markup_in_a_record_stays_text(client: Client) -> None:
    make.update(title="<b>Bold</b> & co", text="<script>x</script>")
    (entry,) = entries(client, "/updates/feed/")
    assert text(entry, "title") == "<b>Bold</b> & co"
    assert text(entry, "summary") == "&lt;script&gt;x&lt;/script&gt;"


def test_document_for_members_is_in_no_feed(client: Client) -> None:
    make.document(audience="members")
    client.force_login(member())
    assert entries(client, "/documents/feed/") == []


def test_feed_ends_after_the_newest(client: Client) -> None:
    for _ in range(NEWEST + 1):
        make.update()
    assert len(entries(client, "/updates/feed/")) == NEWEST


def test_feed_that_did_not_change_is_not_sent_again(client: Client) -> None:
    make.update()
    first = client.get("/updates/feed/")
    again = client.get("/updates/feed/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("rows", [1, 3])
def test_feed_makes_one_query_however_many_records(
    path: str, rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        FEEDS[path][1]()
    with django_assert_num_queries(1):
        assert len(entries(client, path)) == rows
