"""The record: a published noun with an address and evidence, the base of most nouns."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from untfsse.kit.records.addresses import refuse_former_slug
from untfsse.kit.records.dates import period
from untfsse.kit.records.evidence import Confidence, Evidenced
from untfsse.kit.records.fields import NoteField
from untfsse.kit.records.list_item import ListItem
from untfsse.kit.records.noun import Door, Noun, address_name, is_open, slug_address
from untfsse.kit.records.publication import Publishable, Status


class Record(Publishable, Evidenced):
    """A noun with an address of its own, published by an editor, with its sources."""

    noun: ClassVar[Noun]
    """What it says of itself: see `untfsse.kit.records.noun`."""

    slug = models.SlugField(
        _("address"),
        max_length=120,
        unique=True,
        error_messages={"unique": _("This address is taken. Choose a different one.")},
        validators=[RegexValidator(r"[a-z0-9]", _("An address needs a letter or a digit."))],
        help_text=_("Part of the web address. Once published, an old one leads to the new one."),
    )
    note = NoteField(
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

    def __str__(self) -> str:
        return str(getattr(self, self.noun.title))

    def get_absolute_url(self) -> str:
        return slug_address(address_name(self, "detail"), self.slug)

    def clean(self) -> None:
        """Refuse an address under which another record was published."""
        super().clean()
        refuse_former_slug(self, self.slug)

    @property
    def cite_url(self) -> str:
        """The page that says how to cite it; nothing without pages of its own."""
        if not is_open(type(self), Door.PAGES):
            return ""
        return slug_address(address_name(self, "cite"), self.slug)

    @property
    def statement(self) -> str:
        """What it is, in words that stand alone: title, kind, symbol and days."""
        item = self.list_item()
        days = period(item.date, item.until)
        facts = ", ".join(str(word) for word in (item.kind, item.meta, days) if word)
        return f"{item.title} ({facts})" if facts else item.title

    def list_item(self) -> ListItem:
        """Return what a list shows of the record; a noun with more to say adds it."""
        return ListItem(self, **self.shown_in_lists())

    def shown_in_lists(self) -> dict[str, Any]:
        """Return the facts of a list item, by the columns that the noun names."""
        noun: Any = self.noun
        kind = getattr(self, "get_kind_display", None)
        names = {"title": noun.title, "date": noun.date, "until": noun.until, "meta": noun.symbol}
        facts = {fact: getattr(self, name) for fact, name in names.items() if name}
        texts = (getattr(self, name) for name in noun.texts)
        return {
            **facts,
            "url": self.get_absolute_url(),
            "kind": kind() if kind else "",
            "summary": next((text for text in texts if text), ""),
        }


OF_EVERY_RECORD = {each.name for base in (Record, Evidenced) for each in base._meta.local_fields}


def own_columns(model: Any) -> list[Any]:
    """Return the columns that somebody fills in and that not every record has."""
    return [
        column
        for column in model._meta.concrete_fields
        if column.editable and not (column.primary_key or column.name in OF_EVERY_RECORD)
    ]
