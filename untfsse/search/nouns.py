"""Nouns: what the search finds, as far as a reader may see it; parts of records at their place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from encyclopedia.models import Authorship, Editorship, Entry, Work
from taskforce.models import (
    AgendaItem,
    FormerName,
    Identifier,
    InstrumentTitle,
    Meeting,
    Minutes,
    Organization,
    OrganizationName,
    Person,
    PolicyInstrument,
    Provision,
    Term,
)
from untfsse.kit.records.noun import Door, Noun, nouns
from untfsse.kit.records.publication import Reader

RECORDS: dict[str, Any] = {model.noun.name: model for model in nouns(Door.SEARCH)}
"""The searched records by the names of their nouns, in the order in which equals are shown."""


def joined(*parts: Any) -> Concat:
    """Return some columns as one text."""
    return Concat(*parts, output_field=TextField())


def numbered(sign: str) -> Case:
    """Return the number of an agenda item, with what stands between its two figures."""
    under = joined(F("parent__number"), Value(sign), F("number"))
    return Case(When(parent=None, then=joined(F("number"), Value(""))), default=under)


def provision_anchor(facts: str) -> str:
    """Return the place of a provision of this kind, id for the world and number."""
    kind, public_id, number = facts.split(" ", 2)
    return Provision(kind=kind, public_id=public_id, number=number).anchor


class PartOfRecord(NamedTuple):
    """Rows that are found at their place on the page of a record, which `owner` names.

    `facts` are the columns of which `anchor` makes the name of the place.
    """

    model: Any
    noun: Noun
    home: Any
    owner: str
    facts: Any
    number: Any
    anchor: Callable[[str], str] = str


PARTS: dict[str, PartOfRecord] = {
    "agenda_item": PartOfRecord(
        AgendaItem,
        Noun(
            name="agenda_item",
            path="",
            date="meeting__starts_on",
            until="meeting__ends_on",
            day="meeting__sort_on",
            texts=(),
        ),
        Meeting,
        "meeting",
        joined(Value("agenda-"), numbered("-")),
        numbered("."),
    ),
    "minutes": PartOfRecord(
        Minutes,
        Noun(
            name="minutes",
            path="",
            title="meeting__title",
            date="meeting__starts_on",
            until="meeting__ends_on",
            day="meeting__sort_on",
            texts=(),
        ),
        Meeting,
        "meeting",
        Value("minutes", TextField()),
        Value("", TextField()),
    ),
    "provision": PartOfRecord(
        Provision,
        Noun(
            name="provision",
            path="",
            title="label",
            date="instrument__adopted_on",
            day="instrument__sort_on",
            texts=(),
        ),
        PolicyInstrument,
        "instrument",
        joined(F("kind"), Value(" "), F("public_id"), Value(" "), F("number")),
        F("number"),
        provision_anchor,
    ),
}
KINDS: dict[str, Any] = RECORDS | {kind: part.model for kind, part in PARTS.items()}
NOUNS: dict[str, Noun] = {kind: model.noun for kind, model in RECORDS.items()}
NOUNS |= {kind: part.noun for kind, part in PARTS.items()}
NAMES: dict[str, tuple[Any, str]] = {
    "name": (OrganizationName, Organization.noun.name),
    "former_name": (FormerName, Organization.noun.name),
    "identifier": (Identifier, Organization.noun.name),
    "title": (InstrumentTitle, PolicyInstrument.noun.name),
}
"""Rows that name a record otherwise, with its noun, after which their column is called."""
SEARCHED: dict[str, Any] = KINDS | {kind: model for kind, (model, _noun) in NAMES.items()}
"""Whose rows are searched, by what a question calls them."""
OWNERS = {"decision": "meeting", "document": "meeting"} | {
    kind: part.owner for kind, part in PARTS.items()
}
"""Whose places are asked for by a number: with the column of the record that holds them."""
NEWS = ("update", "document")
LATER = {**dict.fromkeys(PARTS, 1), **dict.fromkeys(NEWS, 2)}
"""What stands behind the record of a thing: its parts, then documents and news about it."""
WITHOUT_KEY = ("minutes", "decision")
"""Whose names are no names to guess at."""


@dataclass(frozen=True, slots=True)
class Role:
    """Why a person is public: rows that name the person, and the page on which that stands."""

    rows: QuerySet[Any]
    home: str
    slug: str
    words: str


def visible(kind: str, user: Reader) -> QuerySet[Any]:
    """Return what a reader may find of a noun; of people, office holders and authors only."""
    records = seen(kind, user)
    if kind != Person.noun.name:
        return records
    office, authorship, editorship = (Exists(role.rows) for role in roles_of_person(user))
    return records.filter(Q(office) | Q(authorship) | Q(editorship))


def seen(kind: str, user: Reader) -> QuerySet[Any]:
    """Return what a reader may see of a noun; of people also those without a page to stand on."""
    records: QuerySet[Any] = SEARCHED[kind]._default_manager.all()
    return records.visible_to(user)  # type: ignore[attr-defined,no-any-return]


def roles_of_person(user: Reader) -> list[Role]:
    """Return the roles that a reader may see of the person of the outer query."""
    # The second says nothing new, but keeps PostgreSQL from gathering the roles of all people.
    asked = {"person": OuterRef("pk"), "person__gte": OuterRef("pk")}
    return [
        Role(
            Term.objects.visible_to(user).filter(**asked).order_by("-id"),
            Organization.noun.name,
            "organization__slug",
            "office__title",
        ),
        Role(
            Authorship.objects.visible_to(user).filter(**asked).order_by("id"),
            Entry.noun.name,
            "entry__slug",
            "entry__title",
        ),
        Role(
            Editorship.objects.visible_to(user).filter(**asked).order_by("id"),
            Work.noun.name,
            "work__slug",
            "work__title",
        ),
    ]
