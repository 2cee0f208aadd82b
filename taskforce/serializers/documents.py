"""Documents and their renditions as JSON."""

from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from taskforce.models import Document, Rendition
from untfsse.kit.rest.serializers import (
    RecordSerializer,
    Reference,
    RowSerializer,
    Topics,
)


class RenditionSerializer(RowSerializer[Rendition]):
    """A document in one language: a file kept here or a link."""

    link = serializers.SerializerMethodField()

    class Meta:
        model = Rendition
        words: ClassVar = {
            "language": "The language, by ISO 639-1 code.",
            "link": "Where to get it.",
            "file_name": "The name of the file, if it is kept here.",
            "bytes": "The size in bytes, if it is kept here.",
            "sha256": "The SHA-256 hash, if it is kept here.",
            "media_type": "The media type, if it is kept here.",
        }

    @extend_schema_field(OpenApiTypes.URI)
    def get_link(self, rendition: Rendition) -> str:
        """Return the link, or the address of the file."""
        return rendition.url or self.absolute(rendition.file.url)


class DocumentSerializer(RecordSerializer[Document]):
    """A document of a meeting or of an instrument."""

    meeting = Reference("meeting")
    instrument = Reference("instrument")

    class Meta:
        model = Document
        words: ClassVar[dict[str, Any]] = {
            "title": "What it is called.",
            "kind": "What it is.",
            "symbol": "Its official symbol.",
            "issued_on": "When it was issued.",
            "meeting": "The meeting it belongs to; null if it belongs to an instrument.",
            "instrument": "The instrument it belongs to; null if it belongs to a meeting.",
            "licence": "Under what terms the text may be used; null when they are not known.",
        }


class DocumentDetailSerializer(DocumentSerializer):
    """A document with what can be read of it."""

    renditions = RenditionSerializer(many=True)
    tags = Topics()

    class Meta(DocumentSerializer.Meta):
        words: ClassVar = {
            "summary": "What it says, in our own words.",
            "renditions": "The document in each language.",
            "tags": "Its topics.",
        }
