"""The back office of the action plan."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from actionplan.choices import PlanState, SubGroupKind
from actionplan.models import (
    ActionPlan,
    Activity,
    ActivityOrganization,
    Deliverable,
    DeliverableEvidence,
    PriorityArea,
    ProgressReport,
    ReportEvidence,
    SubGroup,
    SubGroupSeat,
)
from actionplan.services import establish_sub_groups
from untfsse.kit.admin import EVIDENCE, Act, FactAdmin, HouseAdmin, RecordAdmin, Rows, Sheets
from untfsse.kit.dates import PartialDateFormField
from untfsse.kit.forms import HouseForm, LinesField, choose
from untfsse.kit.todo import Task

REPORT_DAYS = 182


def not_reported(rows: Any, day: dt.date) -> Any:
    """Activities of plans that are not past, without a report for six months."""
    since = day - dt.timedelta(days=REPORT_DAYS)
    return rows.exclude(plan__state=PlanState.PAST).not_reported_since(since)


def not_delivered(rows: Any, day: dt.date) -> Any:
    """Deliverables whose day is over and that were not delivered."""
    return rows.filter(
        delivered_on__isnull=True, due_on__isnull=False, due_on__lt=f"{day:%Y-%m-%d}"
    )


class EstablishForm(forms.Form):
    """The groups that a decision established."""

    decision = choose(SubGroup, "established_by", label=_("Established by"))
    names = LinesField(label=_("Names"))
    kind = forms.ChoiceField(label=_("Kind"), choices=SubGroupKind)
    from_on = PartialDateFormField(
        label=_("From"),
        required=False,
        help_text=_("Leave empty for the day of the meeting that decided."),
    )


def do_establish(request: HttpRequest, plan: Any, data: dict[str, Any]) -> str:
    """Set the groups up."""
    count = len(establish_sub_groups(plan, by=request.user, **data))
    words = ngettext(
        "%(count)s group is established, as a draft.",
        "%(count)s groups are established, as drafts.",
        count,
    )
    return words % {"count": count}


ESTABLISH = Act(
    "establish",
    _("Establish sub-groups"),
    do_establish,
    _("Each becomes a draft with the decision's sources; readers see it once it is published."),
    form=EstablishForm,
)


class SamePlanForm(HouseForm):
    """An area is one of the same plan."""

    same_parent = (("area", "plan"),)


class AreaRows(Rows):
    """The areas of the plan."""

    model = PriorityArea
    fields = ("position", "kind", "title", "slug")
    prepopulated_fields: ClassVar = {"slug": ["title"]}


class GroupRows(Rows):
    """The groups that carry it."""

    model = SubGroup
    form = SamePlanForm
    fields = ("name", "slug", "kind", "area", "established_by")
    prepopulated_fields: ClassVar = {"slug": ["name"]}


class GroupSeatSheets(Sheets):
    """Who sits in the group."""

    model = SubGroupSeat
    fields: ClassVar = [
        "organization",
        "role",
        ("from_on", "until_on", "last_documented_on"),
        "sources",
        "confidence",
    ]


class OrganizationRows(Rows):
    """Who leads it and who supports it."""

    model = ActivityOrganization
    show_change_link = False


class DeliverableSheets(Sheets):
    """What it is to bring forth."""

    model = Deliverable
    fields: ClassVar = ["title", ("due_on", "delivered_on"), "sources", "confidence"]


class ReportRows(Rows):
    """What organizations report of it."""

    model = ProgressReport


class DeliverableEvidenceRows(Rows):
    """What shows that it was delivered."""

    model = DeliverableEvidence
    show_change_link = False


class ReportEvidenceRows(Rows):
    """What supports the report."""

    model = ReportEvidence
    show_change_link = False


@admin.register(ActionPlan)
class ActionPlanAdmin(RecordAdmin):
    """Plans for some years."""

    list_display = ("title", "starts_on", "ends_on", "state", "status", "evidence")
    list_filter: ClassVar = ["state", *RecordAdmin.list_filter]
    search_fields = ("title", "slug")
    prepopulated_fields: ClassVar = {"slug": ["title"]}
    key_field = "title_key"
    ordering = ("-sort_on", "-id")
    inlines = (AreaRows, GroupRows)
    acts = (ESTABLISH, *RecordAdmin.acts)
    facts: ClassVar = [
        (
            None,
            {
                "fields": [
                    "title",
                    "slug",
                    ("starts_on", "ends_on"),
                    "state",
                    "adopted_by",
                    "adopted_at",
                    "continues",
                    "instrument",
                    "summary",
                    "document_url",
                    "agenda_items",
                    "updates",
                ]
            },
        )
    ]


@admin.register(PriorityArea)
class PriorityAreaAdmin(RecordAdmin):
    """Areas of plans."""

    list_display = ("title", "plan", "position", "kind", "status", "evidence")
    list_filter: ClassVar = ["kind", *RecordAdmin.list_filter]
    list_select_related = ("plan",)
    search_fields = ("title", "plan__title", "slug")
    prepopulated_fields: ClassVar = {"slug": ["title"]}
    ordering = ("-plan__sort_on", "-plan_id", "position")
    facts: ClassVar = [(None, {"fields": ["plan", "position", "kind", "title", "slug", "summary"]})]


@admin.register(SubGroup)
class SubGroupAdmin(RecordAdmin):
    """Groups of members and observers that carry the work."""

    form = SamePlanForm
    list_display = ("name", "plan", "area", "kind", "status", "evidence")
    list_filter: ClassVar = ["kind", *RecordAdmin.list_filter]
    list_select_related = ("plan", "area")
    search_fields = ("name", "plan__title", "slug")
    search_help_text = _("Words of the name or of the plan; accents do not matter.")
    prepopulated_fields: ClassVar = {"slug": ["name"]}
    key_field = "name_key"
    ordering = ("-plan__sort_on", "-plan_id", "id")
    inlines = (GroupSeatSheets,)
    facts: ClassVar = [
        (
            None,
            {
                "fields": [
                    "plan",
                    "area",
                    "name",
                    "slug",
                    "kind",
                    "established_by",
                    ("from_on", "until_on"),
                ]
            },
        )
    ]


@admin.register(SubGroupSeat)
class SubGroupSeatAdmin(FactAdmin):
    """Who sits in which group, and when."""

    list_display = ("organization", "sub_group", "role", "from_on", "until_on", "evidence")
    list_filter: ClassVar = ["role", *FactAdmin.list_filter]
    list_select_related = ("organization", "sub_group")
    search_fields = ("organization__name", "organization__acronym", "sub_group__name")
    search_help_text = _("Organization or group.")
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "sub_group",
                    "organization",
                    "role",
                    ("from_on", "until_on", "last_documented_on"),
                ]
            },
        ),
        EVIDENCE,
    )


@admin.register(Activity)
class ActivityAdmin(RecordAdmin):
    """What plans foresee, who does it, and how far it is."""

    form = SamePlanForm
    list_display = ("title", "code", "plan", "reported", "status", "evidence")
    list_filter: ClassVar = ["kind", "documented_state", *RecordAdmin.list_filter]
    list_select_related = ("plan",)
    search_fields = ("title", "code", "slug")
    search_help_text = _("Words of the title, or the code; accents do not matter.")
    date_hierarchy = "due_on_last"
    prepopulated_fields: ClassVar = {"slug": ["title"]}
    key_field = "title_key"
    ordering = ("-plan__sort_on", "-plan_id", "code", "id")
    inlines = (OrganizationRows, DeliverableSheets, ReportRows)
    tasks = (Task("not_reported", _("Activities not reported for six months"), not_reported, 22),)
    facts: ClassVar = [
        (
            None,
            {
                "fields": [
                    "plan",
                    ("area", "is_area_inferred"),
                    ("code", "kind"),
                    "title",
                    "slug",
                    "description",
                    ("baseline_due_on", "due_on"),
                    ("documented_state", "documented_on"),
                    "sdgs",
                    "tags",
                ]
            },
        ),
        (
            _("The thread"),
            {
                "fields": [
                    "arises_from",
                    "provisions",
                    "instruments",
                    "continues",
                    "agenda_items",
                ],
                "description": _("Where it comes from and what it serves."),
            },
        ),
    ]

    def get_queryset(self, request: Any) -> Any:
        """Carry the latest report."""
        rows: Any = super().get_queryset(request)
        return rows.with_latest_report()

    @admin.display(description=_("last report"), ordering="reported_on")
    def reported(self, activity: Any) -> str:
        """Return the day of the latest report; "no report" is a state of its own."""
        return str(activity.reported_on) if activity.reported_on else str(_("No report"))


@admin.register(ActivityOrganization)
class ActivityOrganizationAdmin(HouseAdmin):
    """Who leads and who supports activities."""

    is_part = True
    list_display = ("organization", "activity", "role")
    list_filter = ("role",)
    list_select_related = ("organization", "activity")
    search_fields = ("organization__name", "organization__acronym", "activity__title")


@admin.register(Deliverable)
class DeliverableAdmin(FactAdmin):
    """What activities are to bring forth."""

    list_display = ("title", "activity", "due_on", "delivered_on", "evidence")
    list_filter: ClassVar = [("delivered_on", admin.EmptyFieldListFilter), *FactAdmin.list_filter]
    list_select_related = ("activity",)
    search_fields = ("title", "activity__title", "activity__code")
    inlines = (DeliverableEvidenceRows,)
    tasks = (Task("not_delivered", _("Deliverables overdue"), not_delivered, 23),)
    fieldsets = (
        (None, {"fields": ["activity", "title", ("due_on", "delivered_on")]}),
        EVIDENCE,
    )


@admin.register(DeliverableEvidence)
class DeliverableEvidenceAdmin(HouseAdmin):
    """What shows that deliverables were delivered."""

    is_part = True
    list_display = ("__str__", "deliverable")
    list_select_related = ("deliverable", "document", "meeting", "instrument")
    search_fields = ("title", "url", "deliverable__title")


@admin.register(ProgressReport)
class ProgressReportAdmin(HouseAdmin):
    """What organizations report of activities."""

    list_display = ("activity", "organization", "reported_on", "state")
    list_filter = ("state",)
    list_select_related = ("activity", "organization")
    search_fields = ("activity__title", "activity__code", "organization__name")
    date_hierarchy = "reported_on"
    ordering = ("-reported_on", "-id")
    inlines = (ReportEvidenceRows,)


@admin.register(ReportEvidence)
class ReportEvidenceAdmin(HouseAdmin):
    """What supports progress reports."""

    is_part = True
    list_display = ("__str__", "report")
    list_select_related = ("report", "document", "meeting", "instrument")
    search_fields = ("title", "url", "report__activity__title")
