"""Tenure: something held from a day until a day, each perhaps known in part."""

import datetime as dt
from typing import ClassVar, Self

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from untfsse.kit.records.characters import Legible
from untfsse.kit.records.dates import InOrder, PartialDateField, first_day
from untfsse.kit.records.publication import VisibleQuerySet


class CertainDays(models.Func):
    """The days on which a tenure surely ran, as a date range (empty when none is sure)."""

    function = "certain_days"
    arity = 3
    output_field: ClassVar = DateRangeField()


class PossibleDays(models.Func):
    """The days on which a tenure may have run, as a date range."""

    function = "possible_days"
    arity = 2
    output_field: ClassVar = DateRangeField()


class Certainty(models.TextChoices):
    """Whether something was held on a day, as far as its dates are known."""

    CERTAIN = "certain", _("Surely")
    POSSIBLE = "possible", _("Possibly")


class TenureQuerySet(VisibleQuerySet):
    """Questions about who held something on a day."""

    def held(self, *, on: dt.date) -> Self:
        """Surely held on that day (both ends inclusive)."""
        return self.filter(certain_days__contains=on)

    def perhaps_held(self, *, on: dt.date) -> Self:
        """Possibly held on that day: an end known in part leaves it open."""
        return self.filter(possible_days__contains=on).exclude(certain_days__contains=on)

    def held_or_perhaps(self, *, on: dt.date) -> Self:
        """Held on that day for sure or possibly; `is_certain` tells which."""
        return self.filter(possible_days__contains=on).annotate(
            is_certain=models.ExpressionWrapper(
                Q(certain_days__contains=on), output_field=models.BooleanField()
            )
        )


class Tenure(Legible):
    """Held from `from_on` until `until_on`, both inclusive.

    No `until_on` means that no end is known. `last_documented_on` is the latest day on which a
    source shows it still held; it is not an end. Without a known beginning nothing is certain
    before the day it was first documented, which is written as "by" that day.
    """

    from_on = PartialDateField(_("from"), help_text=_("The first day. Leave empty if unknown."))
    until_on = PartialDateField(
        _("until"), help_text=_("The last day. Leave empty while no end is known.")
    )
    last_documented_on = PartialDateField(
        _("last documented"),
        help_text=_("The latest day on which a source shows it. This does not end it."),
    )
    from_on_first = first_day("from_on")
    certain_days = models.GeneratedField(
        expression=CertainDays("from_on", "until_on", "last_documented_on"),
        output_field=DateRangeField(),
        db_persist=True,
    )
    possible_days = models.GeneratedField(
        expression=PossibleDays("from_on", "until_on"),
        output_field=DateRangeField(),
        db_persist=True,
    )

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(InOrder(F("from_on"), F("until_on")))
                & Q(InOrder(F("from_on"), F("last_documented_on")))
                & Q(InOrder(F("last_documented_on"), F("until_on"))),
                name="%(class)s_ends_after_it_starts",
                violation_error_message=_(
                    "It ends before it starts, or was documented outside its dates."
                ),
            )
        ]

    def certainty(self, first: dt.date, last: dt.date) -> Certainty | None:
        """Whether it ran on a day that lies between two days (both inclusive); None if not.

        For a day known exactly both are the same. Certain is what holds for each of the days.
        """
        if first in self.certain_days and last in self.certain_days:
            return Certainty.CERTAIN
        days = self.possible_days
        if (
            days.isempty
            or (days.lower and last < days.lower)
            or (days.upper and days.upper <= first)
        ):
            return None
        return Certainty.POSSIBLE
