"""Suggestions for the records of the Task Force; never public."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taskforce.models.instruments import PolicyInstrument, Provision
from untfsse.kit.records.noun import Door
from untfsse.kit.records.sdg import GOALS
from untfsse.kit.records.suggestions import AbstractSuggestion


class SuggestedGoal(AbstractSuggestion):
    """A goal, by its number, that an instrument may serve: an editor accepts or refuses it."""

    instrument = models.ForeignKey(
        PolicyInstrument,
        on_delete=models.CASCADE,
        related_name="suggested_goals",
        verbose_name=_("instrument"),
    )

    record_field = "instrument"
    known_by = ("instrument", "value")

    closed: ClassVar = {Door.API: "A proposal is no fact."}

    class Meta:
        verbose_name = _("suggested goal")
        verbose_name_plural = _("suggested goals")
        ordering: ClassVar = ["instrument", "value"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instrument", "value"],
                name="suggestedgoal_is_made_once",
                violation_error_message=_("This suggestion is already there."),
            ),
            models.CheckConstraint(
                condition=Q(value__in=[str(number) for number in GOALS]),
                name="suggestedgoal_is_a_goal",
                violation_error_message=_("The goals are numbers from 1 to 17."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument}: SDG {self.value}"


class SuggestedTopic(AbstractSuggestion):
    """A topic under which a provision may be filed: an editor accepts or refuses it."""

    provision = models.ForeignKey(
        Provision,
        on_delete=models.CASCADE,
        related_name="suggested_topics",
        verbose_name=_("provision"),
    )

    record_field = "provision"
    known_by = ("provision", "value")

    closed: ClassVar = {Door.API: "A proposal is no fact."}

    class Meta:
        verbose_name = _("suggested topic")
        verbose_name_plural = _("suggested topics")
        ordering: ClassVar = ["provision", "value"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provision", "value"],
                name="suggestedtopic_is_made_once",
                violation_error_message=_("This suggestion is already there."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.provision}: {self.value}"
