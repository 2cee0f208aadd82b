"""Plain pages: a list and a record, for a noun that has no pages of its own making yet."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from untfsse.kit.pages.filters import RecordFilter
from untfsse.kit.pages.paging import list_page
from untfsse.kit.records.addresses import get_record_or_404
from untfsse.kit.records.noun import Door, is_open, label_of, list_address
from untfsse.kit.records.record import own_columns
from untfsse.kit.records.sdg import goals

type View = Callable[..., HttpResponse]


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
        "goals": goals(record.sdgs) if is_open(type(record), Door.GOALS) else [],
        "topics": record.tags.all() if is_open(type(record), Door.TOPICS) else [],
    }


def facts_of(record: Any) -> Any:
    """Give the label and the value of each column that says something and has no other place."""
    noun = record.noun
    shown = {noun.title, noun.date, noun.until, *noun.texts, "sdgs"}
    for field in own_columns(record):
        if field.name in shown:
            continue
        label, value, url = capfirst(field.verbose_name), getattr(record, field.name), ""
        if isinstance(field, models.ForeignKey):
            url = (getattr(value, "get_absolute_url", None) or str)()
        elif isinstance(value, list) or getattr(field, "multiple", False):
            value = ", ".join(named(field, value))
        elif field.choices:
            value = getattr(record, f"get_{field.name}_display")()
        if value not in (None, "", []):
            yield {"label": label, "value": value, "url": url}


def named(field: Any, values: Iterable[Any]) -> list[str]:
    """Return what a column of several words or countries says."""
    words = dict(getattr(field, "base_field", field).flatchoices or ())
    return [str(words.get(each) or getattr(each, "name", each)) for each in values]
