"""The ledger: what was last loaded into which record, to tell a person's edit from our own."""

import json
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedRow(models.Model):
    """The values that a file last gave to a record."""

    file = models.CharField(_("file"), max_length=60)
    table = models.CharField(_("table"), max_length=63)
    key = models.CharField(_("key in the files"), max_length=500)
    record_id = models.BigIntegerField(_("record"))
    values = models.JSONField(_("values"), encoder=DjangoJSONEncoder)

    roles: ClassVar[dict[str, tuple[str, ...]]] = {}

    class Meta:
        verbose_name = _("loaded row")
        verbose_name_plural = _("loaded rows")
        ordering: ClassVar = ["table", "key"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["table", "key"], name="loadedrow_has_its_own_key")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"


def plain_value(field: Any, value: Any) -> Any:
    """Return a field's value as JSON knows it, the same for equal values.

    Raises ValidationError when the value is of a wrong type.
    """
    if isinstance(field, models.ForeignKey):
        return value.pk if isinstance(value, models.Model) else value
    if value is None and field.empty_strings_allowed and not field.null:
        value = ""
    is_text = isinstance(field, (models.CharField, models.TextField))
    if is_text and isinstance(value, (list, dict)) and not getattr(field, "multiple", False):
        raise ValidationError(_("A text was expected."))
    value = field.to_python(value)
    return json.loads(json.dumps(field.get_prep_value(value), cls=DjangoJSONEncoder))
