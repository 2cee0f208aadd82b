"""What the thread passes of the action plan: from a decision to the provision, and back.

Each contribution asks for what a reader may see, in a number of queries that does not depend on
how much there is.
"""

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actionplan.models import ActionPlan, Activity, Deliverable, SubGroup
from actionplan.strands import (
    DECIDED,
    Rows,
    activities_strand,
    activity_strands,
    all_activities_strand,
    deliverables_strand,
    fetch_activities,
    groups_strand,
    link_provision,
    linked,
    origin,
    plans_strand,
    result_strands,
    served,
    strand,
)
from taskforce.models import Decision, Meeting, PolicyInstrument, Provision
from taskforce.threads import MOST, Place, here, link_decision
from untfsse.kit.pages.thread import Strand, contributes
from untfsse.kit.records.publication import Reader

# --- From above: a meeting, a decision -----------------------------------------------------


def follow(plans: Rows, groups: Rows, activities: Q, user: Reader) -> list[Strand]:
    """Return what came of a meeting or a decision; nothing when nothing of the plan did."""
    found = fetch_activities(
        linked(Activity, user, activities | Q(area__sub_groups__in=groups)), user
    )
    head = [plans_strand(plans), groups_strand(groups, user)]
    head = [part for part in head if part.links]
    strands = [*head, *activity_strands(found, user)] if head or found else []
    return [tell_served(part) if part.place == Place.INSTRUMENT else part for part in strands]


def tell_served(instruments: Strand) -> Strand:
    """Say of each instrument why it is here: the page lists others that were spoken of."""
    note = _("served by the activities")
    return replace(instruments, links=[replace(link, note=note) for link in instruments.links])


@contributes(Meeting)
def follow_meeting(meeting: Meeting, user: Reader) -> list[Strand]:
    """What came of a meeting: plans, sub-groups, and the activities of the areas they carry."""
    decisions = Decision.objects.visible_to(user).filter(meeting=meeting)
    about = Q(agenda_items__meeting=meeting)
    groups = SubGroup.objects.visible_to(user).filter(established_by__in=decisions)
    adopted = Q(adopted_at=meeting) | Q(adopted_by__in=decisions)
    plans = linked(ActionPlan, user, about | adopted)
    return follow(plans, groups, about | Q(arises_from__in=decisions), user)


@contributes(Decision)
def follow_decision(decision: Decision, user: Reader) -> list[Strand]:
    """What came of a decision."""
    groups = SubGroup.objects.visible_to(user).filter(established_by=decision)
    plans = linked(ActionPlan, user, Q(adopted_by=decision) | Q(sub_groups__in=groups))
    return follow(plans, groups, Q(arises_from=decision), user)


# --- From within: a plan, a sub-group, an activity -----------------------------------------


@contributes(ActionPlan)
def follow_plan(plan: ActionPlan, user: Reader) -> list[Strand]:
    """Where a plan comes from, and what came of it."""
    groups = SubGroup.objects.visible_to(user).filter(plan=plan)
    decisions = Decision.objects.visible_to(user).filter(
        Q(pk=plan.adopted_by_id) | Q(pk__in=groups.values("established_by"))
    )
    activities = Activity.objects.visible_to(user).filter(plan=plan)
    count = activities.count()
    return [
        *origin(decisions, user, plan.agenda_items.values_list("pk", flat=True)),
        here(Place.PLAN, _("Action plan"), plan.title),
        groups_strand(groups, user, _("No sub-group is recorded yet.")),
        all_activities_strand(count, plan.slug),
        *(result_strands(activities.values("pk"), user) if count else []),
    ]


@contributes(SubGroup)
def follow_sub_group(group: SubGroup, user: Reader) -> list[Strand]:
    """The decision behind a sub-group, and the activities of the area it carries."""
    decisions = Decision.objects.visible_to(user).filter(pk=group.established_by_id)
    plans = ActionPlan.objects.visible_to(user).filter(pk=group.plan_id)
    activities = Activity.objects.visible_to(user).filter(area=group.area_id)
    found = fetch_activities(activities, user) if group.area_id else []
    return [
        *origin(decisions, user),
        plans_strand(plans),
        here(Place.SUB_GROUP, _("The group"), group.name),
        *activity_strands(found, user),
    ]


@contributes(Activity)
def follow_activity(activity: Activity, user: Reader) -> list[Strand]:
    """The decisions behind an activity, who carries it, what it brought forth and serves."""
    groups = SubGroup.objects.visible_to(user).filter(area=activity.area_id)
    groups = groups if activity.area_id else groups.none()
    decisions = Decision.objects.visible_to(user).filter(
        Q(pk=activity.arises_from_id) | Q(pk__in=groups.values("established_by"))
    )
    plans = ActionPlan.objects.visible_to(user).filter(pk=activity.plan_id)
    deliverables = Deliverable.objects.visible_to(user).filter(activity=activity)
    return [
        *origin(decisions, user, activity.agenda_items.values_list("pk", flat=True)),
        plans_strand(plans),
        groups_strand(groups, user),
        here(Place.ACTIVITY, _("The activity"), activity.title),
        deliverables_strand(deliverables),
        *served([activity.pk], user),
    ]


# --- From the end: an instrument -----------------------------------------------------------


@contributes(PolicyInstrument)
def follow_instrument(instrument: PolicyInstrument, user: Reader) -> list[Strand]:
    """What serves an instrument or its provisions, and the decisions that this goes back to."""
    proof = Deliverable.objects.visible_to(user).filter(evidence__instrument=instrument)
    rule = Q(instruments=instrument) | Q(provisions__instrument=instrument)
    rule |= Q(pk__in=proof.values("activity"))
    found = fetch_activities(linked(Activity, user, rule), user)
    if not found:
        return []
    areas = {activity.area_id for activity in found} - {None}
    groups = SubGroup.objects.visible_to(user).filter(area__in=areas)
    arises_from = {activity.arises_from_id for activity in found} - {None}
    decisions = Decision.objects.visible_to(user).filter(
        Q(pk__in=arises_from) | Q(pk__in=groups.values("established_by"))
    )
    plans = {activity.plan_id for activity in found}
    deliverables = linked(Deliverable, user, Q(activity__in=found) | Q(pk__in=proof.values("pk")))
    behind = strand(Place.DECISION, DECIDED, decisions.for_list()[: MOST + 1], link_decision)
    return [
        *([behind] if behind.links else []),
        plans_strand(ActionPlan.objects.visible_to(user).filter(pk__in=plans)),
        groups_strand(groups, user),
        activities_strand(found),
        deliverables_strand(deliverables),
        *served_provisions(instrument, found, user),
    ]


def served_provisions(
    instrument: PolicyInstrument, activities: list[Activity], user: Reader
) -> list[Strand]:
    """Return the provisions of one instrument that activities serve."""
    serving = Activity.objects.filter(pk__in=[activity.pk for activity in activities])
    provisions = Provision.objects.visible_to(user).filter(
        instrument=instrument, pk__in=serving.values("provisions")
    )
    rows = list(provisions.select_related("instrument").order_by("position"))
    found = strand(Place.PROVISION, _("Provisions served"), rows, link_provision)
    return [found] if rows else []
