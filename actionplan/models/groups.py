"""Sub-groups and who sits in them."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actionplan.choices import GroupRole, SubGroupKind
from actionplan.models.plans import ActionPlan, PriorityArea
from actionplan.querysets import SubGroupQuerySet, SubGroupSeatQuerySet
from taskforce.models import Decision, Organization
from untfsse.kit.records.evidence import Evidenced
from untfsse.kit.records.noun import Door, Noun
from untfsse.kit.records.record import Record
from untfsse.kit.records.search import plain_key, search_column
from untfsse.kit.records.tenure import Tenure


class SubGroup(Tenure, Record):
    """A group of members and observers that carries an area or another task of a plan."""

    plan = models.ForeignKey(
        ActionPlan, on_delete=models.PROTECT, related_name="sub_groups", verbose_name=_("plan")
    )
    area = models.ForeignKey(
        PriorityArea,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sub_groups",
        verbose_name=_("area"),
    )
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=24, choices=SubGroupKind)
    established_by = models.ForeignKey(
        Decision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("established by"),
        help_text=_("The decision, if it is known."),
    )
    name_key = plain_key("name")
    search = search_column(["name"], [], [], ["note"])

    objects = SubGroupQuerySet.as_manager()

    noun = Noun(
        name="sub_group",
        path="sub-groups",
        place=80,
        title="name",
        texts=(),
        within="action_plan",
        feed_title=_("Sub-groups of the UN Task Force on Social and Solidarity Economy"),
        closed={Door.HOME: "Home counts the sub-groups of each plan."},
    )

    class Meta(Tenure.Meta, Record.Meta):
        verbose_name = _("sub-group")
        verbose_name_plural = _("sub-groups")
        ordering: ClassVar = ["plan", "area__position", "id"]
        indexes: ClassVar = [
            models.Index(fields=["name_key", "id"], name="subgroup_by_name"),
            GinIndex(fields=["search"], name="subgroup_search"),
            GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="subgroup_like"),
        ]
        constraints: ClassVar = [
            *Tenure.Meta.constraints,
            *Record.Meta.constraints,
        ]


class SubGroupSeat(Tenure, Evidenced):
    """An organization's place in a group over time; members and observers both sit there."""

    sub_group = models.ForeignKey(SubGroup, on_delete=models.CASCADE, related_name="seats")
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("organization"),
    )
    role = models.CharField(_("role"), max_length=8, choices=GroupRole)

    objects = SubGroupSeatQuerySet.as_manager()

    known_by = ("sub_group", "organization", "from_on")

    class Meta(Tenure.Meta, Evidenced.Meta):
        verbose_name = _("seat in a sub-group")
        verbose_name_plural = _("seats in sub-groups")
        ordering: ClassVar = ["sub_group", "role", "id"]
        constraints: ClassVar = [
            *Tenure.Meta.constraints,
            *Evidenced.Meta.constraints,
            ExclusionConstraint(
                name="subgroupseat_is_held_one_at_a_time",
                expressions=[
                    ("sub_group", RangeOperators.EQUAL),
                    ("organization", RangeOperators.EQUAL),
                    ("held_days", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "This organization already sits in the group in that time."
                ),
            ),
            models.UniqueConstraint(
                fields=["sub_group", "organization"],
                condition=Q(until_on__isnull=True),
                name="subgroupseat_without_end_is_the_only_one",
                violation_error_message=_("This organization already sits in the group."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.get_role_display()}"
