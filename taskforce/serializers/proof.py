"""What shows that something was done, as JSON."""

from typing import Any

from untfsse.kit.rest.serializers import AddressField, Reference, RowSerializer, refer

PROOF = {
    "document": "A document that shows it.",
    "meeting": "An event that shows it.",
    "instrument": "An instrument that shows it.",
    "publication": "A publication that shows it, such as an entry of the Encyclopedia.",
    "link": "A link that shows it.",
    "title": "What the link is called.",
}


class PublicationReference(Reference):
    """What an upper storey published, by the title and the slug that the piece carries."""

    def to_representation(self, value: Any) -> dict[str, Any]:
        return refer(value, value._meta.model_name, absolute=self.absolute)


class ProofSerializer[M: Any](RowSerializer[M]):
    """One piece of evidence: exactly one of the fields is given."""

    document = Reference("document")
    meeting = Reference("meeting")
    instrument = Reference("instrument")
    publication = PublicationReference("publication", is_relation=False)
    link = AddressField(source="url", allow_null=True)
