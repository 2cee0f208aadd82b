"""Policy instruments: their provisions, steps, parties and relations."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from taskforce.admin.provisions import ProvisionsMixin
from taskforce.admin.resolutions import ResolutionMixin
from taskforce.choices import PartyRole
from taskforce.models import (
    InstrumentEvent,
    InstrumentParty,
    InstrumentRelation,
    InstrumentTitle,
    PolicyInstrument,
    Provision,
    ProvisionRelation,
    ProvisionText,
    SuggestedGoal,
    SuggestedTopic,
    Vote,
)
from taskforce.services.comparisons import propose_relations
from taskforce.services.instruments import accept_goal, accept_topic, add_parties
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
from untfsse.kit.forms.countries import CountriesBox, CountryBox, names
from untfsse.kit.forms.fields import LinesField, SourcesFormField
from untfsse.kit.forms.model_forms import ModelForm, choose


class PartiesForm(forms.Form):
    """Countries in one role."""

    role = forms.ChoiceField(label=_("Role"), choices=PartyRole)
    countries = LinesField(label=_("Countries"))
    detail = forms.CharField(label=_("Detail"), required=False, max_length=200)
    sources = SourcesFormField(label=_("Sources"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
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


class EarlierTextForm(forms.Form):
    """The text with which provisions are compared."""

    earlier = choose(ProvisionRelation, "earlier_instrument", label=_("Earlier text"))


def do_compare(request: HttpRequest, instrument: Any, data: dict[str, Any]) -> HttpResponse:
    """Propose what became of each provision, and go where it is judged."""
    count = len(propose_relations(instrument, data["earlier"], by=request.user))
    words = ngettext("%(count)s proposal is made.", "%(count)s proposals are made.", count)
    messages.success(request, words % {"count": count})
    asked = {"instrument__id__exact": instrument.pk}
    return HttpResponseRedirect(
        reverse("admin:taskforce_provisionrelation_changelist", query=asked)
    )


COMPARE = Act(
    "compare",
    _("Compare with an earlier text"),
    do_compare,
    _(
        "What became of each provision is proposed by how alike the words are. Readers see nothing "
        "of it before you have judged and verified each proposal."
    ),
    form=EarlierTextForm,
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


class VoteForm(ModelForm):
    """A vote; countries are typed, since there may be dozens."""

    countries_in_favour = CountriesBox(label=_("Voted in favour"), required=False)
    countries_against = CountriesBox(label=_("Voted against"), required=False)
    countries_abstaining = CountriesBox(label=_("Abstained"), required=False)


VOTE_FACTS: list[Any] = [
    ("stage", "body"),
    ("mode", "taken_on"),
    ("in_favour", "against", "abstentions"),
    "countries_in_favour",
    "countries_against",
    "countries_abstaining",
    "note",
]


class VoteInline(StackedInline):
    """How it was decided upon."""

    model = Vote
    form = VoteForm
    fields: ClassVar = [*VOTE_FACTS, "sources", "confidence", "internal_note"]


class WordsInline(StackedInline):
    """Its words in each language."""

    model = ProvisionText
    fields: ClassVar = ["language", "text", "source"]


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
        "under",
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
class PolicyInstrumentAdmin(ResolutionMixin, ProvisionsMixin, RecordAdmin):
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
    }
    ordering = ("-sort_on", "-id")
    prepopulated_fields: ClassVar = {"slug": ["short_title"]}
    inlines = (
        TitleInline,
        ProvisionInline,
        VoteInline,
        EventInline,
        PartyInline,
        RelationInline,
        GoalInline,
    )
    acts = (ADD_PARTIES, COMPARE, *RecordAdmin.acts)
    fieldsets: ClassVar = [
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
    inlines = (WordsInline,)


@admin.register(ProvisionText)
class ProvisionTextAdmin(ModelAdmin):
    """The words of provisions."""

    is_part = True
    list_display = ("provision", "language", "source")
    list_filter = ("language",)
    list_select_related = ("provision",)
    search_fields = ("text", "provision__label", "provision__instrument__symbol")
    date_hierarchy = "provision__instrument__adopted_on_first"
    readonly_fields = ("sha256",)


@admin.register(ProvisionRelation)
class ProvisionRelationAdmin(EvidencedAdmin):
    """What became of provisions in later texts."""

    is_part = True
    list_display = ("__str__", "instrument", "earlier_instrument", "earlier_provision", "evidence")
    list_filter: ClassVar = ["kind", *EvidencedAdmin.list_filter]
    list_select_related = ("instrument", "earlier_instrument", "provision", "earlier_provision")
    search_fields = ("instrument__symbol", "instrument__short_title", "provision__label")
    date_hierarchy = "instrument__adopted_on_first"
    fields: ClassVar = [
        ("instrument", "earlier_instrument"),
        "kind",
        ("provision", "earlier_provision"),
    ]


@admin.register(Vote)
class VoteAdmin(EvidencedAdmin):
    """Votes on instruments."""

    is_part = True
    form = VoteForm
    list_display = ("__str__", "instrument", "stage", "evidence")
    list_filter: ClassVar = ["stage", "mode", *EvidencedAdmin.list_filter]
    list_select_related = ("instrument",)
    search_fields = ("body", "note", "instrument__short_title", "instrument__symbol")
    date_hierarchy = "instrument__adopted_on_first"
    fields: ClassVar = ["instrument", *VOTE_FACTS]


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
    fields: ClassVar = ["instrument", "kind", "wording", "happened_on", "detail"]


@admin.register(InstrumentParty)
class InstrumentPartyAdmin(EvidencedAdmin):
    """Countries and organizations with a role in instruments."""

    is_part = True
    list_display = ("__str__", "instrument", "role", "evidence")
    list_filter: ClassVar = ["role", *EvidencedAdmin.list_filter]
    list_select_related = ("instrument", "organization")
    search_fields = ("detail", "organization__name", "instrument__short_title")
    date_hierarchy = "instrument__adopted_on_first"
    fields: ClassVar = ["instrument", "role", "country", "organization", "under", "detail"]


@admin.register(InstrumentRelation)
class InstrumentRelationAdmin(EvidencedAdmin):
    """What instruments do to one another."""

    is_part = True
    list_display = ("source", "kind", "target", "target_label", "evidence")
    list_filter: ClassVar = ["kind", *EvidencedAdmin.list_filter]
    list_select_related = ("source", "target")
    search_fields = ("source__short_title", "target__short_title", "target_label")
    date_hierarchy = "source__adopted_on_first"
    fields: ClassVar = ["source", "kind", "target", "target_label"]


@admin.register(SuggestedGoal)
class SuggestedGoalAdmin(SuggestionAdmin):
    """Goals of instruments that wait for an editor."""

    list_display = ("value", "instrument", "state", "decided_on", "decided_by")
    list_filter = ("state",)
    list_select_related = ("instrument", "decided_by")
    search_fields = ("=value", "instrument__short_title", "instrument__symbol")
    acts = queue_acts = suggestion_acts(accept_goal)


@admin.register(SuggestedTopic)
class SuggestedTopicAdmin(SuggestionAdmin):
    """Topics of provisions that wait for an editor."""

    list_display = ("value", "provision", "instrument", "state", "decided_on", "decided_by")
    list_filter = ("state", ("provision__instrument", ChosenFilter))
    list_select_related = ("provision__instrument", "decided_by")
    search_fields = ("value", "provision__label", "provision__instrument__short_title")
    acts = queue_acts = suggestion_acts(accept_topic)

    @admin.display(description=_("instrument"), ordering="provision__instrument")
    def instrument(self, suggestion: SuggestedTopic) -> PolicyInstrument:
        """Return the text in which the provision stands."""
        return suggestion.provision.instrument
