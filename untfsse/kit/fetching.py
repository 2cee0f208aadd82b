"""Fetching: what a JSON shape shows of other records, each through `visible_to`."""

from typing import Any

from django.db import models
from django.db.models import Prefetch
from rest_framework.serializers import BaseSerializer, ListSerializer

from untfsse.kit.publication import Reader
from untfsse.kit.serializers import Reference, References

type Tree = dict[str, "Tree"]


def fetch_shown(
    queryset: models.QuerySet[Any], shape: BaseSerializer[Any], user: Reader
) -> models.QuerySet[Any]:
    """Return the rows with all that the shape shows, a query for each relation.

    Only what the reader may see is fetched. A row whose necessary parent is hidden is left
    out, and a relation nobody fetched raises instead of being loaded behind the reader's back.
    """
    return fetch(queryset, tree_of(shape), user)


def tree_of(shape: Any) -> Tree:
    """Return the relations that a shape reads, by name."""
    tree: Tree = {}
    for field in shape.fields.values():
        if isinstance(field, Reference | References):
            graft(tree, field.source.split("."), {need: {} for need in field.needs})
        elif isinstance(field, ListSerializer):
            graft(tree, field.source.split("."), tree_of(field.child))
    for path in getattr(shape, "needs", ()):
        graft(tree, path.split("__"), {})
    return tree


def graft(tree: Tree, path: list[str], branch: Tree) -> None:
    """Add a path with what hangs on its end."""
    for step in path:
        tree = tree.setdefault(step, {})
    for name, below in branch.items():
        graft(tree, [name], below)


def fetch(queryset: models.QuerySet[Any], tree: Tree, user: Reader) -> models.QuerySet[Any]:
    """Return the rows with the relations of a tree."""
    guards = getattr(queryset, "guards", ())
    queryset = queryset.select_related(None).fetch_mode(models.FETCH_RAISE)
    for name, below in tree.items():
        field: Any = queryset.model._meta.get_field(name)
        rows = field.related_model._default_manager.all()
        if not hasattr(rows, "visible_to"):
            queryset = queryset.prefetch_related(name)
            continue
        seen = rows.visible_to(user)
        if field.many_to_one and not field.null and name not in guards:
            queryset = queryset.filter(**{f"{name}__in": seen.order_by()})
        queryset = queryset.prefetch_related(Prefetch(name, fetch(seen, below, user)))
    return queryset
