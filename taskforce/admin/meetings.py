"""Meetings, their agendas, and who attended."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taskforce.admin.acts import (
    DECIDE,
    INVITE,
    PREPARE,
    PROPOSE_AGENDA,
    PUBLISH_MEETING,
    PUBLISH_REST,
)
from taskforce.admin.agenda import AgendaMixin, agenda_address
from taskforce.admin.record import RecordingMixin
from taskforce.choices import SITTINGS, DocumentKind, MeetingState, MinutesState
from taskforce.models import (
    AgendaItem,
    Attendance,
    Decision,
    Document,
    JoinLink,
    Meeting,
    MeetingPartner,
    Minutes,
)
from taskforce.querysets import PRINTED_ORDER
from taskforce.services.agenda import take_up_approvals
from untfsse.kit.backoffice import EVENT_COLUMN, ModelAdmin, RecordAdmin, TabularInline
from untfsse.kit.backoffice.todo import Task
from untfsse.kit.forms.model_forms import ModelForm
from untfsse.kit.records.publication import Status

MINUTES_DAYS = 14
AGENDA_DAYS = 30


def coming(rows: Any, day: dt.date) -> Any:
    """Meetings that are planned or postponed and not over."""
    return rows.filter(pk__in=Meeting.objects.upcoming(on=day).values("pk"))


def soon(rows: Any, day: dt.date) -> Any:
    """Meetings of the coming 30 days."""
    return coming(rows, day).filter(starts_on_first__lte=day + dt.timedelta(days=AGENDA_DAYS))


def without_agenda(rows: Any, day: dt.date) -> Any:
    """Meetings of the coming 30 days whose agenda is empty."""
    return soon(rows, day).exclude(Exists(AgendaItem.objects.filter(meeting=OuterRef("pk"))))


def agenda_not_sent(rows: Any, day: dt.date) -> Any:
    """Meetings of the coming 30 days without a published document that is their agenda."""
    sent = Document.objects.filter(
        meeting=OuterRef("pk"), kind=DocumentKind.AGENDA, status=Status.PUBLISHED
    )
    return soon(rows, day).exclude(Exists(sent))


def without_minutes(rows: Any, day: dt.date) -> Any:
    """Meetings of the Task Force held 14 days ago or earlier whose minutes are not circulated."""
    done = Minutes.objects.filter(meeting=OuterRef("pk")).exclude(state=MinutesState.DRAFT)
    held = rows.filter(
        state=MeetingState.HELD,
        kind__in=SITTINGS,
        sort_on__lte=day - dt.timedelta(days=MINUTES_DAYS),
    )
    return held.exclude(Exists(done))


def not_closed(rows: Any, day: dt.date) -> Any:
    """Meetings still called planned although their day is over."""
    return rows.filter(state=MeetingState.PLANNED, starts_on_last__lt=day)


class AgendaItemForm(ModelForm):
    """An item stays under an item of its own meeting."""

    same_parent = (("parent", "meeting"),)


class AgendaInline(TabularInline):
    """The agenda; the text of the minutes stands on each item's own page."""

    model = AgendaItem
    fk_name = "meeting"
    form = AgendaItemForm
    fields = ("number", "parent", "title", "kind", "presenters")


class PartnerInline(TabularInline):
    """Who organized it and who was a partner."""

    model = MeetingPartner
    show_change_link = False


class JoinLinkInline(TabularInline):
    """How members join; never in a public door."""

    model = JoinLink
    show_change_link = False


class AttendanceInline(TabularInline):
    """Who attended."""

    model = Attendance
    fk_name = "meeting"
    show_change_link = False


