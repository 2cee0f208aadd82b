"""What the thread passes of the Encyclopedia: where meetings spoke of it, and back."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from encyclopedia.models import Entry, Work
from taskforce.models import AgendaItem, Decision, DecisionEvidence, Meeting
from taskforce.threads import MOST, Place, here, link_decision, link_item_elsewhere, strand
from untfsse.kit.pages.thread import Link, Strand, contributes
from untfsse.kit.records.publication import Reader

SPOKEN = _("Meetings spoke of it")


def spoken_at(user: Reader, record: Work | Entry, missing: Any) -> Strand:
    """Return the agenda items about a work or an entry, the latest meeting first."""
    about = record.agenda_items.order_by().values("pk")
    items = AgendaItem.objects.visible_to(user).filter(pk__in=about)
    latest = items.select_related("meeting", "parent").order_by("-meeting__sort_on", "number")
    return strand(Place.AGENDA_ITEM, SPOKEN, latest[: MOST + 1], link_item_elsewhere, missing)


@contributes(Work)
def about_work(work: Work, user: Reader) -> list[Strand]:
    """Where meetings spoke of the work."""
    missing = _("No meeting is recorded that spoke of it.")
    return [spoken_at(user, work, missing), here(Place.ENTRY, _("The work"), work.title)]


@contributes(Entry)
def about_entry(entry: Entry, user: Reader) -> list[Strand]:
    """Where meetings spoke of the entry itself, what it is evidence for, and its book."""
    work = entry.part.work
    note = _("Where meetings spoke of the whole book stands on its page.")
    return [
        spoken_at(user, entry, _("No meeting is recorded that spoke of this entry.")),
        *shown_done(user, entry),
        here(Place.ENTRY, _("The entry"), entry.title),
        Strand(Place.ENTRY, _("Its book"), [Link(work.title, work.get_absolute_url(), note=note)]),
    ]


def shown_done(user: Reader, entry: Entry) -> list[Strand]:
    """Return the decisions of which the entry shows what became of them; seldom any."""
    if not DecisionEvidence._base_manager.filter(publication_slug=entry.slug).exists():  # noqa: SLF001
        return []
    proofs = DecisionEvidence.objects.visible_to(user).filter(publication_slug=entry.slug)
    decisions = Decision.objects.visible_to(user).filter(pk__in=proofs.values("decision"))
    found = strand(
        Place.DECISION,
        _("Decisions it is evidence for"),
        decisions.for_list()[: MOST + 1],
        link_decision,
    )
    return [found] if found.links else []


def spoken_of(user: Reader, items: Any) -> list[Strand]:
    """Return works and entries that some agenda items are about."""
    works = Work.objects.visible_to(user).filter(agenda_items__in=items).distinct()
    entries = Entry.objects.visible_to(user).filter(agenda_items__in=items).distinct()
    links = [Link(work.title, work.get_absolute_url(), _("Work")) for work in works]
    links += [
        Link(entry.title, entry.get_absolute_url(), _("Entry"))
        for entry in entries.for_list()[:MOST]
    ]
    return [Strand(Place.ENTRY, _("Encyclopedia"), links)] if links else []


@contributes(Meeting)
def spoken_of_at(meeting: Meeting, user: Reader) -> list[Strand]:
    """What a meeting said of the Encyclopedia."""
    return spoken_of(user, AgendaItem.objects.filter(meeting=meeting))


@contributes(AgendaItem)
def spoken_of_under(item: AgendaItem, user: Reader) -> list[Strand]:
    """What an agenda item is about."""
    return spoken_of(user, AgendaItem.objects.filter(Q(pk=item.pk) | Q(parent=item)))
