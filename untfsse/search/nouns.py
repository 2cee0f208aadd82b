"""The nouns that are searched: their columns, and which of their records a reader may find."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from actionplan.models import ActionPlan, Activity, SubGroup
from encyclopedia.models import Authorship, Editorship, Entry, Work
from taskforce.models import (
    Decision,
    Document,
    Meeting,
    Organization,
    Person,
    PolicyInstrument,
    Term,
    Update,
)
from untfsse.kit.records.publication import Reader


class Kind(models.TextChoices):
    """The nouns, in the order in which equals are shown."""

    ORGANIZATION = "organization", _("Organizations")
    MEETING = "meeting", _("Meetings")
    DECISION = "decision", _("Decisions")
    INSTRUMENT = "instrument", _("Instruments")
    WORK = "work", _("Works")
    ENTRY = "entry", _("Entries")
    ACTION_PLAN = "action_plan", _("Action plans")
    SUB_GROUP = "sub_group", _("Sub-groups")
    ACTIVITY = "activity", _("Activities")
    UPDATE = "update", _("Updates")
    DOCUMENT = "document", _("Documents")
    PERSON = "person", _("People")


@dataclass(frozen=True, slots=True)
class Noun:
    """How a noun is searched and shown, by the names of its columns.

    `key` is looked through for names written nearly so; `date` is a PartialDateField, `until`
    that of the last day, and `day` its column to sort by; an `is_unique_symbol` leads straight
    to its record. `original` is an official title, `language` that in which it is.
    """

    model: type[models.Model]
    title: str = "title"
    key: str = "title_key"
    symbol: str = ""
    is_unique_symbol: bool = False
    date: str = ""
    until: str = ""
    day: str = ""
    body: tuple[str, ...] = ()
    original: str = ""
    language: str = ""
    has_audience: bool = False


NOUNS = {
    Kind.ORGANIZATION: Noun(
        Organization, "name", "name_key", symbol="acronym", body=("description",)
    ),
    Kind.MEETING: Noun(
        Meeting, date="starts_on", until="ends_on", day="sort_on", body=("summary",)
    ),
    Kind.DECISION: Noun(
        Decision,
        "number",
        "text_key",
        symbol="number",
        is_unique_symbol=True,
        date="meeting__starts_on",
        until="meeting__ends_on",
        day="meeting__sort_on",
        body=("text",),
    ),
    Kind.INSTRUMENT: Noun(
        PolicyInstrument,
        "short_title",
        symbol="symbol",
        is_unique_symbol=True,
        date="adopted_on",
        day="sort_on",
        body=("summary",),
        original="title",
        language="title_language",
    ),
    Kind.WORK: Noun(Work, body=("subtitle",)),
    Kind.ENTRY: Noun(Entry, body=("summary", "title_knowledge_hub")),
    Kind.ACTION_PLAN: Noun(
        ActionPlan, date="starts_on", until="ends_on", day="sort_on", body=("summary",)
    ),
    Kind.SUB_GROUP: Noun(SubGroup, "name", "name_key"),
    Kind.ACTIVITY: Noun(Activity, symbol="code", body=("description",)),
    Kind.UPDATE: Noun(Update, date="happened_on", day="sort_on", body=("text",)),
    Kind.DOCUMENT: Noun(
        Document,
        symbol="symbol",
        is_unique_symbol=True,
        date="issued_on",
        day="sort_on",
        body=("summary",),
        has_audience=True,
    ),
    Kind.PERSON: Noun(Person, "name", "name_key"),
}


@dataclass(frozen=True, slots=True)
class Role:
    """Why a person is public: rows that name the person, and the page on which that stands."""

    rows: QuerySet[Any]
    home: Kind
    slug: str
    words: str


def visible(kind: Kind, user: Reader) -> QuerySet[Any]:
    """Return what a reader may find of a noun; of people, office holders and authors only."""
    records: QuerySet[Any] = NOUNS[kind].model._default_manager.all()
    records = records.visible_to(user)  # type: ignore[attr-defined]
    if kind != Kind.PERSON:
        return records
    office, authorship, editorship = (Exists(role.rows) for role in roles_of_person(user))
    return records.filter(Q(office) | Q(authorship) | Q(editorship))


def roles_of_person(user: Reader) -> list[Role]:
    """Return the roles that a reader may see of the person of the outer query."""
    asked = {"person": OuterRef("pk")}
    return [
        Role(
            Term.objects.visible_to(user).filter(**asked).order_by("-id"),
            Kind.ORGANIZATION,
            "organization__slug",
            "office__title",
        ),
        Role(
            Authorship.objects.visible_to(user).filter(**asked).order_by("id"),
            Kind.ENTRY,
            "entry__slug",
            "entry__title",
        ),
        Role(
            Editorship.objects.visible_to(user).filter(**asked).order_by("id"),
            Kind.WORK,
            "work__slug",
            "work__title",
        ),
    ]
