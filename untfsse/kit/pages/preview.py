"""Preview: the public page of a record as readers would get it if it were published now.

The record is published on trial in a transaction that is always taken back, the page is written
whole inside of it, and nothing remains: no row, no history, no address.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.handlers.wsgi import WSGIRequest
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import get_script_prefix, resolve
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from untfsse.kit.records.addresses import GoneError, MovedError
from untfsse.kit.records.publication import (
    ANY_MEMBER,
    Audience,
    Publishable,
    Reader,
    Status,
    VisibleQuerySet,
)
from untfsse.kit.records.publishing import check_publishable, is_public
from untfsse.kit.records.record import Record

PERSONAL = ("HTTP_COOKIE", "CSRF_COOKIE", "HTTP_IF_", "HTTP_AUTHORIZATION", "REMOTE_USER")
"""What of a request says who asks, or what they have already."""


def page_of(record: models.Model) -> models.Model | None:
    """Return the record on whose public page this one stands: itself, or what it belongs to."""
    current: Any = record
    while current is not None and not getattr(current, "get_absolute_url", None):
        rows = type(current)._default_manager.all()
        guards = rows.guards if isinstance(rows, VisibleQuerySet) else ()
        owner = next((guard for guard in guards if guard), "")
        current = getattr(current, owner.partition("__")[0], None) if owner else None
    return cast("models.Model | None", current)


def is_open(record: models.Model) -> bool:
    """Whether readers find the page of a record now."""
    page = page_of(record)
    return page is not None and (not isinstance(page, Record) or is_public(page))


def preview(record: models.Model, request: HttpRequest) -> bytes:
    """Return the public page as its readers would get it, were the record published now.

    Readers are visitors, unless the record is for members or the secretariat alone. Raises
    ValidationError with the reason when they would see nothing.
    """
    page: Any = page_of(record)
    if page is None:
        raise ValidationError(_("It has no public page."))
    reader = reader_of(record, request)
    with published_on_trial(record):
        refuse_hidden(record, reader)
        return render_page(page.get_absolute_url(), request, reader)


@contextmanager
def published_on_trial(record: models.Model) -> Iterator[None]:
    """Publish a record for as long as this lasts; all that happens meanwhile is taken back."""
    with transaction.atomic():
        try:
            if isinstance(record, Record) and not is_public(record):
                check_publishable(record)
                publish_row(record)
            yield
        finally:
            transaction.set_rollback(True)


def publish_row(record: Record) -> None:
    """Write past the services; raises ValidationError when the database says no."""
    try:
        with transaction.atomic():
            type(record)._default_manager.filter(pk=record.pk).update(
                status=Status.PUBLISHED,
                published_at=Now(),
                updated_at=Now(),
                withdrawal_reason="",
            )
    except IntegrityError as error:
        reason = getattr(getattr(error.__cause__, "diag", None), "message_primary", None)
        raise ValidationError(
            _("The database keeps a rule that refuses this: %(reason)s.")
            % {"reason": reason or error}
        ) from error


def reader_of(record: models.Model, request: HttpRequest) -> Reader:
    """Return somebody of those for whom a record is meant."""
    audience = getattr(record, "audience", Audience.PUBLIC)
    if audience == Audience.PUBLIC:
        return AnonymousUser()
    if audience == Audience.MEMBERS:
        return ANY_MEMBER
    return request.user


def refuse_hidden(record: models.Model, reader: Reader) -> None:
    """Raise ValidationError when a published record would stay hidden, with the reason."""
    rows = type(record)._default_manager.all()
    if not isinstance(rows, VisibleQuerySet) or rows.visible_to(reader).filter(pk=record.pk):
        return
    hidden = [str(owner) for owner in owners(record, rows) if not is_public(owner)]
    if hidden:
        raise ValidationError(
            _("Readers would still not see it: it belongs to %(records)s, not yet published.")
            % {"records": get_text_list([f"“{name}”" for name in hidden], _("and"))}
        )
    raise ValidationError(
        _("Readers would not see it: it is of low confidence. Verify it against its source first.")
    )


def owners(record: models.Model, rows: VisibleQuerySet) -> Iterator[Record]:
    """Go through the records that must be published for a row to be seen."""
    for guard in (*rows.guards, *rows.optional):
        found: Any = record
        for name in filter(None, guard.split("__")):
            found = getattr(found, name, None)
        if guard and isinstance(found, Publishable):
            yield cast("Record", found)


def render_page(address: str, request: HttpRequest, reader: Reader) -> bytes:
    """Return what the view behind an address writes for a reader."""
    path = urlsplit(address).path
    visit = visit_of(request, path, reader)
    match = resolve(f"/{path.removeprefix(get_script_prefix())}")
    visit.resolver_match = match
    try:
        answer = match.func(visit, *match.args, **match.kwargs)
    except (Http404, GoneError, MovedError) as error:
        raise ValidationError(
            _("Readers would not find it: another record stands at its address, or stood there.")
        ) from error
    return content_of(answer)


def visit_of(request: HttpRequest, path: str, reader: Reader) -> HttpRequest:
    """Return a request for a page by somebody who brings nothing along."""
    environ = {key: value for key, value in request.META.items() if not key.startswith(PERSONAL)}
    visit = WSGIRequest(
        {
            **environ,
            "REQUEST_METHOD": "GET",
            "PATH_INFO": f"/{path.removeprefix(get_script_prefix())}",
            "QUERY_STRING": "",
            "CONTENT_TYPE": "",
            "CONTENT_LENGTH": "0",
            "wsgi.input": io.BytesIO(),
        }
    )
    visit.user = reader  # type: ignore[assignment]
    return visit


def content_of(answer: HttpResponseBase) -> bytes:
    """Return all that an answer says, written now."""
    if callable(render := getattr(answer, "render", None)):
        render()
    if answer.streaming:
        parts: Any = answer
        return b"".join(parts)
    return cast("HttpResponse", answer).content
