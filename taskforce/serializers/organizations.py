"""Organizations and their seats as JSON."""

from typing import ClassVar

from rest_framework import serializers

from taskforce.choices import SeatCategory
from taskforce.models import (
    Constituent,
    FormerName,
    Identifier,
    Organization,
    OrganizationName,
    ReportedCount,
    Seat,
)
from taskforce.serializers.certainty import SeatOnDayField, TenureSerializer
from taskforce.serializers.people import TermSerializer
from untfsse.kit.rest.serializers import (
    CountryField,
    EvidencedSerializer,
    RecordSerializer,
    Reference,
    References,
    RowSerializer,
    Topics,
)

ORGANIZATION = {
    "name": "The full name.",
    "acronym": "The acronym.",
    "kind": "What sort of body it is.",
    "parent": "The organization of which it is a unit.",
    "website": "Its website.",
    "city": "The city where it sits.",
    "country": "The country where it sits.",
}


class SeatSerializer(TenureSerializer[Seat], EvidencedSerializer[Seat]):
    """A membership or an observership over time. A change of category is a new seat."""

    organization = Reference("organization")
    category = serializers.ChoiceField(SeatCategory.choices)
    admitted_by = Reference("decision")
    ended_by = Reference("decision")

    class Meta:
        model = Seat
        words: ClassVar = {
            "organization": "The organization that holds it.",
            "category": "Member or observer.",
            "admitted_by": "The decision that gave this seat.",
            "ended_by": "The decision that ended it.",
            "basis": "How its beginning is known.",
            "note": "What a reader should know about the facts above.",
        }


class ReportedCountSerializer(EvidencedSerializer[ReportedCount]):
    """How many members or observers a source counts on a day; the seats may say otherwise."""

    category = serializers.ChoiceField(SeatCategory.choices)

    class Meta:
        model = ReportedCount
        words: ClassVar = {
            "reported_on": "The day for which it is said.",
            "category": "Members or observers.",
            "number": "How many the source counts.",
            "wording": "What it counts, in our words.",
        }


class FormerNameSerializer(RowSerializer[FormerName]):
    """A name that an organization bore before."""

    class Meta:
        model = FormerName
        words: ClassVar = {"name": "The name.", "until_on": "Until when it was borne."}


class OrganizationNameSerializer(RowSerializer[OrganizationName]):
    """What it is called in an official language of the United Nations."""

    class Meta:
        model = OrganizationName
        words: ClassVar = {
            "language": "The language.",
            "name": "The name.",
            "source": "Where it stands so.",
            "source_url": "The address of the source.",
        }


class IdentifierSerializer(RowSerializer[Identifier]):
    """An identifier in a public register."""

    class Meta:
        model = Identifier
        words: ClassVar = {"scheme": "The register.", "value": "The identifier in it."}


class ConstituentSerializer(TenureSerializer[Constituent], EvidencedSerializer[Constituent]):
    """A part of a body over time."""

    class Meta:
        model = Constituent
        words: ClassVar = {
            "label": "Who it is.",
            "number": "How many there are, as far as a source counts them.",
            "wording": "What the source says, in our words.",
        }


class OrganizationSerializer(RecordSerializer[Organization]):
    """A body that belongs to the Task Force or takes part in its work."""

    parent = Reference("organization")  # type: ignore[assignment]
    country = CountryField()
    seat_on_day = SeatOnDayField()

    class Meta:
        model = Organization
        words: ClassVar = {
            **ORGANIZATION,
            "seat_on_day": "With `on`: the seat it held in the Task Force on that day.",
        }


class OrganizationDetailSerializer(OrganizationSerializer):
    """An organization with its names, seats and terms of office."""

    units = References("organization")
    names = OrganizationNameSerializer(many=True)
    former_names = FormerNameSerializer(many=True)
    identifiers = IdentifierSerializer(many=True)
    constituents = ConstituentSerializer(many=True)
    seats = SeatSerializer(many=True)
    terms = TermSerializer(many=True)
    tags = Topics()

    class Meta:
        model = Organization
        words: ClassVar = {
            **ORGANIZATION,
            "other_names": "Names and acronyms also in use, separated by semicolons.",
            "names": "Its names in the languages of the United Nations.",
            "former_names": "Names it bore before.",
            "identifiers": "Its identifiers in public registers.",
            "description": "What it is, in our own words.",
            "units": "Units that attend for it.",
            "constituents": "Of whom it is made up, if it is a conference or a committee.",
            "seats": "The seats it held or holds, each with its dates.",
            "terms": "The offices held for it.",
            "tags": "Its topics.",
        }
