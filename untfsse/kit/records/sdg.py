"""The Sustainable Development Goals: their official numbers, names and identifiers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from untfsse.kit.forms.fields import ChoicesField
from untfsse.kit.records.fields import ListField


@dataclass(frozen=True, slots=True)
class Goal:
    """One of the 17 goals."""

    number: int
    name: str | Promise

    @property
    def iri(self) -> str:
        """The identifier in the UN's own vocabulary (source: metadata.un.org/sdg)."""
        return f"http://metadata.un.org/sdg/{self.number}"


GOALS = {
    number: Goal(number, name)
    for number, name in enumerate(
        [
            _("No poverty"),
            _("Zero hunger"),
            _("Good health and well-being"),
            _("Quality education"),
            _("Gender equality"),
            _("Clean water and sanitation"),
            _("Affordable and clean energy"),
            _("Decent work and economic growth"),
            _("Industry, innovation and infrastructure"),
            _("Reduced inequalities"),
            _("Sustainable cities and communities"),
            _("Responsible consumption and production"),
            _("Climate action"),
            _("Life below water"),
            _("Life on land"),
            _("Peace, justice and strong institutions"),
            _("Partnerships for the goals"),
        ],
        start=1,
    )
}


def goals(numbers: Iterable[int]) -> list[Goal]:
    """Return the goals of these numbers in official order."""
    return [GOALS[number] for number in sorted(numbers)]


def validate_goals(value: list[int]) -> None:
    """Refuse doubles and numbers that are no goal."""
    if len(set(value)) != len(value) or not set(value) <= set(GOALS):
        raise ValidationError(_("The goals are numbers from 1 to 17, each once."))


class GoalsField(ListField):
    """The goals that a record serves, by their numbers."""

    def __init__(self, **kwargs: Any) -> None:
        """Take what an ArrayField takes; the rest is alike for every noun."""
        alike = {
            "base_field": models.PositiveSmallIntegerField(),
            "default": list,
            "blank": True,
            "validators": [validate_goals],
            "verbose_name": _("SDGs"),
            "help_text": _("The Sustainable Development Goals that it serves, by number."),
        }
        super().__init__(**{**alike, **kwargs})

    def formfield(self, **kwargs: Any) -> Any:
        """Return a box to tick for each goal."""
        box = {
            "form_class": ChoicesField,
            "choices": [(number, f"{number}. {goal.name}") for number, goal in GOALS.items()],
            "coerce": int,
            "widget": forms.CheckboxSelectMultiple,
            "help_text": _("The goals it serves. Readers find it under each of them."),
        }
        return super().formfield(**{**box, **kwargs})


def sdgs_are_goals() -> models.CheckConstraint:
    """Return the rule that only the 17 goals are named."""
    return models.CheckConstraint(
        condition=Q(sdgs__contained_by=list(GOALS)),
        name="%(class)s_sdgs_are_goals",
        violation_error_message=_("The goals are numbers from 1 to 17."),
    )
