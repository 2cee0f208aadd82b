"""The index of the Encyclopedia: its entries from A to Z, and its authors with their entries."""

import re
from dataclasses import dataclass, field
from typing import Any

from encyclopedia.models import Authorship, Entry
from taskforce.models import Person
from untfsse.kit.records.publication import Reader

MOST = 1_000
ARTICLE = re.compile(r"(?:the|an?) ")


@dataclass(frozen=True, slots=True)
class Letter:
    """The entries whose titles begin alike."""

    letter: str
    rows: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Author:
    """An author with the entries that name them, in the order of their titles."""

    person: Person
    entries: list[Entry] = field(default_factory=list)


def from_a_to_z(user: Reader) -> list[Letter]:
    """Return entries by their titles without accents and the first article; one query."""
    found = Entry.objects.visible_to(user).order_by("title_key", "id").defer("search")[:MOST]
    keys = sorted((ARTICLE.sub("", row.title_key, count=1), row.pk, row) for row in found)
    letters: list[Letter] = []
    for key, _pk, row in keys:
        letter = key[:1].upper()
        if not letters or letters[-1].letter != letter:
            letters.append(Letter(letter))
        letters[-1].rows.append(row)
    return letters


def authors_of(user: Reader) -> list[Author]:
    """Return the authors that a reader may see, by name as it is written; one query."""
    seen = Authorship.objects.visible_to(user).select_related("person", "entry")
    ordered: Any = seen.order_by("person__name_key", "person_id", "entry__title_key", "entry_id")
    authors: list[Author] = []
    for row in ordered.defer("entry__search")[:MOST]:
        if not authors or authors[-1].person.pk != row.person_id:
            authors.append(Author(row.person))
        authors[-1].entries.append(row.entry)
    return authors
