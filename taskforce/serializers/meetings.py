"""Meetings, their agendas and who attended, as JSON."""

from typing import ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from taskforce.models import AgendaItem, Attendance, Meeting, MeetingPartner
from taskforce.serializers.certainty import SeatOnDaySerializer, seat_at
from taskforce.serializers.decisions import DecisionSerializer
from taskforce.serializers.documents import DocumentSerializer
from taskforce.serializers.keys import AGENDA_ITEM_NEEDS
from untfsse.kit.rest.serializers import (
    CountryField,
    LocalTimeField,
    PartReference,
    PartReferences,
    PartSerializer,
    RecordSerializer,
    Reference,
    References,
    RowSerializer,
    ThreadAddressField,
    ThreadSerializer,
    Topics,
)


class MeetingPartnerSerializer(RowSerializer[MeetingPartner]):
    """Who organized a meeting or was a partner in it."""

    organization = Reference("organization")

    class Meta:
        model = MeetingPartner
        words: ClassVar = {
            "role": "Organizer or partner.",
            "organization": "The organization; null for a body outside the list.",
            "name": "The name of a body outside the list.",
        }


class AgendaItemSerializer(PartSerializer[AgendaItem]):
    """One point of an agenda."""

    needs = ("decisions",)
    meeting = Reference("meeting")
    number = serializers.CharField(source="printed_number")
    parent = PartReference(needs=AGENDA_ITEM_NEEDS)  # type: ignore[assignment]
    page = serializers.SerializerMethodField()
    presenters = References("organization")
    instruments = References("instrument")
    meetings = References("meeting")
    decisions = References("decision")
    carried_over_from = PartReference(needs=AGENDA_ITEM_NEEDS)
    approves_minutes_of = Reference("meeting")

    class Meta:
        model = AgendaItem
        words: ClassVar = {
            "page": "Its place on the meeting's page.",
            "meeting": "The meeting.",
            "number": "The number as printed: 2, or 2.1 under another item.",
            "parent": "The item under which it stands.",
            "title": "What it is about.",
            "kind": "What it is for.",
            "presenters": "The organizations that presented it.",
            "instruments": "The instruments it is about.",
            "meetings": "The other meetings it is about.",
            "decisions": "What was decided under it.",
            "carried_over_from": "The item of an earlier agenda that it takes up again.",
            "approves_minutes_of": "The earlier meeting whose minutes are approved under it.",
        }

    def get_page(self, item: AgendaItem) -> str:
        """Return its place on the meeting's page."""
        return self.absolute(item.get_absolute_url())


class AttendanceSerializer(PartSerializer[Attendance]):
    """How an organization took part in a meeting."""

    needs = ("organization__seats",)
    meeting = Reference("meeting")
    organization = Reference("organization")
    on_behalf_of = Reference("organization")
    seat_on_day = serializers.SerializerMethodField()

    class Meta:
        model = Attendance
        words: ClassVar = {
            "meeting": "The meeting.",
            "organization": "The organization.",
            "state": "How it answered the invitation.",
            "on_behalf_of": "The organization for which it attended.",
            "seat_on_day": "The seat it held that day; null when it held none.",
        }

    @extend_schema_field(SeatOnDaySerializer(allow_null=True))
    def get_seat_on_day(self, row: Attendance) -> dict[str, str] | None:
        """Return the seat and how sure it is."""
        return seat_at(row, today=timezone.localdate())


class MeetingSerializer(RecordSerializer[Meeting]):
    """A meeting of the Task Force, or an event it held or took part in."""

    country = CountryField()
    starts_time = LocalTimeField(allow_null=True)
    ends_time = LocalTimeField(allow_null=True)
    decision_count = serializers.IntegerField()

    class Meta:
        model = Meeting
        words: ClassVar = {
            "title": "What it is called.",
            "kind": "What sort of meeting it is.",
            "ordinal": "Its number in its series: 47 for the 47th regular meeting.",
            "state": "Whether it took place.",
            "starts_on": "The first day.",
            "ends_on": "The last day (inclusive); null for a meeting of one day.",
            "starts_time": "When it starts, in its time zone.",
            "ends_time": "When it ends, in its time zone.",
            "time_zone": "The time zone of both times, such as Europe/Zurich.",
            "format": "How people met.",
            "venue": "The building or the platform.",
            "city": "The city.",
            "country": "The country.",
            "reported_participants": "How many took part, as reported.",
            "participants_wording": "The wording of that report: “about 30”, “over 40”.",
            "decision_count": "How many decisions it took.",
        }


class MeetingDetailSerializer(MeetingSerializer):
    """A meeting with its agenda, decisions, attendance, documents and thread."""

    partners = MeetingPartnerSerializer(many=True)
    agenda_items = AgendaItemSerializer(many=True)
    decisions = DecisionSerializer(many=True)
    attendances = AttendanceSerializer(many=True)
    documents = DocumentSerializer(many=True)
    spoken_of_in = PartReferences(needs=AGENDA_ITEM_NEEDS)
    updates = References("update")
    tags = Topics()
    thread = ThreadAddressField()

    class Meta(MeetingSerializer.Meta):
        words: ClassVar = {
            "summary": "What happened, in our own words.",
            "languages": "The languages spoken.",
            "reported_members": "How many members took part, as reported.",
            "reported_observers": "How many observers took part, as reported.",
            "resource_persons": "How many guests and resource persons took part.",
            "partners": "Who organized it or was a partner in it.",
            "agenda_items": "The agenda.",
            "decisions": "What was decided.",
            "attendances": "Which organizations took part, with the seat of each that day.",
            "documents": "Its public documents.",
            "spoken_of_in": "The agenda items of other meetings that are about it.",
            "updates": "News that tells of it.",
            "tags": "Its topics.",
            "thread": "Where to ask what hangs on it.",
        }


class MeetingThreadSerializer(ThreadSerializer):
    """What hangs on a meeting, and which meetings stand beside it."""

    previous = Reference("meeting", help_text="The meeting before it in its series.")
    next = Reference("meeting", help_text="The meeting after it in its series.")
