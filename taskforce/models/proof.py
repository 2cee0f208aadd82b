"""Proof: what shows that something was done."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from untfsse.kit.characters import Legible


class Proof(Legible):
    """One piece of evidence: a document, an event, an instrument or a link."""

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
    url = models.URLField(
        _("link"),
        max_length=500,
        blank=True,
        help_text=_("Also for an entry of the Encyclopedia: its address in this portal."),
    )
    title = models.CharField(_("title of the link"), max_length=250, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(
                    document__isnull=False, meeting__isnull=True, instrument__isnull=True, url=""
                )
                | Q(document__isnull=True, meeting__isnull=False, instrument__isnull=True, url="")
                | Q(document__isnull=True, meeting__isnull=True, instrument__isnull=False, url="")
                | (
                    Q(document__isnull=True, meeting__isnull=True, instrument__isnull=True)
                    & ~Q(url="")
                    & ~Q(title="")
                ),
                name="%(class)s_is_exactly_one_thing",
                violation_error_message=_(
                    "Name exactly one: a document, an event, an instrument, or a link with a title."
                ),
            )
        ]

    def __str__(self) -> str:
        """Return the thing that proves it."""
        return str(self.document or self.meeting or self.instrument or self.title)
