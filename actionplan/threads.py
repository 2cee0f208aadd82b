"""What the thread passes of the action plan: from a decision to the provision, and back.

Each contribution asks for what a reader may see.
"""

from collections.abc import Sequence
from typing import NamedTuple

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

# --- From above: a meeting, a decision -----------------------------------------------------


class Following(NamedTuple):
    """What came of decisions: sub-groups, activities, results; questions until they are asked."""

    groups: Rows
    activities: Rows
    results: Results

    def questions(self) -> Sequence[Rows]:
        """Return what is to be asked."""
        return [self.groups, self.activities, *self.results]

    def strands(self) -> list[Strand]:
        """Return the strands from the groups on."""
        formed = groups_strand(self.groups, _("Sub-groups it formed"))
        if formed.links:
            label = _("Activities that its sub-groups carry, or that arise from it")
            return [formed, *activity_strands(self.activities, self.results, label)]
        if not self.activities:
            return []
        return activity_strands(self.activities, self.results, _("Activities that arise from it"))


def follow(groups: Rows, activities: Q, user: Reader, since: PartialDate | None) -> Following:
    """Return what came of decisions.

    What was surely over before the day of the decision did not come of it.
    """
    rule = activities | Q(area__sub_groups__in=groups)
    may_come = ~Q(documented_state=DocumentedState.DONE) | may_follow(since, "documented_on")
    found = first_activities(linked(Activity, user, rule).filter(may_come), user)
    results = results_of(found.values("pk"), user, since)
    return Following(first_groups(groups, user), found, results)


def formed_by(decisions: Rows, user: Reader, since: PartialDate | None) -> Rows:
    """Return the sub-groups that decisions formed: none that surely was there before."""
    groups = SubGroup.objects.visible_to(user)
    return groups.filter(may_follow(since, "from_on"), established_by__in=decisions)


@contributes(Meeting)
def follow_meeting(meeting: Meeting, user: Reader) -> Strands:
    """What a meeting adopted, formed and spoke of, and what came of its decisions."""
    decisions = Decision.objects.visible_to(user).filter(meeting=meeting)
    groups = formed_by(decisions, user, meeting.starts_on)
    came = follow(groups, Q(arises_from__in=decisions), user, meeting.starts_on)
    adopted = linked(ActionPlan, user, Q(adopted_at=meeting) | Q(adopted_by__in=decisions))
    plans = linked(ActionPlan, user, Q(agenda_items__meeting=meeting)).exclude(
        pk__in=adopted.order_by().values("pk")
    )
    activities = linked(Activity, user, Q(agenda_items__meeting=meeting))
    others = first_activities(activities.exclude(pk__in=came.activities.values("pk")), user)
    adopted, plans = first_of(adopted), first_of(plans)
    yield [*came.questions(), adopted, plans, others]
    spoken = [
        plans_strand(adopted, _("Plan it adopted")),
        plans_strand(plans, _("Plan it spoke of")),
        activities_strand(others, _("Activities it spoke of")),
    ]
    return [*(part for part in spoken if part.links), *came.strands()]


@contributes(Decision)
def follow_decision(decision: Decision, user: Reader) -> Strands:
    """What came of a decision."""
    since = decision.meeting.starts_on
    groups = formed_by([decision], user, since)
    came = follow(groups, Q(arises_from=decision), user, since)
    by_it = first_of(linked(ActionPlan, user, Q(adopted_by=decision)))
    others = linked(ActionPlan, user, Q(sub_groups__in=groups)).exclude(adopted_by=decision)
    others = first_of(others)
    yield [*came.questions(), by_it, others]
    adopted = plans_strand(by_it, _("Plan it adopted"))
    plans = [part for part in (adopted, plans_strand(others)) if part.links]
    return [*plans, *came.strands()]


# --- From within: a plan, a sub-group, an activity -----------------------------------------


@contributes(ActionPlan)
def follow_plan(plan: ActionPlan, user: Reader) -> Strands:
    """Where a plan comes from, and what came of it."""
    groups = SubGroup.objects.visible_to(user).filter(plan=plan)
    decisions = Decision.objects.visible_to(user)
    adopted = taken(decisions.filter(pk=plan.adopted_by_id))
    items = items_behind(adopted, user, plan.agenda_items)
    formed = first_of(decisions.filter(pk__in=groups.values("established_by")))
    activities = Activity.objects.visible_to(user).filter(plan=plan).order_by()
    counted = activities.values("plan").annotate(count=Count("pk")).values_list("count", flat=True)
    results, groups = results_of(activities.values("pk"), user), first_groups(groups, user)
    yield [adopted, items, formed, groups, counted, *results]
    count = sum(counted)
    return [
        *origin(adopted, items),
        *decisions_strand(formed, FORMED),
        here(Place.PLAN, _("Action plan"), plan.title),
        groups_strand(groups, _("Its sub-groups"), _("No sub-group is recorded yet.")),
        all_activities_strand(count, plan.slug),
        *(results.strands() if count else []),
    ]


