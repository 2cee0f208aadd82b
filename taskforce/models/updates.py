"""Updates: the news of the Task Force."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from taskforce.choices import UpdateKind
from taskforce.models.documents import Document
from taskforce.models.instruments import PolicyInstrument
from taskforce.models.meetings import Meeting
from taskforce.models.organizations import Organization
from taskforce.querysets import UpdateQuerySet
from untfsse.kit.records.dates import PartialDateField, first_day, sort_day
from untfsse.kit.records.fields import LongTextField
from untfsse.kit.records.noun import Door, Noun
from untfsse.kit.records.publication import index_of_published
from untfsse.kit.records.record import Record
from untfsse.kit.records.search import plain_key, search_column


class Update(Record):
    """A piece of news."""

    title = models.CharField(_("title"), max_length=250)
    kind = models.CharField(_("kind"), max_length=18, choices=UpdateKind, db_index=True)
    happened_on = PartialDateField(_("date"))
    text = LongTextField(_("text"), blank=True)
    deadline_on = models.DateField(_("deadline"), null=True, blank=True)
    meetings = models.ManyToManyField(
        Meeting, blank=True, related_name="updates", verbose_name=_("meetings")
    )
    organizations = models.ManyToManyField(
        Organization, blank=True, related_name="updates", verbose_name=_("organizations")
    )
    instruments = models.ManyToManyField(
        PolicyInstrument, blank=True, related_name="updates", verbose_name=_("instruments")
    )
    documents = models.ManyToManyField(
        Document, blank=True, related_name="updates", verbose_name=_("documents")
    )
    tags = TaggableManager(blank=True)
    happened_on_first = first_day("happened_on")
    sort_on = sort_day("happened_on")
    title_key = plain_key("title")
    search = search_column(["title"], [], ["text"], ["note"], days=["happened_on"])

    objects = UpdateQuerySet.as_manager()

    noun = Noun(
        name="update",
        path="updates",
        place=100,
        date="happened_on",
        texts=("text",),
        section=_("Updates"),
        feed_title=_("News of the UN Task Force on Social and Solidarity Economy"),
        closed={Door.HOME: "Home shows the latest instead of a number."},
    )

    class Meta(Record.Meta):
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        ordering: ClassVar = ["-sort_on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["-sort_on", "-id"], name="update_by_day"),
            index_of_published("update_published"),
            models.Index(
                fields=["deadline_on", "id"],
                condition=models.Q(deadline_on__isnull=False),
                name="update_by_deadline",
            ),
            GinIndex(fields=["search"], name="update_search"),
            GinIndex(fields=["title_key"], opclasses=["gin_trgm_ops"], name="update_like"),
        ]
