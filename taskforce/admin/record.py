"""The record of a meeting: state, attendance, minutes and decisions on one page with one save."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taskforce.admin.acts import APPROVE, CIRCULATE, CORRECT, INVITE, PROPOSE_AGENDA
from taskforce.admin.record_sheet import Sheet, Stored, read_stored
from taskforce.choices import AttendanceState, MeetingState
from taskforce.models import AgendaItem, Attendance, Decision, Meeting, Minutes
from taskforce.services.recording import lock_record, record_meeting
from untfsse.kit.backoffice import ModelAdmin
from untfsse.kit.backoffice.cells import (
    changed_since,
    html_values,
    merge,
    read_snapshot,
    take_snapshot,
)
from untfsse.kit.backoffice.conflicts import last_hand
from untfsse.kit.backoffice.kept_forms import ask_again, take_typed
from untfsse.kit.forms.richtext import pictures_left_out
from untfsse.kit.records.refusals import refusal
from untfsse.kit.records.roles import can


def mark_rest(stored: Stored, data: Any) -> None:
    """Mark as present who was shown as invited, where the page says so of all."""
    if not data.get("others-rest_present"):
        return
    del data["others-rest_present"]
    for row in stored.rows:
        name = f"o{row.organization_id}-state"
        if data.get(name) == AttendanceState.INVITED:
            data[name] = AttendanceState.PRESENT.value


def complete(sheet: Sheet, data: Any) -> None:
    """Give what was not on the page, as an organization invited meanwhile, its stored value."""
    for cell in sheet.cells.values():
        if cell.html_name not in data:
            data.setlist(cell.html_name, html_values(cell))


def weigh_against(stored: Stored, data: Any) -> Sheet:
    """Return the sheet as it was sent, with what only others changed taken over."""
    mark_rest(stored, data)
    fresh = Sheet(stored)
    complete(fresh, data)
    shown = read_snapshot(data)
    now = fresh.cells
    # Without a snapshot nobody knows what was seen: whatever differs is asked.
    changed = dict.fromkeys(now, "") if shown is None else changed_since(shown, now)
    conflicts = merge(now, Sheet(stored, data).cells, changed, data)
    sheet = Sheet(stored, data, conflicts)
    if conflicts:
        words = gettext("Somebody else saved this record meanwhile. Choose which text is to stand.")
        sheet.reasons.append(words)
    if sheet.lost:
        words = gettext("Something changed while you were writing: see what has no place any more.")
        sheet.reasons.append(words)
    return sheet


def minutes_ways(meeting: Meeting, minutes: Minutes | None, at: Meeting) -> list[tuple[Any, str]]:
    """Return what may be done with minutes now: label and address; from there back to `at`."""
    if minutes is None or meeting.state != MeetingState.HELD:
        return []
    labels = {
        CIRCULATE: _("Circulate the minutes"),
        APPROVE: _("Approve these minutes"),
        CORRECT: _("Add a corrigendum"),
    }
    return [
        (
            label,
            reverse("admin:taskforce_minutes_act", args=[minutes.pk, act.name]) + f"?at={at.pk}",
        )
        for act, label in labels.items()
        if act.is_offered(minutes)
    ]


class RecordingMixin(ModelAdmin):
    """The page of the record, on the admin of meetings."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.record_view)
        return [
            path("<path:object_id>/record/", view, name="taskforce_meeting_record"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Link to the record first."""
        response = super().render_change_form(request, context, *args, **kwargs)
        meeting = context.get("original")
        if meeting is not None and may_record(request):
            link = (
                _("Record the meeting"),
                reverse("admin:taskforce_meeting_record", args=[meeting.pk]),
            )
            context["acts"].insert(0, link)
        return response

    def record_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the record; save all of it or nothing."""
        meeting = self.get_object(request, unquote(object_id))
        if meeting is None:
            raise Http404
        if not may_record(request):
            raise PermissionDenied
        if request.method == "POST":
            return self.save_record(request, meeting, request.POST.copy())
        typed = take_typed(request)
        stored = read_stored(meeting, request.user)
        if typed is None:
            return self.record_page(request, Sheet(stored))
        sheet = weigh_against(stored, typed)
        sheet.reasons.append(ask_again(typed))
        return self.record_page(request, sheet)

    def save_record(self, request: HttpRequest, meeting: Meeting, data: Any) -> HttpResponse:
        """Save what was sent, unless something is to be asked or refused."""
        sheet = None
        try:
            with transaction.atomic():
                lock_record(meeting)
                meeting.refresh_from_db()
                sheet = weigh_against(read_stored(meeting, request.user), data)
                if not sheet.reasons and sheet.is_valid():
                    taken = record_meeting(meeting, sheet.record(), by=request.user)
                    self.log_change(request, meeting, gettext("Record of the meeting"))
                    return self.saved(request, sheet, taken)
        except ValidationError as error:
            if sheet is None:
                raise
            sheet.refuse(error)
        except IntegrityError as error:
            if sheet is None:
                raise
            sheet.reasons.append(refusal(error))
        sheet.is_valid()
        return self.record_page(request, sheet)

    def saved(self, request: HttpRequest, sheet: Sheet, taken: list[Decision]) -> HttpResponse:
        """Say what was saved and what of it was left out, and show the page again."""
        messages.success(request, gettext("The record is saved."))
        for sentence in pictures_left_out(sheet.texts.values()):
            messages.warning(request, sentence)
        for decision in taken:
            words = gettext("%(number)s is recorded as a draft.")
            messages.success(request, words % {"number": decision.number})
        return HttpResponseRedirect(request.path)

    def record_page(self, request: HttpRequest, sheet: Sheet) -> HttpResponse:
        """Return the page of the record."""
        stored = sheet.stored
        meeting = stored.meeting
        offered = [act for act in self.get_acts(request, meeting) if act in PREPARING]
        for item in stored.items:
            earlier = item.approves_minutes_of
            item.earlier_minutes = getattr(earlier, "minutes", None)
            item.ways = minutes_ways(earlier, item.earlier_minutes, meeting) if earlier else []
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Record of the meeting"),
            "subtitle": str(meeting),
            "opts": self.opts,
            "meeting": meeting,
            "stored": stored,
            "sheet": sheet,
            "totals": stored.totals,
            "snapshot": take_snapshot(Sheet(stored).cells),
            "conflicts": sheet.conflicts,
            "conflict_by": last_hand(meeting) if sheet.conflicts else "",
            "has_errors": bool(sheet.data) and not sheet.is_valid(),
            "ways": minutes_ways(meeting, stored.minutes, meeting),
            "acts": [(act.label, self.act_address(meeting, act)) for act in offered],
            "media": self.media + sheet.media,
        }
        return TemplateResponse(request, "admin/taskforce/record.html", context)


PREPARING = (INVITE, PROPOSE_AGENDA)


def may_record(request: HttpRequest) -> bool:
    """Whether somebody may change all that the page holds."""
    return all(can(request.user, "change", noun) for noun in (Meeting, AgendaItem, Attendance))
