"""Pages of no single app: the home page, search, goals and topics."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the Task Force is and what is new."""
    return render(request, "home.html")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find records of all nouns by words."""
    return render(request, "search.html")


@require_safe
def sdg_detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show what serves one of the goals."""
    return render(request, "sdg_detail.html", {"number": number})


@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is filed under a topic."""
    return render(request, "topic_detail.html", {"slug": slug})
