"""Verification: who checked which fact against its source, and what still waits."""

import datetime as dt
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from untfsse.kit.records.evidence import Confidence, Evidenced
from untfsse.kit.records.publication import Status
from untfsse.kit.records.publishing import withdraw_from_public
from untfsse.kit.records.record import Record
from untfsse.kit.records.roles import Actor, require


def unverified(model: type[models.Model]) -> models.QuerySet[Any]:
    """Return the facts of a noun that wait for somebody to check them: unsure, not verified.

    What is withdrawn waits no longer.
    """
    rule = Q(verified_on__isnull=True) & ~Q(confidence=Confidence.HIGH)
    if issubclass(model, Record):
        rule &= ~Q(status=Status.WITHDRAWN)
    return model._default_manager.filter(rule)


@transaction.atomic
def verify[E: Evidenced](record: E, *, by: Actor, on: dt.date) -> E:
    """Note that somebody checked a fact against its source on a day."""
    require(by, "change", record)
    current: E = type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    if current.is_verified:
        raise ValidationError(_("“%(record)s” is verified already.") % {"record": current})
    current.verified_on = on
    current.verified_by_id = None if by is None else by.pk
    current.save()
    return current


@transaction.atomic
def hide[E: Evidenced](record: E, *, reason: str, by: Actor) -> E:
    """Take a doubtful fact from the public: a published record is withdrawn with the reason.

    A part of a record, such as a seat, is set to low confidence and loses its verification,
    which hides it until somebody verifies it.
    """
    noun: Any = record
    if isinstance(noun, Record):
        noun = withdraw_from_public(noun, reason=reason, by=by)
        return cast("E", noun)
    require(by, "change", record)
    current: E = type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    current.confidence = Confidence.LOW
    current.verified_on = None
    current.verified_by_id = None
    current.save()
    return current
