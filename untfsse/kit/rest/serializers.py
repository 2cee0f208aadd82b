"""What the JSON of all nouns shares: addresses, references, evidence, dates known in part."""

import datetime as dt
from collections.abc import Iterable
from copy import copy, deepcopy
from functools import cache
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.db import models
from django.urls import Resolver404, resolve, reverse
from django.utils.encoding import iri_to_uri
from django.utils.functional import cached_property
from django_countries.fields import Country
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from untfsse.kit.pages.on_record import OnRecord
from untfsse.kit.pages.thread import Strand
from untfsse.kit.records.dates import PartialDate, PartialDateField
from untfsse.kit.records.evidence import Confidence
from untfsse.kit.records.noun import slug_address
from untfsse.kit.records.sdg import goals
from untfsse.kit.rest.shapes import (
    CountrySerializer,
    OnRecordSerializer,
    PartialDateSerializer,
    ReferenceSerializer,
    SdgReferenceSerializer,
    SourceSerializer,
    StrandSerializer,
)

NAMESPACE = "api"
ID = {"id": "The row's own id. It never changes and never means another row."}
UPDATED = {
    "updated_at": "When something in what is shown here last changed, or appeared.",
}
HEAD = {
    **ID,
    "url": "The record's address in this API.",
    "page": "The address of its page for people; null when it has none of its own.",
    "slug": "The readable part of the address. Once published it never means another record.",
}
EVIDENCE = {
    "sources": "Where the facts are known from.",
    "confidence": "How sure the facts are.",
    "verified_on": "The day somebody checked them against a source; null while nobody has.",
}
TAIL = {
    **EVIDENCE,
    "note": "What a reader should know about the facts above.",
    "published_at": "When the record appeared in public.",
    **UPDATED,
}
TENURE = {
    "from_on": "The first day, as far as it is known.",
    "until_on": "The last day (inclusive); null while no end is known.",
    "last_documented_on": "The latest day on which a source shows it. This is not an end.",
    "certainty": (
        "How surely it is held on the day asked for with `on`, else today: certain between "
        "documented days or until a known end; presumed after the last documented day while no "
        "end is known; possible where dates known in part leave it open; null when it is not "
        "held. A day to come is never certain."
    ),
    "presumed_since": "Where it is presumed: when it was last documented; else null.",
}


class AddressMixin:
    """Full addresses, where a request says the host."""

    context: Any

    def absolute(self, path: str) -> str:
        """Return the full address of a path of this portal."""
        request = self.context.get("request")
        return str(request.build_absolute_uri(path)) if request else path


class ReadField(AddressMixin, serializers.Field[Any, Any, Any, Any]):
    """A field that is only ever read."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "read_only": True})


@extend_schema_field(PartialDateSerializer)
class PartialDateSerializerField(ReadField):
    """A PartialDate as its value, its precision, and its first and last possible day."""

    def to_representation(self, value: PartialDate) -> dict[str, Any]:
        return {
            "value": value.iso,
            "precision": value.precision.value,
            "first": value.first,
            "last": value.last,
        }


@extend_schema_field({"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"})
class LocalTimeField(ReadField):
    """A time of the day, in the time zone that stands beside it."""

    def to_representation(self, value: dt.time) -> str:
        return f"{value:%H:%M}"


@extend_schema_field(SourceSerializer(many=True))
class SourcesField(ReadField):
    """The list of sources, as it is stored."""

    def to_representation(self, value: Any) -> Any:
        """Return it, with addresses as the standard writes them."""
        return [{**row, "url": iri_to_uri(row["url"])} for row in value]


class AddressField(serializers.URLField):
    """A web address as the standard writes it: what it has no sign for is percent-encoded."""

    def to_representation(self, value: Any) -> str:
        return str(iri_to_uri(value))


@extend_schema_field(CountrySerializer)
class CountryField(ReadField):
    """A country by code and name; null when none is known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"allow_null": True, **kwargs})

    def to_representation(self, value: Country) -> dict[str, Any] | None:
        return {"code": value.code, "name": str(value.name)} if value else None


@extend_schema_field(CountrySerializer(many=True))
class CountriesField(ReadField):
    """Several countries."""

    def to_representation(self, value: Iterable[Country]) -> list[dict[str, Any]]:
        return [{"code": country.code, "name": str(country.name)} for country in value]


@extend_schema_field(SdgReferenceSerializer(many=True))
class SdgsField(ReadField):
    """Goals by number and IRI."""

    def to_representation(self, value: list[int]) -> list[dict[str, Any]]:
        """Return them in official order."""
        return [{"number": goal.number, "iri": goal.iri} for goal in goals(value)]


# --- References ----------------------------------------------------------------------------


def page_of(record: models.Model) -> str | None:
    """Return the path of a record's page, or None for a noun without one."""
    address = getattr(record, "get_absolute_url", None)
    return str(address()) if address else None


def refer(record: Any, noun: str, *, absolute: Any) -> dict[str, Any]:
    """Return a record's name and addresses."""
    page = page_of(record)
    return {
        "title": str(record),
        "slug": record.slug,
        "url": absolute(slug_address(f"{NAMESPACE}:{noun}_detail", record.slug)),
        "page": absolute(page) if page else None,
    }


