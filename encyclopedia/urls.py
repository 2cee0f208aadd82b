"""The addresses of the app."""

from django.urls import path

from encyclopedia import filters, views
from encyclopedia.models import Entry
from untfsse.kit.kept import keep
from untfsse.kit.pages.urls import record_urls

app_name = "encyclopedia"
urlpatterns = [
    path("encyclopedia/by/title/", keep()(views.entries_by_title), name="entries_by_title"),
    path("encyclopedia/by/author/", keep()(views.entries_by_author), name="entries_by_author"),
    *record_urls(Entry, filters.EntryFilter, views.entry_list, views.entry_detail),
]
