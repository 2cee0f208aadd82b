"""Kept answers: given again while the log stands still, and never a moment longer."""

import gzip
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from taskforce.models import Meeting
from tests import make
from tests.log import settle
from untfsse.kit.kept import KeptAnswersMiddleware
from untfsse.kit.log.rules import forget_rules, write_rules

pytestmark = pytest.mark.django_db

LOCAL = "django.core.cache.backends.locmem.LocMemCache"


@pytest.fixture(autouse=True)
def cache(settings: LazySettings) -> Iterator[None]:
    """Keep answers in this process."""
    settings.CACHES = {"default": {"BACKEND": LOCAL, "TIMEOUT": None, "LOCATION": "kept"}}
    yield
    caches["default"].clear()


@pytest.fixture
def meeting() -> Meeting:
    meeting = make.meeting(
        slug="spring",
        title="Quokka meeting",
        kind="special",
        state="planned",
        starts_on="2999-05-05",
    )
    meeting.tags.add("Decent work")
    settle()
    return meeting


DOORS = [
    "/",
    "/meetings/",
    "/meetings/?kind=special",
    "/meetings/spring/",
    "/search/?q=meeting",
    "/topics/decent-work/",
    "/api/v1/meetings/",
    "/api/v1/meetings/spring/",
    "/meetings/feed/",
    "/meetings/calendar.ics",
    "/meetings/calendar.ics?kind=special",
    "/meetings/spring.ics",
]