@contributes(SubGroup)
def follow_sub_group(group: SubGroup, user: Reader) -> Strands:
    """The decision behind a sub-group, and the activities of the area it carries."""
    decisions = taken(Decision.objects.visible_to(user).filter(pk=group.established_by_id))
    items = items_behind(decisions, user)
    plans = first_of(ActionPlan.objects.visible_to(user).filter(pk=group.plan_id))
    activities = Activity.objects.visible_to(user).filter(area=group.area_id)
    activities = activities if group.area_id else activities.none()
    found = first_activities(activities, user)
    results = results_of(found.values("pk"), user, since_when(group))
    yield [decisions, items, plans, found, *results]
    return [
        *origin(decisions, items),
        plans_strand(plans),
        here(Place.SUB_GROUP, _("The group"), group.name),
        *activity_strands(found, results),
    ]


def since_when(group: SubGroup) -> PartialDate | None:
    """Return since when a group is there: its first day, else the day of its decision."""
    decision = None if group.from_on else group.established_by
    return decision.meeting.starts_on if decision else group.from_on


@contributes(Activity)
def follow_activity(activity: Activity, user: Reader) -> Strands:
    """The decisions behind an activity, who carries it, what it brought forth and serves."""
    groups = SubGroup.objects.visible_to(user).filter(area=activity.area_id)
    groups = groups if activity.area_id else groups.none()
    decisions = Decision.objects.visible_to(user)
    behind = taken(decisions.filter(pk=activity.arises_from_id))
    items = items_behind(behind, user, activity.agenda_items)
    formed = first_of(decisions.filter(pk__in=groups.values("established_by")))
    plans = first_of(ActionPlan.objects.visible_to(user).filter(pk=activity.plan_id))
    results, groups = results_of([activity.pk], user), first_groups(groups, user)
    yield [behind, items, formed, plans, groups, *results]
    return [
        *origin(behind, items),
        *decisions_strand(formed, _("Decisions that formed the sub-groups of its area")),
        plans_strand(plans),
        groups_strand(groups, _("Sub-groups of its area")),
        here(Place.ACTIVITY, _("The activity"), activity.title),
        *results.strands(),
    ]


# --- From the end: an instrument -----------------------------------------------------------


@contributes(PolicyInstrument)
def follow_instrument(instrument: PolicyInstrument, user: Reader) -> Strands:
    """What serves an instrument or its provisions, and the decisions that this goes back to."""
    proof = Deliverable.objects.visible_to(user).filter(evidence__instrument=instrument)
    rule = Q(instruments=instrument) | Q(provisions__instrument=instrument)
    rule |= Q(pk__in=proof.values("activity"))
    found = first_activities(linked(Activity, user, rule), user)
    ids = found.values("pk")
    listed = first_of(ActionPlan.objects.visible_to(user).filter(instrument=instrument))
    groups = SubGroup.objects.visible_to(user).filter(area__in=found.values("area"))
    behind = Q(pk__in=found.values("arises_from")) | Q(pk__in=groups.values("established_by"))
    decisions = first_of(Decision.objects.visible_to(user).filter(behind))
    plans = first_of(ActionPlan.objects.visible_to(user).filter(pk__in=found.values("plan")))
    brought = linked(Deliverable, user, Q(activity__in=ids) | Q(pk__in=proof.values("pk")))
    deliverables, groups = first_deliverables(brought), first_groups(groups, user)
    provisions = served_provisions(instrument, ids, user)
    yield [found, listed, decisions, plans, groups, deliverables, provisions]
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


def served_provisions(instrument: PolicyInstrument, activities: Rows, user: Reader) -> Rows:
    """Return the provisions of one instrument that activities, given by their ids, serve."""
    serving = Activity.objects.filter(pk__in=activities)
    provisions = Provision.objects.visible_to(user).filter(
        instrument=instrument, pk__in=serving.values("provisions")
    )
    return provisions.select_related("instrument").order_by("position")[: MOST + 1]
