"""The back office of the Encyclopedia."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from encyclopedia.choices import SuggestionState
from encyclopedia.models import (
    Authorship,
    Editorship,
    Entry,
    EntryRelation,
    Part,
    Suggestion,
    Work,
)
from untfsse.kit.admin import EVIDENCE, FactAdmin, HouseAdmin, RecordAdmin, Rows, Sheets
from untfsse.kit.todo import Task


def proposed(rows: Any, _day: dt.date) -> QuerySet[Any]:
    """Suggestions that nobody has accepted or refused."""
    return rows.filter(state=SuggestionState.PROPOSED)


class PartRows(Rows):
    """The parts of the work."""

    model = Part


class EditorSheets(Sheets):
    """Who edited it."""

    model = Editorship
    fields: ClassVar = ["position", "person", "role", "affiliation", "sources", "confidence"]


class AuthorSheets(Sheets):
    """Who wrote it, in order."""

    model = Authorship
    fields: ClassVar = ["position", "person", "sources", "confidence"]


class RelationRows(Rows):
    """Entries related to it: each pair is kept with the entry that came first."""

    model = EntryRelation
    fk_name = "first"
    show_change_link = False


class SuggestionRows(Rows):
    """What is suggested for it; the state follows from the buttons of the list."""

    model = Suggestion
    fields = ("kind", "value", "state", "decided_on", "decided_by")
    readonly_fields = ("state", "decided_on", "decided_by")
    show_change_link = False


@admin.register(Work)
class WorkAdmin(RecordAdmin):
    """Books."""

    list_display = ("title", "publisher", "year", "licence", "status", "evidence")
    search_fields = ("title", "subtitle", "publisher", "slug")
    search_help_text = _("Words of the title, or the publisher; accents do not matter.")
    prepopulated_fields: ClassVar = {"slug": ["title"]}
    key_field = "title_key"
    inlines = (PartRows, EditorSheets)
    facts: ClassVar = [
        (
            None,
            {
                "fields": [
                    "title",
                    "slug",
                    "subtitle",
                    ("publisher", "publisher_places", "year"),
                    ("lead", "funder", "partner"),
                    ("isbn_hardback", "isbn_ebook", "doi"),
                    "languages",
                    ("licence", "is_open_access"),
                    "licence_note",
                    "publisher_url",
                    "knowledge_hub_url",
                    "agenda_items",
                    "updates",
                ]
            },
        )
    ]


@admin.register(Part)
class PartAdmin(HouseAdmin):
    """Parts of works."""

    is_part = True
    list_display = ("number", "title", "work", "first_entry", "last_entry")
    list_display_links = ("title",)
    list_select_related = ("work",)
    search_fields = ("title", "work__title")


@admin.register(Editorship)
class EditorshipAdmin(FactAdmin):
    """Editors of works."""

    is_part = True
    list_display = ("person", "role", "work", "position", "evidence")
    list_filter: ClassVar = ["role", *FactAdmin.list_filter]
    list_select_related = ("person", "work")
    search_fields = ("person__name", "work__title")
    fieldsets = (
        (None, {"fields": ["work", "position", "person", "role", "affiliation"]}),
        EVIDENCE,
    )


@admin.register(Entry)
class EntryAdmin(RecordAdmin):
    """Entries, described in our own words and linked."""

    list_display = ("number", "title", "part", "doi", "status", "evidence")
    list_display_links = ("title",)
    list_filter: ClassVar = ["publisher_url_status", *RecordAdmin.list_filter]
    list_select_related = ("part",)
    search_fields = ("title", "title_knowledge_hub", "doi", "slug", "=number")
    search_help_text = _("Words of the title, the number or the DOI; accents do not matter.")
    ordering = ("number", "id")
    prepopulated_fields: ClassVar = {"slug": ["title"]}
    key_field = "title_key"
    inlines = (AuthorSheets, RelationRows, SuggestionRows)
    facts: ClassVar = [
        (
            None,
            {
                "fields": [
                    ("part", "number"),
                    "title",
                    "slug",
                    "title_knowledge_hub",
                    "summary",
                    ("doi", "pages"),
                    "licence",
                    "knowledge_hub_url",
                    ("publisher_url", "publisher_url_status"),
                    "sdgs",
                    "tags",
                    "agenda_items",
                ]
            },
        )
    ]


@admin.register(Authorship)
class AuthorshipAdmin(FactAdmin):
    """Who wrote which entry; hidden from readers while unsure and unverified."""

    list_display = ("person", "entry", "position", "evidence")
    list_select_related = ("person", "entry")
    search_fields = ("person__name", "entry__title")
    search_help_text = _("Author or entry.")
    fieldsets = ((None, {"fields": ["entry", "person", "position"]}), EVIDENCE)


@admin.register(EntryRelation)
class EntryRelationAdmin(HouseAdmin):
    """Pairs of related entries."""

    is_part = True
    list_display = ("first", "second")
    list_select_related = ("first", "second")
    search_fields = ("first__title", "second__title")


@admin.register(Suggestion)
class SuggestionAdmin(HouseAdmin):
    """Proposals that wait for an editor; never public."""

    list_display = ("value", "kind", "entry", "state", "decided_on", "decided_by")
    list_filter = ("state", "kind")
    list_select_related = ("entry", "decided_by")
    search_fields = ("value", "entry__title")
    date_hierarchy = "decided_on"
    readonly_fields = ("state", "decided_on", "decided_by")
    tasks = (Task("proposed", _("Suggestions waiting"), proposed, 40),)
