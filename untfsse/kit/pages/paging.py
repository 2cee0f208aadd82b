"""Pages of a list by key, not by number: as fast on the last page as on the first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

PAGE_SIZE = 50


class KeysetPagination(CursorPagination):
    """The pages of the API, and of the lists that people read.

    A list is ordered by its queryset; the first field of that order must never be null and
    must be an attribute of the row.
    """

    page_size = PAGE_SIZE
    page_size_query_param = "page_size"
    max_page_size = 200
    cursor_query_param = "cursor"
    offset_cutoff = 100_000  # so many rows may share the first field of the order

    def get_ordering(self, _request: Request, queryset: Any, _view: Any) -> tuple[str, ...]:
        """Return the queryset's own order."""
        return tuple(queryset.query.order_by)

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return the rows of this page; count them all once. Raises NotFound for no cursor."""
        self.count = queryset.count()
        try:
            return list(super().paginate_queryset(queryset, request, view) or [])
        except (ValidationError, ValueError, DataError):
            if self.cursor_query_param not in request.query_params:
                raise
            raise NotFound(self.invalid_cursor_message) from None

    def get_paginated_response(self, data: Any) -> Response:
        """Return the page with the number of all rows."""
        return Response(
            {
                "count": self.count,
                "next": self.get_next_link(),
                "previous": self.get_previous_link(),
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe the page for the OpenAPI document."""
        described = super().get_paginated_response_schema(schema)
        described["required"] = ["count", "next", "previous", "results"]
        described["properties"] = {
            "count": {"type": "integer", "description": "All rows of the list.", "example": 57},
            **described["properties"],
        }
        return described


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, as the templates show it."""

    rows: list[Any]
    count: int
    next_query: str
    previous_query: str

    def __iter__(self) -> Iterator[Any]:
        """Go through the rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return the number of rows on this page."""
        return len(self.rows)

    @property
    def shown(self) -> int:
        """The number of rows on this page."""
        return len(self.rows)

    @property
    def has_next(self) -> bool:
        """Whether rows follow."""
        return bool(self.next_query)

    @property
    def has_previous(self) -> bool:
        """Whether rows come before."""
        return bool(self.previous_query)


def paginate(request: HttpRequest, queryset: QuerySet[Any]) -> Page:
    """Return the page that the query string asks for; Http404 for a broken cursor."""
    pagination = KeysetPagination()
    try:
        rows = pagination.paginate_queryset(queryset, Request(request))
    except NotFound:
        raise Http404 from None
    return Page(
        rows,
        pagination.count,
        urlsplit(pagination.get_next_link() or "").query,
        urlsplit(pagination.get_previous_link() or "").query,
    )
