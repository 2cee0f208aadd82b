"""Asking: what a reader typed, put to every noun in one query."""

import re
import unicodedata
from typing import Any

from django.contrib.postgres.search import SearchRank, TrigramWordSimilarity
from django.db import connection, models
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Cast

from untfsse.kit.records.publication import Reader
from untfsse.kit.records.search import InTitle, PlainText, SearchName, SearchTerms
from untfsse.search.hits import describe
from untfsse.search.nouns import KINDS, visible
from untfsse.search.results import MOST_CLOSE_PER_NOUN, MOST_PER_NOUN, PAGE_SIZE, Results
from untfsse.search.writing import Asked, Statement, join

LONGEST = 200
SHORTEST_GUESS = 4
WEIGHTS = [0.05, 0.2, 0.5, 1.0]
SLUG_FORM = re.compile(r"[a-z0-9_-]+")
PICK = """
  SELECT
    (SELECT json_object_agg(hit_kind, number)
     FROM (SELECT hit_kind, count(*) AS number FROM hits GROUP BY hit_kind) AS counted),
    (SELECT json_agg(json_build_array(hit_kind, hit_record))
     FROM (SELECT hit_kind, hit_record FROM hits WHERE %s IN ('', hit_kind)
           ORDER BY hit_is_name DESC, hit_in_title DESC, hit_rank DESC,
                    hit_day DESC NULLS LAST, hit_place, hit_record
           LIMIT %s OFFSET %s) AS page)
"""


def clean(text: str) -> str:
    """Return what was typed in one line without control characters, however long it is."""
    printable = (" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return " ".join("".join(printable).split())


def find_records(text: str, user: Reader, *, kind: str = "", number: int = 1) -> Results:
    """Return a page of what a reader may see of what matches, or else of what is similar.

    The text is clean and at most `LONGEST` letters long. It takes two queries, three when
    nothing matches.
    """
    asked = dict.fromkeys(KINDS, ask(text))
    counts, page = pick(join(matching, asked, user), kind, number)
    is_close = not counts and len(text) >= SHORTEST_GUESS
    if is_close:
        counts, page = pick(join(similar, asked, user), kind, number)
    return Results(text, describe(page, text, user), counts, kind, number, is_close)


def ask(text: str) -> Asked:
    """Return a text as it is asked, with the address that it may be."""
    slug = text.lower()
    return Asked(text, slug if SLUG_FORM.fullmatch(slug) else "")


def at_address(asked: Asked) -> Q:
    """Return the rule for the record whose address a text is, if it can be one."""
    return Q(slug=asked.slug) if asked.slug else Q()


def holding(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the records of a noun that hold the words, or stand at this address."""
    return visible(kind, user).filter(Q(search=SearchTerms(asked.text)) | at_address(asked))


def matching(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the records of a noun that hold the words or bear the name, with their signs."""
    terms = SearchTerms(asked.text)
    name = Q(search=SearchName(asked.text)) | at_address(asked)
    return ranked(
        kind,
        holding(kind, asked, user),
        MOST_PER_NOUN,
        is_name=models.ExpressionWrapper(name, models.BooleanField()),
        in_title=InTitle(F("search"), terms),
        rank=SearchRank(F("search"), terms, weights=WEIGHTS),
    )


def similar(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the records of a noun whose names are written nearly so."""
    key = KINDS[kind].noun.name_key
    typed: Any = PlainText(Value(asked.text))
    return ranked(
        kind,
        visible(kind, user).filter(**{f"{key}__trigram_word_similar": typed}),
        MOST_CLOSE_PER_NOUN,
        is_name=Value(False),
        in_title=Value(False),
        rank=TrigramWordSimilarity(typed, key),
    )


def ranked(kind: str, records: QuerySet[Any], most: int, **signs: Any) -> QuerySet[Any]:
    """Return the signs by which the latest records of all nouns are put in one order."""
    column = KINDS[kind].noun.sort_day
    day = F(column) if column else Value(None)
    signs |= {
        "kind": Value(str(kind), models.TextField()),
        "place": Value(list(KINDS).index(kind)),
        "record": F("pk"),
        "rank": Cast(signs["rank"], models.FloatField()),
        "day": Cast(day, models.DateField()),
    }
    columns = {f"hit_{name}": sign for name, sign in signs.items()}
    latest = records.order_by("-pk").annotate(**columns)[:most]
    signed: QuerySet[Any] = latest.values_list(*sorted(columns))
    return signed


def pick(found: Statement, kind: str, number: int) -> tuple[dict[str, int], list[tuple[str, int]]]:
    """Return how many records of each noun were found, and which stand on the page."""
    hits, values = found
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH hits AS MATERIALIZED ({hits}) {PICK}",
            [*values, kind, PAGE_SIZE, (number - 1) * PAGE_SIZE],
        )
        counts, page = cursor.fetchone() or (None, None)
    return counts or {}, [(each, record) for each, record in page or []]
