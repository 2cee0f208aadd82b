"""Key books: how a table names the rows of a noun, and which row a name means."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from untfsse.kit.records.natural_keys import key_paths, known_by
from untfsse.kit.records.publication import VisibleQuerySet
from untfsse.kit.records.roles import Actor

SEPARATOR = " | "
SEVERAL = 0


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
        text = cells.get(column, "").strip()
        if isinstance(model._meta.get_field(column), models.ForeignKey) and not below and not text:
            related = model._meta.get_field(column).related_model
            parts += [""] * len(key_paths(related))
        else:
            parts.append(text.rpartition(SEPARATOR)[2] if below else text)
    return SEPARATOR.join(parts)


class KeyBook:
    """The keys of all rows of a noun, read with one query when first asked."""

    def __init__(self, model: type[models.Model], by: Actor = None) -> None:
        self.model = model
        self.hidden: set[int] = set()
        """What is meant for others than who asks: no cell names it or leads there."""
        self.pks: dict[str, int] = {}
        self.keys: dict[int, str] = {}
        found = model._default_manager.order_by().values_list("pk", *key_paths(model))
        for pk, *parts in found:
            self.add(SEPARATOR.join(part_text(part) for part in parts), pk)
        rows = model._default_manager.all()
        if isinstance(rows, VisibleQuerySet) and rows.audiences:
            self.hidden = {*self.keys} - {*rows.meant_for(by).values_list("pk", flat=True)}

    def add(self, key: str, pk: int) -> None:
        """Note a row; the number SEVERAL stands where one key means more than one."""
        self.pks[key] = SEVERAL if self.pks.get(key, pk) != pk else pk
        self.keys[pk] = key

    def key(self, pk: int | None) -> str:
        """Return the key of a row, "" for none and for one that is meant for others."""
        return "" if pk is None or pk in self.hidden else self.keys.get(pk, "")

    def pk_or_none(self, key: str) -> int | None:
        """Return the row of a key, None if there is none; ValidationError for several."""
        pk = self.pks.get(key)
        if pk == SEVERAL:
            raise ValidationError(
                _("Several rows are known as “%(key)s”: change them in their forms.") % {"key": key}
            )
        return pk

    def pk(self, key: str) -> int:
        """Return the row of a key; raises ValidationError with a sentence if there is none."""
        pk = self.pk_or_none(key)
        if pk is None or pk in self.hidden:
            raise ValidationError(
                _("There is no %(noun)s “%(key)s”. Does it come in a later row, or another table?")
                % {"noun": self.model._meta.verbose_name, "key": key}
            )
        return pk


class KeyBooks(dict[Any, KeyBook]):
    """The key books of all nouns that a table names, each read when first asked for."""

    def __init__(self, by: Actor = None) -> None:
        super().__init__()
        self.by = by

    def __missing__(self, model: Any) -> KeyBook:
        self[model] = KeyBook(model, self.by)
        return self[model]