@extend_schema_field(ReferenceSerializer)
class Reference(ReadField):
    """Another record, fetched through `visible_to`; null when there is none to be seen."""

    def __init__(
        self, noun: str, *, needs: tuple[str, ...] = (), is_relation: bool = True, **kwargs: Any
    ) -> None:
        """Take the noun as the addresses name it.

        `needs` names the relations that the other record's name or address reads, to be fetched
        with it: an area's address holds its plan's, hence `Reference("priority_area",
        needs=("plan",))`. Without it the API stops with an error instead of a query a row.
        What is no relation of the model is given to the record by the view.
        """
        self.noun = noun
        self.needs = needs
        self.is_relation = is_relation
        super().__init__(**{"allow_null": True, **kwargs})

    def to_representation(self, value: Any) -> dict[str, Any]:
        return refer(value, self.noun, absolute=self.absolute)


@extend_schema_field(ReferenceSerializer(many=True))
class References(Reference):
    """Several other records of one noun, each fetched through `visible_to`."""

    def __init__(self, noun: str, **kwargs: Any) -> None:
        super().__init__(noun, **{"allow_null": False, **kwargs})

    def to_representation(self, value: Any) -> Any:
        return [refer(record, self.noun, absolute=self.absolute) for record in value.all()]


@extend_schema_serializer(component_name="PartReference")
class PartReferenceSerializer(serializers.Serializer[Any]):
    """A row without an address of its own in this API."""

    id = serializers.UUIDField(help_text="Its id, as its own list gives it.")
    title = serializers.CharField(help_text="Its short name.")
    page = serializers.URLField(help_text="Its place on a page for people.")


@extend_schema_field(PartReferenceSerializer)
class PartReference(Reference):
    """A row without an address of its own, named by its id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("", **kwargs)

    def to_representation(self, value: Any) -> dict[str, Any]:
        page = self.absolute(value.get_absolute_url())
        return {"id": str(value.public_id), "title": str(value), "page": page}


@extend_schema_field(PartReferenceSerializer(many=True))
class PartReferences(PartReference):
    """Several rows without an address of their own."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"allow_null": False, **kwargs})

    def to_representation(self, value: Any) -> Any:
        return [super(PartReferences, self).to_representation(row) for row in value.all()]


class Topics(References):
    """The topics of a record."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("topic", **kwargs)

    def to_representation(self, value: Any) -> Any:
        return [refer_topic(tag, absolute=self.absolute) for tag in value.all()]


def refer_topic(tag: Any, *, absolute: Any) -> dict[str, Any]:
    """Return a topic's name and addresses."""
    return {
        "title": tag.name,
        "slug": tag.slug,
        "url": absolute(slug_address(f"{NAMESPACE}:topic_detail", tag.slug)),
        "page": absolute(page_of(tag) or "/"),
    }


