"""Years: what happened in each, as headings of a list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from untfsse.kit.records.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Year:
    """A year with its rows, in the order of the list; None for those of no known day."""

    number: int | None
    rows: list[Any] = field(default_factory=list)


def by_year(rows: Iterable[Any], day_of: Callable[[Any], PartialDate | None]) -> list[Year]:
    """Return rows under their years; they come in the order of their days."""
    years: list[Year] = []
    for row in rows:
        day = day_of(row)
        number = day.year if day else None
        if not years or years[-1].number != number:
            years.append(Year(number))
        years[-1].rows.append(row)
    return years
