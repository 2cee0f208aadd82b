"""The Task Force through the API: what may be asked of which noun."""

from typing import Any

from taskforce import filters, serializers
from taskforce.services.series import neighbours_of
from untfsse.kit.records.publication import VISITOR
from untfsse.kit.rest.viewsets import ListViewSet, RecordViewSet, Router, ThreadedViewSet


class OrganizationViewSet(RecordViewSet):
    """Members, observers and others that took part. `on` tells who held which seat on a day."""

    filterset_class = filters.OrganizationFilter
    serializer_class = serializers.OrganizationSerializer
    detail_serializer_class = serializers.OrganizationDetailSerializer


class SeatViewSet(ListViewSet):
    """Memberships and observerships over time. `on` asks for those held on a day."""

    order = ("organization__name_key", "from_on", "id")
    filterset_class = filters.SeatFilter
    serializer_class = serializers.SeatSerializer


class ReportedCountViewSet(ListViewSet):
    """How many members and observers official texts count, the earliest first."""

    order = ("sort_on", "category", "id")
    filterset_class = filters.ReportedCountFilter
    serializer_class = serializers.ReportedCountSerializer


class OfficeViewSet(RecordViewSet):
    """The functions in the governance of the Task Force."""

    order = ("position",)
    serializer_class = serializers.OfficeSerializer
    detail_serializer_class = serializers.OfficeDetailSerializer


class TermViewSet(ListViewSet):
    """Who held which office, and when. `on` asks for those of a day."""

    order = ("office__position", "from_on", "id")
    filterset_class = filters.TermFilter
    serializer_class = serializers.TermSerializer


class PersonViewSet(RecordViewSet):
    """Office holders and authors, by name only: no contact is ever given."""

    order = ("name_key", "id")
    filterset_class = filters.PersonFilter
    serializer_class = serializers.PersonSerializer
    detail_serializer_class = serializers.PersonDetailSerializer


class MeetingViewSet(ThreadedViewSet):
    """Meetings of the Task Force and the events it held or took part in, the latest first."""

    filterset_class = filters.MeetingFilter
    serializer_class = serializers.MeetingSerializer
    detail_serializer_class = serializers.MeetingDetailSerializer
    thread_serializer_class = serializers.MeetingThreadSerializer

    def follow(self, record: Any) -> dict[str, Any]:
        """Add the meetings before and after in the series: by number, else by day."""
        found = neighbours_of(record, VISITOR)
        beside = {"previous": found["previous"], "next": found["next"]}
        return {**super().follow(record), **beside}


class AgendaItemViewSet(ListViewSet):
    """The points of all agendas, those of the latest meeting first."""

    filterset_class = filters.AgendaItemFilter
    serializer_class = serializers.AgendaItemSerializer


class AttendanceViewSet(ListViewSet):
    """Which organization took part in which meeting, with the seat it held that day."""

    order = ("-meeting__sort_on", "-meeting_id", "organization__name_key")
    filterset_class = filters.AttendanceFilter
    serializer_class = serializers.AttendanceSerializer


class DecisionViewSet(ThreadedViewSet):
    """What meetings decided, and what became of it."""

    filterset_class = filters.DecisionFilter
    serializer_class = serializers.DecisionSerializer
    detail_serializer_class = serializers.DecisionDetailSerializer


class DocumentViewSet(RecordViewSet):
    """Public documents of meetings and instruments."""

    filterset_class = filters.DocumentFilter
    serializer_class = serializers.DocumentSerializer
    detail_serializer_class = serializers.DocumentDetailSerializer


class InstrumentViewSet(ThreadedViewSet):
    """Resolutions, recommendations, laws and strategies, the newest first."""

    filterset_class = filters.InstrumentFilter
    serializer_class = serializers.InstrumentSerializer
    detail_serializer_class = serializers.InstrumentDetailSerializer


class ProvisionViewSet(ListViewSet):
    """The parts of all instruments, in the order of each text."""

    order = ("-instrument__sort_on", "-instrument_id", "position")
    filterset_class = filters.ProvisionFilter
    serializer_class = serializers.ProvisionRowSerializer


class ProvisionTextViewSet(ListViewSet):
    """The words of provisions, in the order of each text, where a licence lets us show them."""

    order = (
        "-provision__instrument__sort_on",
        "-provision__instrument_id",
        "provision__position",
        "id",
    )
    filterset_class = filters.ProvisionTextFilter
    serializer_class = serializers.ProvisionTextSerializer


class ProvisionRelationViewSet(ListViewSet):
    """What became of provisions in later texts. `instrument` asks for both directions."""

    order = ("-instrument__sort_on", "-instrument_id", "id")
    filterset_class = filters.ProvisionRelationFilter
    serializer_class = serializers.ProvisionRelationSerializer


class VoteViewSet(ListViewSet):
    """Votes on instruments, the latest first."""

    order = ("-sort_on", "-id")
    filterset_class = filters.VoteFilter
    serializer_class = serializers.VoteSerializer


class InstrumentEventViewSet(ListViewSet):
    """The steps in the life of all instruments, the latest first."""

    order = ("-sort_on", "-id")
    filterset_class = filters.InstrumentEventFilter
    serializer_class = serializers.InstrumentEventSerializer


class InstrumentPartyViewSet(ListViewSet):
    """Countries and organizations with a role in an instrument."""

    order = ("-instrument__sort_on", "-instrument_id", "role", "country", "id")
    filterset_class = filters.InstrumentPartyFilter
    serializer_class = serializers.InstrumentPartySerializer


class InstrumentRelationViewSet(ListViewSet):
    """What instruments do to each other. `instrument` asks for both directions."""

    order = ("-source__sort_on", "-source_id", "kind", "id")
    filterset_class = filters.InstrumentRelationFilter
    serializer_class = serializers.InstrumentRelationSerializer


class UpdateViewSet(RecordViewSet):
    """The news, the latest first."""

    filterset_class = filters.UpdateFilter
    serializer_class = serializers.UpdateSerializer
    detail_serializer_class = serializers.UpdateDetailSerializer


router = Router()
router.add(
    OrganizationViewSet,
    PersonViewSet,
    MeetingViewSet,
    DecisionViewSet,
    DocumentViewSet,
    InstrumentViewSet,
    UpdateViewSet,
)
router.register("seats", SeatViewSet, "seat")
router.register("reported-counts", ReportedCountViewSet, "reported_count")
router.register("offices", OfficeViewSet, "office")
router.register("terms", TermViewSet, "term")
router.register("agenda-items", AgendaItemViewSet, "agenda_item")
router.register("attendances", AttendanceViewSet, "attendance")
router.register("provisions", ProvisionViewSet, "provision")
router.register("provision-texts", ProvisionTextViewSet, "provision_text")
router.register("provision-relations", ProvisionRelationViewSet, "provision_relation")
router.register("votes", VoteViewSet, "vote")
router.register("instrument-events", InstrumentEventViewSet, "instrument_event")
router.register("instrument-parties", InstrumentPartyViewSet, "instrument_party")
router.register("instrument-relations", InstrumentRelationViewSet, "instrument_relation")
