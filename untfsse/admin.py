"""The back office as a whole: its front page is today's work."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from untfsse.kit.todo import panels


class BackOffice(admin.AdminSite):
    """Django's admin under our name, with today's work on its front page."""

    site_header = _("UNTFSSE back office")
    site_title = _("UNTFSSE back office")
    index_title = _("Today's work")

    def index(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show what waits, then the nouns."""
        waiting = panels(self, request)
        context = {
            "waiting": [panel for panel in waiting if panel.count],
            "done": [panel for panel in waiting if not panel.count],
            **(extra_context or {}),
        }
        return super().index(request, context)
