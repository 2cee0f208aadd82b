"""The log against the API: a row whose JSON changes has a line, whatever was edited.

What a partner would have copied before and after an edit is compared, of every shape whose
queries read the table.
"""

import datetime as dt
import json
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, connection, models, transaction
from django.db.models.deletion import ProtectedError
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django_countries.fields import CountryField
from rest_framework.request import Request

from tests import nouns
from tests.asking import VIEWSETS
from tests.log import settle, taken_back
from tests.partner import without_moments
from untfsse.kit.history.triggers import watched_models
from untfsse.kit.log import PublicChange
from untfsse.kit.log.paths import naming_columns
from untfsse.kit.records.characters import Legible
from untfsse.kit.records.dates import PartialDateField
from untfsse.kit.records.publication import VISITOR
from untfsse.kit.rest.fetching import fetch_shown

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROWS = 3
HIDDEN = {
    *("JoinLink", "Minutes", "Corrigendum", "PersonContact"),
    *("SuggestedGoal", "SuggestedTopic", "Suggestion"),
}
"""Tables that no shape reads."""

HIDING = {"status", "audience", "confidence", "state"}
"""Columns that may hide a row and what it guards: each is tried alone."""

type Copy = dict[tuple[Any, str], str]


# --- What a partner has --------------------------------------------------------------------


def shapes() -> Iterator[tuple[Any, Any]]:
    """Give each viewset with its fullest shape."""
    for viewset in VIEWSETS.values():
        if issubclass(getattr(viewset.queryset, "model", object), Legible):
            yield viewset, getattr(viewset, "detail_serializer_class", viewset.serializer_class)


def copy(viewset: Any, shape: Any) -> Copy:
    """Return the JSON of each row by its id."""
    request = Request(RequestFactory().get("/api/v1/"))
    serializer = shape(context={"request": request})
    rows = viewset(request=request, action="list").get_queryset()
    return {
        (shape, str(row.public_id)): json.dumps(
            without_moments(serializer.to_representation(row)), default=str, sort_keys=True
        )
        for row in fetch_shown(rows, shape, VISITOR)
    }


class World:
    """One record of every noun, all that a partner has of them, and which table shows where."""

    def __init__(self) -> None:
        self.readers: dict[str, list[tuple[Any, Any]]] = {}
        self.copies: dict[Any, Copy] = {}
        for viewset, shape in shapes():
            with CaptureQueriesContext(connection) as asked:
                self.copies[shape] = copy(viewset, shape)
            asked_of = {name for q in asked for name in re.findall(r'"(\w+)"', q["sql"])}
            for table in asked_of:
                self.readers.setdefault(table, []).append((viewset, shape))

    def differing(self, table: str) -> set[str]:
        """Return the ids of the rows that are another now, appeared or vanished."""
        found = set()
        for viewset, shape in self.readers[table]:
            before, after = self.copies[shape], copy(viewset, shape)
            found |= {key[1] for key, _json in before.items() ^ after.items()}
        return found


@pytest.fixture(scope="module")
def world(module_db: None) -> World:
    for build in nouns.BUILDERS.values():
        build()
    settle()
    return World()


# --- What is done --------------------------------------------------------------------------


def another(field: Any, row: Any) -> Any:
    """Return a value unlike the one that a column has."""
    value, word = getattr(row, field.attname), f"other-{uuid.uuid4().hex[:8]}"
    is_of_words = isinstance(getattr(field, "base_field", None), models.CharField)
    if isinstance(field, models.ForeignKey):
        others = field.related_model._default_manager.exclude(pk=value)
        return others.values_list("pk", flat=True).last() or value
    if field.flatchoices:
        return next(choice for choice, _label in field.flatchoices if choice != value)
    values: dict[Any, Any] = {
        CountryField: "DE",
        PartialDateField: "2011-03",
        models.URLField: "https://example.org/other",
        models.BooleanField: not value,
        models.DateTimeField: dt.datetime(2021, 5, 4, tzinfo=dt.UTC),
        models.DateField: dt.date(2021, 5, 4),
        models.TimeField: dt.time(9, 17),
        ArrayField: ["de"] if is_of_words else [13],
        models.JSONField: [{"title": word, "url": None}],
        models.CharField: word[: getattr(field, "max_length", None)],
        models.TextField: word,
    }
    kinds = (kind for kind in values if isinstance(field, kind))
    kind = next(kinds, None)
    return values[kind] if kind else (value or 0) + 7


def edit(columns: set[str]) -> Callable[[Any], int]:
    """Give what changes these columns of a row, as far as the rules let it."""

    def act(row: Any) -> int:
        done = 0
        for field in row._meta.concrete_fields:
            if field.column in columns:
                try:
                    with transaction.atomic():
                        same = type(row)._default_manager.filter(pk=row.pk)
                        done += same.update(**{field.attname: another(field, row)})
                except DatabaseError:
                    continue
        return done

    return act


def delete(row: Any) -> int:
    """Delete a row, unless something needs it."""
    try:
        with transaction.atomic():
            return int(row.delete()[0])
    except (ProtectedError, DatabaseError):
        return 0


def acts(model: Any) -> Iterator[tuple[str, Callable[[Any], int]]]:
    """Give what is done to rows: all that names are made of, the rest, what guards, deletion."""
    fields = [f for f in model._meta.concrete_fields if not (f.primary_key or f.generated)]
    columns = {field.column for field in fields} - {"public_id"}
    guarding = columns & HIDING
    naming = naming_columns(model) - guarding
    status = guarding & {"status"}
    for some in (columns - naming - guarding, columns & naming, status, guarding - status):
        if some:
            yield ", ".join(sorted(some)), edit(some)
    yield "deletion", delete


def test_row_whose_json_changes_has_a_line(world: World) -> None:
    missed, tried, unread = [], 0, set()
    for model in watched_models():
        table = model._meta.db_table
        if table not in world.readers:
            unread.add(model.__name__)
            continue
        rows = list(model._default_manager.all()[:ROWS])
        for name, act in acts(model):
            with taken_back() as number:
                if not sum(act(row) for row in rows):
                    continue
                settle()
                ids = PublicChange.objects.after(number).values_list("public_id", flat=True)
                differing = world.differing(table)
                tried += bool(differing)
                if gone := differing - {str(each) for each in ids}:
                    missed.append((model.__name__, name, gone))
    assert missed == []
    assert unread == HIDDEN
    assert tried > 150
