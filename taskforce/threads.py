"""What the thread passes of the Task Force: agenda items, decisions, seats, instruments.

Each contribution asks for what a reader may see, in a number of queries that does not depend on
how much there is, and shows no more than `MOST` of a kind.
"""

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taskforce.models import AgendaItem, Decision, Meeting, PolicyInstrument, Seat, Term
from taskforce.services.decisions import took_no_decision
from untfsse.kit.pages.thread import Link, Strand, contributes
from untfsse.kit.records.dates import PartialDate, may_follow, period
from untfsse.kit.records.publication import Reader

MOST = 20
WORDS = 40

ON_THE_AGENDA = _("On the agenda")
DECIDED = _("It decided")
SPOKEN_OF = _("Instruments it spoke of")
NO_DECISION = _("No decision is recorded.")
ADMITTED = _("Seats it gave and offices it welcomed")


class Place(IntEnum):
    """The order of the strands along the thread."""

    AGENDA_ITEM = 1
    DECISION = 2
    SEAT = 3
    PLAN = 4
    SUB_GROUP = 5
    ACTIVITY = 6
    DELIVERABLE = 7
    PROVISION = 8
    INSTRUMENT = 9
    ENTRY = 10


# --- Links ---------------------------------------------------------------------------------


def link_item(item: AgendaItem) -> Link:
    """Return an agenda item as its own meeting names it."""
    return Link(item.title, item.get_absolute_url(), item.printed_number)


def link_item_elsewhere(item: AgendaItem) -> Link:
    """Return an agenda item with its meeting."""
    meeting = item.meeting
    words = [meeting.title, period(meeting.starts_on, meeting.ends_on)]
    return Link(item.title, item.get_absolute_url(), note=", ".join(filter(None, words)))


def link_decision(decision: Decision) -> Link:
    """Return a decision with what became of it."""
    return Link(
        Truncator(decision.text).words(WORDS),
        decision.get_absolute_url(),
        decision.number,
        state=decision.state,
        state_label=decision.state_label,
    )


def link_seat(seat: Seat) -> Link:
    """Return the organization that was given a seat."""
    return Link(
        seat.organization.full_name,
        seat.organization.get_absolute_url(),
        seat.get_category_display(),
        period(seat.from_on, seat.until_on, is_open=True),
    )


def link_term(term: Term) -> Link:
    """Return the holder of an office."""
    who = term.person.name if term.person else term.organization.full_name
    return Link(
        who,
        f"{term.organization.get_absolute_url()}#tenures",
        str(term.office),
        term.organization.full_name if term.person else "",
    )


def link_instrument(instrument: PolicyInstrument) -> Link:
    """Return an instrument with its symbol."""
    return Link(instrument.short_title, instrument.get_absolute_url(), instrument.symbol)


# --- Strands -------------------------------------------------------------------------------


def strand(
    place: Place,
    label: Any,
    rows: Iterable[Any],
    link: Callable[[Any], Link],
    missing: Any = "",
) -> Strand:
    """Return a strand with a link for each row, and a word where there are too many."""
    links = [link(row) for row in rows]
    if len(links) > MOST:
        links = [*links[:MOST], Link(gettext("And more"))]
    return Strand(place, label, links, missing=missing)


def here(place: Place, label: Any, title: str) -> Strand:
    """Return the strand of the page itself."""
    return Strand(place, label, [Link(title)], is_here=True)


def admitted(decisions: QuerySet[Any], user: Reader, since: PartialDate | None) -> list[Strand]:
    """Return the seats that some decisions gave, and the terms they welcomed; often nothing.

    A seat surely held before the day of the meeting was not given there.
    """
    seats = (
        Seat.objects.visible_to(user)
        .filter(may_follow(since, "from_on"), admitted_by__in=decisions)
        .select_related("organization")
        .order_by("organization__name_key", "id")[: MOST + 1]
    )
    terms = (
        Term.objects.visible_to(user)
        .filter(welcomed_by__in=decisions)
        .select_related("organization", "office")
        .with_visible(user, "person")
        .order_by("office__position", "id")[: MOST + 1]
    )
    links = [*map(link_seat, seats), *map(link_term, terms)]
    return [Strand(Place.SEAT, ADMITTED, links)] if links else []


