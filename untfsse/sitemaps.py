"""Sitemaps: every public address with the day of its last change, and what robots may read."""

import datetime as dt
from collections import defaultdict
from functools import partial
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import x_robots_tag
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from untfsse.kit.log import latest_changes, with_change_moment
from untfsse.kit.records.noun import Door, list_address, nouns
from untfsse.kit.records.publication import VISITOR
from untfsse.kit.records.sdg import GOALS

INDEXES = (
    "encyclopedia:entries_by_title",
    "encyclopedia:entries_by_author",
    "taskforce:office_list",
    "taskforce:instrument_timeline",
    "taskforce:instrument_concordance",
)

MOST_PARTS = 50_000
"""More than the protocol lets an index name."""


class PageSitemap(Sitemap):  # type: ignore[type-arg]
    """The home page and the lists."""

    def items(self) -> list[str]:
        """Return the addresses, the goals' too."""
        goals = [reverse("sdg_detail", args=[number]) for number in GOALS]
        lists = [list_address(model) for model in nouns(Door.PAGES)]
        names = ("home", "timeline", "topic_list", *INDEXES)
        return [*(reverse(name) for name in names), *lists, *goals]

    def location(self, item: str) -> str:
        """Return the address."""
        return item


class Parts(Paginator):  # type: ignore[type-arg]
    """The parts of a long sitemap: each is asked by itself, and none costs the counting of all."""

    def page(self, number: Any) -> Page:  # type: ignore[type-arg]
        """Return a part. Raises PageNotAnInteger and EmptyPage; only the first may be empty."""
        try:
            place = int(number) - 1
        except ValueError:
            raise PageNotAnInteger from None
        rows: Any = self.object_list
        start = place * self.per_page
        keys = rows.values("pk")[start : start + self.per_page] if 0 <= place < MOST_PARTS else []
        found = list(rows.filter(pk__in=keys))
        if place and not found:
            raise EmptyPage
        return Page(found, place + 1, self)


class RecordSitemap(Sitemap):  # type: ignore[type-arg]
    """The pages of a noun that a visitor may see, in parts."""

    limit = 500

    def __init__(self, noun: type[models.Model]) -> None:
        self.noun = noun

    @property
    def paginator(self) -> Parts:
        """Return its parts."""
        visible: Any = self.noun._default_manager.visible_to(VISITOR)  # type: ignore[attr-defined]
        return Parts(with_change_moment(visible.only("slug")).order_by("pk"), self.limit)

    def lastmod(self, item: Any) -> dt.datetime:
        """Return when something changed in what a visitor sees of it."""
        moment: dt.datetime = item.publicly_changed_at
        return moment


SITEMAPS: dict[str, Any] = {
    "pages": PageSitemap,
    **{model.noun.path: partial(RecordSitemap, model) for model in nouns(Door.SITEMAP)},
}


@x_robots_tag
@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Name every part of every sitemap, with the moment of the last change in it."""
    tables = {model._meta.db_table: model.noun.path for model in nouns(Door.SITEMAP)}
    parts: dict[str, dict[int, dt.datetime | None]] = defaultdict(dict)
    for table, part, changed_at in latest_changes([*tables], RecordSitemap.limit):
        parts[tables[table]][part] = changed_at
    named = []
    for section in SITEMAPS:
        address = request.build_absolute_uri(reverse("sitemap_section", args=[section]))
        for part, moment in parts.get(section, {1: None}).items():
            location = f"{address}?p={part}" if part > 1 else address
            named.append({"location": location, "last_mod": moment})
    context = {"sitemaps": named}
    return render(request, "sitemap_index.xml", context, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots where the sitemap is, and to leave searches and filtered lists alone."""
    context = {"sitemap_url": request.build_absolute_uri(reverse("sitemap"))}
    return HttpResponse(render_to_string("robots.txt", context), content_type="text/plain")
