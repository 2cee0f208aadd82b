"""What the thread passes of the Encyclopedia: where meetings spoke of it, and back."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from encyclopedia.models import Entry, Work
from taskforce.models import AgendaItem, Decision, DecisionEvidence, Meeting
from taskforce.threads import (
    MOST,
    Place,
    Rows,
    found_strand,
    here,
    items_elsewhere,
    link_decision,
    link_item_elsewhere,
    strand,
)
from untfsse.kit.pages.thread import Link, Strand, Strands, contributes
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.together import fetch_together
from untfsse.kit.records.written import written

SPOKEN = _("Meetings spoke of it")


def items_about(user: Reader, records: Rows) -> Rows:
    """Return the agenda items about a work or an entry, the latest meeting first."""
    about = records.order_by().values("agenda_items")
    return items_elsewhere(AgendaItem.objects.visible_to(user).filter(pk__in=about))


@written
def about_work(user: Reader, work: int) -> Sequence[Rows]:
    """Ask for the agenda items about a work."""
    return (items_about(user, Work.objects.filter(pk=work)),)


@contributes(Work)
def follow_work(work: Work, user: Reader) -> Strands:
    """Where meetings spoke of the work."""
    [items] = yield about_work(user, work.pk)
    missing = _("No meeting is recorded that spoke of it.")
    return [
        strand(Place.AGENDA_ITEM, SPOKEN, items, link_item_elsewhere, missing),
        here(Place.ENTRY, _("The work"), work.title),
    ]


@written
def proofs_by(_user: Reader, slug: str) -> Sequence[Rows]:
    """Ask whether an entry is evidence for anything: it seldom is."""
    return (DecisionEvidence.objects.filter(publication_slug=slug).order_by().values("pk")[:1],)


@written
def about_entry(user: Reader, entry: int, slug: str) -> Sequence[Rows]:
    """Ask for the agenda items about an entry, and what it shows to be done; "" shows nothing."""
    decisions = Decision.objects.visible_to(user)
    proofs = DecisionEvidence.objects.visible_to(user).filter(publication_slug=slug)
    done = decisions.filter(pk__in=proofs.values("decision")) if slug else decisions.none()
    return items_about(user, Entry.objects.filter(pk=entry)), done.for_list()[: MOST + 1]


@contributes(Entry)
def follow_entry(entry: Entry, user: Reader) -> Strands:
    """Where meetings spoke of the entry itself, what it is evidence for, and its book."""
    [proofs] = fetch_together(*proofs_by(user, entry.slug))
    items, done = yield about_entry(user, entry.pk, entry.slug if proofs else "")
    work = entry.part.work
    note = _("Where meetings spoke of the whole book stands on its page.")
    missing = _("No meeting is recorded that spoke of this entry.")
    return [
        strand(Place.AGENDA_ITEM, SPOKEN, items, link_item_elsewhere, missing),
        *found_strand(Place.DECISION, _("Decisions it is evidence for"), done, link_decision),
        here(Place.ENTRY, _("The entry"), entry.title),
        Strand(Place.ENTRY, _("Its book"), [Link(work.title, work.get_absolute_url(), note=note)]),
    ]


def about_items(user: Reader, items: Rows) -> Sequence[Rows]:
    """Ask for the works and entries that some agenda items are about."""
    works = Work.objects.visible_to(user).filter(agenda_items__in=items).distinct()
    entries = Entry.objects.visible_to(user).filter(agenda_items__in=items).distinct()
    return works, entries.for_list()[:MOST]


@written
def about_meeting(user: Reader, meeting: int) -> Sequence[Rows]:
    """Ask for what a meeting said of the Encyclopedia."""
    return about_items(user, AgendaItem.objects.filter(meeting=meeting))


@written
def about_item(user: Reader, item: int) -> Sequence[Rows]:
    """Ask for what an agenda item is about."""
    return about_items(user, AgendaItem.objects.filter(Q(pk=item) | Q(parent=item)))


def spoken_of(asked: Sequence[Rows]) -> Strands:
    """Return the strand of works and entries."""
    works, entries = yield asked
    links = [Link(work.title, work.get_absolute_url(), _("Work")) for work in works]
    links += [Link(entry.title, entry.get_absolute_url(), _("Entry")) for entry in entries]
    return [Strand(Place.ENTRY, _("Encyclopedia"), links)] if links else []


@contributes(Meeting)
def spoken_of_at(meeting: Meeting, user: Reader) -> Strands:
    """What a meeting said of the Encyclopedia."""
    return spoken_of(about_meeting(user, meeting.pk))


@contributes(AgendaItem)
def spoken_of_under(item: AgendaItem, user: Reader) -> Strands:
    """What an agenda item is about."""
    return spoken_of(about_item(user, item.pk))
