"""The addresses of the app."""

from django.urls import path
from django.views.decorators.http import conditional_page

from encyclopedia import views
from encyclopedia.feeds import EntryFeed

app_name = "encyclopedia"
urlpatterns = [
    path("encyclopedia/", views.entry_list, name="entry_list"),
    path("encyclopedia/feed/", conditional_page(EntryFeed()), name="entry_feed"),
    path("encyclopedia/<slug:slug>/", views.entry_detail, name="entry_detail"),
]
