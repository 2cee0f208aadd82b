"""The questions of the action plan: which rows, for whom, with what."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Subquery, Value, When
from django.db.models.functions import Coalesce

from actionplan.choices import NO_REPORT
from taskforce.querysets import RECORDS, EvidenceQuerySet
from untfsse.kit.records.publication import (
    VISITOR,
    Reader,
    RecordQuerySet,
    VisibleQuerySet,
    published_by_now,
)
from untfsse.kit.records.tenure import TenureQuerySet

AREA_PLACE = Case(When(published_by_now("area"), then="area__position"))
"""The place of an area in its plan; a hidden one lends none, since cursors tell it."""


class ActionPlanQuerySet(VisibleQuerySet):
    """Questions about plans."""

    def overlapping(self, plan: Any) -> Self:
        """Other plans of known dates whose time has days in common with the plan's."""
        if plan.starts_on is None or plan.ends_on is None:
            return self.none()
        days = DateRange(plan.starts_on.first, plan.ends_on.last, "[]")
        others = self.filter(starts_on__isnull=False, ends_on__isnull=False).exclude(pk=plan.pk)
        return others.filter(possible_days__overlap=days)

    def running(self, *, on: dt.date) -> Self:
        """Running on that day, or perhaps (both ends inclusive); none of which no day is known."""
        dated = self.exclude(starts_on=None, ends_on=None)
        return dated.filter(possible_days__contains=on)

    def for_list(self) -> Self:
        """The newest first."""
        return self.order_by("-sort_on", "-id")

    def for_detail(self, user: Reader) -> Self:
        """With the records of other nouns that a plan names, as far as a reader may see them."""
        return self.with_visible(user, "adopted_by", "adopted_at", "instrument")

    def beside(self, plan: Any, *, most: int) -> dict[str, list[Any]]:
        """Return what it `continues`, what it is `continued_by` and some plans it is `overlapping`.

        One statement; each list has at most `most` plans, the newest first.
        """
        sides = {
            "continues": self.filter(pk=plan.continues_id),
            "continued_by": self.filter(continues=plan),
            "overlapping": self.overlapping(plan),
        }
        first, *others = (
            rows.defer("search").annotate(side=Value(name)).for_list()[:most]
            for name, rows in sides.items()
        )
        found = sorted(first.union(*others, all=True), key=lambda row: (row.sort_on, row.pk))
        return {name: [row for row in reversed(found) if row.side == name] for name in sides}


class PriorityAreaQuerySet(VisibleQuerySet):
    """Questions about areas."""

    guards: ClassVar = ("", "plan")

    def for_list(self) -> Self:
        """In the order of their plans, the newest first."""
        return (
            self.select_related("plan")
            .annotate(plan_on=F("plan__sort_on"))
            .order_by("-plan_on", "-plan_id", "position")
        )


class SubGroupQuerySet(TenureQuerySet):
    """Questions about sub-groups."""

    guards: ClassVar = ("", "plan")

    def for_list(self) -> Self:
        """In the order of their plans, the newest first, and of their areas."""
        return (
            self.select_related("plan")
            .annotate(plan_on=F("plan__sort_on"))
            .order_by("-plan_on", "-plan_id", AREA_PLACE, "id")
        )

    def for_page(self, user: Reader) -> Self:
        """With the area and the decision behind it, as far as a reader may see them."""
        return super().for_page(user).with_visible(user, "area", "established_by")

    def for_detail(self, user: Reader) -> Self:
        """With plan, area, decision and seats."""
        seats = self.rows_of("seats").visible_to(user).select_related("organization")
        return (
            self.select_related("plan")
            .with_visible(user, "area", "established_by")
            .prefetch_related(Prefetch("seats", seats.order_by("organization__name_key", "id")))
        )


class SubGroupSeatQuerySet(TenureQuerySet):
    """Who sits in a group; seen with the group and the organization."""

    guards: ClassVar = ("sub_group", "sub_group__plan", "organization")
    evidenced: ClassVar = ("",)


