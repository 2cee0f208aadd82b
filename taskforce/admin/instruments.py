"""Policy instruments: their provisions, steps, parties and relations."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from taskforce.admin.provisions import ProvisionsMixin
from taskforce.choices import PartyRole
from taskforce.models import (
    InstrumentEvent,
    InstrumentParty,
    InstrumentRelation,
    InstrumentTitle,
    PolicyInstrument,
    Provision,
    SuggestedGoal,
)
from taskforce.services.instruments import accept_goal, add_parties
from untfsse.kit.backoffice import (
    EVIDENCE,
    Act,
    EvidencedAdmin,
    ModelAdmin,
    RecordAdmin,
    StackedInline,
    SuggestionAdmin,
    SuggestionInline,
    TabularInline,
    suggestion_acts,
)
from untfsse.kit.forms.countries import CountryBox, names
from untfsse.kit.forms.fields import LinesField, SourcesFormField
from untfsse.kit.forms.model_forms import ModelForm


class PartiesForm(forms.Form):
    """Countries in one role."""

    role = forms.ChoiceField(label=_("Role"), choices=PartyRole)
    countries = LinesField(label=_("Countries"))
    detail = forms.CharField(label=_("Detail"), required=False, max_length=200)
    sources = SourcesFormField(label=_("Sources"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say how countries are written."""
        super().__init__(*args, **kwargs)
        self.fields["countries"].help_text = _(
            "One a line, by name or by two letters: France, KE. Who is there in this role stays."
        )
        self.fields["sources"].help_text = _(
            "One a line: title | address. Leave empty for the sources of the instrument."
        )


def do_add_parties(request: HttpRequest, instrument: Any, data: dict[str, Any]) -> str:
    """Add the countries."""
    count = len(add_parties(instrument, by=request.user, **data))
    words = ngettext("%(count)s party is added.", "%(count)s parties are added.", count)
    return words % {"count": count}


ADD_PARTIES = Act(
    "parties",
    _("Add parties"),
    do_add_parties,
    _("Readers see each country with its role as soon as the instrument is published."),
    form=PartiesForm,
)


class ProvisionForm(ModelForm):
    """A provision stays within a provision of its own instrument."""

    same_parent = (("parent", "instrument"),)


class TitleInline(TabularInline):
    """Its titles in the languages of the United Nations."""

    model = InstrumentTitle
    show_change_link = False


class ProvisionInline(TabularInline):
    """Its parts, in order."""

    model = Provision
    form = ProvisionForm
    fields = ("position", "kind", "number", "parent", "label")


class EventInline(StackedInline):
    """Its dated steps."""

    model = InstrumentEvent
    fields: ClassVar = [
        "kind",
        "wording",
        "happened_on",
        "detail",
        "sources",
        "confidence",
        "internal_note",
    ]


class PartyForm(ModelForm):
    """A party; the country is typed, since there may be dozens."""

    country = CountryBox(label=_("Country"), required=False)


class PartyInline(StackedInline):
    """Countries and organizations with a role."""

    form = PartyForm

    model = InstrumentParty
    fields: ClassVar = [
        "role",
        "country",
        "organization",
        "detail",
        "sources",
        "confidence",
        "internal_note",
    ]


class RelationInline(StackedInline):
    """What it does to other texts."""

    model = InstrumentRelation
    fk_name = "source"
    fields: ClassVar = ["kind", "target", "target_label", "sources", "confidence", "internal_note"]


class GoalInline(SuggestionInline):
    """The goals that are suggested for it."""

    model = SuggestedGoal
    fields = ("value", "state", "decided_on", "decided_by")


