"""Parts: a record with what hangs on it, by one statement for each step away from it.

Django's own `prefetch_related` asks a statement for each relation, and writes it each time. Here
those of a step are put together, and each is written once in a process for all readers with the
same rights. That needs
what `prefetch_related` is made of.
"""
# ruff: noqa: SLF001

import re
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Self

from django.db.models.fields.related_descriptors import (
    ForwardManyToOneDescriptor,
    ReverseOneToOneDescriptor,
)
from django.db.models.query import (
    ModelIterable,
    get_prefetcher,
    normalize_prefetch_lookups,
    prefetch_one_level,
)
from django.utils.translation import get_language

from untfsse.kit.records.publication import Reader, VisibleQuerySet, any_like
from untfsse.kit.records.together import fetch_together
from untfsse.kit.records.written import Written

type Part = Any  # a Prefetch
type Records = VisibleQuerySet | Callable[[Reader], VisibleQuerySet]

KEY = 2_147_480_011
"""Stands for keys while a question is written; small enough for any column."""
SLUG = "sign-of-a-slug"
PLACE = re.compile(r"IN \(\(%s\)\)|IN \(%s\)|(?<!%)%s")
"""Where a value stands in a statement; alone in a list where it is one of several keys."""


def first_with_parts(records: Records, user: Reader, slug: str) -> Any:
    """Return the record with a slug that a reader may see, with what hangs on it, or None.

    Of records that a function gives for a reader, as `Meeting.objects.for_detail` does, the
    questions are written once: such a function is one that stays.
    """
    if callable(records):
        questions = write_questions(records, any_like(user), get_language())
    else:
        questions = Questions.of(records, user)
    [found] = fetch_together(questions.head.asked_with([slug]))
    fetch_parts(list(found), questions)
    return next(iter(found), None)


def fetch_parts(records: list[Any], questions: "Questions") -> None:
    """Fetch what hangs on some records of one noun."""
    for level, parts in enumerate(questions.levels):
        asked = []
        for part in parts:
            *path, name = part.prefetch_to.split("__")
            if parents := list(at_end(records, path)):
                relation = questions.relation(part, name, type(parents[0]), level)
                asked.append((relation, parents, relation.question_for(parents)))
        found = fetch_together(*(question for _relation, _parents, question in asked))
        for (relation, parents, _question), rows in zip(asked, found, strict=True):
            relation.give(parents, rows, level)


def at_end(records: Iterable[Any], path: list[str]) -> Iterator[Any]:
    """Give the records at the end of a path of fetched relations."""
    for record in records:
        if not path:
            yield record
            continue
        below: Any = getattr(record, path[0], None)
        each = below.all() if hasattr(below, "all") else [below]
        yield from at_end((one for one in each if one is not None), path[1:])


# --- Written -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of the records of a noun: the question for its rows, and whose each row is."""

    part: Part
    question: Written
    key_of_row: Callable[[Any], Any]
    key_of_record: Callable[[Any], Any]
    place: tuple[Any, ...]
    """Whether a record has one row at most, and where it keeps them."""
    back: Any
    """The field by which a row knows its record, where it does."""

    @classmethod
    def of(cls, part: Part, name: str, model: Any, level: int) -> Self:
        """Write a relation for a record of a noun that stands for all of them."""
        stand_in = model()
        for column in model._meta.concrete_fields:
            if column.primary_key or column.is_relation:
                setattr(stand_in, column.attname, KEY)
        stand_in._prefetched_objects_cache = {}
        prefetcher: Any = get_prefetcher(stand_in, name, name)[0]
        querysets = part.get_current_querysets(level)
        # Some relations look at their rows at once: these find none yet.
        mute = querysets and [without_rows(queryset) for queryset in querysets]
        found = prefetcher.get_prefetch_querysets([stand_in], mute)
        rows, key_of_row, key_of_record, *place = found
        if mute:
            rows = rows._chain()
            rows._iterable_class = ModelIterable
        one = Written.of(rows)
        are_keys = [value == KEY for value in one.values]
        question = replace(one, sql=in_any(one.sql, are_keys))
        kept = question.kept(0 if is_key else None for is_key in are_keys)
        return cls(part, kept, key_of_row, key_of_record, tuple(place), way_back(prefetcher))

    def question_for(self, parents: list[Any]) -> Written:
        """Return the question for the rows of some records."""
        keys = (self.key_of_record(parent) for parent in parents)
        bare = (key[0] if isinstance(key, tuple) else key for key in keys)
        known = [key for key in dict.fromkeys(bare) if key is not None]
        question = self.question.asked_with([known])
        return question if known else replace(question, sql="")

    def give(self, parents: list[Any], rows: Any, level: int) -> None:
        """Let records take their rows."""
        for parent in parents:
            if not hasattr(parent, "_prefetched_objects_cache"):
                parent._prefetched_objects_cache = {}
        if self.back:
            known = {self.key_of_record(parent): parent for parent in parents}
            for row in rows:
                if not self.back.is_cached(row):
                    self.back.set_cached_value(row, known[self.key_of_row(row)])
        prefetch_one_level(parents, Answer(self, rows), self.part, level)


