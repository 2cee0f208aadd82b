"""The questions of the Task Force: which rows, for whom, with what."""

from taskforce.querysets.instruments import (
    DocumentPartQuerySet,
    DocumentQuerySet,
    InstrumentFactQuerySet,
    InstrumentPartyQuerySet,
    InstrumentQuerySet,
    InstrumentRelationQuerySet,
    ProvisionQuerySet,
    UpdateQuerySet,
)
from taskforce.querysets.meetings import (
    AttendanceQuerySet,
    CorrigendumQuerySet,
    DecisionPartQuerySet,
    DecisionQuerySet,
    JoinLinkQuerySet,
    MeetingPartnerQuerySet,
    MeetingPartQuerySet,
    MeetingQuerySet,
    MinutesQuerySet,
)
from taskforce.querysets.organizations import (
    OfficeQuerySet,
    OrganizationPartQuerySet,
    OrganizationQuerySet,
    PersonQuerySet,
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

__all__ = [
    "PROOFS",
    "PUBLICATIONS",
    "RECORDS",
    "AttendanceQuerySet",
    "CorrigendumQuerySet",
    "DecisionPartQuerySet",
    "DecisionQuerySet",
    "DocumentPartQuerySet",
    "DocumentQuerySet",
    "EvidenceManager",
    "EvidenceQuerySet",
    "InstrumentFactQuerySet",
    "InstrumentPartyQuerySet",
    "InstrumentQuerySet",
    "InstrumentRelationQuerySet",
    "JoinLinkQuerySet",
    "MeetingPartQuerySet",
    "MeetingPartnerQuerySet",
    "MeetingQuerySet",
    "MinutesQuerySet",
    "OfficeQuerySet",
    "OrganizationPartQuerySet",
    "OrganizationQuerySet",
    "PersonQuerySet",
    "ProvisionQuerySet",
    "SeatQuerySet",
    "TermQuerySet",
    "UpdateQuerySet",
]
