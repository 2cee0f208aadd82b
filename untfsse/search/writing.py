"""Writing: the SQL of a search, which takes Django longer than PostgreSQL takes to answer it.

For visitors it is written once, with signs where stands what is asked.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar, Literal, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery
from django.db import connection, models
from django.db.models import QuerySet

from untfsse.kit.records.prepared import keeps_plans, numbering, preparing
from untfsse.kit.records.publication import Reader, any_like
from untfsse.kit.records.search import SearchTerms, SearchWords, WrittenQuery
from untfsse.kit.records.written import PLACE
from untfsse.search.reading import Reading

TITLED = r"regexp_replace(({})::text, '(''(?:[^'']|'''')*''):?(\*?)', '\1:\2AB', 'g')"
"""Terms as a title holds them: each where a title or a name has it."""
WORDS = f"""
  SELECT
    (search_some(
      parts, CASE share WHEN 'all' THEN number WHEN 'most' THEN (number + 1) / 2 ELSE 1 END
    ) || name)::text,
    name::text, parts::text, number, parts::text[],
    search_some(rest, cardinality(rest))::text,
    search_some(rest, (cardinality(rest) + 1) / 2)::text,
    search_some(parts, (number + 1) / 2)::text,
    {TITLED.format("search_some(parts, number) || name")}
  FROM (SELECT search_word('=' || %s), search_parts(%s::jsonb), search_parts(%s::jsonb)
  ) AS read(name, parts, rest), LATERAL (SELECT cardinality(parts)) AS counted(number),
  unnest(ARRAY['all', 'most', 'any']) WITH ORDINALITY AS shares(share, place) ORDER BY place
"""  # noqa: S608 - its words are ours
EXACT = f"""
  SELECT terms::text, search_word('=' || %s)::text, ARRAY[terms]::text, 1, '{{}}'::text[], '', '',
    '', {TITLED.format("terms")}
  FROM search_query(%s) AS terms
