"""Organizations, their seats, former names and identifiers."""

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from taskforce.admin.acts import ADMIT, CHANGE_CATEGORY, LEAVE
from taskforce.models import (
    Constituent,
    FormerName,
    Identifier,
    Organization,
    OrganizationName,
    ReportedCount,
    Seat,
)
from untfsse.kit.backoffice import (
    TENURE_COLUMN,
    EvidencedAdmin,
    ModelAdmin,
    RecordAdmin,
    StackedInline,
    TabularInline,
)


class SeatInline(StackedInline):
    """The seats it holds and held."""

    model = Seat
    fields: ClassVar = [
        "category",
        ("from_on", "until_on", "last_documented_on"),
        "admitted_by",
        "basis",
        "sources",
        "confidence",
        "note",
        "internal_note",
    ]


class ConstituentInline(StackedInline):
    """Of whom it is made up, if it is a conference or a committee."""

    model = Constituent
    fields: ClassVar = [
        ("label", "number"),
        "wording",
        ("from_on", "until_on", "last_documented_on"),
        "sources",
        "confidence",
        "internal_note",
    ]


class FormerNameInline(TabularInline):
    """The names it bore."""

    model = FormerName
    show_change_link = False


class OrganizationNameInline(TabularInline):
    """Its names in the languages of the United Nations."""

    model = OrganizationName
    show_change_link = False


class IdentifierInline(TabularInline):
    """Its identifiers in public registers."""

    model = Identifier
    show_change_link = False


@admin.register(Organization)
class OrganizationAdmin(RecordAdmin):
    """Bodies that belong to the Task Force or take part in its work."""

    list_display = ("name", "acronym", "kind", "country", "status", "evidence")
    list_filter: ClassVar = [*RecordAdmin.list_filter, "kind", "seats__category"]
    search_fields = ("name", "acronym", "other_names", "slug")
    search_help_text = _("Name, acronym or other names; accents do not matter.")
    prepopulated_fields: ClassVar = {"slug": ["name"]}
    ordering = ("name_key", "id")
    inlines = (
        SeatInline,
        ConstituentInline,
        OrganizationNameInline,
        FormerNameInline,
        IdentifierInline,
    )
    acts = (ADMIT, CHANGE_CATEGORY, LEAVE, *RecordAdmin.acts)
    fields: ClassVar = [
        ("name", "acronym"),
        "slug",
        "other_names",
        "kind",
        "parent",
        "website",
        ("city", "country"),
        "description",
        "tags",
    ]


@admin.register(Seat)
class SeatAdmin(EvidencedAdmin):
    """Who was a member or an observer, and when."""

    list_display = ("organization", "category", TENURE_COLUMN, "admitted_by", "evidence")
    list_filter: ClassVar = [
        "category",
        ("until_on", admin.EmptyFieldListFilter),
        *EvidencedAdmin.list_filter,
    ]
    list_select_related = ("organization", "admitted_by")
    search_fields = ("organization__name", "organization__acronym", "basis")
    search_help_text = _("Name or acronym of the organization.")
    date_hierarchy = "from_on_first"
    consequences: ClassVar = {
        "category": _("Members and observers are counted apart."),
    }
    fields: ClassVar = [
        "organization",
        "category",
        ("from_on", "until_on", "last_documented_on"),
        "admitted_by",
        "basis",
        "note",
    ]


@admin.register(Constituent)
class ConstituentAdmin(EvidencedAdmin):
    """Of whom conferences and committees are made up."""

    is_part = True
    list_display = ("label", "body", "number", TENURE_COLUMN, "evidence")
    list_select_related = ("body",)
    search_fields = ("label", "wording", "body__name", "body__acronym")
    date_hierarchy = "from_on_first"
    fields: ClassVar = [
        "body",
        ("label", "number"),
        "wording",
        ("from_on", "until_on", "last_documented_on"),
    ]


@admin.register(ReportedCount)
class ReportedCountAdmin(EvidencedAdmin):
    """How many members or observers official texts count, and on which day."""

    list_display = ("reported_on", "category", "number", "wording", "evidence")
    list_filter: ClassVar = ["category", *EvidencedAdmin.list_filter]
    search_fields = ("wording",)
    date_hierarchy = "reported_on_first"
    fields: ClassVar = ["reported_on", ("category", "number"), "wording"]


@admin.register(FormerName)
class FormerNameAdmin(ModelAdmin):
    """Names that organizations bore before."""

    is_part = True
    list_display = ("name", "organization", "until_on")
    list_select_related = ("organization",)
    search_fields = ("name", "organization__name", "organization__acronym")
    date_hierarchy = "until_on_last"
    list_filter = (("until_on", admin.EmptyFieldListFilter),)


@admin.register(OrganizationName)
class OrganizationNameAdmin(ModelAdmin):
    """Names of organizations in the languages of the United Nations."""

    is_part = True
    list_display = ("name", "language", "organization", "source")
    list_filter = ("language",)
    list_select_related = ("organization",)
    search_fields = ("name", "organization__name", "organization__acronym")
    date_hierarchy = "organization__updated_at"


@admin.register(Identifier)
class IdentifierAdmin(ModelAdmin):
    """Identifiers of organizations in public registers."""

    is_part = True
    list_display = ("value", "scheme", "organization")
    list_filter = ("scheme",)
    list_select_related = ("organization",)
    search_fields = ("value", "organization__name", "organization__acronym")
    date_hierarchy = "organization__updated_at"
