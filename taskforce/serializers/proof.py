"""What shows that something was done, as JSON."""

from typing import Any

from rest_framework import serializers

from untfsse.kit.rest.serializers import Reference, RowSerializer

PROOF = {
    "document": "A document that shows it.",
    "meeting": "An event that shows it.",
    "instrument": "An instrument that shows it.",
    "entry": "An entry of the Encyclopedia that shows it.",
    "link": "A link that shows it.",
    "title": "What the link is called.",
}


class ProofSerializer[M: Any](RowSerializer[M]):
    """One piece of evidence: exactly one of the fields is given."""

    document = Reference("document")
    meeting = Reference("meeting")
    instrument = Reference("instrument")
    entry = Reference("entry")
    link = serializers.URLField(source="url", allow_null=True)
