"""Feeds: the meetings of the Task Force as a calendar."""

import datetime as dt
import zoneinfo

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe
from icalendar import STATUS, Calendar, Event

from taskforce.choices import MeetingState
from taskforce.models import Meeting
from untfsse.kit.kept import keep
from untfsse.kit.records.dates import PartialDate, Precision
from untfsse.kit.records.publication import VISITOR

MOST_IN_CALENDAR = 500
STATES: dict[MeetingState, STATUS] = {
    MeetingState.PLANNED: STATUS.CONFIRMED,
    MeetingState.HELD: STATUS.CONFIRMED,
    MeetingState.POSTPONED: STATUS.TENTATIVE,
    MeetingState.CANCELLED: STATUS.CANCELLED,
}


@keep()
@require_safe
@conditional_page
def meeting_calendar(request: HttpRequest) -> HttpResponse:
    """Give the latest public meetings whose day is known as an iCalendar file (RFC 5545)."""
    meetings = Meeting.objects.visible_to(VISITOR).order_by("-sort_on", "-id").defer("search")
    days = [(meeting, known_days(meeting)) for meeting in meetings[:MOST_IN_CALENDAR]]
    calendar = Calendar.new(
        uid="untfsse-meetings",
        prodid="-//UNTFSSE//Portal//EN",
        method="PUBLISH",
        name=_("Meetings of the UN Task Force on Social and Solidarity Economy"),
        description=_("Meetings of which only the month or the year is known are left out."),
        url=request.build_absolute_uri(reverse("taskforce:meeting_list")),
        refresh_interval=dt.timedelta(hours=12),
    )
    for meeting, (first, last) in ((meeting, span) for meeting, span in days if span):
        calendar.add_component(event_of(meeting, first, last, request))
    if events := calendar.events:
        starts = sorted(event.start.year for event in events)
        around = dt.date(starts[0] - 1, 1, 1), dt.date(starts[-1] + 2, 1, 1)
        calendar.add_missing_timezones(*around)
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


def known_days(meeting: Meeting) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day; None when the first is not known to the day."""
    first = day_of(meeting.starts_on)
    return None if first is None else (first, day_of(meeting.ends_on) or first)


def day_of(date: PartialDate | None) -> dt.date | None:
    """Return the day of a date that is known to the day."""
    return date.last if date is not None and date.precision == Precision.DAY else None


def event_of(meeting: Meeting, first: dt.date, last: dt.date, request: HttpRequest) -> Event:
    """Return a meeting as an event; never with the link by which members join."""
    start, end = hours_of(meeting, first, last)
    place = [meeting.venue, meeting.city, str(meeting.country.name)]
    return Event.new(
        uid=f"untfsse-meeting-{meeting.pk}",
        summary=meeting.title,
        start=start,
        end=end,
        stamp=meeting.updated_at,
        last_modified=meeting.updated_at,
        status=STATES[MeetingState(meeting.state)],
        location=", ".join(part for part in place if part) or None,
        description=meeting.summary or None,
        categories=[str(meeting.get_kind_display())],
        url=request.build_absolute_uri(meeting.get_absolute_url()),
    )


def hours_of(
    meeting: Meeting, first: dt.date, last: dt.date
) -> tuple[dt.date | dt.datetime, dt.date | dt.datetime | None]:
    """Return start and end as RFC 5545 counts: with hours where they are known, else whole days.

    The end of whole days is the day after the last. Hours are shown in the meeting's own zone.
    """
    whole_days = (first, last + dt.timedelta(days=1))
    if meeting.starts_time is None or (last > first and meeting.ends_time is None):
        return whole_days
    zone = zoneinfo.ZoneInfo(meeting.time_zone)
    start = dt.datetime.combine(first, meeting.starts_time, zone)
    end = meeting.ends_time and dt.datetime.combine(last, meeting.ends_time, zone)
    return start, end if end and end > start else None
