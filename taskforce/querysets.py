"""The questions of the Task Force: which rows, for whom, with what."""

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from taskforce.choices import (
    SITTINGS,
    AttendanceState,
    DecisionKind,
    FollowUp,
    MeetingState,
    MinutesState,
)
from untfsse.kit.publication import VISITOR, Reader, VisibleQuerySet
from untfsse.kit.tenure import TenureQuerySet


class OrganizationQuerySet(VisibleQuerySet):
    """Questions about organizations."""

    def seated(self, *, on: dt.date, category: str | None = None, reader: Reader = VISITOR) -> Self:
        """Holding a seat on that day, for sure or possibly, by the seats a reader may see.

        Each carries `seat_category` and `is_seat_certain`: false where a date known only in
        part leaves it open. Both ends of a seat are inclusive.
        """
        seats = self.model._meta.get_field("seats").related_model._default_manager
        held = seats.visible_to(reader).held_or_perhaps(on=on).filter(organization=OuterRef("pk"))
        if category:
            held = held.filter(category=category)
        held = held.order_by("-is_certain", "-id")
        return self.annotate(
            seat_category=Subquery(held.values("category")[:1]),
            is_seat_certain=Subquery(held.values("is_certain")[:1]),
        ).filter(seat_category__isnull=False)

    def for_list(self) -> Self:
        """In the order of their names."""
        return self.order_by("name_key", "id")


class OrganizationPartQuerySet(VisibleQuerySet):
    """Parts of an organization's record; seen with it."""

    guards: ClassVar = ("organization",)


class SeatQuerySet(TenureQuerySet):
    """Questions about seats."""

    guards: ClassVar = ("organization",)
    evidenced: ClassVar = ("",)

    def held_or_perhaps(self, *, on: dt.date) -> Self:
        """Held on that day for sure; or possibly, by organizations without a sure seat then."""
        seats = self.model._default_manager.published()
        sure = seats.held(on=on).filter(organization=OuterRef("organization"))
        return super().held_or_perhaps(on=on).filter(Q(is_certain=True) | ~Exists(sure))


class PersonQuerySet(VisibleQuerySet):
    """Questions about people."""


class OfficeQuerySet(VisibleQuerySet):
    """Questions about offices; the list of offices is public."""

    guards: ClassVar = ()


class TermQuerySet(TenureQuerySet):
    """Questions about terms of office."""

    guards: ClassVar = ("organization",)
    evidenced: ClassVar = ("",)


class MeetingQuerySet(VisibleQuerySet):
    """Questions about meetings."""

    def upcoming(self, *, on: dt.date) -> Self:
        """Planned or postponed, and not over on that day; the nearest first."""
        return self.filter(
            Q(starts_on_last__gte=on) | Q(starts_on__isnull=True),
            state__in=[MeetingState.PLANNED, MeetingState.POSTPONED],
        ).order_by("sort_on", "id")

    def held(self) -> Self:
        """Took place; the latest first."""
        return self.filter(state=MeetingState.HELD).order_by("-sort_on", "-id")

    def attended_by(self, organization: models.Model) -> Self:
        """At which an organization is recorded as present."""
        attendances = self.model._meta.get_field("attendances").related_model._default_manager
        present = attendances.filter(
            meeting=OuterRef("pk"), organization=organization, state=AttendanceState.PRESENT
        )
        return self.filter(Exists(present))

    def for_list(self) -> Self:
        """The latest first, with the number of decisions."""
        return self.annotate(decision_count=Count("decisions", distinct=True)).order_by(
            "-sort_on", "-id"
        )


class MeetingPartQuerySet(VisibleQuerySet):
    """Parts of a meeting's record; seen with it."""

    guards: ClassVar = ("meeting",)


class MeetingPartnerQuerySet(MeetingPartQuerySet):
    """Organizers and partners; seen with the meeting and, if there is one, the organization."""

    optional: ClassVar = ("organization",)


class AttendanceQuerySet(VisibleQuerySet):
    """Attendance; seen with the meeting and the organization."""

    guards: ClassVar = ("meeting", "organization")


class JoinLinkQuerySet(MeetingPartQuerySet):
    """Join links: only for the audience they name."""

    audiences: ClassVar = ("",)


class MinutesQuerySet(VisibleQuerySet):
    """Questions about minutes: seen with the meeting, by their audience."""

    guards: ClassVar = ("meeting",)
    audiences: ClassVar = ("",)

    def published(self) -> Self:
        """No longer a draft of the secretariat."""
        return super().published().exclude(state=MinutesState.DRAFT)


