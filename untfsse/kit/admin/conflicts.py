"""No silent overwrite: two people save one record, and both texts survive.

A form carries a signed snapshot: a digest of each value that was shown. When somebody else saved
meanwhile, fields that only they changed are taken over, fields that only this person changed
stand, and for the others the page shows both and asks.
"""

import copy
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.formats import date_format
from django.utils.translation import gettext as say

from untfsse.kit.history import Change
from untfsse.kit.kept_forms import take_typed

SALT = "untfsse.shown"
SHOWN = "_shown"
CHOICE = "_choice-"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field that two people changed."""

    name: str
    label: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a form on the page."""

    form: Any
    name: str

    @property
    def field(self) -> Any:
        """The field itself."""
        return self.form.fields[self.name]

    @property
    def html_name(self) -> str:
        """The name under which a browser sends it."""
        return str(self.form.add_prefix(self.name))

    @property
    def stored(self) -> Any:
        """The value that the record holds."""
        return self.form[self.name].initial

    @property
    def posted(self) -> Any:
        """The value that the browser sent; what cannot be read stays as it was sent."""
        if self.form.is_valid() or self.name in self.form.cleaned_data:
            return self.form.cleaned_data.get(self.name)
        return self.form[self.name].data

    @property
    def label(self) -> str:
        """The name of the field, with the part it belongs to."""
        label = str(self.form[self.name].label)
        is_part = self.form.prefix and self.form.instance.pk
        return f"{self.form.instance}: {label}" if is_part else label


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


def plain(field: forms.Field, value: Any) -> Any:
    """Return a value as text, or as a sorted list of texts, however it came."""
    value = field.prepare_value(value)
    if value is None or value is False:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, (list, tuple, set, models.QuerySet)):
        return sorted(str(plain(forms.Field(), part)) for part in value)
    return str(value).replace("\r\n", "\n").strip()


def digest(value: Any) -> str:
    """Return a short fingerprint."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


def words(cell: Cell, value: Any) -> str:
    """Return a value as a person reads it."""
    field = cell.field
    shown = plain(field, value)
    if isinstance(field, forms.ModelMultipleChoiceField):
        rows: Any = field.queryset
        return "\n".join(str(row) for row in rows.filter(pk__in=shown))
    if isinstance(field, forms.ModelChoiceField):
        try:
            row: Any = field.queryset
            return str(row.get(pk=shown)) if shown else ""
        except (ObjectDoesNotExist, ValueError):
            return str(shown)
    labels = {str(key): str(label) for key, label in getattr(field, "choices", [])}
    parts: list[str] = shown if isinstance(shown, list) else [shown]
    return "\n".join(labels.get(part, part) for part in parts)


def html_values(cell: Cell) -> list[str]:
    """Return what a browser would send for the stored value."""
    widget = getattr(cell.field.widget, "widget", cell.field.widget)
    value = cell.field.prepare_value(cell.stored)
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    if getattr(widget, "allow_multiple_selected", False):
        return [str(getattr(part, "pk", part)) for part in value or []]
    shown = widget.format_value(value)
    parts = shown if isinstance(shown, (list, tuple)) else [shown]
    return ["" if part is None else str(part) for part in parts[:1]] or [""]


class ConflictPages:
    """Pages that let nobody overwrite somebody else unseen."""

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Return a form that refuses to be saved while something is to be chosen."""
        form = super().get_form(request, *args, **kwargs)  # type: ignore[misc]
        reason = getattr(request, "unsettled", "")
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
                response: HttpResponse = super().changeform_view(  # type: ignore[misc]
                    request, object_id, form_url, extra
                )
                return response
        except IntegrityError as error:
            request.unsettled = refusal(error)  # type: ignore[attr-defined]
        refused: HttpResponse = self._changeform_view(request, object_id, form_url, extra)  # type: ignore[attr-defined]
        return refused

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Delete; what the database keeps from being deleted is told in words."""
        try:
            response: HttpResponse = super().delete_view(request, object_id, extra_context)  # type: ignore[misc]
        except IntegrityError as error:
            messages.error(request, refusal(error))
            return HttpResponseRedirect(request.path.replace("/delete/", "/change/"))
        return response

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
        request.unsettled = say(  # type: ignore[attr-defined]
            "You had been signed out. Here is what you typed: look it over and save it."
        )
        response: HttpResponse = self._changeform_view(request, object_id, form_url, extra)  # type: ignore[attr-defined]
        return response

    def stored_forms(self, request: HttpRequest, record: Any) -> tuple[Any, list[Any]]:
        """Return the form and the parts of a record as a fresh page would show them."""
        asking = copy.copy(request)
        asking.method = "GET"
        return self.forms_of(asking, record, None)

    def forms_of(self, request: HttpRequest, record: Any, data: Any) -> tuple[Any, list[Any]]:
        """Return the form and the parts, filled with what was sent if something was."""
        fields = flatten_fieldsets(self.get_fieldsets(request, record))  # type: ignore[attr-defined]
        form_class = self.get_form(request, record, change=True, fields=fields)
        form = (
            form_class(data, instance=record) if data is not None else form_class(instance=record)
        )
        formsets, _inlines = self._create_formsets(request, record, change=True)  # type: ignore[attr-defined]
        return form, formsets

    def settle(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        """Take over what only others changed; return what the page must ask."""
        try:
            shown = signing.loads(request.POST[SHOWN], salt=SALT)
        except signing.BadSignature:
            return {}
        record = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if record is None or not self.has_change_permission(request, record):  # type: ignore[attr-defined]
            return {}
        type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
        now = dict(cells(*self.stored_forms(request, record)))
        changed = {
            key: cell
            for key, cell in now.items()
            if key in shown and digest(plain(cell.field, cell.stored)) != shown[key]
        }
        if not changed and not any(name.startswith(CHOICE) for name in request.POST):
            return {}
        twin = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        sent = dict(cells(*self.forms_of(request, twin, request.POST)))
        merged = request.POST.copy()
        open_questions = merge(now, sent, {key: shown[key] for key in changed}, merged)
        request.POST = merged  # type: ignore[assignment]
        if not open_questions:
            return {}
        request.unsettled = say(  # type: ignore[attr-defined]
            "Somebody else saved this record meanwhile. Choose below which text is to stand."
        )
        return {"conflicts": open_questions, "conflict_by": last_hand(record)}

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Give the page its snapshot of what is stored now."""
        record = context.get("original")
        if record is not None and self.has_change_permission(request, record):  # type: ignore[attr-defined]
            stored = cells(*self.page_forms(request, context, record))
            shown = {key: digest(plain(cell.field, cell.stored)) for key, cell in stored}
            context["snapshot"] = signing.dumps(shown, salt=SALT, compress=True)
        response: HttpResponse = super().render_change_form(  # type: ignore[misc]
            request, context, *args, **kwargs
        )
        return response

    def page_forms(self, request: HttpRequest, context: Any, record: Any) -> tuple[Any, list[Any]]:
        """Return the forms of the page at hand; after a refused save, those of a fresh one."""
        if request.method == "POST":
            fresh = self.get_object(request, str(record.pk))  # type: ignore[attr-defined]
            return self.stored_forms(request, fresh)
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        return context["adminform"].form, formsets


