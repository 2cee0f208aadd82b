"""What the thread passes of the Task Force: agenda items, decisions, seats, instruments.

Each contribution asks for what a reader may see, and shows no more than `MOST` of a kind.
"""

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from taskforce.models import AgendaItem, Decision, Meeting, Person, PolicyInstrument, Seat, Term
from taskforce.services.decisions import took_no_decision
from untfsse.kit.pages.thread import Link, Strand, Strands, contributes, count_places, sources_of
from untfsse.kit.records.dates import PartialDate, may_follow, period
from untfsse.kit.records.noun import MOST_WORDS
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.written import written

type Rows = Any  # querysets, whose questions mypy cannot see

MOST = 20

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
    COMMITMENT = 11
    MEETING = 12


count_places(
    {
        Place.AGENDA_ITEM: ngettext_lazy("%d agenda item", "%d agenda items"),
        Place.DECISION: ngettext_lazy("%d decision", "%d decisions"),
        Place.SEAT: ngettext_lazy("%d seat or office", "%d seats and offices"),
        Place.PLAN: ngettext_lazy("%d action plan", "%d action plans"),
        Place.SUB_GROUP: ngettext_lazy("%d sub-group", "%d sub-groups"),
        Place.ACTIVITY: ngettext_lazy("%d activity", "%d activities"),
        Place.DELIVERABLE: ngettext_lazy("%d deliverable", "%d deliverables"),
        Place.PROVISION: ngettext_lazy("%d provision", "%d provisions"),
        Place.INSTRUMENT: ngettext_lazy("%d instrument", "%d instruments"),
        Place.ENTRY: ngettext_lazy("%d text", "%d texts"),
        Place.COMMITMENT: ngettext_lazy("%d commitment", "%d commitments"),
        Place.MEETING: ngettext_lazy("%d meeting", "%d meetings"),
    }
)


# --- Links ---------------------------------------------------------------------------------


def names_of(organizations: Any) -> ArraySubquery:
    """Return how some organizations of the outer query are called, by name."""
    called = Coalesce(NullIf("acronym", Value("")), "name")
    return ArraySubquery(organizations.order_by("name_key", "id").values(called=called))


def link_item(item: AgendaItem) -> Link:
    """Return an agenda item as its own meeting names it."""
    return Link(item.title, item.get_absolute_url(), item.printed_number)


def link_item_elsewhere(item: AgendaItem) -> Link:
    """Return an agenda item with its meeting."""
    meeting = item.meeting
    words = [meeting.title, period(meeting.starts_on, meeting.ends_on)]
    return Link(
        item.title,
        item.get_absolute_url(),
        note=", ".join(filter(None, words)),
        day=meeting.starts_on,
        sources=sources_of(meeting),
    )


def link_meeting(meeting: Meeting) -> Link:
    """Return a meeting with its day."""
    note = period(meeting.starts_on, meeting.ends_on)
    url, sources = meeting.get_absolute_url(), sources_of(meeting)
    return Link(meeting.title, url, note=note, day=meeting.starts_on, sources=sources)


def link_decision(decision: Decision) -> Link:
    """Return a decision with its day and what became of it; needs the meeting."""
    return Link(
        Truncator(decision.text).words(MOST_WORDS),
        decision.get_absolute_url(),
        decision.number,
        period(decision.meeting.starts_on, decision.meeting.ends_on),
        state=decision.state,
        state_label=decision.state_label,
        day=decision.meeting.starts_on,
        sources=sources_of(decision),
    )


def link_seat(seat: Seat) -> Link:
    """Return the organization that was given a seat."""
    return Link(
        seat.organization.full_name,
        seat.organization.get_absolute_url(),
        seat.get_category_display(),
        period(seat.from_on, seat.until_on, is_open=True),
        day=seat.from_on,
        sources=sources_of(seat),
    )


def link_term(term: Any) -> Link:
    """Return the holder of an office."""
    who = term.person_name or term.organization.full_name
    return Link(
        who,
        f"{term.organization.get_absolute_url()}#tenures",
        str(term.office),
        period(term.from_on, term.until_on, is_open=True),
        who=term.organization.full_name if term.person_name else "",
        day=term.from_on,
        sources=sources_of(term),
    )


def link_instrument(instrument: PolicyInstrument) -> Link:
    """Return an instrument with its symbol, and when and by whom it was adopted."""
    return Link(
        instrument.short_title,
        instrument.get_absolute_url(),
        instrument.symbol,
        instrument.adopted_on.text if instrument.adopted_on else "",
        who=instrument.issuing_acronym or instrument.issuing_body,
        day=instrument.adopted_on,
        sources=sources_of(instrument),
    )


