"""Minutes of meetings and their later corrections."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taskforce.choices import MinutesState
from taskforce.fingerprint import fingerprint_matches
from taskforce.models.meetings import Meeting
from taskforce.querysets import CorrigendumQuerySet, MinutesQuerySet
from untfsse.kit.records.characters import Legible
from untfsse.kit.records.fields import LongTextField, RichTextField
from untfsse.kit.records.noun import Door
from untfsse.kit.records.publication import Audience, AudienceField
from untfsse.kit.records.search import search_column


class Minutes(Legible):
    """The minutes of one meeting: draft, circulated, then approved and frozen."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    state = models.CharField(
        _("state"), max_length=12, choices=MinutesState, default=MinutesState.DRAFT
    )
    audience = AudienceField(default=Audience.MEMBERS)
    text = RichTextField(_("text"), blank=True)
    circulated_on = models.DateField(_("circulated on"), null=True, blank=True)
    circulated_text = RichTextField(_("circulated text"), blank=True, editable=False)
    circulated_sha256 = models.CharField(
        _("hash of the circulated text"), max_length=64, blank=True, editable=False
    )
    approved_at_meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="approved_minutes",
        verbose_name=_("approved at"),
        help_text=_("The later meeting that approved them."),
    )
    approved_on = models.DateField(_("approved on"), null=True, blank=True, editable=False)
    approved_text = RichTextField(_("approved text"), blank=True, editable=False)
    approved_sha256 = models.CharField(
        _("hash of the approved text"), max_length=64, blank=True, editable=False
    )

    search = search_column([], [], ["approved_text", "circulated_text"])

    objects = MinutesQuerySet.as_manager()

    closed: ClassVar = {Door.API: "They are read on the page of their meeting."}

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        ordering: ClassVar = ["-meeting__sort_on", "-id"]
        indexes: ClassVar = [GinIndex(fields=["search"], name="minutes_search")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=MinutesState.APPROVED)
                | (Q(approved_at_meeting__isnull=False) & ~Q(approved_sha256="")),
                name="minutes_approved_at_a_meeting_with_a_hash",
                violation_error_message=_("Approved minutes name the meeting that approved them."),
            ),
            models.CheckConstraint(
                condition=~Q(approved_at_meeting=models.F("meeting")),
                name="minutes_are_approved_at_a_later_meeting",
                violation_error_message=_("A later meeting approves minutes."),
            ),
            models.CheckConstraint(
                condition=Q(state=MinutesState.DRAFT) | Q(circulated_on__isnull=False),
                name="minutes_circulated_on_a_day",
                violation_error_message=_("Say on which day the minutes were circulated."),
            ),
            fingerprint_matches(
                "circulated_text",
                "circulated_sha256",
                name="minutes_circulated_hash_is_of_its_text",
            ),
            fingerprint_matches(
                "approved_text", "approved_sha256", name="minutes_approved_hash_is_of_its_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.get_state_display()}"

    @property
    def is_frozen(self) -> bool:
        """Whether a later meeting has approved them."""
        return self.state == MinutesState.APPROVED

    @property
    def fixed_text(self) -> str:
        """The approved text, else the circulated; "" for a draft.

        It stands as a whole: the texts under the items may have been changed since.
        """
        return self.approved_text or self.circulated_text

    @property
    def shown_text(self) -> str:
        """The text that stands: the fixed one, else the opening of the draft."""
        return self.fixed_text or self.text


class Corrigendum(Legible):
    """A numbered and dated change of approved minutes."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="corrigenda")
    number = models.PositiveSmallIntegerField(_("number"))
    made_on = models.DateField(_("made on"))
    text = LongTextField(_("text"))

    objects = CorrigendumQuerySet.as_manager()

    closed: ClassVar = {Door.API: "It stands with its minutes."}

    class Meta:
        verbose_name = _("corrigendum")
        verbose_name_plural = _("corrigenda")
        ordering: ClassVar = ["minutes", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["minutes", "number"],
                name="corrigendum_has_its_own_number",
                violation_error_message=_("Another corrigendum has this number."),
            )
        ]

    def __str__(self) -> str:
        return _("Corrigendum %(number)s") % {"number": self.number}
