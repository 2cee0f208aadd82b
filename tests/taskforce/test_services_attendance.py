"""Who is invited to a meeting, who came, and how they are counted."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from taskforce import services
from taskforce.models import Attendance, Meeting
from tests import make

pytestmark = pytest.mark.django_db
DAY = dt.date(2022, 7, 19)
TODAY = dt.date(2026, 11, 23)


def totals_at(meeting: Meeting) -> services.Totals:
    """Return who was present, counted by the seats of that day."""
    held = services.seats_at(meeting, None, today=TODAY)
    return services.totals_of(meeting, meeting.attendances.all(), held)


@pytest.mark.parametrize(
    ("from_on", "until_on", "is_invited"),
    [
        ("2022-07-20", None, False),
        ("2022-07-19", None, True),
        ("2013", "2022-07-19", True),
        ("2013", "2022-07-18", False),
        ("2022-07", None, True),
        ("2013", "2022", True),
        (None, None, True),
    ],
)
def test_who_holds_a_seat_that_day_is_invited(
    from_on: str | None, until_on: str | None, is_invited: bool
) -> None:
    seat = make.seat(from_on=from_on, until_on=until_on)
    invited = services.invite_seated(make.meeting(starts_on=DAY, state="planned"), by=None)
    assert [row.organization for row in invited] == ([seat.organization] if is_invited else [])


def test_inviting_twice_invites_nobody_twice_and_keeps_answers() -> None:
    meeting = make.meeting(starts_on=DAY)
    seat = make.seat(from_on="2013")
    make.attendance(meeting=meeting, organization=seat.organization, state="apologies")
    other = make.seat(from_on="2013")
    assert [row.organization for row in services.invite_seated(meeting, by=None)] == [
        other.organization
    ]
    assert services.invite_seated(meeting, by=None) == []
    assert meeting.attendances.get(organization=seat.organization).state == "apologies"


def test_nobody_is_invited_to_a_meeting_without_a_date() -> None:
    with pytest.raises(ValidationError, match="Give the meeting a date first"):
        services.invite_seated(make.meeting(starts_on=None), by=None)


def test_nobody_is_invited_to_a_cancelled_meeting() -> None:
    with pytest.raises(ValidationError, match="cancelled"):
        services.invite_seated(make.meeting(state="cancelled"), by=None)


@pytest.mark.parametrize(
    ("from_on", "until_on", "expected"),
    [
        ("2022-05-01", None, "presumed"),
        ("2022-05-02", None, "possible"),
        ("2022-05-31", None, "possible"),
        ("2022-06-01", None, None),
        ("2013", "2022-05-31", "certain"),
        ("2013", "2022-05-30", "possible"),
        ("2013", "2022-04-30", None),
    ],
)
def test_a_seat_at_a_meeting_of_a_month_is_sure_only_if_held_all_month(
    from_on: str, until_on: str | None, expected: str | None
) -> None:
    seat = make.seat(from_on=from_on, until_on=until_on)
    found = services.seats_at(make.meeting(starts_on="2022-05"), None, today=TODAY)
    assert {key: held.certainty for key, held in found.items()} == (
        {} if expected is None else {seat.organization_id: expected}
    )


# --- Attendance ----------------------------------------------------------------------------


def test_the_grid_records_all_answers_and_returns_what_changed() -> None:
    meeting = make.meeting()
    present, same, new = make.organization(), make.organization(), make.organization()
    make.attendance(meeting=meeting, organization=present, state="invited")
    make.attendance(meeting=meeting, organization=same, state="apologies")
    changed = services.record_attendance(
        meeting,
        [
            services.Answer(present.pk, "present"),
            services.Answer(same.pk, "apologies"),
            services.Answer(new.pk, "present", on_behalf_of_id=same.pk),
        ],
        by=None,
    )
    assert [row.organization for row in changed] == [present, new]
    assert meeting.attendances.get(organization=new).on_behalf_of == same


def test_one_bad_answer_records_none_and_is_named() -> None:
    meeting, good, bad = make.meeting(), make.organization(), make.organization()
    answers = [
        services.Answer(good.pk, "present"),
        services.Answer(bad.pk, "present", on_behalf_of_id=bad.pk),
    ]
    with pytest.raises(ValidationError) as refusal:
        services.record_attendance(meeting, answers, by=None)
    assert refusal.value.message_dict == {
        str(bad.pk): ["An organization does not attend on its own behalf."]
    }
    assert Attendance.objects.count() == 0


def test_a_grid_of_forty_rows_takes_constant_queries(django_assert_max_num_queries: Any) -> None:
    meeting = make.meeting()
    rows = [make.attendance(meeting=meeting, state="invited") for _number in range(3)]
    answers = [services.Answer(row.organization_id, "invited") for row in rows]
    with django_assert_max_num_queries(4):
        assert services.record_attendance(meeting, answers, by=None) == []


def test_totals_count_by_the_seat_held_that_day() -> None:
    meeting = make.meeting(
        starts_on=DAY, reported_participants=40, participants_wording="40 participants"
    )
    member = make.seat(from_on="2013", category="member").organization
    observer = make.seat(from_on="2013", category="observer").organization
    later = make.seat(from_on="2022-07-20", category="member").organization
    perhaps = make.seat(from_on="2022", category="member").organization
    away = make.seat(from_on="2013", category="member").organization
    for organization in (member, observer, later, perhaps):
        make.attendance(meeting=meeting, organization=organization, state="present")
    make.attendance(meeting=meeting, organization=away, state="absent")
    totals = totals_at(meeting)
    assert (totals.members, totals.observers, totals.others) == (1, 1, 1)
    assert (totals.unsure, totals.organizations) == (1, 4)
    assert (totals.reported, totals.wording) == (40, "40 participants")


def test_a_change_of_category_on_the_day_counts_once() -> None:
    meeting = make.meeting(starts_on=DAY)
    organization = make.organization()
    make.seat(organization=organization, category="observer", from_on="2013", until_on="2022-07-18")
    make.seat(organization=organization, category="member", from_on="2022-07-19")
    make.attendance(meeting=meeting, organization=organization, state="present")
    totals = totals_at(meeting)
    assert (totals.members, totals.observers, totals.others) == (1, 0, 0)


def test_without_a_date_all_present_are_others() -> None:
    meeting = make.meeting(starts_on=None)
    make.attendance(meeting=meeting, organization=make.seat(from_on="2013").organization)
    assert totals_at(meeting).others == 1
