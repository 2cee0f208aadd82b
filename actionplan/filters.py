"""What one may ask of a list of the action plan; the same for pages and the API."""

import datetime as dt
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.choices import (
    REPORTED_STATES,
    AreaKind,
    DocumentedState,
    GroupRole,
    PlanState,
    ReportState,
    SubGroupKind,
)
from actionplan.models import (
    ActionPlan,
    Activity,
    PriorityArea,
    SubGroup,
    SubGroupSeat,
)
from taskforce.filters import TenureFilter
from taskforce.models import Decision, Organization, PolicyInstrument
from untfsse.kit.pages.filters import (
    DayFilter,
    FlagFilter,
    GoalFilter,
    ListFilter,
    RecordChoiceFilter,
    RecordFilter,
    WordFilter,
    YearFilter,
)
from untfsse.kit.pages.topics import TopicFilter


class AreaFilter(RecordChoiceFilter):
    """An area by its slug, called by its plan too, since plans share titles."""

    def visible(self, request: HttpRequest | None) -> Any:
        """Return the areas in the order of their plans."""
        title = Concat(F("title"), Value(" ("), F("plan__title"), Value(")"))
        areas: Any = super().visible(request)
        return areas.for_list().annotate(full_name=title)


class ActionPlanFilter(RecordFilter):
    """Plans by words, state, day, and the plan whose time they share."""

    state = WordFilter(PlanState, label=_("State"))
    on = DayFilter(method="running_on")
    overlaps = RecordChoiceFilter(ActionPlan, label=_("Overlaps"), method="overlapping")
    rare = ("overlaps",)

    def running_on(self, queryset: Any, _name: str, value: dt.date) -> Any:
        """Narrow to those that ran on the day, or may have."""
        return queryset.running(on=value)

    def overlapping(self, queryset: Any, _name: str, value: ActionPlan) -> Any:
        """Narrow to the other plans that share a day with one."""
        return queryset.overlapping(value)


class PriorityAreaFilter(ListFilter):
    """Areas by plan and kind."""

    plan = RecordChoiceFilter(ActionPlan, label=_("Plan"))
    kind = WordFilter(AreaKind, label=_("Kind"))


class SubGroupFilter(RecordFilter):
    """Sub-groups by words, plan, area, kind, seat, day and the decision behind them."""

    plan = RecordChoiceFilter(ActionPlan, label=_("Plan"))
    area = AreaFilter(PriorityArea, label=_("Area"))
    kind = WordFilter(SubGroupKind, label=_("Kind"))
    organization = RecordChoiceFilter(
        Organization, label=_("Organization in it"), method="with_seat_of"
    )
    on = DayFilter(method="on_day")
    established_by = RecordChoiceFilter(Decision, label=_("Established by"))
    rare = ("established_by",)

    def with_seat_of(self, queryset: Any, _name: str, value: Organization) -> Any:
        """Narrow to those where it sits: on the day that is asked for, or at any time."""
        seats = SubGroupSeat.objects.visible_to(self.reader).filter(organization=value)
        if day := self.form.cleaned_data.get("on"):
            seats = seats.held_or_perhaps(on=day, today=timezone.localdate())
        return queryset.filter(pk__in=seats.values("sub_group"))

    def on_day(self, queryset: Any, _name: str, value: Any) -> Any:
        """Narrow to those that existed on the day, or may have."""
        return queryset.held_or_perhaps(on=value, today=timezone.localdate())


class SubGroupSeatFilter(TenureFilter):
    """Seats in sub-groups by group, organization, role and day."""

    sub_group = RecordChoiceFilter(SubGroup, label=_("Sub-group"))
    role = WordFilter(GroupRole, label=_("Role"))


class ActivityFilter(RecordFilter):
    """Activities by words, plan, area, who carries them, state, what they serve, and topic."""

    plan = RecordChoiceFilter(ActionPlan, label=_("Plan"))
    area = AreaFilter(PriorityArea, label=_("Area"))
    organization = RecordChoiceFilter(
        Organization,
        label=_("Led, supported or funded by"),
        field_name="organizations__organization",
    )
    reported_state = WordFilter(
        REPORTED_STATES, label=_("Latest report"), method="last_reported_as"
    )
    documented_state = WordFilter(DocumentedState, label=_("In public sources"))
    sdg = GoalFilter()
    arises_from = RecordChoiceFilter(Decision, label=_("Arises from"))
    instrument = RecordChoiceFilter(PolicyInstrument, label=_("Serves"), method="serving")
    tag = TopicFilter(Activity)
    rare = ("arises_from", "instrument", "tag")

    def last_reported_as(self, queryset: Any, _name: str, value: str) -> Any:
        """Narrow by the latest report that the reader may see, or to those without any."""
        return queryset.with_latest_report(self.reader).filter(reported_state=value)

    def serving(self, queryset: Any, _name: str, value: PolicyInstrument) -> Any:
        """Narrow to those that serve the instrument or one of its provisions."""
        served = Activity.objects.filter(
            Q(instruments=value) | Q(provisions__instrument=value)
        ).values("pk")
        return queryset.filter(pk__in=served)


class DeliverableFilter(ListFilter):
    """Deliverables by activity, and whether a day of delivery is recorded."""

    activity = RecordChoiceFilter(Activity, label=_("Activity"))
    is_delivered = FlagFilter("delivered_on", "isnull", exclude=True, label=_("Delivered"))


class ProgressReportFilter(ListFilter):
    """Progress reports by activity, who reports, and what."""

    activity = RecordChoiceFilter(Activity, label=_("Activity"))
    organization = RecordChoiceFilter(Organization, label=_("Reported by"))
    state = WordFilter(ReportState, label=_("State"))


class CommitmentFilter(RecordFilter):
    """Commitments by words, who made them, what they serve, and year."""

    organization = RecordChoiceFilter(Organization, field_name="organizations", label=_("Made by"))
    instrument = RecordChoiceFilter(PolicyInstrument, label=_("Serves"))
    year = YearFilter()