class ActivityQuerySet(VisibleQuerySet):
    """Questions about activities."""

    guards: ClassVar = ("", "plan")

    def with_latest_report(self, user: Reader = VISITOR) -> Self:
        """Carry `reported_state`, the state of the latest report or none, and `reported_on`."""
        reports = (
            self.rows_of("reports")
            .visible_to(user)
            .filter(activity=OuterRef("pk"))
            .order_by("-reported_on", "-id")
        )
        return self.annotate(
            reported_state=Coalesce(Subquery(reports.values("state")[:1]), Value(NO_REPORT)),
            reported_on=Subquery(reports.values("reported_on")[:1]),
        )

    def not_reported_since(self, day: Any) -> Self:
        """Without any report on or after that day."""
        reports = self.rows_of("reports").filter(activity=OuterRef("pk"), reported_on__gte=day)
        return self.filter(~Exists(reports))

    def for_list(self, user: Reader = VISITOR) -> Self:
        """In the order of their plans, the newest first, and areas, with the latest report."""
        return (
            self.select_related("plan")
            .with_latest_report(user)
            .annotate(plan_on=F("plan__sort_on"))
            .order_by("-plan_on", "-plan_id", AREA_PLACE, "code", "id")
        )

    def for_page(self, user: Reader) -> Self:
        """With the area, as far as a reader may see it."""
        return self.visible_to(user).for_list(user).with_visible(user, "area")

    def for_board(self, user: Reader) -> Self:
        """With who carries them and what they deliver, as far as a reader may see it."""
        deliverables = self.rows_of("deliverables").visible_to(user).order_by("due_on", "id")
        return self.prefetch_related(self.carriers(user), Prefetch("deliverables", deliverables))

    def carriers(self, user: Reader) -> Any:
        """Return what fetches who leads and supports them, by name."""
        seen = self.rows_of("organizations").visible_to(user).select_related("organization")
        return Prefetch("organizations", seen.order_by("role", "organization__name_key"))

    def for_detail(self, user: Reader) -> Self:
        """With all that the page of an activity names, as far as a reader may see it."""
        provisions = self.rows_of("provisions").visible_to(user).select_related("instrument")
        deliverables = self.rows_of("deliverables").visible_to(user).with_evidence(user)
        reports = self.rows_of("reports").visible_to(user).with_evidence(user)
        return (
            self.for_list(user)
            .with_visible(user, "area", "continues", "continued_by", "instruments")
            .prefetch_related(
                "tags",
                Prefetch("provisions", provisions),
                self.carriers(user),
                Prefetch("deliverables", deliverables),
                Prefetch("reports", reports.order_by("-reported_on", "-id")),
            )
        )


class ActivityPartQuerySet(VisibleQuerySet):
    """Who carries an activity, and reports; seen with it and the organization."""

    guards: ClassVar = ("activity", "activity__plan", "organization")

    def with_evidence(self, user: Reader) -> Self:
        """With who reports, and what supports it."""
        evidence = self.rows_of("evidence").visible_to(user).select_related(*RECORDS)
        return self.select_related("organization").prefetch_related(Prefetch("evidence", evidence))


class DeliverableQuerySet(VisibleQuerySet):
    """Questions about deliverables; seen with the activity once they are sure or verified."""

    guards: ClassVar = ("activity", "activity__plan")
    evidenced: ClassVar = ("",)

    def with_evidence(self, user: Reader) -> Self:
        """With what shows that they were delivered."""
        evidence = self.rows_of("evidence").visible_to(user).select_related(*RECORDS)
        return self.prefetch_related(Prefetch("evidence", evidence)).order_by("due_on", "id")


class DeliverablePartQuerySet(EvidenceQuerySet):
    """Evidence of deliverables; seen with the deliverable."""

    guards: ClassVar = ("deliverable__activity", "deliverable__activity__plan")
    evidenced: ClassVar = ("deliverable",)


class ReportPartQuerySet(EvidenceQuerySet):
    """Evidence of reports; seen with the report."""

    guards: ClassVar = ("report__activity", "report__activity__plan", "report__organization")


class CommitmentQuerySet(RecordQuerySet):
    """Questions about commitments."""

    def for_detail(self, user: Reader) -> Self:
        """With what it serves, where it was made, and who is named."""
        return super().for_detail(user).with_visible(user, "organizations")
