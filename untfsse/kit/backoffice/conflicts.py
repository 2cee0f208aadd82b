"""No silent overwrite: two people save one record, and both texts survive."""

import copy
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from untfsse.kit.backoffice.cells import (
    CHOICE,
    SHOWN,
    Cell,
    changed_since,
    merge,
    read_snapshot,
    take_snapshot,
)
from untfsse.kit.backoffice.gone_parts import has_gone, let_go
from untfsse.kit.backoffice.kept_forms import ask_again, take_typed
from untfsse.kit.generics import DjangoModelAdmin
from untfsse.kit.history.changes import Change
from untfsse.kit.records.files import NotStoredError, refusing
from untfsse.kit.records.refusals import refusal


def cells(form: Any, formsets: list[Any]) -> Iterator[tuple[str, Cell]]:
    """Return each field of a stored row by a key that survives a change of places."""
    for name in form.fields:
        yield name, Cell(form, name)
    for formset in formsets:
        for part in formset.initial_forms:
            if part.instance.pk:
                for name in part.fields:
                    if name not in {"id", "DELETE", formset.fk.name}:
                        yield f"{formset.prefix}:{part.instance.pk}:{name}", Cell(part, name)


def leave_unsettled(request: HttpRequest, reason: str) -> None:
    """Let no form of this request be saved yet, and say why."""
    vars(request)["unsettled"] = reason


def unsettled(request: HttpRequest) -> str:
    """Return why the forms of this request must not be saved yet; "" if they may."""
    return str(vars(request).get("unsettled", ""))


