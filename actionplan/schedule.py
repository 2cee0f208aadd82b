"""The schedule of a plan: what was due when, and what was delivered; told and drawn."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from untfsse.kit.pages.chart import TimeScale
from untfsse.kit.records.dates import PartialDate

WIDTH, LEFT, RIGHT, TOP, ROW, FOOT = 480, 10, 470, 24, 34, 10
MOST_DRAWN = 60
LONGEST = 60
MONTHS = 12

type Day = PartialDate | None


@dataclass(frozen=True, slots=True)
class Step:
    """An activity, or with `delivery` something it delivers; what is not known is None."""

    activity: Any
    first_due: Day = None
    due: Day = None
    delivered: Day = None
    delivery: str = ""

    @property
    def days(self) -> list[PartialDate]:
        """The days that are known."""
        return [day for day in (self.first_due, self.due, self.delivered) if day]

    @property
    def title(self) -> str:
        """What it is; of a delivery with its activity."""
        if not self.delivery:
            return str(self.activity.title)
        names = {"delivery": self.delivery, "activity": self.activity.title}
        return gettext("%(delivery)s, of “%(activity)s”") % names

    @property
    def slip(self) -> str:
        """How far the last known day lies from the one that was planned, in words."""
        return slip(self.due, self.delivered) if self.delivery else slip(self.first_due, self.due)


def steps_of(activity: Any) -> Iterator[Step]:
    """Give an activity and what it delivers, those with a day in order; needs `deliverables`."""
    yield Step(activity, activity.baseline_due_on, activity.due_on)
    steps = [
        Step(activity, None, each.due_on, each.delivered_on, each.title)
        for each in activity.deliverables.all()
    ]
    yield from sorted(
        steps, key=lambda step: min((day.last for day in step.days), default=dt.date.max)
    )


def slip(planned: Day, actual: Day) -> str:
    """Return how much later or earlier something is, as exactly as the vaguer day allows.

    Nothing when one is not known, or only "by" a day.
    """
    if planned is None or actual is None or planned.is_by or actual.is_by:
        return ""
    if planned.day and actual.day:
        number = (actual.last - planned.last).days
        same = gettext("as due")
        later = ngettext("%(number)d day later", "%(number)d days later", abs(number))
        earlier = ngettext("%(number)d day earlier", "%(number)d days earlier", abs(number))
    elif planned.month and actual.month:
        number = (actual.year - planned.year) * MONTHS + actual.month - planned.month
        same = gettext("in the month it was due")
        later = ngettext("%(number)d month later", "%(number)d months later", abs(number))
        earlier = ngettext("%(number)d month earlier", "%(number)d months earlier", abs(number))
    else:
        number = actual.year - planned.year
        same = gettext("in the year it was due")
        later = ngettext("%(number)d year later", "%(number)d years later", abs(number))
        earlier = ngettext("%(number)d year earlier", "%(number)d years earlier", abs(number))
    return (later if number > 0 else earlier) % {"number": abs(number)} if number else same


# --- Drawn ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bar:
    """A step in the drawing: its words, and where its days lie."""

    title: str
    text_y: int
    y: int
    marks: list[tuple[str, int]]
    """What a day is (first, due, delivered) and the last day on which it can be."""
    spans: list[tuple[str, int, int]] = field(default_factory=list)
    """Days known as a month or a year, from the first to the last possible day."""
    slip: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """The drawing, and the same as a table."""

    bars: list[Bar]
    years: list[tuple[int, int]]
    height: int
    columns: list[str | Promise]
    rows: list[list[dict[str, str]]]
    is_cut: bool
    width: int = WIDTH


COLUMNS = (_("Activity or delivery"), _("First due"), _("Due"), _("Delivered"), _("Difference"))


def schedule_of(plan: Any, activities: Iterable[Any]) -> Schedule | None:
    """Return the days of a plan's activities; None where none is known."""
    steps = [step for each in activities for step in steps_of(each) if step.days]
    if not steps:
        return None
    known = [day for step in steps for day in step.days]
    known += [day for day in (plan.starts_on, plan.ends_on) if day]
    first = min(day.first or day.last for day in known)
    last = max(day.last for day in known)
    across = TimeScale(dt.date(first.year, 1, 1), dt.date(last.year, 12, 31), LEFT, RIGHT)
    drawn = steps[:MOST_DRAWN]
    return Schedule(
        [bar(step, across, TOP + ROW * place) for place, step in enumerate(drawn)],
        across.years(),
        TOP + ROW * len(drawn) + FOOT,
        list(COLUMNS),
        [table_row(step) for step in steps],
        len(steps) > len(drawn),
    )


def bar(step: Step, across: TimeScale, top: int) -> Bar:
    """Return a step as it is drawn below `top`."""
    days = {"first": step.first_due, "due": step.due, "delivered": step.delivered}
    known = {name: day for name, day in days.items() if day}
    planned, actual = (step.due, step.delivered) if step.delivery else (step.first_due, step.due)
    return Bar(
        Truncator(step.delivery or step.activity.title).chars(LONGEST),
        top + 14,
        top + 24,
        [(name, across.place(day.last)) for name, day in known.items()],
        [
            (name, across.place(day.first), across.place(day.last))
            for name, day in known.items()
            if day.first and day.first != day.last
        ],
        (across.place(planned.last), across.place(actual.last)) if planned and actual else None,
    )


def table_row(step: Step) -> list[dict[str, str]]:
    """Return a step as a row of the table."""
    days = [day.text if day else "" for day in (step.first_due, step.due, step.delivered)]
    texts = zip(COLUMNS[1:], [*days, step.slip], strict=True)
    cells = [{"label": str(label), "text": text} for label, text in texts]
    return [{"text": step.title, "url": step.activity.get_absolute_url()}, *cells]
