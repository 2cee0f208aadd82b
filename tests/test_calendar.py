"""The calendar of meetings: what a program that subscribes to it is told, and when."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import vobject
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from taskforce.feeds import MOST_IN_CALENDAR
from taskforce.models import JoinLink, Meeting
from tests import make
from tests.log import begin_new_day, settle
from tests.make import HIDDEN
from tests.staff import staff
from untfsse.kit.history.changes import Change
from untfsse.kit.history.restore import deleted_rows, restore
from untfsse.kit.log import PublicState, current_number
from untfsse.kit.records.publishing import publish, withdraw_from_public

pytestmark = pytest.mark.django_db

PATH = "/meetings/calendar.ics"
STAMPS = ["SEQUENCE", "DTSTAMP", "LAST-MODIFIED"]
YEAR = dt.timedelta(days=365)
type Told = tuple[int, str, str, dt.date, dt.date | None]


def read(client: Client, path: str = PATH, **asked: Any) -> Calendar:
    """Return the calendar as it stands after a commit."""
    settle()
    response = client.get(path, asked)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return Calendar.from_ical(response.content)


def events(client: Client, **asked: Any) -> list[Any]:
    """Return the events of the calendar."""
    return list(read(client, **asked).walk("VEVENT"))


def summaries(client: Client, **asked: Any) -> list[str]:
    """Return the names of the events."""
    return [str(event["SUMMARY"]) for event in events(client, **asked)]


def at(day: int, hour: int) -> dt.datetime:
    """Return a moment of July 2022 in UTC."""
    return dt.datetime(2022, 7, day, hour, tzinfo=dt.UTC)


# --- When ----------------------------------------------------------------------------------

ZURICH = {"starts_time": "14:00", "time_zone": "Europe/Zurich"}


@pytest.mark.parametrize(
    ("facts", "start", "end"),
    [
        ({}, dt.date(2022, 7, 19), dt.date(2022, 7, 20)),
        ({"ends_on": "2022-07-21"}, dt.date(2022, 7, 19), dt.date(2022, 7, 22)),
        ({**ZURICH, "ends_time": "16:00"}, at(19, 12), at(19, 14)),
        (ZURICH, at(19, 12), None),
        ({**ZURICH, "ends_on": "2022-07-20"}, dt.date(2022, 7, 19), dt.date(2022, 7, 21)),
        ({**ZURICH, "starts_time": "22:00", "ends_time": "01:00"}, at(19, 20), at(19, 23)),
    ],
    ids=["a day", "days", "hours", "no end", "days without an end", "past midnight"],
)
def test_event_takes_the_time_that_is_known(
    client: Client, facts: dict[str, Any], start: Any, end: Any
) -> None:
    make.meeting(starts_on="2022-07-19", **facts)
    (event,) = events(client)
    told = event.get("DTEND")
    assert (event["DTSTART"].dt, told and told.dt) == (start, end)


def test_hours_without_a_zone_are_left_out(client: Client) -> None:
    make.meeting(starts_on="2022-07-19", **ZURICH)
    Meeting.objects.update(time_zone="Nowhere")
    (event,) = events(client)
    assert event["DTSTART"].dt == dt.date(2022, 7, 19)


@pytest.mark.parametrize("starts_on", ["2022-07", "2022", "../2022-07-19", None])
def test_meeting_that_never_had_a_day_is_left_out_and_that_is_said(
    client: Client, starts_on: str | None
) -> None:
    make.meeting(title="Unknown day", starts_on=starts_on)
    make.meeting(title="Known day")
    assert summaries(client) == ["Known day"]
    left_out = "Meetings of which only the month or the year is known are left out."
    assert str(read(client)["DESCRIPTION"]) == left_out


# --- What is told of a meeting -------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "status", "summary", "blocks"),
    [
        ("planned", "CONFIRMED", "Meeting", "OPAQUE"),
        ("held", "CONFIRMED", "Meeting", "OPAQUE"),
        ("postponed", "TENTATIVE", "[postponed] Meeting", "TRANSPARENT"),
        ("cancelled", "CANCELLED", "[cancelled] Meeting", "TRANSPARENT"),
    ],
)
def test_state_of_a_meeting_is_told(
    client: Client, state: str, status: str, summary: str, blocks: str
) -> None:
    make.meeting(title="Meeting", state=state)
    (event,) = events(client)
    assert (event["STATUS"], event["SUMMARY"], event["TRANSP"]) == (status, summary, blocks)


def test_event_names_place_and_page(client: Client) -> None:
    make.meeting(venue="Palais; room XX", city="Geneva", country="CH", slug="special")
    (event,) = events(client)
    assert str(event["LOCATION"]) == "Palais; room XX, Geneva, Switzerland"
    assert str(event["URL"]) == "http://testserver/meetings/special/"


def test_join_link_is_in_no_calendar(client: Client) -> None:
    meeting = make.meeting(state="planned", starts_on="2999-01-01", slug="special")
    make.save(JoinLink(meeting=meeting, url="https://join.example.org/hushhush"))
    settle()
    client.force_login(staff("Secretariat"))
    for path in (PATH, "/meetings/special.ics"):
        printed = client.get(path).content.decode()
        assert ("29990101" in printed, "hushhush" in printed) == (True, False)


def test_meeting_that_was_never_public_leaves_no_trace(client: Client) -> None:
    for facts in HIDDEN:
        make.meeting(**facts).delete()
        make.meeting(**facts)
        settle()
    client.force_login(staff("Secretariat"))
    assert events(client) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_calendar_makes_as_many_queries_for_one_meeting_as_for_many(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        make.meeting()
    settle()
    with django_assert_num_queries(3):
        assert client.get(PATH).content.count(b"BEGIN:VEVENT") == rows


# --- A life, as three parsers read it ------------------------------------------------------


def moment(value: Any) -> Any:
    """Return a day as it is, and a moment in UTC."""
    return value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value


def by_icalendar(text: str) -> dict[str, Told]:
    """Read by icalendar."""
    found: Any = Calendar.from_ical(text).walk("VEVENT")
    return {
        str(event["UID"]): (
            int(event["SEQUENCE"]),
            str(event["STATUS"]),
            str(event["SUMMARY"]),
            moment(event.start),
            moment(event.end),
        )
        for event in found
    }


def read_by_ical(text: str) -> list[Any]:
    """Return the events as ical reads them."""
    # Read here alone: every worker reads this file.
    from ical.calendar_stream import IcsCalendarStream

    return IcsCalendarStream.calendar_from_ics(text).events


def by_ical(text: str) -> dict[str, Told]:
    """Read by ical, which refuses what breaks the types of RFC 5545."""
    return {
        event.uid: (
            event.sequence or 0,
            str(event.status and event.status.value),
            str(event.summary),
            moment(event.dtstart),
            moment(event.dtend),
        )
        for event in read_by_ical(text)
    }


def by_vobject(text: str) -> dict[str, Told]:
    """Read by vobject, which takes time zones from the file itself."""
    return {
        event.uid.value: (
            int(event.sequence.value),
            event.status.value,
            event.summary.value,
            moment(event.dtstart.value),
            moment(event.dtend.value),
        )
        for event in vobject.readOne(text).vevent_list
    }


PARSERS: list[Callable[[str], dict[str, Told]]] = [by_icalendar, by_ical, by_vobject]


@pytest.mark.slow
def test_life_of_a_meeting_as_three_parsers_read_it(client: Client) -> None:
    first, second = dt.date(2027, 3, 1), dt.date(2027, 4, 5)
    day_after, no_day = first + dt.timedelta(1), second + dt.timedelta(1)
    hours = {"starts_time": "14:00", "ends_time": "16:00", "time_zone": "Europe/Zurich"}
    meeting = make.meeting(title="Special", slug="special", state="planned", starts_on=first)
    kept = Meeting.objects.filter(public_id=meeting.public_id)
    seen: list[Told] = []

    def told() -> tuple[Any, ...]:
        """Return status, summary and time; the same for all, under one UID, a later sequence."""
        settle()
        printed = client.get(PATH).content.decode()
        one, *others = (parse(printed) for parse in PARSERS)
        assert others == [one, one]
        assert list(one) == [str(meeting.public_id)]
        seen.append(one[str(meeting.public_id)])
        assert [each[0] for each in seen] == list(range(len(seen)))
        return seen[-1][1:]

    assert told() == ("CONFIRMED", "Special", first, day_after)
    kept.update(starts_on=str(second), **hours)
    clock = [dt.datetime(2027, 4, 5, hour, tzinfo=dt.UTC) for hour in (12, 14)]
    assert told() == ("CONFIRMED", "Special", *clock)
    kept.update(state="postponed", starts_on=None)
    assert told() == ("TENTATIVE", "[postponed] Special", second, no_day)
    kept.update(state="planned", starts_on="2027-05")
    assert told() == ("TENTATIVE", "[no day] Special", second, no_day)
    kept.update(starts_on=str(first), starts_time=None, ends_time=None)
    assert told() == ("CONFIRMED", "Special", first, day_after)
    kept.update(state="cancelled")
    assert told() == ("CANCELLED", "[cancelled] Special", first, day_after)
    restore(Change.objects.of(meeting).order_by("-id")[1], by=None)
    assert told() == ("CONFIRMED", "Special", first, day_after)
    withdraw_from_public(kept.get(), reason="Held twice in the list.", by=None)
    gone = ("CANCELLED", "[cancelled] A meeting that was withdrawn", first, day_after)
    assert told() == gone
    publish(kept.get(), by=None, at=timezone.now())
    assert told() == ("CONFIRMED", "Special", first, day_after)
    kept.get().delete()
    assert told() == ("CANCELLED", "[cancelled] A meeting that was deleted", first, day_after)
    restore(deleted_rows(Meeting).get(), by=None)
    assert told() == ("CONFIRMED", "Special", first, day_after)
    kept.update(slug="renamed")
    assert told() == ("CONFIRMED", "Special", first, day_after)


def test_postponed_meeting_says_that_its_day_is_not_known(client: Client) -> None:
    meeting = make.meeting(summary="On finance.", state="planned", starts_on="2027-03-01")
    settle()
    Meeting.objects.update(state="postponed", starts_on=None)
    (event,) = events(client)
    known = "No day is known now. The last one told was 1 March 2027."
    assert str(event["DESCRIPTION"]) == f"{known}\n\nOn finance."
    assert (event["UID"], event["TRANSP"]) == (str(meeting.public_id), "TRANSPARENT")


@pytest.mark.slow
def test_postponed_meeting_stays_among_the_latest(client: Client) -> None:
    meeting = make.meeting(state="planned", starts_on="2027-03-01")
    settle()
    Meeting.objects.update(state="postponed", starts_on=None)
    facts = make.published(kind="special", state="held", starts_on="2022-07-19")
    slugs = [f"held-{number}" for number in range(MOST_IN_CALENDAR)]
    Meeting.objects.bulk_create(Meeting(title=slug, slug=slug, **facts) for slug in slugs)
    found = events(client)
    assert len(found) == MOST_IN_CALENDAR
    assert str(found[0]["UID"]) == str(meeting.public_id)


def test_change_in_bulk_moves_the_stamps(client: Client) -> None:
    make.meeting()
    (before,) = events(client)
    Meeting.objects.update(city="Geneva")
    (after,) = events(client)
    state = PublicState.objects.of(Meeting).get()
    known = state.own_changed_at.replace(microsecond=0)
    assert after["DTSTAMP"].dt == after["LAST-MODIFIED"].dt == known
    assert after["CREATED"].dt == before["CREATED"].dt == state.appeared_at.replace(microsecond=0)


def test_day_that_begins_changes_no_event(client: Client) -> None:
    make.meeting(starts_on=timezone.localdate())
    (before,) = events(client)
    begin_new_day()
    current_number()
    (after,) = events(client)
    assert [after[name] for name in STAMPS] == [before[name] for name in STAMPS]
    Meeting.objects.update(city="Geneva")
    begin_new_day()
    current_number()
    (changed,) = events(client)
    assert changed["SEQUENCE"] == 1


# --- What is gone --------------------------------------------------------------------------


def test_withdrawn_meeting_says_why_and_nothing_of_what_it_was(client: Client) -> None:
    meeting = make.meeting(
        title="Hushhush", slug="hushhush", summary="Hushhush", city="Hushhush", starts_time="14:00",
        time_zone="Europe/Zurich", starts_on="2022-07-19",
    )  # fmt: skip
    settle()
    withdraw_from_public(meeting, reason="Held twice in the list.", by=None)
    settle()
    Meeting.objects.update(starts_on="2022-11-11", title="Changed in secret")
    (event,) = events(client)
    assert set(event) == {
        "UID", "SEQUENCE", "DTSTAMP", "CREATED", "LAST-MODIFIED", "STATUS", "TRANSP",
        "SUMMARY", "DESCRIPTION", "DTSTART", "DTEND",
    }  # fmt: skip
    assert str(event["DESCRIPTION"]) == "Held twice in the list."
    assert event["DTSTART"].dt == dt.date(2022, 7, 19)
    printed = client.get(PATH).content.decode().lower()
    assert [word for word in ("hushhush", "secret", "20221111") if word in printed] == []


def test_day_of_a_draft_is_not_remembered(client: Client) -> None:
    meeting = make.meeting(starts_on="2027-03-01")
    settle()
    Meeting.objects.update(status="draft", starts_on="2027-11-11")
    settle()
    Meeting.objects.update(starts_on=None)
    Meeting.objects.update(status="published", state="postponed")
    (event,) = events(client)
    assert (event["UID"], event["DTSTART"].dt) == (str(meeting.public_id), dt.date(2027, 3, 1))


def test_what_is_gone_is_told_for_a_year(client: Client) -> None:
    for _ in range(2):
        make.meeting()
    settle()
    Meeting.objects.all().delete()
    assert len(events(client)) == 2
    states = PublicState.objects.of(Meeting).order_by("pk")
    long_ago = timezone.now() - YEAR - dt.timedelta(days=2)
    states.filter(pk=states[0].pk).update(own_changed_at=long_ago)
    (event,) = events(client)
    assert event["UID"] == str(states[1].public_id)


def test_what_is_told_of_a_withdrawn_meeting_follows_what_becomes_of_it(client: Client) -> None:
    meeting = make.meeting()
    settle()
    withdraw_from_public(meeting, reason="Held twise.", by=None)
    settle()
    rows = Meeting.objects.filter(pk=meeting.pk)
    rows.update(withdrawal_reason="Held twice.")
    (corrected,) = events(client)
    rows.get().delete()
    (deleted,) = events(client)
    told = [(event["SEQUENCE"], event["SUMMARY"]) for event in (corrected, deleted)]
    assert told == [
        (2, "[cancelled] A meeting that was withdrawn"),
        (3, "[cancelled] A meeting that was deleted"),
    ]
    assert (corrected["DESCRIPTION"], deleted.get("DESCRIPTION")) == ("Held twice.", None)
    assert corrected["LAST-MODIFIED"].dt <= deleted["LAST-MODIFIED"].dt


# --- The calendar itself -------------------------------------------------------------------


def test_calendar_says_when_and_where_to_ask_again(client: Client) -> None:
    settle()
    lines = client.get(PATH).content.decode().replace("\r\n ", "").splitlines()
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in lines
    assert "SOURCE;VALUE=URI:http://testserver/meetings/calendar.ics" in lines


def test_calendar_without_events_is_valid(client: Client) -> None:
    assert [component.name for component in read(client).subcomponents] == ["VTIMEZONE"]
    printed = client.get(PATH).content.decode()
    assert read_by_ical(printed) == []
    assert vobject.readOne(printed).contents.get("vevent", []) == []


def test_calendar_takes_the_filters_of_the_list(client: Client) -> None:
    make.meeting(title="Special", kind="special")
    make.meeting(title="Regular", kind="regular")
    assert summaries(client, kind="special") == ["Special"]
    whole, narrow = read(client), read(client, kind="special", utm_source="x", q="special")
    assert str(narrow["NAME"]) == f"{whole['NAME']} (Words: special; Kind: Special meeting)"
    asked = "?q=special&kind=special"
    assert str(narrow["SOURCE"]) == f"http://testserver/meetings/calendar.ics{asked}"
    assert str(narrow["URL"]) == f"http://testserver/meetings/{asked}"
    assert narrow["UID"] != whole["UID"]


def test_filtered_calendar_tells_too_what_is_gone(client: Client) -> None:
    make.meeting(kind="special")
    settle()
    Meeting.objects.all().delete()
    assert summaries(client, kind="special") == ["[cancelled] A meeting that was deleted"]


def test_bad_filter_is_refused(client: Client) -> None:
    response = client.get(PATH, {"kind": "party"})
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert [error["name"] for error in response.json()["errors"]] == ["kind"]


def test_list_offers_its_calendar_with_its_filters(client: Client) -> None:
    make.meeting(kind="special")
    page = client.get("/meetings/", {"kind": "special"}).content.decode()
    assert f'href="{PATH}?kind=special"' in page
    assert f'href="{PATH}"' in client.get("/meetings/").content.decode()


# --- One meeting ---------------------------------------------------------------------------


def test_page_of_a_meeting_offers_it_alone(client: Client) -> None:
    make.meeting()
    meeting = make.meeting(title="Special", slug="special")
    assert 'href="/meetings/special.ics"' in client.get("/meetings/special/").content.decode()
    settle()
    response = client.get("/meetings/special.ics")
    uid = str(meeting.public_id)
    assert [list(parse(response.content.decode())) for parse in PARSERS] == [[uid]] * 3
    known = {"if-none-match": response["ETag"]}
    assert client.get("/meetings/special.ics", headers=known).status_code == 304
    assert response["Content-Disposition"] == 'inline; filename="special.ics"'


def test_meeting_alone_answers_as_its_page_does(client: Client) -> None:
    meeting = make.meeting(slug="old")
    make.meeting(slug="dayless", starts_on="2022")
    make.meeting(slug="hidden", status="draft")
    settle()
    assert 'href="/meetings/dayless.ics"' not in client.get("/meetings/dayless/").content.decode()
    assert client.get("/meetings/dayless.ics").status_code == 404
    assert client.get("/meetings/hidden.ics").status_code == 404
    Meeting.objects.filter(pk=meeting.pk).update(slug="new")
    settle()
    moved = client.get("/meetings/old.ics")
    assert (moved.status_code, moved["Location"]) == (301, "/meetings/new.ics")
    withdraw_from_public(Meeting.objects.get(slug="new"), reason="Held twice.", by=None)
    settle()
    gone = client.get("/meetings/new.ics")
    assert (gone.status_code, gone["Content-Type"]) == (410, "application/problem+json")
