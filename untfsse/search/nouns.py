"""The nouns that are searched, and which of their records a reader may find."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from encyclopedia.models import Authorship, Editorship, Entry, Work
from taskforce.models import Organization, Person, Term
from untfsse.kit.records.noun import Door, nouns
from untfsse.kit.records.publication import Reader

KINDS: dict[str, Any] = {model.noun.name: model for model in nouns(Door.SEARCH)}
"""The searched records by the names of their nouns, in the order in which equals are shown."""


@dataclass(frozen=True, slots=True)
class Role:
    """Why a person is public: rows that name the person, and the page on which that stands."""

    rows: QuerySet[Any]
    home: str
    slug: str
    words: str


def visible(kind: str, user: Reader) -> QuerySet[Any]:
    """Return what a reader may find of a noun; of people, office holders and authors only."""
    records: QuerySet[Any] = KINDS[kind]._default_manager.all()
    records = records.visible_to(user)  # type: ignore[attr-defined]
    if kind != Person.noun.name:
        return records
    office, authorship, editorship = (Exists(role.rows) for role in roles_of_person(user))
    return records.filter(Q(office) | Q(authorship) | Q(editorship))


def roles_of_person(user: Reader) -> list[Role]:
    """Return the roles that a reader may see of the person of the outer query."""
    asked = {"person": OuterRef("pk")}
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
