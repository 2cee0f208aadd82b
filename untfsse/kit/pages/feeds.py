"""Feeds: the records of a list that were published last, as Atom, by the filters of the list."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from untfsse.kit.generics import DjangoFeed
from untfsse.kit.pages.filters import ListFilter
from untfsse.kit.records.noun import Noun, label_of, list_address
from untfsse.kit.records.publication import VISITOR
from untfsse.kit.rest.problems import rows_asked_for

NEWEST = 50


class RecordFeed(DjangoFeed):
    """The newest records of a noun; whoever asks, only what is public.

    The noun says which columns make the title and the summary of an item.
    """

    feed_type = Atom1Feed

    def __init__(self, model: Any, filters: type[ListFilter]) -> None:
        self.model, self.filters = model, filters
        self.noun: Noun = model.noun
        self.title = self.noun.feed_title or label_of(model)

    def get_object(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> Any:
        """Return the records that the query string asks for; BadParameterError names a bad one.

        A feed is read by programs as the API is, so it answers as the API does.
        """
        visible = self.model.objects.visible_to(VISITOR).defer("search")
        return rows_asked_for(self.filters(request.GET, queryset=visible))

    def link(self, _records: Any) -> str:
        """Return the list for people."""
        return list_address(self.model)

    def items(self, records: Any) -> Any:
        """Return what was published last."""
        return records.order_by("-published_at", "-pk")[:NEWEST]

    def item_title(self, item: Any) -> str:
        """Return the title as plain text, which is what Atom takes it for."""
        return str(getattr(item, self.noun.title))

    def item_description(self, item: Any) -> str:
        """Return the summary as HTML, which is what Atom takes it for."""
        return escape(self.first_of(item, (*self.noun.texts, self.noun.original)))

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
        return next((str(text) for name in names if name and (text := getattr(item, name))), "")
