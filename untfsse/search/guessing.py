"""Guessing: words that no record holds, read as words of names that are written nearly so."""

import difflib
import re
from typing import Any

from django.db import models
from django.db.models import QuerySet, Value

from untfsse.kit.records.publication import Reader
from untfsse.kit.records.search import WrittenQuery
from untfsse.search.nouns import KINDS, NOUNS, WITHOUT_KEY, visible
from untfsse.search.plain import plain
from untfsse.search.reading import Reading
from untfsse.search.writing import Asked, ask, mean

SHORTEST = 4
MOST_WORDS = 8
MOST_GUESSES = 3
MOST_NAMES = 12
LIKENESS = 0.74
HELD = "(SELECT count(*) > 0 FROM ({%s}) AS held)"
"""Counted, since PostgreSQL would look for the first row only by reading the table."""
GUESSED = tuple(kind for kind in KINDS if kind not in WITHOUT_KEY)


def guess(reading: Reading, user: Reader) -> dict[str, str]:
    """Return the words of a text that no visible record holds, with what may be meant."""
    typed = [
        term[0]
        for term in reading.typed[:MOST_WORDS]
        if len(term) == 1 and len(term[0]) >= SHORTEST and term[0].isalpha()
    ]
    found: dict[str, str] = {}
    for word, keys in names_like(unknown(typed, user)[:MOST_GUESSES], user).items():
        names = {part for key in keys for part in re.findall(r"[^\W\d_]{3,}", key)}
        if close := difflib.get_close_matches(plain(word), sorted(names), n=1, cutoff=LIKENESS):
            found[word] = close[0]
    return found


def unknown(typed: list[str], user: Reader) -> list[str]:
    """Return the words that no visible record holds in any form."""
    if not typed:
        return []
    words = mean(Reading("", [[word] for word in typed])).words
    if len(words) < len(typed):
        return []  # some of them say nothing: no telling which is which
    asked = [Asked(terms) for terms in words]
    put = {f"{kind}_{n}": [(holding, kind, each)] for n, each in enumerate(asked) for kind in KINDS}
    held = (" OR ".join(HELD % f"{kind}_{n}" for kind in KINDS) for n in range(len(asked)))
    ((are_known,),) = (row.values() for row in ask(f"SELECT ARRAY[{', '.join(held)}]", put, user))
    return [word for word, is_known in zip(typed, are_known, strict=True) if not is_known]


def names_like(words: list[str], user: Reader) -> dict[str, list[str]]:
    """Return the names, by their keys, that hold a word written nearly like one of these."""
    asked = [Asked(plain(word)) for word in words]
    put = [(alike, kind, each) for each in asked for kind in GUESSED]
    typed = {plain(word): word for word in words}
    found: dict[str, list[str]] = {}
    for key, word in (row.values() for row in (ask("{rows}", {"rows": put}, user) if put else [])):
        found.setdefault(typed[word], []).append(key)
    return found


def holding(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the rows of a noun that hold a word."""
    return (
        visible(kind, user)
        .filter(search=WrittenQuery("%s::tsquery", asked.text))
        .order_by()
        .values("pk")
    )


def alike(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the latest names of a noun that hold a word written nearly so, with the word."""
    key = NOUNS[kind].name_key
    word: Any = Value(asked.text, models.TextField())
    rows = visible(kind, user).filter(**{f"{key}__trigram_word_similar": word})
    near: QuerySet[Any] = (
        rows.order_by("-pk").annotate(near_word=word).values_list(key, "near_word")
    )
    return near[:MOST_NAMES]
