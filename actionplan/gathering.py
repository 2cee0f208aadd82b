"""What waits for an organization in the action plans, and what it takes part in."""

import datetime as dt
from typing import Any

from django.db.models import DateField, OuterRef, Subquery, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from actionplan.choices import FINAL, NO_REPORT, PlanState, SupportRole
from actionplan.models import (
    Activity,
    ActivityOrganization,
    Commitment,
    Deliverable,
    SubGroup,
    SubGroupSeat,
)
from taskforce.models import Organization
from untfsse.kit.pages.gathering import Source, awaits, takes_part
from untfsse.kit.pages.on_record import QUIET_DAYS
from untfsse.kit.records.publication import Reader

NOBODY_REPORTED = _("nobody has reported yet")
QUIET = _("not reported for half a year")


def led_by(organization: int, user: Reader) -> Any:
    """Return the activities of current plans that an organization leads."""
    leads = ActivityOrganization.objects.visible_to(user).filter(
        organization=organization, role=SupportRole.LEAD
    )
    return Activity.objects.visible_to(user).filter(
        plan__state=PlanState.CURRENT, pk__in=leads.values("activity")
    )


@awaits(Organization)
def reports_due(organization: int, user: Reader, today: dt.date) -> Source:
    """Say its activities of which nobody has reported lately."""
    since = Cast(Value(today), DateField()) - Value(dt.timedelta(days=QUIET_DAYS))
    quiet = led_by(organization, user).not_reported_since(since)
    unfinished = quiet.with_latest_report(user).exclude(reported_state__in=FINAL)
    return Source(
        _("Report"),
        Activity,
        unfinished.order_by("code", "id"),
        word="reported_state",
        say=lambda word: NOBODY_REPORTED if word == NO_REPORT else QUIET,
    )


@awaits(Organization)
def deliveries_due(organization: int, user: Reader, _today: dt.date) -> Source:
    """Say what its activities are to bring forth and have not, with the day it is due."""
    due = Deliverable.objects.visible_to(user).filter(
        activity__in=led_by(organization, user), delivered_on=None, due_on__isnull=False
    )
    return Source(
        _("Delivery"),
        Activity,
        due.order_by("due_on_last", "id"),
        slug="activity__slug",
        day="due_on",
    )


@takes_part(Organization)
def sub_groups(organization: int, user: Reader, until: dt.date | None) -> Source:
    """Say the sub-groups it sits in, or sat in."""
    seats = SubGroupSeat.objects.visible_to(user).filter(organization=organization)
    if until:
        seats = seats.exclude(from_on_first__gt=until)
    groups = SubGroup.objects.visible_to(user).filter(pk__in=seats.values("sub_group"))
    return Source(_("Sub-groups"), SubGroup, groups.order_by("-from_on_first", "id"), title="name")


@takes_part(Organization)
def activities(organization: int, user: Reader, until: dt.date | None) -> Source:
    """Say the activities it leads, supports or funds, those of the latest plan first."""
    carries = ActivityOrganization.objects.visible_to(user).filter(organization=organization)
    found = Activity.objects.visible_to(user).filter(pk__in=carries.values("activity"))
    if until:
        found = found.exclude(plan__starts_on_first__gt=until)
    role = carries.filter(activity=OuterRef("pk")).values("role")[:1]
    return Source(
        _("Activities"),
        Activity,
        found.annotate(role=Subquery(role)).order_by("-plan__sort_on", "code", "id"),
        word="role",
        say=lambda word: SupportRole(word).label,
    )


@takes_part(Organization)
def commitments(organization: int, user: Reader, until: dt.date | None) -> Source:
    """Say the commitments that name it, the latest first."""
    made = Commitment.objects.visible_to(user).filter(organizations=organization)
    if until:
        made = made.filter(sort_on__lte=until)
    return Source(
        _("Commitments"),
        Commitment,
        made.order_by("-sort_on", "-id"),
        word="made_by",
        day="made_on",
    )
