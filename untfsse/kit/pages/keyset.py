"""Keyset: pages that begin behind the values of a row, so that rows which come or go move none.

A cursor holds the value of each field of the order, the last of them unique. It tells nothing but
where a row stood that was shown, and still works when that row has gone.
"""

import datetime as dt
import json
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar
from zlib import crc32

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.expressions import Col, OrderBy
from django.db.models.lookups import GreaterThan, LessThan
from django.db.models.sql.constants import LOUTER
from django.utils.timezone import is_naive
from django.utils.translation import get_language

from untfsse.kit.records.publication import Reader, any_like
from untfsse.kit.records.together import fetch_together
from untfsse.kit.records.written import Written

VERSION = 1
MOST_LETTERS = 3_000
"""Of a cursor. The longest name takes some 1,200; the server reads addresses of 4,094."""
MOST_NUMBER = 2**63
SIZE = 2_147_480_011
"""Stands for the size of a page while a question is written."""

type Listed = Callable[[Reader], QuerySet[Any]]
"""What gives the rows of a list for a reader, in their order: a function that stays."""


class CursorError(ValueError):
    """A text that is no cursor of this queryset."""


@dataclass(frozen=True, slots=True)
class KeysetPage:
    """Some rows in their order, and the cursors of the pages around them; None for no page."""

    rows: list[Any]
    next: str | None
    previous: str | None


def keyset_page(
    queryset: QuerySet[Any], *, size: int, cursor: str = "", after: Sequence[Any] = ()
) -> KeysetPage:
    """Return the page that a cursor names, or that follows some values; else the first.

    The primary key ends the order unless something unique is in it already; `after` has a value
    for each field of that order. Asks once. Raises CursorError.
    """
    keyset = Keyset(queryset)
    is_back, values = keyset.read(cursor) if cursor else (False, after)
    rows = keyset.rows.reverse() if is_back else keyset.rows
    if values:
        rows = rows.filter(keyset.beyond(values, is_back=is_back))
    found = list(rows[: size + 1])
    is_cut, has_left = len(found) > size, bool(values)
    del found[size:]
    if is_back:
        found.reverse()
    has_next, has_previous = (has_left, is_cut) if is_back else (is_cut, has_left)
    return KeysetPage(
        found,
        keyset.write(found[-1:], is_back=False) if has_next else None,
        keyset.write(found[:1], is_back=True) if has_previous else None,
    )


def first_page(listed: Listed, user: Reader, *, size: int) -> KeysetPage:
    """Return the first page of what a reader sees of a list; its question is written once."""
    keyset, question = write_list(listed, any_like(user), get_language())
    [rows] = fetch_together(question.asked_with([size + 1]))
    found: list[Any] = list(rows)
    is_cut = len(found) > size
    del found[size:]
    return KeysetPage(found, keyset.write(found[-1:], is_back=False) if is_cut else None, None)


def rows_of(listed: Listed, user: Reader) -> QuerySet[Any]:
    """Return what a reader sees of a list, made when its question was written, never its rows."""
    return write_list(listed, any_like(user), get_language())[0].rows.all()


@lru_cache(maxsize=512)
def write_list(listed: Listed, reader: Reader, _language: str | None) -> tuple["Keyset", Written]:
    """Return how a reader's list is ordered, and the question for so many of its first rows."""
    keyset = Keyset(listed(reader))
    one = Written.of(keyset.rows[:SIZE])
    bare = one.sql.removesuffix(str(SIZE))
    if one.sql and bare == one.sql:
        raise ValueError(f"A list does not end with its size: {one.sql}")
    places = (None for _value in one.values)
    question = replace(one, sql=one.sql and f"{bare}%s", values=(*one.values, SIZE))
    return keyset, question.kept([*places, 0])


