"""The addresses of the app."""

from django.urls import path

from taskforce import feeds, filters, views
from taskforce.models import Decision, Document, Meeting, Organization, PolicyInstrument, Update
from untfsse.kit.kept import keep
from untfsse.kit.pages.urls import record_urls

app_name = "taskforce"
urlpatterns = [
    path("meetings/calendar.ics", feeds.meeting_calendar, name="meeting_calendar"),
    path("meetings/<slug:slug>.ics", feeds.meeting_event, name="meeting_event"),
    path("offices/", keep("on")(views.office_list), name="office_list"),
    path("my-organization/", views.my_organization, name="my_organization"),
    *record_urls(
        Organization,
        filters.OrganizationFilter,
        views.organization_list,
        views.organization_detail,
    ),
    *record_urls(Meeting, filters.MeetingFilter, views.meeting_list, views.meeting_detail),
    *record_urls(Decision, filters.DecisionFilter, views.decision_list, views.decision_detail),
    path(
        "instruments/concordance/",
        keep()(views.instrument_concordance),
        name="instrument_concordance",
    ),
    path(
        "instruments/timeline/",
        keep()(views.instrument_timeline),
        name="instrument_timeline",
    ),
    *record_urls(
        PolicyInstrument,
        filters.InstrumentFilter,
        views.instrument_list,
        views.instrument_detail,
    ),
    path(
        "instruments/<slug:slug>/text/",
        keep("left", "right")(views.instrument_text),
        name="instrument_text",
    ),
    path(
        "instruments/<slug:slug>/since/<slug:earlier>/",
        keep("text")(views.instrument_changes),
        name="instrument_changes",
    ),
    *record_urls(Update, filters.UpdateFilter, views.update_list, views.update_detail),
    *record_urls(Document, filters.DocumentFilter, views.document_list, views.document_detail),
    path("documents/<slug:slug>/<slug:language>/", views.document_file, name="document_file"),
]
