"""The addresses of the app."""

from django.urls import path

from actionplan import views

app_name = "actionplan"
urlpatterns = [
    path("action-plans/", views.action_plan_list, name="action_plan_list"),
    path("action-plans/<slug:slug>/", views.action_plan_detail, name="action_plan_detail"),
    path("sub-groups/", views.sub_group_list, name="sub_group_list"),
    path("sub-groups/<slug:slug>/", views.sub_group_detail, name="sub_group_detail"),
    path("activities/", views.activity_list, name="activity_list"),
    path("activities/<slug:slug>/", views.activity_detail, name="activity_detail"),
]
