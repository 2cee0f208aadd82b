"""The outline of a plan: its areas, each with the groups that carry it and its activities."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from actionplan.choices import NO_REPORT, AreaKind
from actionplan.models import ActionPlan, Activity, PriorityArea, SubGroup
from actionplan.reporting import with_standing
from untfsse.kit.pages.on_record import with_on_record
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.together import fetch_together
from untfsse.kit.records.written import written

MOST = 200


@dataclass(slots=True)
class Section:
    """An area, or None for what has none, with its groups and activities."""

    area: PriorityArea | None
    groups: list[Any] = field(default_factory=list)
    activities: list[Any] = field(default_factory=list)

    @property
    def is_transversal(self) -> bool:
        """Whether the area cuts across the others."""
        return self.area is not None and self.area.kind == AreaKind.TRANSVERSAL


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of a plan, and what belongs to none of its areas."""

    sections: list[Section]
    rest: Section
    activity_count: int
    reported_count: int
    is_cut: bool

    @property
    def activities(self) -> list[Any]:
        """All activities, in the order of their areas."""
        return [each for part in [*self.sections, self.rest] for each in part.activities]


@written
def asked_of_plan(user: Reader, plan: int, most: tuple[int]) -> Iterator[Any]:
    """Ask for the areas of a plan, its groups, and so many of its activities."""
    yield PriorityArea.objects.visible_to(user).filter(plan=plan).order_by("position")
    yield SubGroup.objects.visible_to(user).filter(plan=plan).for_list()
    activities = Activity.objects.visible_to(user).filter(plan=plan)
    yield activities.for_list(user).for_board(user)[: most[0]]


def outline_of(plan: ActionPlan, user: Reader, *, on: dt.date, most: int = MOST) -> Outline:
    """Return what a reader may see of a plan, in four queries."""
    areas, groups, rows = fetch_together(*asked_of_plan(user, plan.pk, (most + 1,)))
    for area in areas:
        area.plan = plan
    with_on_record(areas, user, on=on)
    activities = with_standing(rows, on=on)
    sections = {area.pk: Section(area) for area in areas}
    rest = Section(None)
    for group in groups:
        sections.get(group.area_id, rest).groups.append(group)
    for activity in activities[:most]:
        sections.get(activity.area_id, rest).activities.append(activity)
    return Outline(
        list(sections.values()),
        rest,
        len(activities[:most]),
        sum(activity.reported_state != NO_REPORT for activity in activities[:most]),
        len(activities) > most,
    )
