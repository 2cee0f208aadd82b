"""Characters that nobody sees: refused in every text, since feeds and files break over them."""

import re
from functools import cache
from typing import Any

from django.contrib.postgres.functions import RandomUUID
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
SHOWN_BEFORE = 20


def refuse_invisible(value: Any) -> None:
    """Raise ValidationError with the place of the first control character of a text.

    Lists and JSON are looked through; what is no text passes.
    """
    if isinstance(value, str):
        found = INVISIBLE.search(value)
        if found:
            raise ValidationError(sentence(value, found), code="invisible")
    elif isinstance(value, dict):
        for part in [*value, *value.values()]:
            refuse_invisible(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            refuse_invisible(part)


def sentence(text: str, found: re.Match[str]) -> str:
    """Say which character it is, and behind what it hides."""
    before = " ".join(text[: found.start()].split())[-SHOWN_BEFORE:]
    facts = {"code": f"U+{ord(found[0]):04X}", "before": before}
    if before:
        return (
            _("An invisible character (%(code)s) hides behind “%(before)s”: type it anew.") % facts
        )
    return _("An invisible character (%(code)s) hides at the beginning: type it anew.") % facts


@cache
def vocabulary(field: Any) -> dict[Any, Any]:
    """Return the choices of a column by their values."""
    return dict(field.flatchoices)


class Legible(models.Model):
    """A row with an id for the world, and with texts that can be shown and sent everywhere."""

    public_id = models.UUIDField(
        gettext_lazy("public id"),
        db_default=RandomUUID(),
        unique=True,
        editable=False,
        help_text=gettext_lazy(
            "Names the row in the API, feeds and calendars; PostgreSQL keeps it."
        ),
    )

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> str:  # noqa: N802 - so Django names it
        """Return the word of a choice; Django would read the whole vocabulary anew each time."""
        value = getattr(self, field.attname)
        word: str = force_str(vocabulary(field).get(value, value), strings_only=True)
        return word

    def full_clean(
        self, exclude: Any = None, validate_unique: bool = True, validate_constraints: bool = True
    ) -> None:
        """Ask all rules but that of the public id, which is random and needs no question."""
        exclude = {*(exclude or ()), "public_id"}
        super().full_clean(exclude, validate_unique, validate_constraints)

    def clean_fields(self, exclude: Any = None) -> None:
        """Refuse control characters in every column, each at its field."""
        errors: dict[str, Any] = {}
        try:
            super().clean_fields(exclude)
        except ValidationError as error:
            error.update_error_dict(errors)
        for field in self._meta.concrete_fields:
            if field.generated or field.name in errors or field.name in (exclude or ()):
                continue
            try:
                refuse_invisible(self.__dict__.get(field.attname))
            except ValidationError as error:
                errors[field.name] = [error]
        if errors:
            raise ValidationError(errors)
