"""The verbs of the Task Force, one file a noun family."""

from taskforce.services.agenda import (
    add_item,
    carried_over_counts,
    move_item,
    propose_agenda,
    remove_item,
    take_up_approvals,
)
from taskforce.services.attendance import (
    Answer,
    Totals,
    invite_seated,
    record_attendance,
    seats_at,
    totals_of,
)
from taskforce.services.comparisons import propose_relations
from taskforce.services.decisions import mark_follow_up, propose_number, supersede, take_decision
from taskforce.services.evidence import take_over_evidence
from taskforce.services.instruments import add_parties, add_provisions
from taskforce.services.meetings import (
    next_in_series,
    prepare_meeting,
    publish_meeting,
    unpublished,
)
from taskforce.services.minutes import (
    add_corrigendum,
    approve_minutes,
    circulate_minutes,
    compose_minutes,
    edit_minutes,
)
from taskforce.services.people import erase_contact
from taskforce.services.provisions import ProposedProvision, split_provisions
from taskforce.services.resolutions import read_resolutions, take_over_resolution
from taskforce.services.seats import admit, change_category, end_membership
