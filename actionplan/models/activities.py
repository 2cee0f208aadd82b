"""Activities and the organizations that carry them."""

from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from actionplan.choices import FINAL, ActivityKind, DocumentedState, SupportRole
from actionplan.models.plans import ActionPlan, PriorityArea
from actionplan.querysets import ActivityPartQuerySet, ActivityQuerySet
from taskforce.models import AgendaItem, Decision, Organization, PolicyInstrument, Provision
from untfsse.kit.records.characters import Legible
from untfsse.kit.records.dates import PartialDate, PartialDateField, last_day
from untfsse.kit.records.fields import LongTextField
from untfsse.kit.records.noun import Door, Noun
from untfsse.kit.records.record import Record
from untfsse.kit.records.sdg import GoalsField, sdgs_are_goals
from untfsse.kit.records.search import plain_key, search_column


class Activity(Record):
    """Something a plan foresees."""

    plan = models.ForeignKey(
        ActionPlan, on_delete=models.PROTECT, related_name="activities", verbose_name=_("plan")
    )
    area = models.ForeignKey(
        PriorityArea,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("area"),
    )
    is_area_inferred = models.BooleanField(
        _("the area is our reading"),
        default=False,
        help_text=_("Tick if no source files the activity under this area."),
    )
    code = models.CharField(_("code"), max_length=24)
    title = models.CharField(_("title"), max_length=200)
    description = LongTextField(_("description"), blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ActivityKind)
    documented_state = models.CharField(
        _("state in public sources"),
        max_length=10,
        choices=DocumentedState,
        default=DocumentedState.UNKNOWN,
        help_text=_("What sources say. A progress report is something else."),
    )
    documented_on = PartialDateField(_("as of"))
    arises_from = models.ForeignKey(
        Decision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("arises from"),
        help_text=_("The decision, if it is known."),
    )
    continues = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name=_("continues"),
        help_text=_("An activity of an earlier plan."),
    )
    provisions = models.ManyToManyField(
        Provision, blank=True, related_name="+", verbose_name=_("serves provisions")
    )
    instruments = models.ManyToManyField(
        PolicyInstrument,
        blank=True,
        related_name="+",
        verbose_name=_("serves instruments"),
        help_text=_("As a whole, where no provision is named."),
    )
    agenda_items = models.ManyToManyField(
        AgendaItem,
        blank=True,
        related_name="+",
        verbose_name=_("agenda items"),
        help_text=_("Where a meeting spoke of it."),
    )
    baseline_due_on = PartialDateField(_("first due on"))
    due_on = PartialDateField(_("due on"))
    sdgs = GoalsField()
    tags = TaggableManager(blank=True)
    due_on_last = last_day("due_on")
    title_key = plain_key("title")
    search = search_column(
        ["title", "code"], [], ["description"], ["note"], days=["due_on"], goals="sdgs"
    )

    objects = ActivityQuerySet.as_manager()

    noun = Noun(
        name="activity",
        path="activities",
        place=90,
        symbol="code",
        texts=("description",),
        within="action_plan",
        feed_title=_("Activities of the UN Task Force on Social and Solidarity Economy"),
        closed={Door.HOME: "Home counts the activities of each plan."},
    )

    class Meta(Record.Meta):
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering: ClassVar = ["plan", "area__position", "code"]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="activity_search"),
            GinIndex(fields=["title_key"], opclasses=["gin_trgm_ops"], name="activity_like"),
            GinIndex(fields=["sdgs"], name="activity_by_goal"),
            models.Index(fields=["due_on_last"], name="activity_by_due_day"),
            models.Index(fields=["code", "id"], name="activity_by_code"),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            sdgs_are_goals(),
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="activity_has_its_own_code",
                violation_error_message=_("Another activity of this plan has this code."),
            ),
            models.CheckConstraint(
                condition=~Q(continues=F("id")),
                name="activity_does_not_continue_itself",
                violation_error_message=_("An activity does not continue itself."),
            ),
        ]

    happened_on = None
    """Its plan says no day on which it was foreseen."""

    @property
    def awaits_report(self) -> bool:
        """Whether no report has closed it; needs `with_latest_report()`."""
        return vars(self)["reported_state"] not in FINAL

    @property
    def heard_on(self) -> PartialDate | None:
        """The beginning of its plan; needs `plan`."""
        return self.plan.starts_on

    def shown_in_lists(self) -> dict[str, Any]:
        """Say the plan in place of the kind; needs `plan`."""
        return super().shown_in_lists() | {"kind": self.plan.title}


class ActivityOrganization(Legible):
    """An organization that leads, supports or funds an activity."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="organizations")
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("organization"),
    )
    role = models.CharField(_("role"), max_length=8, choices=SupportRole)

    objects = ActivityPartQuerySet.as_manager()

    closed: ClassVar = {Door.API: "It stands in its activity."}

    class Meta:
        verbose_name = _("organization of an activity")
        verbose_name_plural = _("organizations of an activity")
        ordering: ClassVar = ["role", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["activity", "organization"],
                name="activityorganization_is_listed_once",
                violation_error_message=_("This organization is already listed."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.get_role_display()}"
