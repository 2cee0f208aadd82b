"""Together: several questions put to PostgreSQL as one statement.

A page asks for many small things at once. Each question stays the queryset that it is; a full join
on nothing puts their columns side by side, so that every value comes in its own type. That needs
what Django's own `prefetch_related` is made of.
"""
# ruff: noqa: SLF001

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models.query import (
    ModelIterable,
    get_prefetcher,
    normalize_prefetch_lookups,
    prefetch_one_level,
)

from untfsse.kit.records.prepared import preparing
from untfsse.kit.records.written import Written

MOST_COLUMNS = 1_600
"""PostgreSQL gives no more than 1,664 at a time."""
NUMBER = "#"

type Part = Any  # a Prefetch


# --- Questions -----------------------------------------------------------------------------


def fetch_together(*questions: Any) -> list[Any]:
    """Fetch the rows of several questions by one statement; each queryset then holds its own.

    Returns the rows in the order of the questions: of each a queryset that holds them.
    """
    asked = [one if isinstance(one, Written) else Written.of(one) for one in questions]
    batch: list[Written] = []
    width = 0
    for one in asked:
        if not one.sql:
            fill(one, [])
            continue
        columns = len(one.compiler.select) + 1
        if width + columns > MOST_COLUMNS:
            fetch_batch(batch)
            batch, width = [], 0
        batch.append(one)
        width += columns
    fetch_batch(batch)
    return [one.queryset for one in asked]


def fetch_batch(batch: list[Written]) -> None:
    """Fetch the rows of written questions."""
    if len(batch) < 2:
        for one in batch:
            with preparing() if one.is_kept else connection.cursor() as cursor:
                cursor.execute(one.sql, one.values)
                fill(one, cursor.fetchall())
        return
    blocks = [
        f'(SELECT row_number() OVER () AS "{NUMBER}", asked.* FROM ({one.sql}) AS asked)'  # noqa: S608
        f" AS block{place}"
        for place, one in enumerate(batch)
    ]
    joined = " ON false FULL JOIN ".join([" FULL JOIN ".join(blocks[:2]), *blocks[2:]])
    is_kept = all(one.is_kept for one in batch)
    with preparing() if is_kept else connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM {joined} ON false",  # noqa: S608 - Django wrote it, with signs for values
            [value for one in batch for value in one.values],
        )
        starts = [place for place, column in enumerate(cursor.description) if column.name == NUMBER]
        found = cursor.fetchall()
    for one, start in zip(batch, starts, strict=True):
        end = start + 1 + len(one.compiler.select)
        rows = sorted((row[start:end] for row in found if row[start]), key=itemgetter(0))
        fill(one, [row[1:] for row in rows])


def fill(one: Written, rows: list[tuple[Any, ...]]) -> None:
    """Let a queryset take the rows that its written question was answered with."""
    compiler, query = one.compiler, one.queryset.query
    compiler.execute_sql = lambda *_how, **_more: [rows]
    query.get_compiler = lambda *_how, **_more: compiler
    try:
        len(one.queryset)
    finally:
        del query.get_compiler


# --- What hangs on a record ----------------------------------------------------------------


def first_with_parts(rows: Any) -> Any:
    """Return the first record of a queryset with what hangs on it; None if there is none."""
    record = rows.prefetch_related(None).first()
    if record is not None:
        fetch_parts(record, rows._prefetch_related_lookups)
    return record


@dataclass(slots=True)
class Relation:
    """A relation of some records: what fetches it, and its rows."""

    part: Part
    parents: list[Any]
    prefetcher: Any
    found: Any
    rows: Any

    def get_prefetch_querysets(self, _parents: list[Any], _querysets: Any = None) -> Any:
        """Return what Django asks for to give each record its own."""
        return self.found


def fetch_parts(record: Any, lookups: Iterable[Any]) -> None:
    """Fetch what `prefetch_related` would, by one statement for each step away from a record.

    Each step of a path is a lookup of its own, as `with_visible` has them.
    """
    ahead: list[Part] = normalize_prefetch_lookups(list(lookups))
    level = 0
    while ahead:
        here = [part for part in ahead if part.prefetch_to.count("__") == level]
        ahead = [part for part in ahead if part.prefetch_to.count("__") != level]
        asked = [relation for part in here if (relation := ask(record, part, level))]
        fetch_together(*(relation.rows for relation in asked))
        for relation in asked:
            ahead += take(relation, level)
        level += 1


def ask(record: Any, part: Part, level: int) -> Relation | None:
    """Return a relation with its rows not yet fetched; None where it hangs on nothing."""
    *path, name = part.prefetch_to.split("__")
    parents = list(at_end(record, path))
    if not parents:
        return None
    for parent in parents:
        if not hasattr(parent, "_prefetched_objects_cache"):
            parent._prefetched_objects_cache = {}
    prefetcher = get_prefetcher(parents[0], name, name)[0]
    querysets = part.get_current_querysets(level)
    # Some relations look at their rows at once: these find none yet.
    mute = querysets and [holding(queryset, []) for queryset in querysets]
    found = prefetcher.get_prefetch_querysets(parents, mute)
    rows = found[0]
    if mute:
        rows = rows._chain()
        rows._iterable_class = ModelIterable
    return Relation(part, parents, prefetcher, found, rows)


def take(relation: Relation, level: int) -> list[Part]:
    """Let records take the rows of a relation; returns what is to be fetched with these."""
    further: Any = ()
    parents = relation.parents
    querysets: Any = relation.part.get_current_querysets(level)
    if querysets:
        [asked] = querysets
        further = asked._prefetch_related_lookups
        held = holding(asked, list(relation.rows))
        relation.found = relation.prefetcher.get_prefetch_querysets(parents, [held])
    prefetch_one_level(parents, relation, relation.part, level)
    return normalize_prefetch_lookups([copy(part) for part in further], relation.part.prefetch_to)


def holding(queryset: Any, rows: list[Any]) -> Any:
    """Return a queryset that finds these rows, whatever it is asked, and nothing with them."""

    class Held(ModelIterable):  # type: ignore[type-arg]
        def __iter__(self) -> Iterator[Any]:
            return iter(rows)

    held = queryset._chain()
    held._iterable_class = Held
    held._prefetch_related_lookups = ()
    return held


def at_end(record: Any, path: list[str]) -> Iterator[Any]:
    """Give the records at the end of a path of fetched relations."""
    if not path:
        yield record
        return
    below: Any = getattr(record, path[0], None)
    for each in below.all() if hasattr(below, "all") else [below]:
        if each is not None:
            yield from at_end(each, path[1:])
