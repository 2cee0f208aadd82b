"""Of whom a body is made up: the groups of a conference, the members of a committee."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from taskforce.models.organizations import Organization
from taskforce.querysets import ConstituentQuerySet
from untfsse.kit.records.evidence import Evidenced
from untfsse.kit.records.noun import Door
from untfsse.kit.records.tenure import Tenure


class Constituent(Tenure, Evidenced):
    """A part of a body over time, with how many there are as far as a source counts them."""

    body = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="constituents", verbose_name=_("body")
    )
    label = models.CharField(
        _("who"), max_length=120, help_text=_("Governments, member States, members …")
    )
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    wording = models.CharField(
        _("wording"), max_length=300, blank=True, help_text=_("What the source says, in our words.")
    )

    objects = ConstituentQuerySet.as_manager()

    known_by = ("body", "label", "from_on")

    closed: ClassVar = {Door.API: "It stands in its organization."}

    class Meta(Tenure.Meta, Evidenced.Meta):
        verbose_name = _("part of a body")
        verbose_name_plural = _("parts of bodies")
        ordering: ClassVar = ["body", "id"]
        constraints: ClassVar = [
            *Tenure.Meta.constraints,
            *Evidenced.Meta.constraints,
            models.UniqueConstraint(
                fields=["body", "label", "from_on"],
                nulls_distinct=False,
                name="constituent_is_listed_once",
                violation_error_message=_("This part is already listed from that day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.label}"
