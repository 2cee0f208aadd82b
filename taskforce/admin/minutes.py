"""Minutes and their corrections."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from taskforce.admin.acts import APPROVE, CIRCULATE, CORRECT
from taskforce.admin.agenda import numbers
from taskforce.choices import MinutesState
from taskforce.models import Corrigendum, Meeting, Minutes
from taskforce.services.minutes import compose_minutes
from untfsse.kit.backoffice import ChosenFilter, ModelAdmin, TabularInline


class CorrigendumInline(TabularInline):
    """Later changes of approved minutes."""

    model = Corrigendum
    show_change_link = False


@admin.register(Minutes)
class MinutesAdmin(ModelAdmin):
    """Minutes: draft, circulated, then approved and frozen."""

    list_display = ("meeting", "state", "audience", "circulated_on", "approved_at_meeting")
    list_filter = ("state", "audience")
    list_select_related = ("meeting", "approved_at_meeting")
    search_fields = ("meeting__title", "text")
    search_help_text = _("Words of the meeting's title or of the text.")
    date_hierarchy = "meeting__starts_on_first"
    ordering = ("-meeting__sort_on", "-id")
    inlines = (CorrigendumInline,)
    acts = (CIRCULATE, APPROVE, CORRECT)
    fieldsets = (
        (None, {"fields": ["meeting", "audience", "text", "whole_text"]}),
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
        fixed = ["whole_text", "state", "circulated_on", "approved_at_meeting", "approved_text"]
        chosen = [*super().get_readonly_fields(request, obj), *fixed, "approved_sha256"]
        if obj and obj.state == MinutesState.APPROVED:
            chosen += ["meeting", "text"]
        return chosen

    @admin.display(description=_("whole text as it stands"))
    def whole_text(self, minutes: Minutes) -> SafeString:
        """Return the opening text, then each item with its decisions."""
        return compose_minutes(minutes) if minutes.pk else SafeString("")

    def back_from(self, request: HttpRequest, record: Any) -> str:
        """Go back to the record of the meeting from which somebody came."""
        at = request.GET.get("at", "")
        meeting = Meeting.objects.filter(pk__in=numbers(at)).first() if at else None
        if meeting is None:
            return super().back_from(request, record)
        return reverse("admin:taskforce_meeting_record", args=[meeting.pk])


@admin.register(Corrigendum)
class CorrigendumAdmin(ModelAdmin):
    """Numbered and dated changes of approved minutes."""

    is_part = True
    list_display = ("__str__", "minutes", "made_on")
    list_select_related = ("minutes__meeting",)
    search_fields = ("text", "minutes__meeting__title")
    date_hierarchy = "made_on"
    list_filter = (("minutes__meeting", ChosenFilter),)