# --- Strands -------------------------------------------------------------------------------


def strand(
    place: Place,
    label: Any,
    rows: Iterable[Any],
    link: Callable[[Any], Link],
    missing: Any = "",
    more: str = "",
) -> Strand:
    """Return a strand with a link for each row; of too many, the first and where the others are."""
    links = [link(row) for row in rows]
    is_cut = len(links) > MOST
    if is_cut:
        links = [*links[:MOST], Link(gettext("And more"), more)]
    return Strand(place, label, links, missing=missing, is_cut=is_cut)


def here(place: Place, label: Any, title: str) -> Strand:
    """Return the strand of the page itself."""
    return Strand(place, label, [Link(title)], is_here=True)


def seats_given(decisions: QuerySet[Any], user: Reader, since: PartialDate | None) -> Rows:
    """Return the seats that some decisions gave.

    A seat surely held before the day of the meeting was not given there.
    """
    seats = Seat.objects.visible_to(user).filter(
        may_follow(since, "from_on"), admitted_by__in=decisions
    )
    return seats.select_related("organization").order_by("organization__name_key", "id")[: MOST + 1]


def terms_welcomed(decisions: QuerySet[Any], user: Reader) -> Rows:
    """Return the terms that some decisions welcomed, with the name of the person if it is seen."""
    persons = Person.objects.visible_to(user).order_by().filter(pk=OuterRef("person"))
    return (
        Term.objects.visible_to(user)
        .filter(welcomed_by__in=decisions)
        .select_related("organization", "office")
        .annotate(person_name=Subquery(persons.values("name")))
        .order_by("office__position", "id")[: MOST + 1]
    )


def admitted(seats: Rows, terms: Rows) -> list[Strand]:
    """Return the strand of seats and offices; often nothing."""
    links = [*map(link_seat, seats), *map(link_term, terms)]
    return [Strand(Place.SEAT, ADMITTED, links)] if links else []


def instruments_about(items: QuerySet[Any], user: Reader) -> Rows:
    """Return the instruments that some agenda items are about."""
    instruments = PolicyInstrument.objects.visible_to(user).filter(agenda_items__in=items)
    return instruments.distinct().for_list()[: MOST + 1]


def items_elsewhere(items: QuerySet[Any]) -> Rows:
    """Return agenda items with their meetings, the latest first."""
    latest = items.select_related("meeting", "parent").order_by("-meeting__sort_on", "number")
    return latest[: MOST + 1]


def found_strand(place: Place, label: Any, rows: Rows, link: Callable[[Any], Link]) -> list[Strand]:
    """Return a strand; nothing when there is nothing on it."""
    found = strand(place, label, rows, link)
    return [found] if found.links else []


# --- Of a meeting, a decision, an instrument -----------------------------------------------


@written
def said_by_meeting(user: Reader, meeting: int) -> Sequence[Rows]:
    """Ask for the agenda of a meeting and its decisions."""
    items = AgendaItem.objects.visible_to(user).filter(meeting=meeting, parent=None)
    agenda = items.select_related("meeting", "parent").order_by("number")
    decisions = Decision.objects.visible_to(user).filter(meeting=meeting)
    return agenda[: MOST + 1], decisions.order_by("number")[: MOST + 1]


@contributes(Meeting, {Place.AGENDA_ITEM, Place.DECISION})
def say_agenda(meeting: Meeting, user: Reader) -> Strands:
    """What was on the agenda of a meeting, and what it decided."""
    agenda, taken = yield said_by_meeting(user, meeting.pk)
    for decision in taken:
        decision.meeting = meeting
    no_agenda = _("No agenda is recorded.")
    decided = strand(Place.DECISION, DECIDED, taken, link_decision, NO_DECISION)
    return [
        strand(Place.AGENDA_ITEM, ON_THE_AGENDA, agenda, link_item, no_agenda),
        *([decided] if decided.links or took_no_decision(meeting) else []),
    ]


@written
def about_meeting(user: Reader, meeting: int, since: PartialDate | None) -> Sequence[Rows]:
    """Ask for seats, terms, instruments, and meetings spoken of, there or of this one elsewhere."""
    items = AgendaItem.objects.visible_to(user).filter(meeting=meeting)
    decisions = Decision.objects.visible_to(user).filter(meeting=meeting)
    meetings = Meeting.objects.visible_to(user).filter(spoken_of_in__in=items).distinct()
    return (
        seats_given(decisions, user, since),
        terms_welcomed(decisions, user),
        instruments_about(items, user),
        meetings.for_list(user)[: MOST + 1],
        items_elsewhere(AgendaItem.objects.visible_to(user).filter(meetings=meeting)),
    )


