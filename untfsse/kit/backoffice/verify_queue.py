"""The queue of what waits for somebody to check it: the fact, its source beside it, a decision."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext

from untfsse.kit.backoffice.history import PlainDescriber
from untfsse.kit.history.changes import Change
from untfsse.kit.history.describing import Line
from untfsse.kit.records.evidence import Confidence, Evidenced
from untfsse.kit.records.record import Record
from untfsse.kit.records.roles import can

QUEUE = "queue"
"""In the address of a page that was reached from the queue: it leads back there."""
FACTS_A_PAGE = 20
APART = {
    "slug",
    "status",
    "published_at",
    "withdrawal_reason",
    "sources",
    "confidence",
    "verified_on",
    "verified_by_id",
}
"""Columns that are no facts, or that the queue shows in a place of their own."""


@dataclass(frozen=True, slots=True)
class WaitingCount:
    """What waits of one noun; `key` names it in the address."""

    key: str
    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that waits, as the queue shows it."""

    record: Any
    url: str
    state: str
    lines: list[Line]
    sources: list[dict[str, Any]]
    saved: str
    acts: list[tuple[Any, str]]


class FactDescriber(PlainDescriber):
    """Turns a stored row into the facts that somebody checks."""

    def columns(self, change: Change) -> list[tuple[str, Any, Any]]:
        """Leave out what is no fact; the others in the order of the form."""
        model = self.models[change.table]
        order = [column.column for column in model._meta.concrete_fields]
        facts = [column for column in super().columns(change) if column[0] not in APART]
        return sorted(facts, key=lambda fact: order.index(fact[0]) if fact[0] in order else 0)


def queue_address(record: models.Model) -> str:
    """Return the place in the queue that follows a record."""
    query = urlencode({"noun": record._meta.label_lower, "after": record.pk})
    return f"{reverse('admin:verify')}?{query}"


def model_admins(site: admin.AdminSite, request: HttpRequest) -> Iterator[tuple[str, Any]]:
    """Go through the nouns whose waiting facts somebody may decide on, by their keys."""
    for model in filter(site.is_registered, apps.get_models()):
        model_admin: Any = site.get_model_admin(model)
        if getattr(model_admin, "queue_task", None) and model_admin.has_change_permission(request):
            yield model._meta.label_lower, model_admin


def may_verify(site: admin.AdminSite, request: HttpRequest) -> bool:
    """Whether somebody may decide on anything in the queue."""
    return next(model_admins(site, request), None) is not None