def title(text: str) -> None:
    """Write a title as somebody at the database's own prompt would."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE taskforce_meeting SET title = %s", [text])
    settle()


@pytest.mark.parametrize("door", DOORS)
def test_a_door_asks_one_thing_and_is_never_behind(
    door: str, client: Client, meeting: Meeting
) -> None:
    first = client.get(door)
    with CaptureQueriesContext(connection) as asked:
        again = client.get(door)
    count = len(asked)  # before the next request empties the list
    title("Wombat meeting")
    changed = client.get(door)

    assert (first.status_code, again.content) == (200, first.content)
    assert count == 1
    assert "Quokka" in first.text
    assert ("Quokka" in changed.text, "Wombat" in changed.text) == (False, True)


def test_the_sitemap_is_never_behind(client: Client, meeting: Meeting) -> None:
    before = client.get("/sitemap-meetings.xml").text
    Meeting.objects.update(slug="autumn")
    settle()
    after = client.get("/sitemap-meetings.xml").text
    assert ("/spring/" in before, "/spring/" in after, "/autumn/" in after) == (True, False, True)


def test_who_subscribes_to_the_calendar_hears_of_a_withdrawal(
    client: Client, meeting: Meeting
) -> None:
    path = "/meetings/calendar.ics"
    first, head = client.get(path), client.head(path)
    told = ("ETag", "Last-Modified")
    assert [head[name] for name in told] == [first[name] for name in told]
    known = {"if-none-match": first["ETag"]}
    assert client.get(path, headers=known).status_code == 304
    assert client.get(path, {"kind": "regular"}, headers=known).status_code == 200
    Meeting.objects.update(status="withdrawn", withdrawal_reason="Held twice.")
    settle()
    assert "STATUS:CANCELLED" in client.get(path, headers=known).text


def test_a_draft_moves_nothing(client: Client, meeting: Meeting) -> None:
    client.get("/meetings/")
    make.meeting(status="draft")
    settle()
    with CaptureQueriesContext(connection) as asked:
        client.get("/meetings/")
    assert len(asked) == 1


def test_who_is_signed_in_neither_gets_nor_fills_it(client: Client, meeting: Meeting) -> None:
    draft = make.meeting(status="draft", title="Numbat meeting")
    staff = Client()
    staff.force_login(make.user(is_staff=True, is_superuser=True))
    assert "Numbat" in staff.get("/meetings/").text
    assert "Numbat" not in client.get("/meetings/").text
    assert "Numbat" in staff.get("/meetings/").text
    assert draft.status == "draft"


def test_what_the_clock_brings_is_shown_when_it_comes(client: Client, meeting: Meeting) -> None:
    ahead = make.meeting(title="Bilby meeting", published_at=make.PUBLISHED_AT.replace(year=2999))
    settle()
    before = client.get("/meetings/").text
    with connection.cursor() as cursor:  # as if the clock had gone on, which no trigger sees
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE taskforce_meeting SET published_at = now() WHERE id = %s", [ahead.pk]
        )
        cursor.execute("UPDATE kit_loghead SET due_at = now()")
        cursor.execute("SET session_replication_role = origin")
    after = client.get("/meetings/").text
    assert ("Bilby" in before, "Bilby" in after) == (False, True)


def test_nonsense_is_not_kept_and_the_order_of_parameters_is_nothing(
    client: Client, meeting: Meeting
) -> None:
    kept: Any = caches["default"]
    client.get("/meetings/?colour=red")
    client.get("/nowhere/")
    client.get("/meetings/?kind=nothing&colour=1")
    assert len(kept._cache) == 0
    client.get("/meetings/?kind=special&year=2022")
    client.get("/meetings/?year=2022&kind=special")
    client.head("/meetings/?year=2022&kind=special")
    assert len(kept._cache) == 1


def test_nothing_is_kept_while_tables_change(client: Client, meeting: Meeting) -> None:
    client.get("/meetings/")
    forget_rules()
    title("Wombat meeting")
    meanwhile = client.get("/meetings/").text
    write_rules()
    afterwards = client.get("/meetings/").text
    assert ["Wombat" in text for text in (meanwhile, afterwards)] == [True, True]


# --- Conditions ----------------------------------------------------------------------------


def test_an_unchanged_answer_is_one_statement_and_no_body(client: Client, meeting: Meeting) -> None:
    first = client.get("/api/v1/meetings/spring/")
    with CaptureQueriesContext(connection) as asked:
        again = client.get("/api/v1/meetings/spring/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, len(asked)) == (304, b"", 1)
    assert again["Access-Control-Allow-Origin"] == "*"
    assert again["ETag"] == first["ETag"]
    title("Wombat meeting")
    other = client.get("/api/v1/meetings/spring/", headers={"if-none-match": first["ETag"]})
    assert (other.status_code, other["ETag"] != first["ETag"]) == (200, True)


def test_the_tag_is_strong_and_every_process_gives_the_same(meeting: Meeting) -> None:
    tags = set()
    for _process in range(2):
        tags.add(Client().get("/meetings/")["ETag"])
        caches["default"].clear()
    assert len(tags) == 1
    assert not tags.pop().startswith("W/")


def test_a_packed_answer_has_a_tag_of_its_own_and_the_same_content(
    client: Client, meeting: Meeting
) -> None:
    plain = client.get("/meetings/")
    packed = client.get("/meetings/", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    told = {word.strip() for word in packed["Vary"].split(",")}
    assert {"Accept-Encoding", "Accept-Language", "Cookie"} <= told
    assert packed["Content-Length"] == str(len(packed.content))


def test_a_proxy_may_keep_it_and_must_ask_again(client: Client, meeting: Meeting) -> None:
    answer = client.get("/meetings/")
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    head = client.head("/meetings/")
    assert (head["ETag"], head["Last-Modified"]) == (answer["ETag"], answer["Last-Modified"])


# --- Faults --------------------------------------------------------------------------------


class BrokenCache(caches["default"].__class__):  # type: ignore[misc]
    """A cache that is out of reach."""

    def get(self, *_args: Any, **_kwargs: Any) -> Any:
        raise ConnectionError("away")

    set = get


def test_a_cache_that_is_down_breaks_no_page(
    client: Client, meeting: Meeting, settings: LazySettings
) -> None:
    settings.CACHES = {"default": {"BACKEND": "tests.test_kept.BrokenCache"}}
    for _time in range(2):
        assert "Quokka" in client.get("/meetings/").text


def test_what_is_not_kept_asks_nothing_of_the_database(client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/healthz")
    assert (answer.status_code, len(asked)) == (200, 0)


@pytest.mark.parametrize(("status", "times"), [(200, 1), (503, 4)])
def test_an_answer_is_made_once_however_many_wait_and_a_refusal_holds_nobody(
    status: int, times: int, rf: RequestFactory
) -> None:
    made: list[int] = []
    begun, may_end = threading.Event(), threading.Event()

    def answer(_request: HttpRequest) -> HttpResponseBase:
        made.append(1)
        begun.set()
        assert may_end.wait(10)
        return HttpResponse("slow", status=status)

    middleware = KeptAnswersMiddleware(answer)
    statuses: list[int] = []

    def ask() -> None:
        try:
            statuses.append(middleware(rf.get("/robots.txt")).status_code)
        finally:
            connection.close()

    readers = [threading.Thread(target=ask) for _reader in range(4)]
    for reader in readers:
        reader.start()
    assert begun.wait(10)
    may_end.set()
    for reader in readers:
        reader.join(10)
    assert (statuses, len(made)) == ([status] * 4, times)
