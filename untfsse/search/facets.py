"""Facets: by year, goal, topic and organization what was found is counted, and narrowed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from taggit.models import TaggedItem

from actionplan.models import ActivityOrganization, Commitment, SubGroupSeat
from taskforce.models import Attendance, Decision, InstrumentParty, Organization, Update
from untfsse.kit.records.noun import Door, is_open
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.sdg import GOALS
from untfsse.search.nouns import KINDS, RECORDS
from untfsse.search.writing import Asked, Statement, join

MOST_LOOKED_AT = 100
"""Of so many of the first, topics and organizations are counted."""
MOST_CHOICES = 12
LINKS: dict[str, tuple[Any, str]] = {
    "meeting": (Attendance, "meeting"),
    "decision": (Decision.addressees.through, "decision"),
    "instrument": (InstrumentParty, "instrument"),
    "activity": (ActivityOrganization, "activity"),
    "commitment": (Commitment.organizations.through, "commitment"),
    "sub_group": (SubGroupSeat, "sub_group"),
    "update": (Update.organizations.through, "update"),
}
"""Rows that tie an organization to a record, which a column of this name says."""
TOP: Any = RawSQL("first.hit_record", [], models.BigIntegerField())
NAMES = {
    "year": _("Year"),
    "goal": _("Goal"),
    "topic": _("Topic"),
    "organization": _("Organization"),
}


class Narrowed(NamedTuple):
    """To what the results are narrowed; empty is all."""

    kind: str = ""
    year: str = ""
    goal: str = ""
    topic: str = ""
    organization: str = ""

    @property
    def asked(self) -> dict[str, Any]:
        """What each noun is asked besides the words."""
        return {
            "goals": [int(self.goal)] if self.goal else [],
            "topic": self.topic,
            "organization": self.organization,
        }

    def holds(self, kind: str) -> bool:
        """Whether a noun can have what is asked for."""
        if self.goal and not (kind in RECORDS and is_open(KINDS[kind], Door.GOALS)):
            return False
        if self.topic and not (kind in RECORDS and is_open(KINDS[kind], Door.TOPICS)):
            return False
        return not self.organization or kind in LINKS


class Shares(models.Func):
    """Whether a column of numbers has one of those that are given."""

    arg_joiner = " && "
    template = "%(expressions)s"
    output_field: ClassVar = models.BooleanField()

    def __init__(self, name: str, numbers: list[int]) -> None:
        field = ArrayField(models.PositiveSmallIntegerField())
        super().__init__(name, models.Value(numbers, output_field=field))


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """One value of a facet, with how many results have it; what is chosen is lifted by it."""

    label: str
    count: int
    query: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A question by which the results can be narrowed."""

    label: str | Promise
    choices: list[FacetChoice]


def links_of(kind: str, user: Reader) -> QuerySet[Any]:
    """Return what ties a noun to organizations, as far as a reader may see both."""
    rows: Any = LINKS[kind][0]._default_manager.all()
    rows = rows.visible_to(user) if hasattr(rows, "visible_to") else rows
    seen: QuerySet[Any] = rows.filter(organization__in=Organization.objects.visible_to(user))
    return seen


def narrow(kind: str, rows: QuerySet[Any], asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the rows that serve a goal, are filed under a topic, or name an organization."""
    if asked.goals:
        rows = rows.filter(Shares("sdgs", asked.goals))
    if asked.topic:
        noun = rows.model._meta
        items = TaggedItem.objects.filter(
            content_type__app_label=noun.app_label,
            content_type__model=noun.model_name,
            tag__slug=asked.topic,
        )
        rows = rows.filter(pk__in=items.values("object_id"))
    if asked.organization:
        links = links_of(kind, user).filter(organization__slug=asked.organization)
        rows = rows.filter(pk__in=links.values(LINKS[kind][1]))
    return rows


def naming(kind: str, _asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the organizations that one of the first results of a noun names."""
    links = links_of(kind, user).filter(**{LINKS[kind][1]: TOP}).order_by()
    named: QuerySet[Any] = links.values_list(
        "organization__slug", "organization__acronym", "organization__name"
    ).distinct()
    return named


def counting(user: Reader) -> Statement:
    """Return the columns that count the results by each facet, as JSON of value, label, number."""
    topical = {kind: each for kind, each in RECORDS.items() if is_open(each, Door.TOPICS)}
    types = ContentType.objects.get_for_models(*topical.values())
    kinds = ", ".join(f"('{kind}', {types[model].pk})" for kind, model in topical.items())
    sql: list[str] = []
    values: list[Any] = []
    for kind in LINKS:
        rows, given = join([(naming, kind, Asked(""))], user)
        sql.append(
            f"SELECT named.* FROM first CROSS JOIN LATERAL ({rows}) AS named(slug, acronym, name) "  # noqa: S608
            f"WHERE first.hit_kind = '{kind}'"
        )
        values += given
    return COUNTED.format(kinds=kinds, organizations=" UNION ALL ".join(sql)), values


COUNTED = """
  json_build_object(
    'year', (SELECT json_agg(json_build_array(year, year, number) ORDER BY year DESC)
      FROM (SELECT extract(year FROM day)::int AS year, count(*) AS number
            FROM chosen WHERE day > '0001-12-31' GROUP BY 1) AS counted),
    'goal', (SELECT json_agg(json_build_array(goal, goal, number) ORDER BY goal)
      FROM (SELECT goal, count(*) AS number
            FROM chosen, unnest(chosen.goals) AS goal GROUP BY goal) AS counted),
    'topic', (SELECT json_agg(json_build_array(slug, name, number) ORDER BY number DESC, name)
      FROM (SELECT tag.slug, tag.name, count(*) AS number
            FROM first JOIN (VALUES {kinds}) AS types(kind, id) ON types.kind = first.hit_kind
            JOIN taggit_taggeditem AS item
              ON item.content_type_id = types.id AND item.object_id = first.hit_record
            JOIN taggit_tag AS tag ON tag.id = item.tag_id
            GROUP BY tag.slug, tag.name) AS counted),
    'organization', (SELECT json_agg(json_build_array(slug, name, number)
                                     ORDER BY number DESC, name)
      FROM (SELECT slug, coalesce(nullif(acronym, ''), name) AS name, count(*) AS number
            FROM ({organizations}) AS named GROUP BY 1, 2) AS counted))
"""


def facets(counts: dict[str, Any], chosen: Narrowed, query: Any) -> Iterator[Facet]:
    """Give each facet that tells results apart, or by which they are narrowed."""
    for name, label in NAMES.items():
        value, found = getattr(chosen, name), counts.get(name) or []
        if name == "goal":
            found = [(goal, f"{goal} {GOALS[goal].name}", number) for goal, _name, number in found]
        choices = [
            FacetChoice(
                str(words),
                number,
                query(chosen._replace(**{name: "" if str(each) == value else str(each)})),
                str(each) == value,
            )
            for each, words, number in found
            if not value or str(each) == value
        ][:MOST_CHOICES]
        if value and not choices:
            choices = [FacetChoice(value, 0, query(chosen._replace(**{name: ""})), True)]
        if value or len(choices) > 1:
            yield Facet(label, choices)
