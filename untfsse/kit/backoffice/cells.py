"""What two people wrote in one form: the fields by their keys, compared and settled.

A page carries a signed snapshot: a digest of each value that was shown. When somebody else saved
meanwhile, fields that only they changed are taken over, fields that only this person changed
stand, and for the others the page shows both and asks.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from untfsse.kit.forms.richtext import RichTextFormField, as_plain

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
        part = getattr(self.form, "part", None)
        if part is None and self.form.prefix and self.form.instance.pk:
            part = self.form.instance
        return f"{part}: {label}" if part else label


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
    if isinstance(field, RichTextFormField):
        return as_plain(str(shown))
    if isinstance(field, forms.ModelMultipleChoiceField):
        rows: Any = field.queryset
        try:
            return "\n".join(str(row) for row in rows.filter(pk__in=shown))
        except ValueError:
            return "\n".join(shown)
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


def take_snapshot(stored: Mapping[str, Cell]) -> str:
    """Return the signed digests of what a page shows."""
    shown = {key: digest(plain(cell.field, cell.stored)) for key, cell in stored.items()}
    return signing.dumps(shown, salt=SALT, compress=True)


def read_snapshot(sent: Any) -> dict[str, str] | None:
    """Return the digests that a page brought back; None where there are none of ours."""
    try:
        shown: dict[str, str] = signing.loads(sent.get(SHOWN, ""), salt=SALT)
    except signing.BadSignature:
        return None
    return shown


def changed_since(shown: Mapping[str, str], now: Mapping[str, Cell]) -> dict[str, str]:
    """Return the digests of what was shown and is no longer what is stored."""
    return {
        key: shown[key]
        for key, cell in now.items()
        if key in shown and digest(plain(cell.field, cell.stored)) != shown[key]
    }


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
    both = words(theirs, theirs.stored), words(mine, mine.posted)
    if both[0] == both[1]:  # only the layout differs: show it
        both = str(plain(theirs.field, theirs.stored)), str(sent)
    return Conflict(mine.html_name, mine.label, *both)
