"""Meetings: prepare, invite, order the agenda, record who came."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from taskforce.choices import (
    SITTINGS,
    AgendaItemKind,
    AttendanceState,
    FollowUp,
    MeetingKind,
    MeetingState,
    MinutesState,
    SeatCategory,
)
from taskforce.models import AgendaItem, Attendance, Meeting, Organization, Seat
from untfsse.kit.addresses import propose_slug
from untfsse.kit.dates import PartialDate
from untfsse.kit.roles import Actor, require

NUMBERED = {
    MeetingKind.FOUNDING: (MeetingKind.FOUNDING, MeetingKind.REGULAR),
    MeetingKind.REGULAR: (MeetingKind.FOUNDING, MeetingKind.REGULAR),
    MeetingKind.TECHNICAL_SYMPOSIUM: (MeetingKind.TECHNICAL_SYMPOSIUM,),
}
FIRST_TEN = [
    *("First", "Second", "Third", "Fourth", "Fifth"),
    *("Sixth", "Seventh", "Eighth", "Ninth", "Tenth"),
]
FORMAL = (
    AgendaItemKind.ADOPTION,
    AgendaItemKind.APPROVAL_OF_MINUTES,
    AgendaItemKind.OTHER_BUSINESS,
)
UNDONE = (FollowUp.OPEN, FollowUp.PARTLY)
type Day = PartialDate | dt.date | str | None


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """What is proposed for the next meeting of a series."""

    kind: MeetingKind
    ordinal: int | None
    title: str


@dataclass(frozen=True, slots=True)
class Answer:
    """How one organization attended, as the grid says."""

    organization_id: int
    state: str
    on_behalf_of_id: int | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Who was present, counted by the seat held that day, beside what the report says.

    `unsure` are present organizations whose seat that day is only possible.
    """

    members: int
    observers: int
    others: int
    unsure: int
    reported: int | None
    wording: str

    @property
    def organizations(self) -> int:
        """All organizations present."""
        return self.members + self.observers + self.others


# --- Preparing -----------------------------------------------------------------------------


def next_in_series(series: Meeting | str, *, on: Day = None) -> NextMeeting:
    """Propose number and title of the next meeting of a kind, or of a meeting's kind.

    Only regular meetings (the founding one is the first) and technical symposia are numbered.
    """
    kind = MeetingKind(series.kind if isinstance(series, Meeting) else series)
    if kind == MeetingKind.FOUNDING:
        kind = MeetingKind.REGULAR
    if kind in NUMBERED:
        held = Meeting.objects.filter(kind__in=NUMBERED[kind])
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


@transaction.atomic
def propose_agenda(meeting: Meeting, *, by: Actor) -> list[AgendaItem]:
    """Give a sitting without an agenda the usual one, with what earlier ones left unfinished."""
    require(by, "add", AgendaItem)
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.kind not in SITTINGS:
        return []
    if meeting.agenda_items.exists():
        raise ValidationError(_("This meeting has an agenda already."))
    items = [AgendaItem(title=_("Adoption of the agenda"), kind=AgendaItemKind.ADOPTION)]
    items += [approval_item(earlier) for earlier in meetings_to_approve(meeting)]
    items += [
        AgendaItem(title=item.title, kind=item.kind, carried_over_from=item)
        for item in unfinished_items(meeting)
    ]
    items.append(AgendaItem(title=_("Other business"), kind=AgendaItemKind.OTHER_BUSINESS))
    for number, item in enumerate(items, start=1):
        item.meeting, item.number = meeting, number
    AgendaItem.objects.bulk_create(items)
    for item in items:
        if item.carried_over_from:
            item.presenters.set(item.carried_over_from.presenters.all())
            item.instruments.set(item.carried_over_from.instruments.all())
    return items


def approval_item(earlier: Meeting) -> AgendaItem:
    """Return the item, not yet saved, that approves the minutes of an earlier meeting."""
    title = _("Approval of the minutes: %(meeting)s") % {"meeting": earlier.title}
    return AgendaItem(
        title=title[:250],
        kind=AgendaItemKind.APPROVAL_OF_MINUTES,
        approves_minutes_of=earlier,
    )


def sittings_before(meeting: Meeting) -> QuerySet[Meeting]:
    """Return the earlier meetings of the Task Force itself, the latest first."""
    return Meeting.objects.filter(kind__in=SITTINGS, sort_on__lt=meeting.sort_on).order_by(
        "-sort_on", "-id"
    )


def sittings_after(meeting: Meeting) -> QuerySet[Meeting]:
    """Return the later meetings of the Task Force itself that were not cancelled, in order."""
    return (
        Meeting.objects.filter(kind__in=SITTINGS, sort_on__gt=meeting.sort_on)
        .exclude(state=MeetingState.CANCELLED)
        .order_by("sort_on", "id")
    )


def meetings_to_approve(meeting: Meeting) -> list[Meeting]:
    """Return the earlier meetings whose minutes this one approves, the oldest first.

    They are the meeting before, unless its minutes are approved, and any other whose minutes
    were circulated and wait. A meeting that is still planned counts as the one before.
    """
    earlier = sittings_before(meeting).exclude(
        state__in=[MeetingState.CANCELLED, MeetingState.POSTPONED]
    )
    waiting = {item.pk: item for item in earlier.filter(minutes__state=MinutesState.CIRCULATED)}
    last = earlier.first()
    if last and not earlier.filter(pk=last.pk, minutes__state=MinutesState.APPROVED).exists():
        waiting[last.pk] = last
    return sorted(waiting.values(), key=lambda item: (item.sort_on, item.pk))


