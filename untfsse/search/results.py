"""Results: a page of what was found, and how much there is of each noun."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import quote_plus

from django.utils.translation import gettext_lazy as _

from untfsse.kit.records.noun import label_of
from untfsse.search.facets import Choice, Facet, Narrowed, facets
from untfsse.search.hits import Hit
from untfsse.search.nouns import KINDS

PAGE_SIZE = 20
LAST_PAGE = 20
MOST_PER_NOUN = 100


class Found(NamedTuple):
    """How many of each noun, which stand on the page, whether none holds all, the facets, the
    first of all pages, and whether none holds even most."""

    counts: dict[str, int]
    page: list[tuple[str, int]]
    is_partial: bool = False
    facets: dict[str, Any] = {}
    first: list[tuple[str, int]] = []
    is_poor: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what was found.

    `guesses` are the words that no record holds, with what they were taken for. Of each noun the
    latest `MOST_PER_NOUN` are counted and put in order.
    """

    text: str
    hits: list[Hit]
    found: Found
    chosen: Narrowed
    number: int
    guesses: dict[str, str] = field(default_factory=dict)
    quoted: str = field(init=False)
    """The text as it stands in an address."""

    def __post_init__(self) -> None:
        """Work out once what every address says."""
        object.__setattr__(self, "quoted", quote_plus(self.text))

    @property
    def kind(self) -> str:
        """The noun that is asked for."""
        return self.chosen.kind

    @property
    def counts(self) -> dict[str, int]:
        """How many of each noun were found."""
        return self.found.counts

    @property
    def is_partial(self) -> bool:
        """Whether no record holds all the words, and those are shown that hold most."""
        return self.found.is_partial

    @property
    def facets(self) -> list[Facet]:
        """By what the results can be narrowed besides the noun."""
        return list(facets(self.found.facets, self.chosen, self.query))

    @property
    def is_narrowed(self) -> bool:
        """Whether they are narrowed by more than the noun."""
        return any(self.chosen[1:])

    @property
    def is_close(self) -> bool:
        """Whether nothing matched as it is written, and what comes near is shown."""
        return bool(self.guesses)

    @property
    def read_as(self) -> str:
        """What was typed, with the guesses in the place of the words."""
        read = self.text
        for word, guessed in self.guesses.items():
            read = read.replace(word, guessed)
        return read

    @property
    def total(self) -> int:
        """All that was found of all nouns."""
        return sum(self.counts.values())

    @property
    def count(self) -> int:
        """All that was found, of the noun that is asked for."""
        return self.counts.get(self.kind, 0) if self.kind else self.total

    @property
    def is_capped(self) -> bool:
        """Whether there may be more than was counted."""
        kinds = [self.kind] if self.kind else list(self.counts)
        return any(self.counts.get(kind, 0) >= MOST_PER_NOUN for kind in kinds)

    @property
    def first_place(self) -> int:
        """The place of the first hit of this page among all."""
        return (self.number - 1) * PAGE_SIZE + 1

    @property
    def last_place(self) -> int:
        """The place of the last hit of this page among all."""
        return self.first_place + len(self.hits) - 1

    @property
    def last_number(self) -> int:
        """The number of the last page that can be asked for."""
        return max(1, min(LAST_PAGE, -(-self.count // PAGE_SIZE)))

    @property
    def is_last_of_many(self) -> bool:
        """Whether more was found than the pages show, and this is the last of them."""
        return self.number == LAST_PAGE and self.count > LAST_PAGE * PAGE_SIZE

    @property
    def has_previous(self) -> bool:
        """Whether a page comes before."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether a page follows."""
        return self.number < self.last_number

    @property
    def previous_query(self) -> str:
        """The query string of the page before."""
        return self.query(self.chosen, min(self.number - 1, self.last_number))

    @property
    def next_query(self) -> str:
        """The query string of the next page."""
        return self.query(self.chosen, self.number + 1)

    @property
    def choices(self) -> list[Choice]:
        """The nouns of which something was found, all together first."""
        is_capped = any(count >= MOST_PER_NOUN for count in self.counts.values())
        found = [("", _("All"), self.total, is_capped)] + [
            (kind, label_of(model), count, count >= MOST_PER_NOUN)
            for kind, model in KINDS.items()
            if (count := self.counts.get(kind))
        ]
        return [
            Choice(
                label, count, self.query(self.chosen._replace(kind=kind)), kind == self.kind, capped
            )
            for kind, label, count, capped in found
        ]

    @property
    def jump(self) -> Hit | None:
        """The one record whose symbol or number was typed, if no noun was chosen."""
        if any(self.chosen) or self.number != 1:
            return None
        jumps = [hit for hit in self.hits if hit.is_jump]
        return jumps[0] if len(jumps) == 1 else None

    def query(self, chosen: Narrowed, number: int = 1) -> str:
        """Return the query string of a page of these results."""
        asked = zip(chosen._fields, chosen, strict=True)
        more = "".join(f"&{name}={quote_plus(value)}" for name, value in asked if value)
        page = f"&page={number}" if number > 1 else ""
        return f"q={self.quoted}{more}{page}"
