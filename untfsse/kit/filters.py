"""Filters that every list shares."""

from typing import Any

import django_filters as filters
from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from untfsse.kit.search import CONFIG

CURSOR = "cursor"
PAGE_SIZE = "page_size"


class RecordFilter(filters.FilterSet):
    """A FilterSet with the words box; a noun adds its own fields."""

    q = filters.CharFilter(label=_("Words"), method="with_words", max_length=200)

    def with_words(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Narrow to the rows whose search column holds all the words."""
        return queryset.filter(search=SearchQuery(value, config=CONFIG, search_type="websearch"))
