"""The timeline: one line from the first year of the Task Force of its meetings, texts and plans."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Value
from django.db.models.functions import ExtractYear
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from actionplan.models import ActionPlan
from taskforce.choices import MeetingState
from taskforce.models import Decision, Meeting, PolicyInstrument, Update
from untfsse.kit.pages.chart import TimeScale, stack
from untfsse.kit.records.dates import PartialDate
from untfsse.kit.records.list_item import ListItem
from untfsse.kit.records.noun import list_address
from untfsse.kit.records.publication import Reader

FIRST_YEAR = 2013
LISTED: tuple[tuple[Any, str, Any], ...] = (
    (Meeting, "sort_on", ngettext_lazy("%(count)d meeting", "%(count)d meetings", "count")),
    (
        Decision,
        "meeting__sort_on",
        ngettext_lazy("%(count)d decision", "%(count)d decisions", "count"),
    ),
    (PolicyInstrument, "sort_on", ngettext_lazy("%(count)d text", "%(count)d texts", "count")),
    (
        Update,
        "sort_on",
        ngettext_lazy("%(count)d piece of news", "%(count)d pieces of news", "count"),
    ),
)
"""What each year counts, by which day, in words; their lists can be asked for a year."""
MOST = 400
WIDTH, LEFT, RIGHT = 480, 10, 470
DOT, LABEL, BAR = 9, 20, 22
YEARS_APART = 3


@dataclass(frozen=True, slots=True)
class Event:
    """A record on the line."""

    item: ListItem
    noun: str
    label: str | Promise
    is_usual: bool = True
    """Whether its state need not be said."""

    @property
    def day(self) -> PartialDate | None:
        """The day under which it stands."""
        return self.item.date


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records of a noun a year has, in words, and where they are listed."""

    words: str
    url: str


@dataclass(slots=True)
class Year:
    """A year of the table of contents; without a number what lies before, or has no known day."""

    number: int | None
    events: list[Event] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lane:
    """A kind of record in the drawing: a dot for each."""

    noun: str
    label: str | Promise
    label_y: int
    dots: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class PlanBar:
    """A plan in the drawing; with `is_open` no end of it is known."""

    title: str
    begin: int
    end: int
    y: int
    is_open: bool

    @property
    def is_late(self) -> bool:
        """Whether its words must end where it ends, for want of room behind its beginning."""
        return self.begin > (LEFT + RIGHT) // 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """The line, drawn."""

    lanes: list[Lane]
    plans: list[PlanBar]
    plans_y: int
    years: list[tuple[int, int]]
    height: int
    width: int = WIDTH


@dataclass(frozen=True, slots=True)
class Timeline:
    """The line, and its equal as a list under years, the first one first."""

    drawing: Drawing | None
    earlier: list[Event]
    years: list[Year]
    undated: list[Event]
    is_cut: bool
    first_year: int = FIRST_YEAR


def timeline_of(user: Reader) -> Timeline:
    """Return the whole line as a reader sees it, in four queries."""
    events, is_cut = find_events(user)
    dated = sorted((e for e in events if e.day), key=day_of)
    since = [event for event in dated if event.day and event.day.year >= FIRST_YEAR]
    years: dict[int, Year] = {}
    for event in since:
        number = day_of(event)[0].year
        years.setdefault(number, Year(number)).events.append(event)
    for number, tallies in tallies_by_year(user).items():
        if number >= FIRST_YEAR:
            years.setdefault(number, Year(number)).tallies = tallies
    return Timeline(
        draw(since),
        [event for event in dated if event not in since],
        [years[number] for number in sorted(years)],
        [event for event in events if event.day is None],
        is_cut,
    )


def find_events(user: Reader) -> tuple[list[Event], bool]:
    """Return the records on the line, and whether the oldest are left out."""
    meetings = Meeting.objects.visible_to(user).defer("search").order_by("-sort_on", "-id")
    texts = PolicyInstrument.objects.visible_to(user).for_list()
    plans = ActionPlan.objects.visible_to(user).defer("search").for_list()
    found: list[Event] = []
    is_cut = False
    for rows, noun in ((meetings, "meeting"), (texts, "instrument"), (plans, "action_plan")):
        records = list(rows[: MOST + 1])
        is_cut = is_cut or len(records) > MOST
        found += [event_of(record, noun) for record in records[:MOST]]
    return found, is_cut


def event_of(record: Any, noun: str) -> Event:
    """Return a record as it stands on the line."""
    item = record.list_item()
    label = _("Action plan") if noun == "action_plan" else item.kind
    is_usual = noun != "meeting" or record.state == MeetingState.HELD
    return Event(item, noun, label, is_usual)


def day_of(event: Event) -> tuple[dt.date, dt.date]:
    """Return the first and the last day on which something can be."""
    day: Any = event.day
    return day.first or day.last, day.last


def tallies_by_year(user: Reader) -> dict[int, list[Tally]]:
    """Return how many records of the lists fall into each year, with the lists of that year."""
    first, *others = (
        model.objects.visible_to(user)
        .order_by()
        .values(place=Value(place), year=ExtractYear(day))
        .annotate(count=Count("pk"))
        for place, (model, day, _words) in enumerate(LISTED)
    )
    found: dict[int, list[Tally]] = {}
    for row in first.union(*others, all=True).order_by("place"):
        model, _day, words = LISTED[row["place"]]
        url = list_address(model, year=row["year"])
        found.setdefault(row["year"], []).append(Tally(words % {"count": row["count"]}, url))
    return found


# --- Drawn ---------------------------------------------------------------------------------


def draw(events: list[Event]) -> Drawing | None:
    """Return the drawing of events since the first year; None without any."""
    if not events:
        return None
    last = max(last.year for _first, last in map(day_of, events))
    across = TimeScale(dt.date(FIRST_YEAR, 1, 1), dt.date(last, 12, 31), LEFT, RIGHT)
    lanes, top = [], LABEL
    for noun, label in (("meeting", _("Meetings")), ("instrument", _("Texts"))):
        days = [middle_of(event) for event in events if event.noun == noun]
        dots = stack(map(across.place, days), DOT)
        height = DOT * max((level for _x, level in dots), default=0)
        base = top + LABEL + height
        lanes.append(Lane(noun, label, top + 12, [(x, base - DOT * level) for x, level in dots]))
        top = base + LABEL
    plans = [event for event in events if event.noun == "action_plan"]
    bars = [bar(event, across, top + LABEL + BAR * row) for row, event in enumerate(plans)]
    years = [each for each in across.years() if not (each[0] - FIRST_YEAR) % YEARS_APART]
    return Drawing(lanes, bars, top + 6, years, top + LABEL + BAR * len(plans))


def middle_of(event: Event) -> dt.date:
    """Return the middle of the days that are possible."""
    first, last = day_of(event)
    return first + (last - first) / 2


def bar(event: Event, across: TimeScale, y: int) -> PlanBar:
    """Return a plan from its first possible day to its last."""
    until = event.item.until
    end = across.place(until.last) if until else across.end
    return PlanBar(event.item.title, across.place(day_of(event)[0]), end, y, until is None)
