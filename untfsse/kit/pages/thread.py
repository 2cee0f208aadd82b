"""The thread: from an agenda item to the provision it serves, and back, across the apps.

A page shows the strands that hang on its record. Each app knows its own strands only: it
registers a function for a noun of its own floor or of a lower one, and the page of that noun
asks here. So the meeting's page shows sub-groups although the meeting knows nothing of them.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from django.db import models
from django.utils.functional import Promise

from untfsse.kit.records.publication import Reader


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


type Contribution = Callable[[Any, Reader], list[Strand]]

_contributions: dict[type[models.Model], list[Contribution]] = defaultdict(list)


def contributes(noun: type[models.Model]) -> Callable[[Contribution], Contribution]:
    """Register a function that returns the strands hanging on a record of this noun.

    The function makes a constant number of queries, each from `visible_to(user)`.
    """

    def register(contribution: Contribution) -> Contribution:
        _contributions[noun].append(contribution)
        return contribution

    return register


def strands_of(record: models.Model, user: Reader) -> list[Strand]:
    """Return the strands of a record in the order of the thread.

    Where two floors know things of one kind, each says under its own words what it knows.
    """
    found = [strand for know in _contributions[type(record)] for strand in know(record, user)]
    return sorted(found, key=attrgetter("place"))
