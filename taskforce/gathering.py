"""What waits for an organization in the Task Force, and what it takes part in."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from taskforce.choices import (
    FollowUp,
    MeetingState,
    OrganizationKind,
    PartnerRole,
    PartyRole,
)
from taskforce.models import (
    AgendaItem,
    Decision,
    InstrumentParty,
    Meeting,
    MeetingPartner,
    Organization,
    PolicyInstrument,
    Seat,
)
from untfsse.kit.pages.gathering import Source, awaits, takes_part
from untfsse.kit.records.publication import Reader


@awaits(Organization)
def decisions_asked(organization: int, user: Reader, _today: dt.date) -> Source:
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
def meetings_ahead(organization: int, user: Reader, today: dt.date) -> Source:
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


@takes_part(Organization)
def texts(organization: int, user: Reader, until: dt.date | None) -> Source:
    """Say the texts in which it has a part: a government also by the name of its country."""
    own = Organization.objects.visible_to(user).filter(pk=organization)
    government = own.filter(kind=OrganizationKind.GOVERNMENT).exclude(country="")
    country = Subquery(government.order_by().values("country")[:1])
    parts = InstrumentParty.objects.visible_to(user).filter(
        Q(organization=organization) | Q(under=organization) | Q(country=country)
    )
    found = PolicyInstrument.objects.visible_to(user).filter(pk__in=parts.values("instrument"))
    if until:
        found = found.filter(sort_on__lte=until)
    role = parts.filter(instrument=OuterRef("pk")).order_by("role").values("role")[:1]
    return Source(
        _("Texts in which it has a part"),
        PolicyInstrument,
        found.annotate(role=Subquery(role)).order_by("-sort_on", "-id"),
        title="short_title",
        day="adopted_on",
        word="role",
        say=lambda word: PartyRole(word).label,
    )


@takes_part(Organization)
def meetings_called(organization: int, user: Reader, until: dt.date | None) -> Source:
    """Say the meetings that it, or a unit of it, organized or was a partner in."""
    rows = MeetingPartner.objects.visible_to(user).filter(
        Q(organization=organization) | Q(organization__parent=organization)
    )
    found = Meeting.objects.visible_to(user).filter(pk__in=rows.values("meeting"))
    if until:
        found = found.filter(sort_on__lte=until)
    role = rows.filter(meeting=OuterRef("pk")).order_by("role").values("role")[:1]
    return Source(
        _("Meetings it called or was a partner in"),
        Meeting,
        found.annotate(role=Subquery(role)).order_by("-sort_on", "-id"),
        day="starts_on",
        word="role",
        say=lambda word: PartnerRole(word).label,
    )


@takes_part(Organization)
def items_presented(organization: int, user: Reader, until: dt.date | None) -> Source:
    """Say the agenda items that it presented, each with its meeting."""
    items = AgendaItem.objects.visible_to(user).filter(presenters=organization)
    if until:
        items = items.filter(meeting__sort_on__lte=until)
    return Source(
        _("Presented"),
        Meeting,
        items.order_by("-meeting__sort_on", "-meeting_id", "number"),
        slug="meeting__slug",
        day="meeting__starts_on",
        word="meeting__title",
    )
