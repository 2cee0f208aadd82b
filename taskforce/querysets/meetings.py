"""The questions of meetings, their minutes and their decisions."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from taskforce.choices import (
    ASKS_NOTHING,
    DONE_IN_ITSELF,
    SITTINGS,
    AttendanceState,
    FollowUp,
    MeetingState,
    MinutesState,
)
from taskforce.querysets.proof import RECORDS, EvidenceQuerySet
from untfsse.kit.records.dates import LastDay
from untfsse.kit.records.publication import VISITOR, Reader, VisibleQuerySet

MAIN_NUMBER = Coalesce("parent__number", "number")
PRINTED_ORDER = (MAIN_NUMBER, F("parent__number").asc(nulls_first=True), "number")
"""The order in which an agenda prints its items: each before those under it."""


class MeetingQuerySet(VisibleQuerySet):
    """Questions about meetings."""

    def upcoming(self, *, on: dt.date) -> Self:
        """Planned or postponed, and not over on that day; the nearest first, the undated last."""
        return (
            self.annotate(over_on=Coalesce(LastDay("ends_on"), F("starts_on_last")))
            .filter(
                Q(over_on__gte=on) | Q(over_on__isnull=True),
                state__in=[MeetingState.PLANNED, MeetingState.POSTPONED],
            )
            .order_by(F("starts_on_last").asc(nulls_last=True), "id")
        )

    def held(self) -> Self:
        """Took place; the latest first."""
        return self.filter(state=MeetingState.HELD).order_by("-sort_on", "-id")

    def attended_by(self, organization: models.Model) -> Self:
        """At which an organization is recorded as present."""
        present = self.rows_of("attendances").filter(
            meeting=OuterRef("pk"), organization=organization, state=AttendanceState.PRESENT
        )
        return self.filter(Exists(present))

    def in_series(self, kinds: Iterable[str]) -> Self:
        """Of one series: the kinds that share its numbers."""
        return self.filter(kind__in=list(kinds))

    def before(self, meeting: Any) -> Self:
        """Before a meeting, the nearest first: by number where it has one, else by day."""
        if meeting.ordinal is not None:
            return self.filter(ordinal__lt=meeting.ordinal).order_by("-ordinal")
        earlier = Q(sort_on__lt=meeting.sort_on) | Q(sort_on=meeting.sort_on, id__lt=meeting.pk)
        return self.filter(earlier, starts_on__isnull=False).order_by("-sort_on", "-id")

    def after(self, meeting: Any) -> Self:
        """After a meeting, the nearest first: by number where it has one, else by day."""
        if meeting.ordinal is not None:
            return self.filter(ordinal__gt=meeting.ordinal).order_by("ordinal")
        later = Q(sort_on__gt=meeting.sort_on) | Q(sort_on=meeting.sort_on, id__gt=meeting.pk)
        return self.filter(later).order_by("sort_on", "id")

    def for_list(self, user: Reader = VISITOR) -> Self:
        """The latest first, with the number of decisions that a reader may see."""
        decisions = (
            self.rows_of("decisions").visible_to(user).filter(meeting=OuterRef("pk")).order_by()
        )
        numbers = decisions.values("meeting").annotate(number=Count("pk")).values("number")
        return (
            self.defer("search")
            .annotate(decision_count=Coalesce(Subquery(numbers), 0))
            .order_by("-sort_on", "-id")
        )

    def for_detail(self, user: Reader) -> Self:
        """With agenda, attendance, partners, minutes, documents and news."""
        return self.prefetch_related("tags").with_visible(
            user,
            "agenda_items__presenters",
            "agenda_items__instruments",
            "agenda_items__decisions",
            "agenda_items__approves_minutes_of",
            "attendances__organization",
            "attendances__on_behalf_of",
            "partners__organization",
            "minutes__approved_at_meeting",
            "minutes__corrigenda",
            "join_link",
            "documents__renditions",
            "updates",
        )


class MeetingPartQuerySet(VisibleQuerySet):
    """Parts of a meeting's record; seen with it."""

    guards: ClassVar = ("meeting",)


class AgendaItemQuerySet(MeetingPartQuerySet):
    """Questions about agenda items."""

    def for_list(self) -> Self:
        """The latest meeting first, its items as the agenda prints them."""
        return self.annotate(main_number=MAIN_NUMBER, is_main=Q(parent__isnull=True)).order_by(
            "-meeting__sort_on", "-meeting_id", "main_number", "-is_main", "number"
        )


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
        return (
            self.select_related("meeting")
            .defer("search", "meeting__search")
            .annotate(meeting_on=F("meeting__sort_on"))
            .order_by("-meeting_on", "-meeting_id", "number")
        )

    def for_detail(self, user: Reader) -> Self:
        """With its meeting, whom it addresses, what proves it, and what replaced it."""
        return self.prefetch_related("tags").with_visible(
            user,
            "meeting",
            "agenda_item__parent",
            "addressees",
            "superseded_by",
            "supersedes",
            *(f"evidence__{name}" for name in RECORDS),
        )

    def with_due_day(self, user: Reader = VISITOR) -> Self:
        """Carry `effective_due_on`, the last day to do it; null without a due date.

        “Before the next meeting” is the day of the next meeting of the Task Force that was not
        cancelled, as far as the reader may see it; it follows when that meeting moves. Of a
        meeting known by its month the last day counts. `next_meeting_on` is its date as known.
        While there is no such meeting, the due date that was written down counts.
        """
        meetings = self.model._meta.get_field("meeting").related_model._default_manager
        following = (
            meetings.visible_to(user)
            .filter(kind__in=SITTINGS, sort_on__gt=OuterRef("meeting__sort_on"))
            .exclude(state=MeetingState.CANCELLED)
            .order_by("sort_on", "id")
        )
        next_day, next_last_day = (
            Case(When(is_due_before_next_meeting=True, then=Subquery(following.values(name)[:1])))
            for name in ("starts_on", "starts_on_last")
        )
        return self.annotate(
            next_meeting_on=next_day,
            effective_due_on=Coalesce(
                next_last_day, F("due_on_last"), output_field=models.DateField()
            ),
        )

    def in_state(self, state: str) -> Self:
        """Of which readers are told this word, as `Decision.state` has it."""
        if state == ASKS_NOTHING:
            return self.filter(follow_up=FollowUp.NO_INFORMATION, kind__in=DONE_IN_ITSELF)
        rows = self.filter(follow_up=state)
        is_silent = state == FollowUp.NO_INFORMATION
        return rows.exclude(kind__in=DONE_IN_ITSELF) if is_silent else rows

    def unfinished(self) -> Self:
        """Neither carried out nor elapsed nor superseded; what only welcomes or notes is done."""
        return self.exclude(kind__in=DONE_IN_ITSELF).filter(
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


class DecisionPartQuerySet(EvidenceQuerySet):
    """Evidence of decisions; seen with the decision."""

    guards: ClassVar = ("decision", "decision__meeting")
