"""Columns: how a field is written in a cell, and read from one."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django_countries.fields import CountryField
from taggit.managers import TaggableManager

from untfsse.kit.exchange.key_book import KeyBooks
from untfsse.kit.forms.countries import codes_of
from untfsse.kit.forms.fields import SourcesFormField, refuse_long_topics

TRUTHS: Mapping[str, bool] = {
    "true": True,
    "yes": True,
    "1": True,
    "false": False,
    "no": False,
    "0": False,
}
UNTOLD = {"updated_at"}
"""What follows from a save, and so is no fact to carry."""
DECIDED = {"status", "published_at", "withdrawal_reason", "verified_on", "verified_by"}
"""What somebody decides by a button: publication and verification."""


def columns_of(model: type[models.Model], books: KeyBooks) -> list["Column"]:
    """Return the columns of a noun's table: its own fields, then links and topics."""
    opts = model._meta
    plain = [
        field
        for field in opts.concrete_fields
        if not (field.primary_key or field.generated or field.name in UNTOLD)
    ]
    links = [field for field in opts.many_to_many if is_simple_link(field)]
    return [Column(field, books) for field in [*plain, *links]]


def is_simple_link(field: Any) -> bool:
    """Whether a link holds nothing but the two rows; others are nouns with a table."""
    if isinstance(field, TaggableManager):
        return True
    return bool(field.remote_field.through._meta.auto_created)


def same_lines(text: str) -> str:
    """Return a text with line ends of one character, however a program wrote them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class Column:
    """One column of a noun's table. Every cell is text; an empty cell says "not known"."""

    def __init__(self, field: Any, books: KeyBooks) -> None:
        self.field, self.books = field, books
        self.name: str = field.name
        self.is_topics = isinstance(field, TaggableManager)
        self.is_link = self.is_topics or isinstance(field, models.ManyToManyField)

    @property
    def may_stay_empty(self) -> bool:
        """Whether an empty cell leaves a new record with what it begins with."""
        return not self.is_link and bool(self.field.has_default() or self.field.has_db_default())

    @property
    def is_public_id(self) -> bool:
        """Whether it is the public id: a row that comes back may bring it, none changes it."""
        return bool(self.name == "public_id")

    @property
    def is_out_of_reach(self) -> bool:
        """Whether no import changes it, whoever asks: files, what follows from them, decisions.

        Of a file a table holds the path alone, and a path says nothing of who may read it.
        """
        is_file = isinstance(self.field, models.FileField)
        return is_file or self.name in DECIDED or not (self.is_link or self.field.editable)

    # --- Out -------------------------------------------------------------------------------

    def write(self, record: models.Model, links: list[Any] | None = None) -> str:
        """Return the cell of a record; `links` holds the keys of linked rows, or topics."""
        if self.is_link:
            return "\n".join(sorted(self.write_links(links or [])))
        return self.write_value(getattr(record, self.field.attname))

    def write_links(self, links: list[Any]) -> list[str]:
        """Return the names of linked rows."""
        if self.is_topics:
            return [str(name) for name in links]
        return [key for pk in links if (key := self.books[self.field.related_model].key(pk))]

    def unnamed(self, links: list[Any]) -> list[Any]:
        """Return the linked rows that no cell names, for they are meant for others."""
        if self.is_topics:
            return []
        return [pk for pk in links if pk in self.books[self.field.related_model].hidden]

    def write_value(self, value: Any) -> str:
        """Return a value as text."""
        if isinstance(self.field, models.ForeignKey):
            return self.books[self.field.related_model].key(value)
        if isinstance(value, list):
            return "\n".join(item_text(item) for item in value)
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, (dt.date, dt.time)):
            return value.isoformat()
        return "" if value is None else str(value)

    # --- In --------------------------------------------------------------------------------

    def read(self, text: str) -> Any:
        """Return the value that a text stands for; of a link, the rows or the topics.

        Raises ValidationError with a sentence.
        """
        if self.is_link:
            return self.read_links(text)
        if isinstance(self.field, models.JSONField):
            return SourcesFormField(required=False).to_python(text)
        if isinstance(self.field, ArrayField):
            return [self.field.base_field.clean(line, None) for line in lines_of(text)]
        if isinstance(self.field, CountryField):
            return self.read_countries(text)
        if isinstance(self.field, (models.CharField, models.TextField)):
            value = self.field.to_python(text)
            return None if self.field.null and not value else value
        return self.read_one(text.strip())

    def read_countries(self, text: str) -> Any:
        """Return the codes of countries that are named in any way that the forms know."""
        codes = codes_of(text)
        if len(codes) > 1 and not self.field.multiple:
            raise ValidationError(_("Name one country."))
        return codes if self.field.multiple else "".join(codes)

    def read_one(self, text: str) -> Any:
        """Return a number, a day, a truth or a row that a word stands for."""
        if not text:
            return self.read_nothing()
        if isinstance(self.field, models.ForeignKey):
            return self.books[self.field.related_model].pk(text)
        if isinstance(self.field, models.BooleanField):
            return self.read_truth(text)
        return self.field.to_python(text)

    def read_nothing(self) -> None:
        """Return None where a fact may be unknown."""
        if not self.field.null:
            raise ValidationError(_("This must be filled in."))

    def read_truth(self, text: str) -> bool:
        """Return whether a word means yes."""
        try:
            return TRUTHS[text.lower()]
        except KeyError:
            raise ValidationError(_("Write “true” or “false”.")) from None

    def read_links(self, text: str) -> list[Any]:
        """Return the rows, or the topics, that the lines name."""
        names = list(dict.fromkeys(lines_of(text)))
        if self.is_topics:
            refuse_long_topics(names)
            return names
        return [self.books[self.field.related_model].pk(name) for name in names]


def item_text(item: Any) -> str:
    """Return one of several values: a source as the forms write it."""
    return SourcesFormField.write(item) if isinstance(item, dict) else str(item)


def lines_of(text: str) -> list[str]:
    """Return the lines of a cell that are not blank."""
    return [line.strip() for line in text.splitlines() if line.strip()]
