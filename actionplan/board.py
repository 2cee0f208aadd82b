"""The board of a plan: of each activity who leads it, what is due and what was delivered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from actionplan.choices import SupportRole

MOST_OPEN = 3


@dataclass(frozen=True, slots=True)
class Note:
    """What the board says under the title of an activity; "" where nothing is known."""

    leads: list[Any]
    due: str
    deliveries: str
    still_open: str


def with_notes(activities: Iterable[Any]) -> None:
    """Let activities carry `board`; they must come `for_board()`."""
    for activity in activities:
        carriers, deliverables = activity.organizations.all(), activity.deliverables.all()
        activity.board = Note(
            [each.organization for each in carriers if each.role == SupportRole.LEAD],
            due_words(activity),
            delivery_words(deliverables),
            open_words([each for each in deliverables if each.delivered_on is None]),
        )


def due_words(activity: Any) -> str:
    """Return when an activity is due, and when it was first due where that differs."""
    first, now = activity.baseline_due_on, activity.due_on
    if first and now and first != now:
        return _("Due %(now)s, first due %(first)s") % {"now": now.text, "first": first.text}
    day = now or first
    return _("Due %(day)s") % {"day": day.text} if day else ""


def delivery_words(deliverables: Any) -> str:
    """Return how many of the deliverables were delivered, and when the last one was."""
    if not deliverables:
        return ""
    days = [each.delivered_on for each in deliverables if each.delivered_on]
    counts = {"done": len(days), "all": len(deliverables)}
    if not days:
        return _("%(done)d of %(all)d delivered") % counts
    latest = max(days, key=lambda day: day.last)
    return _("%(done)d of %(all)d delivered, last %(day)s") % {**counts, "day": latest.text}


def open_words(deliverables: list[Any]) -> str:
    """Return what is still to be delivered, with the day where one is due."""
    words = [
        _("%(title)s (due %(day)s)") % {"title": each.title, "day": each.due_on.text}
        if each.due_on
        else each.title
        for each in deliverables[:MOST_OPEN]
    ]
    more = len(deliverables) - len(words)
    return ", ".join([*words, *([_("%(number)d more") % {"number": more}] if more else [])])
