"""Overviews: what the home page tells, and what is filed under a goal or a topic."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from taggit.models import TaggedItem

from actionplan.choices import PlanState
from actionplan.models import ActionPlan, Activity, ProgressReport, SubGroup
from encyclopedia.models import Entry
from taskforce.choices import MeetingKind, SeatCategory
from taskforce.models import (
    Decision,
    Meeting,
    PolicyInstrument,
    Seat,
    Term,
    Update,
)
from taskforce.services.decisions import took_no_decision
from taskforce.services.standing import certainty_note
from untfsse.kit.records.dates import LastDay, PartialDate
from untfsse.kit.records.list_item import ListItem
from untfsse.kit.records.noun import Door, label_of, list_address, nouns
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.together import fetch_together

# What the Task Force itself convenes; the rest are events of others and of partners.
OWN_MEETINGS = [
    MeetingKind.FOUNDING,
    MeetingKind.REGULAR,
    MeetingKind.SPECIAL,
    MeetingKind.TECHNICAL_SYMPOSIUM,
]
MOST_IN_GROUP = 30
MOST_PLANS = 10


@dataclass(frozen=True, slots=True)
class Group:
    """Some records of one noun, all that there are of it, and where the rest is."""

    name: str
    label: str | Promise
    rows: list[ListItem]
    count: int
    url: str
    missing: str | Promise = ""

    @property
    def is_cut(self) -> bool:
        """Whether there are more than are shown."""
        return self.count > len(self.rows)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of records, what they are, and where they stand."""

    count: int
    label: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """Where a plan stands: how many activities it names, and of how many there is a report."""

    row: ListItem
    activity_count: int
    reported_count: int
    group_count: int

    @property
    def unreported_count(self) -> int:
        """The activities of which nobody has reported."""
        return self.activity_count - self.reported_count


def groups_of(asked: Sequence[tuple[Any, QuerySet[Any], str]]) -> list[Group]:
    """Return the first records of each noun and the number of all, by one statement.

    Each is asked by its model, its records, and where the rest of them is.
    """
    shown = [records[:MOST_IN_GROUP] for _model, records, _url in asked]
    counted = [
        records.order_by()
        .values(noun=Value(model.noun.name))
        .annotate(count=Count("pk"))
        .values_list("count", flat=True)
        for model, records, _url in asked
    ]
    fetch_together(*shown, *counted)
    return [
        Group(
            model.noun.api_path,
            label_of(model),
            [record.list_item() for record in rows],
            sum(counts),
            url,
        )
        for (model, _records, url), rows, counts in zip(asked, shown, counted, strict=True)
    ]


# --- The home page -------------------------------------------------------------------------


def front_page(user: Reader, today: dt.date) -> dict[str, Any]:
    """Return what the home page tells a reader on a day; the number of queries is constant."""
    meetings = Meeting.objects.visible_to(user)
    own = meetings.filter(kind__in=OWN_MEETINGS).held()[:1]
    decisions = Decision.objects.visible_to(user).for_list()
    its_own, others = (
        rule(meeting__in=own.values("pk")) for rule in (decisions.filter, decisions.exclude)
    )
    entries = Entry.objects.visible_to(user).select_related("part").order_by("-published_at", "-id")
    asked = {
        "its_decisions": its_own[:5],
        "latest_decisions": others[:3],
        "upcoming": meetings.upcoming(on=today)[:3],
        "instruments": PolicyInstrument.objects.visible_to(user).for_list()[:3],
        "entries": entries[:3],
        "updates": Update.objects.visible_to(user).for_list()[:4],
    }
    fetch_together(own, *asked.values())
    lists = {name: [record.list_item() for record in records] for name, records in asked.items()}
    latest = next(iter(own), None)
    return {
        **lists,
        "figures": figures(user, today),
        "latest_meeting": latest.list_item() if latest else None,
        "is_silent": latest is not None and not lists["its_decisions"] and took_no_decision(latest),
        "plans": current_plans(user),
        "terms": terms_held(user, today),
    }


def figures(user: Reader, today: dt.date) -> list[Figure]:
    """Return how many of the main records a reader may see, and who is on record as seated."""
    models = {model.noun.name: model for model in nouns(Door.HOME)}
    first, *others = (
        model.objects.visible_to(user)
        .order_by()
        .values(noun=Value(name))
        .annotate(count=Count("pk"))
        for name, model in models.items()
    )
    counts = {row["noun"]: row["count"] for row in first.union(*others, all=True).order_by()}
    counted = [(model, counts.get(name, 0)) for name, model in models.items()]
    return [
        *seated_figures(user, today),
        *(
            Figure(count, model.noun.counted % count, list_address(model))
            for model, count in counted
        ),
    ]


