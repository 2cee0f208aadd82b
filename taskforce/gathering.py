"""What waits for an organization in the Task Force: decisions addressed to it, meetings ahead."""

import datetime as dt

from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from taskforce.choices import FollowUp, MeetingState
from taskforce.models import Decision, Meeting, Organization, Seat
from untfsse.kit.pages.gathering import Source, awaits
from untfsse.kit.records.publication import Reader


@awaits(Organization)
def decisions_asked(organization: Organization, user: Reader, _today: dt.date) -> Source:
    """Say the decisions addressed to it of which nobody has said that they are done."""
    asked = Decision.objects.visible_to(user).unfinished().filter(addressees=organization)
    return Source(
        _("Decision"),
        Decision,
        asked.order_by("due_on_last", "-meeting__sort_on", "number"),
        title="text",
        day="due_on",
        word="follow_up",
        say=lambda word: FollowUp(word).label,
    )


@awaits(Organization)
def meetings_ahead(organization: Organization, user: Reader, today: dt.date) -> Source:
    """Say the coming sittings, if it holds a seat."""
    seats = Seat.objects.visible_to(user).held(on=today).filter(organization=organization)
    ahead = Meeting.objects.visible_to(user).sittings().upcoming(on=today)
    return Source(
        _("Meeting"),
        Meeting,
        ahead.filter(Exists(seats.order_by().values("pk"))),
        day="starts_on",
        word="state",
        say=lambda word: MeetingState(word).label,
    )
