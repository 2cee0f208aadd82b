"""Writing: the SQL of a search, which takes Django longer than PostgreSQL takes to answer it.

For visitors it is written once, with signs where stands what is asked.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, ClassVar, Literal, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery
from django.db import connection, models
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from untfsse.kit.records.publication import VISITOR, Reader
from untfsse.kit.records.search import SearchTerms, SearchWords, WrittenQuery
from untfsse.search.reading import Reading

WORDS = """
  SELECT
    (search_some(
      parts, CASE %s WHEN 'all' THEN number WHEN 'most' THEN (number + 1) / 2 ELSE 1 END
    ) || name)::text,
    name::text, parts::text, number, parts::text[],
    search_some(rest, cardinality(rest))::text,
    search_some(rest, (cardinality(rest) + 1) / 2)::text,
    search_some(parts, (number + 1) / 2)::text, search_some(parts, number)::text
  FROM (SELECT search_word('=' || %s), search_parts(%s::jsonb), search_parts(%s::jsonb)
  ) AS read(name, parts, rest), LATERAL (SELECT cardinality(parts)) AS counted(number)
"""
EXACT = """
  SELECT terms::text, search_word('=' || %s)::text, ARRAY[terms]::text, 1, '{}'::text[], '', '', '',
    terms::text
  FROM search_query(%s) AS terms
"""


class Meant(NamedTuple):
    """What a text means to the database, worked out once, as text that it reads again.

    `terms` filter, `parts` are the terms of each word, `rest` and `some_of_rest` find the record
    that holds a place. As constants, they let the planner know how rare they are.
    """

    terms: str
    name: str
    parts: str
    number: int | str
    words: list[str]
    rest: str
    some_of_rest: str
    some: str
    every: str


STANDING = Meant(
    "\ue010", "\ue011", "\ue012", "\ue013", ["\ue016"], "\ue014", "\ue015", "\ue017", "\ue018"
)
"""Signs that stand in written SQL for what is meant."""
TERMS = WrittenQuery("%s::tsquery", STANDING.terms)
NAME = WrittenQuery("%s::tsquery", STANDING.name)
REST = WrittenQuery("%s::tsquery", STANDING.rest)
SOME_OF_REST = WrittenQuery("%s::tsquery", STANDING.some_of_rest)
EVERY = WrittenQuery("%s::tsquery", STANDING.every)
SOME = WrittenQuery("%s::tsquery", STANDING.some)
PARTS = RawSQL("%s::tsquery[]", [STANDING.parts], models.TextField())
HOW_MANY = RawSQL("%s::int", [STANDING.number], models.IntegerField())


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


def join(questions: Iterable[Put], user: Reader, meant: Meant = STANDING) -> Statement:
    """Return the rows of several nouns, by what is asked of each, as one statement."""
    written = [write(question, kind, asked, user) for question, kind, asked in questions]
    rows = " UNION ALL ".join(f"({sql})" for sql, _values in written)
    given = [value for _sql, values in written for value in values]
    return rows, [meant[STANDING.index(each)] if each in STANDING else each for each in given]


def mean(reading: Reading, share: Literal["all", "most", "any"] = "all") -> Meant:
    """Return what a text means: all of its words, most of them, or any."""
    sql: str = EXACT
    values: list[Any] = [reading.text, reading.text]
    if not reading.is_exact:
        sql = WORDS
        values = [share, reading.text, json.dumps(reading.words), json.dumps(reading.rest)]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return Meant(*cursor.fetchone() or STANDING)


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
