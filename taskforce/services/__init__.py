"""The verbs of the Task Force, one file a noun family."""

from taskforce.services.agenda import (
    add_item,
    carried_over_counts,
    move_item,
    propose_agenda,
    remove_item,
    take_up_approvals,
    unfinished_items,
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
from taskforce.services.decisions import (
    mark_follow_up,
    propose_number,
    supersede,
    take_decision,
    took_no_decision,
)
from taskforce.services.documents import attach_file
from taskforce.services.evidence import facts_to_take_over, take_over_evidence
from taskforce.services.instruments import add_parties, add_provisions, may_show_text
from taskforce.services.meetings import (
    NextMeeting,
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
from taskforce.services.recording import MeetingRecord, Taken, record_meeting, start_minutes
from taskforce.services.resolutions import read_resolutions, take_over_resolution
from taskforce.services.seats import SeatChange, admit, change_category, end_membership
