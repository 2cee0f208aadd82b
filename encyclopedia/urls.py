"""The addresses of the app."""

from encyclopedia import filters, views
from encyclopedia.models import Entry
from untfsse.kit.pages.urls import record_urls

app_name = "encyclopedia"
urlpatterns = record_urls(Entry, filters.EntryFilter, views.entry_list, views.entry_detail)
