"""Sitemaps: every public address with the day of its last change, and what robots may read."""

import datetime as dt
from functools import partial
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from untfsse.kit.log import with_change_moment
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


class RecordSitemap(Sitemap):  # type: ignore[type-arg]
    """The pages of a noun that a visitor may see."""

    limit = 10_000

    def __init__(self, noun: type[models.Model]) -> None:
        self.noun = noun

    def items(self) -> models.QuerySet[Any]:
        """Return its public records."""
        everything: Any = self.noun._default_manager
        visible: models.QuerySet[Any] = everything.visible_to(VISITOR)
        slugs: models.QuerySet[Any] = with_change_moment(visible.only("slug"))
        return slugs.order_by("pk")

    def lastmod(self, item: Any) -> dt.datetime:
        """Return when something changed in what a visitor sees of it."""
        moment: dt.datetime = item.publicly_changed_at
        return moment

    def get_latest_lastmod(self) -> dt.datetime | None:
        """Return the moment of the last change without fetching every record."""
        found = self.items().aggregate(at=models.Max("publicly_changed_at"))
        latest: dt.datetime | None = found["at"]
        return latest


SITEMAPS: dict[str, Any] = {
    "pages": PageSitemap,
    **{model.noun.path: partial(RecordSitemap, model) for model in nouns(Door.SITEMAP)},
}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots where the sitemap is, and to leave searches and filtered lists alone."""
    context = {"sitemap_url": request.build_absolute_uri(reverse("sitemap"))}
    return HttpResponse(render_to_string("robots.txt", context), content_type="text/plain")