class ConflictMixin(DjangoModelAdmin):
    """Pages that let nobody overwrite somebody else unseen."""

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Return a form that refuses to be saved while something is to be chosen."""
        form: Any = super().get_form(request, *args, **kwargs)
        reason = unsettled(request)
        return type(form)(form.__name__, (form,), {"unsettled": reason}) if reason else form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """Compare what was shown, what is stored and what was sent, before anything is saved."""
        typed = take_typed(request) if request.method == "GET" else None
        if typed is not None:
            return self.show_again(request, typed, object_id, form_url, extra_context)
        extra = {**(extra_context or {})}
        try:
            with transaction.atomic():
                if request.method == "POST" and object_id is not None and SHOWN in request.POST:
                    extra |= self.settle(request, object_id)
                return super().changeform_view(request, object_id, form_url, extra)
        except IntegrityError as error:
            leave_unsettled(request, refusal(error))
        except NotStoredError as error:
            with refusing(error):
                return self.form_without_saving(request, object_id, form_url, extra)
        return self.form_without_saving(request, object_id, form_url, extra)

    def form_without_saving(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra: dict[str, Any]
    ) -> HttpResponse:
        """Return the page of an unsettled form: Django's view below its transaction and tokens."""
        page: HttpResponse = self._changeform_view(request, object_id, form_url, extra)  # type: ignore[attr-defined]
        return page

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Delete; what the database keeps from being deleted is told in words."""
        try:
            response: HttpResponse = super().delete_view(request, object_id, extra_context)
        except IntegrityError as error:
            messages.error(request, refusal(error))
            return HttpResponseRedirect(request.path.replace("/delete/", "/change/"))
        return response

    @transaction.atomic  # since the row is locked while it is compared
    def show_again(
        self,
        request: HttpRequest,
        typed: Any,
        object_id: str | None,
        form_url: str,
        extra_context: Any,
    ) -> HttpResponse:
        """Show a form as it was typed before the session ended; nothing is saved."""
        request.FILES.clear()  # reading the files later would empty what is put here
        request.method = "POST"
        request.POST = typed
        extra = {**(extra_context or {})}
        if object_id is not None and SHOWN in typed:
            extra |= self.settle(request, object_id)
        leave_unsettled(request, ask_again(typed))
        return self.form_without_saving(request, object_id, form_url, extra)

    def stored_forms(self, request: HttpRequest, record: Any) -> tuple[Any, list[Any]]:
        """Return the form and the parts of a record as a fresh page would show them."""
        asking = copy.copy(request)
        asking.method = "GET"
        return self.forms_of(asking, record, None)

    def forms_of(self, request: HttpRequest, record: Any, data: Any) -> tuple[Any, list[Any]]:
        """Return the form and the parts, filled with what was sent if something was."""
        fields = flatten_fieldsets(self.get_fieldsets(request, record))
        form_class = self.get_form(request, record, change=True, fields=fields)
        form = (
            form_class(data, instance=record) if data is not None else form_class(instance=record)
        )
        formsets, _inlines = self._create_formsets(request, record, change=True)  # type: ignore[attr-defined]
        return form, formsets

    def settle(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        """Take over what only others changed; return what the page must ask."""
        shown = read_snapshot(request.POST)
        if shown is None:
            return {}
        record = self.get_object(request, unquote(object_id))
        if record is None or not self.has_change_permission(request, record):
            return {}
        type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
        stored = self.stored_forms(request, record)
        if has_gone(request.POST, stored[1]):
            self.let_parts_go(request, object_id, stored, shown)
        now = dict(cells(*stored))
        changed = changed_since(shown, now)
        if not changed and not any(name.startswith(CHOICE) for name in request.POST):
            return {}
        twin = self.get_object(request, unquote(object_id))
        sent = dict(cells(*self.forms_of(request, twin, request.POST)))
        merged = request.POST.copy()
        open_questions = merge(now, sent, changed, merged)
        request.POST = merged  # type: ignore[assignment]
        if not open_questions:
            return {}
        words = gettext(
            "Somebody else saved this record meanwhile. Choose below which text is to stand."
        )
        leave_unsettled(request, f"{unsettled(request)} {words}".strip())
        return {"conflicts": open_questions, "conflict_by": last_hand(record)}

    def let_parts_go(
        self, request: HttpRequest, object_id: str, stored: Any, shown: dict[str, str]
    ) -> None:
        """Tell of parts that somebody deleted meanwhile; keep what was typed into them."""
        twin = self.get_object(request, unquote(object_id))
        posted = self.forms_of(request, twin, request.POST)
        sent, pairs = request.POST.copy(), list(zip(stored[1], posted[1], strict=True))
        gone, typed = let_go(sent, request.FILES, shown, pairs)
        request.POST = sent  # type: ignore[assignment]
        words = ngettext(
            "Somebody else deleted a part of this record meanwhile.",
            "Somebody else deleted %(number)s parts of this record meanwhile.",
            gone,
        ) % {"number": gone}
        if not typed:
            messages.warning(request, words)
            return
        anew = gettext("What you had typed there stands below, to be added anew when you save.")
        leave_unsettled(request, f"{words} {anew}")

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Give the page its snapshot of what is stored now."""
        record = context.get("original")
        if record is not None and self.has_change_permission(request, record):
            stored = dict(cells(*self.page_forms(request, context, record)))
            context["snapshot"] = take_snapshot(stored)
        return super().render_change_form(request, context, *args, **kwargs)

    def page_forms(self, request: HttpRequest, context: Any, record: Any) -> tuple[Any, list[Any]]:
        """Return the forms of the page at hand; after a refused save, those of a fresh one."""
        if request.method == "POST":
            fresh = self.get_object(request, str(record.pk))
            return self.stored_forms(request, fresh)
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        return context["adminform"].form, formsets


def last_hand(record: models.Model) -> str:
    """Return who saved the record last, and when."""
    change = Change.objects.of(record).select_related("made_by").first()
    if change is None:
        return ""
    who = change.made_by.get_username() if change.made_by else change.origin
    moment = date_format(change.made_at, "DATETIME_FORMAT")
    return gettext("Last saved by %(who)s, %(moment)s.") % {"who": who, "moment": moment}
