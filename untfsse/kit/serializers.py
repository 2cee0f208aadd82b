"""What the JSON of all nouns shares: addresses, evidence, dates known in part."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from untfsse.kit.dates import PartialDate, Precision

PARTIAL_DATE_SCHEMA = {
    "type": "object",
    "nullable": True,
    "description": "A date as far as it is known; null when nothing is known.",
    "properties": {
        "value": {"type": "string", "description": "ISO 8601: 2022-07-19, 2013-05 or 2016."},
        "precision": {"type": "string", "enum": list(Precision.values)},
        "first": {"type": "string", "format": "date", "nullable": True},
        "last": {"type": "string", "format": "date"},
    },
    "required": ["value", "precision", "first", "last"],
}


@extend_schema_field(PARTIAL_DATE_SCHEMA)
class PartialDateSerializerField(serializers.Field[Any, Any, Any, Any]):
    """A PartialDate as its value, its precision, and its first and last possible day."""

    def __init__(self, **kwargs: Any) -> None:
        """Only ever read."""
        super().__init__(**{**kwargs, "read_only": True})

    def to_representation(self, value: PartialDate) -> dict[str, Any]:
        """Return the four facts."""
        return {
            "value": value.iso,
            "precision": value.precision.value,
            "first": value.first,
            "last": value.last,
        }


class RecordSerializer[M: Any](serializers.HyperlinkedModelSerializer[M]):
    """A record: its two addresses and its evidence."""

    url = serializers.HyperlinkedIdentityField(
        view_name="", lookup_field="slug", help_text="The address in this API."
    )
    page = serializers.SerializerMethodField(help_text="The address of the page for people.")

    class Meta:
        fields: ClassVar = [
            "url",
            "page",
            "slug",
            "sources",
            "confidence",
            "verified_on",
            "note",
            "published_at",
            "updated_at",
        ]

    def build_url_field(self, *_args: Any) -> Any:
        """Leave the address to the field above."""
        return super().build_url_field(*_args)

    def get_page(self, record: M) -> str:
        """Return the public page's full address."""
        path: str = record.get_absolute_url()
        request = self.context.get("request")
        return request.build_absolute_uri(path) if request else path