@admin.register(PolicyInstrument)
class PolicyInstrumentAdmin(ProvisionsMixin, RecordAdmin):
    """Texts by which bodies commit themselves or others."""

    list_display = ("short_title", "symbol", "kind", "adopted_on", "status", "evidence")
    list_filter: ClassVar = ["kind", "level", "stage", *RecordAdmin.list_filter]
    search_fields = ("title", "short_title", "symbol", "issuing_body", "slug")
    search_help_text = _("Words of the title, the symbol or the body; accents do not matter.")
    date_hierarchy = "adopted_on_first"
    consequences: ClassVar = {
        "licence": _(
            "Words of provisions are kept only under a licence that lets us show them; else "
            "they are linked."
        ),
        "official_url": _("Readers are led there for the text itself."),
        "votes_in_favour": _("Empty says that it is not known; 0 says that nobody voted so."),
    }
    ordering = ("-sort_on", "-id")
    prepopulated_fields: ClassVar = {"slug": ["short_title"]}
    key_field = "title_key"
    inlines = (TitleInline, ProvisionInline, EventInline, PartyInline, RelationInline, GoalInline)
    acts = (ADD_PARTIES, *RecordAdmin.acts)
    facts: ClassVar = [
        (
            None,
            {
                "fields": [
                    ("title", "title_language"),
                    "short_title",
                    "slug",
                    "symbol",
                    ("issuing_body", "issuing_acronym"),
                    "issuing_organization",
                    ("kind", "level", "stage"),
                    "is_binding",
                    ("jurisdiction", "jurisdiction_region"),
                    "session",
                    ("adopted_on", "issued_on", "in_force_on"),
                    "summary",
                    "sdgs",
                    "tags",
                ]
            },
        ),
        (
            _("Vote"),
            {
                "fields": [
                    ("vote_mode", "voted_on", "vote_body"),
                    ("votes_in_favour", "votes_against", "abstentions"),
                    "vote_note",
                ],
                "classes": ["collapse"],
            },
        ),
        (
            _("Text and links"),
            {
                "fields": [
                    ("official_url", "official_url_status"),
                    "other_urls",
                    "languages",
                    "licence",
                    "is_structure_complete",
                    "parties_note",
                ]
            },
        ),
    ]

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Offer the names of countries once a page."""
        context["countries"] = names()
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Provision)
class ProvisionAdmin(ModelAdmin):
    """Parts of instruments."""

    form = ProvisionForm
    list_display = ("label", "kind", "number", "instrument")
    list_filter = ("kind",)
    list_select_related = ("instrument",)
    search_fields = ("label", "number", "instrument__short_title", "instrument__symbol")
    search_help_text = _("Words of the provision or of the instrument.")
    date_hierarchy = "instrument__adopted_on_first"
    ordering = ("instrument", "position")


@admin.register(InstrumentTitle)
class InstrumentTitleAdmin(ModelAdmin):
    """Titles of instruments in the languages of the United Nations."""

    is_part = True
    list_display = ("name", "language", "instrument", "source")
    list_filter = ("language",)
    list_select_related = ("instrument",)
    search_fields = ("name", "instrument__short_title", "instrument__symbol")
    date_hierarchy = "instrument__adopted_on_first"


@admin.register(InstrumentEvent)
class InstrumentEventAdmin(EvidencedAdmin):
    """Dated steps in the life of instruments."""

    is_part = True
    list_display = ("wording", "instrument", "kind", "happened_on", "evidence")
    list_filter: ClassVar = ["kind", *EvidencedAdmin.list_filter]
    list_select_related = ("instrument",)
    search_fields = ("wording", "detail", "instrument__short_title", "instrument__symbol")
    date_hierarchy = "happened_on_first"
    fieldsets = (
        (None, {"fields": ["instrument", "kind", "wording", "happened_on", "detail"]}),
        EVIDENCE,
    )


@admin.register(InstrumentParty)
class InstrumentPartyAdmin(EvidencedAdmin):
    """Countries and organizations with a role in instruments."""

    is_part = True
    list_display = ("__str__", "instrument", "role", "evidence")
    list_filter: ClassVar = ["role", *EvidencedAdmin.list_filter]
    list_select_related = ("instrument", "organization")
    search_fields = ("detail", "organization__name", "instrument__short_title")
    date_hierarchy = "instrument__adopted_on_first"
    fieldsets = (
        (None, {"fields": ["instrument", "role", "country", "organization", "detail"]}),
        EVIDENCE,
    )


@admin.register(InstrumentRelation)
class InstrumentRelationAdmin(EvidencedAdmin):
    """What instruments do to one another."""

    is_part = True
    list_display = ("source", "kind", "target", "target_label", "evidence")
    list_filter: ClassVar = ["kind", *EvidencedAdmin.list_filter]
    list_select_related = ("source", "target")
    search_fields = ("source__short_title", "target__short_title", "target_label")
    date_hierarchy = "source__adopted_on_first"
    fieldsets = (
        (None, {"fields": ["source", "kind", "target", "target_label"]}),
        EVIDENCE,
    )


@admin.register(SuggestedGoal)
class SuggestedGoalAdmin(SuggestionAdmin):
    """Goals of instruments that wait for an editor."""

    list_display = ("value", "instrument", "state", "decided_on", "decided_by")
    list_filter = ("state",)
    list_select_related = ("instrument", "decided_by")
    search_fields = ("=value", "instrument__short_title", "instrument__symbol")
    acts = queue_acts = suggestion_acts(accept_goal)
