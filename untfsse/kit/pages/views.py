"""Plain pages: a list and a record, for a noun that has no pages of its own making yet."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from untfsse.kit.pages.filters import RecordFilter
from untfsse.kit.pages.paging import list_page
from untfsse.kit.records.addresses import get_record_or_404
from untfsse.kit.records.evidence import Evidenced
from untfsse.kit.records.noun import label_of, list_address
from untfsse.kit.records.record import Record

type View = Callable[..., HttpResponse]
KEPT_APART = {each.name for base in (Record, Evidenced) for each in base._meta.local_fields}
"""Columns that the page shows in a place of their own, or not at all."""


def plain_list(model: Any, filters: type[RecordFilter]) -> View:
    """Return the view of a list, narrowed by the query string."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        asked, page = list_page(request, filters, model.objects.for_page)
        items = [record.list_item() for record in page]
        context = {"label": label_of(model), "filters": asked, "page": page, "items": items}
        return render(request, "record_list.html", context)

    view.__name__ = f"{model.noun.name}_list"
    return view


def plain_detail(model: Any) -> View:
    """Return the view of one record: its facts by the names of their columns."""

    @require_safe
    def view(request: HttpRequest, slug: str) -> HttpResponse:
        user = request.user
        record = get_record_or_404(model.objects.for_detail, user, slug)
        return render(request, "record_detail.html", describe(record))

    view.__name__ = f"{model.noun.name}_detail"
    return view


def describe(record: Any) -> dict[str, Any]:
    """Return what the plain page of a record shows."""
    return {
        "record": record,
        "item": record.list_item(),
        "label": label_of(type(record)),
        "list_url": list_address(type(record)),
        "facts": list(facts_of(record)),
    }


def facts_of(record: Any) -> Any:
    """Give the label and the value of each column that says something."""
    noun = record.noun
    shown = {noun.title, noun.date, noun.until, *noun.texts}
    for field in record._meta.concrete_fields:
        if field.primary_key or field.generated or field.name in KEPT_APART | shown:
            continue
        label, value, url = capfirst(field.verbose_name), getattr(record, field.name), ""
        if isinstance(field, models.ForeignKey):
            url = (getattr(value, "get_absolute_url", None) or str)()
        elif field.choices:
            value = getattr(record, f"get_{field.name}_display")()
        if value not in (None, "", []):
            yield {"label": label, "value": value, "url": url}
