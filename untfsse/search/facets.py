"""Facets: by year, goal, topic and organization what was found is counted, and narrowed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple
from urllib.parse import quote_plus

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from taggit.models import TaggedItem

from actionplan.models import ActivityOrganization, Commitment, SubGroupSeat
from taskforce.models import Attendance, Decision, InstrumentParty, Organization, Update
from untfsse.kit.records.noun import Door, is_open
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.sdg import GOALS
from untfsse.search.nouns import KINDS, RECORDS
from untfsse.search.writing import Asked, IsOneOf, Put, asked_of, by_kind

MOST_LOOKED_AT = 100
"""Of so many of the first, topics and organizations are counted."""
MOST_CHOICES = 12
STANDING = "\0"
"""What stands for a value in an address, of which each facet has many: no text holds it."""
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
class Choice:
    """A noun or a value of a facet, with how many results have it, and how to see them alone."""

    label: str | Promise
    count: int
    query: str
    is_chosen: bool
    is_capped: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A question by which the results can be narrowed."""

    label: str | Promise
    choices: list[Choice]


def links_of(kind: str, user: Reader) -> QuerySet[Any]:
    """Return what ties a noun to organizations, which may not be seen themselves."""
    rows: Any = LINKS[kind][0]._default_manager.all()
    seen: QuerySet[Any] = rows.visible_to(user) if hasattr(rows, "visible_to") else rows
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
        named = Organization.objects.visible_to(user).filter(slug=asked.organization)
        links = links_of(kind, user).filter(organization__in=named)
        rows = rows.filter(pk__in=links.values(LINKS[kind][1]))
    return rows


def linking(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return some records of a noun with the organizations that they name."""
    record = LINKS[kind][1]
    among = IsOneOf(record, asked.records, models.BigIntegerField())
    linked: QuerySet[Any] = links_of(kind, user).filter(among).order_by()
    return linked.values_list(record, "organization_id").distinct()


def naming(_kind: str, _asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the organizations that a reader may see, by their names."""
    seen = Organization.objects.visible_to(user).order_by()
    return seen.values_list("id", "slug", "acronym", "name")


class Counting(NamedTuple):
    """SQL that counts by topic and organization, what stands in it, and its values."""

    sql: str
    questions: dict[str, Sequence[Put]]
    values: dict[str, list[int]]


def counting(records: list[tuple[str, int]], user: Reader) -> Counting:
    """Return how to count what the first that were found are filed under and whom they name.

    Only the nouns among them are asked, since PostgreSQL takes longer to plan it than to answer.
    """
    wanted = by_kind(records)
    filed = [kind for kind in wanted if kind in RECORDS and is_open(RECORDS[kind], Door.TOPICS)]
    types = ContentType.objects.get_for_models(*(RECORDS[kind] for kind in filed))
    pairs = [(types[RECORDS[kind]].pk, record) for kind in filed for record in wanted[kind]]
    numbers = [list(column) for column in zip(*pairs, strict=True)] or [[], []]
    asked = asked_of(LINKS, wanted, user) if records else {}
    links: list[Put] = [(linking, kind, each) for kind, each in asked.items()]
    names: list[Put] = [(naming, "", Asked(""))]
    return Counting(
        f"{TOPICS} AS topic, {ORGANIZATIONS if links else 'NULL'} AS organization",
        {"links": links, "names": names} if links else {},
        {"types": numbers[0], "records": numbers[1]},
    )


COUNTED = """
  json_build_object(
    'year', (SELECT json_agg(json_build_array(year, year, number) ORDER BY year DESC)
      FROM (SELECT extract(year FROM day)::int AS year, count(*) AS number
            FROM chosen WHERE day > '0001-12-31' GROUP BY 1) AS counted),
    'goal', (SELECT json_agg(json_build_array(goal, goal, number) ORDER BY goal)
      FROM (SELECT goal, count(*) AS number
            FROM (SELECT unnest(goals) AS goal FROM chosen) AS served GROUP BY goal) AS counted))
"""
"""The facets that the rows found say themselves, as JSON of value, label, number."""
TOPICS = """
  (SELECT json_agg(json_build_array(slug, name, number) ORDER BY number DESC, name)
   FROM (SELECT tag.slug, tag.name, count(*) AS number
         FROM unnest({types}::int[], {records}::bigint[]) AS found(type, record)
         JOIN taggit_taggeditem AS item
           ON item.content_type_id = found.type AND item.object_id = found.record
         JOIN taggit_tag AS tag ON tag.id = item.tag_id
         GROUP BY tag.slug, tag.name) AS counted)
"""
ORGANIZATIONS = """
  (SELECT json_agg(json_build_array(slug, name, number) ORDER BY number DESC, name)
   FROM (SELECT slug, coalesce(nullif(acronym, ''), name) AS name, number
         FROM (SELECT organization, count(*) AS number
               FROM ({links}) AS links(record, organization) GROUP BY 1) AS counted
         JOIN ({names}) AS seen(id, slug, acronym, name) ON id = organization) AS named)
"""


def facets(counts: dict[str, Any], chosen: Narrowed, query: Any) -> Iterator[Facet]:
    """Give each facet that tells results apart, or by which they are narrowed."""
    for name, label in NAMES.items():
        value, found = getattr(chosen, name), counts.get(name) or []
        if value:
            found = [one for one in found if str(one[0]) == value]
        rest = query(chosen._replace(**{name: ""}))
        before, after = query(chosen._replace(**{name: STANDING})).split(quote_plus(STANDING))
        choices = [
            Choice(
                f"{each} {GOALS[each].name}" if name == "goal" else str(words),
                number,
                rest if value else f"{before}{quote_plus(str(each))}{after}",
                bool(value),
            )
            for each, words, number in found[:MOST_CHOICES]
        ]
        if value and not choices:
            choices = [Choice(value, 0, rest, True)]
        if value or len(choices) > 1:
            yield Facet(label, choices)