@dataclass(frozen=True, slots=True)
class Answer:
    """What Django asks to give each record its rows."""

    relation: Relation
    rows: Any

    def get_prefetch_querysets(self, _parents: list[Any], _querysets: Any = None) -> Any:
        """Return the rows, and whose they are."""
        relation = self.relation
        return (self.rows, relation.key_of_row, relation.key_of_record, *relation.place)


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked for a record by its slug: itself, and each relation once it is met."""

    head: Written
    levels: list[list[Part]]
    relations: dict[tuple[str, type], Relation] = field(default_factory=dict)

    @classmethod
    def of(cls, records: VisibleQuerySet, user: Reader) -> Self:
        """Write the question for a record."""
        rows: Any = records.visible_to(user)
        bare = rows.prefetch_related(None).filter(slug=SLUG)
        head = Written.of(bare if bare.ordered else bare.order_by("pk"))
        parts = list(with_further(rows._prefetch_related_lookups))
        steps = [part.prefetch_to.count("__") for part in parts]
        levels = [
            [part for part, step in zip(parts, steps, strict=True) if step == level]
            for level in range(max(steps, default=-1) + 1)
        ]
        return cls(head.kept(0 if value == SLUG else None for value in head.values), levels)

    def relation(self, part: Part, name: str, model: Any, level: int) -> Relation:
        """Return a relation, written if it is not."""
        known = part.prefetch_to, model
        if known not in self.relations:
            self.relations[known] = Relation.of(part, name, model, level)
        return self.relations[known]


@lru_cache(maxsize=512)
def write_questions(
    records: Callable[[Reader], VisibleQuerySet], reader: Reader, _language: str | None
) -> Questions:
    """Return what all readers with the same rights ask for a record in a language."""
    return Questions.of(records(reader), reader)


def with_further(lookups: Iterable[Any]) -> Iterator[Part]:
    """Give lookups, and those of their own rows.

    Each step of a path is a lookup of its own, as `with_visible` has them.
    """
    parts: list[Part] = normalize_prefetch_lookups(list(lookups))
    for part in parts:
        yield part
        if part.queryset is not None:
            below = [copy(one) for one in part.queryset._prefetch_related_lookups]
            yield from with_further(normalize_prefetch_lookups(below, part.prefetch_to))


def without_rows(queryset: Any) -> Any:
    """Return a queryset that finds nothing, and nothing with it."""

    class Mute(ModelIterable):  # type: ignore[type-arg]
        def __iter__(self) -> Iterator[Any]:
            return iter(())

    mute = queryset._chain()
    mute._iterable_class = Mute
    mute._prefetch_related_lookups = ()
    return mute


def way_back(prefetcher: Any) -> Any:
    """Return the field by which Django lets a row know its record, None where it does not."""
    if isinstance(prefetcher, ReverseOneToOneDescriptor):
        return prefetcher.related.field
    if isinstance(prefetcher, ForwardManyToOneDescriptor):
        back: Any = prefetcher.field.remote_field
        return None if back.multiple else back
    return getattr(prefetcher, "field", None)


def in_any(sql: str, are_keys: Iterable[bool]) -> str:
    """Return a statement that takes any number of keys, where it was written for one of them."""
    told = iter(are_keys)

    def put(place: re.Match[str]) -> str:
        if not next(told):
            return place[0]
        if place[0] == "%s":
            raise ValueError(f"A key stands elsewhere than in a list: {sql}")
        return "= ANY(%s)"

    return PLACE.sub(put, sql)
