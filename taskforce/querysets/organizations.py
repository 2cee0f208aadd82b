"""The questions of organizations, their seats, and who holds an office."""

import datetime as dt
from typing import ClassVar, Self

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Concat

from untfsse.kit.records.publication import VISITOR, Reader, VisibleQuerySet
from untfsse.kit.records.tenure import TenureQuerySet


class OrganizationQuerySet(VisibleQuerySet):
    """Questions about organizations."""

    def seated(self, *, on: dt.date, category: str | None = None, reader: Reader = VISITOR) -> Self:
        """Holding a seat on that day, for sure or possibly, by the seats a reader may see.

        Each carries `seat_category` and `is_seat_certain`: false where a date known only in
        part leaves it open. Both ends of a seat are inclusive.
        """
        held = (
            self.rows_of("seats")
            .visible_to(reader)
            .held_or_perhaps(on=on)
            .filter(organization=OuterRef("pk"))
        )
        if category:
            held = held.filter(category=category)
        best = held.order_by("-is_certain", "-id")
        return self.annotate(
            seat_category=Subquery(best.values("category")[:1]),
            is_seat_certain=Exists(held.filter(is_certain=True)),
        ).filter(Exists(held))

    def for_list(self) -> Self:
        """In the order of their names."""
        return self.defer("search").order_by("name_key", "id")

    def by_certainty(self) -> Self:
        """Those `seated` for sure first, then the possible ones; each by name."""
        place = Case(When(is_seat_certain=True, then=Value("1 ")), default=Value("2 "))
        key = Concat(place, "name_key", output_field=TextField())
        return self.annotate(seat_key=key).order_by("seat_key", "id")

    def for_detail(self, user: Reader) -> Self:
        """With names, units, seats and terms."""
        return self.prefetch_related("tags").with_visible(
            user,
            "parent",
            "units",
            "former_names",
            "identifiers",
            "seats__admitted_by",
            "seats__ended_by",
            "terms__office",
            "terms__person",
            "terms__welcomed_by",
        )


class OrganizationPartQuerySet(VisibleQuerySet):
    """Parts of an organization's record; seen with it."""

    guards: ClassVar = ("organization",)


class SeatQuerySet(TenureQuerySet):
    """Questions about seats."""

    guards: ClassVar = ("organization",)
    evidenced: ClassVar = ("",)

    def held_or_perhaps(self, *, on: dt.date) -> Self:
        """Held on that day for sure; or possibly, by organizations without a sure seat then."""
        seats = self.model._default_manager.published()
        sure = seats.held(on=on).filter(organization=OuterRef("organization"))
        return super().held_or_perhaps(on=on).filter(Q(is_certain=True) | ~Exists(sure))

    def held_during(self, first: dt.date, last: dt.date) -> Self:
        """Held on some day from first to last; `is_certain` when surely on all of them."""
        days = DateRange(first, last, "[]")
        return self.filter(possible_days__overlap=days).annotate(
            is_certain=ExpressionWrapper(
                Q(certain_days__contains=days), output_field=BooleanField()
            )
        )


class PersonQuerySet(VisibleQuerySet):
    """Questions about people."""


class OfficeQuerySet(VisibleQuerySet):
    """Questions about offices; the list of offices is public."""

    guards: ClassVar = ()


class TermQuerySet(TenureQuerySet):
    """Questions about terms of office."""

    guards: ClassVar = ("organization",)
    evidenced: ClassVar = ("",)
