"""How many members and observers there were over time: by the seats, and as sources count them."""

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taskforce.choices import SeatCategory
from taskforce.models import ReportedCount, Seat
from untfsse.kit.pages.chart import Scale, TimeScale, step_path
from untfsse.kit.records.dates import PartialDate
from untfsse.kit.records.publication import Reader

WIDTH, HEIGHT = 480, 200
LEFT, RIGHT, TOP, BOTTOM = 26, 470, 12, 176
YEARS_APART = 3
COUNTS_APART = 10
LABELS = {SeatCategory.MEMBER: _("Members"), SeatCategory.OBSERVER: _("Observers")}

type Steps = list[tuple[dt.date, int]]


@dataclass(frozen=True, slots=True)
class Line:
    """The seats of a category over time, drawn, with the counts that sources give as marks."""

    category: str
    label: str | Promise
    path: str
    marks: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Report:
    """What a source counts for a day, in words."""

    day: PartialDate | None
    words: str
    sources: list[dict[str, str | None]]


@dataclass(frozen=True, slots=True)
class Membership:
    """The drawing, and the same as a table: a row for the end of each year, and for today."""

    lines: list[Line]
    years: list[tuple[int, int]]
    counts: list[tuple[int, int]]
    columns: list[str | Promise]
    rows: list[list[dict[str, str]]]
    reports: list[Report]
    size: str = f"0 0 {WIDTH} {HEIGHT}"


def membership_over_time(user: Reader, today: dt.date) -> Membership | None:
    """Return how many held a seat from the first documented day until today; two queries.

    A seat counts from the day since when it is certain until its known end, and presumably where
    no end is known. None where no seat is on record.
    """
    seats = Seat.objects.visible_to(user).filter(held_days__isempty=False).order_by()
    # The two days, not the range: Python would take most of the page's time to make a thousand.
    held = list(seats.values_list("category", "held_days__startswith", "held_days__endswith"))
    steps = {
        category: steps_of(((since, end) for word, since, end in held if word == category), today)
        for category in LABELS
    }
    begins = [found[0][0] for found in steps.values() if found]
    if not begins:
        return None
    reported = list(ReportedCount.objects.visible_to(user))
    first = dt.date(min([*begins, *(count.sort_on for count in reported)]).year, 1, 1)
    seated = [number for found in steps.values() for _day, number in found]
    most = max([*seated, *(count.number for count in reported)])
    across, up = TimeScale(first, today, LEFT, RIGHT), Scale(0, most, BOTTOM, TOP)
    return Membership(
        [
            Line(
                category,
                label,
                step_path([(across.place(day), up.place(n)) for day, n in steps[category]], RIGHT),
                [
                    (across.place(count.sort_on), up.place(count.number))
                    for count in reported
                    if count.category == category
                ],
            )
            for category, label in LABELS.items()
        ],
        [(year, place) for year, place in across.years() if not (year - first.year) % YEARS_APART],
        [(count, up.place(count)) for count in range(0, most + 1, COUNTS_APART)],
        [_("Day"), *LABELS.values()],
        table_rows(steps, first.year, today),
        reports_of(reported),
    )


def reports_of(counts: Iterable[ReportedCount]) -> list[Report]:
    """Return what sources say, once where one sentence counts members and observers."""
    found: dict[tuple[PartialDate | None, str], list[dict[str, str | None]]] = {}
    for count in counts:
        words = count.wording or f"{count.number} {LABELS[SeatCategory(count.category)]}"
        found.setdefault((count.reported_on, words), count.sources)
    return [Report(day, words, sources) for (day, words), sources in found.items()]


def steps_of(held: Iterable[tuple[dt.date, dt.date | None]], today: dt.date) -> Steps:
    """Return each day up to today on which the number of seats changed, with the new number.

    Each seat is held from a day until the day before another.
    """
    changes: Counter[dt.date] = Counter()
    for since, end in held:
        changes[since] += 1
        if end is not None:
            changes[end] -= 1
    days = sorted(day for day, change in changes.items() if change and day <= today)
    return list(zip(days, accumulate(changes[day] for day in days), strict=True))


def number_on(steps: Steps, day: dt.date) -> int:
    """Return how many there were on a day."""
    place = bisect_right(steps, day, key=itemgetter(0))
    return steps[place - 1][1] if place else 0


def table_rows(
    steps: dict[SeatCategory, Steps], first: int, today: dt.date
) -> list[list[dict[str, str]]]:
    """Return the numbers at the end of each year and today, the latest first."""
    ends = [dt.date(year, 12, 31) for year in range(first, today.year)]
    return [
        [
            {"text": PartialDate.of(day).text},
            *(
                {"label": str(label), "text": str(number_on(steps[category], day))}
                for category, label in LABELS.items()
            ),
        ]
        for day in [today, *reversed(ends)]
    ]
