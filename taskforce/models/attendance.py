"""How organizations took part in meetings."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taskforce.choices import AttendanceState
from taskforce.models.meetings import Meeting
from taskforce.models.organizations import Organization
from taskforce.querysets import AttendanceQuerySet
from untfsse.kit.records.characters import Legible


class Attendance(Legible):
    """How an organization took part in a meeting; its seat that day is derived."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="attendances", verbose_name=_("meeting")
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="attendances",
        verbose_name=_("organization"),
    )
    state = models.CharField(
        _("attendance"), max_length=12, choices=AttendanceState, default=AttendanceState.INVITED
    )
    on_behalf_of = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("on behalf of"),
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering: ClassVar = ["meeting", "organization__name_key"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "organization"],
                name="attendance_is_listed_once",
                violation_error_message=_("This organization is already listed."),
            ),
            models.CheckConstraint(
                condition=~Q(on_behalf_of=F("organization")),
                name="attendance_is_not_on_behalf_of_oneself",
                violation_error_message=_("An organization does not attend on its own behalf."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.get_state_display()}"
