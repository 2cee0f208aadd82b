"""Asking: what a reader typed, put to every noun in one query."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.search import SearchRank, SearchVectorField
from django.db import connection, models
from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.functions import Cast

from untfsse.kit.records.publication import Reader
from untfsse.kit.records.search import InTitle, WordsHeld
from untfsse.search.guessing import guess
from untfsse.search.hits import describe
from untfsse.search.nouns import KINDS, LATER, NAMES, NOUNS, OWNERS, RECORDS, visible
from untfsse.search.reading import Reading, read
from untfsse.search.results import MOST_PER_NOUN, PAGE_SIZE, Results
from untfsse.search.writing import (
    HOW_MANY,
    NAME,
    PARTS,
    REST,
    SOME_OF_REST,
    TERMS,
    Asked,
    IsOneOf,
    Put,
    asking,
    join,
)

LONGEST = 200
WEIGHTS = [0.05, 0.2, 0.5, 1.0]
SLUG_FORM = re.compile(r"[a-z0-9_-]+")
PICK = """,
  found AS MATERIALIZED (
    SELECT hit_kind, hit_record, bool_or(hit_is_name) AS is_name, max(hit_held) AS held,
      bool_or(hit_in_title) AS in_title, max(hit_rank) AS rank, max(hit_day) AS day,
      min(hit_later) AS later, min(hit_place) AS place
    FROM hits GROUP BY hit_kind, hit_record),
  best AS MATERIALIZED (
    SELECT * FROM found, (SELECT max(held) AS most FROM found) AS held_at_most
    WHERE held = most OR most < (SELECT cardinality(parts) FROM asked))
  SELECT
    (SELECT json_object_agg(hit_kind, number)
     FROM (SELECT hit_kind, count(*) AS number FROM best GROUP BY hit_kind) AS counted),
    (SELECT json_agg(json_build_array(hit_kind, hit_record))
     FROM (SELECT hit_kind, hit_record FROM best WHERE %s IN ('', hit_kind)
           ORDER BY is_name DESC, held DESC, in_title DESC, hit_kind = ANY(%s) DESC, later,
                    rank DESC,
                    day DESC NULLS LAST, place, hit_record
           LIMIT %s OFFSET %s) AS page),
    (SELECT max(most) < (SELECT cardinality(parts) FROM asked) FROM best)
"""

type Found = tuple[dict[str, int], list[tuple[str, int]], bool]


def clean(text: str) -> str:
    """Return what was typed in one line without control characters, however long it is."""
    printable = (" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return " ".join("".join(printable).split())


def find_records(asked: Reading | str, user: Reader, *, kind: str = "", number: int = 1) -> Results:
    """Return a page of what a reader may see of what matches, or else of what comes near.

    The text is clean and at most `LONGEST` letters long. It takes two queries; two more when
    nothing holds all the words.
    """
    reading = read(asked) if isinstance(asked, str) else asked
    counts, page, is_partial = pick(everything(reading), reading, user, kind, number)
    guesses: dict[str, str] = {}
    if not counts and reading.words:
        guesses = guess(reading, user)
        reading = reading.with_guesses(guesses)
        counts, page, is_partial = pick(near(reading), reading, user, kind, number, most=True)
    hits = describe(page, reading, user)
    return Results(reading.text, hits, counts, kind, number, guesses, is_partial)


def everything(reading: Reading) -> Iterator[Put]:
    """Give what is put to each noun: does it hold all the words?"""
    slug = reading.text.lower()
    asked = Asked(reading.text, slug if SLUG_FORM.fullmatch(slug) else "")
    yield from ((matching, kind, asked) for kind in (*KINDS, *NAMES))
    if part := reading.part:
        place = asked._replace(number=part.number.upper(), names=list(part.names))
        yield placed, part.kind, place


def near(reading: Reading) -> Iterator[Put]:
    """Give what is put to each noun: does it hold most of the words?"""
    yield from ((coming_near, kind, Asked(reading.text)) for kind in (*KINDS, *NAMES))


def at_address(kind: str, asked: Asked) -> Q:
    """Return the rule for the record whose address a text is, if it can be one."""
    return Q(slug=asked.slug) if asked.slug and kind in RECORDS else Q()


def holding(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the rows of a noun that hold the words, or stand at this address."""
    return visible(kind, user).filter(Q(search=TERMS) | at_address(kind, asked))


