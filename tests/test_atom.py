"""Feeds: each list and each search as Atom, by what changed last, with what is gone."""

import datetime as dt
import re
from typing import Any
from xml.etree import ElementTree as ET

import atoma
import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from taskforce.models import Update
from tests import make
from tests.asking import problem
from tests.log import settle
from tests.make import HIDDEN
from untfsse.kit.history.restore import deleted_rows, restore
from untfsse.kit.log import PublicState
from untfsse.kit.pages.feeds import PAGE_SIZE
from untfsse.kit.records.noun import Door, address_name, list_address, nouns
from untfsse.kit.records.publishing import publish, withdraw_from_public

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
HOST = "http://testserver"
TYPE = "application/atom+xml; charset=utf-8"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
IRI = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
FEEDS = {reverse(address_name(model, "feed")): model for model in nouns(Door.FEED)}


# --- Reading -------------------------------------------------------------------------------


def read(client: Client, path: str, **asked: Any) -> ET.Element:
    """Return a feed as it is now, which must be one that RFC 4287 and RFC 6721 allow."""
    settle()
    response = client.get(path, asked)
    assert (response.status_code, response["Content-Type"]) == (200, TYPE)
    feed = ET.fromstring(response.content)  # noqa: S314 — our own
    for element in [feed, *entries(feed)]:
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
            assert text(element, name)
        assert IRI.fullmatch(text(element, "id"))
        assert all(IRI.fullmatch(link.get("href", "")) for link in element.iter(f"{ATOM}link"))
        alternates = [each.get("type") for each in links(element, "alternate")]
        assert len(alternates) == len(set(alternates)) > 0
    moments = [
        each.text or "" for name in ("updated", "published") for each in feed.iter(ATOM + name)
    ]
    moments += [each.get("when", "") for each in feed.findall(GONE)]
    assert all(MOMENT.fullmatch(moment) for moment in moments)
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert len(links(feed, "self")) == 1
    named = [text(entry, "id") for entry in entries(feed)]
    named += [each.get("ref", "") for each in feed.findall(GONE)]
    assert len(named) == len(set(named))
    return feed


def entries(feed: ET.Element) -> list[ET.Element]:
    """Return the entries of a feed."""
    return feed.findall(f"{ATOM}entry")


def text(element: ET.Element, name: str) -> str:
    """Return a text of a feed or an entry."""
    return element.findtext(f"{ATOM}{name}") or ""


def links(element: ET.Element, rel: str) -> list[ET.Element]:
    """Return the links of a kind."""
    return [each for each in element.findall(f"{ATOM}link") if each.get("rel") == rel]


def link(element: ET.Element, rel: str) -> str:
    """Return where a link leads, without the host; "" for none."""
    return "".join(each.get("href", "") for each in links(element, rel)).removeprefix(HOST)


def titles(feed: ET.Element) -> list[str]:
    """Return the titles of the entries."""
    return [text(entry, "title") for entry in entries(feed)]


def gone(feed: ET.Element) -> dict[str, str]:
    """Return the reason of each tombstone by what it names."""
    comment = GONE.replace("deleted-entry", "comment")
    return {each.get("ref", ""): each.findtext(comment) or "" for each in feed.findall(GONE)}


def urn(record: Any) -> str:
    """Return how feeds name a record."""
    return f"urn:uuid:{record.public_id}"


def state_of(record: Any) -> PublicState:
    """Return what the log knows of a record."""
    return PublicState.objects.get(public_id=record.public_id)


# --- What stands in a feed -----------------------------------------------------------------


def test_every_list_has_a_feed() -> None:
    assert set(nouns(Door.PAGES)) == set(FEEDS.values())


@pytest.mark.parametrize("path", FEEDS)
def test_feed_shows_the_public_records_of_its_list(client: Client, path: str) -> None:
    record = make.build(FEEDS[path])
    for facts in HIDDEN:
        make.build(FEEDS[path], **facts)
    client.force_login(make.user(is_staff=True))
    feed = read(client, path)
    (entry,) = entries(feed)
    assert (text(entry, "id"), link(entry, "alternate")) == (urn(record), record.get_absolute_url())
    assert text(entry, "published") == record.published_at.isoformat()
    assert text(entry, "updated") == state_of(record).changed_at.isoformat()
    assert text(feed, "updated") == text(entry, "updated")
    assert (link(feed, "self"), link(feed, "alternate")) == (path, path.removesuffix("feed/"))
    assert gone(feed) == {}


