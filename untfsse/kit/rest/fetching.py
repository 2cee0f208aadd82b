"""Fetching: what a JSON shape shows of other records, each through `visible_to`."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import models
from rest_framework.serializers import BaseSerializer, ListSerializer

from untfsse.kit.log import with_change_moment
from untfsse.kit.records.publication import Reader, VisibleQuerySet
from untfsse.kit.rest.serializers import Reference, Topics


def fetch_shown(
    rows: VisibleQuerySet, shape: type[BaseSerializer[Any]], user: Reader
) -> VisibleQuerySet:
    """Return the rows with all that the shape shows, a query for each relation.

    Only what the reader may see is fetched. A relation that nobody fetched raises an error
    instead of being loaded behind the reader's back.
    """
    made: Any = shape
    paths, topics = relations_of(made)
    bare = rows.select_related(None).fetch_mode(models.FETCH_RAISE)
    shown: VisibleQuerySet = with_change_moment(bare)
    return shown.with_visible(user, *paths, each=with_change_moment).prefetch_related(*topics)


@cache
def relations_of(shape: Any) -> tuple[list[str], list[str]]:
    """Return the relations that a shape reads, as paths from its model, and those to topics."""
    made = shape()
    topics: list[Any] = [field.source for field in fields_of(made) if isinstance(field, Topics)]
    return list(dict.fromkeys(paths_of(made))), topics


def fields_of(shape: Any) -> list[Any]:
    """Return the fields of a shape."""
    return list(shape.fields.values())


def paths_of(shape: Any) -> Iterator[str]:
    """Return the relations that a shape reads, as paths from its model."""
    for field in fields_of(shape):
        path = field.source.replace(".", "__")
        if isinstance(field, Reference) and field.is_relation and not isinstance(field, Topics):
            yield path
            yield from (f"{path}__{need}" for need in field.needs)
        elif isinstance(field, ListSerializer):
            yield path
            yield from (f"{path}__{below}" for below in paths_of(field.child))
    yield from getattr(shape, "needs", ())
