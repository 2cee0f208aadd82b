"""Meetings: the next of a series, with its proposed agenda; published with what it holds."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from taskforce.choices import MeetingKind, MeetingState
from taskforce.models import Decision, Document, Meeting
from taskforce.services.agenda import propose_agenda
from untfsse.kit.records.addresses import propose_slug
from untfsse.kit.records.dates import PartialDate
from untfsse.kit.records.publication import Status
from untfsse.kit.records.publishing import is_public, publish
from untfsse.kit.records.roles import Actor, require

NUMBERED = (MeetingKind.REGULAR, MeetingKind.TECHNICAL_SYMPOSIUM)
"""The series with numbers; the founding meeting is the first of the regular ones."""
FIRST_TEN = [
    *("First", "Second", "Third", "Fourth", "Fifth"),
    *("Sixth", "Seventh", "Eighth", "Ninth", "Tenth"),
]
type Day = PartialDate | dt.date | str | None


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """What is proposed for the next meeting of a series."""

    kind: MeetingKind
    ordinal: int | None
    title: str


# --- Preparing -----------------------------------------------------------------------------


def next_in_series(series: Meeting | str, *, on: Day = None) -> NextMeeting:
    """Propose number and title of the next meeting of a kind, or of a meeting's kind.

    Only regular meetings (the founding one is the first) and technical symposia are numbered.
    """
    kind = MeetingKind(series.kind if isinstance(series, Meeting) else series)
    if kind == MeetingKind.FOUNDING:
        kind = MeetingKind.REGULAR
    if kind in NUMBERED:
        held = Meeting.objects.in_series(kind)
        ordinal = (held.aggregate(last=Max("ordinal"))["last"] or 0) + 1
        return NextMeeting(kind, ordinal, f"{ordinal_word(ordinal)} {kind.label.lower()}")
    day = read_day(on)
    title = f"{kind.label} of {date_format(day.last, 'j F Y')}" if day else str(kind.label)
    return NextMeeting(kind, None, title)


def ordinal_word(number: int) -> str:
    """Return First to Tenth, then 11th, 42nd and so on, as English titles have it."""
    if number <= len(FIRST_TEN):
        return FIRST_TEN[number - 1]
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in {11, 12, 13} else suffix}"


def read_day(day: Day) -> PartialDate | None:
    """Return a day known in part from whatever a form or a command gives."""
    return Meeting._meta.get_field("starts_on").to_python(day)


@transaction.atomic
def prepare_meeting(
    *,
    kind: str,
    starts_on: Day,
    by: Actor,
    title: str = "",
    ordinal: int | None = None,
    **facts: Any,
) -> Meeting:
    """Make the next meeting of a series: a planned draft with the proposed agenda.

    Number and title are proposed unless given; further facts are columns of the meeting.
    """
    require(by, "add", Meeting)
    proposal = next_in_series(kind, on=starts_on)
    title = title.strip() or proposal.title
    day = read_day(starts_on)
    address = f"{title} {day.year}" if day and str(day.year) not in title else title
    meeting = Meeting(
        **{
            "kind": kind,
            "ordinal": proposal.ordinal if ordinal is None else ordinal,
            "title": title,
            "slug": propose_slug(Meeting, address),
            "state": MeetingState.PLANNED,
            "starts_on": day,
            **facts,
        }
    )
    meeting.full_clean()
    meeting.save()
    meeting.refresh_from_db()
    propose_agenda(meeting, by=by)
    return meeting


# --- Publishing ----------------------------------------------------------------------------


def unpublished(noun: type[Decision | Document], meeting: Meeting | None) -> QuerySet[Any]:
    """Return the decisions or documents of a meeting that readers do not see yet."""
    ahead = Q(status=Status.PUBLISHED, published_at__gt=timezone.now())
    rows: QuerySet[Any] = noun._default_manager.filter(ahead | Q(status=Status.DRAFT))
    return rows.filter(meeting=meeting).order_by("pk")


@transaction.atomic
def publish_meeting(
    meeting: Meeting, *, parts: Iterable[Decision | Document] = (), by: Actor, at: dt.datetime
) -> Meeting:
    """Publish a meeting with decisions and documents of its own at one moment: all or nothing.

    A meeting that is public already stays as it is. Raises ValidationError for the first that
    may not be published.
    """
    current = meeting if is_public(meeting) else publish(meeting, by=by, at=at)
    for part in parts:
        if part.meeting_id != current.pk:
            raise ValidationError(_("“%(part)s” is of another meeting.") % {"part": part})
        publish(part, by=by, at=at)
    return current
