"""The pages of meetings: when and where, who was there, what was said, what came of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from taskforce.choices import (
    AttendanceState,
    Language,
    MeetingState,
    PartnerRole,
)
from taskforce.filters import MeetingFilter
from taskforce.models import Attendance, Decision, Meeting, Minutes
from taskforce.models.agenda import outline
from taskforce.services.attendance import seats_at, totals_of
from taskforce.services.decisions import took_no_decision
from taskforce.services.series import beside, gaps_before, gaps_beside, neighbours_of
from taskforce.services.standing import NO_SEAT, Standing
from taskforce.threads import Place
from untfsse.kit.forms.richtext import safe_html
from untfsse.kit.pages.on_record import with_on_record
from untfsse.kit.pages.paging import list_page
from untfsse.kit.pages.thread import strands_of
from untfsse.kit.pages.years import by_year
from untfsse.kit.records.addresses import get_record_or_404
from untfsse.kit.records.dates import DASH, PartialDate
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.together import fetch_together
from untfsse.kit.records.written import written

ANSWERS = [
    AttendanceState.PRESENT,
    AttendanceState.APOLOGIES,
    AttendanceState.ABSENT,
    AttendanceState.INVITED,
]
NEXT = 3
SAID_ABOVE = (Place.AGENDA_ITEM, Place.DECISION)
"""Strands whose rows stand on the page already, with more beside."""
OPEN_STATES = {MeetingState.PLANNED, MeetingState.POSTPONED}


type Seats = dict[int, Standing]


# --- When ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hours:
    """When a meeting begins and ends on the clock of its place, and in UTC where they differ."""

    local: str
    zone: str
    utc: str


def hours_of(meeting: Meeting) -> Hours | None:
    """Return the hours of a meeting; None when no beginning is known.

    The offset depends on the day, so it is given only when the day is known.
    """
    if meeting.starts_time is None:
        return None
    times = [time for time in (meeting.starts_time, meeting.ends_time) if time]
    local = DASH.join(time_format(time, "H:i") for time in times)
    place = meeting.time_zone.rpartition("/")[2].replace("_", " ")
    day: PartialDate | None = meeting.starts_on
    zone = meeting.zone
    if zone is None or day is None or day.first is None or day.first != day.last:
        return Hours(local, place, "")
    moments = [dt.datetime.combine(day.last, time, zone) for time in times]
    utc = [moment.astimezone(dt.UTC) for moment in moments]
    is_same = all(moment.utcoffset() == dt.timedelta(0) for moment in moments)
    words = DASH.join(time_format(moment.time(), "H:i") for moment in utc)
    return Hours(local, place, "" if is_same else words)


# --- Who was there -------------------------------------------------------------------------


@dataclass(slots=True)
class Group:
    """The organizations that answered alike, as rows of a table."""

    state: AttendanceState
    label: str
    columns: list[str]
    rows: list[list[dict[str, Any]]] = field(default_factory=list)


def seat_cell(row: Attendance, held: Seats, label: str) -> dict[str, Any]:
    """Return the seat that day, as a cell: held, open or none."""
    seat = held.get(row.organization_id, NO_SEAT)
    cell = {"label": label, "text": seat.in_words or _("No seat recorded")}
    return cell if seat.is_open or not seat.seats else {**cell, "state": seat.state}


def attendance_of(meeting: Meeting, held: Seats) -> list[Group]:
    """Return who answered how, with the seat of that day beside each name."""
    rows = sorted(meeting.attendances.all(), key=lambda row: row.organization.name_key)
    stands_in = any(row.on_behalf_of for row in rows)
    seat_label, for_label = _("Seat that day"), _("On behalf of")
    columns = [_("Organization"), seat_label, *([for_label] if stands_in else [])]
    groups = {state: Group(state, str(state.label), columns) for state in ANSWERS}
    for row in rows:
        group = groups[AttendanceState(row.state)]
        cells = [
            {"text": row.organization.full_name, "url": row.organization.get_absolute_url()},
            seat_cell(row, held, seat_label),
        ]
        if stands_in:
            cells.append({"label": for_label, "text": str(row.on_behalf_of or "")})
        group.rows.append(cells)
    for group in groups.values():
        group.label = f"{group.label} ({len(group.rows)})"
    return [group for group in groups.values() if group.rows]


def reported(meeting: Meeting) -> str:
    """Return the number of participants as its report words it; nothing when it is silent."""
    count, wording = meeting.reported_participants, meeting.participants_wording
    if wording and not wording[-1].isdigit():
        return wording
    if not wording and count is None:
        return ""
    words = ngettext("%(number)s participant", "%(number)s participants", count or 2)
    return words % {"number": wording or count}


# --- Pages ---------------------------------------------------------------------------------


@written
def coming(user: Reader, today: dt.date) -> Sequence[Any]:
    """Ask for the next meetings."""
    return (Meeting.objects.visible_to(user).upcoming(on=today).defer("search")[:NEXT],)


def decided(meeting: Any) -> str:
    """Return how many decisions a meeting took; nothing where it took none."""
    number = meeting.decision_count
    words = ngettext("%(count)s decision", "%(count)s decisions", number)
    return words % {"count": number} if number else ""


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """List meetings, narrowed by the query string."""
    filters, page = list_page(request, MeetingFilter, Meeting.objects.for_page)
    gaps = gaps_before(page, request.user)
    rows = [(meeting, decided(meeting), gaps.get(meeting.pk, "")) for meeting in page]
    upcoming = None
    if not request.GET:
        [upcoming] = fetch_together(*coming(request.user, timezone.localdate()))
    context = {
        "filters": filters,
        "page": page,
        "years": by_year(rows, lambda row: row[0].starts_on),
        "upcoming": upcoming,
    }
    return render(request, "taskforce/meeting_list.html", context)


@require_safe
def meeting_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one meeting from its hours to what came of it."""
    user = request.user
    meeting = get_record_or_404(Meeting.objects.for_detail, user, slug)
    minutes: Minutes | None = getattr(meeting, "minutes", None)
    there = [row.organization_id for row in meeting.attendances.all()]
    held = seats_at(meeting, user, today=timezone.localdate(), of=there)
    partners = meeting.partners.all()
    neighbours = neighbours_of(meeting, user)
    decisions = list(Decision.objects.visible_to(user).filter(meeting=meeting).order_by("number"))
    agenda = outline(meeting.agenda_items.all())
    for item in agenda:
        item.taken = [each for each in decisions if each.agenda_item_id == item.pk]
    for decision in decisions:
        decision.meeting = meeting
    with_on_record(decisions, user, on=timezone.localdate())
    context = {
        "meeting": meeting,
        "hours": hours_of(meeting),
        "place": ", ".join(part for part in (meeting.city, meeting.country.name) if part),
        "is_open": meeting.state in OPEN_STATES,
        "join_link": getattr(meeting, "join_link", None),
        "strands": strands_of(meeting, user, without=SAID_ABOVE),
        "decisions": decisions,
        "is_silent": not decisions and took_no_decision(meeting),
        "agenda": [item for item in agenda if item.parent is None],
        "minutes_are_open": minutes is not None and not minutes.fixed_text,
        "attendance": attendance_of(meeting, held),
        "reported": reported(meeting),
        "totals": totals_of(meeting, meeting.attendances.all(), held),
        "organizers": [row for row in partners if row.role == PartnerRole.ORGANIZER],
        "languages": ", ".join(str(Language(code).label) for code in meeting.languages),
        "partners": [row for row in partners if row.role == PartnerRole.PARTNER],
        "minutes": minutes,
        "minutes_text": safe_html(minutes.shown_text) if minutes else "",
        "beside": beside(neighbours),
        "gaps": list(gaps_beside(meeting, user)),
        **neighbours,
    }
    return render(request, "taskforce/meeting_detail.html", context)
