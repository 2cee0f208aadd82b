"""How surely something is held on a day, as JSON."""

import datetime as dt
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from taskforce.choices import SeatCategory
from taskforce.models import Attendance
from taskforce.services.standing import standing
from untfsse.kit.records.tenure import Certainty, Tenure
from untfsse.kit.rest.serializers import (
    TENURE,
    PartialDateSerializerField,
    ReadField,
    RowSerializer,
)
from untfsse.kit.rest.shapes import PartialDateSerializer


def certainty_of(row: Tenure, *, today: dt.date) -> str | None:
    """Return the word that the question with a day found, else that of today."""
    return getattr(row, "certainty", None) or row.judge(today, today, today=today)


@extend_schema_field(serializers.ChoiceField(Certainty.choices, allow_null=True))
class CertaintyField(ReadField):
    """How surely a row is held on the day that was asked for, else today; null if it is not."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"allow_null": True, "source": "*", **kwargs})

    def to_representation(self, value: Tenure) -> str | None:
        return certainty_of(value, today=timezone.localdate())


@extend_schema_field(PartialDateSerializer)
class PresumedSinceField(ReadField):
    """When a row that is presumed was last documented; null where it is not presumed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"allow_null": True, "source": "*", **kwargs})

    def to_representation(self, value: Any) -> dict[str, Any] | None:
        today = timezone.localdate()
        if certainty_of(value, today=today) != Certainty.PRESUMED:
            return None
        since = value.presumed_since(today=today)
        return PartialDateSerializerField().to_representation(since) if since else None


class TenureSerializer[M: Any](RowSerializer[M]):
    """Something held over time, with how surely it is."""

    held = TENURE
    certainty = CertaintyField()
    presumed_since = PresumedSinceField()


@extend_schema_serializer(component_name="SeatOnDay")
class SeatOnDaySerializer(serializers.Serializer[Any]):
    """The seat of an organization on one day."""

    category = serializers.ChoiceField(SeatCategory.choices, help_text="Member or observer.")
    certainty = serializers.ChoiceField(
        Certainty.choices,
        help_text=(
            "Certain between documented days or until a known end; presumed after the last "
            "documented day while no end is known; possible where a date known only in part "
            "leaves it open. A day to come is never certain."
        ),
    )


@extend_schema_field(SeatOnDaySerializer)
class SeatOnDayField(ReadField):
    """The seat on the day that was asked for; null when no day was, or no seat was held."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"allow_null": True, "source": "*", **kwargs})

    def to_representation(self, value: Any) -> dict[str, str] | None:
        category = getattr(value, "seat_category", None)
        return category and {"category": category, "certainty": value.seat_certainty}


def seat_at(row: Attendance, *, today: dt.date) -> dict[str, str] | None:
    """Return the seat held at a meeting whose day is perhaps known in part.

    Of several possible ones the latest counts.
    """
    days = row.meeting.possible_days
    held = days and standing(row.organization.seats.all(), *days, today=today)
    if not held or held.certainty is None:
        return None
    return {"category": held.seats[-1].category, "certainty": held.certainty.value}
