"""Minutes and their corrections."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from taskforce.admin.acts import APPROVE, CIRCULATE, CORRECT
from taskforce.choices import MinutesState
from taskforce.models import Corrigendum, Minutes
from untfsse.kit.admin import HouseAdmin, Rows


class CorrigendumRows(Rows):
    """Later changes of approved minutes."""

    model = Corrigendum
    show_change_link = False


@admin.register(Minutes)
class MinutesAdmin(HouseAdmin):
    """Minutes: draft, circulated, then approved and frozen."""

    rich = ("text",)
    list_display = ("meeting", "state", "audience", "circulated_on", "approved_at_meeting")
    list_filter = ("state", "audience")
    list_select_related = ("meeting", "approved_at_meeting")
    search_fields = ("meeting__title", "text")
    search_help_text = _("Words of the meeting's title or of the text.")
    date_hierarchy = "meeting__starts_on_first"
    ordering = ("-meeting__sort_on", "-id")
    inlines = (CorrigendumRows,)
    acts = (CIRCULATE, APPROVE, CORRECT)
    fieldsets = (
        (None, {"fields": ["meeting", "audience", "text"]}),
        (
            _("State"),
            {
                "fields": [
                    "state",
                    "circulated_on",
                    "approved_at_meeting",
                    "approved_text",
                    "approved_sha256",
                ]
            },
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave the state to its own buttons; what is approved stays as it is."""
        fixed = ["state", "circulated_on", "approved_at_meeting", "approved_text"]
        chosen = [*super().get_readonly_fields(request, obj), *fixed, "approved_sha256"]
        if obj and obj.state == MinutesState.APPROVED:
            chosen += ["meeting", "text"]
        return chosen


@admin.register(Corrigendum)
class CorrigendumAdmin(HouseAdmin):
    """Numbered and dated changes of approved minutes."""

    is_part = True
    list_display = ("__str__", "minutes", "made_on")
    list_select_related = ("minutes__meeting",)
    search_fields = ("text", "minutes__meeting__title")
    date_hierarchy = "made_on"
