"""My organization: chosen without an account, so that every page begins with what waits for it."""

import re
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from taskforce.models import Organization
from untfsse.kit.pages.gathering import waiting_for
from untfsse.kit.records.addresses import get_record_or_404

COOKIE = "organization"
SECONDS = 365 * 24 * 60 * 60
FEW = 3


@require_http_methods(["GET", "HEAD", "POST"])
def my_organization(request: HttpRequest) -> HttpResponse:
    """Ask whether a browser may remember an organization, and remember or forget it."""
    asked = request.POST if request.method == "POST" else request.GET
    if request.method == "POST" and asked.get("act") == "forget":
        answer = redirect("home")
        answer.delete_cookie(COOKIE, samesite="Lax")
        return answer
    slug = asked.get("organization", request.COOKIES.get(COOKIE, ""))
    if request.method != "POST" and not slug:
        return choose(request)
    if not is_slug(slug):
        raise Http404
    organization = get_record_or_404(Organization.objects.defer("search"), request.user, slug)
    if request.method != "POST":
        context = {"organization": organization, "is_mine": request.COOKIES.get(COOKIE) == slug}
        return render(request, "taskforce/my_organization.html", context)
    answer = redirect(organization)
    answer.set_cookie(
        COOKIE,
        organization.slug,
        max_age=SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer


def choose(request: HttpRequest) -> HttpResponse:
    """Offer the organizations that hold a seat today, or perhaps."""
    today = timezone.localdate()
    visible = Organization.objects.visible_to(request.user).for_list()
    seated = visible.seated(on=today, today=today, reader=request.user)
    return render(request, "taskforce/my_organization.html", {"organizations": seated})


def is_slug(text: str) -> bool:
    """Whether a text can be the address of a record."""
    return bool(re.fullmatch(r"[-\w]{1,120}", text, re.ASCII))


def mine(request: HttpRequest) -> dict[str, Any]:
    """Return, for every page, the organization a browser remembers and what waits for it."""
    slug = request.COOKIES.get(COOKIE, "")
    if not is_slug(slug):
        return {}
    found = Organization.objects.visible_to(request.user).defer("search").filter(slug=slug)
    organization = found.first()
    if organization is None:
        return {}
    waiting = waiting_for(organization, request.user, today=timezone.localdate())
    return {"mine": {"organization": organization, "waiting": waiting[:FEW], "all": len(waiting)}}
