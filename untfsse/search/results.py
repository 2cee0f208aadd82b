"""Results: a page of what was found, and how much there is of each noun."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from untfsse.kit.records.noun import label_of
from untfsse.search.hits import Hit
from untfsse.search.nouns import KINDS

PAGE_SIZE = 20
LAST_PAGE = 20
MOST_PER_NOUN = 500


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
    """A page of what was found.

    `guesses` are the words that no record holds, with what they were taken for; `is_partial`
    says that no record holds all the words. Of each noun the latest `MOST_PER_NOUN` are counted
    and put in order.
    """

    text: str
    hits: list[Hit]
    counts: dict[str, int]
    kind: str
    number: int
    guesses: dict[str, str] = field(default_factory=dict)
    is_partial: bool = False

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
        return self.query(self.kind, min(self.number - 1, self.last_number))

    @property
    def next_query(self) -> str:
        """The query string of the next page."""
        return self.query(self.kind, self.number + 1)

    @property
    def choices(self) -> list[Choice]:
        """The nouns of which something was found, all together first."""
        is_capped = any(count >= MOST_PER_NOUN for count in self.counts.values())
        every = Choice("", _("All"), self.total, is_capped, self.query(""))
        return [every] + [
            Choice(kind, label_of(model), count, count >= MOST_PER_NOUN, self.query(kind))
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
