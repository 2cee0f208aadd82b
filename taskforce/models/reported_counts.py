"""How many members or observers an official text counts on a day, beside what the seats give."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from taskforce.choices import SeatCategory
from taskforce.querysets import ReportedCountQuerySet
from untfsse.kit.records.dates import PartialDateField, first_day, sort_day
from untfsse.kit.records.evidence import Evidenced


class ReportedCount(Evidenced):
    """A number of members or of observers, as a source gives it for a day."""

    reported_on = PartialDateField(_("for the day"), blank=False)
    category = models.CharField(_("category"), max_length=10, choices=SeatCategory)
    number = models.PositiveSmallIntegerField(_("number"))
    wording = models.CharField(
        _("wording"),
        max_length=300,
        blank=True,
        help_text=_("What the source counts, in our words."),
    )
    reported_on_first = first_day("reported_on")
    sort_on = sort_day("reported_on")

    objects = ReportedCountQuerySet.as_manager()

    known_by = ("reported_on", "category", "wording")

    class Meta(Evidenced.Meta):
        verbose_name = _("reported count")
        verbose_name_plural = _("reported counts")
        ordering: ClassVar = ["sort_on", "category", "id"]
        constraints: ClassVar = [
            *Evidenced.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(reported_on__isnull=False),
                name="reportedcount_has_a_day",
                violation_error_message=_("Say for which day it is counted."),
            ),
            models.UniqueConstraint(
                fields=["reported_on", "category", "wording"],
                name="reportedcount_is_listed_once",
                violation_error_message=_("This count is already listed."),
            ),
        ]

    def __str__(self) -> str:
        day = self.reported_on.text if self.reported_on else _("date unknown")
        return f"{self.get_category_display()}: {self.number} ({day})"
