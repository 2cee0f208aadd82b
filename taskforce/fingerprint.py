"""Fingerprints: the SHA-256 of a text, in Python and in PostgreSQL alike."""

import hashlib
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def fingerprint(text: str) -> str:
    """Return the SHA-256 of the text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


class Fingerprint(models.Func):
    """The same in SQL."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    arity = 1
    output_field: ClassVar = models.CharField()


def fingerprint_column(text: str) -> models.GeneratedField:
    """Return a column with the fingerprint of another, which PostgreSQL keeps with it."""
    return models.GeneratedField(
        expression=models.Func(text, function="public.sha256_of"),
        output_field=models.CharField(max_length=64),
        db_persist=True,
    )


def fingerprint_matches(text: str, sha256: str, *, name: str) -> models.CheckConstraint:
    """Return the check that a column holds the fingerprint of another, or both are empty."""
    return models.CheckConstraint(
        condition=Q(**{text: "", sha256: ""}) | Q(**{sha256: Fingerprint(text)}),
        name=name,
        violation_error_message=_("The hash is not that of the text."),
    )
