"""Strands: how records of the action plan, and what they hang on, stand on the thread."""

import datetime as dt
from dataclasses import replace
from typing import Any, NamedTuple

from django.db.models import Model, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from actionplan.choices import SupportRole
from actionplan.models import (
    ActionPlan,
    Activity,
    ActivityOrganization,
    Deliverable,
    PriorityArea,
    SubGroupSeat,
)
from actionplan.reporting import standing_of
from taskforce.models import AgendaItem, Organization, PolicyInstrument, Provision
from taskforce.threads import (
    MOST,
    Place,
    link_decision,
    link_instrument,
    link_item_elsewhere,
    link_meeting,
    names_of,
    strand,
)
from untfsse.kit.pages.thread import Link, Strand, sources_of
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
DELIVERIES = ngettext_lazy("%d delivery", "%d deliveries")
NO_PROVISION = _("Which provisions it serves is not recorded.")


# --- Links ---------------------------------------------------------------------------------


def link_plan(plan: ActionPlan) -> Link:
    """Return a plan with its years and its state."""
    return Link(
        plan.title,
        plan.get_absolute_url(),
        note=period(plan.starts_on, plan.ends_on),
        state=plan.state,
        state_label=plan.told_state(on=timezone.localdate()),
        day=plan.starts_on,
        sources=sources_of(plan),
    )


def link_group(group: Any) -> Link:
    """Return a sub-group with its area, since when it is there and who sits in it."""
    words = (group.area_title, period(group.from_on, group.until_on, is_open=True))
    return Link(
        group.name,
        group.get_absolute_url(),
        note=" · ".join(filter(None, words)),
        who=", ".join(group.who),
        day=group.from_on,
        sources=sources_of(group),
    )


def link_activity(activity: Any, day: dt.date, *, note: str = "") -> Link:
    """Return an activity with who leads it and what was last reported and is publicly known."""
    standing = standing_of(activity, on=day)
    led = gettext("Led by %(names)s") % {"names": ", ".join(activity.who)} if activity.who else ""
    return Link(
        activity.title,
        activity.get_absolute_url(),
        note=format_lazy("{} · {}", note, standing.public)
        if note and standing.public
        else note or standing.public,
        state=standing.state,
        state_label=standing.in_words,
        who=led,
        sources=sources_of(activity),
    )


def link_deliverable(deliverable: Deliverable) -> Link:
    """Return a deliverable with the day of its delivery, or when it is due."""
    delivered, due = deliverable.delivered_on, deliverable.due_on
    return Link(
        deliverable.title,
        f"{deliverable.activity.get_absolute_url()}#deliverables",
        note=gettext("due %(day)s") % {"day": due.text} if due and not delivered else "",
        state="delivered" if delivered else "",
        state_label=format_lazy(_("Delivered {date}"), date=delivered.text) if delivered else "",
        day=delivered,
        sources=sources_of(deliverable),
    )


def link_provision(provision: Provision) -> Link:
    """Return a provision with its instrument."""
    instrument = provision.instrument
    kind = f"{instrument}: {provision.name}"
    sources = sources_of(instrument)
    return Link(provision.label, provision.get_absolute_url(), kind, sources=sources)


# --- Strands -------------------------------------------------------------------------------


def taken(decisions: Rows) -> Rows:
    """Return the first of some decisions, with their meetings."""
    return decisions.select_related("meeting").order_by("meeting__sort_on", "number")[:MOST]


def items_behind(decisions: Rows, user: Reader, named_by: Rows = None) -> Rows:
    """Return the agenda items under which decisions were taken, and others that records name."""
    items = decisions.values("agenda_item")
    if named_by is not None:
        items = items.union(named_by.order_by().values("agenda_items"))
    seen = AgendaItem.objects.visible_to(user).filter(pk__in=items)
    return seen.select_related("meeting", "parent").order_by("meeting__sort_on", "number")[:MOST]


def origin(decisions: Rows, items: Rows) -> list[Strand]:
    """Return decisions and the agenda items behind them."""
    alone = [decision.meeting for decision in decisions if decision.agenda_item_id is None]
    links = [link_item_elsewhere(item) for item in items]
    links += [link_meeting(meeting) for meeting in dict.fromkeys(alone)]
    spoken = [Strand(Place.AGENDA_ITEM, SPOKEN, links)] if links else []
    return [*spoken, strand(Place.DECISION, DECIDED, decisions, link_decision, NO_DECISION)]


def first_of(rows: Rows) -> Rows:
    """Return the first rows of a list, and one more that tells of others."""
    return rows.for_list()[: MOST + 1]


def decisions_strand(decisions: Rows, label: Any) -> list[Strand]:
    """Return decisions to which only a step between leads; nothing when there are none."""
    found = strand(Place.DECISION, label, decisions, link_decision)
    return [found] if found.links else []


def plans_strand(plans: Rows, label: Any = PLAN) -> Strand:
    """Return plans."""
    return strand(Place.PLAN, label, plans, link_plan)


def with_area_title(rows: Rows, user: Reader) -> Rows:
    """Carry `area_title`, of sub-groups and activities; None where the area is not seen."""
    areas = PriorityArea.objects.visible_to(user).order_by().filter(pk=OuterRef("area"))
    return rows.annotate(area_title=Subquery(areas.values("title")))


