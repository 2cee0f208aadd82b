"""The machinery of the API: viewsets that only read, and strict parameters."""

import datetime as dt
from collections.abc import Callable
from functools import cache
from typing import Any, ClassVar, cast

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import exceptions, serializers
from rest_framework.filters import BaseFilterBackend
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import DefaultRouter, Route
from rest_framework.viewsets import GenericViewSet

from untfsse.kit.log import changed_since, notice_clock
from untfsse.kit.pages.filters import fault_of
from untfsse.kit.pages.keyset import Listed
from untfsse.kit.pages.on_record import is_asked, on_record_of
from untfsse.kit.pages.paging import KeysetPagination
from untfsse.kit.pages.thread import strands_of
from untfsse.kit.records.addresses import get_record_or_404
from untfsse.kit.records.characters import Legible
from untfsse.kit.records.noun import Noun
from untfsse.kit.records.publication import VISITOR, Reader, VisibleQuerySet
from untfsse.kit.rest.fetching import fetch_shown
from untfsse.kit.rest.problems import BadParameterError, parameter_error, rows_asked_for
from untfsse.kit.rest.serializers import NAMESPACE, ThreadSerializer

UPDATED_SINCE = "updated_since"


# --- Parameters ----------------------------------------------------------------------------


class Filters(DjangoFilterBackend):
    """The filters of the pages; a bad value is an error that names it."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        """Return the rows asked for; raise BadParameterError."""
        filters = self.get_filterset(request, queryset, view)
        if filters is None:
            return queryset
        return rows_asked_for(filters)


class UpdatedSince(BaseFilterBackend):
    """`updated_since`: the rows of which something changed from a moment on (inclusive)."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        """Return the rows asked for; raise BadParameterError."""
        text = request.query_params.get(UPDATED_SINCE)
        return queryset if text is None else view.changed_since(queryset, read_moment(text))

    def get_schema_operation_parameters(self, _view: Any) -> list[dict[str, Any]]:
        """Describe the parameter."""
        return [
            {
                "name": UPDATED_SINCE,
                "in": "query",
                "required": False,
                "description": (
                    "What changed from this moment on: 2022-07-19T14:00:00Z, or a whole day. "
                    "`/changes/` tells it without gaps, and what was withdrawn or deleted."
                ),
                "schema": {"type": "string"},
            }
        ]


def read_moment(text: str) -> dt.datetime:
    """Return a moment, or the beginning of a day; raise BadParameterError."""
    try:
        moment = parse_datetime(text)
        if moment is None and (day := parse_date(text)):
            moment = dt.datetime.combine(day, dt.time())
    except ValueError:
        moment = None
    if moment is None or not dt.MINYEAR < moment.year < dt.MAXYEAR:
        message = _("Write a moment as 2022-07-19T14:00:00Z, or a day as 2022-07-19.")
        raise BadParameterError([parameter_error(UPDATED_SINCE, message)])
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


class ApiPagination(KeysetPagination):
    """The pages of a list; a bad cursor or size is an error that names it."""

    cursor_query_description = "Where the page begins: take it from `next` or `previous`."
    page_size_query_description = "Rows on a page, at most 200."

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return the rows of this page; raise BadParameterError."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except exceptions.NotFound:
            message = _("This is no cursor of this list. Take it from “next” or “previous”.")
            raise BadParameterError([parameter_error("cursor", message)]) from None

    def get_page_size(self, request: Request) -> int:
        """Return the size asked for; raise BadParameterError."""
        text = request.query_params.get(self.page_size_query_param)
        if text is None:
            return self.page_size
        if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= self.max_page_size):
            message = _("Write a number from 1 to %(most)s.") % {"most": self.max_page_size}
            raise BadParameterError([parameter_error(self.page_size_query_param, message)])
        return int(text)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe both parameters, the size with its bounds."""
        cursor, size = super().get_schema_operation_parameters(view)
        bounds = {"minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        size["schema"] = {"type": "integer", **bounds}
        return [cursor, size]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe the page."""
        described = super().get_paginated_response_schema(schema)
        link = {"type": ["string", "null"], "format": "uri"}
        rows = described["properties"]["results"]
        described["description"] = "A page of the list."
        described["properties"] |= {
            "next": {**link, "description": "The next page; null on the last."},
            "previous": {**link, "description": "The page before; null on the first."},
            "results": {**rows, "description": "The rows of this page."},
        }
        return described


# --- Viewsets ------------------------------------------------------------------------------


class ReadViewSet(GenericViewSet[Any]):
    """A noun that is only read, as a visitor sees it."""

    http_method_names = ["get", "head", "options"]
    filter_backends = [Filters]
    filterset_class: ClassVar[Any] = None
    pagination_class = ApiPagination
    own_errors: ClassVar[dict[str, str]] = {}
    """Statuses that no other noun answers, each in words, for the OpenAPI document."""
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    basename: str

    @classmethod
    def known_parameters(cls, action: str | None) -> list[str]:
        """Return the parameters that an action understands."""
        if action != "list":
            return []
        filters = cls.filterset_class.base_filters if cls.filterset_class else ()
        since = [UPDATED_SINCE] if UpdatedSince in cls.filter_backends else []
        return sorted([*filters, *since, "cursor", "page_size"])

    def changed_since(self, rows: Any, moment: dt.datetime) -> Any:
        """Return the rows in which something changed since a moment (inclusive)."""
        return changed_since(rows, moment)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse parameters that nobody knows."""
        known = self.known_parameters(self.action)
        unknown = [name for name in request.query_params if name not in known]
        if unknown and request.method in {"GET", "HEAD"}:
            raise BadParameterError([self.name_unknown(name, known) for name in unknown[:10]])
        # What is wrong with a filter the filters say themselves, since the pages ask them too.
        filters = self.filterset_class.base_filters if self.filterset_class else ()
        own = [name for name in known if name not in filters]
        faults = [(name, fault_of(request.query_params, name)) for name in own]
        if bad := [parameter_error(name, fault) for name, fault in faults if fault]:
            raise BadParameterError(bad)
        notice_clock(request._request)  # noqa: SLF001
        super().initial(request, *args, **kwargs)

    def name_unknown(self, name: str, known: list[str]) -> dict[str, Any]:
        """Return the error for one parameter that nobody knows."""
        words = {"name": name[:80], "known": ", ".join(known)}
        if known:
            message = _("There is no parameter “%(name)s” here. Known are: %(known)s.") % words
        else:
            message = _("There is no parameter “%(name)s” here: none is known.") % words
        return parameter_error(name, message, known)


class ListViewSet(ListModelMixin, ReadViewSet):
    """A list of rows that have no address of their own."""

    filter_backends = [Filters, UpdatedSince]
    order: ClassVar[tuple[str, ...]] = ()
    """The order of the rows, `("-reported_on", "-id")`; without it the noun's `for_list()`."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Let the rows be those of the noun that the lean shape shows."""
        super().__init_subclass__(**kwargs)
        if shape := vars(cls).get("serializer_class"):
            cls.queryset = shape.Meta.model._default_manager.all()

    @classmethod
    def in_order(cls, rows: Any) -> Any:
        """Return rows in the order of this list."""
        return rows.order_by(*cls.order) if cls.order else rows.for_list()

    def get_queryset(self) -> VisibleQuerySet:
        """Return what a visitor may see, in its order."""
        records: Any = super().get_queryset()
        rows: VisibleQuerySet = self.in_order(records.visible_to(VISITOR))
        return rows

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return a page; where nothing but its size is asked, its questions are written once."""
        if not set(request.query_params) <= {self.pagination_class.page_size_query_param}:
            return super().list(request, *args, **kwargs)
        paginator: Any = self.paginator
        rows = paginator.paginate_list(listed_by(type(self)), VISITOR, request)
        answer: Response = paginator.get_paginated_response(
            self.get_serializer(rows, many=True).data
        )
        return answer

    def filter_queryset(self, queryset: Any) -> Any:
        """Return the rows asked for with all that is shown of them."""
        rows: Any = super().filter_queryset(queryset)
        return fetch_shown(rows, self.get_serializer_class(), VISITOR)


@cache
def listed_by(viewset: type[ListViewSet]) -> Listed:
    """Return what gives the rows of a viewset's list, with all that is shown of them."""

    def listed(user: Reader) -> VisibleQuerySet:
        records, shape = cast("Any", viewset.queryset), cast("Any", viewset.serializer_class)
        return fetch_shown(viewset.in_order(records.visible_to(user)), shape, user)

    return listed


class RecordViewSet(ListViewSet):
    """A noun with addresses: a lean list and full records."""

    detail_serializer_class: ClassVar[type[serializers.BaseSerializer[Any]]]

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        """Return the full shape for one record, the lean one for a list."""
        if self.action == "retrieve":
            return self.detail_serializer_class
        return super().get_serializer_class()

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return one record."""
        record = get_record_or_404(records_of(type(self)), VISITOR, kwargs["slug"])
        return Response(self.get_serializer(record).data)


@cache
def records_of(viewset: type[RecordViewSet]) -> Callable[[Reader], VisibleQuerySet]:
    """Return what gives the records of a viewset with all that is shown of them."""

    def records(user: Reader) -> VisibleQuerySet:
        rows: Any = viewset.queryset
        return fetch_shown(viewset.in_order(rows.all()), viewset.detail_serializer_class, user)

    return records


class ThreadedViewSet(RecordViewSet):
    """A noun with a thread."""

    thread_serializer_class: ClassVar[type[serializers.BaseSerializer[Any]]] = ThreadSerializer

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        """Return the shape of the thread, where it is asked for."""
        if self.action == "thread":
            return self.thread_serializer_class
        return super().get_serializer_class()

    def thread(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return what hangs on one record."""
        record = get_record_or_404(self.get_queryset(), VISITOR, kwargs["slug"])
        return Response(self.get_serializer(self.follow(record)).data)

    def follow(self, record: Any) -> dict[str, Any]:
        """Return what the shape shows."""
        rows = [record] if is_asked(type(record)) else []
        found = on_record_of(rows, VISITOR, on=timezone.localdate())
        strands = strands_of(record, VISITOR)
        return {"record": record, "strands": strands, "on_record": found.get(record.pk)}


class Router(DefaultRouter):
    """Names the addresses as the pages are named: `meeting_list`, `meeting_detail`."""

    def add(self, *viewsets: type[ReadViewSet]) -> None:
        """Register viewsets under the names of their nouns."""
        for viewset in viewsets:
            queryset: Any = viewset.queryset
            noun: Noun = queryset.model.noun
            self.register(noun.api_path, viewset, noun.name)

    def tables(self) -> dict[str, tuple[str, str]]:
        """Return each table of the API with its noun, and the name of the address of a record.

        The name is empty for rows without an address of their own.
        """
        found = {}
        registry: list[Any] = self.registry
        for prefix, viewset, basename in registry:
            if issubclass(getattr(viewset.queryset, "model", object), Legible):
                name = f"{NAMESPACE}:{basename}_detail" if hasattr(viewset, "retrieve") else ""
                found[viewset.queryset.model._meta.db_table] = (prefix, name)
        return found

    include_format_suffixes = False
    routes = [
        Route(
            url=r"^{prefix}{trailing_slash}$",
            mapping={"get": "list"},
            name="{basename}_list",
            detail=False,
            initkwargs={"suffix": "List"},
        ),
        Route(
            url=r"^{prefix}/{lookup}{trailing_slash}$",
            mapping={"get": "retrieve"},
            name="{basename}_detail",
            detail=True,
            initkwargs={"suffix": "Instance"},
        ),
        Route(
            url=r"^{prefix}/{lookup}/thread{trailing_slash}$",
            mapping={"get": "thread"},
            name="{basename}_thread",
            detail=True,
            initkwargs={"suffix": "Thread"},
        ),
    ]
