"""Deliverables, progress reports, and the evidence for both."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from actionplan.choices import ReportState
from actionplan.models.activities import Activity
from actionplan.querysets import (
    ActivityPartQuerySet,
    DeliverablePartQuerySet,
    DeliverableQuerySet,
    ReportPartQuerySet,
)
from taskforce.models import Organization, Proof
from taskforce.querysets import PROOFS, EvidenceManager
from untfsse.kit.pages.on_record import QUIET_DAYS
from untfsse.kit.records.characters import Legible
from untfsse.kit.records.dates import PartialDateField, last_day
from untfsse.kit.records.evidence import Evidenced
from untfsse.kit.records.fields import LongTextField
from untfsse.kit.records.noun import Door


class Deliverable(Evidenced):
    """What an activity is to bring forth."""

    activity = models.ForeignKey(
        Activity,
        on_delete=models.CASCADE,
        related_name="deliverables",
        verbose_name=_("activity"),
    )
    title = models.CharField(_("title"), max_length=200)
    due_on = PartialDateField(_("due on"))
    delivered_on = PartialDateField(_("delivered on"))
    due_on_last = last_day("due_on")

    objects = DeliverableQuerySet.as_manager()

    class Meta(Evidenced.Meta):
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        ordering: ClassVar = ["activity", "due_on", "id"]
        constraints: ClassVar = [
            *Evidenced.Meta.constraints,
            models.UniqueConstraint(
                fields=["activity", "title"],
                name="deliverable_is_listed_once",
                violation_error_message=_("This deliverable is already listed."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DeliverableEvidence(Proof):
    """What shows that a deliverable was delivered."""

    deliverable = models.ForeignKey(Deliverable, on_delete=models.CASCADE, related_name="evidence")

    objects = EvidenceManager.from_queryset(DeliverablePartQuerySet)()

    known_by = ("deliverable", *PROOFS, "url")

    closed: ClassVar = {Door.API: "It stands in its deliverable."}

    class Meta(Proof.Meta):
        verbose_name = _("evidence of delivery")
        verbose_name_plural = _("evidence of delivery")
        ordering: ClassVar = ["id"]


class ProgressReport(Legible):
    """What an organization reports of an activity on a day."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="reports", verbose_name=_("activity")
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("reported by"),
    )
    reported_on = models.DateField(_("reported on"))
    state = models.CharField(_("state"), max_length=12, choices=ReportState)
    narrative = LongTextField(_("narrative"), blank=True)

    objects = ActivityPartQuerySet.as_manager()

    ages: ClassVar = (("reported_on", QUIET_DAYS),)

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering: ClassVar = ["activity", "-reported_on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["activity", "-reported_on", "-id"], name="report_latest_first"),
            models.Index(fields=["-reported_on", "-id"], name="report_by_day"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["activity", "organization", "reported_on"],
                name="progressreport_is_made_once_a_day",
                violation_error_message=_("This organization already reported on that day."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} ({self.reported_on})"


class ReportEvidence(Proof):
    """What supports a progress report."""

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="evidence")

    objects = EvidenceManager.from_queryset(ReportPartQuerySet)()

    known_by = ("report", *PROOFS, "url")

    closed: ClassVar = {Door.API: "It stands in its report."}

    class Meta(Proof.Meta):
        verbose_name = _("evidence of a report")
        verbose_name_plural = _("evidence of reports")
        ordering: ClassVar = ["id"]
