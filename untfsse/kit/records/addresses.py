"""Stable addresses: old slugs redirect, withdrawn records answer 410, nothing is reused."""

from collections.abc import Callable
from itertools import count
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from untfsse.kit.log import PublicState
from untfsse.kit.records.parts import Records, first_with_parts
from untfsse.kit.records.publication import WITHDRAWN, Publishable, Reader


class FormerAddress(models.Model):
    """A slug under which a record was once published; a trigger writes it."""

    noun = models.CharField(max_length=100)
    slug = models.CharField(max_length=200)
    record_id = models.BigIntegerField()
    left_at = models.DateTimeField(auto_now_add=True)

    roles: ClassVar[dict[str, tuple[str, ...]]] = {}

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["noun", "slug"], name="formeraddress_leads_to_one_record"
            )
        ]

    def __str__(self) -> str:
        return f"{self.noun}/{self.slug}"


class MovedError(Exception):
    """The record has a new address."""

    def __init__(self, record: Any) -> None:
        super().__init__(str(record.slug))
        self.record = record

    @property
    def url(self) -> str:
        """The address of the page."""
        return str(self.record.get_absolute_url())


class GoneError(Exception):
    """The record was withdrawn or deleted."""

    def __init__(self, reason: str, *, is_deleted: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_deleted = is_deleted


def refuse_former_slug(record: models.Model, slug: str) -> None:
    """Raise ValidationError when another record was once published under this slug."""
    taken = FormerAddress.objects.filter(noun=record._meta.db_table, slug=slug)
    if taken.exclude(record_id=record.pk or 0).exists():
        raise ValidationError(
            {"slug": _("Another record was published at this address. Choose a different one.")}
        )


def propose_slug(model: type[models.Model], words: str) -> str:
    """Return an address made of the words that no record has or had."""
    base = slugify(words)[:100].strip("-") or str(model._meta.model_name)
    held = model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True)
    once = FormerAddress.objects.filter(noun=model._meta.db_table, slug__startswith=base)
    taken = {*held, *once.values_list("slug", flat=True)}
    tries = (f"{base}-{number}" for number in count(2))
    return base if base not in taken else next(slug for slug in tries if slug not in taken)


def get_record_or_404(records: Records, user: Reader, slug: str) -> Any:
    """Return the record that a reader asked for by its slug, if they may see it.

    Records that a function gives, such as `Meeting.objects.for_detail`, are quicker found.
    Raises MovedError for a former slug, GoneError for a withdrawn record that the reader could
    see before, Http404 otherwise.
    """
    record = first_with_parts(records, user, slug)
    if record is not None:
        return record
    model = (records(user) if callable(records) else records).model
    everything = model._default_manager
    if not issubclass(model, Publishable):
        raise Http404
    gone = everything.withdrawn_from(user).filter(slug=slug).first()
    if gone is not None:
        raise GoneError(gone.withdrawal_reason)
    former = FormerAddress.objects.filter(noun=model._meta.db_table, slug=slug).first()
    if former is not None:
        moved = everything.visible_to(user).filter(pk=former.record_id).first()
        if moved is not None:
            raise MovedError(moved)
        gone = everything.withdrawn_from(user).filter(pk=former.record_id).first()
        if gone is not None:
            raise GoneError(gone.withdrawal_reason)
    was = Q(slug=slug) | Q(row_id=former.record_id if former else None)
    if PublicState.objects.of(model).filter(was, is_deleted=True).exists():
        raise GoneError("", is_deleted=True)
    raise Http404


class AddressMiddleware:
    """Turns MovedError into a redirect and GoneError into a page with status 410."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer the two errors of this room."""
        if isinstance(error, MovedError):
            return HttpResponsePermanentRedirect(error.url)
        if isinstance(error, GoneError):
            promise = "" if error.is_deleted else str(WITHDRAWN)
            context = {"reason": error.reason, "promise": promise, "is_deleted": error.is_deleted}
            return render(request, "410.html", context, status=410)
        return None
