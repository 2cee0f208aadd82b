"""The home page: what it tells, in honest words, for whom, and what it costs."""

import datetime as dt
import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.test import Client

from taskforce.models import ReportedCount
from tests import make
from untfsse.overview import Figure, front_page

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 23)
QUERIES = 5
MOST_BYTES = 30_000


def tell(today: dt.date = TODAY) -> dict[str, Any]:
    """Return what the page tells a visitor."""
    return front_page(AnonymousUser(), today)


def counts(figures: list[Figure]) -> dict[str, int | None]:
    """Return the figures by their words."""
    return {figure.label: figure.count for figure in figures}


def words(client: Client) -> str:
    """Return the text of the page in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", client.get("/").text).split())


# --- What it tells -------------------------------------------------------------------------


def test_empty_portal_says_so_everywhere(client: Client) -> None:
    text = words(client)
    for sentence in [
        "No coming meeting is announced here.",
        "No source tells who holds an office today.",
        "No action plan is on record.",
        "No decision is on record.",
        "No update is on record.",
    ]:
        assert sentence in text


def test_figures_count_what_a_visitor_may_see() -> None:
    meeting = make.meeting(state="held")
    make.meeting(status="draft")
    make.decision(meeting=meeting)
    make.instrument()
    make.instrument(status="draft")
    make.entry()
    make.seat(from_on="2014")
    told = counts(tell()["figures"])
    assert told["observers on record"] == 0
    assert {words: number for words, number in told.items() if number} == {
        "member on record": 1,
        "meeting and event": 1,
        "decision": 1,
        "policy instrument": 1,
        "entry of the Encyclopedia": 1,
    }


@pytest.mark.parametrize(
    ("facts", "members"),
    [
        ({"from_on": "2014", "until_on": "2026-11-22"}, 0),
        ({"from_on": "2014", "until_on": "2026-11-23"}, 1),
        ({"from_on": "2026-11-23"}, 1),
        ({"from_on": "2026-11-24"}, 0),
        ({"from_on": "2026"}, 0),
        ({"from_on": "2014", "confidence": "low"}, 0),
    ],
)
def test_members_are_those_on_record_with_a_seat_today(facts: dict[str, Any], members: int) -> None:
    make.seat(**facts)
    assert tell()["figures"][0].count == members


@pytest.mark.parametrize(
    ("documented", "expected"),
    [
        (["2016-11-03", "2025-12-05"], "2 members on record , last documented December 2025"),
        (["2016-11-03"], "1 member on record , last documented November 2016"),
        ([None], "1 member on record , last documented January 2014"),
    ],
)
def test_members_are_told_with_the_day_of_the_last_document(
    client: Client, documented: list[str | None], expected: str
) -> None:
    for day in documented:
        make.seat(from_on="2014-01-31", last_documented_on=day)
    assert expected in words(client)


def test_decisions_are_told_in_their_words_with_the_number_beside() -> None:
    latest = make.meeting(starts_on="2025-12-03")
    make.decision(number="NEW/1", text="Opened the preparation", meeting=latest)
    make.decision(number="NEW/2", meeting=latest, status="draft")
    make.decision(number="OLD/1", meeting=make.meeting(starts_on="2025-01-01"))

    told = tell()["decisions"]

    assert [row.meta for row in told] == ["NEW/1", "OLD/1"]
    assert (told[0].title, told[0].date.iso) == ("Opened the preparation", "2025-12-03")


def test_decisions_are_told_with_what_came_of_them(client: Client) -> None:
    meeting = make.meeting(starts_on="2022-07-19")
    welcomed = make.decision(text="Welcomed a body", meeting=meeting, kind="welcomes")
    make.decision(text="Asked for a paper", meeting=meeting, kind="requests")
    make.seat(admitted_by=welcomed, from_on="2022-07-19")

    told = {row.title: (row.summary, row.state) for row in tell()["decisions"]}

    assert told == {
        "Welcomed a body": ("On record: one seat (since 19 July 2022)", ""),
        "Asked for a paper": ("", "no_information"),
    }
    assert "Welcomed a body On record: one seat (since 19 July 2022)" in words(client)


def test_calls_are_told_until_their_deadline(client: Client) -> None:
    make.update(title="Open", deadline_on=TODAY, happened_on="2026-10")
    make.update(title="Over", deadline_on=TODAY - dt.timedelta(days=1))
    make.update(title="Draft", deadline_on=TODAY, status="draft")

    assert [(row.title, row.meta) for row in tell()["calls"]] == [
        ("Open", "until 23 November 2026")
    ]


def test_the_latest_count_of_a_source_stands_beside_ours(client: Client) -> None:
    make.seat(from_on="2014-01-31", category="observer")
    for day, number in (("2019-12", 12), ("2023-11", 13)):
        make.build(ReportedCount, reported_on=day, category="observer", number=number)
    make.build(ReportedCount, reported_on="2025", category="observer", number=99, confidence="low")

    make.seat(from_on="2025-12", category="member")
    make.build(ReportedCount, reported_on="2025-12", category="member", number=24)

    told = words(client)
    assert "1 member on record , last documented December 2025; 24 reported" in told
    last = "last documented January 2014; 13 reported for November 2023"
    assert f"1 observer on record , {last}" in told


@pytest.mark.parametrize(
    ("facts", "titles"),
    [
        ({"starts_on": "2026-11-22"}, []),
        ({"starts_on": "2026-11-23"}, ["Coming"]),
        ({"starts_on": "2026"}, ["Coming"]),
        ({"starts_on": None}, ["Coming"]),
        ({"starts_on": "2027", "state": "cancelled"}, []),
        ({"starts_on": "2027", "status": "draft"}, []),
    ],
)
def test_upcoming_meetings_are_planned_and_not_over(
    facts: dict[str, Any], titles: list[str]
) -> None:
    make.meeting(title="Coming", **{"state": "planned", **facts})
    assert [row.title for row in tell()["upcoming"]] == titles


def test_current_plan_tells_reports_without_percentages(client: Client) -> None:
    plan = make.action_plan(title="Now", state="current")
    make.action_plan(title="Then", state="past")
    make.progress_report(activity=make.activity(plan=plan))
    make.progress_report(activity=make.activity(plan=plan, status="draft"))
    make.activity(plan=plan)
    make.sub_group(plan=plan)
    (told,) = tell()["plans"]
    assert (told.row.title, told.activity_count, told.reported_count, told.unreported_count) == (
        "Now",
        2,
        1,
        1,
    )
    text = words(client)
    assert "2 activities on record 1 without any report 1 sub-group" in text
    assert "%" not in text


def test_overlapping_current_plans_are_all_told() -> None:
    for year in ("2022", "2024"):
        make.action_plan(title=f"Plan of {year}", starts_on=year, ends_on="2026", state="current")
    assert [plan.row.title for plan in tell()["plans"]] == ["Plan of 2024", "Plan of 2022"]


def test_without_a_current_plan_the_newest_is_told() -> None:
    for year in ("2020", "2022"):
        make.action_plan(title=f"Plan of {year}", starts_on=year, ends_on="2024", state="past")
    assert [plan.row.title for plan in tell()["plans"]] == ["Plan of 2022"]


def test_office_holders_are_those_of_today(client: Client) -> None:
    chair, deputy = make.office(title="Chair"), make.office(title="Deputy Chair")
    body = make.organization(name="Body", acronym="BODY")
    make.term(office=chair, organization=body, person=make.person(name="Now"), from_on="2023")
    make.term(office=chair, person=make.person(name="Then"), from_on="2019", until_on="2022")
    make.term(office=deputy, organization=body, from_on="2024", until_on="../2999")
    told = [(term.office.title, str(term.person), term.certainty) for term in tell()["terms"]]
    assert told == [("Chair", "Now", "presumed"), ("Deputy Chair", "None", "possible")]
    text = words(client)
    assert "Chair: Now, BODY (presumed)" in text
    assert "Deputy Chair: BODY (possible)" in text


def test_hidden_person_in_office_is_not_named(client: Client) -> None:
    person = make.person(name="Hushhush", status="draft")
    make.term(person=person, organization=make.organization(name="Body"), from_on="2023")
    text = words(client)
    assert "Body" in text
    assert "Hushhush" not in text


# --- What it costs -------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_home_makes_the_same_queries_whatever_there_is(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        meeting = make.meeting(kind="regular")
        make.meeting(state="planned", starts_on="2999")
        make.decision(meeting=meeting)
        make.instrument()
        make.entry()
        make.update()
        make.seat(from_on="2014")
        make.term(person=make.person(), from_on="2014")
        plan = make.action_plan(state="current")
        make.progress_report(activity=make.activity(plan=plan))
        make.sub_group(plan=plan)
    with django_assert_num_queries(QUERIES):
        assert client.get("/").status_code == 200


def test_home_with_all_it_needs_is_light(client: Client) -> None:
    for number in range(5):
        meeting = make.meeting(kind="regular", summary="What was said. " * 20)
        make.meeting(state="planned", starts_on="2999")
        make.decision(meeting=meeting, text=f"Decides the matter number {number}. " * 20)
        make.instrument()
        make.entry(summary="What it is about. " * 20)
        make.update(text="What happened. " * 20)
        make.term(person=make.person(), from_on="2014")
    page = client.get("/", headers={"accept-encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    total = len(page.content)
    names = re.findall(r"/static/([^\"?]+)", gzip.decompress(page.content).decode())
    assert names
    for name in set(names):
        total += compressed(name)
    assert total < MOST_BYTES


def compressed(name: str) -> int:
    """Return the bytes of a static file and of the pictures that it names, compressed."""
    path = finders.find(name)
    assert path
    source = Path(path).read_bytes()
    named = re.findall(r'url\("\.\./([^"]+)"\)', source.decode()) if name.endswith(".css") else []
    return len(gzip.compress(source)) + sum(compressed(other) for other in named)
