"""Action plans and their priority areas."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionplan.choices import AreaKind, PlanState
from actionplan.querysets import ActionPlanQuerySet, PriorityAreaQuerySet
from taskforce.models import AgendaItem, Decision, Meeting, PolicyInstrument, Update
from untfsse.kit.records.dates import InOrder, PartialDate, PartialDateField, first_day, sort_day
from untfsse.kit.records.fields import LongTextField
from untfsse.kit.records.noun import Door, Noun, pageless
from untfsse.kit.records.record import Record
from untfsse.kit.records.search import plain_key, search_column
from untfsse.kit.records.tenure import PossibleDays


class ActionPlan(Record):
    """A plan for some years; plans may overlap, and one continues another."""

    title = models.CharField(_("title"), max_length=160)
    starts_on = PartialDateField(_("from"))
    ends_on = PartialDateField(_("until"))
    state = models.CharField(_("state"), max_length=16, choices=PlanState)
    adopted_by = models.ForeignKey(
        Decision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("adopted by"),
        help_text=_("The decision, if it is known."),
    )
    adopted_at = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("adopted at"),
        help_text=_("The meeting, if no decision is known."),
    )
    continues = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name=_("continues"),
    )
    instrument = models.ForeignKey(
        PolicyInstrument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("listed as instrument"),
    )
    summary = LongTextField(_("summary"), blank=True)
    document_url = models.URLField(_("document"), max_length=500, blank=True)
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
    starts_on_first = first_day("starts_on")
    sort_on = sort_day("starts_on")
    possible_days = models.GeneratedField(
        expression=PossibleDays("starts_on", "ends_on"),
        output_field=DateRangeField(),
        db_persist=True,
    )
    title_key = plain_key("title")
    search = search_column(["title"], [], ["summary"], ["note"], days=["starts_on", "ends_on"])

    objects = ActionPlanQuerySet.as_manager()

    noun = Noun(
        name="action_plan",
        path="action-plans",
        place=70,
        date="starts_on",
        until="ends_on",
        section=_("Action plans"),
        feed_title=_("Action plans of the UN Task Force on Social and Solidarity Economy"),
        closed={Door.HOME: "Home shows where the plans that run stand."},
    )

    class Meta(Record.Meta):
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")
        ordering: ClassVar = ["-sort_on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["-sort_on", "-id"], name="actionplan_by_day"),
            GinIndex(fields=["search"], name="actionplan_search"),
            GinIndex(fields=["title_key"], opclasses=["gin_trgm_ops"], name="actionplan_like"),
            GistIndex(fields=["possible_days"], name="actionplan_days"),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(InOrder(F("starts_on"), F("ends_on"))),
                name="actionplan_ends_after_it_starts",
                violation_error_message=_("The plan ends before it starts."),
            ),
            models.CheckConstraint(
                condition=~Q(continues=F("id")),
                name="actionplan_does_not_continue_itself",
                violation_error_message=_("A plan does not continue itself."),
            ),
        ]

    def told_state(self, *, on: dt.date) -> str:
        """Return the state that is said, and what the dates say on a day where that differs."""
        words, start, end = self.get_state_display(), self.starts_on, self.ends_on
        is_current = self.state == PlanState.CURRENT
        if is_current and not end:
            return gettext("%(state)s, no end is known") % {"state": words}
        if is_current and end and end.last < on:
            return gettext("%(state)s, but its end was %(day)s") % {"state": words, "day": end.text}
        if self.state == PlanState.IN_PREPARATION and start and start.last < on:
            begun = gettext("%(state)s, but its beginning was %(day)s")
            return begun % {"state": words, "day": start.text}
        return words

    def doubt(self, *, on: dt.date) -> str:
        """Return why it is not certain that it ran on a day of its possible days, in words."""
        if self.starts_on is None or self.ends_on is None:
            unknown = gettext("its end is not known"), gettext("its beginning is not known")
            return unknown[self.starts_on is None]
        first, last = self.starts_on.last, self.ends_on.first
        is_certain = last is not None and first <= on <= last
        return "" if is_certain else gettext("perhaps: a date is known only in part")

    def surely_overlaps(self, other: "ActionPlan") -> bool:
        """Whether two plans share a day, however their dates are read."""
        pairs = [(self.starts_on, other.ends_on), (other.starts_on, self.ends_on)]
        return all(start and end and end.first and start.last <= end.first for start, end in pairs)

    def shown_in_lists(self) -> dict[str, Any]:
        """Add whether it runs."""
        return super().shown_in_lists() | {
            "state": self.state,
            "state_label": self.told_state(on=timezone.localdate()),
        }


class PriorityArea(Record):
    """An area of a plan."""

    plan = models.ForeignKey(
        ActionPlan, on_delete=models.PROTECT, related_name="areas", verbose_name=_("plan")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=12, choices=AreaKind)
    title = models.CharField(_("title"), max_length=200)
    summary = LongTextField(_("summary"), blank=True)

    objects = PriorityAreaQuerySet.as_manager()

    noun = Noun(
        name="priority_area",
        path="priority-areas",
        place=75,
        closed=pageless("An area stands on the page of its plan.")
        | {Door.SEARCH: "An area is found with its plan."},
    )

    class Meta(Record.Meta):
        verbose_name = _("priority area")
        verbose_name_plural = _("priority areas")
        ordering: ClassVar = ["plan", "position"]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["plan", "position"],
                deferrable=models.Deferrable.DEFERRED,
                name="priorityarea_has_its_own_position",
                violation_error_message=_("Another area of this plan has this position."),
            ),
        ]

    happened_on = None
    """Its plan says no day on which it was foreseen."""
    awaits_report = True

    @property
    def heard_on(self) -> PartialDate | None:
        """The beginning of its plan; needs `plan`."""
        return self.plan.starts_on

    def get_absolute_url(self) -> str:
        return f"{self.plan.get_absolute_url()}#{self.slug}"
