"""The addresses that every noun with pages has: its list, its feed, one record, how to cite it."""

from typing import Any

from django.urls import URLPattern, path

from untfsse.kit.citing.references import is_referred
from untfsse.kit.citing.views import cite_file, cite_page
from untfsse.kit.kept import keep, parameters_of
from untfsse.kit.pages.feeds import record_feed
from untfsse.kit.pages.filters import RecordFilter, plain_filter
from untfsse.kit.pages.views import plain_detail, plain_list
from untfsse.kit.records.noun import Door, Noun, is_open


def record_urls(
    model: Any,
    filters: type[RecordFilter] | None = None,
    list_view: Any = None,
    detail_view: Any = None,
) -> list[URLPattern]:
    """Return `/<path>/`, `/<path>/feed/`, `/<path>/<slug>/`, and `…/cite/` with files for texts.

    Without views of its own a noun has plain ones: a list, and a page of its facts. Without
    filters of its own, plain ones too.
    """
    noun: Noun = model.noun
    filters = filters or plain_filter(model)
    asked = keep(*filters.base_filters, "cursor", "page_size")
    rows = asked(list_view or plain_list(model, filters))
    found = [path(f"{noun.path}/", rows, name=f"{noun.name}_list")]
    if is_open(model, Door.FEED):
        feed = asked(record_feed(model, filters))
        found.append(path(f"{noun.path}/feed/", feed, name=f"{noun.name}_feed"))
    detail = detail_view or plain_detail(model)
    if parameters_of(detail) is None:
        detail = keep()(detail)
    record = f"{noun.path}/<slug:slug>/"
    found += [
        path(record, detail, name=f"{noun.name}_detail"),
        path(f"{record}cite/", cite_page(model), name=f"{noun.name}_cite"),
    ]
    if is_referred(model):
        name = f"{noun.name}_reference"
        found.append(path(f"{record}cite.<str:ending>", keep()(cite_file(model)), name=name))
    return found
