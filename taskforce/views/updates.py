"""The pages of updates: the news."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from taskforce.filters import UpdateFilter
from taskforce.models import Update
from untfsse.kit.pages.paging import list_page
from untfsse.kit.records.addresses import get_record_or_404


@require_safe
def update_list(request: HttpRequest) -> HttpResponse:
    """List the news, the newest first, narrowed by the query string."""
    filters, page = list_page(request, UpdateFilter, Update.objects.for_page)
    context = {"filters": filters, "page": page, "today": timezone.localdate()}
    return render(request, "taskforce/update_list.html", context)


@require_safe
def update_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one piece of news and what it is about."""
    user = request.user
    update = get_record_or_404(Update.objects.for_detail, user, slug)
    is_over = update.deadline_on is not None and update.deadline_on < timezone.localdate()
    return render(request, "taskforce/update_detail.html", {"update": update, "is_over": is_over})