"""  # noqa: S608 - its words are ours
type Share = Literal["all", "most", "any"]
SHARES: tuple[Share, ...] = ("all", "most", "any")
"""How many of the words, as `WORDS` gives them."""
MOST_WRITTEN, MOST_MEANT = 100, 200
NOBODY = [0]
"""The number of no record."""
MEANT, FRAME = "meant", "frame"


class Meant(NamedTuple):
    """What a text means to the database, worked out once, as text that it reads again.

    `terms` filter, `parts` are the terms of each word, `rest` and `some_of_rest` find the record
    that holds a place, `titled` are all words in a title. As constants, they let the planner know
    how rare they are.
    """

    terms: str
    name: str
    parts: str
    number: int | str
    words: list[str]
    rest: str
    some_of_rest: str
    some: str
    titled: str


STANDING = Meant(
    "\ue010",
    "\ue011",
    "\ue012",
    "\ue013",
    ["\ue016"],
    "\ue014",
    "\ue015",
    "\ue017",
    "\ue018",
)
"""Signs that stand in written SQL for what is meant."""
TERMS = WrittenQuery("%s::tsquery", STANDING.terms)
NAME = WrittenQuery("%s::tsquery", STANDING.name)
REST = WrittenQuery("%s::tsquery", STANDING.rest)
SOME_OF_REST = WrittenQuery("%s::tsquery", STANDING.some_of_rest)
SOME = WrittenQuery("%s::tsquery", STANDING.some)


class Asked(NamedTuple):
    """What is asked: a text, its slug ("" when it can be none), the numbers of records, and the
    number of a place in a record with the kinds it may be of; to what the rows are narrowed; and
    the kinds of `SEARCHED` in which the words are common."""

    text: str
    slug: str = ""
    records: list[int] = []
    number: str = ""
    names: list[str] = []
    goals: list[int] = []
    topic: str = ""
    organization: str = ""
    common: list[str] = []


SIGNS = Asked("\ue000", "\ue001", [-1], "\ue002", ["\ue003"], [-2], "\ue004", "\ue005", ["\ue006"])

type Question = Callable[[str, Asked, Reader], QuerySet[Any]]
type Put = tuple[Question, str, Asked]
type Shape = tuple[Question, str, tuple[bool, ...], int]


class IsOneOf(models.Func):
    """Whether a value is in an array: the same words, however many there are.

    The array is selected, so that a plan for these values seems no better than one for any.
    """

    template = "%(expressions)s)::%(array)s)"
    arg_joiner = " = ANY((SELECT "
    output_field: ClassVar = models.BooleanField()

    def __init__(self, value: Any, values: list[Any], field: Any) -> None:
        arrays = ArrayField(field)
        array = arrays.db_type(connection)
        super().__init__(value, models.Value(values, output_field=arrays), array=array)


@dataclass(slots=True)
class Statement:
    """SQL with `$1` where a value stands, and whose value that is: of what is meant, of the
    frame, or of a question by the number of what it asks."""

    user: Reader
    places: dict[tuple[Any, str], str] = field(default_factory=dict)
    sql: str = ""

    def stand(self, whose: Any, name: str) -> str:
        """Return what stands in the place of a value."""
        return self.places.setdefault((whose, name), f"${len(self.places) + 1}")

    def write(self, shape: Shape) -> str:
        """Return what is asked of a noun."""
        question, kind, given, number = shape
        signs: list[Any] = [
            sign if is_given else nothing
            for sign, is_given, nothing in zip(SIGNS, given, Asked(""), strict=True)
        ]
        sql, values = question(kind, Asked(*signs), self.user).query.sql_with_params()
        left, constants = iter(values), list[Any]()

        def put(found: re.Match[str]) -> str:
            if found[0] == "%%":
                return "%%"
            value = next(left)
            if value in STANDING:
                return self.stand(MEANT, Meant._fields[STANDING.index(value)])
            if value in SIGNS:
                return self.stand(number, Asked._fields[SIGNS.index(value)])
            constants.append(value)
            return "%s"

        told = PLACE.sub(put, sql)
        written: str = connection.ops.compose_sql(told, constants)  # type: ignore[attr-defined]
        return written


def by_kind(records: list[tuple[str, int]]) -> dict[str, list[int]]:
    """Return the numbers of records by their nouns."""
    found: dict[str, list[int]] = {}
    for kind, record in records:
        found.setdefault(kind, []).append(record)
    return found


def asked_of(
    kinds: Iterable[str], records: dict[str, list[int]], user: Reader, text: str = ""
) -> dict[str, Asked]:
    """Return what is asked about some records of these nouns.

    Where plans are kept, all nouns are asked, so that there is one; else those alone that have
    any, since PostgreSQL takes longer to plan it than to answer.
    """
    is_fixed = keeps_plans() and not user.is_authenticated
    asked = kinds if is_fixed else [kind for kind in kinds if kind in records]
    return {kind: Asked(text, records=records.get(kind, NOBODY)) for kind in asked}


def ask(
    frame: str,
    questions: Mapping[str, Sequence[Put]],
    user: Reader,
    meant: Meant = STANDING,
    *,
    is_kept: bool = False,
    **values: Any,
) -> list[dict[str, Any]]:
    """Return the rows of a frame of SQL, by the names of its columns.

    In it stand, by their names, the rows of several nouns by what is asked of each, values, and
    what is meant.
    It is written once; `is_kept` lets PostgreSQL keep its plan for visitors too.
    """
    numbers: dict[int, int] = {}
    given: dict[Any, Any] = {MEANT: meant}
    shapes = []
    for name, put in questions.items():
        of_name = []
        for question, kind, asked in put:
            number = numbers.setdefault(id(asked), len(numbers))
            given[number] = asked
            of_name.append((question, kind, tuple(map(bool, asked)), number))
        shapes.append((name, tuple(of_name)))
    connection.ensure_connection()
    asked_for = frame, tuple(shapes), tuple(values)
    statement = write_statement(*asked_for, any_like(user))
    filled = [
        as_text(values[name] if whose == FRAME else getattr(given[whose], name))
        for whose, name in statement.places
    ]
    with numbering(is_kept=is_kept and not user.is_authenticated) as cursor:
        cursor.execute(statement.sql, filled)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@lru_cache(maxsize=MOST_WRITTEN)
def write_statement(
    frame: str, shapes: Sequence[tuple[str, Sequence[Shape]]], names: Sequence[str], user: Reader
) -> Statement:
    """Return a frame with what stands in it, for all readers with the same rights."""
    statement = Statement(user)
    inside = {name: statement.stand(FRAME, name) for name in names}
    said = [name for name in Meant._fields if f"{{{name}}}" in frame]
    inside |= {name: statement.stand(MEANT, name) for name in said}
    for name, of_name in shapes:
        inside[name] = " UNION ALL ".join(f"({statement.write(shape)})" for shape in of_name)
    statement.sql = frame.format(**inside)
    return statement


def as_text(value: Any) -> str:
    """Return a value as PostgreSQL reads it: of whatever kind, its statement stays one."""
    if not isinstance(value, list):
        return str(value)
    if value and isinstance(value[0], int):
        return f"{{{','.join(map(str, value))}}}"
    quoted = (str(one).replace("\\", r"\\").replace('"', r"\"") for one in value)
    return f"{{{','.join(f'"{one}"' for one in quoted)}}}"


def mean(reading: Reading, share: Share = "all") -> Meant:
    """Return what a text means: all of its words, most of them, or any."""
    if reading.is_exact:
        return meaning(EXACT, reading.text, reading.text)[0]
    words, rest = json.dumps(reading.words), json.dumps(reading.rest)
    return meaning(WORDS, reading.text, words, rest)[SHARES.index(share)]


@lru_cache(maxsize=MOST_MEANT)
def meaning(sql: str, *values: str) -> list[Meant]:
    """Return what the database says that words mean, of each share; it says the same each time."""
    with preparing() as cursor:
        cursor.execute(sql, values)
        return [Meant(*row) for row in cursor.fetchall()]


def terms_of(reading: Reading) -> SearchQuery:
    """Return what is asked, for a query that stands alone."""
    if reading.is_exact:
        return SearchTerms(reading.text)
    return SearchWords(json.dumps(reading.words), reading.text)
