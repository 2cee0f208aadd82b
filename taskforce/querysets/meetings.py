"""The questions of meetings, their minutes and their decisions."""

import datetime as dt
from collections.abc import Callable, Sequence
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
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, NullIf

from taskforce.choices import (
    ASKS_NOTHING,
    AWAITED,
    DONE_IN_ITSELF,
    SITTINGS,
    TO_COME,
    AttendanceState,
    FollowUp,
    MeetingState,
    MinutesState,
)
from taskforce.querysets.proof import RECORDS, EvidenceQuerySet
from untfsse.kit.records.dates import BEGINNING, LastDay
from untfsse.kit.records.publication import VISITOR, Reader, VisibleQuerySet

MAIN_NUMBER = Coalesce("parent__number", "number")
PRINTED_ORDER = (MAIN_NUMBER, F("parent__number").asc(nulls_first=True), "number")
"""The order in which an agenda prints its items: each before those under it."""

IN_ORDER = (F("stands_on").asc(nulls_first=True), F("ordinal").asc(nulls_last=True), "id")
LATEST_FIRST = (F("stands_on").desc(nulls_last=True), F("ordinal").desc(nulls_last=True), "-id")
NEVER = 32_768
"""No meeting has such a number."""
NEAR = 50


def earlier(series: Any, ordinal: Any, day: Any, pk: Any) -> Q:
    """Return the rule for what came before a meeting: by number within its series, else by day.

    `day` and the days of the rows are those on which they stand, see `placed`; what stands on
    none comes before none, and none before it.
    """
    by_day = Q(stands_on__lt=day) | Q(stands_on=day, id__lt=pk)
    by_number = Q(series=series, ordinal__lt=Coalesce(ordinal, 0))
    return (by_number | by_day) & ~Q(series=series, ordinal__gte=Coalesce(ordinal, NEVER))


def later(series: Any, ordinal: Any, day: Any, pk: Any) -> Q:
    """Return the rule for what came after a meeting, the other way round."""
    by_day = Q(stands_on__gt=day) | Q(stands_on=day, id__gt=pk)
    by_number = Q(series=series, ordinal__gt=Coalesce(ordinal, NEVER))
    return (by_number | by_day) & ~Q(series=series, ordinal__lte=Coalesce(ordinal, 0))