def seated_figures(user: Reader, today: dt.date) -> list[Figure]:
    """Return how many hold a seat, for certain or presumably, and when one last was documented."""
    documented = Coalesce(LastDay("last_documented_on"), LastDay("from_on"))
    held = Seat.objects.visible_to(user).held(on=today).order_by().values("category")
    found = {
        row["category"]: row
        for row in held.annotate(count=Count("organization"), latest=Max(documented))
    }
    labels = {
        SeatCategory.MEMBER: ngettext_lazy("member on record", "members on record"),
        SeatCategory.OBSERVER: ngettext_lazy("observer on record", "observers on record"),
    }
    figures = []
    for category, label in labels.items():
        row = found.get(category, {"count": 0, "latest": None})
        latest = row["latest"] and PartialDate(row["latest"].year, row["latest"].month)
        note = gettext("last documented %(day)s") % {"day": latest.text} if latest else ""
        url = f"{reverse('taskforce:organization_list')}?on={today}&category={category}"
        figures.append(Figure(row["count"], label % row["count"], url, note))
    return figures


def current_plans(user: Reader) -> list[PlanProgress]:
    """Return the plans that run, which may overlap; without one the newest plan."""
    newest = list(ActionPlan.objects.visible_to(user).for_list()[:MOST_PLANS])
    plans = [plan for plan in newest if plan.state == PlanState.CURRENT] or newest[:1]
    reports = ProgressReport.objects.visible_to(user).filter(activity=OuterRef("pk"))
    activities = Activity.objects.visible_to(user).filter(plan__in=plans).order_by()
    counts = {
        plan: (count, reported)
        for plan, count, reported in activities.annotate(is_reported=Exists(reports))
        .values_list("plan")
        .annotate(count=Count("pk"), reported=Count("pk", filter=Q(is_reported=True)))
    }
    groups = SubGroup.objects.visible_to(user).filter(plan__in=plans).order_by()
    group_counts = dict(groups.values_list("plan").annotate(count=Count("pk")))
    return [
        PlanProgress(plan.list_item(), *counts.get(plan.pk, (0, 0)), group_counts.get(plan.pk, 0))
        for plan in plans
    ]


def terms_held(user: Reader, today: dt.date) -> list[Term]:
    """Return who holds an office on a day, or perhaps, in the order of the offices.

    Each carries `standing_note`: how surely, where it is not certain.
    """
    terms = Term.objects.visible_to(user).held_or_perhaps(on=today, today=today)
    ordered = terms.order_by("office__position", "organization__name_key", "id")
    found = list(ordered.select_related("office", "organization").with_visible(user, "person"))
    for term in found:
        term.standing_note = certainty_note(term, term.certainty, today=today)
    return found


# --- Goals and topics ----------------------------------------------------------------------


def serving_goal(number: int, user: Reader) -> list[Group]:
    """Return what serves a goal, by noun, and for each noun what to say when nothing does."""
    missing = _("Nothing is related to this goal yet: what is only suggested waits for an editor.")
    groups = groups_of(
        [
            (
                model,
                model.objects.visible_to(user).filter(sdgs__contains=[number]).for_list(),
                list_address(model, sdg=number),
            )
            for model in nouns(Door.GOALS)
        ]
    )
    return [replace(each, missing=missing) for each in groups]


def filed_under_topic(slug: str, user: Reader) -> list[Group]:
    """Return what is filed under a topic, by noun, without the nouns of which there is nothing."""
    groups = groups_of(
        [
            (
                model,
                tagged(model.objects.visible_to(user), slug).for_list(),
                topic_address(model, slug),
            )
            for model in nouns(Door.TOPICS)
        ]
    )
    return [each for each in groups if each.rows]


def topic_address(model: Any, slug: str) -> str:
    """Return the list of a noun narrowed to a topic, where it can be asked so."""
    parameter = model.noun.topic_parameter
    return list_address(model, **{parameter: slug}) if parameter else ""


def tagged(records: Any, slug: str) -> Any:
    """Return the records under a topic.

    By the table of topics: `tags__slug` of django-taggit 6.1 asks Django for what it deprecates.
    """
    noun = records.model._meta
    items = TaggedItem.objects.filter(
        tag__slug=slug, content_type__app_label=noun.app_label, content_type__model=noun.model_name
    )
    return records.filter(pk__in=items.values("object_id"))
