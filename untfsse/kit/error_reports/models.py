"""The table of reports, and how their senders are reached until they are closed."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from untfsse.kit.apps import EDITOR, READING, SECRETARIAT
from untfsse.kit.records.fields import NoteField

LONGEST = 2_000
KEEPING = (*READING, "change")


class ReportState(models.TextChoices):
    """What became of a report."""

    OPEN = "open", _("Open")
    MENDED = "mended", _("Mended")
    DECLINED = "declined", _("Declined")


class ErrorReportQuerySet(models.QuerySet[Any]):
    """Questions about reports."""

    def open(self) -> Self:
        """Those that wait for somebody."""
        return self.filter(state=ReportState.OPEN)


class ErrorReport(models.Model):
    """What somebody without an account found wrong on a page. No reader of the page sees it.

    `sender` is a hash of the address it came from, under the key of that day: it counts reports
    while the day lasts, and is emptied after it.
    """

    path = models.CharField(_("page"), max_length=300)
    subject = models.CharField(_("record"), max_length=300, blank=True)
    text = NoteField(_("what is wrong"))
    evidence_url = models.URLField(_("how it is known"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=ReportState, default=ReportState.OPEN
    )
    note = NoteField(_("note"), blank=True)
    reported_at = models.DateTimeField(_("reported at"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    sender = models.CharField(max_length=64, blank=True, editable=False)

    objects = ErrorReportQuerySet.as_manager()

    roles: ClassVar = {SECRETARIAT: KEEPING, EDITOR: KEEPING}

    class Meta:
        verbose_name = _("report of an error")
        verbose_name_plural = _("reports of errors")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["id"], condition=Q(state=ReportState.OPEN), name="errorreport_open"
            ),
            models.Index(fields=["sender"], condition=~Q(sender=""), name="errorreport_of_today"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=ReportState.values),
                name="errorreport_state_is_known",
                violation_error_message=_("A report is open, mended or declined."),
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.OPEN, closed_at__isnull=True)
                | ~Q(state=ReportState.OPEN) & Q(closed_at__isnull=False),
                name="errorreport_says_when_it_was_closed",
                violation_error_message=_("A closed report says when it was closed."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.path


class ErrorReportContact(models.Model):
    """Where a sender wishes an answer. It goes when the report is closed; no history keeps it."""

    report = models.OneToOneField(ErrorReport, on_delete=models.CASCADE, related_name="contact")
    email = models.EmailField(_("mail address"))

    roles: ClassVar = {SECRETARIAT: READING}

    class Meta:
        verbose_name = _("contact of a report")
        verbose_name_plural = _("contacts of reports")

    def __str__(self) -> str:
        return self.email
