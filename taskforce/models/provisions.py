"""What provisions say: their words in each language, and what became of them in a later text."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taskforce.choices import Language, ProvisionRelationKind
from taskforce.fingerprint import fingerprint_column
from taskforce.models.instruments import PolicyInstrument, Provision
from taskforce.querysets import ProvisionRelationQuerySet, ProvisionTextQuerySet
from untfsse.kit.records.characters import Legible
from untfsse.kit.records.evidence import Evidenced
from untfsse.kit.records.fields import LongTextField


class ProvisionText(Legible):
    """The words of a provision in one language, where the licence lets us show them."""

    provision = models.ForeignKey(
        Provision, on_delete=models.CASCADE, related_name="texts", verbose_name=_("provision")
    )
    language = models.CharField(_("language"), max_length=2, choices=Language)
    text = LongTextField(_("text"))
    source = models.URLField(
        _("source"), max_length=500, blank=True, help_text=_("Where these words were taken from.")
    )
    sha256 = fingerprint_column("text")

    objects = ProvisionTextQuerySet.as_manager()

    known_by = ("provision", "language")

    class Meta:
        verbose_name = _("words of a provision")
        verbose_name_plural = _("words of provisions")
        ordering: ClassVar = ["provision", "language"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="provisiontext_says_something",
                violation_error_message=_("Write the words."),
            ),
            models.UniqueConstraint(
                fields=["provision", "language"],
                name="provisiontext_is_kept_once_in_a_language",
                violation_error_message=_("Its words are already there in this language."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provision} ({self.get_language_display()})"

    def get_absolute_url(self) -> str:
        return self.provision.get_absolute_url()

    def clean(self) -> None:
        """Refuse words that the licence of the instrument does not let us show."""
        super().clean()
        if self.provision_id and not self.provision.instrument.may_show_text:
            words = _("The licence of the instrument does not let us show its text.")
            raise ValidationError({"text": words})


class ProvisionRelation(Evidenced):
    """What became of a provision from one text to a later one: an editor's word."""

    instrument = models.ForeignKey(
        PolicyInstrument,
        on_delete=models.CASCADE,
        related_name="provision_relations",
        verbose_name=_("later text"),
    )
    earlier_instrument = models.ForeignKey(
        PolicyInstrument,
        on_delete=models.CASCADE,
        related_name="later_provision_relations",
        verbose_name=_("earlier text"),
    )
    kind = models.CharField(_("what became of it"), max_length=14, choices=ProvisionRelationKind)
    provision = models.ForeignKey(
        Provision,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="earlier_relations",
        verbose_name=_("provision of the later text"),
    )
    earlier_provision = models.ForeignKey(
        Provision,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="later_relations",
        verbose_name=_("provision of the earlier text"),
    )

    objects = ProvisionRelationQuerySet.as_manager()

    class Meta(Evidenced.Meta):
        verbose_name = _("comparison of provisions")
        verbose_name_plural = _("comparisons of provisions")
        ordering: ClassVar = ["instrument", "earlier_instrument", "id"]
        constraints: ClassVar = [
            *Evidenced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind="new", provision__isnull=False, earlier_provision__isnull=True)
                | Q(kind="dropped", provision__isnull=True, earlier_provision__isnull=False)
                | (
                    ~Q(kind__in=["new", "dropped"])
                    & Q(provision__isnull=False, earlier_provision__isnull=False)
                ),
                name="provisionrelation_names_what_it_is_about",
                violation_error_message=_(
                    "What is new has no earlier provision, what is dropped no later one; all else "
                    "has both."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(instrument=F("earlier_instrument")),
                name="provisionrelation_is_with_another_text",
                violation_error_message=_("Choose another text as the earlier one."),
            ),
            models.UniqueConstraint(
                fields=["instrument", "earlier_instrument", "provision", "earlier_provision"],
                nulls_distinct=False,
                name="provisionrelation_is_said_once",
                violation_error_message=_("This is already said of these provisions."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.provision or self.earlier_provision}"

    @property
    def anchor(self) -> str:
        """Its place on the page of the comparison; needs the provision."""
        if self.provision:
            return self.provision.anchor
        return f"dropped-{self.earlier_provision.anchor}" if self.earlier_provision else ""

    def clean(self) -> None:
        """Refuse a provision of another text than the one beside it."""
        super().clean()
        pairs = (("provision", "instrument"), ("earlier_provision", "earlier_instrument"))
        for name, owner in pairs:
            provision = getattr(self, name)
            if provision and provision.instrument_id != getattr(self, f"{owner}_id"):
                raise ValidationError({name: _("This provision belongs to another text.")})
