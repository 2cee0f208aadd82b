"""What people type has an end, and is read in time that grows with it and not with its square."""

import contextlib
import time
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models
from django.test import Client, RequestFactory
from django.utils.text import slugify
from taggit.forms import TagField

from taskforce.models import Update
from taskforce.services.decisions import NUMBER
from taskforce.services.provisions import split_provisions
from tests import make
from tests.forms import filled
from tests.kit.test_roles import nouns
from untfsse.kit.exchange import TableResource
from untfsse.kit.exchange.tables import read_csv, unguarded
from untfsse.kit.forms.countries import code_of
from untfsse.kit.forms.fields import SourcesFormField
from untfsse.kit.forms.richtext import as_plain, safe_html, sanitize
from untfsse.kit.forms.uploads import MARKUP, safe_name
from untfsse.kit.records.characters import refuse_invisible
from untfsse.kit.records.dates import PartialDate
from untfsse.search import clean

type Clock = Callable[[], float]

SMALL, LARGE = 5_000, 20_000
NOTHING = 0.05
"""Seconds; what takes less for the large text is not compared: a busy machine blurs it."""
PARTS = [
    *(" ", "a", "1", "|", "a |", "|http://", "-", "a-", "\n", "\n ", "a\n\n", "1.1 a\n", "(", "."),
    *("a.", "Part I\n1. a\n", "Recalling a,\n", "C", "by ", "<br ", "<p>", "<td>", "<!--", "&"),
    *('"', ",", "@", ";", "a; "),
]
EDGES = [("", ""), ("a", "|b")]
LONG = "x" * 600_000


def cost(work: Callable[[str], Any], text: str, clock: Clock, tries: int = 1) -> float:
    """Return the shortest time that the work takes, refused or not."""
    times = []
    for _try in range(tries):
        begun = clock()
        with contextlib.suppress(ValidationError, ValueError):
            work(text)
        times.append(clock() - begun)
    return min(times)


def squares(work: Callable[[str], Any], clock: Clock = time.process_time) -> list[str]:
    """Name the texts of which four times as many letters cost far more than four times as much.

    What grows with the text costs 4 times as much, what grows with its square 16, however often
    it is measured: once may be the fault of a busy machine.
    """
    found = []
    for part, (first, last) in product(PARTS, EDGES):
        small, large = (first + part * (size // len(part)) + last for size in (SMALL, LARGE))
        if cost(work, large, clock) <= NOTHING:
            continue
        if all(cost(work, large, clock, 3) > 9 * cost(work, small, clock, 3) for _time in range(4)):
            found.append(f"{first}{part!r}…{last}")
    return found


READERS: dict[str, Callable[[str], Any]] = {
    "sources": SourcesFormField.read,
    "a date": PartialDate.parse,
    "a country": code_of,
    "layout": sanitize,
    "layout on a page": safe_html,
    "layout as words": as_plain,
    "invisible": refuse_invisible,
    "provisions": split_provisions,
    "a number": NUMBER.fullmatch,
    "an address": slugify,
    "a search": clean,
    "a guarded cell": unguarded,
    "a table": lambda text: [*read_csv(text.encode())],
    "its columns": lambda text: TableResource(Update).set_header(["title"] * len(text)),
    "a file's name": safe_name,
    "a file's markup": MARKUP.match,
}


@pytest.mark.parametrize("name", READERS)
def test_a_reader_takes_time_that_grows_with_the_text(name: str) -> None:
    assert squares(READERS[name]) == []


def descendants(kind: type) -> Iterator[type]:
    below: list[type] = kind.__subclasses__()
    for child in below:
        yield child
        yield from descendants(child)


def fields_of_all_forms() -> dict[Any, tuple[str, forms.Field]]:
    """Return every field of text in our forms and in those of the admin, one of each kind."""
    request = RequestFactory().get("/")
    request.user = make.user(is_staff=True, is_superuser=True)
    found: dict[str, Any] = {}
    ours = ("untfsse.", "taskforce.", "encyclopedia.", "actionplan.")
    for form in descendants(forms.BaseForm):
        if form.__module__.startswith(ours):
            found[form.__name__] = getattr(form, "base_fields", {})
    for page in admin.site._registry.values():
        found[type(page).__name__] = page.get_form(request).base_fields
        for inline in page.get_inline_instances(request):
            found[type(inline).__name__] = inline.get_formset(request).form.base_fields
    return {
        (type(field), field.max_length, *(type(check) for check in field.validators)): (
            f"{form}.{name}",
            field,
        )
        for form, fields in found.items()
        for name, field in fields.items()
        if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput)
    }


@pytest.mark.slow
@pytest.mark.django_db
def test_every_field_of_every_form_has_an_end_and_is_read_in_time() -> None:
    fields = fields_of_all_forms().values()

    slow = {name: found for name, field in fields if (found := squares(field.clean))}
    endless = []
    for name, field in fields:
        try:
            field.clean(LONG)
        except ValidationError:
            continue
        endless.append((name, isinstance(field, TagField)))

    assert len(fields) > 20
    assert slow == {}
    assert [name for name, is_topics in endless if not is_topics] == []


def test_every_column_of_every_noun_has_an_end() -> None:
    columns = [
        field
        for model in nouns()
        for field in model._meta.concrete_fields
        if isinstance(field, (models.TextField, models.CharField, models.JSONField))
        or field.get_internal_type() == "ArrayField"
        if not field.generated
    ]
    source = {"title": "a", "url": None}
    for column in columns:
        is_sources = isinstance(column, models.JSONField)
        value: Any = [source] * 201 if is_sources else LONG
        if column.get_internal_type() == "ArrayField":
            value = ["a"] * 201
        try:
            column.clean(value, None)
        except ValidationError:
            continue
        pytest.fail(f"{column} takes anything")
    with pytest.raises(ValidationError, match="title of source 1 has more than 1000"):
        Update._meta.get_field("sources").clean([{**source, "title": "a" * 1_001}], None)


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make.user(is_staff=True, is_superuser=True))
    return client


