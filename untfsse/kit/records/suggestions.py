"""Suggestions: what is proposed for a record, and what an editor makes of it; never public."""

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from untfsse.kit.records.characters import Legible
from untfsse.kit.records.publication import VisibleQuerySet
from untfsse.kit.records.roles import Actor, require
from untfsse.kit.records.sdg import GOALS

LONGEST_NUMBER = 9


class SuggestionState(models.TextChoices):
    """What the editors made of a suggestion."""

    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")


class SuggestionQuerySet(VisibleQuerySet):
    """Suggestions; only the staff sees them."""

    def published(self) -> Self:
        """Nothing of it is public."""
        return self.none()

    def proposed(self) -> Self:
        """Waiting for an editor."""
        return self.filter(state=SuggestionState.PROPOSED)


class AbstractSuggestion(Legible):
    """A proposal for a record, which the foreign key `record_field` names."""

    record_field: ClassVar[str]

    value = models.CharField(_("value"), max_length=120)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=SuggestionState,
        default=SuggestionState.PROPOSED,
        db_index=True,
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        abstract = True


@transaction.atomic
def accept[S: AbstractSuggestion](
    suggestion: S, act: Callable[[Any, S], object], *, by: Actor, on: dt.date
) -> S:
    """Make a suggestion part of its record by an act on both.

    Raises ValidationError when it was decided before, or when the act refuses it.
    """
    locked, record = lock(suggestion, by=by)
    act(record, locked)
    return decide(locked, SuggestionState.ACCEPTED, by=by, on=on)


@transaction.atomic
def refuse_suggestion[S: AbstractSuggestion](suggestion: S, *, by: Actor, on: dt.date) -> S:
    """Put a suggestion aside; it stays in the list with who refused it.

    Raises ValidationError when it was decided before.
    """
    locked, _record = lock(suggestion, by=by)
    return decide(locked, SuggestionState.REFUSED, by=by, on=on)


def lock[S: AbstractSuggestion](suggestion: S, *, by: Actor) -> tuple[S, Any]:
    """Return the suggestion and its record as they are now, held until the transaction ends."""
    noun = type(suggestion)
    require(by, "change", noun)
    field: Any = noun._meta.get_field(noun.record_field)
    records = field.related_model._default_manager.select_for_update(of=("self",))
    record = records.get(pk=getattr(suggestion, field.attname))
    require(by, "change", record)
    locked: S = noun._default_manager.select_for_update(of=("self",)).get(pk=suggestion.pk)
    if locked.state != SuggestionState.PROPOSED:
        raise ValidationError(
            gettext("“%(suggestion)s” is decided already: %(state)s.")
            % {"suggestion": locked, "state": locked.get_state_display()}
        )
    return locked, record


def decide[S: AbstractSuggestion](
    suggestion: S, state: SuggestionState, *, by: Actor, on: dt.date
) -> S:
    """Note what became of a suggestion, and by whom."""
    suggestion.state = state
    suggestion.decided_on = on
    suggestion.decided_by_id = None if by is None else by.pk
    suggestion.full_clean()
    suggestion.save(update_fields=["state", "decided_on", "decided_by"])
    return suggestion


def add_goal(record: Any, suggestion: AbstractSuggestion) -> None:
    """Note that a record serves the goal whose number is suggested."""
    goal = read_number(suggestion.value.strip())
    if goal not in GOALS:
        raise ValidationError(gettext("The goals are numbers from 1 to 17."))
    record.sdgs = sorted({*record.sdgs, goal})
    record.save(update_fields=["sdgs", "updated_at"])


def read_number(text: str) -> int:
    """Return a number in plain digits; 0, which names nothing, for anything else."""
    is_plain = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if is_plain else 0
