"""Short lists on the page of a record to which several apps add, in one statement.

What waits for somebody, and what they take part in: each app says its own rows, and the page of
the record gathers them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet, TextField, Value
from django.utils.functional import Promise
from django.utils.text import Truncator

from untfsse.kit.records.dates import PartialDate
from untfsse.kit.records.noun import address_name, slug_address
from untfsse.kit.records.publication import Reader
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


type Telling = Callable[[Any, Reader, dt.date], Source]

_waiting: dict[type[models.Model], list[Telling]] = defaultdict(list)
_parts: dict[type[models.Model], list[Telling]] = defaultdict(list)


def awaits(noun: type[models.Model]) -> Callable[[Telling], Telling]:
    """Register a function that says what waits for a record of this noun on a day.

    Its rows start from `visible_to(user)`; it makes no query itself.
    """
    return _into(_waiting, noun)


def takes_part(noun: type[models.Model]) -> Callable[[Telling], Telling]:
    """Register a function that says what a record of this noun takes part in."""
    return _into(_parts, noun)


def waiting_for(record: models.Model, user: Reader, *, today: dt.date) -> list[Item]:
    """Return what waits for a record: by the day it is due, what has none last; one query."""
    found = gather([tell(record, user, today) for tell in _waiting[type(record)]])
    return sorted(found, key=lambda one: (one.day.last if one.day else dt.date.max, one.title))


def parts_of(
    record: models.Model, user: Reader, *, today: dt.date
) -> dict[str | Promise, list[Item]]:
    """Return what a record takes part in, under the words for each kind; one query."""
    sources = [tell(record, user, today) for tell in _parts[type(record)]]
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
                slug_address(address_name(source.noun, "detail"), slug),
                day,
                source.say(word) if word else "",
            )


def _into(
    registry: dict[type[models.Model], list[Telling]], noun: type[models.Model]
) -> Callable[[Telling], Telling]:
    def register(tell: Telling) -> Telling:
        registry[noun].append(tell)
        return tell

    return register
