"""The thread: from an agenda item to the provision it serves, and back, across the apps.

A page shows the strands that hang on its record. Each app knows its own strands only: it
registers a function for a noun of its own floor or of a lower one, and the page of that noun
asks here. So the meeting's page shows sub-groups although the meeting knows nothing of them.
"""

from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import attrgetter
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext

from untfsse.kit.records.dates import PartialDate
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.registry import Registry
from untfsse.kit.records.together import fetch_together

FEW = 3


@dataclass(frozen=True, slots=True)
class Link:
    """One thing on a strand: `who` are organizations in words, `sources` where it is known from."""

    title: str
    url: str = ""
    kind: str | Promise = ""
    note: str | Promise = ""
    state: str = ""
    state_label: str | Promise = ""
    who: str = ""
    day: PartialDate | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Strand:
    """Things of one kind on the thread; without links, `missing` says what is not recorded.

    `place` is its number along the thread, `counted` a number of its things in words, where that
    differs from those of its place, `count` their number where one link leads to all. With
    `is_cut` there are more than are linked, as the last link says.
    """

    place: int
    label: str | Promise
    links: list[Link] = field(default_factory=list)
    is_here: bool = False
    missing: str | Promise = ""
    counted: Any = None
    count: int = 0
    is_cut: bool = False

    @property
    def is_long(self) -> bool:
        """Whether a page says it in a line that unfolds."""
        return len(self.links) > FEW + 1

    @property
    def day(self) -> PartialDate | None:
        """The last day of its things."""
        days = [link.day for link in self.links if link.day]
        return max(days, key=attrgetter("last"), default=None)

    @property
    def number(self) -> str:
        """How many things stand on it, in words."""
        number = self.count or len(self.links) - self.is_cut
        words = self.counted or _counted.get(self.place)
        told = str(words % number) if words else str(number)
        return gettext("more than %(number)s") % {"number": told} if self.is_cut else told

    @property
    def last(self) -> str:
        """The day of its thing, or of the last of several; "" where none is known."""
        day = self.day.text if self.day else ""
        return gettext("last %(day)s") % {"day": day} if day and len(self.links) > 1 else day

    @property
    def summary(self) -> str:
        """The number of its things and the day of the last, in a line."""
        return ", ".join(filter(None, (self.number, self.last)))

    @property
    def source_count(self) -> int:
        """From how many sources its things are known."""
        return len({source for link in self.links for source in link.sources})


_counted: dict[int, Any] = {}


def count_places(words: Mapping[int, Any]) -> None:
    """Say for places how a number of their things is told: `ngettext_lazy` of one and many."""
    _counted.update(words)


def sources_of(record: Any) -> tuple[str, ...]:
    """Return where a record is known from: by their addresses, else by their titles."""
    return tuple(source["url"] or source["title"] for source in record.sources)


type Strands = Generator[Sequence[Any], list[Any], list[Strand]]
"""What a contribution is: it gives its questions, is sent their rows, and returns its strands."""
type Contribution = Callable[[Any, Reader], Strands]

contributes = Registry[Contribution]()
"""Functions that return the strands hanging on a record of a noun.

Each yields all its questions at once, from `visible_to(user)`, and is sent their rows: the
questions of all are one statement. One that is given places knows of these alone, and is not
asked where a page shows them otherwise.
"""


def strands_of(
    record: models.Model, user: Reader, *, without: Collection[int] = ()
) -> list[Strand]:
    """Return the strands of a record in the order of the thread, without those of some places.

    Where two floors know things of one kind, each says under its own words what it knows.
    """
    contributions = [
        know(record, user)
        for know, places in contributes.of(record)
        if not places or places - set(without)
    ]
    asked = [list(next(each)) for each in contributions]
    rows = iter(fetch_together(*chain.from_iterable(asked)))
    found = [
        strand
        for each, questions in zip(contributions, asked, strict=True)
        for strand in told_by(each, list(islice(rows, len(questions))))
    ]
    shown = [strand for strand in found if strand.place not in without]
    return sorted(shown, key=attrgetter("place"))


def told_by(contribution: Strands, rows: list[Any]) -> list[Strand]:
    """Return what a contribution tells once its questions are answered."""
    try:
        contribution.send(rows)
    except StopIteration as end:
        strands: list[Strand] = end.value
        return strands
    raise RuntimeError("A contribution asks once.")
