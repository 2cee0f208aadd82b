"""The questions of the action plan: which rows, for whom, with what."""

import datetime as dt
from typing import ClassVar, Self

from django.db.models import Exists, F, OuterRef, Subquery

from untfsse.kit.publication import VisibleQuerySet
from untfsse.kit.tenure import PossibleDays, TenureQuerySet


class ActionPlanQuerySet(VisibleQuerySet):
    """Questions about plans."""

    def for_list(self) -> Self:
        """The newest first."""
        return self.order_by("-sort_on", "-id")


class PriorityAreaQuerySet(VisibleQuerySet):
    """Questions about areas."""

    guards: ClassVar = ("", "plan")

    def for_list(self) -> Self:
        """In the order of their plans."""
        return (
            self.select_related("plan")
            .annotate(plan_on=F("plan__sort_on"))
            .order_by("-plan_on", "-plan_id", "position")
        )


class SubGroupQuerySet(VisibleQuerySet):
    """Questions about sub-groups."""

    guards: ClassVar = ("", "plan")

    def perhaps_existing(self, *, on: dt.date) -> Self:
        """Existing on that day, for sure or possibly (both ends inclusive)."""
        return self.annotate(possible_days=PossibleDays("from_on", "until_on")).filter(
            possible_days__contains=on
        )

    def for_list(self) -> Self:
        """In the order of their plans, the newest first, and of their areas."""
        return (
            self.select_related("plan", "area")
            .annotate(plan_on=F("plan__sort_on"))
            .order_by("-plan_on", "-plan_id", "area__position", "id")
        )


class SubGroupSeatQuerySet(TenureQuerySet):
    """Who sits in a group; seen with the group."""

    guards: ClassVar = ("sub_group", "sub_group__plan")
    evidenced: ClassVar = ("",)


class ActivityQuerySet(VisibleQuerySet):
    """Questions about activities."""

    guards: ClassVar = ("", "plan")

    def with_latest_report(self) -> Self:
        """Carry `reported_state` and `reported_on` of the latest report; null without one."""
        reports = (
            self.model._meta.get_field("reports")
            .related_model._default_manager.filter(activity=OuterRef("pk"))
            .order_by("-reported_on", "-id")
        )
        return self.annotate(
            reported_state=Subquery(reports.values("state")[:1]),
            reported_on=Subquery(reports.values("reported_on")[:1]),
        )

    def not_reported_since(self, day: dt.date) -> Self:
        """Without any report on or after that day."""
        reports = self.model._meta.get_field("reports").related_model._default_manager.filter(
            activity=OuterRef("pk"), reported_on__gte=day
        )
        return self.filter(~Exists(reports))

    def for_list(self) -> Self:
        """In the order of their plans, the newest first, and areas, with the latest report."""
        return (
            self.select_related("plan", "area")
            .with_latest_report()
            .annotate(plan_on=F("plan__sort_on"))
            .order_by("-plan_on", "-plan_id", "area__position", "code", "id")
        )


class ActivityPartQuerySet(VisibleQuerySet):
    """Parts of an activity's record; seen with it."""

    guards: ClassVar = ("activity", "activity__plan")


class DeliverableQuerySet(VisibleQuerySet):
    """Questions about deliverables."""

    guards: ClassVar = ("activity", "activity__plan")


class DeliverablePartQuerySet(VisibleQuerySet):
    """Evidence of deliverables; seen with the activity."""

    guards: ClassVar = ("deliverable__activity", "deliverable__activity__plan")


class ReportPartQuerySet(VisibleQuerySet):
    """Evidence of reports; seen with the activity."""

    guards: ClassVar = ("report__activity", "report__activity__plan")
