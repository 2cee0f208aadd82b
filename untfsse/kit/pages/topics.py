"""Topics: what is filed under one, and a list narrowed to it."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag, TaggedItem

from untfsse.kit.pages.filters import RecordChoiceFilter, Rows, reader_of
from untfsse.kit.records.search import IsAmong

MOST_GONE_THROUGH = 300
"""So many records of a list are gone through for a topic before all that bear it are looked up."""


def items_of(model: Any) -> Any:
    """Return what ties topics to the records of a noun; told so, PostgreSQL knows how many."""
    return TaggedItem.objects.filter(content_type=ContentType.objects.get_for_model(model).pk)


def tagged(records: Any, topic: int) -> Any:
    """Return the records under a topic.

    By the table of topics: `tags__slug` of django-taggit 6.1 asks Django for what it deprecates.
    """
    return tied(records, items_of(records.model).filter(tag=topic))


def tied(records: Any, items: Any) -> Any:
    """Return the records to which some items tie topics."""
    return records.filter(pk__in=items.values("object_id"))


def filed_first(records: Any, items: Any, number: int) -> Any:
    """Return the first records of a list to which some items tie a topic, so many.

    Where that many are among the first of the list, no other is looked at: PostgreSQL alone would
    sort all that bear the topic, or go through all records for one that hardly any bears.
    """
    first = records.model.objects.for_list().values("pk")[:MOST_GONE_THROUGH]
    among = items.order_by().filter(IsAmong("object_id", ArraySubquery(first)))
    seen = records.order_by().filter(IsAmong("pk", ArraySubquery(among.values("object_id"))))
    all_seen = seen.annotate(all=Value(1)).values("all").annotate(keys=ArrayAgg("pk"))
    enough = all_seen.filter(keys__len__gte=number).values("keys")
    every = ArraySubquery(items.order_by().values("object_id"))
    return records.filter(IsAmong("pk", Coalesce(Subquery(enough), every))).for_list()[:number]


class TopicFilter(RecordChoiceFilter):
    """A topic by its slug, among those of the records of a noun that the reader may see."""

    def __init__(self, noun: Any, **kwargs: Any) -> None:
        super().__init__(noun, **{"label": _("Topic"), **kwargs})

    def visible(self, request: HttpRequest | None) -> Rows:
        """Return the topics by name; each is in use once one record is found."""
        records: Any = self.noun._default_manager
        seen = records.visible_to(reader_of(request)).order_by().filter(pk=OuterRef("object_id"))
        used = items_of(self.noun).filter(Exists(seen), tag=OuterRef("pk"))
        topics: Rows = Tag.objects.filter(Exists(used)).order_by("name")
        return topics

    def filter(self, qs: Rows, value: Tag | None) -> Rows:
        """Narrow to those filed under the topic."""
        rows: Rows = tagged(qs, value.pk) if value else qs
        return rows