class Keyset:
    """A queryset in an order without equals: what lies beyond a row, and the row's cursor."""

    def __init__(self, queryset: QuerySet[Any]) -> None:
        terms = whole_order(queryset)
        columns = {f"keyset_{place}": term.expression for place, term in enumerate(terms)}
        rows: QuerySet[Any] = queryset.annotate(**columns)
        pairs = zip(columns, terms, strict=True)
        self.keys = [Key(name, term, rows.query) for name, term in pairs]
        self.rows = rows.order_by(*(key.term for key in self.keys))
        told = [queryset.model._meta.label, *((name_of(term), term.descending) for term in terms)]
        self.mark = crc32(repr(told).encode())

    def beyond(self, values: Sequence[Any], *, is_back: bool) -> Q:
        """Return the rule for the rows after those values, or before them."""
        steps = [
            (key.rule(value, is_back=is_back, or_equal=True), key.rule(value, is_back=is_back))
            for key, value in zip(self.keys, values, strict=True)
        ]
        if len(steps) > 1 and self.is_row:
            names = Row(*(F(key.name) for key in self.keys))
            place = Row(*map(Value, values, (key.field for key in self.keys)))
            is_less = self.keys[0].is_falling is not is_back
            # The first field by itself as well: no index holds fields of two tables.
            return steps[0][0] & Q(LessThan(names, place) if is_less else GreaterThan(names, place))
        *others, (_at_least, rule) = steps
        for at_least, beyond in reversed(others):
            rule = at_least & (beyond | rule)
        return rule

    @property
    def is_row(self) -> bool:
        """Whether all fields can be compared as one: none is ever null, all rise or all fall."""
        is_one_way = len({key.is_falling for key in self.keys}) == 1
        return is_one_way and not any(key.is_nullable for key in self.keys)

    def write(self, rows: list[Any], *, is_back: bool) -> str:
        """Return the cursor that goes on, or back, from a row; from an end of the list without."""
        values = [key.write(getattr(row, key.name)) for row in rows for key in self.keys]
        told = json.dumps([VERSION, self.mark, is_back, values], default=str, ensure_ascii=False)
        return urlsafe_b64encode(told.encode()).decode().rstrip("=")

    def read(self, cursor: str) -> tuple[bool, list[Any]]:
        """Return whether a cursor goes back, and the values it holds. Raises CursorError."""
        try:
            if len(cursor) > MOST_LETTERS:
                raise CursorError
            padded = cursor + "=" * (-len(cursor) % 4)
            version, mark, is_back, told = json.loads(b64decode(padded, b"-_", validate=True))
            if (version, mark) != (VERSION, self.mark):
                raise CursorError
            pairs = zip(self.keys, told, strict=True) if told else ()
            return bool(is_back), [key.read(value) for key, value in pairs]
        except (ValueError, TypeError, OverflowError, RecursionError, ValidationError):
            raise CursorError(cursor[:80]) from None


class Key:
    """One field of an order."""

    def __init__(self, name: str, term: OrderBy, query: Any) -> None:
        self.name = name
        self.is_falling = term.descending
        self.is_null_first = bool(term.nulls_first or (term.descending and not term.nulls_last))
        self.term = OrderBy(F(name), term.descending, term.nulls_first, term.nulls_last)
        column = query.annotations[name]
        field: Any = getattr(column.output_field, "output_field", column.output_field)
        self.field: Any = getattr(field, "target_field", field)
        self.is_nullable = (
            not isinstance(column, Col)
            or field.null
            or query.alias_map[column.alias].join_type == LOUTER
        )

    def rule(self, value: Any, *, is_back: bool, or_equal: bool = False) -> Q:
        """Return the rule for what lies beyond a value; an empty one for nothing.

        With `or_equal` also for the value itself; an empty one is for all then.
        """
        null = Q((f"{self.name}__isnull", True))
        is_null_last = self.is_null_first is is_back
        if value is None and or_equal:
            return null if is_null_last else Q()
        if value is None:
            return Q() if is_null_last else ~null
        word = ("lt" if self.is_falling is not is_back else "gt") + ("e" if or_equal else "")
        rule = Q((f"{self.name}__{word}", value))
        return rule | null if is_null_last and self.is_nullable else rule

    def write(self, value: Any) -> Any:
        """Return a value as a cursor holds it."""
        return self.field.get_prep_value(value)

    def read(self, told: Any) -> Any:
        """Return a value that a cursor held, fit for the database; raises if it is not."""
        if told is None and self.is_nullable:
            return None
        if not isinstance(told, (str, int, float)) or "\0" in str(told).encode().decode():
            raise CursorError
        value = self.field.to_python(told)
        is_moment = isinstance(value, dt.datetime)
        if value is None or (is_moment and is_naive(value)):
            raise CursorError
        if isinstance(value, int) and abs(value) >= MOST_NUMBER:
            raise CursorError
        return value


class Row(Func):
    """Several columns, compared as one."""

    function = "ROW"
    output_field: ClassVar = BooleanField()


def whole_order(queryset: QuerySet[Any]) -> list[OrderBy]:
    """Return the order up to its first unique field; without one the primary key ends it."""
    model: Any = queryset.model
    unique = {"pk", *(each.name for each in model._meta.fields if each.unique and not each.null)}
    terms: list[OrderBy] = []
    for each in queryset.query.order_by or model._meta.ordering:
        terms.append(term_of(each))
        if name_of(terms[-1]) in unique:
            return terms
    return [*terms, OrderBy(F("pk"), bool(terms) and terms[-1].descending)]


def term_of(each: Any) -> OrderBy:
    """Return a step of an order as an expression."""
    if isinstance(each, str):
        return OrderBy(F(each.lstrip("-")), each.startswith("-"))
    return each if isinstance(each, OrderBy) else OrderBy(each)


def name_of(term: OrderBy) -> str:
    """Return by what a term orders, the same in every process."""
    return str(getattr(term.expression, "name", type(term.expression).__name__))