def instruments_strand(items: QuerySet[Any], user: Reader, label: Any) -> list[Strand]:
    """Return the instruments that some agenda items are about."""
    instruments = PolicyInstrument.objects.visible_to(user).filter(agenda_items__in=items)
    found = instruments.distinct().for_list()[: MOST + 1]
    spoken = strand(Place.INSTRUMENT, label, found, link_instrument)
    return [spoken] if spoken.links else []


# --- Of a meeting, a decision, an instrument -----------------------------------------------


@contributes(Meeting)
def follow_meeting(meeting: Meeting, user: Reader) -> list[Strand]:
    """What a meeting spoke of, decided, and whom it admitted."""
    items = AgendaItem.objects.visible_to(user).filter(meeting=meeting)
    decisions = Decision.objects.visible_to(user).filter(meeting=meeting)
    main = items.filter(parent=None).select_related("meeting", "parent").order_by("number")
    decided = strand(
        Place.DECISION,
        DECIDED,
        decisions.order_by("number")[: MOST + 1],
        link_decision,
        NO_DECISION,
    )
    return [
        strand(
            Place.AGENDA_ITEM,
            ON_THE_AGENDA,
            main[: MOST + 1],
            link_item,
            _("No agenda is recorded."),
        ),
        *([decided] if decided.links or took_no_decision(meeting) else []),
        *admitted(decisions, user, meeting.starts_on),
        *instruments_strand(items, user, SPOKEN_OF),
    ]


@contributes(Decision)
def follow_decision(decision: Decision, user: Reader) -> list[Strand]:
    """Where a decision was taken, and whom it admitted."""
    item = (
        AgendaItem.objects.visible_to(user)
        .filter(pk=decision.agenda_item_id)
        .select_related("meeting", "parent")
    )
    decisions = Decision.objects.visible_to(user).filter(pk=decision.pk)
    spoken: list[Strand] = []
    if (number := decision.agenda_item_id) is not None:
        about = AgendaItem.objects.filter(Q(pk=number) | Q(parent=number))
        spoken = instruments_strand(about, user, _("Instruments its agenda item is about"))
    return [
        strand(
            Place.AGENDA_ITEM,
            _("A meeting spoke of it"),
            item,
            link_item_elsewhere,
            _("Under which agenda item it was taken is not recorded."),
        ),
        here(Place.DECISION, _("The decision"), decision.number),
        *admitted(decisions, user, decision.meeting.starts_on),
        *spoken,
    ]


@contributes(PolicyInstrument)
def follow_instrument(instrument: PolicyInstrument, user: Reader) -> list[Strand]:
    """Where meetings spoke of an instrument, and what they decided under those items."""
    items = AgendaItem.objects.visible_to(user).filter(instruments=instrument)
    decisions = Decision.objects.visible_to(user).filter(agenda_item__in=items)
    latest = items.select_related("meeting", "parent").order_by("-meeting__sort_on", "number")
    decided = strand(
        Place.DECISION,
        _("Decided under these items"),
        decisions.for_list()[: MOST + 1],
        link_decision,
    )
    return [
        strand(
            Place.AGENDA_ITEM,
            _("Meetings spoke of it"),
            latest[: MOST + 1],
            link_item_elsewhere,
            _("No agenda item about it is recorded."),
        ),
        *([decided] if decided.links else []),
        here(Place.INSTRUMENT, _("The instrument"), instrument.short_title),
    ]


@contributes(AgendaItem)
def follow_item(item: AgendaItem, user: Reader) -> list[Strand]:
    """What was decided under an agenda item, and the instruments it is about."""
    items = AgendaItem.objects.visible_to(user).filter(Q(pk=item.pk) | Q(parent=item))
    decisions = Decision.objects.visible_to(user).filter(agenda_item__in=items)
    decided = strand(
        Place.DECISION,
        _("Decided under it"),
        decisions.order_by("number")[: MOST + 1],
        link_decision,
    )
    return [
        *([decided] if decided.links else []),
        *admitted(decisions, user, item.meeting.starts_on),
        *instruments_strand(items, user, _("Instruments it is about")),
    ]
