"""Problems: every error that a machine may be told, in one table and one shape (RFC 9457)."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import DisallowedHost, PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, serializers
from rest_framework.request import Request

from untfsse.kit.records.addresses import GoneError, MovedError
from untfsse.kit.request_log import request_number
from untfsse.kit.rest.serializers import NAMESPACE

PROBLEM_TYPE = "application/problem+json"
MOST_WORDS = 60


# --- The table -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its page says what it means and what to do."""

    slug: str
    status: int
    title: str | Promise
    meaning: str | Promise
    remedy: str | Promise


BAD_PARAMETER = Kind(
    "bad-parameter",
    400,
    _("A parameter is not understood"),
    _("A parameter is unknown here, its value is none that it takes, or it is given twice."),
    _("Look at “errors”: it names each parameter, with the words that are known in its place."),
)
FAILED = Kind(
    "server-failed",
    500,
    _("The server failed"),
    _("The server failed."),
    _("The fault is ours and stands in our log. Ask again later; the same may fail again."),
)
REFUSED = Kind(
    "bad-request",
    400,
    _("The request could not be read"),
    _("The request was refused."),
    _("Compare the request with the description of this interface."),
)
COPY_ANEW = Kind(
    "copy-anew",
    410,
    _("The log does not reach back so far"),
    _("The log no longer keeps all that followed this number, or never gave it."),
    _("Copy all lists anew, then follow the log from the number that “latest” gave before."),
)
KINDS = [
    BAD_PARAMETER,
    REFUSED,
    Kind(
        "moved",
        301,
        _("The record has a new address"),
        _("This record has a new address."),
        _("Follow “Location”, and keep the new address in place of the old one."),
    ),
    Kind(
        "forbidden",
        403,
        _("Not for you to see"),
        _("This is not for you to see."),
        _("This interface shows what is public, and knows no key that opens more."),
    ),
    Kind(
        "not-found",
        404,
        _("Nothing at this address"),
        _("There is nothing at this address."),
        _("Take addresses as the answers give them. A record that is not public has none."),
    ),
    Kind(
        "method-not-allowed",
        405,
        _("Only for reading"),
        _("This address can only be read."),
        _("Ask with GET, HEAD or OPTIONS."),
    ),
    Kind(
        "not-acceptable",
        406,
        _("Not in this form"),
        _("It cannot be given in the form that “Accept” asks for."),
        _("Leave “Accept” out, or name one of the forms in which it comes."),
    ),
    Kind(
        "gone",
        410,
        _("The record is gone"),
        _("This record was public once, and is no more."),
        _("Delete your copy. “detail” says why, as far as it may be told."),
    ),
    COPY_ANEW,
    Kind(
        "precondition-failed",
        412,
        _("Not as you know it"),
        _("What stands here is not what “If-Match” or “If-Unmodified-Since” expects."),
        _("Ask again without the condition, and take the new answer over."),
    ),
    Kind(
        "too-large",
        413,
        _("Too large"),
        _("The request is too large."),
        _("This interface only reads: a request needs no content."),
    ),
    Kind(
        "address-too-long",
        414,
        _("The address is too long"),
        _("The address is longer than the server reads."),
        _("Ask for less at once. An address may have 8,000 letters, its parameters included."),
    ),
    Kind(
        "header-too-long",
        431,
        _("A header is too long"),
        _("A header of the request is longer than the server reads."),
        _("A header may have 8,000 letters. Leave out cookies: they are not read here."),
    ),
    FAILED,
    Kind(
        "unavailable",
        503,
        _("Busy, or the database is out of reach"),
        _("The database is busy or out of reach."),
        _("Wait as many seconds as “Retry-After” says, then ask the same again."),
    ),
]
BY_SLUG = {kind.slug: kind for kind in KINDS}
BY_STATUS = {kind.status: kind for kind in KINDS if kind not in {BAD_PARAMETER, COPY_ANEW}}


def kind_of(status: int) -> Kind:
    """Return the kind that a status says by itself."""
    return BY_STATUS.get(status) or (FAILED if status >= 500 else REFUSED)


