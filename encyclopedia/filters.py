"""What one may ask of a list of the Encyclopedia; the same for pages and the API."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from encyclopedia.models import Authorship, Entry, Part, Work
from taskforce.models import Person
from untfsse.kit.pages.filters import (
    GoalFilter,
    ListFilter,
    RecordChoiceFilter,
    RecordFilter,
)
from untfsse.kit.pages.topics import TopicFilter


class PartFilter(RecordChoiceFilter):
    """A part by its number; one for each number, should there be several works."""

    def visible(self, request: HttpRequest | None) -> Any:
        """Return the parts in the order of the book."""
        parts = super().visible(request)
        return parts.order_by("number", "id").distinct("number")


class EntryFilter(RecordFilter):
    """Entries by words, part, goal, topic and author."""

    part = PartFilter(Part, label=_("Part"), to_field_name="number", method="in_part")
    sdg = GoalFilter()
    tag = TopicFilter(Entry)
    author = RecordChoiceFilter(Person, label=_("Author"), method="written_by")
    rare = ("author",)

    def in_part(self, queryset: Any, _name: str, value: Part) -> Any:
        """Narrow to the part of this number."""
        return queryset.filter(part__number=value.number)

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
