"""The addresses of the app."""

from django.urls import path

from encyclopedia import views

app_name = "encyclopedia"
urlpatterns = [
    path("encyclopedia/", views.entry_list, name="entry_list"),
    path("encyclopedia/<slug:slug>/", views.entry_detail, name="entry_detail"),
]
