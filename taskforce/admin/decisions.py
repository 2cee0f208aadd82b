"""Decisions and what became of them."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taskforce.admin.acts import FOLLOW_UP, SUPERSEDE
from taskforce.choices import DecisionKind, FollowUp
from taskforce.models import Decision, DecisionEvidence
from untfsse.kit.admin import HouseAdmin, RecordAdmin, Rows
from untfsse.kit.forms import HouseForm
from untfsse.kit.todo import Task

SILENT_DAYS = 90
WAITING = (FollowUp.OPEN, FollowUp.PARTLY, FollowUp.NO_INFORMATION)
SAYING = (DecisionKind.WELCOMES, DecisionKind.NOTES)


def overdue(rows: Any, day: dt.date) -> Any:
    """Decisions not carried out whose day is over."""
    return rows.filter(follow_up__in=WAITING, due_on_last__lt=day)


def silent(rows: Any, day: dt.date) -> Any:
    """Decisions that ask for something, of which nothing was heard for 90 days."""
    since = day - dt.timedelta(days=SILENT_DAYS)
    unheard = Q(follow_up_on__isnull=True, meeting__sort_on__lt=since) | Q(follow_up_on__lt=since)
    return rows.filter(unheard, follow_up__in=WAITING).exclude(kind__in=SAYING)


class DecisionForm(HouseForm):
    """A decision was taken under an item of its own meeting's agenda."""

    same_parent = (("agenda_item", "meeting"),)


class EvidenceRows(Rows):
    """What shows that it was carried out."""

    model = DecisionEvidence
    show_change_link = False


@admin.register(Decision)
class DecisionAdmin(RecordAdmin):
    """What meetings decided, to whom, until when, and what became of it."""

    form = DecisionForm
    list_display = ("number", "text_start", "follow_up", "due_on_text", "status", "evidence")
    list_filter: ClassVar = ["follow_up", "kind", *RecordAdmin.list_filter]
    list_select_related = ("meeting",)
    search_fields = ("number", "text", "meeting__title")
    search_help_text = _("Number, words of the text or of the meeting; accents do not matter.")
    date_hierarchy = "due_on_last"
    ordering = ("-meeting__sort_on", "number")
    prepopulated_fields: ClassVar = {"slug": ["number"]}
    key_field = "text_key"
    inlines = (EvidenceRows,)
    acts = (FOLLOW_UP, SUPERSEDE, *RecordAdmin.acts)
    tasks = (
        Task("overdue", _("Decisions overdue"), overdue, 20),
        Task("silent", _("Decisions without information for 90 days"), silent, 21),
    )
    facts: ClassVar = [
        (
            None,
            {
                "fields": [
                    "meeting",
                    "agenda_item",
                    "number",
                    "slug",
                    "kind",
                    "text",
                    "addressees",
                    ("due_on", "is_due_before_next_meeting"),
                    "tags",
                ]
            },
        ),
        (
            _("Follow-up"),
            {"fields": [("follow_up", "follow_up_on"), "superseded_by"]},
        ),
    ]

    @admin.display(description=_("text"))
    def text_start(self, decision: Decision) -> str:
        """Return the beginning of the text."""
        return decision.text if len(decision.text) <= 120 else f"{decision.text[:119]}…"

    @admin.display(description=_("due on"), ordering="due_on_last")
    def due_on_text(self, decision: Decision) -> str:
        """Return the due day in words."""
        return decision.due_on.text if decision.due_on else ""


@admin.register(DecisionEvidence)
class DecisionEvidenceAdmin(HouseAdmin):
    """What shows that decisions were carried out."""

    is_part = True
    list_display = ("__str__", "decision")
    list_select_related = ("decision", "document", "meeting", "instrument")
    search_fields = ("title", "url", "decision__number")
