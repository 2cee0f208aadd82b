"""Today's work: questions that each noun asks of its own rows, as panels and as filters."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from untfsse.kit.records.publication import Status
from untfsse.kit.records.verification import unverified

PARAMETER = "todo"
DRAFT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Task:
    """A question that finds rows which wait for somebody; `select` takes rows and the day.

    `place` orders the panels of the front page: lower is more urgent.
    """

    name: str
    label: str | Promise
    select: Callable[[Any, dt.date], models.QuerySet[Any]]
    place: int = 50
    group: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A task as the front page shows it: how many rows wait, and where they are listed."""

    task: Task
    noun: str
    count: int
    url: str


class TodoFilter(admin.SimpleListFilter):
    """The tasks of a noun as a filter of its change list."""

    title = _("to do")
    parameter_name = PARAMETER

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterator[tuple[str, Any]]:
        """Offer the tasks of this noun."""
        yield from ((task.name, task.label) for task in model_admin.get_tasks(request))

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Narrow to the rows that wait."""
        today = timezone.localdate()
        for task in self.model_admin.get_tasks(request):
            if task.name == self.value():
                return task.select(queryset, today)
        return queryset

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        self.model_admin = model_admin
        super().__init__(request, params, model, model_admin)


def panels(site: admin.AdminSite, request: HttpRequest) -> list[Panel]:
    """Return what waits, the most urgent first: one query a task, whatever the rows."""
    found, today = [], timezone.localdate()
    for model in filter(site.is_registered, apps.get_models()):
        model_admin = site.get_model_admin(model)
        if not model_admin.has_view_or_change_permission(request):
            continue
        opts = model._meta
        for task in getattr(model_admin, "get_tasks", lambda _request: [])(request):
            count = task.select(model_admin.get_queryset(request), today).count()
            url = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
            query = urlencode({PARAMETER: task.name})
            found.append(Panel(task, str(opts.verbose_name_plural), count, f"{url}?{query}"))
    return sorted(found, key=lambda panel: (panel.task.place, panel.noun))


def old_drafts(rows: Any, day: dt.date) -> Any:
    """Drafts that nobody has touched for 30 days."""
    return rows.filter(
        status=Status.DRAFT, updated_at__date__lte=day - dt.timedelta(days=DRAFT_DAYS)
    )


def unsure(rows: Any, _day: dt.date) -> Any:
    """Facts of medium or low confidence that nobody has verified."""
    return rows.filter(pk__in=unverified(rows.model).values("pk"))


DRAFTS = Task("drafts", _("Drafts untouched for 30 days"), old_drafts, 60)
UNSURE = Task("unsure", _("Unsure facts to verify"), unsure, 70)
