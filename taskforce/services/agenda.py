"""Agendas: proposed, put in order, and what earlier meetings left unfinished."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext as _

from taskforce.choices import SITTINGS, AgendaItemKind, FollowUp, MeetingState, MinutesState
from taskforce.models import AgendaItem, Meeting, Minutes
from taskforce.querysets import PRINTED_ORDER
from untfsse.kit.records.roles import Actor, require

FORMAL = (
    AgendaItemKind.ADOPTION,
    AgendaItemKind.APPROVAL_OF_MINUTES,
    AgendaItemKind.OTHER_BUSINESS,
)
OPENING = (AgendaItemKind.ADOPTION, AgendaItemKind.APPROVAL_OF_MINUTES)
UNDONE = (FollowUp.OPEN, FollowUp.PARTLY)


# --- Proposing -----------------------------------------------------------------------------


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
            item.meetings.set(item.carried_over_from.meetings.all())
    return items


def approval_item(earlier: Meeting) -> AgendaItem:
    """Return the item, not yet saved, that approves the minutes of an earlier meeting."""
    title = _("Approval of the minutes: %(meeting)s") % {"meeting": earlier.title}
    return AgendaItem(
        title=title[:250],
        kind=AgendaItemKind.APPROVAL_OF_MINUTES,
        approves_minutes_of=earlier,
    )


def meetings_to_approve(meeting: Meeting) -> list[Meeting]:
    """Return the earlier meetings whose minutes this one approves, the oldest first.

    They are the meeting before, unless its minutes are approved, and any other whose minutes
    were circulated and wait. A meeting that is still planned counts as the one before.
    """
    earlier = (
        Meeting.objects.sittings()
        .before(meeting)
        .exclude(state__in=[MeetingState.CANCELLED, MeetingState.POSTPONED])
    )
    waiting = {item.pk: item for item in earlier.filter(minutes__state=MinutesState.CIRCULATED)}
    last = earlier.first()
    if last and not earlier.filter(pk=last.pk, minutes__state=MinutesState.APPROVED).exists():
        waiting[last.pk] = last
    return [item for item in reversed(earlier) if item.pk in waiting]


def unfinished_items(meeting: Meeting) -> list[AgendaItem]:
    """Return what earlier sittings left unfinished, in the order of their agendas.

    An item is unfinished when a decision taken under it, or under the item it was carried over
    from, is open or partly implemented; or when it was not dealt with: its meeting was postponed
    or cancelled, or has minutes that speak of other items and not of this one.
    What a later agenda has taken up is not repeated. Formal items are never carried over.
    """
    sittings = Meeting.objects.sittings().before(meeting)
    earlier = AgendaItem.objects.filter(meeting__in=sittings.values("pk"))
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
        .prefetch_related("presenters", "instruments", "meetings")
        .order_by("meeting__sort_on", "meeting_id", *PRINTED_ORDER)
    )


def latest_of_chains(items: set[int], earlier: QuerySet[AgendaItem]) -> set[int]:
    """Follow items to those that carry them over, and return all that were reached."""
    reached, frontier = set(items), items
    while frontier:
        following = earlier.filter(carried_over_from__in=frontier).values_list("pk", flat=True)
        frontier = set(following) - reached
        reached |= frontier
    return reached


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


# --- Putting in order ----------------------------------------------------------------------


def lock_agenda(meeting: Meeting) -> None:
    """Hold the meeting until the transaction ends; refuse when its agenda no longer changes."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if Minutes.objects.filter(meeting=meeting, state=MinutesState.APPROVED).exists():
        raise ValidationError(
            _("The minutes of this meeting are approved: its agenda no longer changes.")
        )