def matching(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the rows of a noun that hold the words or bear the name, with their signs."""
    name = Q(search=NAME) | at_address(kind, asked)
    is_name = models.ExpressionWrapper(name, models.BooleanField())
    return ranked(kind, holding(kind, asked, user), is_name=is_name)


def coming_near(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the rows of a noun that hold most of the words, with how many."""
    rows = visible(kind, user).filter(search=TERMS)
    return ranked(kind, rows, held=WordsHeld(F("search"), PARTS))


def placed(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the places of this number in records that hold the rest of the words."""
    owner = OWNERS[kind]
    column = f"{owner}__search"
    rows = visible(kind, user).filter(**{column: SOME_OF_REST})
    if kind == "decision" and asked.number:
        rows = rows.annotate(
            end=Func(
                Value("/D"), Value(asked.number), function="concat", output_field=models.TextField()
            )
        )
        rows = rows.filter(number__endswith=F("end"))
    elif asked.number:
        rows = rows.filter(number__iexact=asked.number)
    if asked.names:
        rows = rows.filter(IsOneOf("kind", asked.names, models.TextField()))
    both = Func(
        F(column),
        F("search"),
        template="(%(expressions)s)",
        arg_joiner=" || ",
        output_field=SearchVectorField(),
    )
    rows = rows.annotate(both=both).filter(both=REST)
    return ranked(kind, rows, is_name=Value(bool(asked.number)), vector=F(column), terms=REST)


def ranked(
    kind: str, rows: QuerySet[Any], *, vector: Any = None, terms: Any = TERMS, **signs: Any
) -> QuerySet[Any]:
    """Return the signs by which the latest rows of all nouns are put in one order.

    Rows of names stand for the record that they name.
    """
    own, record = NAMES[kind][1] if kind in NAMES else kind, "pk"
    day: Any = Value(None)
    if kind in NAMES:
        record = f"{own}_id"
    elif NOUNS[own].sort_day:
        day = F(NOUNS[own].sort_day)
    vector = vector or F("search")
    signs = {
        "is_name": Value(False),
        "held": HOW_MANY,
        "in_title": InTitle(vector, terms),
        "rank": Cast(SearchRank(vector, terms, weights=WEIGHTS), models.FloatField()),
        **signs,
        "kind": Value(str(own), models.TextField()),
        "place": Value(list(KINDS).index(own)),
        "later": Value(LATER.get(own, 0)),
        "record": F(record),
        "day": Cast(day, models.DateField()),
    }
    columns = {f"hit_{name}": sign for name, sign in signs.items()}
    latest = rows.order_by("-pk").annotate(**columns)[:MOST_PER_NOUN]
    signed: QuerySet[Any] = latest.values_list(*sorted(columns))
    return signed


def pick(
    questions: Any, reading: Reading, user: Reader, kind: str, number: int, *, most: bool = False
) -> Found:
    """Return how many records of each noun were found, which stand on the page, and whether
    none of them holds all the words."""
    sql, values = asking(reading, join(questions, user), most=most)
    with connection.cursor() as cursor:
        cursor.execute(
            f"{sql} {PICK}", [*values, kind, reading.kinds, PAGE_SIZE, (number - 1) * PAGE_SIZE]
        )
        counts, page, is_partial = cursor.fetchone() or (None, None, None)
    return counts or {}, [(each, record) for each, record in page or []], bool(is_partial)
