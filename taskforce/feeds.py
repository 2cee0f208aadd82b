"""Feeds: the meetings of the Task Force as a calendar, and one alone (RFC 5545, 7986).

The calendar is a view of the log of public changes: it says of an event how often it changed and
when, and still names for a year what a reader may have kept and what is no longer public.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import STATUS, TRANSP, Calendar, Event, Timezone

from taskforce.choices import MeetingState
from taskforce.filters import MeetingFilter
from taskforce.models import Meeting
from untfsse.kit.kept import keep
from untfsse.kit.log import PublicState
from untfsse.kit.records.addresses import MovedError, get_record_or_404
from untfsse.kit.records.dates import PartialDate, Precision
from untfsse.kit.records.publication import VISITOR
from untfsse.kit.rest.problems import rows_asked_for

MOST_IN_CALENDAR = 500
ASK_AGAIN = dt.timedelta(hours=12)
TOLD_WHEN_GONE = dt.timedelta(days=365)
STATES: dict[MeetingState, STATUS] = {
    MeetingState.PLANNED: STATUS.CONFIRMED,
    MeetingState.HELD: STATUS.CONFIRMED,
    MeetingState.POSTPONED: STATUS.TENTATIVE,
    MeetingState.CANCELLED: STATUS.CANCELLED,
}

type Span = tuple[dt.date | dt.datetime, dt.date | dt.datetime | None]


# --- The doors -----------------------------------------------------------------------------


@keep(*MeetingFilter.base_filters)
@require_safe
def meeting_calendar(request: HttpRequest) -> HttpResponse:
    """Give the latest public meetings that the filters of the list ask for, and what is gone.

    What a withdrawn meeting was is no longer said, so each filter has all of them.
    """
    visible = Meeting.objects.visible_to(VISITOR).defer("search")
    filters = MeetingFilter(request.GET, queryset=visible)
    meetings = rows_asked_for(filters)
    query, words = filters.asked_query, filters.asked_words
    address = request.build_absolute_uri(request.path) + query
    name = _("Meetings of the UN Task Force on Social and Solidarity Economy")
    calendar = calendar_at(
        address,
        name=f"{name} ({words})" if words else name,
        description=_("Meetings of which only the month or the year is known are left out."),
        url=request.build_absolute_uri(reverse("taskforce:meeting_list")) + query,
    )
    calendar.add("REFRESH-INTERVAL", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("SOURCE", address, parameters={"VALUE": "URI"})
    return answer(calendar, [*events_of(meetings, request), *events_gone()])


@keep()
@require_safe
def meeting_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Give one public meeting; without a day it is no event."""
    visible = Meeting.objects.defer("search")
    try:
        meeting = get_record_or_404(visible, VISITOR, slug)
    except MovedError as error:
        path = reverse("taskforce:meeting_event", args=[error.record.slug])
        return HttpResponsePermanentRedirect(path)
    events = list(events_of(visible.visible_to(VISITOR).filter(pk=meeting.pk), request))
    if not events:
        raise Http404
    response = answer(calendar_at(request.build_absolute_uri(request.path)), events)
    response["Content-Disposition"] = f'inline; filename="{slug}.ics"'
    return response


def calendar_at(address: str, **facts: Any) -> Calendar:
    """Return a calendar without events, whose id follows from its address."""
    uid = uuid.uuid5(uuid.NAMESPACE_URL, address)
    return Calendar.new(uid=uid, prodid="-//UNTFSSE//Portal//EN", **facts)


def answer(calendar: Calendar, events: Iterable[Event]) -> HttpResponse:
    """Return the calendar as a file, with the time zones that its events name.

    Without a METHOD the stamp of an event is its last change. A file needs a component.
    """
    for event in events:
        calendar.add_component(event)
    if not calendar.events:
        calendar.add_component(Timezone.from_tzid("UTC"))
    if years := sorted(event.start.year for event in calendar.events):
        around = dt.date(years[0] - 1, 1, 1), dt.date(years[-1] + 2, 1, 1)
        calendar.add_missing_timezones(*around)
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


# --- Events --------------------------------------------------------------------------------


def events_of(meetings: Any, request: HttpRequest) -> Iterator[Event]:
    """Give the events of meetings that have a day, or had one in public; the latest first.

    What the log knows is asked first: an event is never older than its number says.
    """
    known = PublicState.objects.of(Meeting).filter(is_public=True, first_day__isnull=False)
    known = known.filter(public_id__in=meetings.order_by().values("public_id"))
    latest = known.order_by("-first_day", "-row_id")[:MOST_IN_CALENDAR]
    states = {state.public_id: state for state in latest}
    found = meetings.in_bulk(states, field_name="public_id")
    for public_id, state in states.items():
        if public_id in found:
            yield event_of(found[public_id], state, request)


