"""The questions of the Task Force, asked at the edges of their days and for each reader."""

import datetime as dt
from typing import Any

import pytest

from taskforce.choices import MeetingKind
from taskforce.models import (
    Decision,
    Document,
    InstrumentRelation,
    Meeting,
    Organization,
    PolicyInstrument,
    Update,
)
from tests import make
from tests.staff import staff
from untfsse.kit.records.publication import VISITOR

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)


def day(text: str) -> dt.date:
    """Return a day written as ISO 8601 says."""
    return dt.date.fromisoformat(text)


# --- Organizations -------------------------------------------------------------------------


def test_who_was_seated_is_asked_for_a_reader() -> None:
    draft = make.organization(status="draft")
    make.seat(organization=draft, from_on="2014")
    secretary = staff("Secretariat")

    assert list(Organization.objects.seated(on=day("2022-07-19"), today=TODAY)) == []
    assert list(
        Organization.objects.seated(on=day("2022-07-19"), today=TODAY, reader=secretary)
    ) == [draft]


def test_the_sure_ones_come_first_and_each_by_name() -> None:
    for name, since, documented in [
        ("B", "2014", "2025"),
        ("A", "2014", "2025"),
        ("E", "2014", None),
        ("D", "2014", "2016"),
        ("C", "2022", None),
        ("Ä", "2022", None),
    ]:
        make.seat(
            organization=make.organization(name=name),
            from_on=since,
            last_documented_on=documented,
        )

    rows = Organization.objects.seated(on=day("2022-07-19"), today=TODAY).by_certainty()

    assert [row.name for row in rows] == ["A", "B", "D", "E", "Ä", "C"]


def test_names_are_sorted_without_accents_and_capitals() -> None:
    for name in ["Zebra", "économie", "Eclac", "ÉCOLE"]:
        make.organization(name=name)

    assert [row.name for row in Organization.objects.for_list()] == [
        "Eclac",
        "ÉCOLE",
        "économie",
        "Zebra",
    ]


# --- Meetings ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "on", "is_upcoming"),
    [
        ("2022-07-19", None, "2022-07-18", True),
        ("2022-07-19", None, "2022-07-19", True),
        ("2022-07-19", None, "2022-07-20", False),
        ("2022-07-19", "2022-07-21", "2022-07-21", True),
        ("2022-07-19", "2022-07-21", "2022-07-22", False),
        ("2022-07", None, "2022-07-31", True),
        ("2022-07", None, "2022-08-01", False),
        ("2022", None, "2022-12-31", True),
        ("2022", None, "2023-01-01", False),
        ("by 2022-07-19", None, "2022-07-19", True),
        (None, None, "2099-01-01", True),
    ],
)
def test_a_meeting_is_upcoming_until_its_last_possible_day(
    starts_on: str | None, ends_on: str | None, on: str, is_upcoming: bool
) -> None:
    make.meeting(state="planned", starts_on=starts_on, ends_on=ends_on)

    assert Meeting.objects.upcoming(on=day(on)).exists() is is_upcoming


@pytest.mark.parametrize(
    ("state", "is_upcoming"),
    [("planned", True), ("postponed", True), ("held", False), ("cancelled", False)],
)
def test_what_was_held_or_cancelled_is_not_upcoming(state: str, is_upcoming: bool) -> None:
    make.meeting(state=state, starts_on="2099")

    assert Meeting.objects.upcoming(on=day("2022-07-19")).exists() is is_upcoming


def test_the_nearest_meeting_comes_first_and_the_undated_last() -> None:
    for title, starts_on in [("Undated", None), ("Later", "2099-02"), ("Soon", "2099-01-15")]:
        make.meeting(title=title, state="planned", starts_on=starts_on)

    rows = Meeting.objects.upcoming(on=day("2022-07-19"))

    assert [row.title for row in rows] == ["Soon", "Later", "Undated"]


def test_what_was_held_comes_latest_first() -> None:
    make.meeting(title="First", starts_on="2013")
    make.meeting(title="Last", starts_on="2025-12-05")
    make.meeting(title="Planned", state="planned", starts_on="2099")

    assert [row.title for row in Meeting.objects.held()] == ["Last", "First"]


def test_a_series_goes_by_number_even_where_days_are_missing() -> None:
    first = make.meeting(kind="founding", ordinal=1, starts_on="2013-09-30")
    second = make.meeting(kind="regular", ordinal=2, starts_on=None)
    third = make.meeting(kind="regular", ordinal=40, starts_on="2022-10-05")
    make.meeting(kind="technical_symposium", ordinal=3)
    series = Meeting.objects.in_series(MeetingKind.REGULAR)

    assert list(series.before(third)) == [second, first]
    assert list(series.after(first)) == [second, third]
    assert list(series.before(first)) == []


