"""Policy instruments, their provisions, steps, parties and relations, as JSON."""

from typing import ClassVar

from rest_framework import serializers

from taskforce.choices import RELATION_INVERSES, RelationKind
from taskforce.models import (
    InstrumentEvent,
    InstrumentParty,
    InstrumentRelation,
    InstrumentTitle,
    PolicyInstrument,
    Provision,
    ProvisionRelation,
    ProvisionText,
    Vote,
)
from taskforce.serializers.documents import DocumentSerializer
from taskforce.serializers.keys import (
    AGENDA_ITEM_NEEDS,
    PROVISION_NEEDS,
)
from untfsse.kit.rest.serializers import (
    CountriesField,
    CountryField,
    EvidencedSerializer,
    PartReference,
    PartReferences,
    PartSerializer,
    RecordSerializer,
    Reference,
    References,
    RowSerializer,
    SdgsField,
    ThreadAddressField,
    Topics,
)


class InstrumentTitleSerializer(RowSerializer[InstrumentTitle]):
    """Its official title in an official language of the United Nations."""

    class Meta:
        model = InstrumentTitle
        words: ClassVar = {
            "language": "The language.",
            "name": "The title.",
            "source": "Where it stands so.",
            "source_url": "The address of the source.",
        }


class ProvisionSerializer(PartSerializer[Provision]):
    """A part of an instrument, keyed by its kind and number."""

    instrument = Reference("instrument")
    parent = PartReference(needs=PROVISION_NEEDS)  # type: ignore[assignment]
    page = serializers.SerializerMethodField()

    class Meta:
        model = Provision
        words: ClassVar = {
            "page": "Its place on the instrument's page.",
            "instrument": "The instrument.",
            "parent": "The provision within which it stands.",
            "position": "Its place in the order of the text.",
            "kind": "What such a part is called.",
            "number": "The number as printed; null where none is.",
            "label": "What it is about, in our own words.",
        }

    def get_page(self, row: Provision) -> str:
        """Return its place on the instrument's page."""
        return self.absolute(row.get_absolute_url())


class ProvisionRowSerializer(ProvisionSerializer):
    """A part of an instrument, with its topics."""

    tags = Topics()

    class Meta(ProvisionSerializer.Meta):
        words: ClassVar = {"tags": "Its topics."}


class ProvisionTextSerializer(PartSerializer[ProvisionText]):
    """The words of a provision in one language, where the licence lets us show them."""

    instrument = Reference("instrument", source="provision.instrument")
    provision = PartReference(needs=PROVISION_NEEDS)

    class Meta:
        model = ProvisionText
        words: ClassVar = {
            "instrument": "The instrument.",
            "provision": "The provision.",
            "language": "The language by ISO 639-1 code.",
            "text": "The words.",
            "source": "Where these words were taken from.",
            "sha256": "The SHA-256 of the words in UTF-8.",
        }


class ProvisionRelationSerializer(EvidencedSerializer[ProvisionRelation]):
    """What became of a provision from one text to a later one, in an editor's judgement."""

    instrument = Reference("instrument")
    earlier_instrument = Reference("instrument")
    provision = PartReference(needs=PROVISION_NEEDS)
    earlier_provision = PartReference(needs=PROVISION_NEEDS)

    class Meta:
        model = ProvisionRelation
        words: ClassVar = {
            "instrument": "The later text.",
            "earlier_instrument": "The earlier text.",
            "kind": "What became of the provision.",
            "provision": "The provision of the later text; null for what was dropped.",
            "earlier_provision": "The provision of the earlier text; null for what is new.",
        }


class VoteSerializer(EvidencedSerializer[Vote]):
    """One vote on an instrument, or its adoption without one."""

    instrument = Reference("instrument")
    countries_in_favour = CountriesField()
    countries_against = CountriesField()
    countries_abstaining = CountriesField()

    class Meta:
        model = Vote
        words: ClassVar = {
            "instrument": "The instrument.",
            "stage": "Where in the life of the instrument it was taken.",
            "body": "Who voted.",
            "mode": "How the decision was taken.",
            "taken_on": "When it was taken.",
            "in_favour": "Votes in favour.",
            "against": "Votes against.",
            "abstentions": "Abstentions.",
            "countries_in_favour": "Who voted in favour, as far as it is known.",
            "countries_against": "Who voted against, as far as it is known.",
            "countries_abstaining": "Who abstained, as far as it is known.",
            "note": "What else is known of it.",
        }


