"""Feeds: the records of a list that were published last, as Atom, by the filters of the list."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib.syndication.views import Feed
from django.db import models
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.html import escape

from untfsse.kit.pages.filters import ListFilter
from untfsse.kit.records.publication import VISITOR

NEWEST = 50


class RecordFeed(Feed):  # type: ignore[type-arg]
    """The newest records of a noun; whoever asks, only what is public.

    `page` is the url name of the list, `heads` and `texts` the attributes that make the title
    and the summary of an item, of which the first that says something is taken.
    """

    feed_type = Atom1Feed
    noun: ClassVar[type[models.Model]]
    filters: ClassVar[type[ListFilter]]
    page: ClassVar[str]
    heads: ClassVar[tuple[str, ...]] = ("title",)
    texts: ClassVar[tuple[str, ...]] = ("summary",)
    title: str | Promise

    def get_object(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> Any:
        """Return the records that the query string asks for; Http404 if it cannot be asked."""
        visible = self.noun._default_manager.all()
        visible = visible.visible_to(VISITOR).defer("search")  # type: ignore[attr-defined]
        asked = self.filters(request.GET, queryset=visible)
        if not asked.is_valid():
            raise Http404
        return asked.qs

    def link(self, _records: Any) -> str:
        """Return the list for people."""
        return reverse(self.page)

    def items(self, records: Any) -> Any:
        """Return what was published last."""
        return records.order_by("-published_at", "-pk")[:NEWEST]

    def item_title(self, item: Any) -> str:
        """Return the title as plain text, which is what Atom takes it for."""
        return self.first_of(item, self.heads)

    def item_description(self, item: Any) -> str:
        """Return the summary as HTML, which is what Atom takes it for."""
        return escape(self.first_of(item, self.texts))

    def item_pubdate(self, item: Any) -> dt.datetime:
        """Return when it was published."""
        published_at: dt.datetime = item.published_at
        return published_at

    def item_updateddate(self, item: Any) -> dt.datetime:
        """Return when it was last saved."""
        updated_at: dt.datetime = item.updated_at
        return updated_at

    @staticmethod
    def first_of(item: Any, names: tuple[str, ...]) -> str:
        """Return the first of the attributes that says something."""
        return next((str(text) for name in names if (text := getattr(item, name))), "")
