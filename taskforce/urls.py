"""The addresses of the app."""

from django.urls import path
from django.views.decorators.http import conditional_page

from taskforce import feeds, views

app_name = "taskforce"
urlpatterns = [
    path("organizations/", views.organization_list, name="organization_list"),
    path("organizations/<slug:slug>/", views.organization_detail, name="organization_detail"),
    path("meetings/", views.meeting_list, name="meeting_list"),
    path("meetings/feed/", conditional_page(feeds.MeetingFeed()), name="meeting_feed"),
    path("meetings/calendar.ics", feeds.meeting_calendar, name="meeting_calendar"),
    path("meetings/<slug:slug>/", views.meeting_detail, name="meeting_detail"),
    path("decisions/", views.decision_list, name="decision_list"),
    path("decisions/feed/", conditional_page(feeds.DecisionFeed()), name="decision_feed"),
    path("decisions/<slug:slug>/", views.decision_detail, name="decision_detail"),
    path("instruments/", views.instrument_list, name="instrument_list"),
    path("instruments/feed/", conditional_page(feeds.InstrumentFeed()), name="instrument_feed"),
    path("instruments/<slug:slug>/", views.instrument_detail, name="instrument_detail"),
    path("updates/", views.update_list, name="update_list"),
    path("updates/feed/", conditional_page(feeds.UpdateFeed()), name="update_feed"),
    path("updates/<slug:slug>/", views.update_detail, name="update_detail"),
    path("documents/", views.document_list, name="document_list"),
    path("documents/feed/", conditional_page(feeds.DocumentFeed()), name="document_feed"),
    path("documents/<slug:slug>/", views.document_detail, name="document_detail"),
    path("documents/<slug:slug>/<slug:language>/", views.document_file, name="document_file"),
]
