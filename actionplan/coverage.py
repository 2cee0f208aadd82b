"""Coverage: which provisions of an instrument are served, by which activities and sub-groups.

Worked out from what was reported, what public sources say and what is on record, and from the age
of the last report; nobody's word is stored.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from actionplan.choices import Coverage, DocumentedState, ReportState
from actionplan.models import Activity, PriorityArea, SubGroup
from actionplan.reporting import with_standing
from taskforce.models import PolicyInstrument, Provision
from untfsse.kit.pages.on_record import with_on_record
from untfsse.kit.records.dates import PartialDate
from untfsse.kit.records.publication import Reader

MOST = 200
"""So many activities, at most, are looked at."""


@dataclass(slots=True)
class Row:
    """A provision, or the instrument as a whole, with what serves it and all within it."""

    provision: Provision | None
    activities: list[Any] = field(default_factory=list)
    groups: list[SubGroup] = field(default_factory=list)

    @property
    def coverage(self) -> Coverage:
        """How far it is served: wholly only where each activity is done."""
        found = {coverage_of(activity) for activity in self.activities}
        if not found:
            return Coverage.NOT
        if len(found) == 1:
            return found.pop()
        return Coverage.PARTLY

    @property
    def quiet_since(self) -> PartialDate | None:
        """Since when nobody has reported on any of its activities, where that is all to be said."""
        if self.coverage != Coverage.QUIET:
            return None
        days = [activity.on_record.quiet_since for activity in self.activities]
        return max(filter(None, days), key=lambda day: day.last, default=None)


def coverage_of(activity: Any) -> Coverage:
    """Return how far an activity serves; it carries `reported_state` and `on_record`."""
    is_documented = activity.documented_state == DocumentedState.DONE
    if is_documented or activity.reported_state == ReportState.DONE:
        return Coverage.SERVED
    has_brought = any(not fact.kind.is_report for fact in activity.on_record.facts)
    is_told = has_brought or not activity.on_record.is_quiet
    return Coverage.PARTLY if is_told else Coverage.QUIET


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the drawn summary, in provisions."""

    coverage: Coverage
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of an instrument; that of the whole only where activities serve it as a whole."""

    whole: Row | None
    rows: list[Row]
    is_cut: bool

    @property
    def bars(self) -> list[Bar]:
        """How many provisions are served how far, in the order of the words."""
        counts = Counter(row.coverage for row in self.rows)
        return list(stretch((word, counts[word]) for word in Coverage if counts[word]))


def stretch(counts: Iterable[tuple[Coverage, int]]) -> Iterator[Bar]:
    """Give stretches that follow each other."""
    start = 0
    for word, length in counts:
        yield Bar(word, start, length)
        start += length


def coverage_table(instrument: PolicyInstrument, reader: Reader, *, on: dt.date) -> Table:
    """Return what a reader may see of how an instrument is served on a day, in six queries.

    What was reported dropped serves nothing.
    """
    visible: Any = Activity.objects.visible_to(reader)
    provisions = list(
        Provision.objects.visible_to(reader).filter(instrument=instrument).order_by("position")
    )
    serving: dict[int, set[int]] = defaultdict(set)
    links = visible.filter(provisions__instrument=instrument).order_by()
    for key, provision in links.values_list("pk", "provisions"):
        serving[provision].add(key)
    whole = set(visible.filter(instruments=instrument).order_by().values_list("pk", flat=True))
    keys = whole.union(*(serving[provision.pk] for provision in provisions))
    found = list(visible.filter(pk__in=keys).for_list(reader)[: MOST + 1])
    with_on_record(with_standing(found[:MOST], on=on), reader, on=on)
    activities = [row for row in found[:MOST] if row.reported_state != ReportState.DROPPED]
    areas = PriorityArea.objects.visible_to(reader).filter(pk__in={row.area_id for row in found})
    groups = list(SubGroup.objects.visible_to(reader).filter(area__in=areas).order_by("name_key"))
    for provision in reversed(provisions):
        if provision.parent_id:
            serving[provision.parent_id] |= serving[provision.pk]

    def row(provision: Provision | None, served: set[int]) -> Row:
        mine = [activity for activity in activities if activity.pk in served]
        carried = {activity.area_id for activity in mine}
        return Row(provision, mine, [group for group in groups if group.area_id in carried])

    return Table(
        row(None, whole) if whole else None,
        [row(provision, serving[provision.pk]) for provision in provisions],
        len(found) > MOST,
    )
