"""The questions of organizations, their seats, and who holds an office."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.db.models import (
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Concat

from untfsse.kit.records.publication import VISITOR, Reader, VisibleQuerySet
from untfsse.kit.records.tenure import Certainty, TenureQuerySet, certainty_during


class Sureness(Func):
    """The place of a word among those of certainty, which is asked for once a row."""

    function = "array_position"
    output_field: ClassVar = IntegerField()

    def __init__(self, word: Any) -> None:
        super().__init__(Value(Certainty.values), word)


SUREST_FIRST = Sureness("certainty"), "-id"
"""Of seats `held_or_perhaps` the surest and latest first."""


class OrganizationQuerySet(VisibleQuerySet):
    """Questions about organizations."""

    def seated(
        self,
        *,
        on: dt.date,
        today: dt.date,
        category: str | None = None,
        reader: Reader = VISITOR,
    ) -> Self:
        """Holding a seat on that day, or perhaps, by the seats a reader may see.

        Each carries the `seat_category` and the `seat_certainty` of its surest and latest seat.
        Both ends of a seat are inclusive.
        """
        held = self.rows_of("seats").visible_to(reader).held_or_perhaps(on=on, today=today)
        if category:
            held = held.filter(category=category)
        # Found once for all: to ask each organization for its own takes longer the more there are.
        best = held.order_by("organization_id", *SUREST_FIRST).distinct("organization_id")
        return self.filter(seats__in=best.values("pk")).annotate(
            seat_category=F("seats__category"),
            seat_certainty=certainty_during(on, on, today=today, path="seats__"),
        )

    def for_list(self) -> Self:
        """In the order of their names."""
        return self.defer("search").order_by("name_key", "id")

    def by_certainty(self) -> Self:
        """Those `seated` the most surely first; each by name."""
        place = Cast(Sureness("seat_certainty"), TextField())
        key = Concat(place, Value(" "), "name_key", output_field=TextField())
        return self.annotate(seat_key=key).order_by("seat_key", "id")

    def for_citation(self, user: Reader) -> Self:
        """With seats and terms."""
        return self.with_visible(user, "seats", "terms__office", "terms__person")

    def for_detail(self, user: Reader) -> Self:
        """With names, units, seats and terms, and of whom it is made up."""
        return self.prefetch_related("tags").with_visible(
            user,
            "parent",
            "units",
            "names",
            "former_names",
            "identifiers",
            "constituents",
            "seats__admitted_by",
            "seats__ended_by",
            "terms__office",
            "terms__person",
            "terms__welcomed_by",
        )


class OrganizationPartQuerySet(VisibleQuerySet):
    """Parts of an organization's record; seen with it."""

    guards: ClassVar = ("organization",)


class ConstituentQuerySet(TenureQuerySet):
    """Parts of a body; seen with it once they are sure or verified."""

    guards: ClassVar = ("body",)
    evidenced: ClassVar = ("",)


class SeatQuerySet(TenureQuerySet):
    """Questions about seats."""

    guards: ClassVar = ("organization",)
    evidenced: ClassVar = ("",)

    def held_or_perhaps(self, *, on: dt.date, today: dt.date) -> Self:
        """Held on that day; or perhaps, by organizations without a surer seat then."""
        seats = self.model._default_manager.published()
        held = seats.held(on=on).filter(organization=OuterRef("organization"))
        perhaps = Q(certainty=Certainty.POSSIBLE) & Exists(held)
        return super().held_or_perhaps(on=on, today=today).exclude(perhaps)


class ReportedCountQuerySet(VisibleQuerySet):
    """Questions about reported counts; seen once they are sure or verified."""

    guards: ClassVar = ()
    evidenced: ClassVar = ("",)

    def latest_of_each(self) -> Self:
        """The latest count of members, and that of observers."""
        return self.order_by("category", "-sort_on", "-id").distinct("category")


class PersonQuerySet(VisibleQuerySet):
    """Questions about people."""


class OfficeQuerySet(VisibleQuerySet):
    """Questions about offices; the list of offices is public."""

    guards: ClassVar = ()


class TermQuerySet(TenureQuerySet):
    """Questions about terms of office."""

    guards: ClassVar = ("organization",)
    evidenced: ClassVar = ("",)
