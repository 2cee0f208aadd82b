"""Writing: the SQL of a search, which takes Django longer than PostgreSQL takes to answer it.

For visitors it is written once, with signs where stands what is asked.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, ClassVar, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery
from django.db import connection, models
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from untfsse.kit.records.publication import VISITOR, Reader
from untfsse.kit.records.search import SearchTerms, SearchWords, WrittenQuery
from untfsse.search.reading import Reading

# What is asked is worked out once a statement: all rows are put to the same.
TERMS = WrittenQuery("(SELECT terms FROM asked)")
NAME = WrittenQuery("(SELECT name FROM asked)")
REST = WrittenQuery("(SELECT search_some(rest, cardinality(rest)) FROM asked)")
SOME_OF_REST = WrittenQuery("(SELECT search_some(rest, (cardinality(rest) + 1) / 2) FROM asked)")
PARTS = RawSQL("(SELECT parts FROM asked)", [], models.TextField())
HOW_MANY = RawSQL("(SELECT cardinality(parts) FROM asked)", [], models.IntegerField())
WORDS = """
  SELECT name, parts, rest, search_some(parts, CASE WHEN %s
    THEN (cardinality(parts) + 1) / 2 ELSE cardinality(parts) END) || name AS terms
  FROM (SELECT search_word('=' || %s), search_parts(%s::jsonb), search_parts(%s::jsonb)
  ) AS read(name, parts, rest)
"""
EXACT = """
  SELECT search_word('=' || %s) AS name, ARRAY[terms] AS parts, '{}'::tsquery[] AS rest, terms
  FROM search_query(%s) AS terms
"""


class Asked(NamedTuple):
    """What is asked: a text, its slug ("" when it can be none), the numbers of records, and the
    number of a place in a record with the kinds it may be of; and to what the rows are narrowed."""

    text: str
    slug: str = ""
    records: list[int] = []
    number: str = ""
    names: list[str] = []
    goals: list[int] = []
    topic: str = ""
    organization: str = ""


SIGNS = Asked("\ue000", "\ue001", [-1], "\ue002", ["\ue003"], [-2], "\ue004", "\ue005")

type Question = Callable[[str, Asked, Reader], QuerySet[Any]]
type Put = tuple[Question, str, Asked]
type Statement = tuple[str, Sequence[Any]]


class IsOneOf(models.Func):
    """Whether a column is in an array: the same words, however many there are."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field: ClassVar = models.BooleanField()

    def __init__(self, name: str, values: list[Any], field: Any) -> None:
        super().__init__(name, models.Value(values, output_field=ArrayField(field)))


def write(question: Question, kind: str, asked: Asked, user: Reader) -> Statement:
    """Return what is asked of a noun as SQL with its values."""
    if user.is_authenticated:
        return question(kind, asked, user).query.sql_with_params()
    sql, values = write_once(question, kind, tuple(map(bool, asked)))
    return sql, [asked[SIGNS.index(value)] if value in SIGNS else value for value in values]


@cache
def write_once(question: Question, kind: str, given: tuple[bool, ...]) -> Statement:
    """Return the SQL for all visitors, with signs for the values that are given."""
    signs: list[Any] = [
        sign if is_given else nothing
        for sign, is_given, nothing in zip(SIGNS, given, Asked(""), strict=True)
    ]
    return question(kind, Asked(*signs), VISITOR).query.sql_with_params()


def join(questions: Iterable[Put], user: Reader) -> Statement:
    """Return the rows of several nouns, by what is asked of each, as one statement."""
    written = [write(question, kind, asked, user) for question, kind, asked in questions]
    rows = " UNION ALL ".join(f"({sql})" for sql, _values in written)
    return rows, [value for _sql, values in written for value in values]


def asking(reading: Reading, rows: Statement, *, most: bool = False) -> Statement:
    """Return the beginning of a statement: what is asked, and the rows that are put to it."""
    sql: str = EXACT
    values: list[Any] = [reading.text, reading.text]
    if not reading.is_exact:
        sql = WORDS
        values = [most, reading.text, json.dumps(reading.words), json.dumps(reading.rest)]
    return f"WITH asked AS MATERIALIZED ({sql}), hits AS ({rows[0]})", [*values, *rows[1]]


def terms_of(reading: Reading) -> SearchQuery:
    """Return what is asked, for a query that stands alone."""
    if reading.is_exact:
        return SearchTerms(reading.text)
    return SearchWords(json.dumps(reading.words), reading.text)


def fetch(sql: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the rows of a statement by the names of its columns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