def test_what_changed_last_comes_first_however_it_was_changed(client: Client) -> None:
    old = make.update(title="Old")
    settle()
    new = make.update(title="New")
    assert titles(read(client, "/updates/feed/")) == ["New", "Old"]
    Update.objects.filter(pk=old.pk).update(text="Told anew, by a query in a shell.")
    assert titles(read(client, "/updates/feed/")) == ["Old", "New"]
    new.organizations.add(make.organization())
    feed = read(client, "/updates/feed/")
    assert titles(feed) == ["New", "Old"]
    assert text(feed, "updated") == state_of(new).changed_at.isoformat()


def test_new_address_is_no_new_entry(client: Client) -> None:
    meeting = make.meeting(slug="first")
    (before,) = entries(read(client, "/meetings/feed/"))
    meeting.slug = "second"
    meeting.save()
    (after,) = entries(read(client, "/meetings/feed/"))
    assert text(after, "id") == text(before, "id")
    assert link(after, "alternate") == "/meetings/second/"


def test_markup_in_a_record_stays_text(client: Client) -> None:
    make.update(title="<b>Bold</b> & co", text="<script>x</script>")
    (entry,) = entries(read(client, "/updates/feed/"))
    assert text(entry, "title") == "<b>Bold</b> & co"
    assert text(entry, "summary") == "&lt;script&gt;x&lt;/script&gt;"


@pytest.mark.parametrize("path", FEEDS)
def test_feed_asks_alike_however_many_records(
    path: str, client: Client, django_assert_num_queries: Any
) -> None:
    for _ in range(2):
        make.build(FEEDS[path])
        settle()
        with django_assert_num_queries(3):
            assert client.get(path).status_code == 200


# --- What is gone --------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:Testing an element's truth value:DeprecationWarning:atoma")
def test_readers_hear_of_edit_withdrawal_deletion_and_restoring(client: Client) -> None:
    """Each step as feedparser and atoma read it, and as the tombstones say it."""
    make.update(title="Beside it")
    settle()
    update = make.update(title="Call", text="Until May.")

    def step(**expected: str) -> dict[str, str]:
        feed = read(client, "/updates/feed/")
        content = client.get("/updates/feed/").content
        parsed: Any = feedparser.parse(content)
        told: Any = atoma.parse_atom_bytes(content)
        assert not parsed.bozo
        assert parsed.feed.id == told.id_ == text(feed, "id")
        assert parsed.feed.author == told.authors[0].name != ""
        assert parsed.feed.updated == told.updated.isoformat() == text(feed, "updated")
        assert told.updated == state_of(update).changed_at
        assert len(parsed.entries) == len(told.entries) == (2 if expected else 1)
        if expected:
            one, other = parsed.entries[0], told.entries[0]
            assert one.id == other.id_ == urn(update)
            assert one.title == other.title.value == expected["title"]
            assert one.summary == other.summary.value == expected["summary"]
            assert one.link == other.links[0].href == HOST + update.get_absolute_url()
            moments = {
                one.published,
                other.published.isoformat(),
                text(entries(feed)[0], "published"),
            }
            assert moments == {update.published_at and update.published_at.isoformat()}
            assert one.updated == other.updated.isoformat() == told.updated.isoformat()
        return gone(feed)

    assert step(title="Call", summary="Until May.") == {}
    update.title, update.text = "Call for papers", "Until June."
    update.save()
    assert step(title="Call for papers", summary="Until June.") == {}
    withdraw_from_public(update, reason="Sent twise.", by=None)
    assert step() == {urn(update): "Sent twise."}
    Update.objects.filter(pk=update.pk).update(withdrawal_reason="Sent twice.")
    assert step() == {urn(update): "Sent twice."}
    update = publish(update, by=None, at=timezone.now())
    assert step(title="Call for papers", summary="Until June.") == {}
    Update.objects.filter(pk=update.pk).delete()
    assert step() == {urn(update): "This record was deleted."}
    update = restore(deleted_rows(Update).latest("id"), by=None)  # type: ignore[assignment]
    assert step(title="Call for papers", summary="Until June.") == {}


def test_what_was_never_public_leaves_no_tombstone(client: Client) -> None:
    for facts in HIDDEN:
        make.update(**facts).delete()
    make.document(audience="members").delete()
    settle()
    for path in ("/updates/feed/", "/documents/feed/"):
        feed = read(client, path)
        assert (entries(feed), gone(feed)) == ([], {})


