"""The small shapes that the JSON of all nouns is made of, as the schema describes them."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from untfsse.kit.records.dates import Precision


@extend_schema_serializer(component_name="PartialDate")
class PartialDateSerializer(serializers.Serializer[Any]):
    """A date as far as it is known: a day, a month, a year, or "by" one of these."""

    value = serializers.CharField(help_text="The known part: 2022-07-19, 2013-05 or 2016.")
    precision = serializers.ChoiceField(
        Precision.choices,
        help_text="How much is known; `by` means already so at the end of that time.",
    )
    first = serializers.DateField(
        allow_null=True, help_text="The first possible day; null when only “by” is known."
    )
    last = serializers.DateField(help_text="The last possible day (inclusive).")


@extend_schema_serializer(component_name="Source")
class SourceSerializer(serializers.Serializer[Any]):
    """A place where a fact can be read."""

    title = serializers.CharField(help_text="What the source is called.")
    url = serializers.URLField(allow_null=True, help_text="Its address; null if it is not online.")


@extend_schema_serializer(component_name="Country")
class CountrySerializer(serializers.Serializer[Any]):
    """A country or territory."""

    code = serializers.CharField(help_text="ISO 3166-1 alpha-2.")
    name = serializers.CharField(help_text="Its name in the language asked for.")


@extend_schema_serializer(component_name="SdgReference")
class SdgReferenceSerializer(serializers.Serializer[Any]):
    """One of the 17 Sustainable Development Goals."""

    number = serializers.IntegerField(
        min_value=1, max_value=17, help_text="The official number, 1 to 17."
    )
    iri = serializers.URLField(help_text="The goal's identifier at the United Nations.")


@extend_schema_serializer(component_name="Reference")
class ReferenceSerializer(serializers.Serializer[Any]):
    """Another record: its name and its addresses."""

    title = serializers.CharField(help_text="Its short name.")
    slug = serializers.CharField(help_text="Its slug, as the filters take it.")
    url = serializers.URLField(help_text="Its address in this API.")
    page = serializers.URLField(
        allow_null=True, help_text="The address of its page for people; null when it has none."
    )


@extend_schema_serializer(component_name="StrandLink")
class StrandLinkSerializer(serializers.Serializer[Any]):
    """One thing on a strand of the thread."""

    title = serializers.CharField(help_text="Its name.")
    kind = serializers.CharField(allow_null=True, help_text="Its kind or its number, in words.")
    note = serializers.CharField(allow_null=True, help_text="What else is worth knowing.")
    state = serializers.CharField(allow_null=True, help_text="The word for its state.")
    url = serializers.URLField(
        allow_null=True, help_text="The address in this API of the record that has the page."
    )
    page = serializers.URLField(allow_null=True, help_text="The address of its page for people.")


@extend_schema_serializer(component_name="Strand")
class StrandSerializer(serializers.Serializer[Any]):
    """Things of one kind on the thread from a meeting to the provision it serves."""

    label = serializers.CharField(help_text="What the strand holds.")  # type: ignore[assignment]
    is_here = serializers.BooleanField(help_text="Whether it is the record itself.")
    missing = serializers.CharField(
        allow_null=True, help_text="What is not recorded, if the strand is empty."
    )
    links = StrandLinkSerializer(many=True, help_text="The things on the strand.")


@extend_schema_serializer(component_name="Fact")
class FactSerializer(serializers.Serializer[Any]):
    """A row that shows something."""

    kind = serializers.CharField(help_text="What it shows: `seat`, `sub_group`, `delivery` …")
    id = serializers.UUIDField(help_text="The id of the row.")
    page = serializers.URLField(help_text="Its place on a page for people.")
    day = PartialDateSerializer(
        allow_null=True, help_text="When it was, or began; null when that is not known."
    )
    until = PartialDateSerializer(
        allow_null=True, help_text="The last day; null for one day, or while no end is known."
    )


@extend_schema_serializer(component_name="OnRecord")
class OnRecordSerializer(serializers.Serializer[Any]):
    """What the portal's own rows show of a record, beside what people said of it."""

    facts = FactSerializer(many=True, help_text="The rows, of each kind the latest first.")
    cut = serializers.ListField(
        child=serializers.CharField(), help_text="The kinds of which there is more."
    )
    is_quiet = serializers.BooleanField(help_text="Whether a report is awaited and none is fresh.")
    quiet_since = PartialDateSerializer(
        allow_null=True,
        help_text="Where it is quiet: the day of what was heard last, else of the beginning.",
    )
