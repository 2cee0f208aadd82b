"""Meetings, who arranged them and how members join."""

import datetime as dt
import zoneinfo
from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_countries.fields import CountryField
from taggit.managers import TaggableManager

from taskforce.choices import (
    TO_COME,
    Language,
    MeetingFormat,
    MeetingKind,
    MeetingState,
    PartnerRole,
)
from taskforce.models.organizations import Organization
from taskforce.querysets import (
    JoinLinkQuerySet,
    MeetingPartnerQuerySet,
    MeetingQuerySet,
)
from untfsse.kit.records.characters import Legible
from untfsse.kit.records.dates import InOrder, PartialDateField, first_day, last_day, sort_day
from untfsse.kit.records.fields import ListField, LongTextField
from untfsse.kit.records.noun import Door, Noun
from untfsse.kit.records.publication import Audience, AudienceField, index_of_published
from untfsse.kit.records.record import Record
from untfsse.kit.records.search import plain_key, search_column


def validate_time_zone(value: str) -> None:
    """Refuse what is not the name of a time zone."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("Write a time zone such as Europe/Zurich or UTC."))


class Meeting(Record):
    """A meeting of the Task Force, or an event it held or took part in."""

    title = models.CharField(_("title"), max_length=250)
    kind = models.CharField(_("kind"), max_length=24, choices=MeetingKind, db_index=True)
    ordinal = models.PositiveSmallIntegerField(
        _("number in its series"),
        null=True,
        blank=True,
        help_text=_("47 for the 47th regular meeting; the founding meeting is the first."),
    )
    state = models.CharField(
        _("state"), max_length=12, choices=MeetingState, default=MeetingState.PLANNED
    )
    starts_on = PartialDateField(_("starts on"))
    ends_on = PartialDateField(_("ends on"), help_text=_("Empty for a meeting of one day."))
    starts_time = models.TimeField(_("starts at"), null=True, blank=True)
    ends_time = models.TimeField(_("ends at"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        blank=True,
        validators=[validate_time_zone],
        help_text=_("Of the two times: Europe/Zurich, America/New_York, UTC …"),
    )
    format = models.CharField(
        _("format"), max_length=12, choices=MeetingFormat, default=MeetingFormat.UNKNOWN
    )
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = CountryField(_("country"), blank=True)
    summary = LongTextField(_("summary"), blank=True)
    languages = ListField(
        models.CharField(max_length=2, choices=Language),
        default=list,
        blank=True,
        verbose_name=_("languages"),
    )
    reported_participants = models.PositiveIntegerField(
        _("participants reported"), null=True, blank=True
    )
    participants_wording = models.CharField(
        _("wording of the report"),
        max_length=60,
        blank=True,
        help_text=_("As the report puts it: “about 30”, “over 40”, “7 agencies”."),
    )
    reported_members = models.PositiveSmallIntegerField(
        _("members reported"), null=True, blank=True
    )
    reported_observers = models.PositiveSmallIntegerField(
        _("observers reported"), null=True, blank=True
    )
    resource_persons = models.PositiveSmallIntegerField(
        _("guests and resource persons"), null=True, blank=True
    )
    tags = TaggableManager(blank=True)
    starts_on_first = first_day("starts_on")
    starts_on_last = last_day("starts_on")
    sort_on = sort_day("starts_on")
    series = models.GeneratedField(
        expression=models.Case(
            models.When(kind=MeetingKind.FOUNDING, then=models.Value(MeetingKind.REGULAR)),
            default=F("kind"),
        ),
        output_field=models.CharField(_("series"), max_length=24),
        db_persist=True,
    )
    """The kind whose numbering it follows: the founding meeting is the first regular one."""
    title_key = plain_key("title")
    search = search_column(
        ["title", "city"],
        ["venue", "kind"],
        ["summary"],
        ["note"],
        days=["starts_on", "ends_on"],
        noun="meeting",
    )

    objects = MeetingQuerySet.as_manager()

    noun = Noun(
        name="meeting",
        path="meetings",
        place=20,
        date="starts_on",
        until="ends_on",
        section=_("Meetings"),
        counted=ngettext_lazy("meeting and event", "meetings and events"),
        feed_title=_("Meetings of the UN Task Force on Social and Solidarity Economy"),
    )

    class Meta(Record.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering: ClassVar = ["-sort_on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["-sort_on", "-id"], name="meeting_by_day"),
            index_of_published("meeting_published", "country"),
            models.Index(
                fields=["series", "ordinal"],
                condition=Q(ordinal__isnull=False),
                name="meeting_by_number",
            ),
            models.Index(
                fields=["starts_on_last", "id"],
                condition=Q(state__in=TO_COME),
                name="meeting_to_come",
            ),
            GinIndex(fields=["search"], name="meeting_search"),
            GinIndex(fields=["title_key"], opclasses=["gin_trgm_ops"], name="meeting_like"),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(InOrder(F("starts_on"), F("ends_on"))),
                name="meeting_ends_after_it_starts",
                violation_error_message=_("The meeting ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(starts_time__isnull=True, ends_time__isnull=True) | ~Q(time_zone=""),
                name="meeting_times_have_a_time_zone",
                violation_error_message=_("Times need a time zone."),
            ),
            models.UniqueConstraint(
                fields=["ordinal"],
                condition=Q(kind__in=[MeetingKind.FOUNDING, MeetingKind.REGULAR]),
                name="meeting_has_its_own_number_among_regular_ones",
                violation_error_message=_("Another regular meeting has this number."),
            ),
            models.UniqueConstraint(
                fields=["ordinal"],
                condition=Q(kind=MeetingKind.TECHNICAL_SYMPOSIUM),
                name="meeting_has_its_own_number_among_symposia",
                violation_error_message=_("Another technical symposium has this number."),
            ),
        ]

    @property
    def zone(self) -> zoneinfo.ZoneInfo | None:
        """The time zone of its hours; None where its name is none, as forms alone refuse it."""
        try:
            return zoneinfo.ZoneInfo(self.time_zone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            return None

    @property
    def possible_days(self) -> tuple[dt.date, dt.date] | None:
        """The first and the last day on which it may have begun; None without a date.

        Who held a seat "that day" is judged by both everywhere: by the services, pages and API.
        """
        date = self.starts_on
        return None if date is None else (date.first or date.last, date.last)

    def shown_in_lists(self) -> dict[str, Any]:
        """Add the place, and a state that is not the usual one."""
        is_usual = self.state == MeetingState.HELD
        return super().shown_in_lists() | {
            "meta": ", ".join(part for part in (self.city, self.country.name) if part),
            "state": "" if is_usual else self.state,
            "state_label": "" if is_usual else self.get_state_display(),
        }


class MeetingPartner(Legible):
    """Who organized a meeting or was a partner in it: an organization or a free name."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="partners")
    role = models.CharField(_("role"), max_length=12, choices=PartnerRole)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organization"),
    )
    name = models.CharField(
        _("free name"), max_length=200, blank=True, help_text=_("For bodies outside the list.")
    )

    objects = MeetingPartnerQuerySet.as_manager()

    closed: ClassVar = {Door.API: "It stands in its meeting."}

    class Meta:
        verbose_name = _("organizer or partner")
        verbose_name_plural = _("organizers and partners")
        ordering: ClassVar = ["role", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False, name="")
                | (Q(organization__isnull=True) & ~Q(name="")),
                name="meetingpartner_is_an_organization_or_a_name",
                violation_error_message=_("Choose an organization or write a name, not both."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "role", "organization", "name"],
                nulls_distinct=False,
                name="meetingpartner_is_listed_once",
                violation_error_message=_("This body is already listed."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.organization)


class JoinLink(Legible):
    """The address by which members join a meeting; never in a public door."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="join_link")
    url = models.URLField(_("address"), max_length=500)
    audience = AudienceField(default=Audience.MEMBERS)

    objects = JoinLinkQuerySet.as_manager()

    closed: ClassVar = {Door.API: "Members alone see it, on the page."}

    class Meta:
        verbose_name = _("join link")
        verbose_name_plural = _("join links")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(audience=Audience.PUBLIC),
                name="joinlink_is_never_public",
                violation_error_message=_("A join link is never public."),
            )
        ]

    def __str__(self) -> str:
        return str(self.meeting)
