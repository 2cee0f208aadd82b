"""What a search costs the database: plans that connections keep, and what they must not change."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from bench import bare
from tests import make
from tests.search import VISITOR
from tests.staff import staff
from untfsse.search import find_records, guessing, planning
from untfsse.search.nouns import SEARCHED
from untfsse.synthetic import create_synthetic
from untfsse.synthetic.records import WORDS

pytestmark = pytest.mark.django_db
TEXTS = (
    *("cooperative", "7", "housing water energy", "synthetic-entry-7", "hosing", "zyxwvut"),
    *('"synthetic"', "article 2 of synthetic", "decisions of the meeting", "water zyxwvut vutsrqp"),
)
NARROWED: tuple[dict[str, Any], ...] = (
    {},
    {"kind": "entry"},
    {"goal": "8"},
    {"organization": "synthetic-organization-1"},
)


@pytest.fixture(scope="module", autouse=True)
def some(module_db: None) -> None:
    """Have some records of every noun."""
    create_synthetic(8)


@pytest.fixture(name="keeping")
def fixture_keeping(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the connection keep plans, as the deployment does."""
    connection.ensure_connection()
    monkeypatch.setattr(connection.connection, "prepare_threshold", 0)
    planning.rows_of_each.cache_clear()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")


def plans() -> dict[str, tuple[int, int]]:
    """Return how often the long statements of a search were planned for all, and for one text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement, generic_plans, custom_plans FROM pg_prepared_statements"
            " WHERE length(statement) > 2000"
        )
        return {sql: (generic, custom) for sql, generic, custom in cursor.fetchall()}


def kept_searches() -> list[str]:
    """Return the statements that find records whose plan is kept."""
    return [sql for sql in plans() if "hits AS" in sql]


def found(user: Any) -> list[Any]:
    """Return all that searches find."""
    return [
        (text, narrowed, results.hits, results.found, results.guesses)
        for text in TEXTS
        for narrowed in NARROWED
        for results in [find_records(text, user, **narrowed)]
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("keeping")
def test_a_search_is_planned_once_for_all_words(client: Client) -> None:
    make.update(title="Quokka")
    make.meeting(title="Quoll")
    for text in ("quokka", "quoll", *WORDS[:8]):
        assert client.get("/search/", {"q": text}).status_code == 200
    kept = plans()
    assert len(kept) == 2  # what is found; what is shown of it, and counted
    assert set(kept.values()) == {(10, 0)}


@pytest.mark.usefixtures("keeping")
def test_a_slip_is_searched_by_the_plan_of_all_words(client: Client) -> None:
    make.update(title="Quokka")
    for text in ("quokka", "quokkka"):
        assert "Quokka" in client.get("/search/", {"q": text}).text
    assert len(kept_searches()) == 1
    assert len(plans()) == 3  # what is found; the names that are like it; what is shown


@pytest.mark.usefixtures("keeping")
def test_in_many_rows_the_latest_names_will_do_before_all_are_looked_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(planning, "MOST_ROWS_OF_ONE_PLAN", -1)
    make.update(title="Quoll")
    for _ in range(guessing.MOST_LATELY):
        make.update(title="Quokka")
    for times, (typed, meant) in enumerate([("quokkka", "quokka"), ("quolll", "quoll")], 1):
        assert find_records(typed, VISITOR).guesses == {typed: meant}
        assert sum("near_word" in sql for sql in plans()) == times


@pytest.mark.usefixtures("keeping")
def test_in_many_rows_all_names_are_looked_up_where_the_latest_are_no_good(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(planning, "MOST_ROWS_OF_ONE_PLAN", -1)
    make.update(title="Quoll")
    for _ in range(guessing.MOST_LATELY):
        make.update(title="Quollery")
    assert find_records("quolll", VISITOR).guesses == {"quolll": "quoll"}


@pytest.mark.usefixtures("keeping")
def test_several_words_are_searched_by_the_plan_of_one(client: Client) -> None:
    make.update(title="Quokka and quoll")
    for text in ("quokka", "quoll quokka", '"quokka and quoll"'):
        assert "<mark>Quokka" in client.get("/search/", {"q": text}).text
    assert len(kept_searches()) == 1


@pytest.mark.usefixtures("keeping")
def test_what_comes_near_several_words_in_many_rows_is_asked_by_a_plan_for_them(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "MOST_ROWS_OF_ONE_PLAN", -1)
    page = client.get("/search/", {"q": "synthetic zyxwvut"}).text
    assert "Nothing holds all the words; showing what holds most of them" in page
    assert len(kept_searches()) == 1  # for both words, and none for one of them


@pytest.fixture(name="common")
def fixture_common(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take what one of the latest rows of a table holds for common in it."""
    monkeypatch.setattr(planning, "FEWEST_ROWS", -1)
    monkeypatch.setattr(planning, "OFTEN", 1)
    monkeypatch.setattr(planning, "MET", -1)


@pytest.mark.slow
@pytest.mark.usefixtures("common")
def test_common_words_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    before = found(VISITOR)
    monkeypatch.setattr(connection.connection, "prepare_threshold", 0)
    for one, other in zip(found(VISITOR), before, strict=True):
        assert one == other
    come_upon = [sql for sql in kept_searches() if sql.count("COALESCE(") >= len(SEARCHED)]
    assert len(come_upon) == 1


@pytest.mark.slow
@pytest.mark.parametrize("role", ["visitor", "editor"])
def test_kept_plans_find_the_same(role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make.entry(title="Water", status="draft")
    user = VISITOR if role == "visitor" else staff("Editor")
    before = found(user)
    assert sum(bool(hits) for _text, _narrowed, hits, *_more in before) > len(TEXTS)
    monkeypatch.setattr(connection.connection, "prepare_threshold", 0)
    for one, other in zip(found(user), before, strict=True):
        assert one == other


def test_the_bare_search_finds_what_a_word_finds() -> None:
    make.entry(title="Marsupials")
    answer = bare.search(RequestFactory().get("/"), "marsupials")
    assert [title for title, _rank in json.loads(answer.content)["results"]] == ["Marsupials"]
