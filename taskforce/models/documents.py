"""Documents and their renditions in languages."""

from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from taskforce.choices import DocumentKind, Language, Licence
from taskforce.models.instruments import PolicyInstrument
from taskforce.models.meetings import Meeting
from taskforce.querysets import DocumentPartQuerySet, DocumentQuerySet
from untfsse.kit.records.characters import Legible
from untfsse.kit.records.dates import PartialDateField, first_day, sort_day
from untfsse.kit.records.fields import LongTextField
from untfsse.kit.records.files import KeptFile
from untfsse.kit.records.noun import Door, Noun
from untfsse.kit.records.publication import AudienceField
from untfsse.kit.records.record import Record
from untfsse.kit.records.search import plain_key, search_column


class HandedOutFile(KeptFile):
    """A file that the portal hands out to those who may read its document."""

    @property
    def url(self) -> str:
        """The address of the file, the same for readers and staff."""
        row: Any = self.instance
        return reverse("taskforce:document_file", args=[row.document.slug, row.language])


class HandedOutFileField(models.FileField):
    """A column with such a file."""

    attr_class = HandedOutFile

    def deconstruct(self) -> Any:
        """Let migrations know the column alone."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", args, kwargs


class Document(Record):
    """A document of a meeting or of an instrument."""

    title = models.CharField(_("title"), max_length=250)
    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind, db_index=True)
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    issued_on = PartialDateField(_("issued on"))
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("meeting"),
    )
    instrument = models.ForeignKey(
        PolicyInstrument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("instrument"),
    )
    audience = AudienceField()
    licence = models.CharField(
        _("licence"), max_length=24, choices=Licence, blank=True, default=Licence.UNKNOWN
    )
    summary = LongTextField(_("summary"), blank=True)
    tags = TaggableManager(blank=True)
    issued_on_first = first_day("issued_on")
    sort_on = sort_day("issued_on")
    title_key = plain_key("title")
    search = search_column(["title", "symbol"], [], ["summary"], ["note"], days=["issued_on"])

    objects = DocumentQuerySet.as_manager()

    noun = Noun(
        name="document",
        path="documents",
        place=110,
        symbol="symbol",
        is_symbol_unique=True,
        date="issued_on",
        section=_("Documents"),
        feed_title=_("Documents of the UN Task Force on Social and Solidarity Economy"),
        closed={
            Door.HOME: "A document is found with its meeting or its instrument.",
        },
    )

    class Meta(Record.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering: ClassVar = ["-sort_on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["-sort_on", "-id"], name="document_by_day"),
            GinIndex(fields=["search"], name="document_search"),
            GinIndex(fields=["title_key"], opclasses=["gin_trgm_ops"], name="document_like"),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(meeting__isnull=False, instrument__isnull=True)
                | Q(meeting__isnull=True, instrument__isnull=False),
                name="document_has_exactly_one_owner",
                violation_error_message=_(
                    "A document belongs to a meeting or to an instrument, to exactly one."
                ),
            ),
        ]


class Rendition(Legible):
    """A document in one language: a file kept here or a link."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="renditions")
    language = models.CharField(_("language"), max_length=2, choices=Language)
    url = models.URLField(_("link"), max_length=500, blank=True)
    file = HandedOutFileField(_("file"), upload_to="documents/", max_length=200, blank=True)
    file_name = models.CharField(_("file name"), max_length=160, blank=True, editable=False)
    bytes = models.PositiveBigIntegerField(_("bytes"), null=True, blank=True, editable=False)
    sha256 = models.CharField(
        _("SHA-256"),
        max_length=64,
        blank=True,
        editable=False,
        validators=[RegexValidator(r"^[0-9a-f]{64}$")],
    )
    media_type = models.CharField(_("media type"), max_length=120, blank=True, editable=False)

    objects = DocumentPartQuerySet.as_manager()

    known_by = ("document", "language", "url", "sha256")

    closed: ClassVar = {Door.API: "It stands in its document."}

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        ordering: ClassVar = ["language", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(url="") & ~Q(file="")) | (~Q(url="") & Q(file="")),
                name="rendition_is_a_file_or_a_link",
                violation_error_message=_("Give a file or a link, not both."),
            ),
            models.CheckConstraint(
                condition=Q(file="") | (~Q(sha256="") & Q(bytes__isnull=False)),
                name="rendition_file_has_size_and_hash",
                violation_error_message=_("A file needs its size and its hash."),
            ),
            models.UniqueConstraint(
                fields=["document", "language", "sha256"],
                condition=~Q(file=""),
                name="rendition_file_is_kept_once_in_a_language",
                violation_error_message=_("This file is kept with this document already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_language_display())
