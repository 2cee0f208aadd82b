"""The attendance grid: who took part in a meeting, on one page with one save."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from taskforce.choices import AttendanceState
from taskforce.models import Attendance, Meeting, Organization
from taskforce.services.attendance import (
    Answer,
    attendance_totals,
    record_attendance,
    seats_at,
)
from untfsse.kit.forms import KnownSelect
from untfsse.kit.roles import can


class RowForm(forms.Form):
    """How one organization took part."""

    state = forms.ChoiceField(
        label=_("Attendance"), choices=AttendanceState, widget=forms.RadioSelect
    )
    on_behalf_of = forms.ModelChoiceField(
        Organization.objects.all(), label=_("On behalf of"), required=False
    )

    def __init__(self, *args: Any, row: Attendance, seat: str, **kwargs: Any) -> None:
        """Show the row as it is, with the seat held that day."""
        initial = {"state": row.state, "on_behalf_of": row.on_behalf_of_id}
        prefix = f"o{row.organization_id}"
        super().__init__(*args, **{**kwargs, "initial": initial, "prefix": prefix})
        self.row, self.seat = row, seat
        choice = self.fields["on_behalf_of"]
        widget = KnownSelect(Attendance._meta.get_field("on_behalf_of"), admin.site)
        if row.on_behalf_of:
            widget.known = {str(row.on_behalf_of_id): str(row.on_behalf_of)}
        widget.attrs["aria-label"] = say("%(organization)s on behalf of") % {
            "organization": row.organization.full_name
        }
        widget.is_required = False
        choice.widget = widget
        widget.choices = choice.choices  # type: ignore[attr-defined]


class GuestForm(forms.Form):
    """One more organization that came without an invitation."""

    organization = forms.ModelChoiceField(
        Organization.objects.all(),
        label=_("Also present"),
        required=False,
        help_text=_("An organization that was not invited. Save, and add the next."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Choose by typing."""
        super().__init__(*args, **{**kwargs, "prefix": "guest"})
        choice = self.fields["organization"]
        widget = KnownSelect(Attendance._meta.get_field("organization"), admin.site)
        widget.is_required = False
        choice.widget = widget
        widget.choices = choice.choices  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of the page, and the organization to add."""

    rows: list[RowForm]
    guest: GuestForm

    def is_valid(self) -> bool:
        """Check every row, also after the first error."""
        return all([row.is_valid() for row in self.rows] + [self.guest.is_valid()])

    @property
    def answers(self) -> list[Answer]:
        """What the rows say."""
        found = [
            Answer(
                form.row.organization_id,
                form.cleaned_data["state"],
                getattr(form.cleaned_data["on_behalf_of"], "pk", None),
            )
            for form in self.rows
        ]
        guest = self.guest.cleaned_data.get("organization")
        if guest and guest.pk not in {answer.organization_id for answer in found}:
            found.append(Answer(guest.pk, AttendanceState.PRESENT))
        return found

    def refuse(self, error: ValidationError) -> None:
        """Put each reason at its row."""
        by_row = {str(form.row.organization_id): form for form in self.rows}
        for key, sentences in getattr(error, "message_dict", {"": error.messages}).items():
            form: forms.Form = by_row.get(key, self.guest)
            for sentence in sentences:
                form.add_error(None, sentence)


def seats_that_day(meeting: Meeting) -> dict[int, str]:
    """Return the seat each organization held on the day, in words."""
    found: dict[int, str] = {}
    for organization, seat in seats_at(meeting).items():
        name = str(seat.get_category_display())
        found[organization] = name if seat.is_certain else say("perhaps %s") % name  # type: ignore[attr-defined]
    return found


def grid_of(meeting: Meeting, data: Any) -> Grid:
    """Return the grid, filled with what was sent if something was; two queries."""
    seats = seats_that_day(meeting)
    rows = meeting.attendances.select_related("organization", "on_behalf_of").order_by(
        "organization__name_key", "id"
    )
    none = say("no seat")
    return Grid(
        [RowForm(data, row=row, seat=seats.get(row.organization_id, none)) for row in rows],
        GuestForm(data),
    )


class AttendancePages:
    """The page of the grid, on the admin of meetings."""

    def get_urls(self) -> list[Any]:
        """Add the page."""
        view = self.admin_site.admin_view(self.attendance_view)  # type: ignore[attr-defined]
        return [
            path("<path:object_id>/attendance/", view, name="taskforce_meeting_attendance"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Link to the grid first."""
        response: Any = super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]
        meeting = context.get("original")
        if meeting is not None and can(request.user, "change", Attendance):
            url = reverse("admin:taskforce_meeting_attendance", args=[meeting.pk])
            response.context_data["acts"].insert(0, (_("Attendance"), url))
        return response  # type: ignore[no-any-return]

    def attendance_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the grid; save it as one."""
        meeting = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if meeting is None:
            raise Http404
        if not can(request.user, "change", Attendance):
            raise PermissionDenied
        grid = grid_of(meeting, request.POST if request.method == "POST" else None)
        if request.method == "POST" and grid.is_valid():
            try:
                changed = record_attendance(meeting, grid.answers, by=request.user)
            except ValidationError as error:
                grid.refuse(error)
            else:
                words = ngettext("%(n)s row changed.", "%(n)s rows changed.", len(changed))
                messages.success(request, words % {"n": len(changed)})
                self.log_change(request, meeting, say("Attendance"))  # type: ignore[attr-defined]
                return HttpResponseRedirect(request.path)
        return self.attendance_page(request, meeting, grid)

    def attendance_page(self, request: HttpRequest, meeting: Meeting, grid: Grid) -> HttpResponse:
        """Return the page of the grid."""
        media = self.media + grid.guest.media  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": say("Attendance"),
            "subtitle": str(meeting),
            "opts": self.opts,  # type: ignore[attr-defined]
            "meeting": meeting,
            "grid": grid,
            "totals": attendance_totals(meeting),
            "media": media,
        }
        return TemplateResponse(request, "admin/taskforce/attendance.html", context)
