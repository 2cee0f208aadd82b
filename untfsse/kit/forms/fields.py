"""Form fields of the back office: sources, goals, lists, and text kept as it was."""

import re
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteMixin
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from untfsse.kit.generics import DjangoModelForm
from untfsse.kit.pages.preview import is_open, page_of
from untfsse.kit.records.characters import refuse_invisible
from untfsse.kit.records.roles import can_publish
from untfsse.kit.records.sdg import GOALS

SEPARATOR = " | "
LINE = re.compile(r"(?P<title>.*?)\s*\|\s*(?P<url>https?://\S*)")
NEARLY = re.compile(r".*\|\s*([^\s|]+\.[^\s|]+|\s*)")


class PlainTextarea(AdminTextareaWidget):
    """A box for long text; line ends are stored as they are kept everywhere else."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the text with line ends of one character."""
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n").replace("\r", "\n") if value else value


class LinesField(forms.CharField):
    """A list of texts, one a line; the model's own validators look at each."""

    widget = PlainTextarea

    def __init__(self, **kwargs: Any) -> None:
        """Take what a CharField takes."""
        for name in ("encoder", "decoder"):
            kwargs.pop(name, None)
        kwargs["help_text"] = _("One a line.")
        super().__init__(**{**kwargs, "widget": PlainTextarea(attrs={"rows": 3})})

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the lines that are not blank."""
        if isinstance(value, list):
            return value
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def run_validators(self, value: Any) -> None:
        """Leave the items to the model."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the lists."""
        return bool(self.to_python(initial) != self.to_python(data))


class SourcesField(LinesField):
    """The sources of a fact: one a line, its title, then ` | ` and its web address if any."""

    def __init__(self, **kwargs: Any) -> None:
        """Take what a CharField takes; the help says how a line is written."""
        super().__init__(**kwargs)
        self.help_text = _(
            "One source a line: its title, a bar, its web address: "
            "“Report of the meeting | https://example.org/report”. Readers see the list."
        )

    def prepare_value(self, value: Any) -> Any:
        """Show each source as a line."""
        if not isinstance(value, list):
            return value
        return "\n".join(self.write(source) for source in value)

    @staticmethod
    def write(source: Any) -> str:
        """Return a source as a line."""
        if not isinstance(source, dict):
            return str(source)
        title = str(source.get("title") or "")
        return f"{title}{SEPARATOR}{source['url']}" if source.get("url") else title

    def to_python(self, value: Any) -> Any:
        """Return a list of {title, url}; each line that cannot be read is named."""
        if isinstance(value, list):
            return value
        errors, sources = [], []
        for number, line in enumerate(super().to_python(value), start=1):
            try:
                sources.append(self.read(line))
            except ValidationError as error:
                errors.append(
                    ValidationError(
                        _("Line %(number)s: %(reason)s"),
                        params={"number": number, "reason": error.messages[0]},
                    )
                )
        if errors:
            raise ValidationError(errors)
        return sources

    @staticmethod
    def read(line: str) -> dict[str, str | None]:
        """Read one line; raises ValidationError with the reason."""
        match = LINE.fullmatch(line)
        title, url = (match["title"], match["url"]) if match else (line, None)
        if not title or title.startswith(("http://", "https://")):
            raise ValidationError(_("Write a title before the web address."))
        if url is None and NEARLY.fullmatch(line):
            raise ValidationError(_("What follows the bar is not a web address."))
        if url:
            try:
                URLValidator(schemes=["http", "https"])(url)
            except ValidationError:
                raise ValidationError(_("What follows the bar is not a web address.")) from None
        return {"title": title, "url": url}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the sources; what cannot be read is a change."""
        try:
            return super().has_changed(initial, data)
        except ValidationError:
            return True


class ChoicesField(forms.TypedMultipleChoiceField):
    """Several words of a closed vocabulary; their order does not matter."""

    def __init__(self, **kwargs: Any) -> None:
        """Take what the field takes; an empty list when nothing is ticked."""
        super().__init__(**{**kwargs, "empty_value": []})

    def clean(self, value: Any) -> Any:
        """Return a list."""
        return list(super().clean(value) or [])


class GoalsField(ChoicesField):
    """The Sustainable Development Goals by number and name."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        """Offer the 17 goals."""
        kwargs["help_text"] = _("The goals it serves. Readers find it under each of them.")
        choices = [(number, f"{number}. {goal.name}") for number, goal in GOALS.items()]
        super().__init__(**{**kwargs, "choices": choices, "coerce": int})


class KnownSelect(AutocompleteMixin, forms.Select):
    """One row of another noun; the name of what is chosen already needs no query."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Know nothing at first."""
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


class ModelForm(KeepUntouchedMixin, DjangoModelForm):
    """The form of a noun."""

    same_parent: ClassVar[tuple[tuple[str, str], ...]] = ()
    """(field, parent): the chosen row must belong to the same parent as this one."""
    unsettled: ClassVar[str] = ""
    """Why this form must not be saved yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Tell the selects what the row at hand already holds."""
        super().__init__(*args, **kwargs)
        prefetched = getattr(self.instance, "_prefetched_objects_cache", {})
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, KnownSelect):
                rows = prefetched.get(name, [])
                if widget.field.many_to_one and widget.field.is_cached(self.instance):
                    rows = [row for row in [getattr(self.instance, name)] if row]
                widget.known = {str(row.pk): str(row) for row in rows}

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
        sentence = audience_refusal(self.instance, asker)
        if sentence:
            self.add_error("audience", sentence)


def elsewhere(chosen: Any, own: Any, parent: str) -> str:
    """Say that a chosen row belongs to another parent; "" if it does not."""
    if not (chosen and own) or getattr(chosen, f"{parent}_id") == own.pk:
        return ""
    return str(_("This belongs to another %(noun)s.") % {"noun": own._meta.verbose_name})


def parent_refusal(record: Any, field: str, parent: str) -> str:
    """Say that what a field of a record names belongs to another parent; "" if it does not."""
    return elsewhere(getattr(record, field), getattr(record, parent, None), parent)


def audience_refusal(record: Any, asker: Any) -> str:
    """Say that somebody may not decide who sees a part of what is public; "" if they may."""
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
