"""The record: a published noun with an address and evidence, the base of most nouns."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from untfsse.kit.records.addresses import refuse_former_slug
from untfsse.kit.records.evidence import Confidence, Evidenced
from untfsse.kit.records.publication import Publishable, Status


class Record(Publishable, Evidenced):
    """A noun with an address of its own, published by an editor, with its sources."""

    slug = models.SlugField(
        _("address"),
        max_length=120,
        unique=True,
        error_messages={"unique": _("This address is taken. Choose a different one.")},
        validators=[RegexValidator(r"[a-z0-9]", _("An address needs a letter or a digit."))],
        help_text=_("Part of the web address. Once published, an old one leads to the new one."),
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("What a reader should know about the facts above.")
    )

    class Meta(Publishable.Meta, Evidenced.Meta):
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Publishable.Meta.constraints,
            *Evidenced.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED, confidence=Confidence.LOW)
                | Q(verified_on__isnull=False),
                name="%(class)s_low_confidence_is_verified_before_published",
                violation_error_message=_(
                    "A record of low confidence cannot be published before it is verified."
                ),
            ),
        ]

    def clean(self) -> None:
        """Refuse an address under which another record was published."""
        super().clean()
        refuse_former_slug(self, self.slug)
