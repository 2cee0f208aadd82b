"""Commitments: what governments and others said on a day that they would do or support."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from actionplan.models.activities import Activity
from actionplan.models.plans import ActionPlan
from actionplan.querysets import CommitmentQuerySet
from taskforce.models import Meeting, Organization, PolicyInstrument
from untfsse.kit.records.dates import PartialDateField, first_day, sort_day
from untfsse.kit.records.fields import LongTextField
from untfsse.kit.records.noun import Noun
from untfsse.kit.records.record import Record
from untfsse.kit.records.search import plain_key, search_column


class Commitment(Record):
    """What somebody committed to on a day, as a source tells it."""

    title = models.CharField(_("title"), max_length=200, help_text=_("What, in our own words."))
    made_by = models.CharField(
        _("made by"),
        max_length=200,
        help_text=_("Who, as the source says it: a growing number of governments."),
    )
    organizations = models.ManyToManyField(
        Organization,
        blank=True,
        related_name="+",
        verbose_name=_("organizations"),
        help_text=_("Those among them that are named."),
    )
    made_on = PartialDateField(_("made on"), blank=False)
    text = LongTextField(_("text"), blank=True, help_text=_("In our own words."))
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made or told at"),
    )
    instrument = models.ForeignKey(
        PolicyInstrument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("serves the instrument"),
    )
    plan = models.ForeignKey(
        ActionPlan,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("serves the plan"),
    )
    activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("serves the activity"),
    )
    made_on_first = first_day("made_on")
    sort_on = sort_day("made_on")
    title_key = plain_key("title")
    search = search_column(
        ["title"], ["made_by"], ["text"], ["note"], days=["made_on"], noun="commitment"
    )

    objects = CommitmentQuerySet.as_manager()

    noun = Noun(
        name="commitment",
        path="commitments",
        place=95,
        date="made_on",
        texts=("text",),
        within="action_plan",
        counted=ngettext_lazy("commitment", "commitments"),
        feed_title=_("Commitments to the social and solidarity economy"),
    )

    class Meta(Record.Meta):
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering: ClassVar = ["-sort_on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["-sort_on", "-id"], name="commitment_by_day"),
            GinIndex(fields=["search"], name="commitment_search"),
            GinIndex(fields=["title_key"], opclasses=["gin_trgm_ops"], name="commitment_like"),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(made_on__isnull=False),
                name="commitment_has_a_day",
                violation_error_message=_("Say on which day it was made."),
            ),
        ]

    def shown_in_lists(self) -> dict[str, str]:
        """Say who made it."""
        return super().shown_in_lists() | {"meta": self.made_by}
