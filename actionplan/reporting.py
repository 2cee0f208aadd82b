"""Reporting: what is known of an activity's progress, and since when nobody has said more."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from actionplan.choices import FINAL, NO_REPORT, REPORTED_STATES, DocumentedState
from untfsse.kit.pages.on_record import QUIET_DAYS


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of an activity as it was last reported; no report is a state of its own.

    What public sources say (`public`) is no second state: it stands beside with its own words.
    """

    state: str
    label: Any
    quiet: Any = ""
    public: Any = ""

    @property
    def in_words(self) -> Any:
        """The state, and since when nothing was reported."""
        return format_lazy("{}, {}", self.label, self.quiet) if self.quiet else self.label

    @property
    def told(self) -> str:
        """All that is known, in sentences."""
        return " ".join(f"{part}." for part in (self.in_words, self.public) if part)


def standing_of(activity: Any, *, on: dt.date) -> Standing:
    """Return where an activity stands on a day; it must come `with_latest_report()`."""
    state: str = activity.reported_state
    quiet: Any = ""
    is_final = state in (NO_REPORT, *FINAL)
    if not is_final and (on - activity.reported_on).days > QUIET_DAYS:
        month = date_format(activity.reported_on, "F Y")
        quiet = format_lazy(_("not reported since {month}"), month=month)
    return Standing(state, dict(REPORTED_STATES)[state], quiet, public_word(activity))


PUBLIC = {
    DocumentedState.ONGOING: (
        _("Public sources: under way"),
        _("Public sources: under way, {date}"),
    ),
    DocumentedState.DONE: (_("Public sources: done"), _("Public sources: done, {date}")),
}


def public_word(activity: Any) -> Any:
    """Return what public sources say of an activity, in words; "" when they say nothing."""
    if activity.documented_state == DocumentedState.UNKNOWN:
        return ""
    bare, dated = PUBLIC[DocumentedState(activity.documented_state)]
    if activity.documented_on is None:
        return bare
    return format_lazy(dated, date=activity.documented_on.text)


def with_standing(activities: Iterable[Any], *, on: dt.date) -> list[Any]:
    """Return activities that carry `standing` for their pages."""
    rows = list(activities)
    for activity in rows:
        activity.standing = standing_of(activity, on=on)
    return rows
