"""Policy instruments: their provisions, steps, parties and relations."""

import re
from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_countries.fields import CountryField
from taggit.managers import TaggableManager

from taskforce.choices import (
    SHOWABLE_LICENCES,
    InstrumentEventKind,
    InstrumentKind,
    InstrumentLevel,
    InstrumentStatus,
    Language,
    Licence,
    LinkStatus,
    PartyRole,
    ProvisionKind,
    RelationKind,
)
from taskforce.models.organizations import Organization
from taskforce.querysets import (
    InstrumentFactQuerySet,
    InstrumentPartyQuerySet,
    InstrumentQuerySet,
    InstrumentRelationQuerySet,
    ProvisionQuerySet,
)
from untfsse.kit.records.characters import Legible
from untfsse.kit.records.dates import PartialDateField, first_day, sort_day
from untfsse.kit.records.evidence import Evidenced
from untfsse.kit.records.fields import ListField, LongTextField
from untfsse.kit.records.noun import Noun
from untfsse.kit.records.publication import index_of_published
from untfsse.kit.records.record import Record
from untfsse.kit.records.sdg import GoalsField, sdgs_are_goals
from untfsse.kit.records.search import plain_key, search_column


class PolicyInstrument(Record):
    """A text by which bodies commit themselves or others: a resolution, a law, a strategy."""

    title = models.CharField(_("official title"), max_length=400)
    title_language = models.CharField(
        _("language of the title"),
        max_length=2,
        choices=Language,
        blank=True,
        help_text=_("Of the official title, where it is not English."),
    )
    short_title = models.CharField(_("short title"), max_length=160)
    symbol = models.CharField(
        _("symbol"), max_length=60, blank=True, help_text=_("A/RES/77/281, OECD/LEGAL/0472 …")
    )
    issuing_body = models.CharField(_("issuing body"), max_length=250)
    issuing_acronym = models.CharField(_("acronym of the body"), max_length=30, blank=True)
    issuing_organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="issued_instruments",
        verbose_name=_("issuing organization"),
        help_text=_("If it is in the list of organizations."),
    )
    kind = models.CharField(_("kind"), max_length=16, choices=InstrumentKind, db_index=True)
    level = models.CharField(_("level"), max_length=12, choices=InstrumentLevel, db_index=True)
    jurisdiction = CountryField(_("countries"), multiple=True, blank=True)
    jurisdiction_region = models.CharField(
        _("region"), max_length=80, blank=True, help_text=_("A union or a province.")
    )
    is_binding = models.BooleanField(_("binding"), null=True, blank=True)
    stage = models.CharField(_("stage"), max_length=12, choices=InstrumentStatus, db_index=True)
    session = models.CharField(_("session"), max_length=160, blank=True)
    adopted_on = PartialDateField(_("adopted on"))
    issued_on = PartialDateField(_("published on"))
    in_force_on = PartialDateField(_("in force on"))
    languages = ListField(
        models.CharField(max_length=2, choices=Language),
        default=list,
        blank=True,
        verbose_name=_("languages"),
    )
    official_url = models.URLField(_("official link"), max_length=500, blank=True)
    official_url_status = models.CharField(
        _("the link is"), max_length=10, choices=LinkStatus, blank=True
    )
    other_urls = ListField(
        models.URLField(max_length=500),
        default=list,
        blank=True,
        verbose_name=_("other links"),
        help_text=_("Separated by commas."),
    )
    licence = models.CharField(_("licence of the text"), max_length=24, choices=Licence, blank=True)
    summary = LongTextField(_("summary"), blank=True, help_text=_("In our own words."))
    parties_note = LongTextField(_("note on the parties"), blank=True)
    is_structure_complete = models.BooleanField(_("all provisions are listed"), default=False)
    sdgs = GoalsField()
    tags = TaggableManager(blank=True)
    adopted_on_first = first_day("adopted_on")
    sort_on = sort_day("adopted_on")
    title_key = plain_key("title")
    search = search_column(
        ["symbol", "short_title"],
        ["title", "issuing_body", "issuing_acronym", "kind"],
        ["summary"],
        ["note"],
        days=["adopted_on"],
        goals="sdgs",
    )

    objects = InstrumentQuerySet.as_manager()

    noun = Noun(
        name="instrument",
        path="instruments",
        place=40,
        title="short_title",
        key="title_key",
        symbol="symbol",
        is_symbol_unique=True,
        date="adopted_on",
        original="title",
        language="title_language",
        section=_("Instruments"),
        counted=ngettext_lazy("policy instrument", "policy instruments"),
        feed_title=_("Policy instruments for the social and solidarity economy"),
    )

    class Meta(Record.Meta):
        verbose_name = _("policy instrument")
        verbose_name_plural = _("policy instruments")
        ordering: ClassVar = ["-sort_on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["-sort_on", "-id"], name="instrument_by_day"),
            index_of_published("instrument_published", "jurisdiction"),
            GinIndex(fields=["search"], name="instrument_search"),
            GinIndex(fields=["title_key"], opclasses=["gin_trgm_ops"], name="instrument_like"),
            GinIndex(fields=["sdgs"], name="instrument_by_goal"),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            sdgs_are_goals(),
            models.UniqueConstraint(
                fields=["symbol"],
                condition=~Q(symbol=""),
                name="policyinstrument_symbol_names_one_text",
                violation_error_message=_("Another instrument has this symbol."),
            ),
        ]

    @property
    def may_show_text(self) -> bool:
        """Whether the licence lets the portal show the words."""
        return self.licence in SHOWABLE_LICENCES

    def clean(self) -> None:
        """Refuse a licence that forbids the words which provisions hold."""
        super().clean()
        if self.may_show_text or not self.pk:
            return
        if self.provisions.filter(texts__isnull=False).exists():
            words = _("Provisions hold the text, which this licence does not let us show.")
            raise ValidationError({"licence": words})

    def shown_in_lists(self) -> dict[str, Any]:
        """Say who issued it where it bears no symbol."""
        meta = self.symbol or self.issuing_acronym or self.issuing_body
        return super().shown_in_lists() | {"meta": meta}