def first_groups(groups: Rows, user: Reader) -> Rows:
    """Return the first of some sub-groups, with the titles of their areas and who sits in them."""
    seats = SubGroupSeat.objects.visible_to(user).filter(sub_group=OuterRef(OuterRef("pk")))
    seated = Organization.objects.filter(pk__in=seats.values("organization"))
    rows = with_area_title(groups.annotate(who=names_of(seated)), user)
    return first_of(rows)


def groups_strand(groups: Rows, label: Any, missing: Any = NO_GROUP) -> Strand:
    """Return sub-groups with their areas."""
    return strand(Place.SUB_GROUP, label, groups, link_group, missing)


def linked(noun: type[Model], user: Reader, rule: Q) -> Rows:
    """Return the records that a rule ties to something, each once, as far as they are seen.

    Each side of an "or" is asked for alone, so that PostgreSQL finds each by its own index.
    """
    rows: Any = noun._default_manager
    sides = rule.children if rule.connector == Q.OR else [rule]
    first, *others = (rows.filter(Q(side)).order_by().values("pk") for side in sides)
    return rows.visible_to(user).filter(pk__in=first.union(*others) if others else first)


def first_activities(activities: Rows, user: Reader) -> Rows:
    """Return the first of some activities with latest reports, titles of areas and who leads."""
    leads = ActivityOrganization.objects.visible_to(user).filter(
        activity=OuterRef(OuterRef("pk")), role=SupportRole.LEAD
    )
    leading = Organization.objects.filter(pk__in=leads.values("organization"))
    rows = activities.for_list(user).annotate(who=names_of(leading))
    return with_area_title(rows, user)[: MOST + 1]


def activities_strand(activities: Rows, label: Any = ACTIVITIES) -> Strand:
    """Return activities with what was last reported, and their areas where these differ."""
    day = timezone.localdate()
    plan = activities[0].plan.slug if activities else ""
    is_told = len({activity.area_id for activity in activities}) > 1
    return strand(
        Place.ACTIVITY,
        label,
        activities,
        lambda activity: link_activity(
            activity, day, note=(activity.area_title or "") if is_told else ""
        ),
        NO_ACTIVITY,
        reverse("actionplan:activity_list", query={"plan": plan}),
    )


def all_activities_strand(count: int, plan: str) -> Strand:
    """Return one link to all activities of a plan, by its slug."""
    url = reverse("actionplan:activity_list", query={"plan": plan})
    words = ngettext("%(count)s activity", "%(count)s activities", count) % {"count": count}
    links = [Link(words, url)] if count else []
    return Strand(Place.ACTIVITY, ACTIVITIES, links, missing=NO_ACTIVITY, count=count)


def deliverables_strand(deliverables: Rows) -> Strand:
    """Return deliverables, which are deliveries once all are delivered."""
    label, is_done = _("Deliverables"), all(row.delivered_on for row in deliverables)
    found = strand(Place.DELIVERABLE, label, deliverables, link_deliverable, NO_DELIVERABLE)
    return replace(found, counted=DELIVERIES) if is_done and found.links else found


def first_deliverables(deliverables: Rows) -> Rows:
    """Return the first of some deliverables, with their activities."""
    return deliverables.select_related("activity").order_by("due_on", "id")[: MOST + 1]


class Results(NamedTuple):
    """What activities brought forth, and what they serve: the questions, then their rows."""

    deliverables: Rows
    provisions: Rows
    instruments: Rows

    def strands(self) -> list[Strand]:
        """Return all of it as strands."""
        return [deliverables_strand(self.deliverables), *self.served()]

    def served(self) -> list[Strand]:
        """Return the provisions that are served, and the instruments they belong to."""
        label = _("Provisions served")
        strands = [strand(Place.PROVISION, label, self.provisions, link_provision, NO_PROVISION)]
        if self.instruments:
            strands = strands if self.provisions else []
            label = _("Instruments served")
            strands.append(strand(Place.INSTRUMENT, label, self.instruments, link_instrument))
        return strands


def results_of(ids: Any, user: Reader, since: PartialDate | None = None) -> Results:
    """Return what activities, given by their ids, brought forth from a day on, and serve."""
    deliverables = Deliverable.objects.visible_to(user).filter(
        may_follow(since, "delivered_on"), activity__in=ids
    )
    links = Activity.objects.filter(pk__in=ids).order_by()
    provisions = (
        Provision.objects.visible_to(user)
        .filter(pk__in=links.values("provisions"))
        .select_related("instrument")
        .order_by("instrument__short_title", "position")[: MOST + 1]
    )
    # As a union, since an "or" would read the whole table.
    served = links.values("instruments").union(provisions.values("instrument"))
    instruments = PolicyInstrument.objects.visible_to(user).filter(pk__in=served)
    return Results(first_deliverables(deliverables), provisions, first_of(instruments))


def activity_strands(activities: Rows, results: Results, label: Any = ACTIVITIES) -> list[Strand]:
    """Return activities, what they brought forth, and what they serve."""
    return [activities_strand(activities, label), *(results.strands() if activities else [])]
