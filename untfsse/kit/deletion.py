"""Deletion: what hangs on a record, and the refusal where it is cited."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from untfsse.kit.records.roles import Actor, require


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on a record: `cited_by` keeps it from being deleted, `parts` would go with it.

    `parts` counts by noun in the plural, the record itself left out.
    """

    cited_by: list[models.Model]
    parts: dict[str, int]

    @property
    def citation(self) -> str:
        """Say by what the record is cited: “2 decisions and 1 document”."""
        counts = Counter(type(record) for record in self.cited_by)
        words = [
            f"{count} {noun._meta.verbose_name if count == 1 else noun._meta.verbose_name_plural}"
            for noun, count in sorted(counts.items(), key=lambda pair: pair[0].__name__)
        ]
        return get_text_list(words, _("and"))


def find_hanging(record: models.Model) -> Hanging:
    """Return what hangs on a record, through its parts too."""
    collector: Any = Collector(using="default", origin=record)
    cited_by: list[models.Model] = []
    try:
        collector.collect([record])
    except ProtectedError as error:
        cited_by = sorted(error.protected_objects, key=str)
    except RestrictedError as error:
        cited_by = sorted(error.restricted_objects, key=str)
    parts = Counter[str]()
    for model, instances in collector.data.items():
        parts[str(model._meta.verbose_name_plural)] += len(instances)
    for rows in collector.fast_deletes:
        parts[str(rows.model._meta.verbose_name_plural)] += rows.count()
    parts[str(record._meta.verbose_name_plural)] -= 1
    return Hanging(cited_by, {noun: count for noun, count in parts.items() if count > 0})


@transaction.atomic
def delete[M: models.Model](record: M, *, by: Actor) -> dict[str, int]:
    """Delete a record with its parts; it can be restored. Returns what went with it.

    Raises ValidationError when something else cites it.
    """
    require(by, "delete", record)
    rows = type(record)._default_manager.select_for_update(of=("self",))
    current = rows.get(pk=record.pk)
    hanging = find_hanging(current)
    if hanging.cited_by:
        raise ValidationError(
            _("“%(record)s” cannot be deleted: it is cited by %(citation)s.")
            % {"record": current, "citation": hanging.citation},
            code="cited",
        )
    try:
        with transaction.atomic():
            current.delete()
    except IntegrityError as error:
        raise ValidationError(
            _("“%(record)s” cannot be deleted: it is part of what is approved.")
            % {"record": current}
        ) from error
    return hanging.parts
