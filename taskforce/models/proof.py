"""Proof: what shows that something was done."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taskforce.querysets import PROOFS, PUBLICATIONS, RECORDS
from untfsse.kit.records.characters import Legible


def exactly_one_thing() -> Q:
    """Return the rule that a piece names one record, or else a link with its title."""
    rule = Q(**{f"{name}__isnull": True for name in PROOFS}) & ~Q(url="") & ~Q(title="")
    for thing in PROOFS:
        rule |= Q(url="", **{f"{name}__isnull": name != thing for name in PROOFS})
    return rule


class Proof(Legible):
    """One piece of evidence: a document, an event, an instrument, a publication or a link."""

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
    publication_slug = models.SlugField(
        _("publication"),
        max_length=120,
        null=True,
        blank=True,
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
                    "Name exactly one: a document, an event, an instrument, a publication, or a "
                    "link with a title."
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.thing or self.title)

    def clean(self) -> None:
        """Refuse a publication that is not there."""
        super().clean()
        slug, noun = self.publication_slug, PUBLICATIONS.noun
        if slug and not (noun and noun.objects.filter(slug=slug).exists()):
            raise ValidationError({"publication_slug": _("There is no publication of this name.")})

    @property
    def publication(self) -> Any:
        """The publication by its address and title alone, never fetched; None for none."""
        if not (self.publication_slug and PUBLICATIONS.noun):
            return None
        title = getattr(self, "publication_title", None) or self.publication_slug
        return PUBLICATIONS.noun(slug=self.publication_slug, title=title)

    @property
    def thing(self) -> Any:
        """The record that proves it; None for a link."""
        return next((record for name in RECORDS if (record := getattr(self, name))), None) or (
            self.publication
        )


def pieces_naming(slugs: Iterable[str]) -> list[Proof]:
    """Return the evidence, of whichever storey, that names some publications."""
    tables = [noun._default_manager for noun in Proof.__subclasses__()]
    named = Q(publication_slug__in=list(slugs))
    return [piece for pieces in tables for piece in pieces.filter(named)]
