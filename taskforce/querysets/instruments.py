"""The questions of policy instruments, documents and news."""

import datetime as dt
from typing import ClassVar, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import JSONObject
from taggit.models import TaggedItem

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

    def for_page(self, user: Reader) -> Self:
        """With the renditions, as far as a reader may see them."""
        return super().for_page(user).with_visible(user, "renditions")

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

    def with_texts(self, user: Reader) -> Self:
        """With the languages in which its words are held, as `text_languages`."""
        texts = self.rows_of("provisions").rows_of("texts").visible_to(user)
        languages = texts.filter(provision__instrument=OuterRef("pk")).order_by()
        return self.defer("search").annotate(
            text_languages=ArraySubquery(languages.values("language").distinct())
        )

    def with_comparisons(self, user: Reader) -> Self:
        """With the texts since and until which somebody compared its provisions."""
        since = self.rows_of("provision_relations").visible_to(user).order_by()
        return self.annotate(
            earlier_texts=ArraySubquery(
                since.filter(instrument=OuterRef("pk"))
                .values(text=text_at("earlier_instrument"))
                .distinct()
            ),
            later_texts=ArraySubquery(
                since.filter(earlier_instrument=OuterRef("pk"))
                .values(text=text_at("instrument"))
                .distinct()
            ),
        )

    def for_citation(self, user: Reader) -> Self:
        """With provisions."""
        return self.with_visible(user, "provisions")

    def for_detail(self, user: Reader) -> Self:
        """With its languages and comparisons, votes, steps, parties, documents and news."""
        rows = self.with_texts(user).with_comparisons(user)
        return rows.prefetch_related("tags").with_visible(
            user,
            "issuing_organization",
            "titles",
            "votes",
            "events",
            "parties__organization",
            "parties__under",
            "documents",
            "updates",
        )


def text_at(path: str) -> JSONObject:
    """Return the address and the name of an instrument on a path, as JSON."""
    return JSONObject(slug=f"{path}__slug", title=f"{path}__short_title")


class ProvisionQuerySet(VisibleQuerySet):
    """Provisions; seen with their instrument."""

    guards: ClassVar = ("instrument",)

    def with_topics(self) -> Self:
        """Those that are filed under topics, with them and their instrument, in its order."""
        items = TaggedItem.objects.filter(
            content_type__app_label="taskforce", content_type__model="provision"
        )
        return (
            self.filter(pk__in=items.values("object_id"))
            .select_related("instrument")
            .defer("instrument__search")
            .prefetch_related("tags")
            .order_by("instrument__sort_on", "instrument_id", "position")
        )

    def with_words(self, user: Reader, language: str) -> Self:
        """With the `words` of each in a language, else in the first other: {language, text}."""
        is_other = Case(When(language=language, then=0), default=1)
        texts = self.rows_of("texts").visible_to(user).filter(provision=OuterRef("pk"))
        words = texts.order_by(is_other, "language").values(
            both=JSONObject(language="language", text="text")
        )
        return self.annotate(words=Subquery(words[:1]))


class ProvisionTextQuerySet(VisibleQuerySet):
    """The words of provisions; seen with their instrument."""

    guards: ClassVar = ("provision__instrument",)


class ProvisionRelationQuerySet(VisibleQuerySet):
    """What became of provisions; seen with both texts once an editor is sure of it."""

    guards: ClassVar = ("instrument", "earlier_instrument")
    evidenced: ClassVar = ("",)

    def around(self, instrument: models.Model | int) -> Self:
        """With an instrument on either end."""
        return self.filter(Q(instrument=instrument) | Q(earlier_instrument=instrument))

    def with_ends(self) -> Self:
        """With both texts and provisions, in the order of the later text: who sees it sees them."""
        return (
            self.select_related(
                "instrument", "earlier_instrument", "provision", "earlier_provision"
            )
            .defer("instrument__search", "earlier_instrument__search")
            .order_by(F("provision__position").asc(nulls_last=True), "earlier_provision__position")
        )


class InstrumentFactQuerySet(VisibleQuerySet):
    """Steps, votes and parties; seen with their instrument once they are sure or verified."""

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

    def around(self, instrument: models.Model | int) -> Self:
        """With an instrument on either end."""
        return self.filter(Q(source=instrument) | Q(target=instrument))

    def with_ends(self) -> Self:
        """With both texts: who sees the relation sees them."""
        return self.select_related("source", "target").defer("source__search", "target__search")


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
