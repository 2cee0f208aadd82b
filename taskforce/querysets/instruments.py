"""The questions of policy instruments, documents and news."""

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import (
    Q,
)

from untfsse.kit.records.publication import Reader, VisibleQuerySet


class DocumentQuerySet(VisibleQuerySet):
    """Questions about documents."""

    audiences: ClassVar = ("",)
    optional: ClassVar = ("meeting", "instrument")

    def for_list(self) -> Self:
        """The latest first, with the owner."""
        return (
            self.select_related("meeting", "instrument")
            .defer("search", "meeting__search", "instrument__search")
            .order_by("-sort_on", "-id")
        )

    def for_detail(self, user: Reader) -> Self:
        """With the owner, the renditions and the news."""
        return self.prefetch_related("tags").with_visible(
            user, "meeting", "instrument", "renditions", "updates"
        )


class DocumentPartQuerySet(VisibleQuerySet):
    """Renditions; seen with their document."""

    guards: ClassVar = ("document",)
    audiences: ClassVar = ("document",)
    optional: ClassVar = ("document__meeting", "document__instrument")


class InstrumentQuerySet(VisibleQuerySet):
    """Questions about policy instruments."""

    def for_list(self) -> Self:
        """The newest first."""
        return self.defer("search").order_by("-sort_on", "-id")

    def for_detail(self, user: Reader) -> Self:
        """With provisions, steps, parties, relations both ways, documents and news."""
        return self.prefetch_related("tags").with_visible(
            user,
            "issuing_organization",
            "provisions",
            "events",
            "parties__organization",
            "relations__target",
            "inverse_relations__source",
            "documents__renditions",
            "updates",
        )


class ProvisionQuerySet(VisibleQuerySet):
    """Provisions; seen with their instrument."""

    guards: ClassVar = ("instrument",)


class InstrumentFactQuerySet(VisibleQuerySet):
    """Steps and parties; seen with their instrument once they are sure or verified."""

    guards: ClassVar = ("instrument",)
    evidenced: ClassVar = ("",)


class InstrumentPartyQuerySet(InstrumentFactQuerySet):
    """Parties; seen with their instrument and, if there is one, the organization."""

    optional: ClassVar = ("organization",)


class InstrumentRelationQuerySet(VisibleQuerySet):
    """Relations; seen when both texts are."""

    guards: ClassVar = ("source",)
    optional: ClassVar = ("target",)
    evidenced: ClassVar = ("",)

    def around(self, instrument: models.Model) -> Self:
        """With an instrument on either end."""
        return self.filter(Q(source=instrument) | Q(target=instrument))


class UpdateQuerySet(VisibleQuerySet):
    """Questions about updates."""

    def open_calls(self, *, on: dt.date) -> Self:
        """With a deadline that has not passed on that day; the nearest first."""
        return self.defer("search").filter(deadline_on__gte=on).order_by("deadline_on", "id")

    def for_list(self) -> Self:
        """The newest first."""
        return self.defer("search").order_by("-sort_on", "-id")

    def for_detail(self, user: Reader) -> Self:
        """With what it is about."""
        return self.prefetch_related("tags").with_visible(
            user, "meetings", "organizations", "instruments", "documents"
        )
