"""The pages of the Encyclopedia, one function a URL."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from encyclopedia.citations import cite
from encyclopedia.contents import is_short, lay_out
from encyclopedia.filters import EntryFilter
from encyclopedia.index import authors_of, from_a_to_z
from encyclopedia.models import Entry, Work
from encyclopedia.querysets import NAMED
from taskforce.choices import LICENCE_URLS
from untfsse.kit.pages.paging import paginate
from untfsse.kit.pages.thread import strands_of
from untfsse.kit.records.addresses import get_record_or_404
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.sdg import goals
from untfsse.kit.records.together import fetch_together
from untfsse.kit.records.written import written


@require_safe
def entry_list(request: HttpRequest) -> HttpResponse:
    """Show the work with its table of contents, or the entries that the query string asks for."""
    works = list(Work.objects.visible_to(request.user).for_detail(request.user))
    visible = Entry.objects.visible_to(request.user).for_list().with_authors(request.user)
    filters = EntryFilter(request.GET, queryset=visible, request=request)
    is_whole = not filters.form.changed_data and is_short(works, visible)
    context = {
        "works": works,
        "filters": filters,
        "contents": lay_out(works, request.user) if is_whole else None,
        "page": None if is_whole else paginate(request, filters.qs),
    }
    if works:
        context["strands"] = strands_of(works[0], request.user)
    return render(request, "encyclopedia/entry_list.html", context)


@require_safe
def entries_by_title(request: HttpRequest) -> HttpResponse:
    """Show the entries from A to Z."""
    context = {"letters": from_a_to_z(request.user)}
    return render(request, "encyclopedia/entries_by_title.html", context)


@require_safe
def entries_by_author(request: HttpRequest) -> HttpResponse:
    """Show the authors with their entries."""
    context = {"authors": authors_of(request.user)}
    return render(request, "encyclopedia/entries_by_author.html", context)


@written
def beside(user: Reader, entry: int, number: int, work: int) -> Sequence[Any]:
    """Ask for the entries related to an entry, and the nearest before and after it."""
    visible = Entry.objects.visible_to(user).only(*NAMED)
    related = visible.related_to(entry).order_by("number", "id")
    return related, visible.before(number, work)[:1], visible.after(number, work)[:1]


@require_safe
def entry_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one entry: what it is about, who wrote it, where to read it."""
    entry = get_record_or_404(Entry.objects.for_detail, request.user, slug)
    work = entry.part.work
    related, before, after = fetch_together(*beside(request.user, entry.pk, entry.number, work.pk))
    context = {
        "entry": entry,
        "work": work,
        "licence_url": LICENCE_URLS.get(entry.licence),
        "citation": cite(entry, work),
        "goals": goals(entry.sdgs),
        "related": related,
        "previous": before[0] if before else None,
        "next": after[0] if after else None,
        "strands": strands_of(entry, request.user),
    }
    return render(request, "encyclopedia/entry_detail.html", context)
