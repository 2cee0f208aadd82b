"""What the clock published of late, for the front page: it was planned, and nobody stood by."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import F, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from untfsse.kit.records.publication import Publishable, Status

TOLD_FOR = dt.timedelta(days=7)
MOST = 20


@dataclass(frozen=True, slots=True)
class Appeared:
    """A record that appeared by itself, and when."""

    name: str
    noun: str
    url: str
    at: dt.datetime


def appeared_as_planned(site: admin.AdminSite, request: HttpRequest) -> list[Appeared]:
    """Return what appeared as planned within a week and nobody saved since, the latest first.

    One statement for all nouns, and one for each that has any.
    """
    asked, now = dict(nouns(site, request)), timezone.now()
    questions = [
        rows.filter(
            status=Status.PUBLISHED,
            published_at__range=(now - TOLD_FOR, now),
            published_at__gt=F("updated_at"),
        )
        .prefetch_related(None)
        .order_by()
        .annotate(label=Value(label))
        .values_list("label", "pk", "published_at")
        for label, rows in asked.items()
    ]
    if not questions:
        return []
    found = list(questions[0].union(*questions[1:], all=True).order_by("-published_at")[:MOST])
    told = {
        label: asked[label].in_bulk([pk for noun, pk, _at in found if noun == label])
        for label in {label for label, _pk, _at in found}
    }
    return [describe(told[label][pk], at) for label, pk, at in found if pk in told[label]]


def nouns(site: admin.AdminSite, request: HttpRequest) -> Iterator[tuple[str, Any]]:
    """Give each noun that is published, with its rows that this person may see."""
    for model in filter(site.is_registered, apps.get_models()):
        page = site.get_model_admin(model)
        if issubclass(model, Publishable) and page.has_view_or_change_permission(request):
            yield model._meta.label_lower, page.get_queryset(request)


def describe(record: Any, at: dt.datetime) -> Appeared:
    """Return what is told of a record."""
    opts = record._meta
    url = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
    return Appeared(str(record), str(opts.verbose_name), url, at)
