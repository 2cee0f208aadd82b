"""Overviews: what the home page tells, and what is filed under a goal or a topic."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import (
    Count,
    Exists,
    Max,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag, TaggedItem

from actionplan.choices import PlanState
from actionplan.models import (
    ActionPlan,
    Activity,
    ActivityOrganization,
    ProgressReport,
    SubGroup,
)
from encyclopedia.models import Entry
from taskforce.choices import ASKS_NOTHING, SeatCategory
from taskforce.models import (
    AgendaItem,
    Decision,
    Meeting,
    Organization,
    PolicyInstrument,
    ReportedCount,
    Seat,
    Update,
)
from taskforce.services.standing import terms_held
from untfsse.kit.pages.counting import MORE, MOST_COUNTED, count_each, some_of
from untfsse.kit.pages.on_record import with_on_record
from untfsse.kit.pages.topics import filed_first, items_of, tied
from untfsse.kit.records.dates import LastDay, PartialDate
from untfsse.kit.records.list_item import ListItem
from untfsse.kit.records.noun import Door, label_of, list_address, nouns
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.together import fetch_together
from untfsse.kit.records.written import Written, written

type Rows = Any  # querysets, whose questions mypy cannot see
type Goals = tuple[int, ...]
"""Goals as they stand in the words of a question: its plan follows from how common they are."""

MOST_IN_GROUP = 10
"""So many records of a noun are shown where a list has the rest."""
MOST_ALONE = 30
"""So many where none has."""
MOST_FILED = 50
"""So many records of a topic or a goal are counted: a page of their list."""
MOST_PLANS = 10


@dataclass(frozen=True, slots=True)
class Group:
    """Some records of one noun, how many there are of it, and where the rest is.

    None are more than are shown, and nobody counted them.
    """

    name: str
    label: str | Promise
    rows: list[ListItem]
    count: int | None
    url: str
    missing: str | Promise = ""

    @property
    def is_cut(self) -> bool:
        """Whether there are more than are shown."""
        return self.count is None or self.count > len(self.rows)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of records, None for more than are counted, what they are, and where they stand."""

    count: int | None
    label: str
    url: str
    note: str = ""

    @property
    def told(self) -> str:
        """The number in figures."""
        return MORE if self.count is None else str(self.count)


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


def groups_of(
    named: Sequence[tuple[Any, str]], shown: Sequence[Rows], counted: Sequence[Written]
) -> list[Group]:
    """Return the first records of each noun, and how many there are where the rest can be seen.

    Each noun with the address of the rest, and as many rows as are shown and one more; of those
    that have an address, which stand first, the questions how many there are.
    """
    urls = [url for _model, url in named]
    cut = [place for place, rows in enumerate(shown) if len(rows) > most_at(urls[place])]
    known = [place for place in cut if urls[place]]
    counts = count_each(*(counted[place] for place in known), most=MOST_FILED)
    told = dict.fromkeys(cut) | dict(zip(known, counts, strict=True))
    return [
        group_of(model, rows, told.get(place, len(rows)), url)
        for place, ((model, url), rows) in enumerate(zip(named, shown, strict=True))
    ]


def most_at(url: str) -> int:
    """Return how many records of a noun are shown, where the rest has an address or none."""
    return MOST_IN_GROUP if url else MOST_ALONE


def group_of(model: Any, rows: Rows, count: int | None, url: str) -> Group:
    """Return the first records of a noun as they are shown."""
    items = [record.list_item() for record in rows[: most_at(url)]]
    return Group(model.noun.api_path, label_of(model), items, count, url)


# --- The home page -------------------------------------------------------------------------


