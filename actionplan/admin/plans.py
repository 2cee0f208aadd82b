"""Plans, their areas and the groups that carry them."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from actionplan.admin.acts import ESTABLISH
from actionplan.choices import PlanState
from actionplan.models import (
    ActionPlan,
    PriorityArea,
    SubGroup,
    SubGroupSeat,
)
from untfsse.kit.backoffice import (
    EVENT_COLUMN,
    TENURE_COLUMN,
    EvidencedAdmin,
    RecordAdmin,
    StackedInline,
    TabularInline,
)
from untfsse.kit.backoffice.todo import Task
from untfsse.kit.forms.model_forms import ModelForm
from untfsse.kit.records.dates import LastDay


def over(rows: Any, day: dt.date) -> Any:
    """Plans that are said to be current and whose last possible day is over."""
    ended = rows.alias(ended_on=LastDay("ends_on"))
    return ended.filter(state=PlanState.CURRENT, ended_on__lt=day)


class SamePlanForm(ModelForm):
    """An area is one of the same plan."""

    same_parent = (("area", "plan"),)


class AreaInline(TabularInline):
    """The areas of the plan."""

    model = PriorityArea
    fields = ("position", "kind", "title", "slug")
    prepopulated_fields: ClassVar = {"slug": ["title"]}


class GroupInline(TabularInline):
    """The groups that carry it."""

    model = SubGroup
    form = SamePlanForm
    fields = ("name", "slug", "kind", "area", "established_by")
    prepopulated_fields: ClassVar = {"slug": ["name"]}


class GroupSeatInline(StackedInline):
    """Who sits in the group."""

    model = SubGroupSeat
    fields: ClassVar = [
        "organization",
        "role",
        ("from_on", "until_on", "last_documented_on"),
        "sources",
        "confidence",
        "internal_note",
    ]


@admin.register(ActionPlan)
class ActionPlanAdmin(RecordAdmin):
    """Plans for some years."""

    list_display = ("title", EVENT_COLUMN, "state", "status", "evidence")
    list_filter: ClassVar = ["state", *RecordAdmin.list_filter]
    search_fields = ("title", "slug")
    date_hierarchy = "starts_on_first"
    consequences: ClassVar = {
        "state": _("Of a past plan nobody is asked for reports any more."),
        "ends_on": _("Plans that overlap are found by these days and link to each other."),
    }
    prepopulated_fields: ClassVar = {"slug": ["title"]}
    ordering = ("-sort_on", "-id")
    inlines = (AreaInline, GroupInline)
    acts = (ESTABLISH, *RecordAdmin.acts)
    tasks = (Task("over", _("Plans said to be current whose end is over"), over, 24),)
    fields: ClassVar = [
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


@admin.register(PriorityArea)
class PriorityAreaAdmin(RecordAdmin):
    """Areas of plans."""

    list_display = ("title", "plan", "position", "kind", "status", "evidence")
    list_filter: ClassVar = ["kind", *RecordAdmin.list_filter]
    list_select_related = ("plan",)
    search_fields = ("title", "plan__title", "slug")
    date_hierarchy = "plan__starts_on_first"
    prepopulated_fields: ClassVar = {"slug": ["title"]}
    ordering = ("-plan__sort_on", "-plan_id", "position")
    fields: ClassVar = ["plan", "position", "kind", "title", "slug", "summary"]


@admin.register(SubGroup)
class SubGroupAdmin(RecordAdmin):
    """Groups of members and observers that carry the work."""

    form = SamePlanForm
    list_display = ("name", "plan", "area", "kind", "status", "evidence")
    list_filter: ClassVar = ["kind", *RecordAdmin.list_filter]
    list_select_related = ("plan", "area")
    search_fields = ("name", "plan__title", "slug")
    search_help_text = _("Words of the name or of the plan; accents do not matter.")
    date_hierarchy = "from_on_first"
    prepopulated_fields: ClassVar = {"slug": ["name"]}
    ordering = ("-plan__sort_on", "-plan_id", "id")
    inlines = (GroupSeatInline,)
    fields: ClassVar = [
        "plan",
        "area",
        "name",
        "slug",
        "kind",
        "established_by",
        ("from_on", "until_on", "last_documented_on"),
    ]


@admin.register(SubGroupSeat)
class SubGroupSeatAdmin(EvidencedAdmin):
    """Who sits in which group, and when."""

    list_display = ("organization", "sub_group", "role", TENURE_COLUMN, "evidence")
    list_filter: ClassVar = ["role", *EvidencedAdmin.list_filter]
    list_select_related = ("organization", "sub_group")
    search_fields = ("organization__name", "organization__acronym", "sub_group__name")
    search_help_text = _("Organization or group.")
    date_hierarchy = "from_on_first"
    fields: ClassVar = [
        "sub_group",
        "organization",
        "role",
        ("from_on", "until_on", "last_documented_on"),
    ]