@pytest.mark.slow
@pytest.mark.django_db
def test_a_form_says_at_each_field_how_much_is_too_much(staff: Client) -> None:
    typed = {
        "text": "x" * 100_001,
        "sources": "a" + " " * 200_000 + "b",
        "tags": "y" * 101,
        "note": "\n" * 100_001,
    }
    address = f"/admin/taskforce/update/{make.update().pk}/change/"

    answer = staff.post(address, filled(staff.get(address), **typed))

    form = answer.context["adminform"].form
    assert form.errors == {
        "text": ["Ensure this value has at most 100000 characters (it has 100001)."],
        "sources": ["Ensure this value has at most 100000 characters (it has 200002)."],
        "tags": ["A topic has at most 100 characters: “yyyyyyyyyyyyyyyyyyyy…” has 101."],
    }
    assert {name: form[name].value() for name in typed} == typed
    lines = staff.post(address, filled(staff.get(address), sources="a\n" * 201))
    assert lines.context["adminform"].form.errors == {
        "sources": ["Write at most 200 lines (these are 201)."]
    }
    many = staff.post(address, filled(staff.get(address), tags=",".join(map(str, range(51)))))
    assert many.context["adminform"].form.errors == {
        "tags": ["A record has at most 50 topics (these are 51)."]
    }


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["text", "sources"])
def test_postgresql_refuses_what_no_form_would_take(column: str) -> None:
    value = {"text": LONG, "sources": [{"title": LONG, "url": None}]}[column]
    rows = Update.objects.filter(pk=make.update().pk)
    with pytest.raises(IntegrityError, match=f"more than 500000 characters in column {column}"):
        rows.update(**{column: value})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "question",
    ["search_document(ARRAY[%s], '{}', '{}', '{}')", "plain_text(%s)", "search_words(%s)"],
)
def test_postgresql_reads_what_is_typed_in_time(question: str) -> None:
    """A query is no such text: it has 200 letters at most."""

    def ask(text: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {question}", [text] * question.count("%s"))

    assert squares(ask, time.perf_counter) == []
