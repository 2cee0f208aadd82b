"""People, only as office holders or authors, and the offices they hold."""

from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from idutils.validators import is_orcid

from taskforce.models.organizations import Organization
from taskforce.querysets import OfficeQuerySet, PersonQuerySet, TermQuerySet
from untfsse.kit.apps import (
    EDITING,
    EDITOR,
    ENCYCLOPEDIA_EDITOR,
    KEEPING,
    PUBLISHING,
    READING,
    SECRETARIAT,
    VIEWER,
)
from untfsse.kit.records.characters import Legible
from untfsse.kit.records.evidence import Evidenced
from untfsse.kit.records.fields import NoteField
from untfsse.kit.records.noun import Door, Noun, pageless
from untfsse.kit.records.record import Record
from untfsse.kit.records.search import plain_key, search_column
from untfsse.kit.records.tenure import Tenure


def validate_orcid(value: str) -> None:
    """Refuse what is not an ORCID iD with a right check digit."""
    if not is_orcid(value):
        raise ValidationError(_("This is not an ORCID iD, such as 0000-0002-1825-0097."))


class Person(Record):
    """Somebody who holds an office or wrote an entry; nobody else is public."""

    name = models.CharField(_("name"), max_length=120)
    orcid = models.CharField(_("ORCID iD"), max_length=19, blank=True, validators=[validate_orcid])
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organization"),
    )
    name_key = plain_key("name")
    search = search_column(["name"])

    objects = PersonQuerySet.as_manager()

    roles: ClassVar = {
        SECRETARIAT: PUBLISHING,
        EDITOR: KEEPING,
        ENCYCLOPEDIA_EDITOR: READING,
        VIEWER: READING,
    }

    noun = Noun(
        name="person",
        path="people",
        place=120,
        title="name",
        texts=(),
        closed=pageless("A person is public only as office holder or author, where that is said."),
    )
    get_absolute_url: Any = None

    class Meta(Record.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering: ClassVar = ["name_key", "id"]
        indexes: ClassVar = [
            models.Index(fields=["name_key", "id"], name="person_by_name"),
            GinIndex(fields=["search"], name="person_search"),
            GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="person_like"),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["orcid"],
                condition=~models.Q(orcid=""),
                name="person_orcid_names_one_person",
                violation_error_message=_("Another person has this ORCID iD."),
            ),
        ]


class PersonContact(Legible):
    """How the secretariat reaches a person. No public door reads this table."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="contact")
    email = models.EmailField(_("e-mail"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)

    roles: ClassVar = {SECRETARIAT: EDITING}

    closed: ClassVar = {Door.API: "No public door reads it."}

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(email="", telephone=""),
                name="personcontact_says_something",
                violation_error_message=_("Write an e-mail address or a telephone number."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class Office(Legible):
    """A function in the governance of the Task Force."""

    title = models.CharField(_("title"), max_length=80)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(
        _("position"), unique=True, help_text=_("The order in which offices are listed.")
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.title


class Term(Tenure, Evidenced):
    """The time in which an organization, often by a named person, holds an office."""

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="terms", verbose_name=_("office")
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="terms",
        verbose_name=_("person"),
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="terms",
        verbose_name=_("organization"),
        help_text=_("For which the office is held."),
    )
    position_held = models.CharField(_("post at the organization"), max_length=200, blank=True)
    welcomed_by = models.ForeignKey(
        "taskforce.Decision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="welcomed_terms",
        verbose_name=_("welcomed by"),
        help_text=_("The decision that named or welcomed the holder, if it is known."),
    )
    note = NoteField(_("note"), blank=True)

    objects = TermQuerySet.as_manager()

    class Meta(Tenure.Meta, Evidenced.Meta):
        verbose_name = _("term of office")
        verbose_name_plural = _("terms of office")
        ordering: ClassVar = ["office", "from_on", "id"]
        constraints: ClassVar = [
            *Tenure.Meta.constraints,
            *Evidenced.Meta.constraints,
            models.UniqueConstraint(
                fields=["office", "organization", "from_on"],
                nulls_distinct=False,
                name="term_is_listed_once",
                violation_error_message=_("This term is already listed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.person or self.organization}"
