"""The API as a whole: what it answers when it cannot answer, and its pages."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests import make
from tests.asking import ROOT, VIEWSETS, get, problem

pytestmark = pytest.mark.django_db

# --- Errors --------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    for path in (f"{ROOT}{noun}/{record}" for noun in VIEWSETS for record in ("", "1/")):
        answer = getattr(client, method)(path, data={}, content_type="application/json")
        if answer.status_code != 404:  # a noun without addresses of its own
            problem(answer, 405)


@pytest.mark.parametrize("noun", VIEWSETS)
def test_unknown_parameter_is_named_with_the_known_ones(client: Client, noun: str) -> None:
    told = problem(client.get(f"{ROOT}{noun}/?colour=red"), 400)
    [error] = told["errors"]
    assert error["name"] == "colour"
    filters = VIEWSETS[noun].filterset_class
    known = [] if noun == "sdgs" else [*(filters.base_filters if filters else ())]
    known += [] if noun == "sdgs" else ["cursor", "page_size", "updated_since"]
    assert error["known"] == sorted(known)
    assert "“colour”" in told["detail"]


def test_record_knows_no_parameter(client: Client) -> None:
    slug = make.meeting().slug
    told = problem(client.get(f"{ROOT}meetings/{slug}/?kind=special"), 400)
    assert told["detail"] == "There is no parameter “kind” here: none is known."


@pytest.mark.parametrize(
    ("query", "name", "message"),
    [
        (
            "meetings/?kind=party",
            "kind",
            "Select a valid choice. party is not one of the available choices.",
        ),
        ("meetings/?year=1", "year", "Ensure this value is greater than or equal to 1900."),
        ("meetings/?year=²", "year", "Enter a whole number."),
        ("meetings/?year=2022%00", "year", "Enter a whole number."),
        (
            "organizations/?on=2022-02-30",
            "on",
            "Write a day of the calendar as 2022-07-19.",
        ),
        (
            "decisions/?addressee=nobody",
            "addressee",
            "“nobody” is not in the list. Choose one that is.",
        ),
        ("organizations/?q=%00", "q", "Null characters are not allowed."),
        ("entries/?page_size=0", "page_size", "Write a number from 1 to 200."),
        ("entries/?page_size=201", "page_size", "Write a number from 1 to 200."),
        ("entries/?page_size=²", "page_size", "Write a number from 1 to 200."),
        (
            "topics/?cursor=nonsense",
            "cursor",
            "This is no cursor of this list. Take it from “next” or “previous”.",
        ),
        (
            "meetings/?cursor=cD1ub25zZW5zZQ==",
            "cursor",
            "This is no cursor of this list. Take it from “next” or “previous”.",
        ),
        (
            "organizations/?cursor=cD0lMDA=",
            "cursor",
            "This is no cursor of this list. Take it from “next” or “previous”.",
        ),
    ],
)
def test_bad_value_is_named_with_the_reason(
    client: Client, query: str, name: str, message: str
) -> None:
    make.meeting(), make.organization()
    [error] = problem(client.get(ROOT + query), 400)["errors"]
    assert (error["name"], error["message"]) == (name, message)


def test_bad_word_is_answered_with_the_vocabulary(client: Client) -> None:
    [error] = problem(client.get(f"{ROOT}seats/?category=guest"), 400)["errors"]
    assert error["known"] == ["member", "observer"]


NASTY = ["", "\0", "²"]
MORE = ["-1", "9" * 400, "x" * 10_000, "' OR 1=1 --", "%", "🌍", "../..", "{}[]"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "value", [*NASTY, *(pytest.param(value, marks=pytest.mark.slow) for value in MORE)]
)
def test_no_value_breaks_a_filter(client: Client, value: str) -> None:
    for noun, viewset in VIEWSETS.items():
        if names := viewset.known_parameters("list"):
            together = client.get(f"{ROOT}{noun}/", dict.fromkeys(names, value))
            told = problem(together, together.status_code)
            assert together.status_code in {400, 414}, (noun, value)
            refused = {error["name"] for error in told["errors"]}
            assert refused <= {*names}, (noun, value)
            rest = {*names} - refused
            # What is empty asks for nothing, and hides no other.
            for asked in [{name} for name in rest] if value else [rest]:
                answer = client.get(f"{ROOT}{noun}/", dict.fromkeys(asked, value))
                assert answer.status_code in {200, 400, 414}, (noun, asked, value)


@pytest.mark.parametrize(
    "path",
    [
        "nothing/",
        "offices/none/",
        "people/none/",
        "meetings/none/",
        "meetings/a%00b/",
        "meetings/²/",
        "sdgs/18/",
        "sdgs/0/",
    ],
)
def test_nothing_at_an_address_is_a_problem_of_the_same_shape(client: Client, path: str) -> None:
    assert problem(client.get(ROOT + path), 404)["detail"] == "There is nothing at this address."


def test_withdrawn_record_says_that_it_is_gone(client: Client) -> None:
    make.meeting(
        slug="gone",
        status="withdrawn",
        published_at=make.PUBLISHED_AT,
        withdrawal_reason="It was listed twice.",
    )
    told = problem(client.get(f"{ROOT}meetings/gone/"), 410)
    assert told["detail"] == "This record was withdrawn: It was listed twice."


def test_draft_is_not_found(client: Client) -> None:
    make.meeting(slug="draft", status="draft")
    problem(client.get(f"{ROOT}meetings/draft/"), 404)


@pytest.mark.parametrize(
    ("noun", "builder"), [("organizations", make.organization), ("people", make.person)]
)
def test_former_slug_leads_to_the_new_one(client: Client, noun: str, builder: Any) -> None:
    record = builder(slug="old-name")
    type(record).objects.filter(pk=record.pk).update(slug="new-name")
    answer = client.get(f"{ROOT}{noun}/old-name/")
    assert answer.status_code == 301
    assert answer["Location"] == f"http://testserver{ROOT}{noun}/new-name/"
    assert get(client, answer["Location"])["slug"] == "new-name"


def test_failure_of_the_server_is_a_problem_too(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(VIEWSETS["meetings"], "list", fail)
    client.raise_request_exception = False
    answer = client.get(f"{ROOT}meetings/")
    assert problem(answer, 500)["detail"] == "The server failed."
    assert b"secret words" not in answer.content


# --- Pages ---------------------------------------------------------------------------------


def test_pages_show_each_row_once_forwards_and_backwards(client: Client) -> None:
    names = sorted(make.organization(name=f"Org {n:02}").slug for n in range(7))
    seen, path, last = [], f"{ROOT}organizations/?page_size=3", ""
    while path:
        page = get(client, path)
        assert page["count"] == 7
        seen += [row["slug"] for row in page["results"]]
        path, last = page["next"], path
    assert sorted(seen) == names
    back = get(client, get(client, last)["previous"])
    assert [row["slug"] for row in back["results"]] == seen[3:6]


def test_pages_of_rows_that_share_a_place_show_each_once(client: Client) -> None:
    meeting = make.meeting()
    for _number in range(7):
        make.decision(meeting=meeting)
    seen, path = [], f"{ROOT}decisions/?page_size=2"
    while path:
        page = get(client, path)
        seen += [row["slug"] for row in page["results"]]
        path = page["next"]
    assert len(seen) == len(set(seen)) == 7


def test_pages_around_a_page_are_in_its_link_header_too(client: Client) -> None:
    for _number in range(3):
        make.meeting()
    path = f"{ROOT}meetings/?kind=special&page_size=1"
    first = client.get(path)
    middle = client.get(first.json()["next"])
    last = client.get(middle.json()["next"])
    told = middle.json()
    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    assert middle["Link"] == f'<{told["next"]}>; rel="next", <{told["previous"]}>; rel="prev"'
    assert last["Link"] == f'<{last.json()["previous"]}>; rel="prev"'
    assert "Link" in first["Access-Control-Expose-Headers"].split(", ")
    assert "Link" not in client.get(f"{ROOT}meetings/").headers


@pytest.mark.slow
def test_a_cursor_of_another_list_is_an_error_and_of_another_question_a_place(
    client: Client,
) -> None:
    for kind in ["special", "regular", "special", "regular"]:
        make.meeting(kind=kind)
    page = get(client, f"{ROOT}meetings/?page_size=2")
    cursor = urlsplit(page["next"]).query.partition("cursor=")[2].partition("&")[0]
    for noun in set(VIEWSETS) - {"meetings", "sdgs"}:
        [error] = problem(client.get(f"{ROOT}{noun}/?cursor={cursor}"), 400)["errors"]
        assert error["name"] == "cursor", noun
    rest = get(client, page["next"])["results"]
    asked = get(client, f"{ROOT}meetings/?kind=special&cursor={cursor}")
    assert asked["results"] == [row for row in rest if row["kind"] == "special"]
    assert len(asked["results"]) == 1