@written
def asked_by_home(user: Reader, today: dt.date) -> Sequence[Any]:
    """Ask for what the home page lists and counts on a day."""
    meetings, updates = Meeting.objects.visible_to(user), Update.objects.visible_to(user)
    plans = ActionPlan.objects.visible_to(user).for_list()[:MOST_PLANS]
    reports = ProgressReport.objects.visible_to(user).filter(activity=OuterRef("pk"))
    activities = Activity.objects.visible_to(user).filter(plan__in=plans.values("pk")).order_by()
    groups = SubGroup.objects.visible_to(user).filter(plan__in=plans.values("pk")).order_by()
    documented = Coalesce(LastDay("last_documented_on"), LastDay("from_on"))
    held = Seat.objects.visible_to(user).held(on=today).order_by().values("category")
    return (
        meetings.upcoming(on=today)[:2],
        Decision.objects.visible_to(user).for_list()[:3],
        updates.for_list()[:3],
        updates.open_calls(on=today)[:2],
        held.annotate(count=Count("organization"), latest=Max(documented)),
        ReportedCount.objects.visible_to(user).latest_of_each(),
        plans,
        activities.annotate(is_reported=Exists(reports))
        .values_list("plan")
        .annotate(count=Count("pk"), reported=Count("pk", filter=Q(is_reported=True))),
        groups.values_list("plan").annotate(count=Count("pk")),
    )


def front_page(user: Reader, today: dt.date) -> dict[str, Any]:
    """Return what the home page tells a reader on a day; the number of queries is constant."""
    upcoming, decisions, updates, calls, held, reported, plans, activities, groups = fetch_together(
        *asked_by_home(user, today)
    )
    return {
        "upcoming": [meeting.list_item() for meeting in upcoming],
        "decisions": [decided_item(each) for each in with_on_record(decisions, user, on=today)],
        "updates": [update.list_item() for update in updates],
        "figures": [*seated_figures(held, reported, today), *figures(user)],
        "calls": [call_item(call) for call in calls],
        "plans": current_plans(plans, activities, groups),
        "terms": terms_held(user, on=today, today=today),
    }


def decided_item(decision: Any) -> ListItem:
    """Return a decision with what came of it, which it carries; that it asks nothing is no news."""
    item: ListItem = replace(decision.list_item(), summary=decision.on_record.line)
    return replace(item, state="", state_label="") if item.state == ASKS_NOTHING else item


def call_item(call: Update) -> ListItem:
    """Return a call with the last day to answer it."""
    until = PartialDate.of(call.deadline_on) if call.deadline_on else None
    words = gettext("until %(day)s") % {"day": until.text} if until else ""
    return replace(call.list_item(), date=None, meta=words)


@written
def counted_by_home(user: Reader) -> Sequence[Any]:
    """Ask for the main records, as far as they are counted."""
    return [some_of(model.objects.visible_to(user)) for model in nouns(Door.HOME)]


def figures(user: Reader) -> list[Figure]:
    """Return how many of the main records a reader may see."""
    counted = zip(nouns(Door.HOME), count_each(*counted_by_home(user)), strict=True)
    return [
        Figure(
            count,
            model.noun.counted % (MOST_COUNTED if count is None else count),
            list_address(model),
        )
        for model, count in counted
    ]


def seated_figures(held: Rows, counts: Rows, today: dt.date) -> list[Figure]:
    """Return how many hold a seat, for certain or presumably, and what sources count.

    Each says when such a seat was last documented, and the latest number that a source gives.
    """
    found = {row["category"]: row for row in held}
    reported = {count.category: count for count in counts}
    labels = {
        SeatCategory.MEMBER: ngettext_lazy("member on record", "members on record"),
        SeatCategory.OBSERVER: ngettext_lazy("observer on record", "observers on record"),
    }
    figures = []
    for category, label in labels.items():
        row = found.get(category, {"count": 0, "latest": None})
        latest = row["latest"] and PartialDate(row["latest"].year, row["latest"].month)
        note = seat_note(latest, reported.get(category))
        url = f"{reverse('taskforce:organization_list')}?on={today}&category={category}"
        figures.append(Figure(row["count"], label % row["count"], url, note))
    return figures