class VerifyQueueSite(admin.AdminSite):
    """An admin site with the queue of facts to verify, at `verify/`."""

    def get_urls(self) -> list[Any]:
        view = self.admin_view(self.verify_view)
        return [path("verify/", view, name="verify"), *super().get_urls()]

    def verify_view(self, request: HttpRequest) -> HttpResponse:
        """Show the facts that wait for somebody to check them."""
        return verify_view(self, request)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Let the menu offer the queue to those who may decide there."""
        is_offered = self.has_permission(request) and may_verify(self, request)
        return {**super().each_context(request), "may_verify": is_offered}


def verify_view(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    """Show the facts of one noun that wait, the chosen or the first."""
    known = dict(model_admins(site, request))
    if not known:
        raise PermissionDenied
    chosen = request.GET.get("noun", "")
    if chosen and chosen not in known:
        raise Http404
    after = request.GET.get("after", "")
    if chosen and after.isascii() and after.isdecimal() and len(after) < 19:
        return go_on(request, chosen, known[chosen], int(after))
    waiting_counts = list(count_waiting(known, request))
    key = chosen or next((waiting_count.key for waiting_count in waiting_counts), "")
    page, facts = None, []
    if key:
        page = Paginator(known[key].waiting(request), FACTS_A_PAGE).get_page(request.GET.get("p"))
        facts = facts_of(known[key], request, page)
    context = {
        **site.each_context(request),
        "title": gettext("Facts to verify"),
        "waiting_counts": waiting_counts,
        "key": key,
        "acts": known[key].queue_acts if key else (),
        "noun": capfirst(known[key].opts.verbose_name_plural) if key else "",
        "page": page,
        "facts": facts,
    }
    return TemplateResponse(request, "admin/verify.html", context)


def count_waiting(known: dict[str, Any], request: HttpRequest) -> Iterator[WaitingCount]:
    """Count what waits, noun by noun; leave out those of which nothing does."""
    for key, model_admin in known.items():
        count = model_admin.waiting(request).count()
        if count:
            label = str(capfirst(model_admin.opts.verbose_name_plural))
            url = f"{reverse('admin:verify')}?{urlencode({'noun': key})}"
            yield WaitingCount(key, label, count, url)


def go_on(request: HttpRequest, key: str, model_admin: Any, after: int) -> HttpResponse:
    """Lead to the fact that follows one just decided on, else to the first that waits."""
    rows = model_admin.waiting(request)
    following = rows.filter(pk__gt=after).first() or rows.first()
    address = reverse("admin:verify")
    if following is None:
        noun = model_admin.opts.verbose_name_plural
        messages.success(request, gettext("Nothing more waits of: %(noun)s.") % {"noun": noun})
        return HttpResponseRedirect(address)
    page = rows.filter(pk__lt=following.pk).count() // FACTS_A_PAGE + 1
    query = urlencode({"noun": key, "p": page})
    return HttpResponseRedirect(f"{address}?{query}#fact-{following.pk}")


def facts_of(model_admin: Any, request: HttpRequest, page: Page[Any]) -> list[Fact]:
    """Return the facts of a page in words: the same few queries, however many there are."""
    records = list(page.object_list)
    table = model_admin.opts.db_table
    latest = {
        change.row_id: change
        for change in Change.objects.filter(table=table, row_id__in=[row.pk for row in records])
        .order_by("row_id", "-id")
        .distinct("row_id")
        .select_related("made_by")
    }
    versions = {
        key: Change(table=table, row_id=key, after=change.after) for key, change in latest.items()
    }
    reader = FactDescriber(list(versions.values()), user=request.user)
    name = f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_change"
    return [
        Fact(
            record,
            f"{reverse(name, args=[record.pk])}?{QUEUE}=1",
            state_of(record),
            reader.lines(versions[record.pk]) if record.pk in versions else [],
            getattr(record, "sources", []),
            saved_words(latest.get(record.pk)),
            acts_of(model_admin, request, record),
        )
        for record in records
    ]


def acts_of(model_admin: Any, request: HttpRequest, record: Any) -> list[tuple[Any, str]]:
    """Return what may be decided on a fact, each with the page that does it."""
    return [
        (act, f"{model_admin.act_address(record, act)}?{QUEUE}=1")
        for act in model_admin.queue_acts
        if act.is_offered(record) and can(request.user, act.permission, record)
    ]


def saved_words(change: Change | None) -> str:
    """Say who saved a row last, and when."""
    if change is None:
        return ""
    who = change.made_by.get_username() if change.made_by else change.origin
    moment = date_format(localtime(change.made_at), "DATETIME_FORMAT")
    if who:
        return gettext("Last saved by %(who)s: %(moment)s") % {"who": who, "moment": moment}
    return gettext("Last saved: %(moment)s") % {"moment": moment}


def state_of(record: Any) -> str:
    """Say how sure a fact is, and whether readers see it meanwhile."""
    if not isinstance(record, Evidenced):
        return ""
    sure = Confidence(record.confidence).label
    if isinstance(record, Record):
        is_seen = record.is_published
    else:
        is_seen = record.confidence != Confidence.LOW
    seen = (
        gettext("Readers see it, as “not yet verified”.")
        if is_seen
        else gettext("Hidden from readers.")
    )
    return f"{sure}. {seen}"
