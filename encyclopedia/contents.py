"""The table of contents: every number of a part, with its entry or why there is none."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from encyclopedia.models import Entry, Part, Work
from taskforce.choices import LICENCE_URLS, Licence
from untfsse.kit.records.publication import Reader

MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A number of the book: its entry, or None; held back until somebody verifies it."""

    number: int
    entry: Any = None
    is_held_back: bool = False

    @property
    def authors(self) -> str:
        """The names of the authors, in order."""
        if self.entry is None:
            return ""
        return ", ".join(author.person.name for author in self.entry.authorships.all())


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part with a line for each of its numbers."""

    part: Part
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Contents:
    """A work with its parts; the counts are of all its numbers."""

    work: Work
    chapters: list[Chapter]

    @property
    def licence_url(self) -> str:
        """Where the licence can be read; "" when it is not known."""
        return LICENCE_URLS.get(Licence(self.work.licence), "")

    @property
    def lines(self) -> list[Line]:
        """All lines."""
        return [line for chapter in self.chapters for line in chapter.lines]

    @property
    def entry_count(self) -> int:
        """The number of entries, published or not."""
        return len(self.lines)

    @property
    def held_back_count(self) -> int:
        """The number of entries held back until they are verified."""
        return sum(line.is_held_back for line in self.lines)

    @property
    def missing_count(self) -> int:
        """The number of entries that are not there for another reason."""
        return sum(line.entry is None and not line.is_held_back for line in self.lines)


def is_short(works: Iterable[Work], entries: QuerySet[Entry]) -> bool:
    """Whether all numbers of some works, and some entries, fit on one page; needs their parts."""
    parts = [part for work in works for part in work.parts.all()]
    numbers: int = sum(part.last_entry - part.first_entry + 1 for part in parts)
    return numbers <= MOST and entries.order_by()[: MOST + 1].count() <= MOST


def lay_out(works: Iterable[Work], user: Reader) -> list[Contents]:
    """Return the contents of some works for a reader; needs their parts."""
    entries: dict[int, dict[int, Any]] = {}
    for entry in Entry.objects.visible_to(user).for_list().with_authors(user):
        entries.setdefault(entry.part_id, {})[entry.number] = entry
    held = set(Entry.objects.held_back().values_list("part", "number"))
    return [
        Contents(work, [fill(part, entries.get(part.pk, {}), held) for part in work.parts.all()])
        for work in works
    ]


def fill(part: Part, entries: dict[int, Any], held: set[tuple[int, int]]) -> Chapter:
    """Return a part with its numbers, and with entries numbered beyond them."""
    numbers = {*range(part.first_entry, part.last_entry + 1), *entries}
    return Chapter(
        part,
        [
            Line(number, entries.get(number), (part.pk, number) in held and number not in entries)
            for number in sorted(numbers)
        ],
    )
