"""Activities, what they are to bring forth, and what is reported of them."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from actionplan.admin.plans import SamePlanForm
from actionplan.choices import UNREPORTED, PlanState
from actionplan.models import (
    Activity,
    ActivityOrganization,
    Deliverable,
    DeliverableEvidence,
    ProgressReport,
    ReportEvidence,
)
from taskforce.forms import ProofForm
from taskforce.querysets import PROOFS, RECORDS
from untfsse.kit.backoffice import (
    EvidencedAdmin,
    ModelAdmin,
    RecordAdmin,
    StackedInline,
    TabularInline,
)
from untfsse.kit.backoffice.todo import Task

REPORT_DAYS = 182


def not_reported(rows: Any, day: dt.date) -> Any:
    """Activities of plans that are not past, without a report for six months."""
    since = day - dt.timedelta(days=REPORT_DAYS)
    return rows.exclude(plan__state=PlanState.PAST).not_reported_since(since)


def not_delivered(rows: Any, day: dt.date) -> Any:
    """Deliverables whose day is over and that were not delivered."""
    return rows.filter(delivered_on__isnull=True, due_on_last__lt=day)


class OrganizationInline(TabularInline):
    """Who leads it and who supports it."""

    model = ActivityOrganization
    show_change_link = False


class DeliverableInline(StackedInline):
    """What it is to bring forth."""

    model = Deliverable
    fields: ClassVar = [
        "title",
        ("due_on", "delivered_on"),
        "sources",
        "confidence",
        "internal_note",
    ]


class ReportInline(TabularInline):
    """What organizations report of it."""

    model = ProgressReport


class DeliverableEvidenceInline(StackedInline):
    """What shows that it was delivered."""

    model = DeliverableEvidence
    form = ProofForm
    fields: ClassVar = [PROOFS[:2], PROOFS[2:], ("url", "title")]
    show_change_link = False


class ReportEvidenceInline(StackedInline):
    """What supports the report."""

    model = ReportEvidence
    form = ProofForm
    fields: ClassVar = [PROOFS[:2], PROOFS[2:], ("url", "title")]
    show_change_link = False


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
    ordering = ("-plan__sort_on", "-plan_id", "code", "id")
    inlines = (OrganizationInline, DeliverableInline, ReportInline)
    tasks = (Task("not_reported", _("Activities not reported for six months"), not_reported, 22),)
    fieldsets: ClassVar = [
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
    def reported(self, activity: Any) -> Any:
        """Return the day of the latest report; "no report" is a state of its own."""
        return activity.reported_on or UNREPORTED


@admin.register(ActivityOrganization)
class ActivityOrganizationAdmin(ModelAdmin):
    """Who leads and who supports activities."""

    is_part = True
    list_display = ("organization", "activity", "role")
    list_filter = ("role",)
    list_select_related = ("organization", "activity")
    search_fields = ("organization__name", "organization__acronym", "activity__title")
    date_hierarchy = "activity__due_on_last"


@admin.register(Deliverable)
class DeliverableAdmin(EvidencedAdmin):
    """What activities are to bring forth."""

    list_display = ("title", "activity", "due_on", "delivered_on", "evidence")
    list_filter: ClassVar = [
        ("delivered_on", admin.EmptyFieldListFilter),
        *EvidencedAdmin.list_filter,
    ]
    list_select_related = ("activity",)
    search_fields = ("title", "activity__title", "activity__code")
    date_hierarchy = "due_on_last"
    consequences: ClassVar = {
        "due_on": _("Not delivered after its last possible day, it is listed as overdue."),
        "delivered_on": _("Readers see it as delivered, with what shows it."),
    }
    inlines = (DeliverableEvidenceInline,)
    tasks = (Task("not_delivered", _("Deliverables overdue"), not_delivered, 23),)
    fields: ClassVar = ["activity", "title", ("due_on", "delivered_on")]


@admin.register(DeliverableEvidence)
class DeliverableEvidenceAdmin(ModelAdmin):
    """What shows that deliverables were delivered."""

    is_part = True
    form = ProofForm
    list_display = ("__str__", "deliverable")
    list_select_related = ("deliverable", *RECORDS)
    search_fields = ("title", "url", "deliverable__title")
    date_hierarchy = "deliverable__due_on_last"
    list_filter = (("url", admin.EmptyFieldListFilter),)


@admin.register(ProgressReport)
class ProgressReportAdmin(ModelAdmin):
    """What organizations report of activities."""

    list_display = ("activity", "organization", "reported_on", "state")
    list_filter = ("state",)
    list_select_related = ("activity", "organization")
    search_fields = ("activity__title", "activity__code", "organization__name")
    date_hierarchy = "reported_on"
    consequences: ClassVar = {
        "state": _(
            "The latest report is what readers see of the activity; without one they read "
            "that nobody reported."
        ),
        "reported_on": _(
            "Half a year after the latest report the activity is listed as not reported."
        ),
    }
    ordering = ("-reported_on", "-id")
    inlines = (ReportEvidenceInline,)


@admin.register(ReportEvidence)
class ReportEvidenceAdmin(ModelAdmin):
    """What supports progress reports."""

    is_part = True
    form = ProofForm
    list_display = ("__str__", "report")
    list_select_related = ("report", *RECORDS)
    search_fields = ("title", "url", "report__activity__title")
    date_hierarchy = "report__reported_on"
    list_filter = (("url", admin.EmptyFieldListFilter),)