def problem(
    request: HttpRequest | Request,
    status: int,
    detail: str = "",
    errors: Iterable[dict[str, Any]] | None = None,
    kind: Kind | None = None,
) -> dict[str, Any]:
    """Return a problem; with `errors`, one row for each bad parameter."""
    kind = kind or (kind_of(status) if errors is None else BAD_PARAMETER)
    address = reverse("problem", args=[kind.slug])
    with suppress(DisallowedHost):  # which may be the problem
        address = request.build_absolute_uri(address)
    return {
        "type": address,
        "title": str(kind.title),
        "status": status,
        "detail": detail or str(kind.meaning),
        "instance": f"urn:uuid:{request_number()}",
        "errors": list(errors or ()),
    }


class ProblemRowSerializer(serializers.Serializer[Any]):
    """What is wrong with one parameter."""

    name = serializers.CharField(help_text="The parameter.")
    message = serializers.CharField(help_text="What is wrong with it, in the language asked for.")
    known = serializers.ListField(
        child=serializers.CharField(), help_text="The words that are known in its place."
    )


class ProblemSerializer(serializers.Serializer[Any]):
    """An error, as RFC 9457 describes it."""

    type = serializers.URLField(help_text="The kind of problem: its page explains it.")
    title = serializers.CharField(help_text="The kind in words, in the language asked for.")
    status = serializers.IntegerField(help_text="The status of the answer.")
    detail = serializers.CharField(help_text="What is wrong, in the language asked for.")
    instance = serializers.CharField(
        help_text="Names this one answer, as does the header “X-Request-ID”: quote it when you ask."
    )
    errors = ProblemRowSerializer(  # type: ignore[assignment]
        many=True, help_text="One row for each bad parameter."
    )


# --- Raised --------------------------------------------------------------------------------


class BadParameterError(exceptions.APIException):
    """Parameters of the query string that are not understood."""

    status_code = 400

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(" ".join(str(error["message"]) for error in errors))
        self.errors = errors


def parameter_error(name: str, message: Any, known: Iterable[Any] = ()) -> dict[str, Any]:
    """Return what is wrong with one parameter, and the words that are known in its place."""
    return {"name": name[:80], "message": str(message), "known": [str(word) for word in known]}


def refuse_bad_parameters(form: Any) -> None:
    """Raise BadParameterError, which names what is wrong in the form of a query string."""
    if not form.is_valid():
        raise BadParameterError(
            [
                parameter_error(name, " ".join(messages), known_words(form, name))
                for name, messages in form.errors.items()
            ]
        )


def rows_asked_for(filters: Any) -> Any:
    """Return the rows that filters ask for; raise BadParameterError."""
    refuse_bad_parameters(filters.form)
    return filters.qs


def known_words(form: Any, name: str) -> list[str]:
    """Return the words of a field's closed vocabulary; none for records and long lists."""
    field = form.fields.get(name)
    if field is None or hasattr(field, "queryset"):
        return []
    words = [str(word) for word, _label in getattr(field, "choices", ()) if word]
    return words if len(words) <= MOST_WORDS else []


def explain(error: Exception, context: dict[str, Any]) -> JsonResponse | None:
    """Answer an error of a view with a problem; the unforeseen stays with Django."""
    request = context["request"]
    headers: dict[str, str] = {}
    detail = ""
    match error:
        case MovedError():
            view: Any = context["view"]
            path = reverse(f"{NAMESPACE}:{view.basename}_detail", args=[error.record.slug])
            headers["Location"] = request.build_absolute_uri(path)
            status = 301
        case GoneError(is_deleted=True):
            status = 410
            detail = gettext("This record was deleted.")
        case GoneError():
            status, detail = (
                410,
                gettext("This record was withdrawn: %(why)s") % {"why": error.reason},
            )
        case Http404() | exceptions.NotFound():
            status = 404
        case PermissionDenied():
            status = 403
        case exceptions.APIException():
            status, detail = error.status_code, str(error.detail)
        case _:
            return None
    kind = getattr(error, "kind", None)
    facts = problem(request, status, detail, getattr(error, "errors", None), kind)
    # Whatever form was asked for, of an address that comes in several too.
    return JsonResponse(facts, status=status, headers=headers, content_type=PROBLEM_TYPE)
