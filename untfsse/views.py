"""Pages of no single app: the home page, search, goals and topics."""

import re
import sys

from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from taggit.models import Tag

from untfsse.former_pages import former_page
from untfsse.kit.faults import answer_fault
from untfsse.kit.kept import keep
from untfsse.kit.pages.filters import fault_of
from untfsse.kit.records.sdg import GOALS
from untfsse.kit.request_log import request_number
from untfsse.overview import filed_under_topic, front_page, serving_goal, topics_in_use
from untfsse.search import KINDS, LAST_PAGE, LONGEST, clean, find_records
from untfsse.timeline import timeline_of


class SignIn(LoginView):
    """Sign-in; without a page that was asked for, staff go to their desk and others home."""

    def get_default_redirect_url(self) -> str:
        """Return where a person expects to be."""
        return reverse("admin:index" if self.request.user.is_staff else "home")


@keep()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the Task Force is and what is new."""
    today = timezone.now().date()
    return render(request, "home.html", {"today": today, **front_page(request.user, today)})


@keep("q", "kind", "page")
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find records of all nouns by words; a whole symbol or number leads to its record."""
    typed, asked = clean(request.GET.get("q", "")), request.GET.get("kind", "")
    query, kind = typed[:LONGEST].strip(), asked if asked in KINDS else ""
    results = None
    if query:
        number = read_page(request.GET.get("page", ""))
        results = find_records(query, request.user, kind=kind, number=number)
        if results.jump and not asked:
            return redirect(results.jump.url)
    narrowed = {"kind": kind} if kind else {}
    context = {
        "query": query,
        "is_cut": len(typed) > LONGEST,
        "longest": LONGEST,
        "faults": {fault_of(request.GET, name) for name in ("q", "kind", "page")} - {""},
        "is_kind_unknown": bool(asked) and not kind,
        "results": results,
        "feed": reverse("search_feed", query={**narrowed, "q": query}) if query else "",
    }
    return render(request, "search.html", context)


def read_page(text: str) -> int:
    """Return the number of a page from the first to the last; anything else is the first."""
    return min(int(text), LAST_PAGE) if re.fullmatch(r"[1-9][0-9]{0,3}", text) else 1


@keep()
@require_safe
def sdg_detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show what serves one of the goals."""
    if number not in GOALS:
        raise Http404
    groups = serving_goal(number, request.user)
    context = {
        "goal": GOALS[number],
        "goals": GOALS.values(),
        "groups": groups,
        "is_empty": not any(group.rows for group in groups),
    }
    return render(request, "sdg_detail.html", context)


@keep()
@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    """List the topics in use, and the goals."""
    context = {"topics": topics_in_use(request.user), "goals": GOALS.values()}
    return render(request, "topic_list.html", context)


@keep()
@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is filed under a topic; a topic without a visible record is not found."""
    topic = get_object_or_404(Tag, slug=slug)
    groups = filed_under_topic(slug, request.user)
    if not groups:
        raise Http404
    return render(request, "topic_detail.html", {"topic": topic, "groups": groups})


@keep()
@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """Show meetings, texts and plans on one line from the first year to the last on record."""
    return render(request, "timeline.html", {"timeline": timeline_of(request.user)})


@require_safe
def old_address(request: HttpRequest, path: str) -> HttpResponse:
    """Lead from an address of the Task Force's earlier sites to the record that holds it."""
    url = former_page(path, request.GET.get("lang", ""), request.user)
    if not url:
        raise Http404
    return redirect(url, permanent=True)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer what nobody foresaw; called while its exception is handled."""
    busy = answer_fault(sys.exception())
    return busy or HttpResponseServerError(
        render_to_string("500.html", {"number": request_number()})
    )
