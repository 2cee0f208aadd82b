"""The machinery of the API: viewsets that only read, strict parameters, one shape for errors."""

import datetime as dt
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.middleware.http import ConditionalGetMiddleware
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
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

from untfsse.kit.log import changed_since, current_number
from untfsse.kit.pages.paging import KeysetPagination
from untfsse.kit.pages.thread import strands_of
from untfsse.kit.records.addresses import GoneError, MovedError, get_record_or_404
from untfsse.kit.records.characters import Legible
from untfsse.kit.records.noun import Noun
from untfsse.kit.records.publication import VISITOR, VisibleQuerySet
from untfsse.kit.rest.fetching import fetch_shown
from untfsse.kit.rest.serializers import NAMESPACE, ThreadSerializer

PREFIX = "/api/v1/"
PROBLEM_TYPE = "application/problem+json"
MAX_AGE_SECONDS = 60
MOST_WORDS = 60
UPDATED_SINCE = "updated_since"
PREFLIGHT_SECONDS = 86_400


# --- Problems ------------------------------------------------------------------------------


class BadParameterError(exceptions.APIException):
    """Parameters of the query string that are not understood."""

    status_code = 400

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(" ".join(str(error["message"]) for error in errors))
        self.errors = errors


def problem(status: int, detail: str, errors: Iterable[dict[str, Any]] = ()) -> dict[str, Any]:
    """Return a problem as RFC 9457 describes it, with one row for each bad parameter."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "errors": list(errors),
    }


def parameter_error(name: str, message: Any, known: Iterable[Any] = ()) -> dict[str, Any]:
    """Return what is wrong with one parameter, and the words that are known in its place."""
    return {"name": name[:80], "message": str(message), "known": [str(word) for word in known]}


def explain(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer an error of a view with a problem; the unforeseen stays with Django."""
    headers: dict[str, str] = {}
    match error:
        case MovedError():
            view: Any = context["view"]
            path = reverse(f"{NAMESPACE}:{view.basename}_detail", args=[error.record.slug])
            headers["Location"] = context["request"].build_absolute_uri(path)
            status, detail = 301, _("This record has a new address.")
        case GoneError(is_deleted=True):
            status, detail = 410, _("This record was deleted.")
        case GoneError():
            status, detail = 410, _("This record was withdrawn: %(why)s") % {"why": error.reason}
        case Http404() | exceptions.NotFound():
            status, detail = 404, _("There is nothing at this address.")
        case PermissionDenied():
            status, detail = 403, _("This is not for you to see.")
        case exceptions.APIException():
            status, detail = error.status_code, str(error.detail)
        case _:
            return None
    errors = getattr(error, "errors", ())
    return Response(
        problem(status, detail, errors), status, headers=headers, content_type=PROBLEM_TYPE
    )


class ProblemRowSerializer(serializers.Serializer[Any]):
    """What is wrong with one parameter."""

    name = serializers.CharField(help_text="The parameter.")
    message = serializers.CharField(help_text="What is wrong with it, in the language asked for.")
    known = serializers.ListField(
        child=serializers.CharField(), help_text="The words that are known in its place."
    )


class ProblemSerializer(serializers.Serializer[Any]):
    """An error, as RFC 9457 describes it."""

    type = serializers.CharField(help_text="Always about:blank: the status says it.")
    title = serializers.CharField(help_text="The name of the status.")
    status = serializers.IntegerField(help_text="The status of the answer.")
    detail = serializers.CharField(help_text="What is wrong, in the language asked for.")
    errors = ProblemRowSerializer(  # type: ignore[assignment]
        many=True, help_text="One row for each bad parameter."
    )


# --- Parameters ----------------------------------------------------------------------------


class Filters(DjangoFilterBackend):
    """The filters of the pages; a bad value is an error that names it."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        """Return the rows asked for; raise BadParameterError."""
        filters = self.get_filterset(request, queryset, view)
        if filters is None:
            return queryset
        if not filters.is_valid():
            raise BadParameterError(
                [
                    parameter_error(name, " ".join(messages), known_words(filters.form, name))
                    for name, messages in filters.form.errors.items()
                ]
            )
        return filters.qs


def known_words(form: Any, name: str) -> list[str]:
    """Return the words of a field's closed vocabulary; none for records and long lists."""
    field = form.fields.get(name)
    if field is None or hasattr(field, "queryset"):
        return []
    words = [str(word) for word, _label in getattr(field, "choices", ()) if word]
    return words if len(words) <= MOST_WORDS else []


class UpdatedSince(BaseFilterBackend):
    """`updated_since`: the rows of which something changed from a moment on (inclusive)."""

    def filter_queryset(self, request: Request, queryset: Any, _view: Any) -> Any:
        """Return the rows asked for; raise BadParameterError."""
        text = request.query_params.get(UPDATED_SINCE)
        return queryset if text is None else changed_since(queryset, read_moment(text))

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

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse parameters that nobody knows."""
        known = self.known_parameters(self.action)
        unknown = [name for name in request.query_params if name not in known]
        if unknown and request.method in {"GET", "HEAD"}:
            raise BadParameterError([self.name_unknown(name, known) for name in unknown[:10]])
        current_number()  # what the clock has brought is noticed before it is shown
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

    def get_queryset(self) -> VisibleQuerySet:
        """Return what a visitor may see, in its order."""
        records: Any = super().get_queryset()
        visible = records.visible_to(VISITOR)
        rows: VisibleQuerySet = visible.order_by(*self.order) if self.order else visible.for_list()
        return rows

    def filter_queryset(self, queryset: Any) -> Any:
        """Return the rows asked for with all that is shown of them."""
        rows: Any = super().filter_queryset(queryset)
        return fetch_shown(rows, self.get_serializer(), VISITOR)


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
        records: Any = fetch_shown(self.get_queryset(), self.get_serializer(), VISITOR)
        record = get_record_or_404(records, VISITOR, kwargs["slug"])
        return Response(self.get_serializer(record).data)


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
        return {"record": record, "strands": strands_of(record, VISITOR)}


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


# --- Headers -------------------------------------------------------------------------------


class ApiMiddleware:
    """Opens the API to pages of other sites, dates its answers, and gives errors one shape.

    The API knows no session and no cookie, so that any origin may read it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.conditions = ConditionalGetMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; complete the answer if it is one of the API."""
        response = self.get_response(request)
        if not request.path_info.startswith(PREFIX):
            return response
        if response.status_code >= 400 and not settings.DEBUG:
            response = self.shape_error(response)
        self.open_to_origins(response)
        if response.status_code != HTTPStatus.OK or request.method == "OPTIONS":
            return response
        patch_cache_control(response, public=True, max_age=MAX_AGE_SECONDS)
        return self.conditions.process_response(request, response)

    def shape_error(self, response: HttpResponseBase) -> HttpResponseBase:
        """Replace an error page that was made outside the API's own views."""
        if response.headers.get("Content-Type", "").startswith(PROBLEM_TYPE):
            return response
        details = {404: _("There is nothing at this address."), 500: _("The server failed.")}
        detail = details.get(response.status_code, _("The request was refused."))
        facts = problem(response.status_code, detail)
        return JsonResponse(facts, status=response.status_code, content_type=PROBLEM_TYPE)

    def open_to_origins(self, response: HttpResponseBase) -> None:
        """Let scripts of other sites read the answer."""
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
        response["Access-Control-Expose-Headers"] = "ETag, Link, Location"
        response["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
