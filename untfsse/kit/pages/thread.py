"""The thread: from an agenda item to the provision it serves, and back, across the apps.

A page shows the strands that hang on its record. Each app knows its own strands only: it
registers a function for a noun of its own floor or of a lower one, and the page of that noun
asks here. So the meeting's page shows sub-groups although the meeting knows nothing of them.
"""

from collections import defaultdict
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import attrgetter
from typing import Any

from django.db import models
from django.utils.functional import Promise

from untfsse.kit.records.publication import Reader
from untfsse.kit.records.together import fetch_together

FEW = 3


@dataclass(frozen=True, slots=True)
class Link:
    """One thing on a strand."""

    title: str
    url: str = ""
    kind: str | Promise = ""
    note: str | Promise = ""
    state: str = ""
    state_label: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Strand:
    """Things of one kind on the thread; without links, `missing` says what is not recorded.

    `place` is its number along the thread.
    """

    place: int
    label: str | Promise
    links: list[Link] = field(default_factory=list)
    is_here: bool = False
    missing: str | Promise = ""

    @property
    def first(self) -> list[Link]:
        """What a page shows at once: all of a few, the first of many."""
        return self.links if len(self.links) <= FEW + 1 else self.links[:FEW]

    @property
    def rest(self) -> list[Link]:
        """What unfolds at a click."""
        return self.links[len(self.first) :]


type Strands = Generator[Sequence[Any], list[Any], list[Strand]]
"""What a contribution is: it gives its questions, is sent their rows, and returns its strands."""
type Contribution = Callable[[Any, Reader], Strands]

_contributions: dict[type[models.Model], list[Contribution]] = defaultdict(list)


def contributes(noun: type[models.Model]) -> Callable[[Contribution], Contribution]:
    """Register a function that returns the strands hanging on a record of this noun.

    It yields all its questions at once, each from `visible_to(user)`, and is sent the rows of
    each: the questions of all contributions are one statement.
    """

    def register(contribution: Contribution) -> Contribution:
        _contributions[noun].append(contribution)
        return contribution

    return register


def strands_of(record: models.Model, user: Reader) -> list[Strand]:
    """Return the strands of a record in the order of the thread.

    Where two floors know things of one kind, each says under its own words what it knows.
    """
    contributions = [know(record, user) for know in _contributions[type(record)]]
    asked = [list(next(each)) for each in contributions]
    rows = iter(fetch_together(*chain.from_iterable(asked)))
    found = [
        strand
        for each, questions in zip(contributions, asked, strict=True)
        for strand in told_by(each, list(islice(rows, len(questions))))
    ]
    return sorted(found, key=attrgetter("place"))


def told_by(contribution: Strands, rows: list[Any]) -> list[Strand]:
    """Return what a contribution tells once its questions are answered."""
    try:
        contribution.send(rows)
    except StopIteration as end:
        strands: list[Strand] = end.value
        return strands
    raise RuntimeError("A contribution asks once.")
