"""The news as JSON."""

from typing import ClassVar

from taskforce.models import Update
from untfsse.kit.rest.serializers import RecordSerializer, References, Topics


class UpdateSerializer(RecordSerializer[Update]):
    """A piece of news."""

    class Meta:
        model = Update
        words: ClassVar = {
            "title": "The headline.",
            "kind": "What it is about.",
            "happened_on": "When it happened.",
            "deadline_on": "The last day of a call (inclusive).",
        }


class UpdateDetailSerializer(UpdateSerializer):
    """A piece of news with its text and what it is about."""

    meetings = References("meeting")
    organizations = References("organization")
    instruments = References("instrument")
    documents = References("document")
    tags = Topics()

    class Meta(UpdateSerializer.Meta):
        words: ClassVar = {
            "text": "The text.",
            "meetings": "Meetings it tells of.",
            "organizations": "Organizations it tells of.",
            "instruments": "Instruments it tells of.",
            "documents": "Documents it tells of.",
            "tags": "Its topics.",
        }
