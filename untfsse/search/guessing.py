"""Guessing: words that no record holds, read as words of names that are written nearly so."""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import QuerySet, Value

from untfsse.kit.records.publication import Reader
from untfsse.kit.records.search import IsAmong, WrittenQuery, on_the_way, surely
from untfsse.search.nouns import KINDS, NOUNS, WITHOUT_KEY, visible
from untfsse.search.plain import plain
from untfsse.search.planning import Plans
from untfsse.search.reading import Reading
from untfsse.search.writing import Asked, Question, ask, mean

SHORTEST = 4
MOST_WORDS = 8
MOST_GUESSES = 3
MOST_NAMES = 12
MOST_LATELY, ENOUGH_LATELY = 10, 6
LIKENESS = 0.74
HELD = "EXISTS({%s})"
GUESSED = tuple(kind for kind in KINDS if kind not in WITHOUT_KEY)


def guess(reading: Reading, user: Reader, plans: Plans, *, is_nothing: bool) -> dict[str, str]:
    """Return the words of a text that no visible record holds, with what may be meant.

    `is_nothing` says that none holds any of them.
    """
    asked = terms_of(reading)
    words = ([*asked] if is_nothing else unknown(asked, user))[:MOST_GUESSES]
    for names in names_like(words, user, plans) if words else ():
        if found := closest(words, names):
            return found
    return {}


def closest(words: list[str], names: list[tuple[str, str]]) -> dict[str, str]:
    """Return for each word the part of those names that is written most like it, if one is."""
    found: dict[str, str] = {}
    for word in words:
        bare = plain(word)
        keys = (key for key, like in names if like == bare)
        parts = {part for key in keys for part in re.findall(r"[^\W\d_]{3,}", key)}
        if close := difflib.get_close_matches(bare, sorted(parts), n=1, cutoff=LIKENESS):
            found[word] = close[0]
    return found


def terms_of(reading: Reading) -> dict[str, str]:
    """Return the words that may be guessed, with the terms by which each is searched."""
    typed = {
        term[0]
        for term in reading.typed[:MOST_WORDS]
        if len(term) == 1 and len(term[0]) >= SHORTEST and term[0].isalpha()
    }
    terms = mean(reading).words
    if len(terms) < len(reading.words):
        return {}  # some of them say nothing: no telling which is which
    pairs = zip(reading.words, terms, strict=True)
    return {alike[0]: each for alike, each in pairs if alike[0] in typed}


def unknown(terms: dict[str, str], user: Reader) -> list[str]:
    """Return the words that no visible record holds in any form."""
    if not terms:
        return []
    asked = [Asked(each) for each in terms.values()]
    put = {f"{kind}_{n}": [(holding, kind, each)] for n, each in enumerate(asked) for kind in KINDS}
    held = (" OR ".join(HELD % f"{kind}_{n}" for kind in KINDS) for n in range(len(asked)))
    ((are_known,),) = (row.values() for row in ask(f"SELECT ARRAY[{', '.join(held)}]", put, user))
    return [word for word, is_known in zip(terms, are_known, strict=True) if not is_known]


def names_like(words: list[str], user: Reader, plans: Plans) -> Iterator[list[tuple[str, str]]]:
    """Give names by their keys, each with the word that it holds nearly so, then perhaps others.

    One word has a plan that is kept, which looks up all that have such a name: in large tables
    those of the latest rows are given first where they are enough.
    """
    is_kept = len(words) == 1 and plans.are_kept
    if is_kept and (large := [kind for kind in GUESSED if kind in plans.large]):
        latest = ask_names(alike_lately, large, words, user, is_kept=True)
        if len(latest) >= ENOUGH_LATELY:
            yield latest
    yield ask_names(alike, GUESSED, words, user, is_kept=is_kept)


def ask_names(
    question: Question, kinds: Iterable[str], words: list[str], user: Reader, *, is_kept: bool
) -> list[tuple[str, str]]:
    """Return names of some nouns by their keys, each with the plain word it holds nearly so."""
    asked = [Asked(plain(word)) for word in words]
    put = [(question, kind, each) for each in asked for kind in kinds]
    rows = ask("{rows}", {"rows": put}, user, is_kept=is_kept)
    return [(key, word) for key, word in (row.values() for row in rows)]


def holding(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return a row of a noun that holds a word, if one does."""
    held = models.Q(search=WrittenQuery("%s::tsquery", asked.text))
    rows: QuerySet[Any] = surely(visible(kind, user), held).order_by().values("pk")[:1]
    return rows


def alike(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return some names of a noun that hold a word written nearly so, with the word."""
    return having_like(surely, kind, visible(kind, user), asked)[:MOST_NAMES]


def alike_lately(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return those of the latest names of a noun that do."""
    latest = KINDS[kind]._default_manager.order_by("-pk").values("pk")[:MOST_LATELY]
    rows = visible(kind, user).filter(IsAmong("pk", ArraySubquery(latest)))
    return having_like(on_the_way, kind, rows, asked)


def having_like(
    narrow: Callable[[Any, models.Q], Any], kind: str, rows: QuerySet[Any], asked: Asked
) -> QuerySet[Any]:
    """Return the names among some rows that hold a word written nearly so, with the word."""
    key, word = NOUNS[kind].name_key, Value(asked.text, models.TextField())
    like = narrow(rows, models.Q(**{f"{key}__trigram_word_similar": word})).order_by()
    named: QuerySet[Any] = like.annotate(near_word=word).values_list(key, "near_word")
    return named
