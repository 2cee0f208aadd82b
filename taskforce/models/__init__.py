"""The nouns of the Task Force, one file a family."""

from taskforce.models.agenda import AgendaItem
from taskforce.models.attendance import Attendance
from taskforce.models.constituents import Constituent
from taskforce.models.decisions import Decision, DecisionEvidence
from taskforce.models.documents import Document, Rendition
from taskforce.models.instruments import (
    InstrumentEvent,
    InstrumentParty,
    InstrumentRelation,
    PolicyInstrument,
    Provision,
)
from taskforce.models.meetings import JoinLink, Meeting, MeetingPartner
from taskforce.models.minutes import Corrigendum, Minutes
from taskforce.models.names import InstrumentTitle, OrganizationName
from taskforce.models.organizations import FormerName, Identifier, Organization, Seat
from taskforce.models.people import Office, Person, PersonContact, Term
from taskforce.models.proof import Proof, pieces_naming
from taskforce.models.provisions import ProvisionRelation, ProvisionText
from taskforce.models.reported_counts import ReportedCount
from taskforce.models.suggestions import SuggestedGoal, SuggestedTopic
from taskforce.models.updates import Update
from taskforce.models.votes import Vote
