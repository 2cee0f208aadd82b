"""The agenda of a meeting: in order, moved by buttons and keys, added to, on one page."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taskforce.choices import AgendaItemKind
from taskforce.models import AgendaItem, Meeting
from taskforce.models.agenda import outline
from taskforce.services.agenda import (
    add_item,
    carried_over_counts,
    move_item,
    remove_item,
)
from untfsse.kit.backoffice import ModelAdmin, refuse
from untfsse.kit.backoffice.kept_forms import ask_again, take_typed
from untfsse.kit.forms.model_forms import choose
from untfsse.kit.records.roles import can

MOST_DIGITS = 18
AGES = [
    "",
    _("second time on the agenda"),
    _("third time on the agenda"),
    _("fourth time on the agenda"),
    _("fifth time on the agenda"),
    _("sixth time on the agenda"),
]


def age(earlier: int) -> str:
    """Return how often an item has been on the agenda, given the times before."""
    if earlier < len(AGES):
        return str(AGES[earlier])
    return gettext("%(count)s times on the agenda") % {"count": earlier + 1}


class NewItemForm(forms.Form):
    """One more item of the agenda."""

    title = forms.CharField(
        label=_("Title"),
        max_length=250,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=AgendaItemKind, initial=AgendaItemKind.DISCUSSION
    )
    parent = forms.ModelChoiceField(
        AgendaItem.objects.none(),
        label=_("Under"),
        required=False,
        help_text=_("Empty for an item of its own; it comes before other business."),
    )
    presenters = choose(AgendaItem, "presenters", label=_("Presented by"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.queryset = meeting.agenda_items.filter(parent=None)


def item_form(request: HttpRequest, meeting: Meeting) -> NewItemForm:
    """Return the form as it was sent, as it was typed before the session ended, or empty."""
    if request.method == "POST":
        return NewItemForm(request.POST, meeting=meeting)
    typed = take_typed(request)
    if typed is None or "title" not in typed:  # a button of the agenda was pressed
        return NewItemForm(meeting=meeting)
    form = NewItemForm(typed, meeting=meeting)
    form.full_clean()
    form.add_error(None, ask_again(typed))
    return form


def agenda_rows(rows: Any) -> list[Any]:
    """Return the items of an agenda in their order, with what a page shows.

    Each carries its `age`, whether it is first or last among its neighbours, and the values of
    its buttons. One query besides that of the rows.
    """
    items: list[Any] = outline(rows)
    counts = carried_over_counts(items)
    main = [item for item in items if item.parent is None]
    for item in items:
        siblings = item.parent.below if item.parent else main
        item.is_first, item.is_last = item is siblings[0], item is siblings[-1]
        item.age = age(counts.get(item.pk, 0))
        item.up, item.down = f"up-{item.pk}", f"down-{item.pk}"
    return items


def numbers(text: str) -> list[int]:
    """Return the keys in a list with commas; what is none is left out."""
    parts = [part for part in text.split(",") if part.isascii() and part.isdigit()]
    return [int(part) for part in parts if len(part) <= MOST_DIGITS]


class AgendaMixin(ModelAdmin):
    """The page of the agenda, on the admin of meetings."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.agenda_view)
        return [
            path("<path:object_id>/agenda/", view, name="taskforce_meeting_agenda"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Link to the agenda first."""
        response = super().render_change_form(request, context, *args, **kwargs)
        meeting = context.get("original")
        if meeting is not None and can(request.user, "change", AgendaItem):
            context["acts"].insert(0, (_("Agenda"), agenda_address(meeting.pk)))
        return response

    def agenda_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the agenda; move, add or remove an item."""
        meeting = self.get_object(request, unquote(object_id))
        if meeting is None:
            raise Http404
        if not can(request.user, "change", AgendaItem):
            raise PermissionDenied
        if request.method == "POST" and "title" not in request.POST:
            return self.rearrange(request, meeting)
        form = item_form(request, meeting)
        if request.method == "POST" and form.is_valid():
            try:
                item = add_item(meeting, by=request.user, **form.cleaned_data)
            except (ValidationError, PermissionDenied) as error:
                refuse(form, error)
            else:
                messages.success(request, gettext("“%(item)s” is added.") % {"item": item})
                return HttpResponseRedirect(f"{request.path}?added={item.pk}")
        return self.agenda_page(request, meeting, form)

    def rearrange(self, request: HttpRequest, meeting: Meeting) -> HttpResponse:
        """Move or remove the item whose button was pressed, and show the agenda as it is now."""
        act, _dash, key = (request.POST.get("do") or "").partition("-")
        item = meeting.agenda_items.filter(pk__in=numbers(key)).first()
        if item is None:
            messages.error(request, gettext("That item is no longer on the agenda."))
            return HttpResponseRedirect(request.path)
        try:
            if act == "remove":
                remove_item(item, by=request.user)
                words = gettext("“%(title)s” is removed.")
                messages.success(request, words % {"title": item.title})
                return HttpResponseRedirect(request.path)
            seen = numbers(request.POST.get("seen", ""))
            move_item(item, up=act == "up", by=request.user, seen=seen)
        except (ValidationError, PermissionDenied) as error:
            for sentence in getattr(error, "messages", [str(error)]):
                messages.error(request, sentence)
            return HttpResponseRedirect(request.path)
        item.refresh_from_db()
        messages.success(request, gettext("Moved: “%(item)s”.") % {"item": item})
        return HttpResponseRedirect(f"{request.path}?moved={act}-{item.pk}")

    def agenda_page(self, request: HttpRequest, meeting: Meeting, form: Any) -> HttpResponse:
        """Return the page of the agenda."""
        items = agenda_rows(meeting.agenda_items.prefetch_related("presenters"))
        offered = [act for act in self.get_acts(request, meeting) if act.name in WAYS]
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Agenda"),
            "subtitle": str(meeting),
            "opts": self.opts,
            "meeting": meeting,
            "items": items,
            "seen": ",".join(str(item.pk) for item in items),
            "moved": request.GET.get("moved", ""),
            "form": form,
            "acts": [(act.label, self.act_address(meeting, act)) for act in offered],
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/taskforce/agenda.html", context)


WAYS = ("propose-agenda", "invite")
"""The acts that help to prepare."""


def agenda_address(meeting: int) -> str:
    """Return the page of a meeting's agenda."""
    return reverse("admin:taskforce_meeting_agenda", args=[meeting])
