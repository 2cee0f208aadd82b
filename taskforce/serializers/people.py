"""Offices, who holds them, and the people known by name, as JSON."""

from typing import ClassVar

from taskforce.models import Office, Person, Term
from taskforce.serializers.certainty import TenureSerializer
from untfsse.kit.rest.serializers import (
    HEAD,
    UPDATED,
    EvidencedSerializer,
    RecordSerializer,
    Reference,
)


class TermSerializer(TenureSerializer[Term], EvidencedSerializer[Term]):
    """The time in which an organization, often by a named person, holds an office."""

    office = Reference("office")
    organization = Reference("organization")
    person = Reference("person")
    welcomed_by = Reference("decision")

    class Meta:
        model = Term
        words: ClassVar = {
            "office": "The office held.",
            "organization": "The organization for which it is held.",
            "person": "Who holds it; null when no name is public.",
            "position_held": "The holder's post at the organization.",
            "welcomed_by": "The decision that named or welcomed the holder.",
            "note": "What a reader should know about the facts above.",
        }


class OfficeSerializer(RecordSerializer[Office]):
    """A function in the governance of the Task Force."""

    noun = "office"
    first: ClassVar = {name: HEAD[name] for name in ("id", "url", "slug")}
    last = UPDATED

    class Meta:
        model = Office
        words: ClassVar = {
            "title": "What the office is called.",
            "position": "The order in which offices are listed.",
        }


class OfficeDetailSerializer(OfficeSerializer):
    """An office with all who held it."""

    terms = TermSerializer(many=True)

    class Meta(OfficeSerializer.Meta):
        words: ClassVar = {"terms": "Who held it, and when."}


class PersonSerializer(RecordSerializer[Person]):
    """Somebody who holds an office or wrote an entry. No contact is ever given."""

    organization = Reference("organization")

    class Meta:
        model = Person
        words: ClassVar = {
            "name": "The person's name.",
            "orcid": "The person's ORCID iD.",
            "organization": "Where the person works.",
        }


class PersonDetailSerializer(PersonSerializer):
    """A person with the offices held."""

    terms = TermSerializer(many=True)

    class Meta(PersonSerializer.Meta):
        words: ClassVar = {"terms": "The offices held."}
