"""Attendance: who is invited, who came, and the seat each held that day."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.choices import AttendanceState, MeetingState, SeatCategory
from taskforce.models import Attendance, Meeting, Organization, Seat
from taskforce.services.standing import NO_SEAT, Standing, standing
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.roles import Actor, require
from untfsse.kit.records.tenure import Certainty


@dataclass(frozen=True, slots=True)
class Answer:
    """How one organization attended, as the grid says."""

    organization_id: int
    state: str
    on_behalf_of_id: int | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Who was present, counted by the seat held that day, beside what the report says.

    `unsure` are those whose seat that day is only possible, `others` those without any.
    """

    members: int
    observers: int
    unsure: int
    others: int
    reported: int | None
    wording: str

    @property
    def organizations(self) -> int:
        """All organizations present."""
        return self.members + self.observers + self.unsure + self.others


def seats_at(
    meeting: Meeting,
    reader: Reader | None,
    *,
    today: dt.date,
    of: Collection[int] | None = None,
) -> dict[int, Standing]:
    """Return what each organization with a seat at the meeting was, by the organization's key.

    A day known in part may be any of its days. By the seats that a reader may see; None sees
    all. Of all organizations, or only of those whose keys are given. Empty for a meeting without
    a date.
    """
    days = meeting.possible_days
    if days is None:
        return {}
    seats = Seat.objects.all() if reader is None else Seat.objects.visible_to(reader)
    seats = seats if of is None else seats.filter(organization__in=of)
    held: dict[int, list[Seat]] = {}
    for seat in seats.held_during(*days, today=today):
        held.setdefault(seat.organization_id, []).append(seat)
    return {key: standing(found, *days, today=today) for key, found in held.items()}


@transaction.atomic
def invite_seated(meeting: Meeting, *, by: Actor) -> list[Attendance]:
    """Invite every organization that holds a seat at the meeting, surely or possibly.

    Returns the new invitations; whoever is listed already stays as it is.
    """
    require(by, "add", Attendance)
    locked: Meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.state == MeetingState.CANCELLED:
        raise ValidationError(_("This meeting is cancelled: nobody is invited."))
    if locked.possible_days is None:
        raise ValidationError(_("Give the meeting a date first: seats are held on days."))
    seated = Organization.objects.filter(pk__in=seats_at(locked, None, today=timezone.localdate()))
    invitations = [
        Attendance(meeting=meeting, organization=organization)
        for organization in seated.exclude(attendances__meeting=meeting).order_by("name_key", "id")
    ]
    return Attendance.objects.bulk_create(invitations)


@transaction.atomic
def record_attendance(
    meeting: Meeting, answers: Iterable[Answer], *, by: Actor
) -> list[Attendance]:
    """Record the whole grid at once; returns the rows that changed, the new ones among them.

    Raises ValidationError, keyed by the organization's number, when an answer cannot be; then
    nothing is recorded. The number of queries does not grow with the rows.
    """
    require(by, "change", Attendance)
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    known = {row.organization_id: row for row in meeting.attendances.select_for_update()}
    changed, errors = [], {}
    for answer in answers:
        row = known.get(answer.organization_id)
        if row and (row.state, row.on_behalf_of_id) == (answer.state, answer.on_behalf_of_id):
            continue
        row = row or Attendance(meeting=meeting, organization_id=answer.organization_id)
        row.state, row.on_behalf_of_id = answer.state, answer.on_behalf_of_id
        if refused := refusals(row):
            errors[str(answer.organization_id)] = refused
        known[answer.organization_id] = row
        changed.append(row)
    if errors:
        raise ValidationError(errors)
    Attendance.objects.bulk_update([row for row in changed if row.pk], ["state", "on_behalf_of"])
    Attendance.objects.bulk_create([row for row in changed if row.pk is None])
    return changed


def refusals(row: Attendance) -> list[str]:
    """Return why a row cannot be, in words and without a query; PostgreSQL keeps the same."""
    found = []
    if row.state not in AttendanceState.values:
        found.append(_("“%(state)s” is no way to attend.") % {"state": row.state})
    if row.on_behalf_of_id == row.organization_id:
        found.append(_("An organization does not attend on its own behalf."))
    return found


def totals_of(meeting: Meeting, rows: Iterable[Attendance], held: Mapping[int, Standing]) -> Totals:
    """Count who was present, by the seats at the meeting; no query."""
    present = [row.organization_id for row in rows if row.state == AttendanceState.PRESENT]
    counted = Counter(held.get(organization, NO_SEAT).state for organization in present)
    return Totals(
        members=counted[SeatCategory.MEMBER],
        observers=counted[SeatCategory.OBSERVER],
        unsure=counted[Certainty.POSSIBLE],
        others=counted[""],
        reported=meeting.reported_participants,
        wording=meeting.participants_wording,
    )