def merge(
    now: dict[str, Cell], sent: dict[str, Cell], shown: dict[str, str], merged: Any
) -> list[Conflict]:
    """Settle every field in what was sent; `shown` has the digests of those that others changed."""
    found = []
    for key, mine in sent.items():
        if key in shown:
            found.append(weigh(now[key], mine, shown[key], merged))
        elif key in now:
            follow_choice(now[key], mine, merged)
    return [conflict for conflict in found if conflict]


def follow_choice(theirs: Cell, mine: Cell, merged: Any) -> None:
    """Take the stored value where the person has chosen it after seeing both."""
    if merged.get(f"{CHOICE}{mine.html_name}") == "theirs":
        merged.setlist(mine.html_name, html_values(theirs))


def weigh(theirs: Cell, mine: Cell, shown: str, merged: Any) -> Conflict | None:
    """Settle one field that somebody else changed; return it when only a person can."""
    sent = plain(mine.field, mine.posted)
    if sent == plain(theirs.field, theirs.stored):
        return None
    if digest(sent) == shown:
        merged.setlist(mine.html_name, html_values(theirs))
        return None
    return Conflict(
        mine.html_name, mine.label, words(theirs, theirs.stored), words(mine, mine.posted)
    )


def refusal(error: IntegrityError) -> str:
    """Return what the database said when it refused, as a sentence."""
    diagnosis = getattr(error.__cause__, "diag", None)
    reason = getattr(diagnosis, "message_primary", None) or str(error)
    return say("The database keeps a rule that refuses this: %(reason)s.") % {"reason": reason}


def last_hand(record: models.Model) -> str:
    """Return who saved the record last, and when."""
    change = Change.objects.of(record).select_related("made_by").first()
    if change is None:
        return ""
    who = change.made_by.get_username() if change.made_by else change.origin
    moment = date_format(change.made_at, "DATETIME_FORMAT")
    return say("Last saved by %(who)s, %(moment)s.") % {"who": who, "moment": moment}
