"""The seat of an organization on a day, and how sure it is."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from taskforce.choices import SeatCategory
from taskforce.models import Meeting, Seat
from untfsse.kit.records.tenure import Certainty
from untfsse.kit.rest.serializers import ReadField


@extend_schema_field(serializers.ChoiceField(Certainty.choices, allow_null=True))
class CertaintyField(ReadField):
    """The certainty of a row on the day that was asked for; null when none was."""

    def __init__(self, **kwargs: Any) -> None:
        """Read the row itself."""
        super().__init__(**{"allow_null": True, "source": "*", **kwargs})

    def to_representation(self, value: Any) -> str | None:
        """Return the word."""
        is_certain = getattr(value, "is_certain", None)
        return None if is_certain is None else word(is_certain=is_certain)


@extend_schema_serializer(component_name="SeatOnDay")
class SeatOnDaySerializer(serializers.Serializer[Any]):
    """The seat of an organization on one day."""

    category = serializers.ChoiceField(SeatCategory.choices, help_text="Member or observer.")
    certainty = serializers.ChoiceField(
        Certainty.choices, help_text="Possible where a date known only in part leaves it open."
    )


@extend_schema_field(SeatOnDaySerializer)
class SeatOnDayField(ReadField):
    """The seat on the day that was asked for; null when no day was, or no seat was held."""

    def __init__(self, **kwargs: Any) -> None:
        """Read the row itself."""
        super().__init__(**{"allow_null": True, "source": "*", **kwargs})

    def to_representation(self, value: Any) -> dict[str, str] | None:
        """Return the seat that the question found."""
        category = getattr(value, "seat_category", None)
        if category is None:
            return None
        return {"category": category, "certainty": word(is_certain=value.is_seat_certain)}


def word(*, is_certain: bool) -> str:
    """Return the word for a certainty."""
    return str(Certainty.CERTAIN if is_certain else Certainty.POSSIBLE)


def seat_at(seats: Iterable[Seat], meeting: Meeting) -> dict[str, str] | None:
    """Return the seat held at a meeting whose day is perhaps known in part.

    A sure seat hides a possible one; of several possible ones the latest counts.
    """
    days = meeting.possible_days
    if days is None:
        return None
    found = None
    for seat in seats:
        certainty = seat.certainty(*days)
        if certainty == Certainty.CERTAIN:
            return {"category": seat.category, "certainty": certainty.value}
        if certainty:
            found = {"category": seat.category, "certainty": certainty.value}
    return found