class CorrigendumQuerySet(VisibleQuerySet):
    """Corrections of minutes; seen with the minutes."""

    guards: ClassVar = ("minutes__meeting",)
    audiences: ClassVar = ("minutes",)

    def published(self) -> Self:
        """Of minutes that are no longer a draft."""
        return super().published().exclude(minutes__state=MinutesState.DRAFT)


class DecisionQuerySet(VisibleQuerySet):
    """Questions about decisions."""

    guards: ClassVar = ("", "meeting")

    def for_list(self) -> Self:
        """The latest first, with the meeting."""
        return self.select_related("meeting").order_by("-meeting__sort_on", "number")

    def with_due_day(self, user: Reader = VISITOR) -> Self:
        """Carry `effective_due_on`, the last day to do it; null without a due date.

        “Before the next meeting” is the day of the next meeting of the Task Force that was not
        cancelled, as far as the reader may see it; it follows when that meeting moves.
        """
        meetings = self.model._meta.get_field("meeting").related_model._default_manager
        following = (
            meetings.visible_to(user)
            .filter(kind__in=SITTINGS, sort_on__gt=OuterRef("meeting__sort_on"))
            .exclude(state=MeetingState.CANCELLED)
            .order_by("sort_on", "id")
        )
        return self.annotate(
            effective_due_on=Case(
                When(
                    is_due_before_next_meeting=True,
                    then=Coalesce(Subquery(following.values("sort_on")[:1]), F("due_on_last")),
                ),
                default=F("due_on_last"),
                output_field=models.DateField(),
            )
        )

    def unfinished(self) -> Self:
        """Neither carried out nor elapsed nor superseded; what only welcomes or notes is done."""
        return self.exclude(kind__in=[DecisionKind.WELCOMES, DecisionKind.NOTES]).filter(
            follow_up__in=[FollowUp.NO_INFORMATION, FollowUp.OPEN, FollowUp.PARTLY]
        )

    def overdue(self, *, on: dt.date, user: Reader = VISITOR) -> Self:
        """Unfinished, and due before that day; the longest overdue first."""
        return (
            self.unfinished()
            .with_due_day(user)
            .filter(effective_due_on__lt=on)
            .order_by("effective_due_on", "number")
        )

    def without_information(self, *, since: dt.date) -> Self:
        """Unfinished, taken before that day, and nothing known of it from that day on."""
        return self.unfinished().filter(
            Q(follow_up_on__isnull=True) | Q(follow_up_on__lt=since), meeting__sort_on__lt=since
        )


class DecisionPartQuerySet(VisibleQuerySet):
    """Parts of a decision's record; seen with it."""

    guards: ClassVar = ("decision", "decision__meeting")


class DocumentQuerySet(VisibleQuerySet):
    """Questions about documents."""

    audiences: ClassVar = ("",)
    optional: ClassVar = ("meeting", "instrument")

    def for_list(self) -> Self:
        """The latest first, with the owner."""
        return self.select_related("meeting", "instrument").order_by("-sort_on", "-id")


class DocumentPartQuerySet(VisibleQuerySet):
    """Renditions; seen with their document."""

    guards: ClassVar = ("document",)
    audiences: ClassVar = ("document",)
    optional: ClassVar = ("document__meeting", "document__instrument")


class InstrumentQuerySet(VisibleQuerySet):
    """Questions about policy instruments."""

    def for_list(self) -> Self:
        """The newest first."""
        return self.order_by("-sort_on", "-id")


class ProvisionQuerySet(VisibleQuerySet):
    """Provisions; seen with their instrument."""

    guards: ClassVar = ("instrument",)


class InstrumentFactQuerySet(VisibleQuerySet):
    """Steps and parties; seen with their instrument once they are sure or verified."""

    guards: ClassVar = ("instrument",)
    evidenced: ClassVar = ("",)


class InstrumentPartyQuerySet(InstrumentFactQuerySet):
    """Parties; seen with their instrument and, if there is one, the organization."""

    optional: ClassVar = ("organization",)


class InstrumentRelationQuerySet(VisibleQuerySet):
    """Relations; seen when both texts are."""

    guards: ClassVar = ("source",)
    optional: ClassVar = ("target",)
    evidenced: ClassVar = ("",)

    def around(self, instrument: models.Model) -> Self:
        """With an instrument on either end."""
        return self.filter(Q(source=instrument) | Q(target=instrument))


class UpdateQuerySet(VisibleQuerySet):
    """Questions about updates."""

    def for_list(self) -> Self:
        """The newest first."""
        return self.order_by("-sort_on", "-id")
