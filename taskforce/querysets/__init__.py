"""The questions of the Task Force: which rows, for whom, with what."""

from taskforce.querysets.instruments import (
    DocumentPartQuerySet,
    DocumentQuerySet,
    InstrumentFactQuerySet,
    InstrumentPartyQuerySet,
    InstrumentQuerySet,
    InstrumentRelationQuerySet,
    ProvisionQuerySet,
    ProvisionRelationQuerySet,
    ProvisionTextQuerySet,
    UpdateQuerySet,
)
from taskforce.querysets.meetings import (
    PRINTED_ORDER,
    AgendaItemQuerySet,
    AttendanceQuerySet,
    CorrigendumQuerySet,
    DecisionPartQuerySet,
    DecisionQuerySet,
    JoinLinkQuerySet,
    MeetingPartnerQuerySet,
    MeetingQuerySet,
    MinutesQuerySet,
)
from taskforce.querysets.organizations import (
    ConstituentQuerySet,
    OfficeQuerySet,
    OrganizationPartQuerySet,
    OrganizationQuerySet,
    PersonQuerySet,
    ReportedCountQuerySet,
    SeatQuerySet,
    TermQuerySet,
)
from taskforce.querysets.proof import (
    PROOFS,
    PUBLICATIONS,
    RECORDS,
    EvidenceManager,
    EvidenceQuerySet,
)
