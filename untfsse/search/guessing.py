"""Guessing: words that no record holds, read as words of names that are written nearly so."""

import difflib
import re
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, models
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from untfsse.kit.records.publication import Reader
from untfsse.kit.records.search import WrittenQuery
from untfsse.search.nouns import KINDS, NOUNS, WITHOUT_KEY, visible
from untfsse.search.plain import plain
from untfsse.search.reading import Reading
from untfsse.search.writing import Asked, join, write

SHORTEST = 4
MOST_WORDS = 8
MOST_NAMES = 12
LIKENESS = 0.74
GUESSED = tuple(kind for kind in KINDS if kind not in WITHOUT_KEY)
WORD: Any = RawSQL("typed.word", [], models.TextField())
UNKNOWN = """
  WITH typed AS MATERIALIZED (
    SELECT typed.word FROM unnest(%s::text[]) AS typed(word) WHERE NOT ({known}))
  SELECT typed.word, near.key FROM typed CROSS JOIN LATERAL ({near}) AS near(key)
"""


def guess(reading: Reading, user: Reader) -> dict[str, str]:
    """Return the words of a text that no visible name or text holds, with what may be meant."""
    typed = {
        plain(term[0]): term[0]
        for term in reading.typed[:MOST_WORDS]
        if len(term) == 1 and len(term[0]) >= SHORTEST and term[0].isalpha()
    }
    if not typed:
        return {}
    asked = Asked(reading.text)
    known = [write(holding, kind, asked, user) for kind in KINDS]
    near, values = join(((alike, kind, asked) for kind in GUESSED), user)
    sql = UNKNOWN.format(known=" OR ".join(f"EXISTS ({each})" for each, _ in known), near=near)
    with connection.cursor() as cursor:
        given = [value for _sql, values_of in known for value in values_of]
        cursor.execute(sql, [list(typed), *given, *values])
        names: dict[str, set[str]] = {}
        for word, key in cursor.fetchall():
            names.setdefault(word, set()).update(re.findall(r"[^\W\d_]{3,}", key))
    close = {
        word: difflib.get_close_matches(word, sorted(found), n=1, cutoff=LIKENESS)
        for word, found in names.items()
    }
    return {typed[word]: found[0] for word, found in close.items() if found}


def holding(kind: str, _asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the rows of a noun that hold a word."""
    return visible(kind, user).filter(search=WrittenQuery("search_word(typed.word)")).values("pk")


def alike(kind: str, _asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the names of a noun that hold a word written nearly so."""
    key = NOUNS[kind].name_key
    rows = visible(kind, user).filter(**{f"{key}__trigram_word_similar": WORD})
    near: QuerySet[Any] = rows.order_by(TrigramWordSimilarity(WORD, key).desc()).values_list(key)
    return near[:MOST_NAMES]
