"""The addresses of the app."""

from django.urls import path
from django.views.decorators.http import conditional_page

from actionplan import views
from actionplan.feeds import ActionPlanFeed, ActivityFeed

app_name = "actionplan"
urlpatterns = [
    path("action-plans/", views.action_plan_list, name="action_plan_list"),
    path("action-plans/feed/", conditional_page(ActionPlanFeed()), name="action_plan_feed"),
    path("action-plans/<slug:slug>/", views.action_plan_detail, name="action_plan_detail"),
    path("sub-groups/", views.sub_group_list, name="sub_group_list"),
    path("sub-groups/<slug:slug>/", views.sub_group_detail, name="sub_group_detail"),
    path("activities/", views.activity_list, name="activity_list"),
    path("activities/feed/", conditional_page(ActivityFeed()), name="activity_feed"),
    path("activities/<slug:slug>/", views.activity_detail, name="activity_detail"),
]