@transaction.atomic
def move_item(item: AgendaItem, *, up: bool, by: Actor, seen: Sequence[int] | None = None) -> bool:
    """Exchange an item with its neighbour above or below; false at the end of the agenda.

    `seen` are the keys of the whole agenda in the order in which somebody saw it. Raises
    ValidationError when it is no longer the order, so that nothing lands where nobody wanted it.
    """
    require(by, "change", AgendaItem)
    lock_agenda(item.meeting)
    if seen is not None and list(seen) != list(
        item.meeting.agenda_items.values_list("pk", flat=True)
    ):
        raise ValidationError(
            _("Somebody else changed the agenda meanwhile, so nothing was moved. Here it is now."),
            code="moved",
        )
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


def make_room(meeting: Meeting, number: int) -> None:
    """Move the items of the agenda from a number on one place down."""
    rows = AgendaItem.objects.filter(meeting=meeting, parent=None, number__gte=number)
    rows.update(number=F("number") + 1)


@transaction.atomic
def add_item(
    meeting: Meeting,
    *,
    title: str,
    by: Actor,
    kind: str = AgendaItemKind.DISCUSSION,
    parent: AgendaItem | None = None,
    presenters: Iterable[Any] = (),
) -> AgendaItem:
    """Put an item at the end of the agenda, or under another; other business stays the last."""
    require(by, "add", AgendaItem)
    lock_agenda(meeting)
    if parent is not None and parent.meeting_id != meeting.pk:
        raise ValidationError({"parent": _("This item is on another meeting's agenda.")})
    siblings = AgendaItem.objects.filter(meeting=meeting, parent=parent)
    number = (siblings.aggregate(last=Max("number"))["last"] or 0) + 1
    last = siblings.order_by("number").last()
    if last and last.kind == AgendaItemKind.OTHER_BUSINESS and parent is None:
        number = last.number
    item = AgendaItem(meeting=meeting, parent=parent, title=title.strip(), kind=kind)
    item.number = number
    item.full_clean(exclude=["number"], validate_constraints=False)
    if last and number == last.number:
        make_room(meeting, number)
    item.save()
    item.presenters.set(presenters)
    return item


@transaction.atomic
def remove_item(item: AgendaItem, *, by: Actor) -> None:
    """Take an item off the agenda; those below it move up.

    Raises ValidationError when something hangs on it: minutes, a decision, an item under it.
    """
    require(by, "delete", AgendaItem)
    lock_agenda(item.meeting)
    current = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if current.minutes_text:
        raise ValidationError(_("“%(item)s” has minutes and stays.") % {"item": current})
    if current.decisions.exists():
        raise ValidationError(_("“%(item)s” led to a decision and stays.") % {"item": current})
    if current.children.exists():
        raise ValidationError(_("Remove what stands under “%(item)s” first.") % {"item": current})
    below = AgendaItem.objects.filter(
        meeting=current.meeting_id, parent=current.parent_id, number__gt=current.number
    )
    current.delete()
    below.update(number=F("number") - 1)


# --- Approving earlier minutes -------------------------------------------------------------


def insert_approval(meeting: Meeting, earlier: Meeting) -> AgendaItem:
    """Put the approval of earlier minutes on an agenda: after the other formal opening items."""
    top = meeting.agenda_items.filter(parent=None, kind__in=OPENING)
    item = approval_item(earlier)
    item.meeting = meeting
    item.number = (top.aggregate(last=Max("number"))["last"] or 0) + 1
    make_room(meeting, item.number)
    item.save()
    return item


@transaction.atomic
def take_up_approvals(meeting: Meeting, *, by: Actor) -> list[AgendaItem]:
    """Give an agenda made by hand the approval of circulated minutes that wait on no agenda.

    Nothing happens to an empty agenda, whose items are yet to be proposed, nor after the meeting.
    """
    require(by, "change", Meeting)
    locked: Meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    is_open = locked.state == MeetingState.PLANNED and locked.kind in SITTINGS
    if not is_open or not locked.agenda_items.exists():
        return []
    waiting = Meeting.objects.sittings().before(locked)
    waiting = waiting.filter(minutes__state=MinutesState.CIRCULATED, approval_items=None)
    return [insert_approval(locked, earlier) for earlier in reversed(waiting)]
