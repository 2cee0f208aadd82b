"""Names in the languages of the United Nations: of organizations, and titles of instruments."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from taskforce.choices import UnLanguage
from taskforce.models.instruments import PolicyInstrument
from taskforce.models.organizations import Organization
from taskforce.querysets import OrganizationPartQuerySet, ProvisionQuerySet
from untfsse.kit.records.characters import Legible
from untfsse.kit.records.noun import Door
from untfsse.kit.records.search import search_column


class NameInLanguage(Legible):
    """What something is called in a language, with where it stands so."""

    language = models.CharField(_("language"), max_length=2, choices=UnLanguage)
    name = models.CharField(_("name"), max_length=400)
    source = models.CharField(
        _("source"), max_length=200, help_text=_("Where it stands so, such as A/RES/77/281.")
    )
    source_url = models.URLField(_("link to the source"), max_length=500, blank=True)
    search = search_column(["name"], ["name"])

    class Meta:
        abstract = True
        indexes: ClassVar = [GinIndex(fields=["search"], name="%(class)s_search")]

    def __str__(self) -> str:
        return self.name


class OrganizationName(NameInLanguage):
    """A name of an organization in a language."""

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="names", verbose_name=_("organization")
    )

    objects = OrganizationPartQuerySet.as_manager()

    closed: ClassVar = {Door.API: "It stands in its organization."}

    class Meta(NameInLanguage.Meta):
        verbose_name = _("name in a language")
        verbose_name_plural = _("names in languages")
        ordering: ClassVar = ["organization", "language", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "language", "name"],
                name="organizationname_is_listed_once",
                violation_error_message=_("This name is already listed in this language."),
            )
        ]


class InstrumentTitle(NameInLanguage):
    """The official title of an instrument in a language."""

    instrument = models.ForeignKey(
        PolicyInstrument,
        on_delete=models.CASCADE,
        related_name="titles",
        verbose_name=_("instrument"),
    )

    objects = ProvisionQuerySet.as_manager()

    closed: ClassVar = {Door.API: "It stands in its instrument."}

    class Meta(NameInLanguage.Meta):
        verbose_name = _("title in a language")
        verbose_name_plural = _("titles in languages")
        ordering: ClassVar = ["instrument", "language"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instrument", "language"],
                name="instrumenttitle_is_one_in_a_language",
                violation_error_message=_("The title in this language is already listed."),
            )
        ]
