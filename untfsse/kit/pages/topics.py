"""Topics: what is filed under one, and a list narrowed to it."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag, TaggedItem

from untfsse.kit.pages.filters import RecordChoiceFilter, Rows, reader_of


def items_of(model: Any) -> Any:
    """Return what ties topics to the records of a noun; told so, PostgreSQL knows how many."""
    return TaggedItem.objects.filter(content_type=ContentType.objects.get_for_model(model).pk)


def tagged(records: Any, topic: int) -> Any:
    """Return the records under a topic.

    By the table of topics: `tags__slug` of django-taggit 6.1 asks Django for what it deprecates.
    """
    items = items_of(records.model).filter(tag=topic)
    return records.filter(pk__in=items.values("object_id"))


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
