"""Writing: the SQL of a search, which takes Django longer than PostgreSQL takes to answer it.

For visitors it is written once, with signs where stands what is asked.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, ClassVar, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import QuerySet

from untfsse.kit.records.publication import VISITOR, Reader


class Asked(NamedTuple):
    """What is asked: a text, its slug ("" when it can be none), and the numbers of records."""

    text: str
    slug: str = ""
    records: list[int] = []


SIGNS = Asked("\ue000", "\ue001", [-1])

type Question = Callable[[str, Asked, Reader], QuerySet[Any]]
type Statement = tuple[str, Sequence[Any]]


class IsOneOf(models.Func):
    """Whether a number is in an array: the same words, however many there are."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field: ClassVar = models.BooleanField()

    def __init__(self, name: str, numbers: list[int]) -> None:
        numbers_field = ArrayField(models.BigIntegerField())
        super().__init__(name, models.Value(numbers, output_field=numbers_field))


def write(question: Question, kind: str, asked: Asked, user: Reader) -> Statement:
    """Return what is asked of a noun as SQL with its values."""
    if user.is_authenticated:
        return question(kind, asked, user).query.sql_with_params()
    sql, values = write_once(question, kind, has_slug=bool(asked.slug))
    return sql, [asked[SIGNS.index(value)] if value in SIGNS else value for value in values]


@cache
def write_once(question: Question, kind: str, *, has_slug: bool) -> Statement:
    """Return the SQL for all visitors, with signs for values."""
    signs = SIGNS if has_slug else SIGNS._replace(slug="")
    return question(kind, signs, VISITOR).query.sql_with_params()


def join(question: Question, asked: dict[str, Asked], user: Reader) -> Statement:
    """Return the rows of several nouns, by what is asked of each, as one statement."""
    written = [write(question, kind, each, user) for kind, each in asked.items()]
    rows = " UNION ALL ".join(f"({sql})" for sql, _values in written)
    return rows, [value for _sql, values in written for value in values]


def fetch(sql: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the rows of a statement by the names of its columns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
