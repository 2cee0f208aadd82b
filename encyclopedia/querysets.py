"""The questions of the Encyclopedia: which rows, for whom, with what."""

from typing import ClassVar, Self

from untfsse.kit.publication import VisibleQuerySet


class WorkQuerySet(VisibleQuerySet):
    """Questions about works."""


class WorkPartQuerySet(VisibleQuerySet):
    """Parts and editors of a work; seen with it."""

    guards: ClassVar = ("work",)


class EditorshipQuerySet(VisibleQuerySet):
    """Editors; seen with the work once they are sure or verified."""

    guards: ClassVar = ("work", "person")
    evidenced: ClassVar = ("",)


class EntryQuerySet(VisibleQuerySet):
    """Questions about entries."""

    guards: ClassVar = ("", "part__work")

    def for_list(self) -> Self:
        """In the order of the book, with the part."""
        return self.select_related("part__work").order_by("number", "id")


class AuthorshipQuerySet(VisibleQuerySet):
    """Authors; seen with the entry once they are sure or verified."""

    guards: ClassVar = ("entry", "person")
    evidenced: ClassVar = ("",)


class EntryRelationQuerySet(VisibleQuerySet):
    """Related entries; seen when both are."""

    guards: ClassVar = ("first", "second")


class SuggestionQuerySet(VisibleQuerySet):
    """Suggestions; only the staff sees them."""

    def published(self) -> Self:
        """Nothing of it is public."""
        return self.none()

    def proposed(self) -> Self:
        """Waiting for an editor."""
        return self.filter(state="proposed")
