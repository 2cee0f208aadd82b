"""Charts: where days and counts stand in a drawing, so that a template can place them.

A drawing is inline SVG with classes alone, and always stands beside a table that says the same.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """From the least to the most of something, laid out from `begin` to `end` in the drawing."""

    least: int
    most: int
    begin: int
    end: int

    def place(self, value: int) -> int:
        """Return where a value stands, rounded; one outside stands at the nearer edge."""
        span = max(self.most - self.least, 1)
        inside = min(max(value, self.least), self.most)
        return round(self.begin + (inside - self.least) * (self.end - self.begin) / span)


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Days from the first to the last (both inclusive), laid out from `begin` to `end`."""

    first: dt.date
    last: dt.date
    begin: int
    end: int

    def place(self, day: dt.date) -> int:
        """Return where a day stands; one outside stands at the nearer edge."""
        days = Scale(self.first.toordinal(), self.last.toordinal(), self.begin, self.end)
        return days.place(day.toordinal())

    def years(self) -> list[tuple[int, int]]:
        """Return each year that begins within, with the place of its first day."""
        found = range(self.first.year, self.last.year + 1)
        starts = [dt.date(year, 1, 1) for year in found]
        return [(day.year, self.place(day)) for day in starts if self.first <= day <= self.last]


def stack(places: Iterable[int], step: int) -> list[tuple[int, int]]:
    """Return where dots stand across, in steps, and how many stand below each."""
    levels: Counter[int] = Counter()
    found = []
    for place in places:
        x = place // step * step
        found.append((x, levels[x]))
        levels[x] += 1
    return found


def step_path(points: list[tuple[int, int]], end: int) -> str:
    """Return the path of a line that stays level from each point to the next, up to `end`."""
    if not points:
        return ""
    (x, y), *rest = points
    return f"M{x} {y}" + "".join(f"H{x}V{y}" for x, y in rest) + f"H{end}"
