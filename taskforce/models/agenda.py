"""The points of an agenda: numbered, one under another, in one order."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taskforce.choices import AgendaItemKind, MinutesState
from taskforce.models.meetings import Meeting
from taskforce.models.organizations import Organization
from taskforce.querysets import PRINTED_ORDER, AgendaItemQuerySet
from untfsse.kit.records.characters import Legible
from untfsse.kit.records.fields import RichTextField
from untfsse.kit.records.search import plain_key, search_column


class AgendaItem(Legible):
    """One point of an agenda."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="agenda_items", verbose_name=_("meeting")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("under"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=250)
    kind = models.CharField(
        _("kind"), max_length=20, choices=AgendaItemKind, default=AgendaItemKind.DISCUSSION
    )
    presenters = models.ManyToManyField(
        Organization, blank=True, related_name="+", verbose_name=_("presented by")
    )
    minutes_text = RichTextField(_("minutes"), blank=True)
    instruments = models.ManyToManyField(
        "taskforce.PolicyInstrument",
        blank=True,
        related_name="agenda_items",
        verbose_name=_("instruments"),
        help_text=_("The instruments this item is about."),
    )
    meetings = models.ManyToManyField(
        Meeting,
        blank=True,
        related_name="spoken_of_in",
        verbose_name=_("other meetings"),
        help_text=_("The meetings this item is about: a side event, a conference."),
    )
    carried_over_from = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried_over_to",
        verbose_name=_("carried over from"),
    )
    approves_minutes_of = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="approval_items",
        verbose_name=_("approves the minutes of"),
        help_text=_("The earlier meeting whose minutes are approved under this item."),
    )

    title_key = plain_key("title")
    search = search_column(["title"])

    below: "list[AgendaItem]"
    """The items under it, as `outline` found them."""
    taken: "list[Any]"
    """The decisions under it, where a page gave them."""

    objects = AgendaItemQuerySet.as_manager()

    unseen: ClassVar = ("minutes_text",)

    known_by = ("meeting", "parent__number", "number")

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering: ClassVar = ["meeting", *PRINTED_ORDER]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="agendaitem_search"),
            GinIndex(fields=["title_key"], opclasses=["gin_trgm_ops"], name="agendaitem_like"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "parent", "number"],
                nulls_distinct=False,
                deferrable=models.Deferrable.DEFERRED,
                name="agendaitem_has_its_own_number",
                violation_error_message=_("Another item of this agenda has this number."),
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="agendaitem_is_not_under_itself",
                violation_error_message=_("An item is not under itself."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "approves_minutes_of"],
                name="agendaitem_approves_minutes_once",
                violation_error_message=_("Another item already approves these minutes."),
            ),
            models.CheckConstraint(
                condition=~Q(approves_minutes_of=F("meeting")),
                name="agendaitem_approves_earlier_minutes",
                violation_error_message=_("A meeting does not approve its own minutes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.printed_number}. {self.title}"

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#{self.anchor}"

    def clean(self) -> None:
        """Refuse another item, or minutes under it, once those of the meeting are approved."""
        super().clean()
        above = self.parent if self.parent_id != self.pk else None
        if above and (above.parent_id or (self.pk and self.children.exists())):
            raise ValidationError(
                {"parent": _("An agenda has two levels: 2 and 2.1. Choose another item.")}
            )
        stored = AgendaItem.objects.filter(
            pk=self.pk, meeting__minutes__state=MinutesState.APPROVED
        ).first()
        if stored is None:
            return
        if stored.minutes_text != self.minutes_text:
            raise ValidationError(
                {"minutes_text": _("These minutes are approved. Add a corrigendum instead.")}
            )
        said = [(row.number, row.title, row.parent_id) for row in (stored, self)]
        if said[0] != said[1]:
            raise ValidationError(
                _("The minutes that name this item are approved. Add a corrigendum instead.")
            )

    @property
    def printed_number(self) -> str:
        """The number as an agenda prints it: 2, or 2.1 under another item; needs `parent`."""
        return f"{self.parent.number}.{self.number}" if self.parent else str(self.number)

    @property
    def anchor(self) -> str:
        """The place on the page; needs `parent`."""
        return f"agenda-{self.printed_number.replace('.', '-')}"


def outline(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Return the items of an agenda as it prints them: each before those under it.

    Each carries its `parent` and, in `below`, the items under it, without a query.
    """
    by_parent: dict[int | None, list[AgendaItem]] = {}
    for item in sorted(items, key=lambda item: item.number):
        by_parent.setdefault(item.parent_id, []).append(item)

    def walk(parent: AgendaItem | None) -> Iterator[AgendaItem]:
        for item in by_parent.get(parent.pk if parent else None, []):
            item.parent, item.below = parent, by_parent.get(item.pk, [])
            yield item
            yield from walk(item)

    return list(walk(None))
