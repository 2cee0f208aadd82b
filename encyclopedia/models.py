"""The nouns of the Encyclopedia: a work, its parts, its entries and who wrote them."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from idutils.validators import is_doi, is_isbn
from taggit.managers import TaggableManager

from encyclopedia.choices import EditorRole, SuggestionKind
from encyclopedia.querysets import (
    AuthorshipQuerySet,
    EditorshipQuerySet,
    EntryQuerySet,
    EntryRelationQuerySet,
    WorkPartQuerySet,
    WorkQuerySet,
)
from taskforce.choices import Language, Licence, LinkStatus
from taskforce.models import AgendaItem, Organization, Person, Update
from taskforce.querysets import PUBLICATIONS
from untfsse.kit.records.characters import Legible
from untfsse.kit.records.evidence import Evidenced
from untfsse.kit.records.fields import ListField, LongTextField
from untfsse.kit.records.noun import Door, Noun, pageless
from untfsse.kit.records.publication import index_of_published
from untfsse.kit.records.record import Record
from untfsse.kit.records.sdg import GoalsField, sdgs_are_goals
from untfsse.kit.records.search import plain_key, search_column
from untfsse.kit.records.suggestions import AbstractSuggestion


def validate_doi(value: str) -> None:
    """Refuse what is not a DOI."""
    if not is_doi(value):
        raise ValidationError(_("This is not a DOI, such as 10.4337/9781803920924."))


def validate_isbn(value: str) -> None:
    """Refuse what is not an ISBN with a right check digit."""
    if not is_isbn(value):
        raise ValidationError(_("This is not an ISBN."))


class Work(Record):
    """A book: the Encyclopedia of the Social and Solidarity Economy."""

    title = models.CharField(_("title"), max_length=200)
    subtitle = models.CharField(_("subtitle"), max_length=250, blank=True)
    publisher = models.CharField(_("publisher"), max_length=120, blank=True)
    publisher_places = models.CharField(_("places"), max_length=120, blank=True)
    partner = models.CharField(_("partner"), max_length=200, blank=True)
    lead = models.CharField(
        _("led by"), max_length=200, blank=True, help_text=_("The body that led the work.")
    )
    funder = models.CharField(_("funded by"), max_length=200, blank=True)
    funding_organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("funding organization"),
        help_text=_("If it is in the list of organizations."),
    )
    editing_organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("editorial committee"),
        help_text=_("If it is in the list of organizations."),
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    isbn_hardback = models.CharField(
        _("ISBN (hardback)"), max_length=17, blank=True, validators=[validate_isbn]
    )
    isbn_ebook = models.CharField(
        _("ISBN (e-book)"), max_length=17, blank=True, validators=[validate_isbn]
    )
    doi = models.CharField(_("DOI"), max_length=120, blank=True, validators=[validate_doi])
    licence = models.CharField(_("licence"), max_length=24, choices=Licence, blank=True)
    licence_note = models.CharField(_("note on the licence"), max_length=300, blank=True)
    is_open_access = models.BooleanField(_("open access"), null=True, blank=True)
    languages = ListField(
        models.CharField(max_length=2, choices=Language),
        default=list,
        blank=True,
        verbose_name=_("languages"),
    )
    publisher_url = models.URLField(_("publisher's page"), max_length=500, blank=True)
    knowledge_hub_url = models.URLField(_("Knowledge Hub"), max_length=500, blank=True)
    agenda_items = models.ManyToManyField(
        AgendaItem,
        blank=True,
        related_name="+",
        verbose_name=_("agenda items"),
        help_text=_("Where a meeting spoke of it."),
    )
    updates = models.ManyToManyField(
        Update, blank=True, related_name="+", verbose_name=_("updates")
    )
    title_key = plain_key("title")
    search = search_column(["title"], ["subtitle"], ["publisher", "funder", "lead"], ["note"])

    objects = WorkQuerySet.as_manager()

    noun = Noun(
        name="work",
        path="works",
        place=50,
        texts=("subtitle",),
        closed=pageless("The page of the Encyclopedia's entries opens with its work."),
    )

    class Meta(Record.Meta):
        verbose_name = _("work")
        verbose_name_plural = _("works")
        ordering: ClassVar = ["title_key", "id"]
        indexes: ClassVar = [
            models.Index(fields=["title_key", "id"], name="work_by_title"),
            GinIndex(fields=["search"], name="work_search"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("encyclopedia:entry_list")


class Part(Legible):
    """One of the parts of a work, with the numbers of its entries (both inclusive)."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=160)
    first_entry = models.PositiveSmallIntegerField(_("first entry"))
    last_entry = models.PositiveSmallIntegerField(_("last entry"))

    objects = WorkPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        ordering: ClassVar = ["work", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["work", "number"],
                name="part_has_its_own_number",
                violation_error_message=_("Another part of this work has this number."),
            ),
            models.CheckConstraint(
                condition=Q(first_entry__lte=F("last_entry")),
                name="part_ends_after_it_starts",
                violation_error_message=_("The last entry comes before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Editorship(Evidenced):
    """Somebody's part in editing a work."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="editorships")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=12, choices=EditorRole)
    affiliation = models.CharField(_("affiliation"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))

    objects = EditorshipQuerySet.as_manager()

    closed: ClassVar = {Door.API: "It stands in its work."}

    class Meta(Evidenced.Meta):
        verbose_name = _("editor")
        verbose_name_plural = _("editors")
        ordering: ClassVar = ["work", "position"]
        constraints: ClassVar = [
            *Evidenced.Meta.constraints,
            models.UniqueConstraint(
                fields=["work", "person"],
                name="editorship_is_listed_once",
                violation_error_message=_("This editor is already listed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"


class Entry(Record):
    """One entry of the Encyclopedia, described in our own words and linked."""

    part = models.ForeignKey(
        Part, on_delete=models.PROTECT, related_name="entries", verbose_name=_("part")
    )
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    title_knowledge_hub = models.CharField(
        _("title on the Knowledge Hub"), max_length=250, blank=True
    )
    summary = LongTextField(_("summary"), blank=True, help_text=_("In our own words."))
    doi = models.CharField(_("DOI"), max_length=120, blank=True, validators=[validate_doi])
    pages = models.CharField(_("pages"), max_length=20, blank=True)
    licence = models.CharField(
        _("licence of the text"),
        max_length=24,
        choices=Licence,
        blank=True,
        default=Licence.CC_BY_NC_ND,
        help_text=_("It forbids adaptations: describe and link, never copy."),
    )
    knowledge_hub_url = models.URLField(_("Knowledge Hub"), max_length=500, blank=True)
    publisher_url = models.URLField(_("publisher's page"), max_length=500, blank=True)
    publisher_url_status = models.CharField(
        _("the publisher's link is"), max_length=10, choices=LinkStatus, blank=True
    )
    authors_confidence = models.CharField(
        _("confidence in the authors"), max_length=8, blank=True, editable=False
    )
    sdgs = GoalsField()
    tags = TaggableManager(blank=True)
    agenda_items = models.ManyToManyField(
        AgendaItem, blank=True, related_name="+", verbose_name=_("agenda items")
    )
    title_key = plain_key("title")
    search = search_column(
        ["title"],
        ["title_knowledge_hub"],
        ["summary"],
        ["note"],
        goals="sdgs",
        noun="entry of the encyclopedia",
    )

    objects = EntryQuerySet.as_manager()

    noun = Noun(
        name="entry",
        path="encyclopedia",
        plural="entries",
        place=60,
        texts=("summary", "title_knowledge_hub"),
        section=_("Encyclopedia"),
        counted=ngettext_lazy("entry of the Encyclopedia", "entries of the Encyclopedia"),
        feed_title=_("Entries of the Encyclopedia of the Social and Solidarity Economy"),
    )

    class Meta(Record.Meta):
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering: ClassVar = ["number", "id"]
        indexes: ClassVar = [
            models.Index(fields=["number", "id"], name="entry_by_number"),
            index_of_published("entry_published", "part"),
            GinIndex(fields=["search"], name="entry_search"),
            GinIndex(fields=["title_key"], opclasses=["gin_trgm_ops"], name="entry_like"),
            GinIndex(fields=["sdgs"], name="entry_by_goal"),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            sdgs_are_goals(),
            models.UniqueConstraint(
                fields=["part", "number"],
                name="entry_has_its_own_number",
                violation_error_message=_("Another entry has this number."),
            ),
        ]


class Authorship(Evidenced):
    """A person's authorship of an entry; hidden while its confidence is low and unverified."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="authorships")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    position = models.PositiveSmallIntegerField(_("position"))

    objects = AuthorshipQuerySet.as_manager()

    class Meta(Evidenced.Meta):
        verbose_name = _("authorship")
        verbose_name_plural = _("authorships")
        ordering: ClassVar = ["entry", "position"]
        constraints: ClassVar = [
            *Evidenced.Meta.constraints,
            models.UniqueConstraint(
                fields=["entry", "person"],
                name="authorship_is_listed_once",
                violation_error_message=_("This author is already listed."),
            ),
            models.UniqueConstraint(
                fields=["entry", "position"],
                deferrable=models.Deferrable.DEFERRED,
                name="authorship_has_its_own_position",
                violation_error_message=_("Another author has this position."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


PUBLICATIONS.chosen_by = Authorship._meta.get_field("entry")


class EntryRelation(Legible):
    """Two related entries: kept once, the lower id first, and read both ways."""

    first = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="relations_as_first")
    second = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="relations_as_second")

    objects = EntryRelationQuerySet.as_manager()

    closed: ClassVar = {Door.API: "It stands in both entries."}

    class Meta:
        verbose_name = _("related entries")
        verbose_name_plural = _("related entries")
        ordering: ClassVar = ["first", "second"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="entryrelation_has_the_lower_id_first",
                violation_error_message=_(
                    "Two different entries are related, and the pair is kept once."
                ),
            ),
            models.UniqueConstraint(
                fields=["first", "second"],
                name="entryrelation_is_listed_once",
                violation_error_message=_("These two entries are already related."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"


class Suggestion(AbstractSuggestion):
    """A proposal for an entry that waits for an editor; never public."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="suggestions")
    kind = models.CharField(_("kind"), max_length=8, choices=SuggestionKind)
    value = models.CharField(
        _("value"), max_length=120, help_text=_("A name, a topic, a goal, or an entry's number.")
    )

    record_field = "entry"

    closed: ClassVar = {Door.API: "A proposal is no fact."}

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering: ClassVar = ["entry", "kind", "value"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "kind", "value"],
                name="suggestion_is_made_once",
                violation_error_message=_("This suggestion is already there."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.get_kind_display()} {self.value}"
