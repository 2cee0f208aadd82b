"""What the thread passes of the action plan: from a decision to the provision, and back.

Each contribution asks for what a reader may see, in a number of queries that does not depend on
how much there is.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actionplan.choices import DocumentedState
from actionplan.models import ActionPlan, Activity, Deliverable, SubGroup
from actionplan.strands import (
    FORMED,
    Rows,
    activities_strand,
    activity_strands,
    all_activities_strand,
    decisions_strand,
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
from taskforce.threads import Place, here
from untfsse.kit.pages.thread import Strand, contributes
from untfsse.kit.records.dates import PartialDate, may_follow
from untfsse.kit.records.publication import Reader

# --- From above: a meeting, a decision -----------------------------------------------------


def follow(
    groups: Rows, activities: Q, user: Reader, since: PartialDate | None
) -> tuple[list[Activity], list[Strand]]:
    """Return what came of decisions: the activities, and all strands from the groups on.

    What was surely over before the day of the decision did not come of it.
    """
    rule = activities | Q(area__sub_groups__in=groups)
    may_come = ~Q(documented_state=DocumentedState.DONE) | may_follow(since, "documented_on")
    found = fetch_activities(linked(Activity, user, rule).filter(may_come), user)
    formed = groups_strand(groups, user, _("Sub-groups it formed"))
    if formed.links:
        label = _("Activities that its sub-groups carry, or that arise from it")
        return found, [formed, *activity_strands(found, user, since, label)]
    label = _("Activities that arise from it")
    return found, activity_strands(found, user, since, label) if found else []


def formed_by(decisions: Rows, user: Reader, since: PartialDate | None) -> Rows:
    """Return the sub-groups that decisions formed: none that surely was there before."""
    groups = SubGroup.objects.visible_to(user)
    return groups.filter(may_follow(since, "from_on"), established_by__in=decisions)


@contributes(Meeting)
def follow_meeting(meeting: Meeting, user: Reader) -> list[Strand]:
    """What a meeting adopted, formed and spoke of, and what came of its decisions."""
    decisions = Decision.objects.visible_to(user).filter(meeting=meeting)
    groups = formed_by(decisions, user, meeting.starts_on)
    arising = Q(arises_from__in=decisions)
    found, came = follow(groups, arising, user, meeting.starts_on)
    adopted = linked(ActionPlan, user, Q(adopted_at=meeting) | Q(adopted_by__in=decisions))
    plans = linked(ActionPlan, user, Q(agenda_items__meeting=meeting)).exclude(
        pk__in=adopted.order_by().values("pk")
    )
    activities = linked(Activity, user, Q(agenda_items__meeting=meeting))
    others = activities.exclude(pk__in=[activity.pk for activity in found])
    spoken = [
        plans_strand(adopted, _("Plan it adopted")),
        plans_strand(plans, _("Plan it spoke of")),
        activities_strand(fetch_activities(others, user), _("Activities it spoke of")),
    ]
    return [*(part for part in spoken if part.links), *came]


@contributes(Decision)
def follow_decision(decision: Decision, user: Reader) -> list[Strand]:
    """What came of a decision."""
    since = decision.meeting.starts_on
    groups = formed_by([decision], user, since)
    adopted = plans_strand(linked(ActionPlan, user, Q(adopted_by=decision)), _("Plan it adopted"))
    others = linked(ActionPlan, user, Q(sub_groups__in=groups)).exclude(adopted_by=decision)
    plans = [part for part in (adopted, plans_strand(others)) if part.links]
    _found, came = follow(groups, Q(arises_from=decision), user, since)
    return [*plans, *came]


# --- From within: a plan, a sub-group, an activity -----------------------------------------


@contributes(ActionPlan)
def follow_plan(plan: ActionPlan, user: Reader) -> list[Strand]:
    """Where a plan comes from, and what came of it."""
    groups = SubGroup.objects.visible_to(user).filter(plan=plan)
    decisions = Decision.objects.visible_to(user)
    adopted = decisions.filter(pk=plan.adopted_by_id)
    formed = decisions.filter(pk__in=groups.values("established_by"))
    activities = Activity.objects.visible_to(user).filter(plan=plan)
    count = activities.count()
    return [
        *origin(adopted, user, plan.agenda_items.values_list("pk", flat=True)),
        *decisions_strand(formed, FORMED),
        here(Place.PLAN, _("Action plan"), plan.title),
        groups_strand(groups, user, _("Its sub-groups"), _("No sub-group is recorded yet.")),
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
        *activity_strands(found, user, since_when(group)),
    ]


def since_when(group: SubGroup) -> PartialDate | None:
    """Return since when a group is there: its first day, else the day of its decision."""
    decision = None if group.from_on else group.established_by
    return decision.meeting.starts_on if decision else group.from_on


@contributes(Activity)
def follow_activity(activity: Activity, user: Reader) -> list[Strand]:
    """The decisions behind an activity, who carries it, what it brought forth and serves."""
    groups = SubGroup.objects.visible_to(user).filter(area=activity.area_id)
    groups = groups if activity.area_id else groups.none()
    decisions = Decision.objects.visible_to(user)
    behind = decisions.filter(pk=activity.arises_from_id)
    formed = decisions.filter(pk__in=groups.values("established_by"))
    plans = ActionPlan.objects.visible_to(user).filter(pk=activity.plan_id)
    deliverables = Deliverable.objects.visible_to(user).filter(activity=activity)
    return [
        *origin(behind, user, activity.agenda_items.values_list("pk", flat=True)),
        *decisions_strand(formed, _("Decisions that formed the sub-groups of its area")),
        plans_strand(plans),
        groups_strand(groups, user, _("Sub-groups of its area")),
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
    listed = ActionPlan.objects.visible_to(user).filter(instrument=instrument)
    itself = plans_strand(listed, _("The plan that is listed here"))
    own = [itself] if itself.links else []
    if not found:
        return own
    areas = {activity.area_id for activity in found} - {None}
    groups = SubGroup.objects.visible_to(user).filter(area__in=areas)
    arises_from = {activity.arises_from_id for activity in found} - {None}
    decisions = Decision.objects.visible_to(user).filter(
        Q(pk__in=arises_from) | Q(pk__in=groups.values("established_by"))
    )
    plans = ActionPlan.objects.visible_to(user).filter(pk__in={row.plan_id for row in found})
    deliverables = linked(Deliverable, user, Q(activity__in=found) | Q(pk__in=proof.values("pk")))
    return [
        *decisions_strand(decisions, _("Decisions behind the activities and their sub-groups")),
        *own,
        plans_strand(plans, _("Action plans that serve it")),
        groups_strand(groups, user, _("Sub-groups of the areas that serve it")),
        activities_strand(found, _("Activities that serve it")),
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
