"""Publishing: the verbs that lead a record from draft to published to withdrawn."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from untfsse.kit.records.evidence import Confidence
from untfsse.kit.records.publication import Status
from untfsse.kit.records.record import Record
from untfsse.kit.records.roles import Actor, require

COLUMNS = ["status", "published_at", "withdrawal_reason", "updated_at"]


@dataclass(slots=True)
class BulkResult:
    """What a bulk act did: the changed records, and each refused one with the reason."""

    done: list[Any] = field(default_factory=list)
    refused: list[tuple[Any, str]] = field(default_factory=list)


def lock[R: Record](record: R) -> R:
    """Return the row as it is now, held until the transaction ends."""
    locked: R = type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    return locked


def is_public(record: Record) -> bool:
    """Whether a record is published by now, for whatever audience."""
    moment = record.published_at
    return record.is_published and moment is not None and moment <= timezone.now()


def check_publishable(record: Record) -> None:
    """Raise ValidationError when a record must not be published as it is."""
    if record.confidence == Confidence.LOW and not record.is_verified:
        raise ValidationError(
            _("“%(record)s” is of low confidence: verify it before you publish it.")
            % {"record": record}
        )


@transaction.atomic
def publish[R: Record](record: R, *, by: Actor, at: dt.datetime) -> R:
    """Publish a draft or a withdrawn record at a moment; a later one plans the publication.

    A planned publication may be moved. Raises ValidationError when it is public already, or of
    low confidence and not verified.
    """
    require(by, "publish", record)
    current = lock(record)
    if is_public(current):
        raise ValidationError(_("“%(record)s” is published already.") % {"record": current})
    check_publishable(current)
    current.status = Status.PUBLISHED
    current.published_at = at
    current.withdrawal_reason = ""
    current.full_clean()
    current.save(update_fields=COLUMNS)
    return current


@transaction.atomic
def unschedule[R: Record](record: R, *, by: Actor) -> R:
    """Make a planned publication a draft again; what was public can only be withdrawn."""
    require(by, "publish", record)
    current = lock(record)
    if not current.is_published or is_public(current):
        raise ValidationError(
            _("“%(record)s” has no publication ahead. What is public can be withdrawn.")
            % {"record": current}
        )
    current.status = Status.DRAFT
    current.published_at = None
    current.save(update_fields=COLUMNS)
    return current


@transaction.atomic
def withdraw_from_public[R: Record](record: R, *, reason: str, by: Actor) -> R:
    """Take a published record from the public; its address then answers 410 with the reason."""
    require(by, "publish", record)
    current = lock(record)
    if not current.is_published:
        raise ValidationError(
            _("“%(record)s” is not published: there is nothing to withdraw.") % {"record": current}
        )
    if not reason.strip():
        raise ValidationError({"withdrawal_reason": _("Say why the record is withdrawn.")})
    current.status = Status.WITHDRAWN
    current.withdrawal_reason = reason.strip()
    current.full_clean()
    current.save(update_fields=COLUMNS)
    return current


def publish_all(records: Iterable[Record], *, by: Actor, at: dt.datetime) -> BulkResult:
    """Publish each record that may be; the others are told apart with the reason."""
    outcome = BulkResult()
    for record in records:
        try:
            outcome.done.append(publish(record, by=by, at=at))
        except (ValidationError, PermissionDenied) as error:
            outcome.refused.append((record, error_text(error)))
    return outcome


def withdraw_all(records: Iterable[Record], *, reason: str, by: Actor) -> BulkResult:
    """Withdraw each record that may be; the others are told apart with the reason."""
    outcome = BulkResult()
    for record in records:
        try:
            outcome.done.append(withdraw_from_public(record, reason=reason, by=by))
        except (ValidationError, PermissionDenied) as error:
            outcome.refused.append((record, error_text(error)))
    return outcome


def error_text(error: ValidationError | PermissionDenied) -> str:
    """Return what a refusal says, as one text."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
