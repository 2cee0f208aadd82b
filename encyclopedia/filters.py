"""What one may ask of a list of the Encyclopedia; the same for pages and the API."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag, TaggedItem

from encyclopedia.models import Authorship, Entry, Part, Work
from taskforce.models import Person
from untfsse.kit.pages.filters import (
    GoalFilter,
    ListFilter,
    RecordChoiceFilter,
    RecordFilter,
    reader_of,
)


def entry_tags() -> Any:
    """Return what ties topics to entries."""
    return TaggedItem.objects.filter(content_type=ContentType.objects.get_for_model(Entry))


class PartFilter(RecordChoiceFilter):
    """A part by its number; one for each number, should there be several works."""

    def visible(self, request: HttpRequest | None) -> Any:
        """Return the parts in the order of the book."""
        parts = super().visible(request)
        return parts.order_by("number", "id").distinct("number")


class TopicFilter(RecordChoiceFilter):
    """A topic by its slug, among those of the entries the reader may see."""

    def visible(self, request: HttpRequest | None) -> Any:
        """Return the topics by name."""
        entries = Entry.objects.visible_to(reader_of(request)).order_by()
        used = entry_tags().filter(object_id__in=entries.values("pk"))
        return Tag.objects.filter(pk__in=used.values("tag")).order_by("name")


class EntryFilter(RecordFilter):
    """Entries by words, part, goal, topic and author."""

    part = PartFilter(Part, label=_("Part"), to_field_name="number", method="in_part")
    sdg = GoalFilter()
    tag = TopicFilter(Tag, label=_("Topic"), method="about")
    author = RecordChoiceFilter(Person, label=_("Author"), method="written_by")
    rare = ("author",)

    def in_part(self, queryset: Any, _name: str, value: Part) -> Any:
        """Narrow to the part of this number."""
        return queryset.filter(part__number=value.number)

    def about(self, queryset: Any, _name: str, value: Tag) -> Any:
        """Narrow to those filed under the topic."""
        return queryset.filter(pk__in=entry_tags().filter(tag=value).values("object_id"))

    def written_by(self, queryset: Any, _name: str, value: Person) -> Any:
        """Narrow to those whose authorship the reader may see."""
        seen = Authorship.objects.visible_to(self.reader).filter(person=value)
        return queryset.filter(authorships__in=seen)


class WorkFilter(RecordFilter):
    """Works by words."""


class PartListFilter(ListFilter):
    """Parts by work."""

    work = RecordChoiceFilter(Work, label=_("Work"))


class AuthorshipFilter(ListFilter):
    """Authorships by entry and person."""

    entry = RecordChoiceFilter(Entry, label=_("Entry"))
    person = RecordChoiceFilter(Person, label=_("Person"))
