"""Filling: values for all that a noun asks for, where nobody has written a record of it yet."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from untfsse.kit.records.dates import PartialDateField

DAY = dt.date(2022, 7, 19)


def required(model: type[models.Model], number: int, related: Callable[[Any], Any]) -> Any:
    """Return a value for each column that must be filled, the same for the same number.

    `related` gives a row of another noun.
    """
    return {
        field.name: value_of(field, number, related)
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.generated or field.blank or field.has_default())
        and field.editable
        and not getattr(field, "auto_now", False)
        and not getattr(field, "auto_now_add", False)
    }


def value_of(field: Any, number: int, related: Callable[[Any], Any]) -> Any:
    """Return a value that fits a column."""
    if isinstance(field, models.ForeignKey):
        return related(field.related_model)
    if field.choices:
        return next(value for value, _label in field.flatchoices if value != "")
    makers = (make for kind, make in VALUES if isinstance(field, kind))
    return next(makers, lambda _field, number: number)(field, number)


VALUES: tuple[tuple[Any, Callable[[Any, int], Any]], ...] = (
    (models.SlugField, lambda field, number: f"{field.model._meta.model_name}-{number}"),
    (PartialDateField, lambda _field, _number: str(DAY)),
    (models.URLField, lambda _field, number: f"https://example.org/{number}"),
    (models.DateField, lambda _field, _number: DAY),
    ((ArrayField, models.JSONField), lambda _field, _number: []),
    (models.BooleanField, lambda _field, _number: False),
    (
        (models.CharField, models.TextField),
        lambda field, number: f"{field.model._meta.verbose_name} {number}".capitalize(),
    ),
)
"""How a column of each kind is filled; the first that fits. What is left is a number."""