@contributes(Meeting)
def follow_meeting(meeting: Meeting, user: Reader) -> Strands:
    """Whom a meeting admitted, what it spoke of, and where it was spoken of."""
    asked = about_meeting(user, meeting.pk, meeting.starts_on)
    seats, terms, instruments, about, elsewhere = yield asked
    return [
        *admitted(seats, terms),
        *found_strand(Place.INSTRUMENT, SPOKEN_OF, instruments, link_instrument),
        *found_strand(Place.MEETING, _("Meetings it spoke of"), about, link_meeting),
        *found_strand(Place.MEETING, _("Meetings spoke of it"), elsewhere, link_item_elsewhere),
    ]


@written
def about_decision(
    user: Reader, decision: int, item: int | None, since: PartialDate | None
) -> Sequence[Rows]:
    """Ask for the agenda item, seats, terms and instruments of a decision."""
    items = AgendaItem.objects.visible_to(user).filter(pk=item)
    about = AgendaItem.objects.filter(Q(pk=item) | Q(parent=item))
    decisions = Decision.objects.visible_to(user).filter(pk=decision)
    return (
        items.select_related("meeting", "parent"),
        seats_given(decisions, user, since),
        terms_welcomed(decisions, user),
        instruments_about(about if item else about.none(), user),
    )


@contributes(Decision)
def follow_decision(decision: Decision, user: Reader) -> Strands:
    """Where a decision was taken, and whom it admitted."""
    since = decision.meeting.starts_on
    asked = about_decision(user, decision.pk, decision.agenda_item_id, since)
    item, seats, terms, instruments = yield asked
    label = _("Instruments its agenda item is about")
    missing = _("Under which agenda item it was taken is not recorded.")
    return [
        strand(Place.AGENDA_ITEM, _("A meeting spoke of it"), item, link_item_elsewhere, missing),
        here(Place.DECISION, _("The decision"), decision.number),
        *admitted(seats, terms),
        *found_strand(Place.INSTRUMENT, label, instruments, link_instrument),
    ]


@written
def about_instrument(user: Reader, instrument: int) -> Sequence[Rows]:
    """Ask for the agenda items about an instrument, and what was decided under them."""
    items = AgendaItem.objects.visible_to(user).filter(instruments=instrument)
    decisions = Decision.objects.visible_to(user).filter(agenda_item__in=items)
    return items_elsewhere(items), decisions.for_list()[: MOST + 1]


@contributes(PolicyInstrument)
def follow_instrument(instrument: PolicyInstrument, user: Reader) -> Strands:
    """Where meetings spoke of an instrument, and what they decided under those items."""
    spoken, taken = yield about_instrument(user, instrument.pk)
    missing = _("No agenda item about it is recorded.")
    return [
        strand(Place.AGENDA_ITEM, _("Meetings spoke of it"), spoken, link_item_elsewhere, missing),
        *found_strand(Place.DECISION, _("Decided under these items"), taken, link_decision),
        here(Place.INSTRUMENT, _("The instrument"), instrument.short_title),
    ]


@written
def about_item(user: Reader, item: int, since: PartialDate | None) -> Sequence[Rows]:
    """Ask for the decisions, seats, terms and instruments of an agenda item."""
    items = AgendaItem.objects.visible_to(user).filter(Q(pk=item) | Q(parent=item))
    decisions = Decision.objects.visible_to(user).filter(agenda_item__in=items)
    return (
        decisions.order_by("number")[: MOST + 1],
        seats_given(decisions, user, since),
        terms_welcomed(decisions, user),
        instruments_about(items, user),
    )


@contributes(AgendaItem)
def follow_item(item: AgendaItem, user: Reader) -> Strands:
    """What was decided under an agenda item, and the instruments it is about."""
    asked = about_item(user, item.pk, item.meeting.starts_on)
    taken, seats, terms, instruments = yield asked
    label = _("Instruments it is about")
    return [
        *found_strand(Place.DECISION, _("Decided under it"), taken, link_decision),
        *admitted(seats, terms),
        *found_strand(Place.INSTRUMENT, label, instruments, link_instrument),
    ]