class InstrumentEventSerializer(EvidencedSerializer[InstrumentEvent]):
    """A dated step in the life of an instrument."""

    instrument = Reference("instrument")

    class Meta:
        model = InstrumentEvent
        words: ClassVar = {
            "instrument": "The instrument.",
            "kind": "What sort of step it is.",
            "wording": "What the source calls it.",
            "happened_on": "When it was taken.",
            "detail": "What else is known of it.",
        }


class InstrumentPartySerializer(EvidencedSerializer[InstrumentParty]):
    """A country or an organization with a role in an instrument."""

    instrument = Reference("instrument")
    country = CountryField()
    organization = Reference("organization")
    under = Reference("organization")

    class Meta:
        model = InstrumentParty
        words: ClassVar = {
            "instrument": "The instrument.",
            "role": "What the party did for it.",
            "country": "The country; null if the party is an organization.",
            "organization": "The organization; null if the party is a country.",
            "under": "The alliance in whose name it acted.",
            "detail": "What else is known of it.",
        }


class InstrumentRelationSerializer(EvidencedSerializer[InstrumentRelation]):
    """What one instrument does to another; kept once and read both ways."""

    instrument = Reference("instrument", source="source")
    target = Reference("instrument")
    inverse = serializers.SerializerMethodField()

    class Meta:
        model = InstrumentRelation
        words: ClassVar = {
            "instrument": "The instrument from which the relation is read.",
            "kind": "What it does to the other.",
            "target": "The other instrument; null if it is not in the list.",
            "target_label": "The name of a text that is not in the list.",
            "inverse": "The relation in words, read from the other instrument.",
        }

    def get_inverse(self, row: InstrumentRelation) -> str:
        """Return the words for the other direction."""
        return str(RELATION_INVERSES[RelationKind(row.kind)])


class InstrumentSerializer(RecordSerializer[PolicyInstrument]):
    """A text by which bodies commit themselves or others: a resolution, a law, a strategy."""

    issuing_organization = Reference("organization")
    jurisdiction = CountriesField()
    sdgs = SdgsField()

    class Meta:
        model = PolicyInstrument
        words: ClassVar = {
            "title": "The official title.",
            "title_language": "The language of that title by ISO 639-1 code; null for English.",
            "short_title": "The short title.",
            "symbol": "The official symbol, such as A/RES/77/281.",
            "kind": "What sort of text it is.",
            "level": "How far it reaches.",
            "stage": "Where it stands.",
            "issuing_body": "The body that issued it.",
            "issuing_acronym": "The acronym of that body.",
            "issuing_organization": "That body, if it is in the list of organizations.",
            "jurisdiction": "The countries in which it holds; empty where it knows no country.",
            "jurisdiction_region": "A union or a province in which it holds.",
            "is_binding": "Whether it binds in law.",
            "adopted_on": "When it was adopted.",
            "official_url": "The official text.",
            "sdgs": "The goals it serves.",
        }


class InstrumentDetailSerializer(InstrumentSerializer):
    """An instrument with its provisions, steps, parties and relations."""

    titles = InstrumentTitleSerializer(many=True)
    provisions = ProvisionSerializer(many=True)
    votes = VoteSerializer(many=True)
    events = InstrumentEventSerializer(many=True)
    parties = InstrumentPartySerializer(many=True)
    relations = InstrumentRelationSerializer(many=True)
    inverse_relations = InstrumentRelationSerializer(many=True)
    documents = DocumentSerializer(many=True)
    agenda_items = PartReferences(needs=AGENDA_ITEM_NEEDS)
    updates = References("update")
    tags = Topics()
    thread = ThreadAddressField()

    class Meta(InstrumentSerializer.Meta):
        words: ClassVar = {
            "official_url_status": "How the official link is known.",
            "other_urls": "Other links.",
            "languages": "The languages of the text, by ISO 639-1 code.",
            "licence": "Under what terms the text may be used; null when they are not known.",
            "summary": "What it says, in our own words.",
            "session": "The session that adopted it.",
            "issued_on": "When it was published.",
            "in_force_on": "When it entered into force.",
            "votes": "How it was decided upon, in committee and in plenary.",
            "parties_note": "What else is known of the parties.",
            "is_structure_complete": "Whether all its provisions are listed.",
            "titles": "Its official titles in the languages of the United Nations.",
            "provisions": "Its parts, in the order of the text.",
            "events": "The steps of its life, in order.",
            "parties": "Countries and organizations with a role in it.",
            "relations": "What it does to other instruments.",
            "inverse_relations": "What other instruments do to it.",
            "documents": "Its public documents.",
            "agenda_items": "Where a meeting spoke of it.",
            "updates": "News that tells of it.",
            "tags": "Its topics.",
            "thread": "Where to ask what hangs on it.",
        }
