"""What a machine is told when it cannot be answered, and by which headers it may be read."""

import re
from typing import Any

import pytest
from django import urls
from django.conf import LazySettings
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils.translation import trans_real

from taskforce.models import Meeting
from tests import make
from tests.asking import ROOT, problem

pytestmark = pytest.mark.django_db

LISTS = [f"{ROOT}meetings/", f"{ROOT}sdgs/", "/meetings/feed/"]
DOORS = [*LISTS, "/meetings/calendar.ics"]
PARTNER = "https://partner.example.org"
GIVEN_TWICE = "This is given more than once. Give it once."
NO_TEXT = "This is no text in UTF-8. Write it again."


# --- Problems ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        (f"{ROOT}meetings/", {"if-match": '"none"'}, 412),
        ("/meetings/feed/", {"if-match": '"none"'}, 412),
        ("/meetings/calendar.ics", {"if-unmodified-since": "Mon, 01 Jan 2001 00:00:00 GMT"}, 412),
        (f"{ROOT}meetings/?q={'x' * 8_100}", {}, 414),
        ("/meetings/feed/?q=" + "x" * 8_100, {}, 414),
        (f"{ROOT}meetings/", {"x-long": "x" * 9_000}, 431),
        (f"{ROOT}schema/", {"accept": "text/csv"}, 406),
        ("/api/v2/meetings/", {}, 404),
        ("/api/problems/none/", {}, 404),
        ("/meetings/feed/?kind=nothing", {}, 400),
        ("/nothing/feed/", {}, 404),
    ],
)
def test_machine_is_answered_with_a_problem(
    client: Client, path: str, headers: dict[str, str], status: int
) -> None:
    make.meeting()
    answer = client.get(path, headers=headers)
    told = problem(answer, status)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert client.get(told["type"]).status_code == 200


def test_strange_host_is_refused_with_a_problem(client: Client) -> None:
    answer = client.get(f"{ROOT}meetings/", headers={"host": "evil.example.org"})
    assert (answer.status_code, answer.json()["type"]) == (400, "/api/problems/bad-request/")


def test_calendar_that_is_written_to_says_what_it_takes(client: Client) -> None:
    answer = client.post("/meetings/calendar.ics")
    problem(answer, 405)
    assert answer["Allow"] == "GET, HEAD"


def test_every_problem_has_a_page_that_explains_it(client: Client) -> None:
    page = client.get("/api/problems/")
    assert 'href="/api/problems/"' in client.get("/api/").content.decode()
    kinds = page.context["kinds"]
    assert len(kinds) > 10
    assert len(re.findall(r"<div>\s*<dt>", page.content.decode())) == len(kinds)
    for kind in kinds:
        shown = client.get(f"/api/problems/{kind.slug}/")
        assert (shown.status_code, shown["Content-Type"]) == (200, "text/html; charset=utf-8")
        for words in (kind.title, kind.meaning, kind.remedy):
            assert str(words) in shown.content.decode()
        assert f'href="/api/problems/{kind.slug}/"' in page.content.decode()


def test_feed_names_the_parameter_that_it_does_not_understand(client: Client) -> None:
    [error] = problem(client.get("/updates/feed/?kind=nothing"), 400)["errors"]
    assert error["name"] == "kind"
    assert "vacancy" in error["known"]


def test_person_with_too_long_an_address_gets_a_page(client: Client) -> None:
    for path, headers, status in [
        (f"/meetings/?q={'x' * 8_100}", {}, 414),
        ("/meetings/", {"cookie": "a=" + "x" * 9_000}, 431),
    ]:
        answer = client.get(path, headers=headers)
        assert (answer.status_code, answer["Content-Type"]) == (status, "text/html; charset=utf-8")
        assert f"Error {status}" in answer.content.decode()


# --- Parameters ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "name", "message"),
    [
        ("kind=special&kind=regular", "kind", GIVEN_TWICE),
        ("q=a&q=a", "q", GIVEN_TWICE),
        ("page_size=5&page_size=6", "page_size", GIVEN_TWICE),
        ("q=%ff", "q", NO_TEXT),
        ("year=2022&year=2022", "year", GIVEN_TWICE),
    ],
)
def test_parameter_that_is_given_twice_or_is_no_text_is_named(
    client: Client, query: str, name: str, message: str
) -> None:
    for path in [f"{ROOT}meetings/", "/meetings/feed/"]:
        if "feed" not in path or name != "page_size":
            [error] = problem(client.get(f"{path}?{query}"), 400)["errors"]
            assert (error["name"], error["message"]) == (name, message)


