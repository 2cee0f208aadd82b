"""Kept answers: given again while the log stands still, and never a moment longer."""

import datetime as dt
import gzip
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import http_date

from taskforce.models import Meeting
from tests import make
from tests.asking import problem
from tests.log import settle
from untfsse.kit.kept import PAUSE, KeptAnswersMiddleware, release
from untfsse.kit.log import PublicChange
from untfsse.kit.log.rules import forget_rules, write_rules

pytestmark = pytest.mark.django_db

LOCAL = "django.core.cache.backends.locmem.LocMemCache"


@pytest.fixture(autouse=True)
def cache(settings: LazySettings) -> Iterator[None]:
    """Keep answers in this process."""
    settings.CACHES = {"default": {"BACKEND": LOCAL, "TIMEOUT": None, "LOCATION": "kept"}}
    yield
    caches["default"].clear()
    PAUSE.until = 0


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
    PublicChange.objects.update(made_at=timezone.now() - dt.timedelta(hours=1))
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


@pytest.mark.parametrize("door", ["/meetings/feed/", "/api/v1/meetings/", "/meetings/calendar.ics"])
def test_an_answer_that_is_made_asks_for_the_number_once(
    door: str, client: Client, meeting: Meeting
) -> None:
    with CaptureQueriesContext(connection) as asked:
        client.get(door)
    assert sum("kit_loghead" in query["sql"] for query in asked) == 1


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


def test_a_language_chosen_for_pages_says_nothing_to_machines(
    client: Client, meeting: Meeting, settings: LazySettings
) -> None:
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    doors = "/api/v1/meetings/", "/meetings/feed/", "/meetings/calendar.ics"
    client.cookies["django_language"] = "fr"
    chosen = [client.get(door)["ETag"] for door in doors]
    client.cookies.clear()
    assert [client.get(door)["ETag"] for door in doors] == chosen
    assert len(caches["default"]._cache) == len(doors)  # type: ignore[attr-defined]


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


@pytest.mark.slow
def test_questions_without_end_push_out_no_page(
    client: Client, meeting: Meeting, settings: LazySettings
) -> None:
    settings.CACHE_ENTRIES = 8
    room = {"BACKEND": LOCAL, "TIMEOUT": None, "LOCATION": "room", "OPTIONS": {"MAX_ENTRIES": 8}}
    settings.CACHES = {"default": room}
    client.get("/meetings/")
    for number in range(30):
        client.get(f"/meetings/feed/?q=word{number}")
    with CaptureQueriesContext(connection) as asked:
        client.get("/meetings/")
        client.get("/meetings/feed/?q=word29")
    assert len(asked) == 2


def test_what_a_language_says_is_part_of_the_release(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.BASE_DIR = tmp_path
    catalog = tmp_path / "locale/fr/LC_MESSAGES/django.mo"
    catalog.parent.mkdir(parents=True)
    told = []
    for words in (b"one", b"another"):
        catalog.write_bytes(words)
        told.append(release())
    assert told[0] != told[1]


@pytest.mark.slow
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
    said = ("ETag", "Last-Modified", "Cache-Control", "Vary", "X-Content-Type-Options")
    assert [again[name] for name in said] == [first[name] for name in said]
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


@pytest.mark.parametrize("door", ["/meetings/", "/meetings/feed/", "/api/v1/meetings/"])
def test_who_asks_by_the_moment_never_keeps_what_has_changed(
    door: str, client: Client, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = client.get(door)["Last-Modified"]
    known = {"if-modified-since": told}
    assert client.get(door, headers=known).status_code == 304
    title("Wombat meeting")
    changed_at = PublicChange.objects.latest("number").made_at.timestamp()
    monkeypatch.setattr(time, "time", lambda: changed_at)
    changed = client.get(door, headers=known)
    assert ("Wombat" in changed.text, "Last-Modified" in changed) == (True, False)
    monkeypatch.setattr(time, "time", lambda: changed_at + 3600)
    for moment in (told, http_date(changed_at)):
        assert client.get(door, headers={"if-modified-since": moment}).status_code == 200
    known = {"if-modified-since": client.get(door)["Last-Modified"]}
    assert client.get(door, headers=known).status_code == 304


@pytest.mark.parametrize("door", ["/meetings/", "/meetings/feed/", "/api/v1/meetings/"])
def test_a_precondition_is_judged_alike_by_what_is_kept_and_what_is_not(
    door: str, client: Client, meeting: Meeting
) -> None:
    tag = client.get(door)["ETag"]
    asked = {"if-match": tag}, {"if-match": '"none"'}
    statuses = []
    for headers in (*asked, *reversed(asked)):
        caches["default"].clear()
        statuses += [client.get(door, headers=headers).status_code for _kept in range(2)]
    assert statuses == [200, 200, 412, 412, 412, 412, 200, 200]
    if door != "/meetings/":
        problem(client.get(door, headers=asked[1]), 412)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["schema/", "schema.yaml"])
def test_what_comes_in_several_forms_is_kept_in_each(
    form: str, client: Client, meeting: Meeting
) -> None:
    def ask(accept: str) -> Any:
        return client.get(f"/api/v1/{form}", headers={"accept": accept})

    for _time in range(2):
        kinds = ["application/yaml", "application/vnd.oai.openapi"]
        assert [ask(kind)["Content-Type"].partition(";")[0] for kind in kinds] == kinds
        problem(ask("text/csv"), 406)


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
        assert may_end.wait(60)
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
    assert begun.wait(60)
    may_end.set()
    for reader in readers:
        reader.join(60)
    assert (statuses, len(made)) == ([status] * 4, times)


@pytest.mark.slow
def test_what_is_told_of_a_day_to_come_is_not_kept(client: Client, meeting: Meeting) -> None:
    make.seat(organization=make.organization(slug="ilo"), from_on="2013", until_on="2999-12-31")
    settle()
    for path in ("/organizations/ilo/", "/organizations/", "/offices/", "/api/v1/seats/"):
        kept = []
        for day in ("2022-07-19", "2999-01-01"):
            client.get(path, {"on": day})
            with CaptureQueriesContext(connection) as asked:
                client.get(path, {"on": day})
            kept.append(len(asked) == 1)
        assert kept == [True, False], path