class Provision(Legible):
    """A part of an instrument, keyed by its kind and number."""

    instrument = models.ForeignKey(
        PolicyInstrument,
        on_delete=models.CASCADE,
        related_name="provisions",
        verbose_name=_("instrument"),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("within"),
    )
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=20, choices=ProvisionKind)
    number = models.CharField(
        _("number"), max_length=20, blank=True, help_text=_("As printed: IV, 4, 1.2, 5 bis.")
    )
    label = models.CharField(_("label"), max_length=300, help_text=_("In our own words."))
    tags = TaggableManager(blank=True)

    label_key = plain_key("label")
    search = search_column(["label"], ["kind", "number"])

    objects = ProvisionQuerySet.as_manager()

    known_by = ("instrument", "position")

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        ordering: ClassVar = ["instrument", "position"]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="provision_search"),
            GinIndex(fields=["label_key"], opclasses=["gin_trgm_ops"], name="provision_like"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instrument", "kind", "number"],
                condition=~Q(number=""),
                name="provision_is_keyed_by_kind_and_number",
                violation_error_message=_("Another provision has this kind and number."),
            ),
            models.UniqueConstraint(
                fields=["instrument", "position"],
                deferrable=models.Deferrable.DEFERRED,
                name="provision_has_its_own_position",
                violation_error_message=_("Another provision has this position."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.label}" if self.own_label else self.name

    @property
    def name(self) -> str:
        """Its kind and number in words."""
        return f"{self.get_kind_display()} {self.number}".strip()

    @property
    def own_label(self) -> str:
        """What it is about; "" where nobody has said more than its kind and number."""
        return "" if self.label == self.name else self.label

    def get_absolute_url(self) -> str:
        return f"{self.instrument.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """The place on the page: by kind and number, which stay; else by its id for the world.

        Points, spaces and brackets part words; any other sign tells one number from another.
        """
        pieces = re.findall(r"(\w+)|([^\w.() ])", self.number, re.ASCII)
        if not any(word for word, _sign in pieces):
            return f"provision-{self.public_id}"
        told = (word or f".{ord(sign):x}" for word, sign in pieces)
        return "-".join([self.kind, *told])


class InstrumentEvent(Evidenced):
    """A dated step in the life of an instrument."""

    instrument = models.ForeignKey(
        PolicyInstrument, on_delete=models.CASCADE, related_name="events"
    )
    kind = models.CharField(_("step"), max_length=14, choices=InstrumentEventKind)
    wording = models.CharField(
        _("wording"), max_length=60, help_text=_("What the source calls the step.")
    )
    happened_on = PartialDateField(_("date"))
    detail = models.CharField(_("detail"), max_length=400, blank=True)
    happened_on_first = first_day("happened_on")
    sort_on = sort_day("happened_on")

    objects = InstrumentFactQuerySet.as_manager()

    class Meta(Evidenced.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering: ClassVar = ["instrument", "sort_on", "id"]
        indexes: ClassVar = [
            models.Index(fields=["-sort_on", "-id"], name="instrumentevent_by_day")
        ]
        constraints: ClassVar = [
            *Evidenced.Meta.constraints,
            models.UniqueConstraint(
                fields=["instrument", "wording", "happened_on", "detail"],
                nulls_distinct=False,
                name="instrumentevent_is_listed_once",
                violation_error_message=_("This step is already listed."),
            ),
        ]

    def __str__(self) -> str:
        when = self.happened_on.text if self.happened_on else _("date unknown")
        return f"{self.get_kind_display()} ({when})"


class InstrumentParty(Evidenced):
    """A country or an organization with a role in an instrument."""

    instrument = models.ForeignKey(
        PolicyInstrument, on_delete=models.CASCADE, related_name="parties"
    )
    country = CountryField(_("country"), blank=True)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organization"),
    )
    role = models.CharField(_("role"), max_length=14, choices=PartyRole)
    under = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("under"),
        help_text=_("The alliance in whose name it acted, if a source says so."),
    )
    detail = models.CharField(_("detail"), max_length=200, blank=True)

    objects = InstrumentPartyQuerySet.as_manager()

    class Meta(Evidenced.Meta):
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering: ClassVar = ["instrument", "role", "country", "id"]
        constraints: ClassVar = [
            *Evidenced.Meta.constraints,
            models.CheckConstraint(
                condition=(~Q(country="") & Q(organization__isnull=True))
                | Q(country="", organization__isnull=False),
                name="instrumentparty_is_a_country_or_an_organization",
                violation_error_message=_("Choose a country or an organization, exactly one."),
            ),
            models.CheckConstraint(
                condition=Q(under__isnull=True)
                | Q(organization__isnull=True)
                | ~Q(under=F("organization")),
                name="instrumentparty_acts_under_another",
                violation_error_message=_("A party does not act under itself."),
            ),
            models.UniqueConstraint(
                fields=["instrument", "country", "organization", "role"],
                nulls_distinct=False,
                name="instrumentparty_is_listed_once",
                violation_error_message=_("This party is already listed in this role."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization or self.country.name}: {self.get_role_display()}"


class InstrumentRelation(Evidenced):
    """What one instrument does to another; kept once and read both ways."""

    source = models.ForeignKey(
        PolicyInstrument,
        on_delete=models.CASCADE,
        related_name="relations",
        verbose_name=_("instrument"),
    )
    kind = models.CharField(_("relation"), max_length=14, choices=RelationKind)
    target = models.ForeignKey(
        PolicyInstrument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inverse_relations",
        verbose_name=_("other instrument"),
    )
    target_label = models.CharField(
        _("other text"), max_length=200, blank=True, help_text=_("If it is not in the list.")
    )

    objects = InstrumentRelationQuerySet.as_manager()

    class Meta(Evidenced.Meta):
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering: ClassVar = ["source", "kind", "id"]
        constraints: ClassVar = [
            *Evidenced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(target__isnull=False, target_label="")
                | (Q(target__isnull=True) & ~Q(target_label="")),
                name="instrumentrelation_has_one_target",
                violation_error_message=_("Choose an instrument or write its name, not both."),
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")),
                name="instrumentrelation_is_with_another_text",
                violation_error_message=_("An instrument has no relation with itself."),
            ),
            models.UniqueConstraint(
                fields=["source", "kind", "target", "target_label"],
                nulls_distinct=False,
                name="instrumentrelation_is_listed_once",
                violation_error_message=_("This relation is already listed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.get_kind_display()} {self.target or self.target_label}"