def test_document_that_becomes_one_for_members_goes_without_a_word(client: Client) -> None:
    document = make.document(title="Paper")
    assert titles(read(client, "/documents/feed/")) == ["Paper"]
    document.audience = "members"
    document.withdrawal_reason = "For members."
    document.save()
    client.force_login(make.user())
    feed = read(client, "/documents/feed/")
    assert (entries(feed), gone(feed)) == ([], {urn(document): ""})


def test_planned_publication_appears_when_its_moment_comes(client: Client) -> None:
    update = make.update(title="Planned", published_at=timezone.now() + dt.timedelta(days=1))
    assert titles(read(client, "/updates/feed/")) == []
    with connection.cursor() as cursor:  # the clock goes on by two days
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE taskforce_update SET published_at = published_at - '2 days'::interval"
        )
        cursor.execute("UPDATE kit_loghead SET due_at = due_at - '2 days'::interval")
        cursor.execute("SET LOCAL session_replication_role = origin")
    (entry,) = entries(read(client, "/updates/feed/"))
    assert text(entry, "updated") == state_of(update).changed_at.isoformat()


# --- Asked again ---------------------------------------------------------------------------


def test_feed_that_did_not_change_is_not_sent_again(client: Client) -> None:
    make.update()
    settle()
    first = client.get("/updates/feed/")
    again = client.get("/updates/feed/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


# --- Filters -------------------------------------------------------------------------------


def test_feed_takes_the_filters_of_its_list(client: Client) -> None:
    make.meeting(title="Special", kind="special", starts_on="2022-07-19")
    make.meeting(title="Regular", kind="regular", starts_on="2022-07-20")
    feed = read(client, "/meetings/feed/", year="2022", kind="special", q="")
    assert titles(feed) == ["Special"]
    query = "?kind=special&year=2022"
    assert link(feed, "self") == f"/meetings/feed/{query}"
    assert link(feed, "alternate") == f"/meetings/{query}"
    assert text(feed, "title").endswith(" · Kind: Special meeting; Year: 2022")
    same = read(client, "/meetings/feed/", kind="special", utm_source="reader", year=" 2022 ")
    every, other = read(client, "/meetings/feed/"), read(client, "/meetings/feed/", kind="regular")
    assert (text(same, "id"), link(same, "self")) == (text(feed, "id"), link(feed, "self"))
    assert len({text(each, "id") for each in (feed, every, other)}) == 3


@pytest.mark.parametrize("path", ["/meetings/feed/", "/search/feed/"])
@pytest.mark.parametrize("sign", ["\x01", "\ufffe"])
def test_sign_that_no_xml_may_hold_is_left_out(client: Client, path: str, sign: str) -> None:
    feed = read(client, path, q=f"a{sign}b")
    assert text(feed, "title").endswith("a b")


def test_filtered_feed_tells_of_all_of_its_noun_that_is_gone(client: Client) -> None:
    """What is gone cannot be asked whether it still fits."""
    call = make.update(kind="call")
    make.meeting()
    read(client, "/updates/feed/")
    withdraw_from_public(call, reason="Sent twice.", by=None)
    assert gone(read(client, "/updates/feed/", kind="vacancy")) == {urn(call): "Sent twice."}
    assert gone(read(client, "/meetings/feed/")) == {}


def test_feed_of_seats_on_a_day(client: Client) -> None:
    seat = make.seat(category="observer", from_on="2014", until_on="2018")
    make.organization()
    asked = {"on": "2016-01-01", "category": "observer"}
    feed = read(client, "/organizations/feed/", **asked)
    assert [text(entry, "id") for entry in entries(feed)] == [urn(seat.organization)]
    assert entries(read(client, "/organizations/feed/", **{**asked, "on": "2019-01-01"})) == []


# --- Pages ---------------------------------------------------------------------------------


def test_feed_comes_in_pages_that_lose_nothing(client: Client) -> None:
    facts = make.published(kind="call", happened_on="2022-07-19")
    news = [Update(title=f"{n}", slug=f"n-{n}", **facts) for n in range(2 * PAGE_SIZE + 1)]
    Update.objects.bulk_create(news)
    first = read(client, "/updates/feed/", kind="call")
    assert len(entries(first)) == PAGE_SIZE
    assert (link(first, "previous"), link(first, "first")) == ("", link(first, "self"))
    shown, page = titles(first), first
    # What was shown goes, what was not moves to the front: nobody else's place changes.
    Update.objects.filter(title__in=shown[-2:]).delete()
    moved = Update.objects.exclude(title__in=shown).earliest("id")
    Update.objects.filter(pk=moved.pk).update(text="Moved")
    while following := link(page, "next"):
        before, page = page, read(client, following)
        assert link(page, "self") == following
        assert link(page, "first") == link(first, "self")
        assert text(page, "id") == text(first, "id")
        assert text(page, "updated") > text(first, "updated")
        back = read(client, link(page, "previous"))
        assert set(titles(back)) - {moved.title} <= set(titles(before))
        shown += titles(page)
    assert len(shown) == len(set(shown)) == len(news) - 1
    assert titles(read(client, "/updates/feed/"))[0] == moved.title not in shown


def test_cursor_that_is_none_is_named(client: Client) -> None:
    [error] = problem(client.get("/updates/feed/?cursor=nonsense"), 400)["errors"]
    assert error["name"] == "cursor"


# --- Searches ------------------------------------------------------------------------------


def test_search_has_a_feed_in_the_order_of_changes(client: Client) -> None:
    meeting = make.meeting(title="Tourism talks")
    update = make.update(title="Tourism news")
    settle()
    author = make.authorship(person=make.person(name="Tourism Miller"))
    make.person(name="Tourism Nobody")
    make.document(title="Tourism paper", audience="members")
    make.update(title="Something else")
    settle()
    meeting.summary = "Heard."
    meeting.save()
    client.force_login(make.user(is_staff=True))
    feed = read(client, "/search/feed/", q=" TOURISM ")
    assert titles(feed) == ["Tourism talks", "Tourism Miller", "Tourism news"]
    assert link(entries(feed)[1], "alternate") == author.entry.get_absolute_url()
    assert link(feed, "self") == "/search/feed/?q=TOURISM"
    assert link(feed, "alternate") == "/search/?q=TOURISM"
    assert text(feed, "title").endswith(" · TOURISM")
    narrow = read(client, "/search/feed/", q="tourism", kind="update")
    assert titles(narrow) == ["Tourism news"]
    assert link(narrow, "self") == "/search/feed/?kind=update&q=tourism"
    assert text(narrow, "id") != text(feed, "id")
    withdraw_from_public(update, reason="Sent twice.", by=None)
    assert gone(read(client, "/search/feed/", q="tourism")) == {urn(update): "Sent twice."}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "q"),
        ("q=%20", "q"),
        ("q=%01", "q"),
        ("q=a&q=b", "q"),
        ("q=%ff", "q"),
        (f"q={'x' * 201}", "q"),
        ("q=a&kind=nothing", "kind"),
    ],
)
def test_feed_of_a_search_names_what_it_does_not_understand(
    client: Client, query: str, name: str
) -> None:
    [error] = problem(client.get(f"/search/feed/?{query}"), 400)["errors"]
    assert error["name"] == name


