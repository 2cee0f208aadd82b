"""What the thread passes of the Encyclopedia: where meetings spoke of it, and back."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from encyclopedia.models import Entry, Work
from taskforce.models import AgendaItem, Meeting
from untfsse.kit.publication import Reader
from untfsse.kit.thread import Link, Place, Strand, contributes

MOST = 20


def link_item(item: AgendaItem, note: Any = "") -> Link:
    """Return an agenda item with its meeting."""
    return Link(item.title, item.get_absolute_url(), item.meeting.title, note)


def items_about(user: Reader, ids: Any) -> list[AgendaItem]:
    """Return agenda items with their meetings, the latest first."""
    items = AgendaItem.objects.visible_to(user).filter(pk__in=ids)
    return list(
        items.select_related("meeting", "parent").order_by("-meeting__sort_on", "number")[:MOST]
    )


@contributes(Work)
def about_work(work: Work, user: Reader) -> list[Strand]:
    """Where meetings spoke of the work."""
    items = items_about(user, work.agenda_items.values("pk"))
    return [
        Strand(Place.AGENDA_ITEM, _("Meetings spoke of it"), [link_item(item) for item in items]),
        Strand(Place.ENTRY, _("The work"), [Link(work.title)], is_here=True),
    ]


@contributes(Entry)
def about_entry(entry: Entry, user: Reader) -> list[Strand]:
    """Where meetings spoke of the entry, or of the work as a whole."""
    own = set(entry.agenda_items.values_list("pk", flat=True))
    whole = entry.part.work.agenda_items.values("pk")
    links = [
        link_item(item, "" if item.pk in own else _("of the work as a whole"))
        for item in items_about(user, [*own, *whole.values_list("pk", flat=True)])
    ]
    return [
        Strand(Place.AGENDA_ITEM, _("Meetings spoke of it"), links),
        Strand(Place.ENTRY, _("The entry"), [Link(entry.title)], is_here=True),
    ]


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
