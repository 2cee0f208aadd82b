"""Feeds: the entries of the Encyclopedia as Atom."""

from django.utils.translation import gettext_lazy

from encyclopedia.filters import EntryFilter
from encyclopedia.models import Entry
from untfsse.kit.pages.feeds import RecordFeed


class EntryFeed(RecordFeed):
    """Entries."""

    noun, filters, page = Entry, EntryFilter, "encyclopedia:entry_list"
    title = gettext_lazy("Entries of the Encyclopedia of the Social and Solidarity Economy")
