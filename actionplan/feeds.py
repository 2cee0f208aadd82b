"""Feeds: the action plans and their activities as Atom."""

from typing import ClassVar

from django.utils.translation import gettext_lazy

from actionplan.filters import ActionPlanFilter, ActivityFilter
from actionplan.models import ActionPlan, Activity
from untfsse.kit.pages.feeds import RecordFeed


class ActionPlanFeed(RecordFeed):
    """Plans."""

    noun, filters, page = ActionPlan, ActionPlanFilter, "actionplan:action_plan_list"
    title = gettext_lazy("Action plans of the UN Task Force on Social and Solidarity Economy")


class ActivityFeed(RecordFeed):
    """Activities."""

    noun, filters, page = Activity, ActivityFilter, "actionplan:activity_list"
    title = gettext_lazy("Activities of the UN Task Force on Social and Solidarity Economy")
    texts: ClassVar = ("description",)
