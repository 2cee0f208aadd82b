"""Decisions and what became of them."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taskforce.admin.acts import ADMIT_BY_DECISION, FOLLOW_UP, SUPERSEDE, TAKE_OVER
from taskforce.forms import ProofForm
from taskforce.models import Decision, DecisionEvidence
from taskforce.querysets import PROOFS, RECORDS
from untfsse.kit.backoffice import ChosenFilter, ModelAdmin, RecordAdmin, StackedInline
from untfsse.kit.backoffice.todo import Task
from untfsse.kit.forms.model_forms import ModelForm

SILENT_DAYS = 90
SOON_DAYS = 30


def overdue(rows: Any, day: dt.date) -> Any:
    """Decisions not carried out whose last day is over; needs `effective_due_on`."""
    return rows.unfinished().filter(effective_due_on__lt=day)


def silent(rows: Any, day: dt.date) -> Any:
    """Decisions that ask for something, of which nothing was heard for 90 days."""
    return rows.without_information(since=day - dt.timedelta(days=SILENT_DAYS))


class DueFilter(admin.SimpleListFilter):
    """When something is due; a day that follows the next meeting counts as that day."""

    title = _("due")
    parameter_name = "due"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> Any:
        """Offer the spans."""
        return [
            ("overdue", _("Overdue")),
            ("soon", _("Within 30 days")),
            ("later", _("Later")),
            ("none", _("No due day")),
            ("finished", _("Nothing left to do")),
        ]

    def queryset(self, _request: HttpRequest, queryset: Any) -> Any:
        """Narrow to a span, of which each decision has one; today is not overdue yet."""
        today = timezone.localdate()
        soon = today + dt.timedelta(days=SOON_DAYS)
        spans = {
            "overdue": Q(effective_due_on__lt=today),
            "soon": Q(effective_due_on__range=(today, soon)),
            "later": Q(effective_due_on__gt=soon),
            "none": Q(effective_due_on=None),
        }
        if self.value() == "finished":
            return queryset.exclude(pk__in=queryset.unfinished().order_by().values("pk"))
        chosen = spans.get(self.value() or "")
        return queryset if chosen is None else queryset.unfinished().filter(chosen)


class DecisionForm(ModelForm):
    """A decision was taken under an item of its own meeting's agenda."""

    same_parent = (("agenda_item", "meeting"),)


class EvidenceInline(StackedInline):
    """What shows that it was carried out."""

    model = DecisionEvidence
    form = ProofForm
    fields: ClassVar = [PROOFS[:2], PROOFS[2:], ("url", "title")]
    show_change_link = False


@admin.register(Decision)
class DecisionAdmin(RecordAdmin):
    """What meetings decided, to whom, until when, and what became of it."""

    form = DecisionForm
    list_display = ("number", "text_start", "told", "due_on_text", "status", "evidence")
    list_filter: ClassVar = [
        "follow_up",
        DueFilter,
        ("addressees", ChosenFilter),
        "kind",
        *RecordAdmin.list_filter,
    ]
    list_select_related = ("meeting",)
    search_fields = ("number", "text", "meeting__title", "addressees__acronym")
    search_help_text = _(
        "Number, words of the text or of the meeting, acronym of whom it is addressed to; "
        "accents do not matter."
    )
    date_hierarchy = "meeting__starts_on_first"
    consequences: ClassVar = {
        "kind": _("What only welcomes or notes asks nobody to act: it is never overdue."),
        "addressees": _("It is listed on the page of each of them."),
        "due_on": _("While unfinished after its last possible day, it is listed as overdue."),
    }
    ordering = ("-meeting__sort_on", "number")
    prepopulated_fields: ClassVar = {"slug": ["number"]}
    inlines = (EvidenceInline,)
    acts = (FOLLOW_UP, TAKE_OVER, ADMIT_BY_DECISION, SUPERSEDE, *RecordAdmin.acts)
    tasks = (
        Task("overdue", _("Decisions overdue"), overdue, 20),
        Task("silent", _("Decisions without information for 90 days"), silent, 21),
    )
    fieldsets: ClassVar = [
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
                    "due_on_text",
                    "tags",
                ]
            },
        ),
        (
            _("Follow-up"),
            {
                "fields": [("follow_up", "follow_up_on"), "superseded_by", "supersedes_text"],
                "description": _(
                    "Saving the form changes nothing here: what became of a decision is noted by "
                    "the buttons of its page, which ask for what shows it."
                ),
            },
        ),
    ]

    readonly_fields = (
        "follow_up",
        "follow_up_on",
        "superseded_by",
        "supersedes_text",
        "due_on_text",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Carry the last day to do it."""
        rows: Any = super().get_queryset(request)
        return rows.with_due_day(request.user)

    @admin.display(description=_("text"))
    def text_start(self, decision: Decision) -> str:
        """Return the beginning of the text."""
        return decision.text if len(decision.text) <= 120 else f"{decision.text[:119]}…"

    @admin.display(description=_("follow-up"), ordering="follow_up")
    def told(self, decision: Decision) -> str:
        """Return what readers are told."""
        return str(decision.state_label)

    @admin.display(description=_("due"), ordering="effective_due_on")
    def due_on_text(self, decision: Decision) -> str:
        """Return the due day in words; the next meeting's where it follows that."""
        next_day = getattr(decision, "next_meeting_on", None)
        if next_day is not None:
            return gettext("before the next meeting (%(day)s)") % {"day": next_day.text}
        if decision.due_on is not None:
            return decision.due_on.text
        follows = decision.is_due_before_next_meeting
        return gettext("before the next meeting, which has no day yet") if follows else ""

    @admin.display(description=_("supersedes"))
    def supersedes_text(self, decision: Decision) -> str:
        """Return links to the decisions whose place it takes."""
        links = [
            (reverse("admin:taskforce_decision_change", args=[earlier.pk]), earlier.number)
            for earlier in decision.supersedes.order_by("number")
        ]
        return format_html_join(", ", '<a href="{}">{}</a>', links) or "-"


@admin.register(DecisionEvidence)
class DecisionEvidenceAdmin(ModelAdmin):
    """What shows that decisions were carried out."""

    is_part = True
    form = ProofForm
    list_display = ("__str__", "decision")
    list_select_related = ("decision", *RECORDS)
    search_fields = ("title", "url", "decision__number")
    date_hierarchy = "decision__meeting__starts_on_first"
    list_filter = (("url", admin.EmptyFieldListFilter),)
