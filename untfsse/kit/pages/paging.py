"""Pages of a list by key, not by number: as fast on the last page as on the first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from untfsse.kit.pages.counting import MOST_COUNTED, count_each, count_listed, some_of
from untfsse.kit.pages.filters import ListFilter
from untfsse.kit.pages.keyset import (
    CursorError,
    KeysetPage,
    Listed,
    first_page,
    keyset_page,
    rows_of,
)
from untfsse.kit.records.publication import Reader

PAGE_SIZE = 50


class KeysetPagination(CursorPagination):
    """The pages of the API, and of the lists that people read, in the order of their queryset.

    Of the REST framework's own only the parameters are left: its cursors count rows.
    """

    page_size = PAGE_SIZE
    count: int | None = None
    page_size_query_param = "page_size"
    max_page_size = 200
    found: KeysetPage
    address: str

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return the rows of this page; count all that there are. Raises NotFound for no cursor."""
        self.address = request.build_absolute_uri()
        cursor = request.query_params.get(self.cursor_query_param, "")
        size = self.get_page_size(request) or PAGE_SIZE
        try:
            self.found = keyset_page(queryset, size=size, cursor=cursor)
        except CursorError:
            raise NotFound(self.invalid_cursor_message) from None
        if self.count is None:
            [self.count] = count_each(some_of(queryset))
        return self.found.rows

    def paginate_list(self, listed: Listed, user: Reader, request: Request) -> list[Any]:
        """Return the first rows of all that a reader sees of a list."""
        self.address = request.build_absolute_uri()
        self.found = first_page(listed, user, size=self.get_page_size(request) or PAGE_SIZE)
        self.count = count_listed(listed, user)
        return self.found.rows

    def get_next_link(self) -> str | None:
        """Return the address of the next page; None on the last."""
        return self.link_to(self.found.next)

    def get_previous_link(self) -> str | None:
        """Return the address of the page before; None on the first."""
        return self.link_to(self.found.previous)

    def link_to(self, cursor: str | None) -> str | None:
        """Return the address of the page of a cursor, asked the same questions."""
        return cursor and replace_query_param(self.address, self.cursor_query_param, cursor)

    def get_paginated_response(self, data: Any) -> Response:
        """Return the page with the number of all rows; its neighbours also as RFC 8288 has them."""
        links = {"next": self.get_next_link(), "prev": self.get_previous_link()}
        told = ", ".join(f'<{url}>; rel="{name}"' for name, url in links.items() if url)
        body = {
            "count": self.count,
            "next": links["next"],
            "previous": links["prev"],
            "results": data,
        }
        return Response(body, headers={"Link": told} if told else None)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe the page for the OpenAPI document."""
        described = super().get_paginated_response_schema(schema)
        described["required"] = ["count", "next", "previous", "results"]
        described["properties"] = {
            "count": {
                "type": ["integer", "null"],
                "description": f"All rows of the list; null for more than {MOST_COUNTED:,}.",
                "example": 57,
            },
            **described["properties"],
        }
        return described


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, as the templates show it."""

    rows: list[Any]
    count: int | None
    """All rows of the list; None for more than are counted."""
    next_query: str
    previous_query: str

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def shown(self) -> int:
        """The number of rows on this page."""
        return len(self.rows)

    @property
    def most(self) -> str:
        """As many rows as are counted."""
        return f"{MOST_COUNTED:,}"

    @property
    def has_next(self) -> bool:
        """Whether rows follow."""
        return bool(self.next_query)

    @property
    def has_previous(self) -> bool:
        """Whether rows come before."""
        return bool(self.previous_query)


def list_page[F: ListFilter](
    request: HttpRequest, filters: type[F], listed: Listed
) -> tuple[F, Page]:
    """Return what the query string asks of a list, and the page of it; Http404 for a broken cursor.

    Where nothing is asked, the questions of the first page are written once.
    """
    if request.GET:
        asked = filters(request.GET, queryset=listed(request.user), request=request)
        return asked, paginate(request, asked.qs)
    pagination = KeysetPagination()
    rows = pagination.paginate_list(listed, request.user, Request(request))
    asked = filters(request.GET, queryset=rows_of(listed, request.user), request=request)
    asked.is_valid()
    return asked, as_page(pagination, rows)


def paginate(request: HttpRequest, queryset: QuerySet[Any], count: int | None = None) -> Page:
    """Return the page that the query string asks for; Http404 for a broken cursor.

    `count` is how many rows there are, where that is known.
    """
    pagination = KeysetPagination()
    pagination.count = count
    try:
        rows = pagination.paginate_queryset(queryset, Request(request))
    except NotFound:
        raise Http404 from None
    return as_page(pagination, rows)


def as_page(pagination: KeysetPagination, rows: list[Any]) -> Page:
    """Return the rows as a page, between its neighbours."""
    return Page(
        rows,
        pagination.count,
        urlsplit(pagination.get_next_link() or "").query,
        urlsplit(pagination.get_previous_link() or "").query,
    )
