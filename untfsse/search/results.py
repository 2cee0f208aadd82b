"""Results: a page of what was found, and how much there is of each noun."""

from dataclasses import dataclass
from typing import Any

from untfsse.search.hits import Hit
from untfsse.search.nouns import Kind

PAGE_SIZE = 20
LAST_PAGE = 20
MOST_PER_NOUN = 1000


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what was found; `is_close` when nothing matched and similar names are shown.

    Of each noun the latest `MOST_PER_NOUN` are counted and put in order.
    """

    hits: list[Hit]
    counts: dict[str, int]
    kind: str
    number: int
    is_close: bool = False

    @property
    def count(self) -> int:
        """All that was found, of the noun that is asked for."""
        return self.counts.get(self.kind, 0) if self.kind else self.total

    @property
    def total(self) -> int:
        """All that was found of all nouns."""
        return sum(self.counts.values())

    @property
    def is_capped(self) -> bool:
        """Whether there may be more than was counted."""
        kinds = [self.kind] if self.kind else list(self.counts)
        return any(self.counts.get(kind, 0) >= MOST_PER_NOUN for kind in kinds)

    @property
    def kinds(self) -> list[dict[str, Any]]:
        """Each noun of which something was found, with its number."""
        return [
            {
                "value": kind.value,
                "label": kind.label,
                "count": self.counts[kind],
                "is_capped": self.counts[kind] >= MOST_PER_NOUN,
            }
            for kind in Kind
            if kind in self.counts
        ]

    @property
    def last_number(self) -> int:
        """The number of the last page that can be asked for."""
        return max(1, min(LAST_PAGE, -(-self.count // PAGE_SIZE)))

    @property
    def jump(self) -> Hit | None:
        """The one record whose symbol or number was typed, if no noun was chosen."""
        if self.kind or self.number != 1:
            return None
        jumps = [hit for hit in self.hits if hit.is_jump]
        return jumps[0] if len(jumps) == 1 else None