def unfinished_items(meeting: Meeting) -> list[AgendaItem]:
    """Return what earlier sittings left unfinished, in the order of their agendas.

    An item is unfinished when a decision taken under it, or under the item it was carried over
    from, is open or partly implemented; or when it was not dealt with: its meeting was postponed
    or cancelled, or has minutes that speak of other items and not of this one.
    What a later agenda has taken up is not repeated. Formal items are never carried over.
    """
    earlier = AgendaItem.objects.filter(meeting__in=sittings_before(meeting).values("pk"))
    silent = earlier.filter(carried_over_to=None, minutes_text="", decisions=None, children=None)
    undealt = silent.filter(
        meeting__state__in=[MeetingState.POSTPONED, MeetingState.CANCELLED]
    ) | silent.filter(
        meeting__in=AgendaItem.objects.exclude(minutes_text="").values("meeting"),
        meeting__state=MeetingState.HELD,
        meeting__minutes__state__in=[MinutesState.CIRCULATED, MinutesState.APPROVED],
    )
    found = set(undealt.values_list("pk", flat=True))
    reached = set(
        earlier.filter(decisions__follow_up__in=UNDONE, decisions__superseded_by=None).values_list(
            "pk", flat=True
        )
    )
    found |= latest_of_chains(reached, earlier)
    tails = earlier.filter(pk__in=found, carried_over_to=None).exclude(kind__in=FORMAL)
    return list(
        tails.select_related("meeting")
        .prefetch_related("presenters", "instruments")
        .order_by("meeting__sort_on", "meeting_id", "parent__number", "number")
    )


def latest_of_chains(items: set[int], earlier: QuerySet[AgendaItem]) -> set[int]:
    """Follow items to those that carry them over, and return all that were reached."""
    reached, frontier = set(items), items
    while frontier:
        following = earlier.filter(carried_over_from__in=frontier).values_list("pk", flat=True)
        frontier = set(following) - reached
        reached |= frontier
    return reached


def carried_over_count(item: AgendaItem) -> int:
    """Return on how many earlier agendas an item stood: 2 for “third time on the agenda”."""
    return carried_over_counts([item]).get(item.pk, 0)


def carried_over_counts(items: Iterable[AgendaItem]) -> dict[int, int]:
    """Return, by the key of each item, on how many earlier agendas it stood; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE chain(start, id, earlier) AS (
              SELECT id, id, carried_over_from_id FROM taskforce_agendaitem WHERE id = ANY(%s)
              UNION
              SELECT chain.start, item.id, item.carried_over_from_id
              FROM taskforce_agendaitem AS item JOIN chain ON item.id = chain.earlier
            )
            SELECT start, count(*) - 1 FROM chain GROUP BY start
            """,
            [[item.pk for item in items]],
        )
        return dict(cursor.fetchall())


@transaction.atomic
def move_item(item: AgendaItem, *, up: bool, by: Actor) -> bool:
    """Exchange an item with its neighbour above or below; false at the end of the agenda."""
    require(by, "change", AgendaItem)
    Meeting.objects.select_for_update().get(pk=item.meeting_id)
    current = AgendaItem.objects.get(pk=item.pk)
    siblings = AgendaItem.objects.filter(meeting=current.meeting_id, parent=current.parent_id)
    if up:
        neighbour = siblings.filter(number__lt=current.number).order_by("-number").first()
    else:
        neighbour = siblings.filter(number__gt=current.number).order_by("number").first()
    if neighbour is None:
        return False
    numbers = current.number, neighbour.number
    siblings.filter(pk=current.pk).update(number=numbers[1])
    siblings.filter(pk=neighbour.pk).update(number=numbers[0])
    return True


# --- Inviting and recording ----------------------------------------------------------------


def meeting_day(meeting: Meeting) -> dt.date:
    """Return the day by which seats are judged: the first possible one of the meeting.

    Raises ValidationError when the meeting has no date.
    """
    date = meeting.starts_on
    if date is None:
        raise ValidationError(_("Give the meeting a date first: seats are held on days."))
    return date.first or date.last


@transaction.atomic
def invite_seated(meeting: Meeting, *, by: Actor) -> list[Attendance]:
    """Invite every organization that holds a seat that day, surely or possibly.

    Returns the new invitations; whoever is listed already stays as it is.
    """
    require(by, "add", Attendance)
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.state == MeetingState.CANCELLED:
        raise ValidationError(_("This meeting is cancelled: nobody is invited."))
    seats = Seat.objects.held_or_perhaps(on=meeting_day(meeting))
    seated = Organization.objects.filter(pk__in=seats.values("organization"))
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
    nothing is recorded.
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
        try:
            row.full_clean()
        except ValidationError as error:
            errors[str(answer.organization_id)] = error.messages
            continue
        row.save()
        known[answer.organization_id] = row
        changed.append(row)
    if errors:
        raise ValidationError(errors)
    return changed


def attendance_totals(meeting: Meeting) -> Totals:
    """Count the organizations present by the seat they held that day."""
    present = set(
        meeting.attendances.filter(state=AttendanceState.PRESENT).values_list(
            "organization", flat=True
        )
    )
    seats: dict[int, Any] = {}
    if meeting.starts_on is not None:
        held = Seat.objects.held_or_perhaps(on=meeting_day(meeting))
        # A certain seat comes last, so that it stands where two are possible.
        for seat in held.filter(organization__in=present).order_by("is_certain", "id"):
            seats[seat.organization_id] = seat
    categories = Counter(seat.category for seat in seats.values())
    return Totals(
        members=categories[SeatCategory.MEMBER],
        observers=categories[SeatCategory.OBSERVER],
        others=len(present) - len(seats),
        unsure=sum(not seat.is_certain for seat in seats.values()),
        reported=meeting.reported_participants,
        wording=meeting.participants_wording,
    )
