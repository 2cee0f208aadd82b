"""Proof: what shows that something was done."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taskforce.querysets import PROOFS
from untfsse.kit.records.characters import Legible


def exactly_one_thing() -> Q:
    """Return the rule that a piece names one record, or else a link with its title."""
    rule = Q(**{f"{name}__isnull": True for name in PROOFS}) & ~Q(url="") & ~Q(title="")
    for thing in PROOFS:
        rule |= Q(url="", **{f"{name}__isnull": name != thing for name in PROOFS})
    return rule


class Proof(Legible):
    """One piece of evidence: a document, an event, an instrument, an entry or a link.

    The entry is named by its label: the table knows the upper storey, no code here does.
    """

    document = models.ForeignKey(
        "taskforce.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
    )
    meeting = models.ForeignKey(
        "taskforce.Meeting",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("event"),
    )
    instrument = models.ForeignKey(
        "taskforce.PolicyInstrument",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("instrument"),
    )
    entry = models.ForeignKey(
        "encyclopedia.Entry",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entry of the Encyclopedia"),
    )
    url = models.URLField(_("link"), max_length=500, blank=True)
    title = models.CharField(_("title of the link"), max_length=250, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=exactly_one_thing(),
                name="%(class)s_is_exactly_one_thing",
                violation_error_message=_(
                    "Name exactly one: a document, an event, an instrument, an entry, or a link "
                    "with a title."
                ),
            )
        ]

    def __str__(self) -> str:
        """Return the thing that proves it."""
        return str(self.thing or self.title)

    @property
    def thing(self) -> models.Model | None:
        """The record that proves it; None for a link."""
        return next((record for name in PROOFS if (record := getattr(self, name))), None)