class MeetingQuerySet(VisibleQuerySet):
    """Questions about meetings."""

    def upcoming(self, *, on: dt.date) -> Self:
        """Planned or postponed, and not over on that day; the nearest first, the undated last."""
        return (
            self.annotate(over_on=Coalesce(LastDay("ends_on"), F("starts_on_last")))
            .filter(
                Q(over_on__gte=on) | Q(over_on__isnull=True),
                state__in=TO_COME,
            )
            .order_by(F("starts_on_last").asc(nulls_last=True), "id")
        )

    def held(self) -> Self:
        """Took place; the latest first."""
        return self.filter(state=MeetingState.HELD).order_by("-sort_on", "-id")

    def attended_by(self, organization: models.Model | int) -> Self:
        """At which an organization is recorded as present."""
        present = self.rows_of("attendances").filter(
            meeting=OuterRef("pk"), organization=organization, state=AttendanceState.PRESENT
        )
        return self.filter(Exists(present))

    def in_series(self, series: str) -> Self:
        """Of one series: the kinds that share its numbers."""
        return self.filter(series=series)

    def sittings(self) -> Self:
        """Of the Task Force itself."""
        return self.filter(kind__in=SITTINGS)

    def before(self, meeting: Any) -> Self:
        """Before a meeting, the nearest first: by number within a series, else by day."""
        return self._beside(earlier, meeting).order_by(*LATEST_FIRST)

    def after(self, meeting: Any) -> Self:
        """After a meeting, the nearest first: by number within a series, else by day."""
        return self._beside(later, meeting).order_by(*IN_ORDER)

    def near(self, meeting: Any) -> Self:
        """Those next to a meeting by their first possible days, or by number in its series.

        So not all must be placed.
        """
        day, number = self._day_of(meeting), meeting.ordinal
        series = self.in_series(meeting.series)
        sides = [
            self.filter(sort_on__lte=day).order_by("-sort_on", "-id"),
            self.filter(sort_on__gte=day).order_by("sort_on", "id"),
        ]
        if number is not None:
            sides += [
                series.filter(ordinal__lt=number).order_by("-ordinal"),
                series.filter(ordinal__gt=number).order_by("ordinal"),
            ]
        # As a union, since an "or" would read the whole table.
        first, *others = (rows.values("pk")[:NEAR] for rows in sides)
        return self.filter(pk__in=first.union(*others))

    def _beside(self, rule: Callable[..., Q], meeting: Any) -> Self:
        day = self._day_of(meeting)
        return self.placed().filter(rule(meeting.series, meeting.ordinal, day, meeting.pk))

    def _day_of(self, meeting: Any) -> Subquery:
        """The day on which a meeting stands."""
        return Subquery(self._all().filter(pk=meeting.pk).placed().values("stands_on")[:1])

    def _all(self) -> Any:
        """All meetings, whoever may see them: an order is the same for everybody."""
        return self.model._default_manager.order_by()

    def nearest(self, meeting: Any) -> Any:
        """Return what is nearest to a meeting; each carries on which `side` it is.

        `previous` and `next` of its series, `before` and `after` of all kinds.
        """
        series, near = self.in_series(meeting.series).near(meeting), self.near(meeting)
        sides = {
            "previous": series.before(meeting),
            "next": series.after(meeting),
            "before": near.before(meeting),
            "after": near.after(meeting),
        }
        first, *others = (
            rows.defer("search").annotate(side=Value(name))[:1] for name, rows in sides.items()
        )
        return first.union(*others, all=True)

    def after_gaps(self, pks: Sequence[int]) -> Self:
        """Those of some meetings before which numbers of their series are missing.

        Each carries `number_before`, the nearest smaller number among all these rows; 0 without
        one. Of equal numbers the first follows it.
        """
        smaller = self.filter(
            Q(ordinal__lt=OuterRef("ordinal")) | Q(pk__lt=OuterRef("pk")),
            series=OuterRef("series"),
            ordinal__lte=OuterRef("ordinal"),
        )
        nearest = Subquery(smaller.order_by("-ordinal").values("ordinal")[:1])
        numbered = self.filter(pk__in=pks).annotate(number_before=Coalesce(nearest, 0))
        return numbered.filter(number_before__lt=F("ordinal") - 1).order_by()

    def numbers_beside(self, series: str, ordinal: int) -> Any:
        """Return the nearest numbers in a series below and above one, where there are any."""
        numbers = self.in_series(series).values_list("ordinal", flat=True)
        below = numbers.filter(ordinal__lt=ordinal).order_by("-ordinal")[:1]
        above = numbers.filter(ordinal__gt=ordinal).order_by("ordinal")[:1]
        return below.union(above).order_by("ordinal")

    def placed(self) -> Self:
        """Carry `stands_on`, the day by which they follow each other; null where nothing tells.

        A numbered meeting whose day is not known stands no earlier than those of smaller numbers,
        one that is still to come and has no day later than all that was held. What visitors do
        not see moves nobody: it would tell of itself.
        """
        public = self._all().visible_to(VISITOR)
        smaller = public.filter(series=OuterRef("series"), ordinal__lt=OuterRef("ordinal"))
        held = public.filter(state=MeetingState.HELD)
        last_smaller, last_held = (
            Subquery(rows.order_by("-sort_on").values("sort_on")[:1], models.DateField())
            for rows in (smaller, held)
        )
        is_to_come = Q(starts_on__isnull=True, state__in=TO_COME)
        after_held = Case(When(is_to_come, then=last_held + 1), output_field=models.DateField())
        day = Case(
            When(starts_on_first=F("starts_on_last"), then=F("sort_on")),
            When(ordinal__isnull=True, then=Greatest("sort_on", after_held)),
            default=Greatest("sort_on", last_smaller, after_held),
        )
        return self.annotate(stands_on=NullIf(day, Value(BEGINNING)))

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

    def for_page(self, user: Reader) -> Self:
        """With the number of decisions that this reader may see."""
        return self.visible_to(user).for_list(user)

    def for_detail(self, user: Reader) -> Self:
        """With agenda, attendance, partners, minutes, documents and news."""
        return self.prefetch_related("tags").with_visible(
            user,
            "agenda_items__presenters",
            "agenda_items__instruments",
            "agenda_items__meetings",
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

    def for_citation(self, user: Reader) -> Self:
        """With its meeting."""
        return self.with_visible(user, "meeting")

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
        series, number, pk = (OuterRef(f"meeting__{name}") for name in ("series", "ordinal", "id"))
        placed = meetings.order_by().filter(pk=OuterRef("meeting")).placed().values("stands_on")
        is_exact = Q(meeting__starts_on_first=F("meeting__starts_on_last"))
        day = Case(When(is_exact, then=F("meeting__sort_on")), default=Subquery(placed))
        following = (
            meetings.visible_to(user)
            .sittings()
            .placed()
            .filter(later(series, number, OuterRef("meeting_stands_on"), pk))
            .exclude(state=MeetingState.CANCELLED)
            .order_by(*IN_ORDER)
        )
        next_day, next_last_day = (
            Case(When(is_due_before_next_meeting=True, then=Subquery(following.values(name)[:1])))
            for name in ("starts_on", "starts_on_last")
        )
        return self.annotate(meeting_stands_on=day).annotate(
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
        return self.exclude(kind__in=DONE_IN_ITSELF).filter(follow_up__in=AWAITED)

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