def seat_note(latest: PartialDate | None, reported: ReportedCount | None) -> str:
    """Return when such a seat was last documented, and what number a source gives, and of when."""
    seen = gettext("last documented %(day)s") % {"day": latest.text} if latest else ""
    if not (reported and reported.reported_on):
        return seen
    told = {"number": reported.number, "day": reported.reported_on.text}
    if latest and latest.text == told["day"]:
        words = gettext("%(number)s reported")
    else:
        words = gettext("%(number)s reported for %(day)s")
    return "; ".join(filter(None, [seen, words % told]))


def current_plans(newest: Rows, activities: Rows, groups: Rows) -> list[PlanProgress]:
    """Return the plans that run, which may overlap; without one the newest plan."""
    plans = [plan for plan in newest if plan.state == PlanState.CURRENT] or newest[:1]
    counts = {plan: (count, reported) for plan, count, reported in activities}
    group_counts = dict(groups)
    return [
        PlanProgress(plan.list_item(), *counts.get(plan.pk, (0, 0)), group_counts.get(plan.pk, 0))
        for plan in plans
    ]


# --- Goals and topics ----------------------------------------------------------------------


def serving_goal(number: int, user: Reader) -> list[Group]:
    """Return what serves a goal, by noun, and what is connected with it.

    Nouns that name goals say so when nothing serves this one; the others are left out.
    """
    missing = _("Nothing is related to this goal yet: what is only suggested waits for an editor.")
    serving = [(model, list_address(model, sdg=number)) for model in nouns(Door.GOALS)]
    named = [*serving, *((model, "") for model in CONNECTED)]
    shown = fetch_together(*for_goal(number, first_of_goal, user))
    groups = groups_of(named, shown, for_goal(number, counted_of_goal, user))
    others = zip(CONNECTED.values(), groups[len(serving) :], strict=True)
    return [
        *(replace(each, missing=missing) for each in groups[: len(serving)]),
        *(replace(each, label=label) for label, each in others if each.rows),
    ]


def for_goal(number: int, ask: Callable[..., Sequence[Written]], user: Reader) -> list[Written]:
    """Return what is asked of a goal, planned each time: seventeen plans would take too much."""
    return [replace(one, is_kept=False) for one in ask(user, (number,))]


CONNECTED = {
    Meeting: _("Meetings that spoke of them"),
    ActionPlan: _("Plans with these activities"),
    Organization: _("Organizations that issued or carry them"),
}
"""What may be connected with what serves a goal, in words."""


@written
def first_of_goal(user: Reader, goals: Goals) -> Iterator[Any]:
    """Ask for the first of what serves a goal, and of what is connected with it."""
    serving = serving_by_noun(user, goals)
    for rows in serving.values():
        yield rows.for_list()[: MOST_IN_GROUP + 1]
    connected = connected_with(goals, serving, user)
    for model in CONNECTED:
        yield connected[model][: MOST_ALONE + 1]


@written
def counted_of_goal(user: Reader, goals: Goals) -> Iterator[Any]:
    """Ask how much serves a goal."""
    for rows in serving_by_noun(user, goals).values():
        yield some_of(rows, MOST_FILED)


def serving_by_noun(user: Reader, goals: Goals) -> dict[Any, Any]:
    """Return the records of each noun that serve all of some goals."""
    return {
        model: model.objects.visible_to(user).filter(sdgs__contains=goals)
        for model in nouns(Door.GOALS)
    }


