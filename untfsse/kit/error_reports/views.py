"""The pages of a report: its form, and the thanks."""

from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from untfsse.kit.access.visitors import address_of, site_of
from untfsse.kit.error_reports.forms import ErrorReportForm
from untfsse.kit.error_reports.services import receive_report, sender_of


@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request: HttpRequest) -> HttpResponse:
    """Ask what is wrong on a page, and put it into the secretariat's queue."""
    asked = {"page": request.GET.get("page", "/")}
    form = ErrorReportForm(request.POST or None, initial=asked)
    status = HTTPStatus.OK
    if form.is_valid():
        facts = form.cleaned_data
        if facts.pop("website"):
            return redirect("report_sent")
        try:
            receive_report(
                path=facts.pop("page"),
                sender=sender_of(request, timezone.localdate()),
                site=site_of(address_of(request)),
                **facts,
            )
        except ValidationError as error:
            form.add_error(None, error)
            status = HTTPStatus.TOO_MANY_REQUESTS
        else:
            return redirect("report_sent")
    page = form.data.get("page", "") if form.is_bound else asked["page"]
    return render(request, "report_error.html", {"form": form, "page": page}, status=status)


@require_safe
def report_sent(request: HttpRequest) -> HttpResponse:
    """Say thanks, and what follows."""
    return render(request, "report_sent.html")