@extend_schema_field(OpenApiTypes.URI)
class ThreadAddressField(ReadField):
    """The address of the thread: it is asked for alone, since it speaks of many records."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"source": "*", **kwargs})

    def to_representation(self, value: Any) -> str:
        return self.absolute(slug_address(f"{NAMESPACE}:{value.noun.name}_thread", value.slug))


@extend_schema_field(StrandSerializer(many=True))
class StrandsField(ReadField):
    """The strands that hang on a record."""

    def to_representation(self, value: list[Strand]) -> list[dict[str, Any]]:
        return [
            {
                "label": str(strand.label),
                "is_here": strand.is_here,
                "missing": None if strand.links else str(strand.missing) or None,
                "links": [
                    {
                        "title": link.title,
                        "kind": str(link.kind) or None,
                        "note": str(link.note) or None,
                        "state": link.state or None,
                        "url": self.find_twin(link.url),
                        "page": self.absolute(link.url) if link.url else None,
                    }
                    for link in strand.links
                ],
            }
            for strand in value
        ]

    def find_twin(self, page: str) -> str | None:
        """Return the address in this API of a record that has this page."""
        try:
            match = resolve(urlsplit(page).path)
            return self.absolute(reverse(f"{NAMESPACE}:{match.url_name}", kwargs=match.kwargs))
        except (Resolver404, LookupError):
            return None


@extend_schema_field(OnRecordSerializer)
class OnRecordField(ReadField):
    """What is on record of a record; null for a noun without rules."""

    def to_representation(self, value: OnRecord) -> dict[str, Any]:
        """Return the facts by their rows and days, without words."""
        dated = PartialDateSerializerField().to_representation
        return {
            "facts": [
                {
                    "kind": fact.kind.name,
                    "id": str(fact.id),
                    "page": self.absolute(fact.url),
                    "day": dated(fact.day) if fact.day else None,
                    "until": dated(fact.until) if fact.until else None,
                }
                for fact in value.facts
            ],
            "cut": sorted(value.cut),
            "is_quiet": value.is_quiet,
            "quiet_since": dated(value.quiet_since) if value.quiet_since else None,
        }


class ThreadSerializer(serializers.Serializer[Any]):
    """What hangs on a record, from the agenda item to the provision it serves, as of today."""

    record = serializers.SerializerMethodField(help_text="The record on which it hangs.")
    strands = StrandsField(help_text="Its strands, in the order of the thread.")
    on_record = OnRecordField(
        allow_null=True,
        help_text="What the portal's own rows show of it; null for a noun without rules.",
    )

    @extend_schema_field(ReferenceSerializer)
    def get_record(self, found: dict[str, Any]) -> dict[str, Any]:
        """Return its name and addresses."""
        request = self.context["request"]
        record = found["record"]
        return refer(record, record.noun.name, absolute=request.build_absolute_uri)


# --- Rows and records ----------------------------------------------------------------------

MOMENT = serializers.DateTimeField()


@cache
def own_fields(shape: type["RowSerializer[Any]"]) -> dict[str, Any]:
    """Return the fields of a shape, which a process makes once; nobody binds these."""
    return shape().made_fields()


def copied(field: Any) -> Any:
    """Return a field to bind; what has fields of its own makes them anew."""
    return deepcopy(field) if isinstance(field, serializers.BaseSerializer) else copy(field)


class RowSerializer[M: Any](AddressMixin, serializers.ModelSerializer[M]):
    """A row of a table: read only, each field described, the unknown always null."""

    needs: ClassVar[tuple[str, ...]] = ()
    """Relations that this shape reads beside its references, to be fetched with the rows: an
    entry's page address holds its work's, hence `needs = ("part__work",)`."""
    serializer_field_mapping: ClassVar = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.URLField: AddressField,
    }

    first: ClassVar[dict[str, str]] = ID
    held: ClassVar[dict[str, str]] = {}
    last: ClassVar[dict[str, str]] = {}
    """What its bases describe of it: before its own words, and behind them."""
    id = serializers.UUIDField(source="public_id")
    updated_at = serializers.SerializerMethodField()

    class Meta:
        words: ClassVar[dict[str, str]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Let the fields follow from the words, which go on where those of a lean shape end."""
        super().__init_subclass__(**kwargs)
        if (meta := vars(cls).get("Meta")) is not None:
            meta.words = {**getattr(meta.__base__, "words", {}), **meta.words}
            if "fields" not in vars(meta):
                meta.fields = [*(cls.first | meta.words | cls.held | cls.last)]

    @extend_schema_field(serializers.DateTimeField())
    def get_updated_at(self, row: M) -> Any:
        """Return when something in what a visitor sees of the row last changed.

        The view fetches it with the row: see `untfsse.kit.log.with_change_moment`.
        """
        return MOMENT.to_representation(row.publicly_changed_at)

    def get_fields(self) -> dict[str, Any]:
        """Give each field its description."""
        words = {**HEAD, **TAIL, **TENURE, **self.Meta.words}
        fields = {name: copied(field) for name, field in own_fields(type(self)).items()}
        for name, field in fields.items():
            field.help_text = words[name]
            field.read_only = True
            field.required = False
        return fields

    def made_fields(self) -> dict[str, Any]:
        """Return the fields as the columns of the model make them."""
        fields: dict[str, Any] = super().get_fields()
        return fields

    @cached_property
    def _readable_fields(self) -> list[Any]:
        """All fields, found once for all rows."""
        return list(self.fields.values())

    def build_standard_field(self, field_name: str, model_field: Any) -> tuple[Any, Any]:
        """Let text that is not known be null instead of empty."""
        if isinstance(model_field, PartialDateField):
            return PartialDateSerializerField, {"allow_null": True}
        kind, options = super().build_standard_field(field_name, model_field)
        if isinstance(model_field, models.CharField | models.TextField) and model_field.blank:
            options.pop("allow_blank", None)
            options["allow_null"] = True
        if "choices" in options:
            options["choices"] = [choice for choice in options["choices"] if choice[0]]
        return kind, options

    def to_representation(self, instance: M) -> dict[str, Any]:
        """Say null where nothing is written."""
        shown = super().to_representation(instance)
        return {name: None if value == "" else value for name, value in shown.items()}


class PartSerializer[M: Any](RowSerializer[M]):
    """A row that has a list of its own: it says when it last changed."""

    last = UPDATED


class EvidencedSerializer[M: Any](PartSerializer[M]):
    """A row with its sources."""

    last = {**EVIDENCE, **UPDATED}
    sources = SourcesField()
    confidence = serializers.ChoiceField(Confidence.choices)


class RecordSerializer[M: Any](EvidencedSerializer[M]):
    """A record: its two addresses, its facts and its evidence."""

    first, last = HEAD, TAIL
    noun: ClassVar[str] = ""
    """The noun as its addresses name it, where the model says nothing of itself."""
    url = serializers.SerializerMethodField()
    page = serializers.SerializerMethodField()

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, record: M) -> str:
        """Return the address in this API."""
        noun = self.noun or record.noun.name
        return self.absolute(slug_address(f"{NAMESPACE}:{noun}_detail", record.slug))

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_page(self, record: M) -> str | None:
        """Return the full address of the page for people."""
        page = page_of(record)
        return self.absolute(page) if page else None
