"""Short lists on the page of a record to which several apps add, in one statement.

What waits for somebody, and what they take part in: each app says its own rows, and the page of
the record gathers them.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet, TextField, Value
from django.utils.functional import Promise
from django.utils.text import Truncator

from untfsse.kit.records.dates import PartialDate
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.registry import Registry
from untfsse.kit.records.together import fetch_together

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


type Telling = Callable[[Any, Reader, Any], Source]

awaits = Registry[Telling]()
"""Functions that say what waits for a record of a noun on a day.

Their rows start from `visible_to(user)`; they make no query themselves.
"""
takes_part = Registry[Telling]()
"""Those that say what it takes part in: with a day they leave out what surely began later."""


def waiting_for(record: models.Model, user: Reader, *, today: dt.date) -> list[Item]:
    """Return what waits for a record: by the day it is due, what has none last; one query."""
    found = gather([tell(record, user, today) for tell, _fact in awaits.of(record)])
    return sorted(found, key=lambda one: (one.day.last if one.day else dt.date.max, one.title))


def parts_of(
    record: models.Model, user: Reader, *, until: dt.date | None = None
) -> dict[str | Promise, list[Item]]:
    """Return what a record takes part in, or did by a day, under the words for each kind.

    One query.
    """
    sources = [tell(record, user, until) for tell, _fact in takes_part.of(record)]
    groups: dict[str | Promise, list[Item]] = {source.kind: [] for source in sources}
    for item in gather(sources):
        groups[item.kind].append(item)
    return {kind: items for kind, items in groups.items() if items}


def gather(sources: list[Source]) -> Iterator[Item]:
    """Give the rows of all sources, each in its own order; one query."""
    asked = [
        source.rows.values_list(
            source.title, source.slug, source.day or NOTHING, source.word or NOTHING
        )[:MOST]
        for source in sources
    ]
    fetch_together(*asked)
    for source, rows in zip(sources, asked, strict=True):
        for title, slug, day, word in rows:
            yield Item(
                source.kind,
                Truncator(title).words(WORDS),
                source.noun(slug=slug).get_absolute_url(),
                day,
                source.say(word) if word else "",
            )
