"""Natural keys: by what a row of a noun is known, without its number in this database."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import models


def known_by(model: Any) -> tuple[str, ...]:
    """Return the fields by which a row of a noun is known, in files as in the seed.

    A model says so itself in `known_by`; otherwise it is the slug, the only column of theirs
    that no other row shares, or the first rule that makes rows unique. `parent__number` means the
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
        if field.unique and field.editable:
            return (field.name,)
    for rule in model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and rule.fields and rule.condition is None:
            return tuple(rule.fields)
    raise TypeError(f"{model.__name__} does not say by what its rows are known.")


def key_columns(model: Any) -> tuple[str, ...]:
    """Return the columns in which a row says its key."""
    return tuple(name.partition("__")[0] for name in known_by(model))


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
