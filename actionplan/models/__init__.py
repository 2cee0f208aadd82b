"""The nouns of the action plan, one file a family."""

from actionplan.models.activities import Activity, ActivityOrganization
from actionplan.models.commitments import Commitment
from actionplan.models.deliverables import (
    Deliverable,
    DeliverableEvidence,
    ProgressReport,
    ReportEvidence,
)
from actionplan.models.groups import SubGroup, SubGroupSeat
from actionplan.models.plans import ActionPlan, PriorityArea
