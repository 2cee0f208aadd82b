"""Results: a page of what was found, and how much there is of each noun."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from untfsse.kit.records.noun import label_of
from untfsse.search.hits import Hit
from untfsse.search.nouns import KINDS

PAGE_SIZE = 20
LAST_PAGE = 20
MOST_PER_NOUN = 500
MOST_CLOSE_PER_NOUN = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """One noun among the results: how much of it there is, and how to see it alone."""

    value: str
    label: str | Promise
    count: int
    is_capped: bool
    query: str


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what was found; `is_close` when nothing matched and similar names are shown.

    Of each noun the latest `MOST_PER_NOUN` are counted and put in order, and the latest
    `MOST_CLOSE_PER_NOUN` of what is only similar.
    """

    text: str
    hits: list[Hit]
    counts: dict[str, int]
    kind: str
    number: int
    is_close: bool = False

    @property
    def most(self) -> int:
        """The number at which the records of a noun are no longer counted."""
        return MOST_CLOSE_PER_NOUN if self.is_close else MOST_PER_NOUN

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
        return any(self.counts.get(kind, 0) >= self.most for kind in kinds)

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
        return self.query(self.kind, min(self.number - 1, self.last_number))

    @property
    def next_query(self) -> str:
        """The query string of the next page."""
        return self.query(self.kind, self.number + 1)

    @property
    def choices(self) -> list[Choice]:
        """The nouns of which something was found, all together first."""
        is_capped = any(count >= self.most for count in self.counts.values())
        every = Choice("", _("All"), self.total, is_capped, self.query(""))
        return [every] + [
            Choice(kind, label_of(model), count, count >= self.most, self.query(kind))
            for kind, model in KINDS.items()
            if (count := self.counts.get(kind))
        ]

    @property
    def jump(self) -> Hit | None:
        """The one record whose symbol or number was typed, if no noun was chosen."""
        if self.kind or self.number != 1:
            return None
        jumps = [hit for hit in self.hits if hit.is_jump]
        return jumps[0] if len(jumps) == 1 else None

    def query(self, kind: str, number: int = 1) -> str:
        """Return the query string of a page of these results."""
        asked = {"q": self.text, "kind": kind, "page": number if number > 1 else ""}
        return urlencode({name: value for name, value in asked.items() if value})
