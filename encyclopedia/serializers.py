"""The nouns of the Encyclopedia as JSON: described and linked, never republished."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from encyclopedia.models import Authorship, Editorship, Entry, Part, Work
from taskforce.serializers import AGENDA_ITEM_NEEDS
from untfsse.kit.rest.serializers import (
    ID,
    EvidencedSerializer,
    PartReferences,
    PartSerializer,
    RecordSerializer,
    Reference,
    References,
    RowSerializer,
    SdgsField,
    ThreadAddressField,
    Topics,
    refer,
)
from untfsse.kit.rest.shapes import ReferenceSerializer


class PartOfWorkSerializer(PartSerializer[Part]):
    """One of the parts of a work."""

    work = Reference("work")

    class Meta:
        model = Part
        words: ClassVar = {
            "work": "The work.",
            "number": "The number of the part.",
            "title": "The title of the part.",
            "first_entry": "The number of its first entry.",
            "last_entry": "The number of its last entry (inclusive).",
        }


class EditorshipSerializer(EvidencedSerializer[Editorship]):
    """Somebody's part in editing a work."""

    person = Reference("person")

    class Meta:
        model = Editorship
        words: ClassVar = {
            "person": "The editor.",
            "role": "Lead editor or editor.",
            "affiliation": "The editor's affiliation as the book prints it.",
            "position": "The order in which editors are named.",
            "sources": "Where this is known from.",
        }
        fields: ClassVar = [*ID, *words, "confidence", "verified_on"]


class AuthorshipSerializer(EvidencedSerializer[Authorship]):
    """A person's authorship of an entry."""

    entry = Reference("entry")
    person = Reference("person")

    class Meta:
        model = Authorship
        words: ClassVar = {
            "entry": "The entry.",
            "person": "The author.",
            "position": "The order in which authors are named.",
        }


class WorkSerializer(RecordSerializer[Work]):
    """A book."""

    class Meta:
        model = Work
        words: ClassVar = {
            "title": "The title.",
            "subtitle": "The subtitle.",
            "publisher": "The publisher.",
            "year": "The year of publication.",
            "isbn_hardback": "The ISBN of the hardback.",
            "isbn_ebook": "The ISBN of the e-book.",
            "doi": "The DOI.",
            "licence": "Under what terms its text may be used; null when they are not known.",
            "licence_note": "What else is known of the licence.",
            "is_open_access": "Whether it may be read for free.",
        }


class WorkDetailSerializer(WorkSerializer):
    """A book with its parts and editors."""

    funding_organization = Reference("organization")
    editing_organization = Reference("organization")
    parts = PartOfWorkSerializer(many=True)
    editorships = EditorshipSerializer(many=True)
    agenda_items = PartReferences(needs=AGENDA_ITEM_NEEDS)
    updates = References("update")

    class Meta(WorkSerializer.Meta):
        words: ClassVar = {
            "publisher_places": "Where the publisher sits.",
            "partner": "The partner of the publisher.",
            "lead": "The body that led the work.",
            "funder": "Who funded it, as it says itself.",
            "funding_organization": "Who funded it, if it is in the list of organizations.",
            "editing_organization": "Its editorial committee, if it is in that list.",
            "languages": "The languages of the text, by ISO 639-1 code.",
            "publisher_url": "The publisher's page.",
            "knowledge_hub_url": "The page on the Knowledge Hub.",
            "parts": "Its parts.",
            "editorships": "Its editors, in order.",
            "agenda_items": "Where a meeting spoke of it.",
            "updates": "News that tells of it.",
        }


class EntryPartSerializer(RowSerializer[Part]):
    """The part in which an entry stands."""

    class Meta:
        model = Part
        words: ClassVar = {
            "number": "The number of the part.",
            "title": "The title of the part.",
        }


class EntrySerializer(RecordSerializer[Entry]):
    """One entry of the Encyclopedia, described in our own words and linked."""

    needs: ClassVar[tuple[str, ...]] = ("part__work",)
    work = Reference("work", source="part.work")
    part = EntryPartSerializer()
    sdgs = SdgsField()

    class Meta:
        model = Entry
        words: ClassVar = {
            "number": "The number in the book.",
            "title": "The title in the book.",
            "work": "The book.",
            "part": "The part of the book.",
            "doi": "The DOI.",
            "pages": "The pages in the book.",
            "licence": "Under what terms the text may be used; null when they are not known.",
            "knowledge_hub_url": "The entry on the Knowledge Hub, where it can be read.",
            "publisher_url": "The entry on the publisher's site.",
            "sdgs": "The goals it serves.",
        }


class EntryDetailSerializer(EntrySerializer):
    """An entry with its authors and what it is related to."""

    needs: ClassVar[tuple[str, ...]] = (
        *EntrySerializer.needs,
        "relations_as_first__second",
        "relations_as_second__first",
    )
    authors = AuthorshipSerializer(source="authorships", many=True)
    related = serializers.SerializerMethodField()
    agenda_items = PartReferences(needs=AGENDA_ITEM_NEEDS)
    tags = Topics()
    thread = ThreadAddressField()

    class Meta(EntrySerializer.Meta):
        words: ClassVar = {
            "title_knowledge_hub": "The title on the Knowledge Hub, if it differs.",
            "summary": "What it says, in our own words. The text itself stays where it is.",
            "publisher_url_status": "How the publisher's link is known.",
            "authors": "Its authors in order, as far as they are confirmed.",
            "related": "Related entries, read both ways.",
            "agenda_items": "Where a meeting spoke of it.",
            "tags": "Its topics.",
            "thread": "Where to ask what hangs on it.",
        }

    @extend_schema_field(ReferenceSerializer(many=True))
    def get_related(self, entry: Entry) -> list[dict[str, Any]]:
        """Return the entries on the other end, in the order of the book."""
        others = [relation.second for relation in entry.relations_as_first.all()]
        others += [relation.first for relation in entry.relations_as_second.all()]
        others.sort(key=lambda other: other.number)
        return [refer(other, "entry", absolute=self.absolute) for other in others]
