"""The API as a whole: its nouns, its goals and topics, its description and documentation."""

import datetime as dt
import inspect
from collections.abc import Callable
from operator import attrgetter
from typing import Any, ClassVar
from uuid import UUID, uuid5

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema_field
from drf_spectacular.views import SpectacularAPIView, SpectacularYAMLAPIView
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import APIRootView
from rest_framework.views import APIView
from taggit.models import Tag, TaggedItem

from actionplan import api as actionplan
from encyclopedia import api as encyclopedia
from taskforce import api as taskforce
from untfsse.kit.kept import keep
from untfsse.kit.log import changed_since
from untfsse.kit.records.noun import Door, nouns
from untfsse.kit.records.publication import VISITOR
from untfsse.kit.records.sdg import GOALS, Goal
from untfsse.kit.rest import changes
from untfsse.kit.rest.problems import BY_SLUG, KINDS
from untfsse.kit.rest.serializers import NAMESPACE, AddressMixin, ReadField
from untfsse.kit.rest.viewsets import ApiPagination, ReadViewSet, Router, UpdatedSince

TOPICS = UUID("0c0a8d0e-3f0c-4c5e-9a53-6a3f3a4d1c5b")
"""What the ids of topics are made from, with their numbers."""
EXAMPLES: list[tuple[Any, str, dict[str, str]]] = [
    (_("Who held which seat on 19 July 2022?"), "organization", {"on": "2022-07-19"}),
    (_("Which decisions are open?"), "decision", {"follow_up": "open"}),
    (_("What serves decent work?"), "instrument", {"sdg": "8"}),
]


# --- Goals ---------------------------------------------------------------------------------


class ServedBySerializer(serializers.Serializer[Goal]):
    """Where to ask for what serves a goal."""

    instruments = serializers.URLField(help_text="The instruments that serve it.")
    entries = serializers.URLField(help_text="The entries about it.")
    activities = serializers.URLField(help_text="The activities that serve it.")


@extend_schema_field(ServedBySerializer)
class ServedByField(ReadField):
    """The lists of what serves a goal."""

    def to_representation(self, value: int) -> dict[str, str]:
        nouns = {"instruments": "instrument", "entries": "entry", "activities": "activity"}
        return {
            name: self.absolute(reverse(f"{NAMESPACE}:{noun}_list", query={"sdg": value}))
            for name, noun in nouns.items()
        }


class SdgSerializer(AddressMixin, serializers.Serializer[Goal]):
    """One of the 17 Sustainable Development Goals."""

    url = serializers.SerializerMethodField(help_text="The goal's address in this API.")
    page = serializers.SerializerMethodField(help_text="The address of its page for people.")
    number = serializers.IntegerField(
        min_value=1, max_value=17, help_text="The official number, 1 to 17."
    )
    name = serializers.CharField(help_text="The official name in the language asked for.")
    iri = serializers.URLField(help_text="The goal's identifier at the United Nations.")
    served_by = ServedByField(source="number", help_text="Where to ask for what serves it.")

    def get_url(self, goal: Goal) -> str:
        """Return the address in this API."""
        return self.absolute(reverse(f"{NAMESPACE}:sdg_detail", args=[goal.number]))

    def get_page(self, goal: Goal) -> str:
        """Return the full address of the page."""
        return self.absolute(reverse("sdg_detail", args=[goal.number]))


class OnePage(ApiPagination):
    """A list that is always whole."""

    def get_schema_operation_parameters(self, _view: Any) -> list[dict[str, Any]]:
        """Offer no parameter."""
        return []


class SdgViewSet(ReadViewSet):
    """The Sustainable Development Goals that instruments, entries and activities serve."""

    serializer_class = SdgSerializer
    filter_backends = []
    lookup_field = "number"
    lookup_value_regex = "[0-9]{1,2}"
    pagination_class = OnePage

    @classmethod
    def known_parameters(cls, _action: str | None) -> list[str]:
        """Return none: the list is short."""
        return []

    def list(self, request: Request) -> Response:
        """Return all 17 on one page."""
        goals = self.get_serializer(list(GOALS.values()), many=True).data
        return Response({"count": len(goals), "next": None, "previous": None, "results": goals})

    def retrieve(self, request: Request, number: str) -> Response:
        """Return one goal."""
        if int(number) not in GOALS:
            raise Http404
        return Response(self.get_serializer(GOALS[int(number)]).data)


# --- Topics --------------------------------------------------------------------------------


