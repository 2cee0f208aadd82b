"""The addresses that every noun with pages has: its list, its feed, one record."""

from typing import Any

from django.urls import URLPattern, path

from untfsse.kit.kept import keep
from untfsse.kit.pages.feeds import record_feed
from untfsse.kit.pages.filters import RecordFilter
from untfsse.kit.pages.views import plain_detail, plain_list
from untfsse.kit.records.noun import Door, Noun, is_open


def record_urls(
    model: Any,
    filters: type[RecordFilter],
    list_view: Any = None,
    detail_view: Any = None,
) -> list[URLPattern]:
    """Return `/<path>/`, `/<path>/feed/` and `/<path>/<slug>/`.

    Without views of its own a noun has plain ones: a list, and a page of its facts.
    """
    noun: Noun = model.noun
    asked = keep(*filters.base_filters, "cursor", "page_size")
    rows = asked(list_view or plain_list(model, filters))
    found = [path(f"{noun.path}/", rows, name=f"{noun.name}_list")]
    if is_open(model, Door.FEED):
        feed = asked(record_feed(model, filters))
        found.append(path(f"{noun.path}/feed/", feed, name=f"{noun.name}_feed"))
    detail = keep()(detail_view or plain_detail(model))
    return [*found, path(f"{noun.path}/<slug:slug>/", detail, name=f"{noun.name}_detail")]
