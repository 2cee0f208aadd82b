"""The nouns of the Task Force as JSON, one file a family."""

from taskforce.serializers.decisions import DecisionDetailSerializer, DecisionSerializer
from taskforce.serializers.documents import DocumentDetailSerializer, DocumentSerializer
from taskforce.serializers.instruments import (
    InstrumentDetailSerializer,
    InstrumentEventSerializer,
    InstrumentPartySerializer,
    InstrumentRelationSerializer,
    InstrumentSerializer,
    ProvisionRelationSerializer,
    ProvisionRowSerializer,
    ProvisionTextSerializer,
    VoteSerializer,
)
from taskforce.serializers.keys import (
    AGENDA_ITEM_NEEDS,
    PROVISION_NEEDS,
)
from taskforce.serializers.meetings import (
    AgendaItemSerializer,
    AttendanceSerializer,
    MeetingDetailSerializer,
    MeetingSerializer,
    MeetingThreadSerializer,
)
from taskforce.serializers.organizations import (
    OrganizationDetailSerializer,
    OrganizationSerializer,
    ReportedCountSerializer,
    SeatSerializer,
)
from taskforce.serializers.people import (
    OfficeDetailSerializer,
    OfficeSerializer,
    PersonDetailSerializer,
    PersonSerializer,
    TermSerializer,
)
from taskforce.serializers.proof import PROOF, ProofSerializer
from taskforce.serializers.updates import UpdateDetailSerializer, UpdateSerializer
