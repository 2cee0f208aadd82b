"""What the thread passes of the action plan: from a decision to the provision, and back.

Each contribution asks for what a reader may see.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from actionplan.choices import DocumentedState
from actionplan.models import ActionPlan, Activity, Deliverable, SubGroup
from actionplan.strands import (
    FORMED,
    Results,
    Rows,
    activities_strand,
    activity_strands,
    all_activities_strand,
    decisions_strand,
    deliverables_strand,
    first_activities,
    first_deliverables,
    first_groups,
    first_of,
    groups_strand,
    items_behind,
    link_provision,
    linked,
    origin,
    plans_strand,
    results_of,
    taken,
)
from taskforce.models import Decision, Meeting, PolicyInstrument, Provision
from taskforce.threads import MOST, Place, found_strand, here
from untfsse.kit.pages.thread import Strand, Strands, contributes
from untfsse.kit.records.dates import PartialDate, may_follow
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.written import written

# --- From above: a meeting, a decision -----------------------------------------------------


def came_of(groups: Rows, activities: Q, user: Reader, since: PartialDate | None) -> Rows:
    """Return the activities that came of decisions, by a rule or by the sub-groups these formed.

    What was surely over before the day of the decision did not come of it.
    """
    may_come = ~Q(documented_state=DocumentedState.DONE) | may_follow(since, "documented_on")
    return linked(Activity, user, activities | Q(area__sub_groups__in=groups)).filter(may_come)


def follow(groups: Rows, came: Rows, user: Reader, since: PartialDate | None) -> Sequence[Rows]:
    """Ask for what came of decisions: sub-groups, activities, and their results."""
    found = first_activities(came, user)
    return first_groups(groups, user), found, *results_of(found.values("pk"), user, since)


def came_strands(groups: Rows, activities: Rows, results: Results) -> list[Strand]:
    """Return what came of decisions as strands, from the groups on."""
    formed = groups_strand(groups, _("Sub-groups it formed"))
    if formed.links:
        label = _("Activities that its sub-groups carry, or that arise from it")
        return [formed, *activity_strands(activities, results, label)]
    if not activities:
        return []
    return activity_strands(activities, results, _("Activities that arise from it"))


def formed_by(decisions: Any, user: Reader, since: PartialDate | None) -> Rows:
    """Return the sub-groups that decisions formed: none that surely was there before."""
    groups = SubGroup.objects.visible_to(user)
    return groups.filter(may_follow(since, "from_on"), established_by__in=decisions)


@written
def about_meeting(user: Reader, meeting: int, since: PartialDate | None) -> Sequence[Rows]:
    """Ask for what a meeting adopted and spoke of, and what came of its decisions."""
    decisions = Decision.objects.visible_to(user).filter(meeting=meeting)
    groups = formed_by(decisions, user, since)
    came = came_of(groups, Q(arises_from__in=decisions), user, since)
    adopted = linked(ActionPlan, user, Q(adopted_at=meeting) | Q(adopted_by__in=decisions))
    plans = linked(ActionPlan, user, Q(agenda_items__meeting=meeting)).exclude(
        pk__in=adopted.order_by().values("pk")
    )
    activities = linked(Activity, user, Q(agenda_items__meeting=meeting)).exclude(
        pk__in=came.order_by().values("pk")
    )
    spoken = first_of(adopted), first_of(plans), first_activities(activities, user)
    return *spoken, *follow(groups, came, user, since)


@contributes(Meeting)
def follow_meeting(meeting: Meeting, user: Reader) -> Strands:
    """What a meeting adopted, formed and spoke of, and what came of its decisions."""
    asked = about_meeting(user, meeting.pk, meeting.starts_on)
    adopted, plans, spoken_of, groups, activities, *results = yield asked
    spoken = [
        plans_strand(adopted, _("Plan it adopted")),
        plans_strand(plans, _("Plan it spoke of")),
        activities_strand(spoken_of, _("Activities it spoke of")),
    ]
    came = came_strands(groups, activities, Results(*results))
    return [*(part for part in spoken if part.links), *came]


@written
def about_decision(user: Reader, decision: int, since: PartialDate | None) -> Sequence[Rows]:
    """Ask for the plans of a decision, and what came of it."""
    groups = formed_by([decision], user, since)
    came = came_of(groups, Q(arises_from=decision), user, since)
    by_it = first_of(linked(ActionPlan, user, Q(adopted_by=decision)))
    others = linked(ActionPlan, user, Q(sub_groups__in=groups)).exclude(adopted_by=decision)
    return by_it, first_of(others), *follow(groups, came, user, since)


@contributes(Decision)
def follow_decision(decision: Decision, user: Reader) -> Strands:
    """What came of a decision."""
    asked = about_decision(user, decision.pk, decision.meeting.starts_on)
    by_it, others, groups, activities, *results = yield asked
    adopted = plans_strand(by_it, _("Plan it adopted"))
    plans = [part for part in (adopted, plans_strand(others)) if part.links]
    return [*plans, *came_strands(groups, activities, Results(*results))]


# --- From within: a plan, a sub-group, an activity -----------------------------------------


@written
def about_plan(user: Reader, plan: int, adopted_by: int | None) -> Sequence[Rows]:
    """Ask for where a plan comes from, and what came of it."""
    groups = SubGroup.objects.visible_to(user).filter(plan=plan)
    decisions = Decision.objects.visible_to(user)
    adopted = taken(decisions.filter(pk=adopted_by))
    items = items_behind(adopted, user, ActionPlan.objects.filter(pk=plan))
    formed = first_of(decisions.filter(pk__in=groups.values("established_by")))
    activities = Activity.objects.visible_to(user).filter(plan=plan).order_by()
    counted = activities.values("plan").annotate(count=Count("pk")).values_list("count", flat=True)
    results = results_of(activities.values("pk"), user)
    return adopted, items, formed, first_groups(groups, user), counted, *results


@contributes(ActionPlan)
def follow_plan(plan: ActionPlan, user: Reader) -> Strands:
    """Where a plan comes from, and what came of it."""
    asked = about_plan(user, plan.pk, plan.adopted_by_id)
    adopted, items, formed, groups, counted, *results = yield asked
    count = sum(counted)
    return [
        *origin(adopted, items),
        *decisions_strand(formed, FORMED),
        here(Place.PLAN, _("Action plan"), plan.title),
        groups_strand(groups, _("Its sub-groups"), _("No sub-group is recorded yet.")),
        all_activities_strand(count, plan.slug),
        *(Results(*results).strands() if count else []),
    ]


@written
def about_sub_group(
    user: Reader, formed_by: int | None, plan: int | None, area: int | None, since: Any
) -> Sequence[Rows]:
    """Ask for the decision behind a sub-group, and the activities of the area it carries."""
    decisions = taken(Decision.objects.visible_to(user).filter(pk=formed_by))
    plans = first_of(ActionPlan.objects.visible_to(user).filter(pk=plan))
    activities = Activity.objects.visible_to(user).filter(area=area)
    found = first_activities(activities if area else activities.none(), user)
    results = results_of(found.values("pk"), user, since)
    return decisions, items_behind(decisions, user), plans, found, *results


@contributes(SubGroup)
def follow_sub_group(group: SubGroup, user: Reader) -> Strands:
    """The decision behind a sub-group, and the activities of the area it carries."""
    places = group.established_by_id, group.plan_id, group.area_id
    asked = about_sub_group(user, *places, since_when(group))
    decisions, items, plans, found, *results = yield asked
    return [
        *origin(decisions, items),
        plans_strand(plans),
        here(Place.SUB_GROUP, _("The group"), group.name),
        *activity_strands(found, Results(*results)),
    ]


def since_when(group: SubGroup) -> PartialDate | None:
    """Return since when a group is there: its first day, else the day of its decision."""
    decision = None if group.from_on else group.established_by
    return decision.meeting.starts_on if decision else group.from_on


@written
def about_activity(
    user: Reader, activity: int, arises_from: int | None, plan: int, area: int | None
) -> Sequence[Rows]:
    """Ask for the decisions behind an activity, who carries it, and what came of it."""
    groups = SubGroup.objects.visible_to(user).filter(area=area)
    groups = groups if area else groups.none()
    decisions = Decision.objects.visible_to(user)
    behind = taken(decisions.filter(pk=arises_from))
    items = items_behind(behind, user, Activity.objects.filter(pk=activity))
    formed = first_of(decisions.filter(pk__in=groups.values("established_by")))
    plans = first_of(ActionPlan.objects.visible_to(user).filter(pk=plan))
    results = results_of([activity], user)
    return behind, items, formed, plans, first_groups(groups, user), *results


@contributes(Activity)
def follow_activity(activity: Activity, user: Reader) -> Strands:
    """The decisions behind an activity, who carries it, what it brought forth and serves."""
    places = activity.arises_from_id, activity.plan_id, activity.area_id
    asked = about_activity(user, activity.pk, *places)
    behind, items, formed, plans, groups, *results = yield asked
    return [
        *origin(behind, items),
        *decisions_strand(formed, _("Decisions that formed the sub-groups of its area")),
        plans_strand(plans),
        groups_strand(groups, _("Sub-groups of its area")),
        here(Place.ACTIVITY, _("The activity"), activity.title),
        *Results(*results).strands(),
    ]


# --- From the end: an instrument -----------------------------------------------------------


@written
def about_instrument(user: Reader, instrument: int) -> Sequence[Rows]:
    """Ask for what serves an instrument or its provisions, and the decisions behind that."""
    proof = Deliverable.objects.visible_to(user).filter(evidence__instrument=instrument)
    rule = Q(instruments=instrument) | Q(provisions__instrument=instrument)
    rule |= Q(pk__in=proof.values("activity"))
    found = first_activities(linked(Activity, user, rule), user)
    ids = found.values("pk")
    groups = SubGroup.objects.visible_to(user).filter(area__in=found.values("area"))
    # Their keys together: for either of two rules PostgreSQL goes through all decisions.
    formed = groups.order_by().values("established_by")
    behind = found.values("arises_from").union(formed, all=True)
    brought = linked(Deliverable, user, Q(activity__in=ids) | Q(pk__in=proof.values("pk")))
    plans = ActionPlan.objects.visible_to(user)
    return (
        found,
        first_of(plans.filter(instrument=instrument)),
        first_of(Decision.objects.visible_to(user).filter(pk__in=behind)),
        first_of(plans.filter(pk__in=found.values("plan"))),
        first_groups(groups, user),
        first_deliverables(brought),
        served_provisions(instrument, ids, user),
    )


@contributes(PolicyInstrument)
def follow_instrument(instrument: PolicyInstrument, user: Reader) -> Strands:
    """What serves an instrument or its provisions, and the decisions that this goes back to."""
    asked = about_instrument(user, instrument.pk)
    found, listed, decisions, plans, groups, deliverables, provisions = yield asked
    itself = plans_strand(listed, _("The plan that is listed here"))
    own = [itself] if itself.links else []
    if not found:
        return own
    return [
        *decisions_strand(decisions, _("Decisions behind the activities and their sub-groups")),
        *own,
        plans_strand(plans, _("Action plans that serve it")),
        groups_strand(groups, _("Sub-groups of the areas that serve it")),
        activities_strand(found, _("Activities that serve it")),
        deliverables_strand(deliverables),
        *found_strand(Place.PROVISION, _("Provisions served"), provisions, link_provision),
    ]


def served_provisions(instrument: int, activities: Rows, user: Reader) -> Rows:
    """Return the provisions of one instrument that activities, given by their ids, serve."""
    serving = Activity.objects.filter(pk__in=activities)
    provisions = Provision.objects.visible_to(user).filter(
        instrument=instrument, pk__in=serving.values("provisions")
    )
    return provisions.select_related("instrument").order_by("position")[: MOST + 1]
