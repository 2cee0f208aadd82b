"""Model fields bring their own box in a form, whatever their column is called."""

from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth.models import User
from django.db import models
from django.test import RequestFactory

from taskforce.models import Document, Meeting, Minutes, Organization, Seat
from untfsse.kit.forms.fields import (
    ChoicesField,
    LinesField,
    LongTextFormField,
    PlainTextarea,
    SourcesFormField,
)
from untfsse.kit.forms.richtext import RichTextFormField, RichTextWidget
from untfsse.kit.records.evidence import SourcesField
from untfsse.kit.records.fields import ListField, NoteField, RichTextField
from untfsse.kit.records.publication import AudienceField
from untfsse.kit.records.sdg import GoalsField

WORDS = [("en", "English"), ("fr", "French")]


@pytest.mark.parametrize(
    ("column", "box", "widget"),
    [
        (SourcesField(default=list), SourcesFormField, PlainTextarea),
        (GoalsField(), ChoicesField, forms.CheckboxSelectMultiple),
        (ListField(models.CharField(choices=WORDS)), ChoicesField, forms.SelectMultiple),
        (ListField(models.CharField()), LinesField, PlainTextarea),
        (NoteField(), LongTextFormField, PlainTextarea),
        (RichTextField(), RichTextFormField, RichTextWidget),
        (AudienceField(), forms.TypedChoiceField, forms.Select),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, models.Field) else "",
)
def test_a_field_of_any_name_brings_its_own_box(column: Any, box: Any, widget: Any) -> None:
    column.set_attributes_from_name("a_name_of_its_own")

    field = column.formfield()

    assert (type(field), type(field.widget)) == (box, widget)
    assert field.label == str(column.verbose_name)[0].upper() + str(column.verbose_name)[1:]


@pytest.mark.parametrize("column", [NoteField(), RichTextField()], ids=["note", "rich"])
def test_the_box_of_the_field_wins_over_what_the_admin_gives_to_long_text(column: Any) -> None:
    own = column.formfield().widget

    given = column.formfield(widget=AdminTextareaWidget).widget

    assert (type(given), given.attrs) == (type(own), own.attrs)


def test_the_limit_of_rich_text_is_that_of_its_box() -> None:
    assert RichTextField().formfield().max_length == 200_000


@pytest.mark.parametrize(
    ("noun", "name", "path"),
    [
        (Meeting, "sources", "django.db.models.JSONField"),
        (Meeting, "languages", "django.contrib.postgres.fields.ArrayField"),
        (Seat, "note", "django.db.models.TextField"),
        (Minutes, "text", "django.db.models.TextField"),
        (Document, "audience", "django.db.models.CharField"),
    ],
)
def test_migrations_know_django_s_fields(noun: Any, name: str, path: str) -> None:
    assert noun._meta.get_field(name).deconstruct()[1] == path


@pytest.mark.parametrize(
    ("noun", "name", "rows"), [(Organization, "description", 6), (Seat, "note", 3)]
)
def test_long_text_gets_a_box_that_keeps_line_ends(noun: Any, name: str, rows: int) -> None:
    request = RequestFactory().get("/")
    request.user = User(is_staff=True, is_superuser=True)

    widget = admin.site.get_model_admin(noun).get_form(request).base_fields[name].widget

    assert (type(widget), widget.attrs["rows"]) == (PlainTextarea, rows)