def event_of(meeting: Meeting, state: PublicState, request: HttpRequest) -> Event:
    """Return a meeting as an event; never with the link by which members join.

    A meeting that lost its day is to come and not cancelled, and programs delete what is
    cancelled. So it stays where readers look for it, on the whole day that it last had in
    public, is named and described as what it is, and holds nobody's time.
    """
    days = known_days(meeting)
    span = hours_of(meeting, *days) if days else last_days(state)
    status = STATES[MeetingState(meeting.state)]
    if days is None and status is STATUS.CONFIRMED:
        status = STATUS.TENTATIVE
    words = [meeting.summary]
    if days is None and status is not STATUS.CANCELLED:
        sentence = _("No day is known now. The last one told was %(day)s.")
        words.insert(0, sentence % {"day": date_format(span[0], "j F Y")})
    place = [meeting.venue, meeting.city, str(meeting.country.name)]
    return logged_event(
        state,
        status,
        span,
        summary=named(meeting, has_day=days is not None),
        description="\n\n".join(part for part in words if part) or None,
        location=", ".join(part for part in place if part) or None,
        categories=[str(meeting.get_kind_display())],
        url=request.build_absolute_uri(meeting.get_absolute_url()),
    )


def events_gone() -> Iterator[Event]:
    """Give what was public within the last year and is no more: that it is gone, and why.

    Nothing of the record is told but the day that stood in everybody's calendar, which an event
    needs; the log keeps it from while it was public.
    """
    since = timezone.now() - TOLD_WHEN_GONE
    states = PublicState.objects.of(Meeting).gone()
    states = states.filter(first_day__isnull=False, own_changed_at__gte=since).order_by("-number")
    for state in states[:MOST_IN_CALENDAR]:
        deleted, withdrawn = _("A meeting that was deleted"), _("A meeting that was withdrawn")
        summary = f"{_('[cancelled]')} {deleted if state.is_deleted else withdrawn}"
        yield logged_event(
            state,
            STATUS.CANCELLED,
            last_days(state),
            summary=summary,
            description=state.reason or None,
        )


def logged_event(state: PublicState, status: STATUS, span: Span, **facts: Any) -> Event:
    """Return an event that says what the log knows of it: its id, and how often it changed."""
    return Event.new(
        uid=state.public_id,
        sequence=state.revision,
        stamp=state.own_changed_at,
        created=state.appeared_at,
        last_modified=state.own_changed_at,
        status=status,
        transparency=TRANSP.OPAQUE if status is STATUS.CONFIRMED else TRANSP.TRANSPARENT,
        start=span[0],
        end=span[1],
        **facts,
    )


def named(meeting: Meeting, *, has_day: bool) -> str:
    """Return the title; what is not as planned stands before it, for programs without a status."""
    match MeetingState(meeting.state):
        case MeetingState.CANCELLED:
            mark = _("[cancelled]")
        case MeetingState.POSTPONED:
            mark = _("[postponed]")
        case _other:
            mark = "" if has_day else _("[no day]")
    return f"{mark} {meeting.title}".strip()


# --- When ----------------------------------------------------------------------------------


def known_days(meeting: Meeting) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day; None when the first is not known to the day."""
    first = day_of(meeting.starts_on)
    return None if first is None else (first, day_of(meeting.ends_on) or first)


def day_of(date: PartialDate | None) -> dt.date | None:
    """Return the day of a date that is known to the day."""
    return date.last if date is not None and date.precision == Precision.DAY else None


def last_days(state: Any) -> Span:
    """Return the days on which it stood in public last, of a row that has them."""
    return whole_days(state.first_day, state.last_day)


def whole_days(first: dt.date, last: dt.date) -> Span:
    """Return start and end of whole days: the end is the day after the last."""
    return first, last + dt.timedelta(days=1)


def hours_of(meeting: Meeting, first: dt.date, last: dt.date) -> Span:
    """Return start and end as RFC 5545 counts: with hours where they are known, else whole days.

    Hours are shown in the meeting's own zone. One that ends before it begins ends after midnight.
    """
    zone = meeting.zone
    has_end = meeting.ends_time is not None or first == last
    if meeting.starts_time is None or zone is None or not has_end:
        return whole_days(first, last)
    start = dt.datetime.combine(first, meeting.starts_time, zone)
    if meeting.ends_time is None or (first == last and meeting.ends_time == meeting.starts_time):
        return start, None
    if first == last and meeting.ends_time < meeting.starts_time:
        last += dt.timedelta(days=1)
    return start, dt.datetime.combine(last, meeting.ends_time, zone)
