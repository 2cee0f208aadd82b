"""Votes: how bodies took a decision on an instrument, in committee and in plenary."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from taskforce.choices import VoteMode, VoteStage
from taskforce.models.instruments import PolicyInstrument
from taskforce.querysets import InstrumentFactQuerySet
from untfsse.kit.records.dates import PartialDateField, sort_day
from untfsse.kit.records.evidence import Evidenced


class Vote(Evidenced):
    """One vote on an instrument, or its adoption without one; who voted how, where known."""

    instrument = models.ForeignKey(
        PolicyInstrument,
        on_delete=models.CASCADE,
        related_name="votes",
        verbose_name=_("instrument"),
    )
    stage = models.CharField(_("stage"), max_length=10, choices=VoteStage, blank=True)
    body = models.CharField(_("voting body"), max_length=120, blank=True)
    mode = models.CharField(_("how"), max_length=16, choices=VoteMode, blank=True)
    taken_on = PartialDateField(_("taken on"))
    in_favour = models.PositiveSmallIntegerField(
        _("in favour"),
        null=True,
        blank=True,
        help_text=_("Empty says that it is not known; 0 says that nobody voted so."),
    )
    against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    countries_in_favour = CountryField(_("voted in favour"), multiple=True, blank=True)
    countries_against = CountryField(_("voted against"), multiple=True, blank=True)
    countries_abstaining = CountryField(_("abstained"), multiple=True, blank=True)
    note = models.CharField(_("note on the vote"), max_length=300, blank=True)
    sort_on = sort_day("taken_on")

    objects = InstrumentFactQuerySet.as_manager()

    known_by = ("instrument", "body", "taken_on")

    class Meta(Evidenced.Meta):
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering: ClassVar = ["instrument", "sort_on", "id"]
        constraints: ClassVar = [
            *Evidenced.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(mode=VoteMode.WITHOUT_A_VOTE)
                | Q(in_favour__isnull=True, against__isnull=True, abstentions__isnull=True),
                name="vote_counts_only_what_was_cast",
                violation_error_message=_("Without a vote there is nothing to count."),
            ),
            models.UniqueConstraint(
                fields=["instrument", "body", "taken_on"],
                nulls_distinct=False,
                name="vote_is_listed_once",
                violation_error_message=_("The vote of this body on this day is already listed."),
            ),
        ]

    def __str__(self) -> str:
        words = [self.body, str(self.get_mode_display()), self.taken_on and self.taken_on.text]
        return ", ".join(str(word) for word in words if word) or str(_("Vote"))

    @property
    def in_words(self) -> str:
        """How it went, in words; nothing when that is not known."""
        counts = [
            (gettext("%(number)s in favour"), self.in_favour),
            (gettext("%(number)s against"), self.against),
            (gettext("%(number)s abstaining"), self.abstentions),
        ]
        numbers = [words % {"number": count} for words, count in counts if count is not None]
        how = self.get_mode_display() if self.mode else ""
        when = self.taken_on.text if self.taken_on else ""
        return "; ".join(str(word) for word in (how, ", ".join(numbers), self.body, when) if word)
