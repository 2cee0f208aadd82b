"""The history of a record, as the database kept it: who, when, through what, field by field."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from untfsse.kit.history.changes import Change, Operation
from untfsse.kit.records.dates import PartialDate, PartialDateField
from untfsse.kit.records.publication import Reader, audiences_of, name_for

PAGE = 30
HIDDEN = {"id", "public_id", "updated_at"}


@dataclass(slots=True)
class Line:
    """One column before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(slots=True)
class Event:
    """One change as the page shows it."""

    change: Change
    what: str
    is_part: bool = False
    can_restore: bool = False
    lines: list[Line] = field(default_factory=list)


def tables(models_: Iterable[type[models.Model]]) -> dict[str, type[models.Model]]:
    """Return the models by their tables."""
    return {model._meta.db_table: model for model in models_}


def readable_by(user: Reader) -> Q:
    """Return the rule that no version of a change was meant for readers other than these."""
    rule, mine = Q(), [str(one) for one in audiences_of(user)]
    for version in ("before", "after"):
        is_open = Q(**{f"{version}__audience__isnull": True})
        rule &= is_open | Q(**{f"{version}__audience__in": mine})
    return rule


def changes_of(record: models.Model, parts: Iterable[type[models.Model]], *, user: Reader) -> Any:
    """Return the changes of a record, of what it links to, and of its parts; the latest first.

    What was meant for others than the reader is left out, however it stands today.
    """
    rule = Q(table=record._meta.db_table, row_id=record.pk)
    links = [getattr(record, link.name).through for link in record._meta.many_to_many]
    for model in {*parts, *(link for link in links if link._meta.auto_created)}:
        for column in model._meta.concrete_fields:
            if column.related_model is record._meta.concrete_model:
                for side in ("before", "after"):
                    held = Q(**{f"{side}__{column.column}": record.pk})
                    rule |= Q(table=model._meta.db_table) & held
    rows = Change.objects.filter(rule & readable_by(user))
    return rows.select_related("made_by").order_by("-id")


class ChangeDescriber:
    """Turns stored rows into words; asks once for each noun that the rows name."""

    def __init__(self, changes: list[Change], *, user: Reader | None = None) -> None:
        """Collect the names of all rows that the changes name, as a reader may know them."""
        self.models = tables(apps.get_models(include_auto_created=True))
        wanted: dict[Any, set[int]] = defaultdict(set)
        for change in changes:
            for name, before, after in self.columns(change):
                column = self.column(change, name)
                if column is not None and column.related_model:
                    wanted[column.related_model] |= {key for key in (before, after) if key}
        self.names = {
            model: {row.pk: name_for(row, user) for row in self.rows(model, keys)}
            for model, keys in wanted.items()
        }

    @staticmethod
    def rows(model: Any, keys: set[int]) -> Any:
        """Return the rows of these keys with what their names need."""
        links = [f.name for f in model._meta.fields if isinstance(f, models.ForeignKey)]
        found = model._default_manager.filter(pk__in=keys)
        return found.select_related(*links) if links else found

    def columns(self, change: Change) -> list[tuple[str, Any, Any]]:
        """Return the columns that changed and that say something."""
        return [
            (name, before, after)
            for name, before, after in change.changed_fields
            if name not in HIDDEN and not (is_empty(before) and is_empty(after))
        ]

    def column(self, change: Change, name: str) -> Any:
        """Return the field of a column; None for one that is gone."""
        model = self.models.get(change.table)
        found = [f for f in model._meta.concrete_fields if f.column == name] if model else []
        return found[0] if found else None

    def noun(self, change: Change) -> str:
        """Return the name of the noun."""
        model = self.models.get(change.table)
        if model is None:
            return change.table
        if model._meta.auto_created:
            return gettext("link")
        return str(model._meta.verbose_name)

    def lines(self, change: Change) -> list[Line]:
        """Return what changed, in words."""
        return [
            Line(self.label(change, name), *(self.words(change, name, value) for value in values))
            for name, *values in self.columns(change)
        ]

    def label(self, change: Change, name: str) -> str:
        """Return the name of a column."""
        column = self.column(change, name)
        label = str(column.verbose_name) if column is not None else name.replace("_", " ")
        return label[:1].upper() + label[1:]

    def words(self, change: Change, name: str, value: Any) -> str:
        """Return a stored value in words."""
        column = self.column(change, name)
        if is_empty(value):
            return ""
        if column is not None and column.related_model:
            known = self.names.get(column.related_model, {})
            return known.get(value, gettext("no. %(key)s, since deleted") % {"key": value})
        if isinstance(column, (PartialDateField, models.DateTimeField)):
            return date_words(column, str(value))
        choices = dict(column.flatchoices or ()) if column is not None else {}
        if isinstance(value, (bool, str)) and (isinstance(value, bool) or value in choices):
            return str(choices.get(value) or (gettext("yes") if value else gettext("no")))
        if isinstance(value, list):
            return "\n".join(self.item(part) for part in value)
        return str(value)

    @staticmethod
    def item(part: Any) -> str:
        """Return one part of a list in words."""
        if isinstance(part, dict) and set(part) == {"title", "url"}:
            return " | ".join(str(part[name]) for name in ("title", "url") if part[name])
        if isinstance(part, dict):
            return " | ".join(str(value) for value in part.values() if value)
        return str(part)


def date_words(column: Any, value: str) -> str:
    """Return a stored date or moment in words."""
    if isinstance(column, PartialDateField):
        return PartialDate.parse(value).text
    moment = parse_datetime(value)
    return date_format(localtime(moment), "DATETIME_FORMAT") if moment else value


def is_empty(value: Any) -> bool:
    """Whether a stored value says nothing."""
    return value is None or value in ("", [], {})


def tell(
    record: models.Model, changes: list[Change], reader: ChangeDescriber, *, may_change: bool
) -> list[Event]:
    """Return the events of a page; every version but the present one can come back."""
    own = record._meta.db_table
    present = Change.objects.of(record).values_list("id", flat=True).first()
    return [
        Event(
            change,
            reader.noun(change),
            is_part=change.table != own,
            can_restore=may_change
            and change.pk != present
            and (change.table == own or change.operation == Operation.DELETE),
            lines=reader.lines(change),
        )
        for change in changes
    ]