def connected_with(goals: Goals, serving: dict[Any, Any], user: Reader) -> dict[Any, Any]:
    """Return the meetings, plans and organizations connected with what serves some goals."""
    texts, activities = serving[PolicyInstrument], serving[Activity]
    items = AgendaItem.objects.visible_to(user)
    ties: list[tuple[Any, str, Any]] = [
        (AgendaItem.instruments.through, "policyinstrument", texts),
        (Activity.agenda_items.through, "activity", activities),
        (Entry.agenda_items.through, "entry", serving[Entry]),
    ]
    spoke, *others = (
        items.filter(pk__in=tie.objects.filter(**{f"{column}__in": rows}).values("agendaitem"))
        .order_by()
        .values("meeting")
        for tie, column, rows in ties
    )
    # Each organization by itself, since the first by name are enough: who issues or carries any of
    # them need not be gathered.
    carried = ActivityOrganization.objects.visible_to(user).filter(
        activity__sdgs__contains=goals, organization=OuterRef("pk")
    )
    issued = texts.filter(issuing_organization=OuterRef("pk"))
    organizations = Organization.objects.visible_to(user).filter(
        Q(pk=Subquery(issued.order_by().values("issuing_organization")[:1]))
        | Q(pk=Subquery(carried.order_by().values("organization")[:1]))
    )
    meetings = Meeting.objects.visible_to(user).filter(pk__in=spoke.union(*others, all=True))
    plans = ActionPlan.objects.visible_to(user).filter(pk__in=activities.values("plan"))
    return {
        Meeting: meetings.for_list(user),
        ActionPlan: plans.for_list(),
        Organization: organizations.for_list(),
    }


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic and how many records a reader may see under it, told as 50+ where more are."""

    name: str
    slug: str
    count: int | str


TOPICS = """
SELECT topic.name, topic.slug, counted.number FROM taggit_tag AS topic, LATERAL (
  SELECT count(*) AS number FROM (SELECT FROM ({}) AS filed LIMIT %s) AS first
) AS counted WHERE counted.number > 0
"""


def topics_in_use(user: Reader) -> list[Topic]:
    """Return the topics of what a reader may see, by name; one query."""
    written: list[str] = []
    values: list[Any] = []
    for model in nouns(Door.TOPICS):
        items = items_of(model).filter(tag=RawSQL("topic.id", []))
        rows = tied(model.objects.visible_to(user), items)
        sql, given = rows.order_by().values("pk").query.sql_with_params()
        written.append(sql)
        values += given
    with connection.cursor() as cursor:
        cursor.execute(TOPICS.format(" UNION ALL ".join(written)), [*values, MOST_FILED + 1])
        found = sorted(cursor.fetchall())
    return [
        Topic(name, slug, f"{MOST_FILED}+" if count > MOST_FILED else count)
        for name, slug, count in found
    ]


@written
def first_under_topic(user: Reader, topic: int, *types: int) -> Iterator[Any]:
    """Ask for the first records under a topic, of nouns by their content types."""
    for model, items in items_of_topic(topic, types):
        yield filed_first(model.objects.visible_to(user), items, MOST_IN_GROUP + 1)


@written
def counted_under_topic(user: Reader, topic: int, *types: int) -> Iterator[Any]:
    """Ask how many records are under a topic, of nouns by their content types."""
    for model, items in items_of_topic(topic, types):
        yield some_of(tied(model.objects.visible_to(user), items), MOST_FILED)


def items_of_topic(topic: int, types: Sequence[int]) -> Iterator[tuple[Any, Any]]:
    """Give each noun with what ties the topic to its records."""
    for model, kind in zip(nouns(Door.TOPICS), types, strict=True):
        yield model, TaggedItem.objects.filter(content_type=kind, tag=topic)


def filed_under_topic(topic: Tag, user: Reader) -> list[Group]:
    """Return what is filed under a topic, by noun, without the nouns of which there is nothing."""
    models = nouns(Door.TOPICS)
    types = (ContentType.objects.get_for_model(model).pk for model in models)
    asked = user, topic.pk, *types
    named = [(model, list_address(model, tag=topic.slug)) for model in models]
    shown = fetch_together(*first_under_topic(*asked))
    groups = groups_of(named, shown, counted_under_topic(*asked))
    return [group for group in groups if group.rows]
