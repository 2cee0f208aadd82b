"""Feeds: the meetings as a calendar."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar, Component

from taskforce.models import JoinLink
from tests import make

pytestmark = pytest.mark.django_db

HIDDEN: list[dict[str, Any]] = [
    {"status": "draft"},
    {
        "status": "withdrawn",
        "published_at": make.PUBLISHED_AT,
        "withdrawal_reason": "Taken back",
    },
    {"published_at": dt.datetime(2999, 1, 1, tzinfo=dt.UTC)},
]


# --- The calendar --------------------------------------------------------------------------


def events(client: Client) -> list[Component]:
    """Return the events of the calendar."""
    response = client.get("/meetings/calendar.ics")
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def span(client: Client, **facts: Any) -> tuple[Any, Any]:
    """Return start and end of the event of a meeting."""
    make.meeting(**facts)
    event: Any
    (event,) = events(client)
    end = event.get("DTEND")
    return event["DTSTART"].dt, end and end.dt


def at(day: int, hour: int) -> dt.datetime:
    """Return a moment of July 2022 in UTC."""
    return dt.datetime(2022, 7, day, hour, tzinfo=dt.UTC)


def test_meeting_of_one_day_takes_the_whole_day(client: Client) -> None:
    assert span(client, starts_on="2022-07-19") == (dt.date(2022, 7, 19), dt.date(2022, 7, 20))


def test_meeting_of_some_days_takes_them_all(client: Client) -> None:
    days = span(client, starts_on="2022-07-19", ends_on="2022-07-21")
    assert days == (dt.date(2022, 7, 19), dt.date(2022, 7, 22))


def test_hours_are_in_the_zone_of_the_meeting(client: Client) -> None:
    hours = {"starts_time": "14:00", "ends_time": "16:00", "time_zone": "Europe/Zurich"}
    assert span(client, starts_on="2022-07-19", **hours) == (at(19, 12), at(19, 14))


def test_start_without_an_end_has_no_end(client: Client) -> None:
    hours = {"starts_time": "14:00", "time_zone": "Europe/Zurich"}
    assert span(client, starts_on="2022-07-19", **hours) == (at(19, 12), None)


def test_start_without_an_end_over_some_days_takes_whole_days(client: Client) -> None:
    hours = {"starts_time": "14:00", "time_zone": "Europe/Zurich"}
    days = span(client, starts_on="2022-07-19", ends_on="2022-07-20", **hours)
    assert days == (dt.date(2022, 7, 19), dt.date(2022, 7, 21))


@pytest.mark.parametrize("starts_on", ["2022-07", "2022", "../2022-07-19", None])
def test_meeting_without_a_known_day_is_left_out_and_that_is_said(
    client: Client, starts_on: str | None
) -> None:
    make.meeting(title="Unknown day", starts_on=starts_on)
    make.meeting(title="Known day")
    assert [str(event["SUMMARY"]) for event in events(client)] == ["Known day"]
    calendar = Calendar.from_ical(client.get("/meetings/calendar.ics").content)
    left_out = "Meetings of which only the month or the year is known are left out."
    assert str(calendar["DESCRIPTION"]) == left_out


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("planned", "CONFIRMED"),
        ("held", "CONFIRMED"),
        ("postponed", "TENTATIVE"),
        ("cancelled", "CANCELLED"),
    ],
)
def test_state_of_a_meeting_is_told(client: Client, state: str, status: str) -> None:
    make.meeting(state=state)
    (event,) = events(client)
    assert str(event["STATUS"]) == status


def test_event_names_place_page_and_keeps_its_identity(client: Client) -> None:
    meeting = make.meeting(venue="Palais; room XX", city="Geneva", country="CH", slug="special")
    (event,) = events(client)
    assert str(event["LOCATION"]) == "Palais; room XX, Geneva, Switzerland"
    assert str(event["URL"]) == "http://testserver/meetings/special/"
    assert str(event["UID"]) == f"untfsse-meeting-{meeting.pk}"


def test_join_link_is_in_no_calendar(client: Client) -> None:
    meeting = make.meeting(state="planned", starts_on="2999-01-01")
    make.save(JoinLink(meeting=meeting, url="https://join.example.org/hushhush"))
    client.force_login(make.user(is_staff=True))
    assert "hushhush" not in client.get("/meetings/calendar.ics").content.decode()


def test_hidden_meetings_are_in_no_calendar(client: Client) -> None:
    for facts in HIDDEN:
        make.meeting(**facts)
    client.force_login(make.user(is_staff=True))
    assert events(client) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_calendar_makes_one_query_however_many_meetings(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        make.meeting()
    with django_assert_num_queries(1):
        assert len(events(client)) == rows
