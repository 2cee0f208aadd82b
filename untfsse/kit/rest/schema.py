"""How the API describes itself: parameters, errors and operations for the OpenAPI document."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django_filters import filters as kinds
from drf_spectacular.contrib.django_filters import DjangoFilterExtension
from drf_spectacular.hooks import postprocess_schema_enums
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_choice_description_list, build_parameter_type
from drf_spectacular.settings import spectacular_settings
from drf_spectacular.utils import OpenApiParameter

from untfsse.kit.pages.filters import CountryFilter, DayFilter, GoalFilter, YearFilter
from untfsse.kit.records.sdg import GOALS
from untfsse.kit.rest.problems import PROBLEM_TYPE, ProblemSerializer
from untfsse.kit.rest.viewsets import Filters

ANYWHERE = {
    "412": "It is not what `If-Match` or `If-Unmodified-Since` expects.",
    "414": "The address is longer than 8,000 letters.",
    "431": "A header is longer than 8,000 letters.",
    "500": "The server failed.",
    "503": "The database is busy or out of reach; `Retry-After` says for how many seconds to wait.",
}
BAD = {"400": "A parameter is not understood; the answer names it."}
ERRORS = {
    "list": BAD,
    "retrieve": {
        "301": "The record has a new slug; `Location` gives its address.",
        **BAD,
        "404": "There is nothing at this address.",
        "410": "The record was withdrawn or deleted; the answer says why, if that is told.",
    },
}
ERRORS["thread"] = ERRORS["retrieve"]
SUMMARIES = {
    "list": "List {}",
    "retrieve": "One of the {}",
    "thread": "What hangs on one of the {}",
}
UNCHANGED = {"304": {"description": "It is as `If-None-Match` or `If-Modified-Since` knows it."}}
SHAPES: list[tuple[Any, dict[str, Any], str]] = [
    (YearFilter, {"type": "integer", "minimum": 1900, "maximum": 2100}, "a year, such as 2022"),
    (DayFilter, {"type": "string", "format": "date"}, "a day, such as 2022-07-19"),
    (GoalFilter, {"type": "integer", "enum": list(GOALS)}, "a goal by its number"),
    (CountryFilter, {"type": "string", "pattern": "^[A-Z]{2}$"}, "an ISO 3166-1 code, such as CH"),
    (
        kinds.ModelChoiceFilter,
        {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
        "a record by its slug",
    ),
    (kinds.ChoiceFilter, {"type": "string"}, "a word"),
    (kinds.CharFilter, {"type": "string", "maxLength": 200}, "a record must hold them all"),
]


class FiltersExtension(DjangoFilterExtension):
    """Describes the parameters of a list from its filters."""

    target_class: Any = Filters
    match_subclasses = True
    priority = 1

    def resolve_filter_field(
        self, _schema: Any, _model: Any, _filterset: Any, field_name: str, filter_field: Any
    ) -> list[dict[str, Any]]:
        """Return one parameter with its type and a sentence."""
        kind, shape, form = next(row for row in SHAPES if isinstance(filter_field, row[0]))
        label = str(filter_field.label)
        enum = None
        if kind is kinds.ChoiceFilter:
            words = filter_field.extra["choices"]
            words = getattr(words, "choices", words)
            choices = [(value, text) for value, text in words if value]
            enum = [value for value, _text in choices]
            description = f"{label}: one of the words below.\n\n"
            description += build_choice_description_list(choices)
        elif filter_field.extra.get("to_field_name") == "number":
            shape, description = {"type": "integer", "minimum": 1}, f"{label}: its number."
        else:
            description = f"{label}: {form}."
        return [
            build_parameter_type(
                name=field_name,
                location=OpenApiParameter.QUERY,
                description=description,
                schema=dict(shape),
                enum=enum,
            )
        ]


class NounSchema(AutoSchema):
    """Describes the operations on a noun."""

    view: Any

    def get_summary(self) -> str:
        """Return what the operation does, in few words."""
        words = str(self.get_tags()[0]).replace("-", " ")
        if self.method != "GET" or not self.is_noun:
            return super().get_summary() or ""
        return SUMMARIES[str(self.view.action)].format(words)

    @property
    def is_noun(self) -> bool:
        """Whether the view is one of a noun."""
        return hasattr(self.view, "known_parameters")

    def get_operation_id(self) -> str:
        """Return the name as the addresses have it: `meeting_list`, `meeting_detail`."""
        if not self.is_noun:
            return super().get_operation_id()
        action = "detail" if self.view.action == "retrieve" else self.view.action
        return f"{self.view.basename}_{action}"

    def _resolve_path_parameters(self, variables: list[str]) -> list[dict[str, Any]]:
        """Say what stands in the address."""
        resolve: Any = super()._resolve_path_parameters
        parameters: list[dict[str, Any]] = resolve(variables)
        for parameter in parameters:
            parameter["description"] = {
                "slug": "The slug of the record, as every reference to it gives it.",
                "number": "The official number of the goal, 1 to 17.",
            }[parameter["name"]]
        return parameters

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        """Add the errors that an operation may answer."""
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        problem = self.resolve_serializer(ProblemSerializer(), direction).ref
        own = {**ERRORS[str(self.view.action)], **self.view.own_errors} if self.is_noun else {}
        errors = {**own, **ANYWHERE}
        for status, words in errors.items():
            content = {PROBLEM_TYPE: {"schema": problem}}
            bodies[status] = {"content": content, "description": words}
        return bodies | UNCHANGED


def polish(result: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """Leave out what says nothing to a reader, and write an unknown word as plain null."""
    shapes = result["components"]["schemas"]
    nothing = {"$ref": "#/components/schemas/Null"}
    for component in shapes.values():
        for field in component.get("properties", {}).values():
            field.pop("readOnly", None)
            field.pop("title", None)
            if nothing in field.get("oneOf", ()):
                field["oneOf"] = [{"type": "null"} if x == nothing else x for x in field["oneOf"]]
    shapes.pop("Null", None)
    result["tags"] = [
        {"name": operation["tags"][0], "description": operation["description"]}
        for operation in (path["get"] for path in result["paths"].values())
        if operation["operationId"].endswith("_list")
    ]
    return result


def vocabularies(kind: type[models.Choices] = models.TextChoices) -> Iterator[type[models.Choices]]:
    """Go through the closed vocabularies of all apps."""
    for below in kind.__subclasses__():
        if not below.__module__.startswith("django."):
            yield below
        yield from vocabularies(below)


def name_vocabularies(result: Any, generator: Any, **kwargs: Any) -> Any:
    """Let the document name each vocabulary as the code does."""
    names = {each.__name__: each for each in vocabularies()}
    spectacular_settings.apply_patches({"ENUM_NAME_OVERRIDES": names})
    return postprocess_schema_enums(result, generator, **kwargs)
