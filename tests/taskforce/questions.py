"""Asking a filter set, as a visitor does by the query string."""

from typing import Any

from django.http import QueryDict
from django.test import RequestFactory

from taskforce.api import router
from untfsse.kit.records.publication import VISITOR

REGISTRY: list[Any] = router.registry
MODELS = {viewset.filterset_class: viewset.queryset.model for _path, viewset, _name in REGISTRY}


def asked(filter_set: Any, query: str) -> Any:
    """Return the filter set of a visitor's query string."""
    request = RequestFactory().get("/")
    request.user = VISITOR
    visible = MODELS[filter_set].objects.visible_to(VISITOR)
    return filter_set(QueryDict(query), queryset=visible, request=request)


def found(filter_set: Any, query: str) -> list[Any]:
    """Return the rows that answer a query string which is in order."""
    question = asked(filter_set, query)
    assert question.is_valid(), question.errors
    return list(question.qs.order_by("pk"))


def errors(filter_set: Any, query: str) -> dict[str, list[str]]:
    """Return what is said of a query string; its rows can be asked for all the same."""
    question = asked(filter_set, query)
    list(question.qs)
    return {name: list(sentences) for name, sentences in question.errors.items()}
