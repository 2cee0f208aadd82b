"""Model fields that bring their own box in a form; migrations know them as Django's fields."""

from typing import Any, ClassVar

from django.contrib.postgres.validators import ArrayMaxLengthValidator
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from untfsse.kit.forms.fields import (
    MOST_CHARACTERS,
    MOST_LINES,
    ChoicesField,
    LinesField,
    LongTextFormField,
    PlainTextarea,
)
from untfsse.kit.forms.richtext import MAX_CHARACTERS, RichTextFormField, RichTextWidget
from untfsse.kit.generics import DjangoArrayField, DjangoTextField


class MigratesAsMixin:
    """A field that differs from Django's only in forms: no migration need name it."""

    migrates_as: ClassVar[str]

    def deconstruct(self) -> Any:
        """Let migrations know the field of Django."""
        name, _path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return name, self.migrates_as, args, kwargs


class ListField(MigratesAsMixin, DjangoArrayField):
    """A list: words of a closed vocabulary to choose from, else texts, one a line."""

    migrates_as = "django.contrib.postgres.fields.ArrayField"
    default_validators = [ArrayMaxLengthValidator(MOST_LINES)]

    def formfield(self, **kwargs: Any) -> Any:
        """Return the box for the list; an empty one needs no default beside it."""
        words = self.base_field.choices
        box: dict[str, Any] = {"form_class": LinesField}
        if words:
            hint = _("Hold Control (on a Mac: Command) to choose several.")
            box = {"form_class": ChoicesField, "choices": words, "help_text": hint}
        return models.Field.formfield(self, **{"show_hidden_initial": False, **box, **kwargs})


class LongTextField(MigratesAsMixin, DjangoTextField):
    """A text of some pages, with an end: Django's own has none."""

    migrates_as = "django.db.models.TextField"
    default_validators = [MaxLengthValidator(MOST_CHARACTERS)]

    def formfield(self, **kwargs: Any) -> Any:
        """Return the box that says how much is too much."""
        box = {"form_class": LongTextFormField, "max_length": MOST_CHARACTERS}
        return super().formfield(**{**box, **kwargs})


class NoteField(LongTextField):
    """A remark of a few lines."""

    def formfield(self, **kwargs: Any) -> Any:
        """Return a low box, whatever the admin gives to long text."""
        return super().formfield(**{**kwargs, "widget": PlainTextarea(attrs={"rows": 3})})


class RichTextField(MigratesAsMixin, DjangoTextField):
    """Text with layout: written in an editor, cleaned before it is kept and where it is shown."""

    migrates_as = "django.db.models.TextField"
    default_validators = [MaxLengthValidator(MAX_CHARACTERS)]

    def formfield(self, **kwargs: Any) -> Any:
        """Return the editor, whatever the admin gives to long text."""
        box: dict[str, Any] = {"form_class": RichTextFormField, "widget": RichTextWidget}
        return models.Field.formfield(self, **{**kwargs, **box})
