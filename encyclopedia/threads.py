"""What the thread passes of the Encyclopedia: where meetings spoke of it, and back."""

from typing import Any

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

SPOKEN = _("Meetings spoke of it")


def items_about(user: Reader, record: Work | Entry) -> Rows:
    """Return the agenda items about a work or an entry, the latest meeting first."""
    about = record.agenda_items.order_by().values("pk")
    return items_elsewhere(AgendaItem.objects.visible_to(user).filter(pk__in=about))


@contributes(Work)
def about_work(work: Work, user: Reader) -> Strands:
    """Where meetings spoke of the work."""
    items = items_about(user, work)
    yield (items,)
    missing = _("No meeting is recorded that spoke of it.")
    return [
        strand(Place.AGENDA_ITEM, SPOKEN, items, link_item_elsewhere, missing),
        here(Place.ENTRY, _("The work"), work.title),
    ]


@contributes(Entry)
def about_entry(entry: Entry, user: Reader) -> Strands:
    """Where meetings spoke of the entry itself, what it is evidence for, and its book."""
    items = items_about(user, entry)
    done = shown_done(user, entry)
    yield items, done
    work = entry.part.work
    note = _("Where meetings spoke of the whole book stands on its page.")
    missing = _("No meeting is recorded that spoke of this entry.")
    return [
        strand(Place.AGENDA_ITEM, SPOKEN, items, link_item_elsewhere, missing),
        *found_strand(Place.DECISION, _("Decisions it is evidence for"), done, link_decision),
        here(Place.ENTRY, _("The entry"), entry.title),
        Strand(Place.ENTRY, _("Its book"), [Link(work.title, work.get_absolute_url(), note=note)]),
    ]


def shown_done(user: Reader, entry: Entry) -> Rows:
    """Return the decisions of which the entry shows what became of them; seldom any."""
    decisions = Decision.objects.all()
    if not DecisionEvidence._base_manager.filter(publication_slug=entry.slug).exists():  # noqa: SLF001
        return decisions.none()
    proofs = DecisionEvidence.objects.visible_to(user).filter(publication_slug=entry.slug)
    done = decisions.visible_to(user).filter(pk__in=proofs.values("decision"))
    return done.for_list()[: MOST + 1]


def spoken_of(user: Reader, items: Any) -> Strands:
    """Return works and entries that some agenda items are about."""
    works = Work.objects.visible_to(user).filter(agenda_items__in=items).distinct()
    entries = Entry.objects.visible_to(user).filter(agenda_items__in=items).distinct()
    shown = entries.for_list()[:MOST]
    yield works, shown
    links = [Link(work.title, work.get_absolute_url(), _("Work")) for work in works]
    links += [Link(entry.title, entry.get_absolute_url(), _("Entry")) for entry in shown]
    return [Strand(Place.ENTRY, _("Encyclopedia"), links)] if links else []


@contributes(Meeting)
def spoken_of_at(meeting: Meeting, user: Reader) -> Strands:
    """What a meeting said of the Encyclopedia."""
    return spoken_of(user, AgendaItem.objects.filter(meeting=meeting))


@contributes(AgendaItem)
def spoken_of_under(item: AgendaItem, user: Reader) -> Strands:
    """What an agenda item is about."""
    return spoken_of(user, AgendaItem.objects.filter(Q(pk=item.pk) | Q(parent=item)))