def test_unknown_name_that_is_no_text_is_named(client: Client) -> None:
    [error] = problem(client.get(f"{ROOT}meetings/?%ff=1"), 400)["errors"]
    assert error["name"] == "�"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/meetings/?kind=special&kind=regular", GIVEN_TWICE),
        ("/meetings/?q=%ff", NO_TEXT),
        ("/search/?q=a&q=b", GIVEN_TWICE),
        ("/search/?q=%ff", NO_TEXT),
        ("/search/?q=a&kind=meeting&kind=entry", GIVEN_TWICE),
    ],
)
def test_page_says_that_it_was_asked_twice_or_in_no_letters(
    client: Client, path: str, message: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert message in answer.content.decode()


# --- Headers -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*DOORS, f"{ROOT}nothing/"])
def test_preflight_is_answered_without_asking_the_database(
    client: Client, path: str, django_assert_num_queries: Any
) -> None:
    headers = {
        "origin": PARTNER,
        "access-control-request-method": "GET",
        "access-control-request-headers": "if-modified-since,if-none-match",
    }
    with django_assert_num_queries(0):
        answer = client.options(path, headers=headers)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Headers"] == "If-None-Match, If-Modified-Since"
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", DOORS)
def test_unchanged_answer_may_be_read_by_any_origin_too(client: Client, path: str) -> None:
    make.meeting()
    plain = {"origin": PARTNER, "accept-encoding": "gzip"}
    first = client.get(path, headers=plain)
    again = client.get(path, headers={**plain, "if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    for answer in (first, again):
        assert answer["Access-Control-Allow-Origin"] == "*"
        exposed = answer["Access-Control-Expose-Headers"]
        assert exposed == "ETag, Last-Modified, Link, Location, Retry-After"
        assert set(answer["Vary"].split(", ")) == {"Accept-Language", "Accept-Encoding"}


@pytest.mark.slow
def test_answer_varies_by_what_changes_it(client: Client) -> None:
    assert "Accept" in client.get(f"{ROOT}schema/")["Vary"].split(", ")
    assert "Accept" not in client.get(f"{ROOT}meetings/")["Vary"].split(", ")
    assert "Cookie" in client.get("/meetings/")["Vary"].split(", ")


def test_list_of_one_form_is_given_whatever_form_is_asked_for(client: Client) -> None:
    answer = client.get(f"{ROOT}meetings/", headers={"accept": "text/csv"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")


@pytest.mark.parametrize("path", DOORS)
def test_machines_know_no_cookie(client: Client, path: str, settings: LazySettings) -> None:
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    make.meeting(country="CH")
    client.force_login(make.user(is_staff=True))
    client.cookies["django_language"] = "fr"
    answer = client.get(path)
    assert (answer["Content-Language"], "Cookie" in answer["Vary"]) == ("en", False)


@pytest.mark.slow
def test_names_follow_the_language(
    client: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    french_words: Any = trans_real.translation("fr")
    catalog = french_words._catalog._catalogs[0]
    monkeypatch.setitem(catalog, "No poverty", "Pas de pauvreté")
    monkeypatch.setitem(catalog, "Nothing at this address", "Rien à cette adresse")
    make.meeting(country="CH", slug="here", kind="special")
    french = {"accept-language": "fr"}
    meeting = client.get(f"{ROOT}meetings/here/", headers=french)
    assert (meeting["Content-Language"], meeting.json()["country"]["name"]) == ("fr", "Suisse")
    assert meeting.json()["kind"] == "special"  # a word for programs, the same in every language
    assert client.get(f"{ROOT}sdgs/1/", headers=french).json()["name"] == "Pas de pauvreté"
    assert "1 Pas de pauvreté" in client.get("/instruments/", headers=french).content.decode()
    lost = client.get(f"{ROOT}meetings/none/", headers=french)
    assert problem(lost, 404)["title"] == "Rien à cette adresse"


# --- The database --------------------------------------------------------------------------


@pytest.fixture
def no_database(client: Client) -> Any:
    """Let the database refuse every statement, as one does that is out of reach."""

    def refuse(*_args: Any) -> None:
        raise OperationalError('connection to "db.internal" failed: password "hunter2"')

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize("path", [f"{ROOT}meetings/", "/meetings/feed/", "/meetings/calendar.ics"])
def test_machine_hears_that_the_database_is_out_of_reach(client: Client, path: str) -> None:
    answer = client.get(path)
    told = problem(answer, 503)
    assert (answer["Retry-After"], "hunter2" in str(told)) == ("10", False)


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize("path", ["/", "/meetings/", "/search/?q=a"])
def test_person_sees_a_page_that_needs_no_database(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    page = answer.content.decode()
    assert "The portal is busy" in page
    assert "hunter2" not in page
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.usefixtures("no_database")
def test_person_who_is_known_sees_it_too() -> None:
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "x" * 32
    assert client.get("/admin/").status_code == 503


called: list[str] = []


def look_for_nothing(request: HttpRequest) -> HttpResponse:
    called.append(request.path)
    return HttpResponse(Meeting.objects.get(slug="none"))


urlpatterns = [urls.path("nothing/", look_for_nothing)]


def test_a_view_that_finds_nothing_is_asked_once(settings: LazySettings) -> None:
    settings.ROOT_URLCONF = __name__
    called.clear()
    assert Client(raise_request_exception=False).get("/nothing/").status_code == 500
    assert called == ["/nothing/"]


@pytest.mark.slow
@pytest.mark.parametrize("path", [f"{ROOT}meetings/gone/", "/meetings/gone/"])
def test_a_record_that_is_deleted_while_it_is_read_is_gone(client: Client, path: str) -> None:
    make.agenda_item(meeting=make.meeting(slug="gone"))
    asked = []

    def delete_in_the_middle(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        if len(asked) == number:
            Meeting.objects.get(slug="gone").delete()
        return execute(sql, *rest)

    for number in range(1, 12):
        with transaction.atomic():
            asked.clear()
            with connection.execute_wrapper(delete_in_the_middle):
                answer = client.get(path)
            assert answer.status_code in {200, 404, 410}, (number, asked)
            transaction.set_rollback(True)
        if len(asked) < number:  # it was there to the end
            break
