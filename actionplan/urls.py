"""The addresses of the app."""

from django.urls import path

from actionplan import filters, views
from actionplan.models import ActionPlan, Activity, Commitment, SubGroup
from untfsse.kit.kept import keep
from untfsse.kit.pages.urls import record_urls

app_name = "actionplan"
urlpatterns = [
    path(
        "action-plans/<slug:slug>/plan.csv",
        keep()(views.action_plan_table),
        name="action_plan_table",
    ),
    *record_urls(
        ActionPlan,
        filters.ActionPlanFilter,
        views.action_plan_list,
        views.action_plan_detail,
    ),
    *record_urls(SubGroup, filters.SubGroupFilter, views.sub_group_list, views.sub_group_detail),
    *record_urls(Activity, filters.ActivityFilter, views.activity_list, views.activity_detail),
    *record_urls(Commitment, filters.CommitmentFilter, detail_view=views.commitment_detail),
    path(
        "instruments/<slug:slug>/coverage/",
        keep()(views.instrument_coverage),
        name="instrument_coverage",
    ),
]
