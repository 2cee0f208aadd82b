"""The questions of evidence: which pieces a reader may see."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from untfsse.kit.records.publication import Reader, VisibleQuerySet

RECORDS = ("document", "meeting", "instrument")
PROOFS = (*RECORDS, "publication_slug")
"""The columns of which each piece of evidence fills one, or else gives a link."""


class Publications:
    """The noun of an upper storey that can be evidence: this floor knows its rows by their slugs.

    The roof's migration ties the slugs to the noun's table, so that PostgreSQL follows a changed
    slug and keeps what is evidence from being deleted.
    """

    chosen_by: Any = None
    """A foreign key to the noun: how forms choose one by typing."""

    @property
    def noun(self) -> Any:
        """The noun; None while no storey offers one."""
        return self.chosen_by and self.chosen_by.related_model


PUBLICATIONS = Publications()


class EvidenceQuerySet(VisibleQuerySet):
    """Pieces of evidence; seen when the thing that proves it is."""

    seen_with: ClassVar = RECORDS

    def named_by_value(self) -> tuple[tuple[str, Any, str], ...]:
        """Return the publication, which this floor knows by its slug."""
        noun = PUBLICATIONS.noun
        return (("publication_slug", noun, "slug"),) if noun else ()

    def visible_to(self, user: Reader) -> Any:
        """What a reader may see, and may see the document, event, instrument, publication of."""
        rule = Q()
        for name in RECORDS:
            seen = self.rows_of(name).visible_to(user).order_by().values("pk")
            rule &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__in": seen})
        if PUBLICATIONS.noun:
            seen = PUBLICATIONS.noun.objects.visible_to(user).order_by().values("slug")
            rule &= Q(publication_slug__isnull=True) | Q(publication_slug__in=seen)
        return super().visible_to(user).filter(rule)


class EvidenceManager(models.Manager[Any]):
    """Carries with each piece the key and the title of the publication it names."""

    def get_queryset(self) -> Any:
        """Return the pieces; the two facts need no query of their own."""
        rows = super().get_queryset()
        if not PUBLICATIONS.noun:
            return rows
        named = PUBLICATIONS.noun.objects.order_by().filter(slug=OuterRef("publication_slug"))
        return rows.annotate(
            publication_key=Subquery(named.values("pk")),
            publication_title=Subquery(named.values("title")),
        )
