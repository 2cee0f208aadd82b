"""Natural keys: how a table names a row of a noun, without its number in this database."""

import datetime as dt
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

SEPARATOR = " | "
SEVERAL = 0


def known_by(model: Any) -> tuple[str, ...]:
    """Return the columns by which a row of a noun is known.

    A model says so itself in `known_by`; otherwise it is the slug, the only column that no
    other row shares, or the first rule that makes rows unique. `parent__number` means the
    last part of the key in the column `parent`.
    """
    if model is get_user_model():
        return (model.USERNAME_FIELD,)
    declared: tuple[str, ...] = getattr(model, "known_by", ())
    if declared:
        return declared
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    if any(field.name == "slug" for field in fields):
        return ("slug",)
    for field in fields:
        if field.unique:
            return (field.name,)
    for rule in model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and rule.fields and rule.condition is None:
            return tuple(rule.fields)
    raise TypeError(f"{model.__name__} does not say by what its rows are known.")


def key_paths(model: Any) -> list[str]:
    """Return the lookups whose values, joined, are the key of a row."""
    paths = []
    for name in known_by(model):
        field = model._meta.get_field(name.partition("__")[0])
        if isinstance(field, models.ForeignKey) and "__" not in name:
            paths += [f"{name}__{path}" for path in key_paths(field.related_model)]
        else:
            paths.append(name)
    return paths


def part_text(value: Any) -> str:
    """Return a part of a key as a table shows it."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else str(value).strip()


def key_of_cells(model: Any, cells: dict[str, str]) -> str:
    """Return the key of a row from its cells; one that is not there counts as empty."""
    parts = []
    for name in known_by(model):
        column, _sep, below = name.partition("__")
        text = cells.get(column, "")
        if isinstance(model._meta.get_field(column), models.ForeignKey) and not below and not text:
            related = model._meta.get_field(column).related_model
            parts += [""] * len(key_paths(related))
        else:
            parts.append(text.rpartition(SEPARATOR)[2] if below else text)
    return SEPARATOR.join(parts)


class KeyBook:
    """The keys of all rows of a noun, read with one query when first asked."""

    def __init__(self, model: type[models.Model]) -> None:
        """Take the noun."""
        self.model = model
        self.rows: dict[str, int] | None = None
        self.keys: dict[int, str] = {}

    def read(self) -> dict[str, int]:
        """Return the row of each key; SEVERAL where one key means several rows."""
        if self.rows is None:
            self.rows = {}
            found = self.model._default_manager.order_by().values_list("pk", *key_paths(self.model))
            for pk, *parts in found:
                self.add(SEPARATOR.join(part_text(part) for part in parts), pk)
        return self.rows

    def add(self, key: str, pk: int) -> None:
        """Note a row."""
        rows = self.read()
        rows[key] = SEVERAL if rows.get(key, pk) != pk else pk
        self.keys[pk] = key

    def key(self, pk: int | None) -> str:
        """Return the key of a row, "" for none."""
        self.read()
        return "" if pk is None else self.keys.get(pk, "")

    def lookup(self, key: str) -> int | None:
        """Return the row of a key, None if there is none; ValidationError for several."""
        pk = self.read().get(key)
        if pk == SEVERAL:
            raise ValidationError(
                _("Several rows are known as “%(key)s”: change them in their forms.") % {"key": key}
            )
        return pk

    def get(self, key: str) -> int:
        """Return the row of a key; raises ValidationError with a sentence if there is none."""
        pk = self.lookup(key)
        if pk is None:
            raise ValidationError(
                _("There is no %(noun)s “%(key)s”. Does it come in a later row, or another table?")
                % {"noun": self.model._meta.verbose_name, "key": key}
            )
        return pk


class Library:
    """The books of all nouns that a table names."""

    def __init__(self) -> None:
        """Open no book yet."""
        self.books: dict[Any, KeyBook] = {}

    def book(self, model: Any) -> KeyBook:
        """Return the book of a noun."""
        return self.books.setdefault(model, KeyBook(model))
