"""Forms of records: rows chosen by typing, what was not touched kept, what may not be refused."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagField

from untfsse.kit.forms.fields import ChoicesField, refuse_long_topics
from untfsse.kit.generics import DjangoModelForm
from untfsse.kit.pages.preview import is_open, page_of
from untfsse.kit.records.characters import refuse_invisible
from untfsse.kit.records.publication import audiences_of
from untfsse.kit.records.roles import can_publish


class KnownSelect(AutocompleteMixin, forms.Select):
    """One row of another noun; the name of what is chosen already needs no query."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known: dict[str, str] = {}

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """Offer the selected rows: from memory if all are known, else from the database."""
        selected = [str(key) for key in value if str(key) not in {"", "None"}]
        if not all(key in self.known for key in selected):
            return super().optgroups(name, [key for key in value if self.can_be(key)], attr)
        options = []
        if not self.is_required and not self.allow_multiple_selected:
            options.append(self.create_option(name, "", "", False, 0))
        options += [
            self.create_option(name, key, self.known[key], True, index)
            for index, key in enumerate(selected, start=len(options))
        ]
        return [(None, options, 0)]

    def can_be(self, key: Any) -> bool:
        """Whether something that was sent can be the key of a row at all."""
        try:
            self.field.remote_field.model._meta.pk.to_python(key or None)
        except ValidationError:
            return False
        return True


class KnownSelectMultiple(KnownSelect, forms.SelectMultiple):
    """Some rows of another noun."""


def choose(source: Any, name: str, **kwargs: Any) -> Any:
    """Return a field that chooses, by typing, what a column of a model leads to: one or several."""
    column = source._meta.get_field(name)
    rows = column.related_model._default_manager.all()
    if column.many_to_many:
        widget = KnownSelectMultiple(column, admin.site)
        return forms.ModelMultipleChoiceField(rows, **{"widget": widget, **kwargs})
    return forms.ModelChoiceField(rows, **{"widget": KnownSelect(column, admin.site), **kwargs})


class KeepUntouchedMixin(forms.BaseForm):
    """A form that leaves what was not touched exactly as it was."""

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name in [*self.cleaned_data]:
            before, now = self.initial.get(name), self.cleaned_data[name]
            is_untouched = isinstance(before, str) and name not in self.changed_data
            if is_untouched or is_same(self.fields[name], before, now):
                self.cleaned_data[name] = before
        refuse_invisible_in(self)
        for name, field in self.fields.items():
            if isinstance(field, TagField) and name in self.cleaned_data:
                try:
                    refuse_long_topics(self.cleaned_data[name])
                except ValidationError as error:
                    self.add_error(name, error)


class ModelForm(KeepUntouchedMixin, DjangoModelForm):
    """The form of a noun."""

    same_parent: ClassVar[tuple[tuple[str, str], ...]] = ()
    """(field, parent): the chosen row must belong to the same parent as this one. A decision's
    item is of its own meeting: `same_parent = (("agenda_item", "meeting"),)`."""
    unsettled: ClassVar[str] = ""
    """Why this form must not be saved yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Tell the selects what the row at hand already holds."""
        super().__init__(*args, **kwargs)
        prefetched = getattr(self.instance, "_prefetched_objects_cache", {})
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(field, forms.ModelChoiceField):
                keep_chosen(field, self.initial.get(name))
            if isinstance(widget, KnownSelect):
                rows = prefetched.get(name, [])
                if widget.field.many_to_one and widget.field.is_cached(self.instance):
                    rows = [row for row in [getattr(self.instance, name)] if row]
                name_of: Any = field.label_from_instance  # type: ignore[attr-defined]
                widget.known = {str(row.pk): name_of(row) for row in rows}

    def clean(self) -> dict[str, Any] | None:
        """Refuse a row that belongs to another parent."""
        cleaned = super().clean() or self.cleaned_data
        if self.unsettled:
            self.add_error(None, self.unsettled)
        self.refuse_audience()
        for field, parent in self.same_parent:
            chosen = cleaned.get(field)
            own = cleaned.get(parent) or getattr(self.instance, parent, None)
            sentence = elsewhere(chosen, own, parent)
            if sentence:
                self.add_error(field, sentence)
        return cleaned

    def refuse_audience(self) -> None:
        """Leave to those who publish for whom something public is meant."""
        asker = getattr(self.fields.get("audience"), "asker", None)
        if asker is None or "audience" not in self.changed_data:
            return
        sentence = audience_refusal(self.instance, asker, self.cleaned_data.get("audience", ""))
        if sentence:
            self.add_error("audience", sentence)


def keep_chosen(field: Any, chosen: Any) -> None:
    """Let what a row leads to already stay chosen, though somebody else may not choose it."""
    rows = field.queryset
    if chosen and rows.query.where:
        several = chosen if isinstance(chosen, (list, tuple, models.QuerySet)) else [chosen]
        may = Q(pk__in=rows.values("pk")) | Q(pk__in=[getattr(one, "pk", one) for one in several])
        field.queryset = rows.model._default_manager.filter(may)


def elsewhere(chosen: Any, own: Any, parent: str) -> str:
    """Say that a chosen row belongs to another parent; "" if it does not."""
    if not (chosen and own) or getattr(chosen, f"{parent}_id") == own.pk:
        return ""
    return str(_("This belongs to another %(noun)s.") % {"noun": own._meta.verbose_name})


def parent_refusal(record: Any, field: str, parent: str) -> str:
    """Say that what a field of a record names belongs to another parent; "" if it does not."""
    return elsewhere(getattr(record, field), getattr(record, parent, None), parent)


def audience_refusal(record: Any, asker: Any, audience: str) -> str:
    """Say that somebody may not decide that a record is for an audience; "" if they may."""
    if audience and audience not in audiences_of(asker):
        return str(_("You do not belong to these readers: you would no longer see it yourself."))
    page = page_of(record)
    if page is None or not is_open(page) or can_publish(asker, page):
        return ""
    return str(_("It is public already: only who may publish decides who sees it from now on."))


def refuse_invisible_in(form: forms.BaseForm) -> None:
    """Put what a text hides at its field; what was typed stays in the box."""
    for name, value in [*form.cleaned_data.items()]:
        try:
            refuse_invisible(value)
        except ValidationError as error:
            form.add_error(name, error)


def is_same(field: forms.Field, before: Any, now: Any) -> bool:
    """Whether a cleaned value differs from the stored one only by what a form cannot show."""
    if isinstance(before, str) and isinstance(now, str):
        return before.replace("\r\n", "\n").strip() == now.strip()
    if isinstance(field, ChoicesField) and isinstance(before, list):
        return sorted(map(str, before)) == sorted(map(str, now))
    return False


def is_relation(field: Any) -> bool:
    """Whether a field of a model leads to other rows and is edited in a form."""
    is_link = isinstance(field, (models.ForeignKey, models.ManyToManyField))
    return is_link and bool(field.editable)
