"""Short lists on the page of a record to which several apps add, in one statement.

What waits for somebody, and what they take part in: each app says its own rows, and the page of
the record gathers them.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.db.models import QuerySet, TextField, Value
from django.utils.functional import Promise
from django.utils.text import Truncator

from untfsse.kit.records.dates import PartialDate
from untfsse.kit.records.publication import VISITOR, Reader
from untfsse.kit.records.registry import Registry
from untfsse.kit.records.together import fetch_together
from untfsse.kit.records.written import written

MOST = 10
WORDS = 30
NOTHING = Value(None, output_field=TextField())


@dataclass(frozen=True, slots=True)
class Item:
    """One thing: what it is, where it stands, its day if one is known, and a word beside."""

    kind: str | Promise
    title: str
    url: str
    day: PartialDate | None = None
    note: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one kind: at most `MOST` of them are shown.

    `noun` is the record to whose page each leads, `slug`, `title`, `day` and `word` are the paths
    of columns, and `say` makes a note of the word.
    """

    kind: str | Promise
    noun: Any
    rows: QuerySet[Any]
    title: str = "title"
    slug: str = "slug"
    day: str = ""
    word: str = ""
    say: Callable[[str], str | Promise] = str


type Telling = Callable[[int, Reader, Any], Source]

awaits = Registry[Telling]()
"""Functions that say what waits for a record of a noun, by its key, on a day.

Their rows start from `visible_to(user)`; they are written once (`written`), so the day stands in
them as it is.
"""
takes_part = Registry[Telling]()
"""Those that say what it takes part in: with a day they leave out what surely began later."""


def waiting_for(record: models.Model, user: Reader, *, today: dt.date) -> list[Item]:
    """Return what waits for a record: by the day it is due, what has none last; one query."""
    found = gather(awaits, record, user, today)
    return sorted(found, key=lambda one: (one.day.last if one.day else dt.date.max, one.title))


def parts_of(
    record: models.Model, user: Reader, *, until: dt.date | None = None
) -> dict[str | Promise, list[Item]]:
    """Return what a record takes part in, or did by a day, under the words for each kind.

    One query.
    """
    groups: dict[str | Promise, list[Item]] = {}
    for item in gather(takes_part, record, user, until):
        groups.setdefault(item.kind, []).append(item)
    return groups


def gather(
    registry: Registry[Telling], record: models.Model, user: Reader, day: dt.date | None
) -> Iterator[Item]:
    """Give what is told of a record, the rows of each source in its own order; one query."""
    tellings = tuple(tell for tell, _fact in registry.of(record))
    asked = fetch_together(*rows_told(user, tellings, record.pk, day))
    for tell, rows in zip(tellings, asked, strict=True):
        source = facts_told(tell)
        for title, slug, known, word in rows:
            yield Item(
                source.kind,
                Truncator(title).words(WORDS),
                source.noun(slug=slug).get_absolute_url(),
                known,
                source.say(word) if word else "",
            )


@cache
def facts_told(tell: Telling) -> Source:
    """Return all but the rows that are told, which is the same of every record."""
    return tell(0, VISITOR, dt.date.min)


@written
def rows_told(
    user: Reader, tellings: tuple[Telling, ...], key: int, day: dt.date | None
) -> Iterator[Any]:
    """Ask for the rows that are told of a record."""
    for tell in tellings:
        source = tell(key, user, day)
        columns = source.title, source.slug, source.day or NOTHING, source.word or NOTHING
        yield source.rows.values_list(*columns)[:MOST]