class DecisionInline(TabularInline):
    """What it decided; the follow-up stands on each decision's own page."""

    model = Decision
    fields = ("number", "slug", "kind", "agenda_item", "text")
    prepopulated_fields: ClassVar = {"slug": ["number"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what the names of the items need."""
        return super().get_queryset(request).select_related("agenda_item__parent")


class DocumentInline(TabularInline):
    """Its documents; files and links stand on each document's own page."""

    model = Document
    fields = ("title", "slug", "kind", "audience")
    prepopulated_fields: ClassVar = {"slug": ["title"]}


class MinutesInline(TabularInline):
    """The state of its minutes; the text stands on their own page."""

    model = Minutes
    fk_name = "meeting"
    fields = ("audience", "state", "circulated_on")
    readonly_fields = ("state", "circulated_on")


@admin.register(Meeting)
class MeetingAdmin(RecordingMixin, AgendaMixin, RecordAdmin):
    """Meetings of the Task Force, and events it held or took part in."""

    list_display = ("title", EVENT_COLUMN, "kind", "state", "status", "evidence")
    list_filter: ClassVar = ["state", "kind", *RecordAdmin.list_filter]
    search_fields = ("title", "city", "slug")
    search_help_text = _("Words of the title, or the city; accents do not matter.")
    date_hierarchy = "starts_on_first"
    consequences: ClassVar = {
        "kind": _("The series: the next ordinal and the numbers of decisions follow it."),
        "state": _(
            "A cancelled meeting stays listed as cancelled; it is nobody's next meeting and "
            "invites nobody."
        ),
        "starts_on": _(
            "As far as it is known: 2022, 2022-07 or 2022-07-19. Who held a seat and what is "
            "due before it follow this day."
        ),
        "reported_participants": _(
            "What the report says. It stands beside the number counted from the attendance, "
            "never in its place."
        ),
    }
    ordering = ("-sort_on", "-id")
    prepopulated_fields: ClassVar = {"slug": ["title"]}
    inlines = (
        AgendaInline,
        DecisionInline,
        AttendanceInline,
        DocumentInline,
        MinutesInline,
        PartnerInline,
        JoinLinkInline,
    )
    acts = (
        *(DECIDE, INVITE, PROPOSE_AGENDA, PREPARE, PUBLISH_MEETING, PUBLISH_REST),
        *(act for act in RecordAdmin.acts if act.name != PUBLISH_MEETING.name),
    )
    list_acts = (PREPARE,)
    tasks = (
        Task("coming", _("Meetings coming"), coming, 10),
        Task("agenda_empty", _("Agenda empty, meeting within 30 days"), without_agenda, 11),
        Task("agenda_not_sent", _("Agenda not sent, meeting within 30 days"), agenda_not_sent, 12),
        Task("not_closed", _("Day is over, still “planned”"), not_closed, 13),
        Task("minutes_missing", _("Minutes not circulated 14 days after"), without_minutes, 14),
    )
    fieldsets: ClassVar = [
        (
            None,
            {
                "fields": [
                    "title",
                    "slug",
                    ("kind", "ordinal"),
                    "state",
                    ("starts_on", "ends_on"),
                    ("starts_time", "ends_time", "time_zone"),
                    "format",
                    ("venue", "city", "country"),
                    "languages",
                    "summary",
                    "tags",
                ]
            },
        ),
        (
            _("Participants, as reported"),
            {
                "fields": [
                    ("reported_participants", "participants_wording"),
                    ("reported_members", "reported_observers", "resource_persons"),
                ],
                "description": _("Totals counted from the attendance stand beside these figures."),
            },
        ),
    ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Put on an agenda made by hand what waits for approval."""
        super().save_related(request, form, formsets, change)
        for item in take_up_approvals(form.instance, by=request.user):
            messages.info(request, gettext("On the agenda by itself: “%(item)s”.") % {"item": item})


@admin.register(AgendaItem)
class AgendaItemAdmin(ModelAdmin):
    """Items of agendas, with what the minutes say of each."""

    form = AgendaItemForm
    list_display = ("title", "printed_number", "meeting", "kind")
    list_filter = ("kind",)
    search_fields = ("title", "meeting__title")
    search_help_text = _("Words of the item or of the meeting.")
    date_hierarchy = "meeting__starts_on_first"
    consequences: ClassVar = {
        "carried_over_from": _("The agenda then says how often the item was on it: “third time”."),
        "minutes_text": _(
            "Part of the minutes of the meeting: readers see it as far as they may see these."
        ),
    }
    ordering = ("-meeting__sort_on", "-meeting_id", *PRINTED_ORDER)
    fields: ClassVar = [
        "meeting",
        ("number", "parent"),
        "title",
        "kind",
        "presenters",
        "minutes_text",
        "instruments",
        "meetings",
        "carried_over_from",
        "approves_minutes_of",
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what the printed number needs, also for those who choose an item by typing."""
        return super().get_queryset(request).select_related("meeting", "parent")

    @admin.display(description=_("number"))
    def printed_number(self, item: AgendaItem) -> str:
        """Return the number as the agenda prints it."""
        return item.printed_number

    def response_post_save_change(self, _request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Go back to the agenda it is on."""
        return HttpResponseRedirect(agenda_address(obj.meeting_id))

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Go to the agenda it is on."""
        return self.response_post_save_change(request, obj)


@admin.register(Attendance)
class AttendanceAdmin(ModelAdmin):
    """How organizations took part in meetings."""

    list_display = ("organization", "meeting", "state", "on_behalf_of")
    list_filter = ("state",)
    list_select_related = ("organization", "meeting", "on_behalf_of")
    search_fields = ("organization__name", "organization__acronym", "meeting__title")
    date_hierarchy = "meeting__starts_on_first"
    ordering = ("-meeting__sort_on", "-meeting_id", "organization__name_key")


@admin.register(MeetingPartner)
class MeetingPartnerAdmin(ModelAdmin):
    """Organizers and partners of meetings."""

    is_part = True
    list_display = ("__str__", "meeting", "role")
    list_filter = ("role",)
    list_select_related = ("organization", "meeting")
    search_fields = ("name", "organization__name", "organization__acronym", "meeting__title")
    date_hierarchy = "meeting__starts_on_first"


@admin.register(JoinLink)
class JoinLinkAdmin(ModelAdmin):
    """How members join meetings."""

    is_part = True
    list_display = ("meeting", "audience")
    list_filter = ("audience",)
    list_select_related = ("meeting",)
    search_fields = ("meeting__title",)
    date_hierarchy = "meeting__starts_on_first"