# --- Found from the page -------------------------------------------------------------------


def feeds_of(client: Client, path: str) -> tuple[list[str], list[str]]:
    """Return the feeds that a page names in its head, and those that it shows to people."""
    page = client.get(path).content.decode().replace("&amp;", "&")
    kind = r'type="application/atom\+xml"'
    head = re.findall(rf'<link rel="alternate" {kind}[^>]* href="([^"]*)"', page)
    return head, re.findall(rf'<a href="([^"]*)" rel="alternate" {kind}', page)


@pytest.mark.slow
def test_every_list_and_every_search_leads_to_its_feed(client: Client) -> None:
    make.meeting(title="Tourism talks", kind="special")
    make.meeting(title="Tourism again", kind="special")
    pages = {list_address(model): f"{list_address(model)}feed/" for model in nouns(Door.PAGES)}
    pages |= {
        "/meetings/?year=&kind=special&q=talks": "/meetings/feed/?kind=special&q=talks",
        "/search/?q=+tourism": "/search/feed/?q=tourism",
        "/search/?kind=meeting&q=tourism": "/search/feed/?kind=meeting&q=tourism",
    }
    for page, feed in pages.items():
        assert feeds_of(client, page) == ([feed], [feed]), page
        read(client, feed)
    for page in ("/", "/search/", "/meetings/?kind=nothing"):
        assert feeds_of(client, page) == ([], [])
