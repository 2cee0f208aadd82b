"""Decisions and what became of them."""

from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from taggit.managers import TaggableManager

from taskforce.choices import (
    ASKS_NOTHING,
    AWAITED,
    DECISION_STATES,
    DONE_IN_ITSELF,
    DecisionKind,
    FollowUp,
    MinutesState,
)
from taskforce.models.agenda import AgendaItem
from taskforce.models.meetings import Meeting
from taskforce.models.organizations import Organization
from taskforce.models.proof import Proof
from taskforce.querysets import (
    PROOFS,
    DecisionPartQuerySet,
    DecisionQuerySet,
    EvidenceManager,
)
from untfsse.kit.records.dates import PartialDate, PartialDateField, last_day, period
from untfsse.kit.records.fields import LongTextField
from untfsse.kit.records.noun import MOST_WORDS, Door, Noun
from untfsse.kit.records.record import Record
from untfsse.kit.records.search import plain_key, search_column


class Decision(Record):
    """What a meeting decided, and its follow-up."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("meeting")
    )
    agenda_item = models.ForeignKey(
        AgendaItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("agenda item"),
    )
    number = models.CharField(
        _("number"),
        max_length=40,
        unique=True,
        error_messages={"unique": _("Another decision has this number.")},
        help_text=_("UNTFSSE/2022/SM/D3: year, meeting, decision."),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=DecisionKind)
    text = LongTextField(_("text"))
    follow_up = models.CharField(
        _("follow-up"),
        max_length=16,
        choices=FollowUp,
        default=FollowUp.NO_INFORMATION,
        db_index=True,
        help_text=_("“No word yet” is what readers see until somebody tells more."),
    )
    follow_up_on = models.DateField(
        _("follow-up known on"), null=True, blank=True, help_text=_("The day of that information.")
    )
    addressees = models.ManyToManyField(
        Organization,
        blank=True,
        related_name="addressed_decisions",
        verbose_name=_("addressed to"),
    )
    due_on = PartialDateField(_("due on"))
    is_due_before_next_meeting = models.BooleanField(
        _("due before the next meeting"),
        default=False,
        help_text=_("The due day then follows the day of that meeting."),
    )
    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("superseded by"),
    )
    tags = TaggableManager(blank=True)
    due_on_last = last_day("due_on")
    text_key = plain_key("text")
    search = search_column(["number"], ["text"], [], ["note"], noun="decision")

    objects = DecisionQuerySet.as_manager()

    noun = Noun(
        name="decision",
        path="decisions",
        place=30,
        title="text",
        symbol="number",
        is_symbol_unique=True,
        date="meeting__starts_on",
        until="meeting__ends_on",
        day="meeting__sort_on",
        texts=(),
        section=_("Decisions"),
        counted=ngettext_lazy("decision", "decisions"),
        feed_title=_("Decisions of the UN Task Force on Social and Solidarity Economy"),
        closed={Door.GOALS: "A decision names no goal."},
    )

    class Meta(Record.Meta):
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering: ClassVar = ["-meeting__sort_on", "number"]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="decision_search"),
            GinIndex(fields=["text_key"], opclasses=["gin_trgm_ops"], name="decision_like"),
            models.Index(fields=["due_on_last"], name="decision_by_due_day"),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True) | Q(follow_up=FollowUp.SUPERSEDED),
                name="decision_superseded_says_so",
                violation_error_message=_("A decision with a successor is superseded."),
            ),
            models.CheckConstraint(
                condition=~Q(superseded_by=F("id")),
                name="decision_does_not_supersede_itself",
                violation_error_message=_("A decision does not supersede itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        """Refuse another number or text once the minutes that name it are approved."""
        super().clean()
        stored = Decision.objects.filter(
            pk=self.pk, meeting__minutes__state=MinutesState.APPROVED
        ).first()
        rows = [] if stored is None else [stored, self]
        said = {(row.number, row.text, row.meeting_id, row.agenda_item_id) for row in rows}
        if len(said) > 1:
            raise ValidationError(
                _("The minutes that name this decision are approved. Add a corrigendum instead.")
            )

    @property
    def title(self) -> str:
        """The number with the text, cut at a word."""
        return f"{self.number}: {self.text}"

    @property
    def state(self) -> str:
        """What became of it, in a word; what only welcomes or notes waits for no word."""
        waits = self.follow_up != FollowUp.NO_INFORMATION or self.kind not in DONE_IN_ITSELF
        return self.follow_up if waits else ASKS_NOTHING

    @property
    def state_label(self) -> Any:
        """The state as readers see it."""
        return dict(DECISION_STATES)[self.state]

    @property
    def happened_on(self) -> PartialDate | None:
        """The day of the meeting; needs it."""
        return self.meeting.starts_on

    @property
    def awaits_report(self) -> bool:
        """Whether it asks for something of which no end is told."""
        return self.state in AWAITED

    @property
    def heard_on(self) -> PartialDate | None:
        """The day of what is known of its follow-up, else that of the meeting."""
        return PartialDate.of(self.follow_up_on) if self.follow_up_on else self.happened_on

    @property
    def statement(self) -> str:
        """Its number, meeting, day and text."""
        days = period(self.meeting.starts_on, self.meeting.ends_on)
        made = ", ".join(filter(None, (self.meeting.title, days)))
        return f"{self.number} ({made}): {self.text}"

    def shown_in_lists(self) -> dict[str, Any]:
        """Say what was decided, on which day, and what became of it; the number stands beside."""
        return {
            "title": Truncator(self.text).words(MOST_WORDS),
            "url": self.get_absolute_url(),
            "kind": self.get_kind_display(),
            "date": self.meeting.starts_on,
            "until": self.meeting.ends_on,
            "meta": self.number,
            "state": self.state,
            "state_label": self.state_label,
        }


class DecisionEvidence(Proof):
    """What shows that a decision was carried out."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="evidence")

    objects = EvidenceManager.from_queryset(DecisionPartQuerySet)()

    known_by = ("decision", *PROOFS, "url")

    closed: ClassVar = {Door.API: "It stands in its decision."}

    class Meta(Proof.Meta):
        verbose_name = _("evidence of implementation")
        verbose_name_plural = _("evidence of implementation")
        ordering: ClassVar = ["id"]