def test_a_number_tells_more_than_a_day_known_in_part() -> None:
    before = make.meeting(kind="regular", ordinal=53, starts_on="2025-07-15")
    vague = make.meeting(kind="regular", ordinal=54, starts_on="2025")
    special = make.meeting(kind="special", starts_on="2025-11-01")
    undated = make.meeting(kind="regular", ordinal=55, starts_on=None)
    last = make.meeting(kind="regular", ordinal=56, starts_on="2026-03-01")
    sittings = Meeting.objects.sittings()

    assert list(sittings.before(last)) == [special, undated, vague, before]
    assert list(sittings.before(undated)) == [vague, before]
    assert list(sittings.after(before)) == [vague, undated, special, last]
    assert list(sittings.after(vague)) == [undated, special, last]
    assert list(sittings.before(special)) == [undated, vague, before]
    assert list(sittings.after(undated)) == [special, last]


def test_what_is_to_come_and_has_no_day_follows_all_that_was_held() -> None:
    held = make.meeting(kind="regular", ordinal=54, starts_on="2025-11-01")
    special = make.meeting(kind="special", starts_on="2025-12-05")
    numbered = make.meeting(kind="regular", ordinal=55, starts_on=None, state="planned")
    unnumbered = make.meeting(kind="special", starts_on=None, state="postponed")
    lost = make.meeting(kind="special", starts_on=None, state="held")
    planned = make.meeting(kind="regular", ordinal=56, starts_on="2026-03-01", state="planned")
    sittings = Meeting.objects.sittings()

    assert list(sittings.before(numbered)) == [special, held]
    assert list(sittings.before(unnumbered)) == [numbered, special, held]
    assert list(sittings.after(special)) == [numbered, unnumbered, planned]
    assert (list(sittings.before(lost)), list(sittings.after(lost))) == ([], [])


def test_meetings_of_the_same_day_follow_in_one_order_both_ways() -> None:
    one, two, three = (make.meeting(kind="webinar", starts_on="2022-07-19") for _ in range(3))
    series = Meeting.objects.in_series(MeetingKind.WEBINAR)

    assert list(series.after(one)) == [two, three]
    assert list(series.before(three)) == [two, one]


def test_an_organization_attended_where_it_was_present() -> None:
    present, absent = make.attendance(), make.attendance(state="absent")

    assert list(Meeting.objects.attended_by(present.organization)) == [present.meeting]
    assert list(Meeting.objects.attended_by(absent.organization)) == []


def test_decisions_are_counted_as_far_as_a_reader_sees_them() -> None:
    meeting = make.meeting()
    make.decision(meeting=meeting)
    make.decision(meeting=meeting, status="draft")
    make.meeting()
    secretary = staff("Secretariat")

    rows = Meeting.objects.order_by("pk")
    assert [row.decision_count for row in rows.for_list().order_by("pk")] == [1, 0]
    assert [row.decision_count for row in rows.for_list(secretary).order_by("pk")] == [2, 0]


# --- Lists ---------------------------------------------------------------------------------


def test_decisions_come_by_the_day_of_their_meeting_then_by_number() -> None:
    early, late = make.meeting(starts_on="2013"), make.meeting(starts_on="2022-07-19")
    for meeting, number in [(early, "A/1"), (late, "B/2"), (late, "B/1")]:
        make.decision(meeting=meeting, number=number)

    assert [row.number for row in Decision.objects.for_list()] == ["B/1", "B/2", "A/1"]


@pytest.mark.parametrize(
    ("noun", "build", "column"),
    [
        (Document, make.document, "issued_on"),
        (PolicyInstrument, make.instrument, "adopted_on"),
        (Update, make.update, "happened_on"),
        (Meeting, make.meeting, "starts_on"),
    ],
)
def test_a_list_is_the_newest_first_and_the_undated_last(
    noun: Any, build: Any, column: str
) -> None:
    dates = ["2016", None, "2016-05-01", "by 2015"]
    rows = {date: build(**{column: date}) for date in dates}

    assert list(noun.objects.for_list()) == [
        rows["2016-05-01"],
        rows["2016"],
        rows["by 2015"],
        rows[None],
    ]


def test_relations_are_found_from_both_ends() -> None:
    text = make.instrument()
    there = make.instrument_relation(source=text)
    back = make.instrument_relation(target=text)
    make.instrument_relation()

    assert list(InstrumentRelation.objects.around(text).order_by("pk")) == [there, back]


@pytest.mark.parametrize("noun", [Organization, Meeting, Decision, PolicyInstrument, Document])
def test_a_page_is_asked_for_without_its_search_column_in_lists(noun: Any) -> None:
    assert "search" in noun.objects.for_list().query.deferred_loading[0]


def test_a_detail_holds_what_its_reader_may_see() -> None:
    meeting = make.meeting()
    make.document(meeting=meeting, audience="members")
    public = make.document(meeting=meeting)
    secretary = staff("Secretariat")

    seen = Meeting.objects.visible_to(VISITOR).for_detail(VISITOR).get()
    all_of_it = Meeting.objects.visible_to(secretary).for_detail(secretary).get()

    assert list(seen.documents.all()) == [public]
    assert len(all_of_it.documents.all()) == 2
