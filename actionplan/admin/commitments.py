"""Commitments: who committed to what, and when."""

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from actionplan.models import Commitment
from untfsse.kit.backoffice import RecordAdmin


@admin.register(Commitment)
class CommitmentAdmin(RecordAdmin):
    """What governments and others said that they would do or support."""

    list_display = ("title", "made_by", "made_on", "status", "evidence")
    search_fields = ("title", "made_by", "slug")
    search_help_text = _("Words of the title, or who made it; accents do not matter.")
    date_hierarchy = "made_on_first"
    prepopulated_fields: ClassVar = {"slug": ["title"]}
    ordering = ("-sort_on", "-id")
    fieldsets: ClassVar = [
        (
            None,
            {"fields": ["title", "slug", "made_by", "organizations", "made_on", "text"]},
        ),
        (_("The thread"), {"fields": ["meeting", "instrument", "plan", "activity"]}),
    ]
