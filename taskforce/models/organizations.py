"""Organizations and the seats they hold."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from taggit.managers import TaggableManager

from taskforce.choices import WITHOUT_SEAT, IdentifierScheme, OrganizationKind, SeatCategory
from taskforce.querysets import OrganizationPartQuerySet, OrganizationQuerySet, SeatQuerySet
from untfsse.kit.records.characters import Legible
from untfsse.kit.records.dates import PartialDateField, last_day
from untfsse.kit.records.evidence import Evidenced
from untfsse.kit.records.fields import LongTextField, NoteField
from untfsse.kit.records.noun import Door, Noun
from untfsse.kit.records.publication import index_of_published
from untfsse.kit.records.record import Record
from untfsse.kit.records.search import plain_key, search_column
from untfsse.kit.records.tenure import Tenure


class Organization(Record):
    """A body that belongs to the Task Force or takes part in its work.

    Governments, alliances and bodies made up of others hold no seat and no membership.
    """

    name = models.CharField(_("name"), max_length=200)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    other_names = models.CharField(
        _("other names"),
        max_length=300,
        blank=True,
        help_text=_("Names and acronyms also in use, separated by semicolons."),
    )
    kind = models.CharField(_("kind"), max_length=32, choices=OrganizationKind, db_index=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        verbose_name=_("part of"),
        help_text=_("A unit attends meetings for the organization it is part of."),
    )
    website = models.URLField(_("website"), blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = CountryField(_("country"), blank=True)
    description = LongTextField(_("description"), blank=True)
    tags = TaggableManager(blank=True)
    name_key = plain_key("name")
    search = search_column(["name", "acronym", "other_names"], [], ["description"], ["note"])

    objects = OrganizationQuerySet.as_manager()

    noun = Noun(
        name="organization",
        path="organizations",
        place=10,
        title="name",
        symbol="acronym",
        texts=("description",),
        section=_("Organizations"),
        feed_title=_("Organizations of the UN Task Force on Social and Solidarity Economy"),
        closed={Door.HOME: "Home counts the seats."},
    )

    class Meta(Record.Meta):
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering: ClassVar = ["name_key", "id"]
        indexes: ClassVar = [
            models.Index(fields=["name_key", "id"], name="organization_by_name"),
            index_of_published("organization_published", "country", "kind"),
            GinIndex(fields=["search"], name="organization_search"),
            GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="organization_like"),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="organization_is_not_part_of_itself",
                violation_error_message=_("An organization is not part of itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.acronym or self.name

    def clean(self) -> None:
        """Refuse a kind that holds no seat while a seat is recorded."""
        super().clean()
        if self.pk and not self.may_hold_seat and self.seats.exists():
            words = _("It holds or held a seat, which this kind of body never does.")
            raise ValidationError({"kind": words})

    @property
    def may_hold_seat(self) -> bool:
        """Whether such a body can be a member or an observer."""
        return self.kind not in WITHOUT_SEAT

    @property
    def full_name(self) -> str:
        """The name with its acronym."""
        if not self.acronym or self.acronym == self.name:
            return self.name
        return f"{self.name} ({self.acronym})"

    def shown_in_lists(self) -> dict[str, Any]:
        """Say the name with the acronym in one."""
        return super().shown_in_lists() | {"title": self.full_name, "meta": ""}


class FormerName(Legible):
    """A name that an organization bore before."""

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="former_names"
    )
    name = models.CharField(_("name"), max_length=200)
    until_on = PartialDateField(_("until"))
    until_on_last = last_day("until_on")
    search = search_column(["name"], ["name"])

    objects = OrganizationPartQuerySet.as_manager()

    closed: ClassVar = {Door.API: "It stands in its organization."}

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering: ClassVar = ["until_on", "id"]
        indexes: ClassVar = [GinIndex(fields=["search"], name="formername_search")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="formername_is_listed_once",
                violation_error_message=_("This former name is already listed."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Identifier(Legible):
    """An organization's identifier in a public register."""

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="identifiers"
    )
    scheme = models.CharField(_("register"), max_length=12, choices=IdentifierScheme)
    value = models.CharField(_("identifier"), max_length=60)
    search = search_column(["value"])

    objects = OrganizationPartQuerySet.as_manager()

    closed: ClassVar = {Door.API: "It stands in its organization."}

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        ordering: ClassVar = ["scheme", "value"]
        indexes: ClassVar = [GinIndex(fields=["search"], name="identifier_search")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="identifier_names_one_organization",
                violation_error_message=_("This identifier belongs to another organization."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"


class Seat(Tenure, Evidenced):
    """A membership or an observership over time. A change of category is a new seat."""

    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="seats",
        verbose_name=_("organization"),
    )
    category = models.CharField(_("category"), max_length=10, choices=SeatCategory)
    admitted_by = models.ForeignKey(
        "taskforce.Decision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="admitted_seats",
        verbose_name=_("admitted by"),
        help_text=_("The decision that gave this seat, if it is known."),
    )
    ended_by = models.ForeignKey(
        "taskforce.Decision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ended_seats",
        verbose_name=_("ended by"),
        help_text=_("The decision that ended this seat, if it is known."),
    )
    basis = models.CharField(
        _("basis"), max_length=300, blank=True, help_text=_("How the beginning is known.")
    )
    note = NoteField(_("note"), blank=True)

    objects = SeatQuerySet.as_manager()

    known_by = ("organization", "from_on")

    class Meta(Tenure.Meta, Evidenced.Meta):
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering: ClassVar = ["organization", "from_on", "id"]
        constraints: ClassVar = [
            *Tenure.Meta.constraints,
            *Evidenced.Meta.constraints,
            ExclusionConstraint(
                name="seat_is_held_one_at_a_time",
                expressions=[
                    ("organization", RangeOperators.EQUAL),
                    ("held_days", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "This organization already holds a seat in that time. End the other one first."
                ),
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(until_on__isnull=True),
                name="seat_without_end_is_the_only_one",
                violation_error_message=_(
                    "This organization already holds a seat without an end. End that one first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.get_category_display()}"

    def clean(self) -> None:
        """Refuse a seat of a government, an alliance, or a body made up of others."""
        super().clean()
        organization = getattr(self, "organization", None)
        if organization and not organization.may_hold_seat:
            words = _("Governments, alliances, conferences and committees hold no seat.")
            raise ValidationError({"organization": words})
