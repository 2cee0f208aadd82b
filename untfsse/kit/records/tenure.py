"""Tenure: something held from a day until a day, each perhaps known in part."""

import dataclasses
import datetime as dt
from typing import ClassVar, Self

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from untfsse.kit.records.characters import Legible
from untfsse.kit.records.dates import InOrder, PartialDate, PartialDateField, first_day
from untfsse.kit.records.publication import VisibleQuerySet


class CertainDays(models.Func):
    """The days on which a tenure surely ran, as a date range (empty when none is sure).

    From the first day for which there is proof until the last one, or until a known end.
    """

    function = "certain_days"
    arity = 3
    output_field: ClassVar = DateRangeField()


class HeldDays(models.Func):
    """The certain days, and all days after them while no end is known, as a date range."""

    function = "held_days"
    arity = 3
    output_field: ClassVar = DateRangeField()


class PossibleDays(models.Func):
    """The days on which a tenure may have run, as a date range."""

    function = "possible_days"
    arity = 2
    output_field: ClassVar = DateRangeField()


class Certainty(models.TextChoices):
    """Whether something was held on a day, as far as its dates are known; the surest first.

    Presumed is what was documented earlier and of which no end is known, and what is to come.
    """

    CERTAIN = "certain", _("Certain")
    PRESUMED = "presumed", _("Presumed")
    POSSIBLE = "possible", _("Possible")


def grounds(last: dt.date, *, today: dt.date) -> dict[Certainty, str]:
    """Return the column that holds the days of each word up to a day, the surest first.

    This is the rule of the words, which the question to the database and the record itself
    both read: the first column that holds all the days says the word, and what is left of
    the possible is possible. A day to come is never certain.
    """
    sure = {} if last > today else {Certainty.CERTAIN: "certain_days"}
    return {**sure, Certainty.PRESUMED: "held_days"}


def certainty_during(
    first: dt.date, last: dt.date, *, today: dt.date, path: str = ""
) -> models.Case:
    """Return how surely something was held that may have been between two days, both inclusive.

    `path` leads to it, with its underscores.
    """
    days = DateRange(first, last, "[]")
    words = [
        models.When(**{f"{path}{column}__contains": days}, then=models.Value(word.value))
        for word, column in grounds(last, today=today).items()
    ]
    possible = models.Value(Certainty.POSSIBLE.value)
    return models.Case(*words, default=possible, output_field=models.CharField())


class TenureQuerySet(VisibleQuerySet):
    """Questions about who held something on a day."""

    def held(self, *, on: dt.date) -> Self:
        """Held on that day for certain or presumably (both ends inclusive)."""
        return self.filter(held_days__contains=on)

    def held_during(self, first: dt.date, last: dt.date, *, today: dt.date) -> Self:
        """Held between two days (both inclusive), or perhaps; `certainty` tells how surely."""
        word = certainty_during(first, last, today=today)
        days = DateRange(first, last, "[]")
        return self.filter(possible_days__overlap=days).annotate(certainty=word)

    def held_or_perhaps(self, *, on: dt.date, today: dt.date) -> Self:
        """Held on that day, or perhaps; `certainty` tells how surely."""
        return self.held_during(on, on, today=today)


class Tenure(Legible):
    """Held from `from_on` until `until_on`, both inclusive.

    No `until_on` means that no end is known. `last_documented_on` is the latest day on which a
    source shows it still held; it is not an end: after it the tenure is presumed to go on.
    Without a known beginning nothing is certain before the day it was first documented, which
    is written as "by" that day.
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
    held_days = models.GeneratedField(
        expression=HeldDays("from_on", "until_on", "last_documented_on"),
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

    @property
    def anchor(self) -> str:
        """Its place on a page."""
        return f"{self._meta.model_name}-{self.public_id}"

    def judge(self, first: dt.date, last: dt.date, *, today: dt.date) -> Certainty | None:
        """Return how surely it was held between two days (both inclusive); None if it was not.

        Between them lies the day that is meant; for a day known exactly both are the same.
        Certain and presumed is what holds for each of the days.
        """
        for word, column in grounds(last, today=today).items():
            days = getattr(self, column)
            if first in days and last in days:
                return word
        days = self.possible_days
        is_outside = days.isempty or (
            (days.lower and last < days.lower) or (days.upper and days.upper <= first)
        )
        return None if is_outside else Certainty.POSSIBLE

    def presumed_since(self, *, today: dt.date) -> PartialDate | None:
        """Return when it was last documented, since when it is presumed; None if never.

        What has a known end is presumed only for the days to come.
        """
        if self.until_on is not None:
            return PartialDate.of(today)
        known: PartialDate | None = self.last_documented_on or self.from_on
        return known and dataclasses.replace(known, is_by=False)
