"""The back office of the Encyclopedia."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from encyclopedia.models import (
    Authorship,
    Editorship,
    Entry,
    EntryRelation,
    Part,
    Suggestion,
    Work,
)
from encyclopedia.services import accept_all, accept_suggestion, waiting
from taskforce.models import pieces_naming
from untfsse.kit.backoffice import (
    Act,
    ChosenFilter,
    EvidencedAdmin,
    ModelAdmin,
    RecordAdmin,
    StackedInline,
    SuggestionAdmin,
    SuggestionInline,
    TabularInline,
    suggestion_acts,
)


class PartInline(TabularInline):
    """The parts of the work."""

    model = Part


class EditorInline(StackedInline):
    """Who edited it."""

    model = Editorship
    fields: ClassVar = [
        "position",
        "person",
        "role",
        "affiliation",
        "sources",
        "confidence",
        "internal_note",
    ]


class AuthorInline(StackedInline):
    """Who wrote it, in order."""

    model = Authorship
    fields: ClassVar = ["position", "person", "sources", "confidence", "internal_note"]


class RelationInline(TabularInline):
    """Entries related to it: each pair is kept with the entry that came first."""

    model = EntryRelation
    fk_name = "first"
    show_change_link = False


class EntrySuggestionInline(SuggestionInline):
    """What is suggested for it."""

    model = Suggestion
    fields = ("kind", "value", "state", "decided_on", "decided_by")


def do_take_over(request: HttpRequest, entry: Any, _data: Any) -> str:
    """Accept what is suggested for an entry."""
    count = len(accept_all(entry, by=request.user, on=timezone.localdate()))
    words = ngettext("%(count)d suggestion taken over.", "%(count)d suggestions taken over.", count)
    return words % {"count": count}


def suggested(entry: Any) -> SafeString:
    """Return what is suggested for an entry as a list."""
    rows = ((each.get_kind_display(), each.value) for each in waiting(entry))
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {}</li>", rows))


TAKE_OVER = Act(
    "take-over",
    _("Take over what is suggested"),
    do_take_over,
    _("All of these become part of the entry. Suggested authors wait: each is verified by itself."),
    is_offered=lambda entry: waiting(entry).exists(),
    show=suggested,
)


@admin.register(Work)
class WorkAdmin(RecordAdmin):
    """Books."""

    list_display = ("title", "publisher", "year", "licence", "status", "evidence")
    search_fields = ("title", "subtitle", "publisher", "slug")
    search_help_text = _("Words of the title, or the publisher; accents do not matter.")
    prepopulated_fields: ClassVar = {"slug": ["title"]}
    inlines = (PartInline, EditorInline)
    fields: ClassVar = [
        "title",
        "slug",
        "subtitle",
        ("publisher", "publisher_places", "year"),
        ("lead", "funder", "partner"),
        ("funding_organization", "editing_organization"),
        ("isbn_hardback", "isbn_ebook", "doi"),
        "languages",
        ("licence", "is_open_access"),
        "licence_note",
        "publisher_url",
        "knowledge_hub_url",
        "agenda_items",
        "updates",
    ]


@admin.register(Part)
class PartAdmin(ModelAdmin):
    """Parts of works."""

    is_part = True
    list_display = ("number", "title", "work", "first_entry", "last_entry")
    list_display_links = ("title",)
    list_select_related = ("work",)
    search_fields = ("title", "work__title")
    date_hierarchy = "work__updated_at"
    list_filter = (("work", ChosenFilter),)


@admin.register(Editorship)
class EditorshipAdmin(EvidencedAdmin):
    """Editors of works."""

    is_part = True
    list_display = ("person", "role", "work", "position", "evidence")
    list_filter: ClassVar = ["role", *EvidencedAdmin.list_filter]
    list_select_related = ("person", "work")
    search_fields = ("person__name", "work__title")
    date_hierarchy = "verified_on"
    fields: ClassVar = ["work", "position", "person", "role", "affiliation"]


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
    inlines = (AuthorInline, RelationInline, EntrySuggestionInline)
    acts = (TAKE_OVER, *RecordAdmin.acts)
    fields: ClassVar = [
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

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name the evidence that keeps an entry from being deleted."""
        *found, protected = super().get_deleted_objects(objs, request)
        named = pieces_naming([entry.slug for entry in objs])
        words = [f"{capfirst(piece._meta.verbose_name)}: {piece}" for piece in named]
        return *found, [*protected, *words]


@admin.register(Authorship)
class AuthorshipAdmin(EvidencedAdmin):
    """Who wrote which entry; hidden from readers while unsure and unverified."""

    list_display = ("person", "entry", "position", "evidence")
    list_select_related = ("person", "entry")
    search_fields = ("person__name", "entry__title")
    search_help_text = _("Author or entry.")
    date_hierarchy = "verified_on"
    fields: ClassVar = ["entry", "person", "position"]


@admin.register(EntryRelation)
class EntryRelationAdmin(ModelAdmin):
    """Pairs of related entries."""

    is_part = True
    list_display = ("first", "second")
    list_select_related = ("first", "second")
    search_fields = ("first__title", "second__title")
    date_hierarchy = "second__updated_at"
    list_filter = (("first__part", ChosenFilter),)


@admin.register(Suggestion)
class EntrySuggestionAdmin(SuggestionAdmin):
    """Authors, topics, goals and related entries that wait for an editor."""

    list_display = ("value", "kind", "entry", "state", "decided_on", "decided_by")
    list_filter = ("state", "kind")
    list_select_related = ("entry", "decided_by")
    search_fields = ("value", "entry__title")
    acts = queue_acts = suggestion_acts(accept_suggestion)
