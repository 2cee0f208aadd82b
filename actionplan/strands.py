"""Strands: how records of the action plan, and what they hang on, stand on the thread."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from actionplan.models import ActionPlan, Activity, Deliverable, SubGroup
from actionplan.reporting import standing_of
from taskforce.models import AgendaItem, Meeting, PolicyInstrument, Provision
from taskforce.threads import (
    MOST,
    Place,
    link_decision,
    link_instrument,
    link_item_elsewhere,
)
from untfsse.kit.pages.thread import Link, Strand
from untfsse.kit.records.dates import PartialDate, may_follow, period
from untfsse.kit.records.publication import Reader

type Rows = Any  # querysets, whose questions mypy cannot see

SPOKEN = _("A meeting spoke of it")
DECIDED = _("The decision behind it")
NO_DECISION = _("Which decision it goes back to is not recorded.")
PLAN = _("Action plan")
ACTIVITIES = _("Activities")
FORMED = _("Decisions that formed its sub-groups")
NO_GROUP = _("No sub-group is recorded for it.")
NO_ACTIVITY = _("No activity is recorded yet.")
NO_DELIVERABLE = _("No deliverable is recorded yet.")
NO_PROVISION = _("Which provisions it serves is not recorded.")


# --- Links ---------------------------------------------------------------------------------


def link_meeting(meeting: Meeting) -> Link:
    """Return a meeting with its day."""
    note = period(meeting.starts_on, meeting.ends_on)
    return Link(meeting.title, meeting.get_absolute_url(), note=note)


def link_plan(plan: ActionPlan) -> Link:
    """Return a plan with its state."""
    return Link(
        plan.title,
        plan.get_absolute_url(),
        state=plan.state,
        state_label=plan.told_state(on=timezone.localdate()),
    )


def link_group(group: SubGroup) -> Link:
    """Return a sub-group with its area."""
    return Link(group.name, group.get_absolute_url(), note=group.area.title if group.area else "")


def link_activity(activity: Activity, day: dt.date, *, note: str = "") -> Link:
    """Return an activity with what was last reported of it, and what public sources say."""
    standing = standing_of(activity, on=day)
    return Link(
        activity.title,
        activity.get_absolute_url(),
        note=format_lazy("{} · {}", note, standing.public)
        if note and standing.public
        else note or standing.public,
        state=standing.state,
        state_label=standing.in_words,
    )


def link_deliverable(deliverable: Deliverable) -> Link:
    """Return a deliverable with the day of its delivery."""
    delivered = deliverable.delivered_on
    return Link(
        deliverable.title,
        f"{deliverable.activity.get_absolute_url()}#deliverables",
        state="delivered" if delivered else "",
        state_label=format_lazy(_("Delivered {date}"), date=delivered.text) if delivered else "",
    )


def link_provision(provision: Provision) -> Link:
    """Return a provision with its instrument."""
    number = f"{provision.get_kind_display()} {provision.number}".strip()
    return Link(provision.label, provision.get_absolute_url(), f"{provision.instrument}: {number}")


# --- Strands -------------------------------------------------------------------------------


def strand(
    place: Place,
    label: Any,
    rows: Iterable[Any],
    link: Callable[[Any], Link],
    missing: Any = "",
    more: str = "",
) -> Strand:
    """Return a strand with a link for each row; of too many, the first and where the others are."""
    links = [link(row) for row in rows]
    if len(links) > MOST:
        links = [*links[:MOST], Link(gettext("And more"), more)]
    return Strand(place, label, links, missing=missing)


def origin(decisions: Rows, user: Reader, items: Any = ()) -> list[Strand]:
    """Return decisions and the agenda items under which they were taken, or others named."""
    taken = list(decisions.select_related("meeting").order_by("meeting__sort_on", "number")[:MOST])
    under = {decision.agenda_item_id for decision in taken} | set(items)
    seen = AgendaItem.objects.visible_to(user).filter(pk__in=under - {None})
    found = seen.select_related("meeting", "parent").order_by("meeting__sort_on", "number")
    alone = [decision.meeting for decision in taken if decision.agenda_item_id is None]
    links = [link_item_elsewhere(item) for item in found[:MOST]]
    links += [link_meeting(meeting) for meeting in dict.fromkeys(alone)]
    spoken = [Strand(Place.AGENDA_ITEM, SPOKEN, links)] if links else []
    return [*spoken, strand(Place.DECISION, DECIDED, taken, link_decision, NO_DECISION)]


def decisions_strand(decisions: Rows, label: Any) -> list[Strand]:
    """Return decisions to which only a step between leads; nothing when there are none."""
    found = strand(Place.DECISION, label, decisions.for_list()[: MOST + 1], link_decision)
    return [found] if found.links else []


def plans_strand(plans: Rows, label: Any = PLAN) -> Strand:
    """Return plans."""
    return strand(Place.PLAN, label, plans.for_list()[: MOST + 1], link_plan)


def groups_strand(groups: Rows, user: Reader, label: Any, missing: Any = NO_GROUP) -> Strand:
    """Return sub-groups with their areas."""
    rows = list(groups.for_list().for_page(user)[: MOST + 1])
    return strand(Place.SUB_GROUP, label, rows, link_group, missing)


def linked(noun: type[Model], user: Reader, rule: Q) -> Rows:
    """Return the records that a rule ties to something, each once, as far as they are seen.

    Each side of an "or" is asked for alone, so that PostgreSQL finds each by its own index.
    """
    rows: Any = noun._default_manager
    sides = rule.children if rule.connector == Q.OR else [rule]
    first, *others = (rows.filter(Q(side)).order_by().values("pk") for side in sides)
    return rows.visible_to(user).filter(pk__in=first.union(*others) if others else first)


def fetch_activities(activities: Rows, user: Reader) -> list[Activity]:
    """Return activities with their areas and latest reports."""
    return list(activities.for_list(user).for_page(user)[: MOST + 1])


def activities_strand(activities: list[Activity], label: Any = ACTIVITIES) -> Strand:
    """Return activities with what was last reported, and their areas where these differ."""
    day = timezone.localdate()
    plan = activities[0].plan.slug if activities else ""
    is_told = len({activity.area_id for activity in activities}) > 1
    return strand(
        Place.ACTIVITY,
        label,
        activities,
        lambda activity: link_activity(
            activity, day, note=activity.area.title if is_told and activity.area else ""
        ),
        NO_ACTIVITY,
        reverse("actionplan:activity_list", query={"plan": plan}),
    )


def all_activities_strand(count: int, plan: str) -> Strand:
    """Return one link to all activities of a plan, by its slug."""
    url = reverse("actionplan:activity_list", query={"plan": plan})
    words = ngettext("%(count)s activity", "%(count)s activities", count) % {"count": count}
    links = [Link(words, url)] if count else []
    return Strand(Place.ACTIVITY, ACTIVITIES, links, missing=NO_ACTIVITY)


def deliverables_strand(deliverables: Rows) -> Strand:
    """Return deliverables."""
    rows = list(deliverables.select_related("activity").order_by("due_on", "id")[: MOST + 1])
    label = _("Deliverables")
    return strand(Place.DELIVERABLE, label, rows, link_deliverable, NO_DELIVERABLE)


def served(ids: Any, user: Reader) -> list[Strand]:
    """Return the provisions that activities serve, and the instruments they belong to."""
    links = Activity.objects.filter(pk__in=ids)
    provisions = list(
        Provision.objects.visible_to(user)
        .filter(pk__in=links.values("provisions"))
        .select_related("instrument")
        .order_by("instrument__short_title", "position")[: MOST + 1]
    )
    instruments = list(
        PolicyInstrument.objects.visible_to(user)
        .filter(
            Q(pk__in=links.values("instruments"))
            | Q(pk__in={provision.instrument_id for provision in provisions})
        )
        .for_list()[: MOST + 1]
    )
    label = _("Provisions served")
    strands = [strand(Place.PROVISION, label, provisions, link_provision, NO_PROVISION)]
    if instruments:
        strands = strands if provisions else []
        label = _("Instruments served")
        strands.append(strand(Place.INSTRUMENT, label, instruments, link_instrument))
    return strands


def result_strands(ids: Any, user: Reader, since: PartialDate | None = None) -> list[Strand]:
    """Return what activities, given by their ids, brought forth from a day on, and serve."""
    deliverables = Deliverable.objects.visible_to(user).filter(
        may_follow(since, "delivered_on"), activity__in=ids
    )
    return [deliverables_strand(deliverables), *served(ids, user)]


def activity_strands(
    activities: list[Activity], user: Reader, since: PartialDate | None, label: Any = ACTIVITIES
) -> list[Strand]:
    """Return activities, what they brought forth from a day on, and what they serve."""
    ids = [activity.pk for activity in activities]
    return [
        activities_strand(activities, label),
        *(result_strands(ids, user, since) if ids else []),
    ]
