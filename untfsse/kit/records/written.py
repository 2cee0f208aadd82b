"""Written: what readers ask again and again, as SQL that Django writes once in a process.

To write a question takes Django longer than PostgreSQL takes to answer it. For readers with the
same rights it is the same each time but for the values, so its words are kept and the values put
where they stand.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache, wraps
from typing import Any, Self

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils.translation import get_language

from untfsse.kit.records.dates import PartialDate
from untfsse.kit.records.publication import Reader, any_like

type Rows = Any  # querysets, whose questions mypy cannot see
type Ask = Callable[..., Iterable[Rows]]

MOST_WRITTEN = 512
"""Of so many rights, languages and shapes a question is kept; the others are written again."""

PLACE = re.compile("%[%s]")
SIGNS: dict[type, Callable[[int], Any]] = {
    PartialDate: lambda number: PartialDate(1000 + number),
    dt.date: lambda number: dt.date(1000 + number, 1, 1),
    int: lambda number: 31_000 + number,
    str: lambda number: f"sign {number}",
}
"""What stands for a value while a question is written: small enough for any column."""


@dataclass(frozen=True, slots=True)
class Written:
    """A question as SQL, with its values; without SQL nothing can match it."""

    queryset: Rows
    compiler: Any
    sql: str
    values: tuple[Any, ...]
    places: tuple[int, ...] = ()
    """Which of the values that it is asked with stands at each place."""
    is_kept: bool = False

    @classmethod
    def of(cls, queryset: Rows) -> Self:
        """Return a queryset as its compiler writes it."""
        compiler = queryset.query.get_compiler(queryset.db)
        try:
            sql, values = compiler.as_sql()
        except EmptyResultSet:
            sql, values = "", ()
        return cls(queryset, compiler, sql, tuple(values))

    def kept(self, places: Iterable[int | None]) -> Self:
        """Return the question to be asked again with other values at these places.

        What stays the same is written out: a plan that is kept knows it, and so the indexes that
        hold such rows alone.
        """
        compiler = copy(self.compiler)
        if not self.sql:
            return replace(self, compiler=compiler, is_kept=True)
        converters = compiler.get_converters([column for column, *_more in compiler.select])
        compiler.get_converters = lambda _columns: converters
        pairs = list(zip(self.values, places, strict=True))
        signs = (write_out(value) if place is None else "%s" for value, place in pairs)
        asked = [(value, place) for value, place in pairs if place is not None]
        return replace(
            self,
            compiler=compiler,
            sql=PLACE.sub(lambda sign: sign[0] if sign[0] == "%%" else next(signs), self.sql),
            values=tuple(value for value, _place in asked),
            places=tuple(place for _value, place in asked),
            is_kept=True,
        )

    def asked_with(self, given: Sequence[Any]) -> Self:
        """Return the same question with other values; its queryset has no rows yet."""
        compiler = copy(self.compiler)
        compiler.connection = connection
        values = tuple(
            as_there(given[place], old) for old, place in zip(self.values, self.places, strict=True)
        )
        return replace(self, queryset=self.queryset.all(), compiler=compiler, values=values)


def write_out(value: Any) -> str:
    """Return a value as it stands in the words of a question."""
    database: Any = connection
    literal: str = database.ops.compose_sql("%s", [value])
    return literal.replace("%", "%%")


def as_there(value: Any, old: Any) -> Any:
    """Return a value as Django gives it to the database, which may name its type."""
    is_one = isinstance(old, (int, str)) and not isinstance(value, list)
    return type(old)(value) if is_one else value


def written(ask: Ask) -> Callable[..., Sequence[Written]]:
    """Let the questions that a function asks be written once for all readers with the same rights.

    It takes the reader and values: keys, words, days. These go to the database as they are, and
    nothing else decides what is asked but which of them are empty: so the function reads no clock,
    asks the database nothing, and gets a reader without a name (`any_like`).
    """

    @lru_cache(maxsize=MOST_WRITTEN)
    def write(reader: Reader, _language: str | None, shape: tuple[Any, ...]) -> list[Written]:
        return list(compare(*(write_with(ask, reader, shape, start) for start in (0, 500))))

    @wraps(ask)
    def asked(reader: Reader, *values: Any) -> Sequence[Written]:
        shape = tuple(type(value) if value and type(value) in SIGNS else value for value in values)
        return [one.asked_with(values) for one in write(any_like(reader), get_language(), shape)]

    return asked


def write_with(
    ask: Ask, reader: Reader, shape: tuple[Any, ...], start: int
) -> tuple[list[Any], list[Written]]:
    """Return what stands for the values, and the questions with it."""
    signs = [
        SIGNS[kind](start + place) if kind in SIGNS else kind for place, kind in enumerate(shape)
    ]
    return signs, [Written.of(rows) for rows in ask(reader, *signs)]


def compare(
    one: tuple[list[Any], list[Written]], other: tuple[list[Any], list[Written]]
) -> Iterator[Written]:
    """Find by two writings of the same questions where the values stand: there they differ."""
    for first, second in zip(one[1], other[1], strict=True):
        if first.sql != second.sql:
            raise ValueError(f"A value stands in the words of a question: {first.sql}")
        pairs = zip(first.values, second.values, strict=True)
        places = (find(pair, zip(one[0], other[0], strict=True)) for pair in pairs)
        yield first.kept(places)


def find(pair: tuple[Any, Any], signs: Iterator[tuple[Any, Any]]) -> int | None:
    """Return which value stands at a place; None where both writings say the same."""
    if pair[0] == pair[1]:
        return None
    for place, (sign, other) in enumerate(signs):
        if pair in {(sign, other), (str(sign), str(other))}:
            return place
    raise ValueError(f"A value does not go to the database as it is: {pair}")
