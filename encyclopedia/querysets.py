"""The questions of the Encyclopedia: which rows, for whom, with what."""

from typing import Any, ClassVar, Self

from django.db.models import Prefetch

from untfsse.kit.records.publication import Reader, VisibleQuerySet

NAMED = ("number", "title", "slug")
"""What a link to an entry shows."""


class WorkQuerySet(VisibleQuerySet):
    """Questions about works."""

    def for_detail(self, user: Reader) -> Self:
        """With parts, editors and who funded it, the latest work first."""
        rows = self.with_visible(user, "funding_organization", "editing_organization")
        return rows.prefetch_related(
            Prefetch("parts", self.rows_of("parts").visible_to(user).order_by("number")),
            Prefetch("editorships", self.rows_of("editorships").in_order(user)),
        ).order_by("-year", "id")


class WorkPartQuerySet(VisibleQuerySet):
    """Parts of a work; seen with it."""

    guards: ClassVar = ("work",)


class EditorshipQuerySet(VisibleQuerySet):
    """Editors; seen with the work once they are sure or verified."""

    guards: ClassVar = ("work", "person")
    evidenced: ClassVar = ("",)

    def in_order(self, user: Reader) -> Self:
        """What a reader may see, by name and in its order."""
        return self.visible_to(user).select_related("person").order_by("position")


class EntryQuerySet(VisibleQuerySet):
    """Questions about entries."""

    guards: ClassVar = ("", "part__work")

    def held_back(self) -> Self:
        """Hidden until somebody verifies them: of these only the number may be told."""
        return self.drafts().filter(confidence="low", verified_on__isnull=True)

    def related_to(self, entry: Any) -> Self:
        """Related to an entry, whichever of the two names the other."""
        relations = self.rows_of("relations_as_first").order_by()
        # As a union, since an "or" would read the whole table.
        others = relations.filter(first=entry).values("second")
        return self.filter(pk__in=others.union(relations.filter(second=entry).values("first")))

    def before(self, number: int, work: int) -> Self:
        """Earlier in a work than a number, the nearest first."""
        return self.filter(part__work=work, number__lt=number).order_by("-number", "-id")

    def after(self, number: int, work: int) -> Self:
        """Later in a work than a number, the nearest first."""
        return self.filter(part__work=work, number__gt=number).order_by("number", "id")

    def for_list(self) -> Self:
        """In the order of the book, with the part."""
        return self.select_related("part__work").order_by("number", "id")

    def with_authors(self, user: Reader) -> Self:
        """With the authors that a reader may see, in their order."""
        authors = self.rows_of("authorships").visible_to(user).select_related("person")
        return self.prefetch_related(Prefetch("authorships", authors.order_by("position")))

    def for_citation(self, user: Reader) -> Self:
        """With everything that its page shows."""
        return self.for_detail(user)

    def for_detail(self, user: Reader) -> Self:
        """With part, work and its editors, authors and topics."""
        works = self.rows_of("part").rows_of("work")
        editors = Prefetch("part__work__editorships", works.rows_of("editorships").in_order(user))
        entries = self.for_list().defer("search", "part__work__search")
        return entries.with_authors(user).prefetch_related("tags", editors)


class AuthorshipQuerySet(VisibleQuerySet):
    """Authors; seen with the entry once they are sure or verified."""

    guards: ClassVar = ("entry", "entry__part__work", "person")
    evidenced: ClassVar = ("",)


class EntryRelationQuerySet(VisibleQuerySet):
    """Related entries; seen when both are."""

    guards: ClassVar = ("first", "first__part__work", "second", "second__part__work")