class TopicSerializer(AddressMixin, serializers.ModelSerializer[Tag]):
    """A topic: a word under which records are filed."""

    id = serializers.SerializerMethodField(
        help_text="The topic's id, whatever becomes of its name."
    )
    url = serializers.SerializerMethodField(help_text="The topic's address in this API.")
    page = serializers.SerializerMethodField(help_text="The address of its page for people.")

    class Meta:
        model = Tag
        fields: ClassVar = ["id", "url", "page", "slug", "name"]
        extra_kwargs: ClassVar = {
            "slug": {"help_text": "The readable part of the address.", "read_only": True},
            "name": {"help_text": "The topic in words.", "read_only": True},
        }

    def get_id(self, topic: Tag) -> UUID:
        """Return an id made of the number, which no other topic ever has."""
        return uuid5(TOPICS, str(topic.pk))

    def get_url(self, topic: Tag) -> str:
        """Return the address in this API."""
        return self.absolute(reverse(f"{NAMESPACE}:topic_detail", args=[topic.slug]))

    def get_page(self, topic: Tag) -> str:
        """Return the full address of the page."""
        return self.absolute(reverse("topic_detail", args=[topic.slug]))


class TopicViewSet(ListModelMixin, RetrieveModelMixin, ReadViewSet):
    """The topics under which records are filed that a visitor may see.

    A topic is no row of the log: it appears, changes and goes with the records that bear it.
    """

    queryset = Tag.objects.order_by("slug")
    filter_backends = [UpdatedSince]
    serializer_class = TopicSerializer

    def get_queryset(self) -> QuerySet[Tag]:
        """Return the topics of visible records; the others would tell of hidden ones."""
        return super().get_queryset().filter(pk__in=filed_under(lambda rows: rows))

    def changed_since(self, rows: QuerySet[Tag], moment: dt.datetime) -> QuerySet[Tag]:
        """Return the topics of records that changed: what is new or renamed is among them."""
        return rows.filter(pk__in=filed_under(lambda records: changed_since(records, moment)))


def filed_under(narrow: Callable[[Any], Any]) -> QuerySet[Any]:
    """Return the numbers of the topics of visible records, of those that are asked for."""
    rule = Q()
    for noun in nouns(Door.TOPICS):
        rows = narrow(noun.objects.visible_to(VISITOR).order_by()).values("pk")
        kind = ContentType.objects.get_for_model(noun)
        rule |= Q(content_type=kind, object_id__in=rows)
    found: QuerySet[Any] = TaggedItem.objects.filter(rule).values("tag")
    return found


# --- The addresses -------------------------------------------------------------------------


class RootView(APIRootView):
    """The UNTFSSE portal's data: one address for each noun."""


class ApiRouter(Router):
    """All nouns."""

    APIRootView = RootView
    root_view_name = "root"


router = ApiRouter()
for part in (taskforce.router, encyclopedia.router, actionplan.router):
    router.registry.extend(part.registry)
router.register("sdgs", SdgViewSet, "sdg")
router.register("topics", TopicViewSet, "topic")


class ChangeViewSet(changes.ChangeViewSet):
    """What changed, in the order of commits. A copy that follows it stays equal to the portal."""

    def nouns(self) -> dict[str, tuple[str, str]]:
        """Return the tables of all nouns."""
        return router.tables()


router.register("changes", ChangeViewSet, "change")


class SchemaView(SpectacularAPIView):
    """The description of this API for programs, as OpenAPI 3.1."""

    renderer_classes = [
        OpenApiJsonRenderer2,
        OpenApiJsonRenderer,
        OpenApiYamlRenderer,
        OpenApiYamlRenderer2,
    ]


@keep()
@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """Show what the API offers and let a reader try it."""
    nouns = [
        (reverse(f"{NAMESPACE}:{basename}_list"), inspect.getdoc(viewset))
        for _prefix, viewset, basename in router.registry
    ]
    examples = [
        (question, reverse(f"{NAMESPACE}:{noun}_list", query=query))
        for question, noun, query in EXAMPLES
    ]
    return render(request, "api_docs.html", {"nouns": nouns, "examples": examples})


@keep()
@require_safe
def problem_list(request: HttpRequest) -> HttpResponse:
    """Show every kind of problem, by its status."""
    kinds = sorted(KINDS, key=attrgetter("status"))
    return render(request, "problem_list.html", {"kinds": kinds})


@keep()
@require_safe
def problem_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Explain one kind of problem: the address is its `type`."""
    if slug not in BY_SLUG:
        raise Http404
    return render(request, "problem_detail.html", {"kind": BY_SLUG[slug]})


class NothingView(APIView):
    """Says in the API's own shape that there is nothing at an address."""

    schema = None

    def initial(self, request: Request, *_args: Any, **_kwargs: Any) -> None:
        """Raise before the method is looked at."""
        raise Http404


urlpatterns: list[URLPattern | URLResolver] = [
    path("", api_docs, name="api_docs"),
    path("problems/", problem_list, name="problem_list"),
    path("problems/<slug:slug>/", problem_detail, name="problem"),
    path("v1/schema/", keep()(SchemaView.as_view()), name="api_schema"),
    path("v1/schema.yaml", keep()(SpectacularYAMLAPIView.as_view()), name="api_schema_yaml"),
    path("v1/", include((router.urls, NAMESPACE))),
    path("v1/<path:rest>/", NothingView.as_view()),
]
