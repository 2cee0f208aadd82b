"""The pages of the Encyclopedia, one function a URL."""

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
from untfsse.kit.records.sdg import goals


@require_safe
def entry_list(request: HttpRequest) -> HttpResponse:
    """Show the work with its table of contents, or the entries that the query string asks for."""
    works = list(Work.objects.visible_to(request.user).for_detail(request.user))
    visible = Entry.objects.visible_to(request.user).for_list().with_authors(request.user)
    filters = EntryFilter(request.GET, queryset=visible, request=request)
    is_whole = not filters.form.changed_data and is_short(works, entry_count=visible.count())
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


@require_safe
def entry_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one entry: what it is about, who wrote it, where to read it."""
    entry = get_record_or_404(Entry.objects.for_detail(request.user), request.user, slug)
    visible, work = Entry.objects.visible_to(request.user), entry.part.work
    context = {
        "entry": entry,
        "work": work,
        "licence_url": LICENCE_URLS.get(entry.licence),
        "citation": cite(entry, work),
        "goals": goals(entry.sdgs),
        "related": visible.related_to(entry).order_by("number", "id").only(*NAMED),
        "strands": strands_of(entry, request.user),
        **visible.neighbours_of(entry),
    }
    return render(request, "encyclopedia/entry_detail.html", context)
