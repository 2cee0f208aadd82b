"""Pages of no single app: the home page, search, goals and topics."""

import re
import sys
from collections.abc import Callable

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseServerError,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from taggit.models import Tag

from untfsse.former_pages import former_page
from untfsse.kit.faults import answer_fault
from untfsse.kit.kept import keep
from untfsse.kit.missed import count_missed
from untfsse.kit.pages.filters import fault_of
from untfsse.kit.records.sdg import GOALS
from untfsse.kit.request_log import request_number
from untfsse.overview import filed_under_topic, front_page, serving_goal, topics_in_use
from untfsse.search import (
    KINDS,
    LAST_PAGE,
    LONGEST,
    answers,
    clean,
    find_records,
    read,
    suggest,
)
from untfsse.timeline import timeline_of

NARROWING = ("year", "goal", "topic", "organization")
FORMS: dict[str, Callable[[str], object]] = {
    "kind": KINDS.__contains__,
    "year": re.compile(r"(?:19|20)[0-9]{2}").fullmatch,
    "goal": {str(number) for number in GOALS}.__contains__,
    "topic": re.compile(r"[-\w]{1,100}").fullmatch,
    "organization": re.compile(r"[-a-z0-9_]{1,200}").fullmatch,
}
"""What can be a value of each facet of a search."""


@keep()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the Task Force is and what is new."""
    today = timezone.now().date()
    return render(request, "home.html", {"today": today, **front_page(request.user, today)})


@keep("q", "kind", "page", *NARROWING)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find records of all nouns by words; a whole symbol or number leads to its record."""
    typed, asked = clean(request.GET.get("q", "")), request.GET.get("kind", "")
    query, chosen = typed[:LONGEST].strip(), narrowed_by(request.GET)
    results, said = None, []
    if query:
        reading, is_first = read(query), not any(chosen.values()) and not request.GET.get("page")
        if reading.is_goal and is_first and not asked:
            return redirect("sdg_detail", reading.goal)
        number = read_page(request.GET.get("page", ""))
        results = find_records(reading, request.user, number=number, **chosen)
        if results.jump and not asked:
            return redirect(results.jump.url)
        if is_first:
            said = answers(reading, request.user, timezone.localdate())
            is_missed = not results.counts or results.found.is_poor
            if is_missed and not said and not request.user.is_authenticated:
                count_missed(query)
    narrowed = {"kind": chosen["kind"]} if chosen["kind"] else {}
    context = {
        "query": query,
        "is_cut": len(typed) > LONGEST,
        "longest": LONGEST,
        "faults": {fault_of(request.GET, name) for name in ("q", "page", "kind", *NARROWING)}
        - {""},
        "is_kind_unknown": bool(asked) and not chosen["kind"],
        "results": results,
        "answers": said,
        "feed": reverse("search_feed", query={**narrowed, "q": query}) if query else "",
    }
    return render(request, "search.html", context)


def narrowed_by(asked: QueryDict) -> dict[str, str]:
    """Return to what a search is narrowed; what can be no value of it is left out."""
    given = {name: asked.get(name, "") for name in ("kind", *NARROWING)}
    return {name: value if FORMS[name](value) else "" for name, value in given.items()}


@keep("q")
@require_safe
def search_suggestions(request: HttpRequest) -> HttpResponse:
    """Offer what begins as somebody types, in the form of OpenSearch's suggestions."""
    query = clean(request.GET.get("q", ""))[:LONGEST].strip()
    hits = suggest(query, request.user) if query else []
    offered = [
        query,
        [hit.offered_for(query) for hit in hits],
        [str(hit.label) for hit in hits],
        [request.build_absolute_uri(hit.url) for hit in hits],
    ]
    return JsonResponse(offered, safe=False, content_type="application/x-suggestions+json")


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
    groups = filed_under_topic(topic, request.user)
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
