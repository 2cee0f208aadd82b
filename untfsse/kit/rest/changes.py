"""The log as partners read it: what has changed since a number, and what changed since a moment."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse as full_reverse

from untfsse.kit.log import (
    Kind,
    PublicChange,
    PublicState,
    current_number,
    oldest_number,
)
from untfsse.kit.rest.problems import COPY_ANEW, BadParameterError, parameter_error
from untfsse.kit.rest.viewsets import ReadViewSet

MOST_DIGITS = 18


class CopyAnewError(exceptions.APIException):
    """The log no longer says all that changed since a number, or never knew the number."""

    status_code, kind = 410, COPY_ANEW


class LineSerializer(serializers.Serializer[PublicChange]):
    """One line of the log."""

    number = serializers.IntegerField(help_text="Its number; later ones are greater.")
    noun = serializers.SerializerMethodField(help_text="The plural of the noun in the addresses.")
    id = serializers.UUIDField(source="public_id", help_text="The id of the row.")
    kind = serializers.ChoiceField(
        [choice for choice in Kind.choices if choice[0] != Kind.DAY],
        help_text="`withdrawn` and `deleted` say that the row is to be removed from a copy.",
    )
    made_at = serializers.DateTimeField(help_text="When it was noticed.")
    is_own = serializers.BooleanField(
        help_text="Whether the row itself changed, not only something that is shown with it."
    )
    url = serializers.SerializerMethodField(
        help_text="Where to read the record; null for what is gone or has no address of its own."
    )
    reason = serializers.SerializerMethodField(
        help_text="Why it was withdrawn, as it is told now; null if it is not."
    )

    def get_noun(self, line: PublicChange) -> str:
        """Return the noun as the addresses have it."""
        return str(self.context["nouns"][line.table][0])

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_url(self, line: PublicChange) -> str | None:
        """Return the address of the record, as it is now."""
        state = self.context["states"].get(line.public_id)
        name = self.context["nouns"][line.table][1]
        if state is None or not (state.is_public and state.slug and name):
            return None
        return str(full_reverse(name, args=[state.slug], request=self.context["request"]))

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_reason(self, line: PublicChange) -> str | None:
        """Return the reason as it is told now, or null."""
        state = self.context["states"].get(line.public_id)
        return (state.reason or None) if state and line.kind == Kind.WITHDRAWN else None


class PageSerializer(serializers.Serializer[Any]):
    """A page of the log."""

    oldest = serializers.IntegerField(
        help_text="All lines after this number are kept. A `since` before it is answered 410."
    )
    latest = serializers.IntegerField(
        help_text="The number up to which the log was read: ask for what follows with `since`."
    )
    next = serializers.URLField(allow_null=True, help_text="The next page; null on the last.")
    results = LineSerializer(many=True, help_text="The lines, in order.")


class ChangeViewSet(ReadViewSet):
    """What changed, in the order of commits. A copy that follows it stays equal to the portal."""

    queryset = PublicChange.objects.all()
    serializer_class = PageSerializer
    pagination_class = None  # type: ignore[assignment]
    filter_backends = []
    own_errors: ClassVar = {"410": "The log does not reach back to this number: copy anew."}
    page_size: ClassVar[int] = 500

    @classmethod
    def known_parameters(cls, _action: str | None) -> list[str]:
        """Return the one parameter."""
        return ["since"]

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "since",
                OpenApiTypes.INT64,
                description="The number that was read last; without it, only the numbers are told.",
            )
        ],
        responses=forced_singular_serializer(PageSerializer),
    )
    def list(self, request: Request) -> Response:
        """Return the lines after a number, at most 500, and where the next ones are."""
        latest, oldest = current_number(), oldest_number()
        since = read_number(request.query_params.get("since", str(latest)))
        if not oldest <= since <= latest:
            raise CopyAnewError(
                _("The log keeps what followed %(oldest)s, up to %(latest)s: copy anew.")
                % {"oldest": oldest, "latest": latest}
            )
        nouns = self.nouns()
        found = self.queryset.after(since).filter(number__lte=latest, table__in=nouns)
        lines = list(found[: self.page_size + 1])
        has_more = len(lines) > self.page_size
        lines = lines[: self.page_size]
        ids = [line.public_id for line in lines]
        states = PublicState.objects.filter(public_id__in=ids)
        context = {
            **self.get_serializer_context(),
            "nouns": nouns,
            "states": {state.public_id: state for state in states},
        }
        following = f"{request.build_absolute_uri(request.path)}?since="
        page = {
            "oldest": oldest,
            "latest": lines[-1].number if has_more else latest,
            "next": f"{following}{lines[-1].number}" if has_more else None,
            "results": lines,
        }
        headers = {"Link": f'<{page["next"]}>; rel="next"'} if has_more else {}
        return Response(PageSerializer(page, context=context).data, headers=headers)

    def nouns(self) -> dict[str, tuple[str, str]]:
        """Return each table of the API: see `Router.tables`. The roof knows the router."""
        raise NotImplementedError


def read_number(text: str) -> int:
    """Return a number of the log; raise BadParameterError."""
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        message = _("Write the number that you have read last, such as 1200.")
        raise BadParameterError([parameter_error("since", message)])
    return int(text)
