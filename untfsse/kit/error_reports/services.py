"""What is done with reports: receive one, within bounds, and close one."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from untfsse.kit.access.throttle import Limit, count_try
from untfsse.kit.access.visitors import address_of, network_of
from untfsse.kit.error_reports.models import ErrorReport, ErrorReportContact, ReportState
from untfsse.kit.records.noun import Door, address_name, nouns
from untfsse.kit.records.publication import VISITOR
from untfsse.kit.records.roles import Actor, require

MOST_A_DAY = 5
"""Reports from one address."""
A_SITE = Limit("error reports from a site", 10, dt.timedelta(days=1))
MOST_OPEN = 2_000
LONGEST_SUBJECT = 300


def sender_of(request: HttpRequest, day: dt.date) -> str:
    """Return by what the reports of a visitor are counted for a day; it tells nothing of them."""
    network = network_of(address_of(request))
    return salted_hmac(f"error report {day}", network, algorithm="sha256").hexdigest()


def record_at(path: str) -> Any:
    """Return the public record at whose page, or below it, a path lies; None without one."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    for model in nouns(Door.PAGES):
        name = address_name(model, "detail").removesuffix("detail")
        if "slug" in match.kwargs and match.view_name.startswith(name):
            return model.objects.visible_to(VISITOR).filter(slug=match.kwargs["slug"]).first()
    return None


def forget_senders(*, before: dt.date) -> int:
    """Forget from where the reports of earlier days came, and return how many these were."""
    earlier = ErrorReport.objects.filter(reported_at__date__lt=before)
    return earlier.exclude(sender="").update(sender="")


@transaction.atomic
def receive_report(
    *, path: str, text: str, sender: str, site: str = "", evidence_url: str = "", email: str = ""
) -> ErrorReport:
    """Put a report into the queue. Raises ValidationError when there are too many."""
    with connection.cursor() as cursor:  # so that many at once count as one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('kit_errorreport'))")
    forget_senders(before=timezone.localdate())
    is_enough = ErrorReport.objects.filter(sender=sender).count() >= MOST_A_DAY
    if is_enough or (site and count_try(A_SITE, A_SITE.key(site))):
        raise ValidationError(
            _("Enough reports came from your connection today. Thank you: please go on tomorrow.")
        )
    if ErrorReport.objects.open().count() >= MOST_OPEN:
        raise ValidationError(
            _("So many reports wait that no more are taken now. Please try again in some days.")
        )
    report = ErrorReport(
        path=path,
        subject=str(record_at(path) or "")[:LONGEST_SUBJECT],
        text=text,
        evidence_url=evidence_url,
        sender=sender,
    )
    report.full_clean()
    report.save()
    if email:
        ErrorReportContact.objects.create(report=report, email=email)
    return report


@transaction.atomic
def close_report(report: ErrorReport, *, state: str, note: str, by: Actor) -> None:
    """Say what became of a report, and forget how its sender is reached."""
    require(by, "change", report)
    report = ErrorReport.objects.select_for_update().get(pk=report.pk)
    if report.state != ReportState.OPEN:
        raise ValidationError(_("This report is closed already."))
    report.state, report.note = state, note
    report.closed_at, report.closed_by_id = timezone.now(), by.pk if by else None
    report.full_clean()
    report.save()
    ErrorReportContact.objects.filter(report=report).delete()
