"""Updates: the news."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from taskforce.models import Update
from untfsse.kit.backoffice import RecordAdmin
from untfsse.kit.backoffice.todo import Task


def deadline_near(rows: Any, day: dt.date) -> Any:
    """Updates whose deadline lies in the coming 14 days."""
    return rows.filter(deadline_on__range=(day, day + dt.timedelta(days=14)))


@admin.register(Update)
class UpdateAdmin(RecordAdmin):
    """Pieces of news."""

    list_display = ("title", "kind", "happened_on", "deadline_on", "status", "evidence")
    list_filter: ClassVar = ["kind", *RecordAdmin.list_filter]
    search_fields = ("title", "text", "slug")
    search_help_text = _("Words of the title or the text; accents do not matter.")
    date_hierarchy = "happened_on_first"
    ordering = ("-sort_on", "-id")
    prepopulated_fields: ClassVar = {"slug": ["title"]}
    tasks = (Task("deadline", _("Deadlines within 14 days"), deadline_near, 30),)
    fields: ClassVar = [
        "title",
        "slug",
        "kind",
        ("happened_on", "deadline_on"),
        "text",
        "meetings",
        "organizations",
        "instruments",
        "documents",
        "tags",
    ]
