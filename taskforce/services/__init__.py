"""The verbs of the Task Force, one file a noun family."""

from taskforce.services.decisions import (
    mark_follow_up,
    propose_number,
    supersede,
    take_decision,
)
from taskforce.services.meetings import (
    Answer,
    NextMeeting,
    Totals,
    attendance_totals,
    carried_over_count,
    carried_over_counts,
    invite_seated,
    move_item,
    next_in_series,
    prepare_meeting,
    propose_agenda,
    record_attendance,
    unfinished_items,
)
from taskforce.services.minutes import (
    add_corrigendum,
    approve_minutes,
    circulate_minutes,
    compose_minutes,
    edit_minutes,
)
from taskforce.services.seats import SeatChange, admit, change_category, withdraw

__all__ = [
    "Answer",
    "NextMeeting",
    "SeatChange",
    "Totals",
    "add_corrigendum",
    "admit",
    "approve_minutes",
    "attendance_totals",
    "carried_over_count",
    "carried_over_counts",
    "change_category",
    "circulate_minutes",
    "compose_minutes",
    "edit_minutes",
    "invite_seated",
    "mark_follow_up",
    "move_item",
    "next_in_series",
    "prepare_meeting",
    "propose_agenda",
    "propose_number",
    "record_attendance",
    "supersede",
    "take_decision",
    "unfinished_items",
    "withdraw",
]
