"""The stock: what the database holds, fetched once for a whole load, and how it is changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from untfsse.kit.loading.ledger import plain_value
from untfsse.kit.loading.seed_models import RefusedError, Values
from untfsse.kit.records.publication import Publishable, Status
from untfsse.kit.records.refusals import sentences

type Links = Mapping[str, Sequence[Any]]


class RecordCache:
    """All records of each model that a load asks for, with their many-to-many links."""

    def __init__(self) -> None:
        """Start empty; each model is fetched when it is first asked for."""
        self._records: dict[type[models.Model], dict[Any, models.Model]] = {}
        self._links: dict[tuple[type[models.Model], str], dict[Any, set[Any]]] = {}

    def all(self, model: type[models.Model]) -> dict[Any, models.Model]:
        """Return the records of a model by primary key."""
        if model not in self._records:
            computed = [field.name for field in model._meta.concrete_fields if field.generated]
            rows = model._default_manager.defer(*computed)
            self._records[model] = {record.pk: record for record in rows}
        return self._records[model]

    def current(self, record: models.Model, name: str) -> Any:
        """Return a field of a record as JSON; links are a sorted list of primary keys."""
        field: Any = record._meta.get_field(name)
        if field.many_to_many:
            return sorted(self._linked(type(record), name).get(record.pk, ()))
        return plain_value(field, field.value_from_object(record))

    def save(self, record: models.Model, links: Links) -> None:
        """Save a record, or raise RefusedError with the sentences of `full_clean`.

        PostgreSQL keeps the same rules as `full_clean`, which asks it one by one and would take
        ten times as long for rows that are right.
        """
        if isinstance(record, Publishable) and record.status == Status.PUBLISHED:
            record.published_at = record.published_at or timezone.now()
        is_new = record.pk is None
        try:
            record.clean_fields(exclude=_reference_names(type(record)))
            record.clean()
            with transaction.atomic():
                record.save(force_insert=is_new)
                self._save_links(record, links, is_new=is_new)
        except ValidationError as error:
            raise RefusedError(sentences(error)) from None
        except IntegrityError as error:
            record.pk = None if is_new else record.pk
            raise RefusedError(_explain(record, error)) from None
        self.all(type(record))[record.pk] = record

    def change(
        self, record: models.Model, names: Sequence[str], values: Values, links: Links
    ) -> None:
        """Give some fields and links their new values; a record that is refused stays as it was."""
        before = {name: getattr(record, name) for name in names if name in values}
        for name in before:
            setattr(record, name, values[name])
        try:
            self.save(record, {name: links[name] for name in names if name in links})
        except RefusedError:
            for name, value in before.items():
                setattr(record, name, value)
            raise

    def _save_links(self, record: models.Model, links: Links, *, is_new: bool) -> None:
        for name, targets in links.items():
            manager = getattr(record, name)
            if not is_new:
                manager.set(targets)
            elif targets:
                manager.add(*targets)
            self._linked(type(record), name)[record.pk] = {target.pk for target in targets}

    def _linked(self, model: type[models.Model], name: str) -> dict[Any, set[Any]]:
        if (model, name) not in self._links:
            field: Any = model._meta.get_field(name)
            through = field.remote_field.through._default_manager
            pairs = through.values_list(field.m2m_column_name(), field.m2m_reverse_name())
            found = self._links[model, name] = {}
            for source, target in pairs:
                found.setdefault(source, set()).add(target)
        return self._links[model, name]


def plain_values(model: type[models.Model], values: Values, links: Links) -> dict[str, Any]:
    """Return values as JSON; raise RefusedError for those of a wrong type."""
    plain, reasons = {}, []
    for name, value in values.items():
        field: Any = model._meta.get_field(name)
        try:
            plain[name] = plain_value(field, value)
        except ValidationError as error:
            reasons += [(name, message) for message in error.messages]
    if reasons:
        raise RefusedError(reasons)
    return plain | {name: sorted(one.pk for one in targets) for name, targets in links.items()}


def check_at_once() -> None:
    """Let PostgreSQL check each row when it comes, also what it would check at the end.

    The log of public changes alone is written at the end.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS settle_transaction DEFERRED")


def _reference_names(model: type[models.Model]) -> set[str]:
    """Return the foreign keys, which the load itself has looked up."""
    return {field.name for field in model._meta.concrete_fields if field.is_relation}


def _explain(record: models.Model, error: IntegrityError) -> list[tuple[str, str]]:
    """Return why PostgreSQL refused a record, in the model's own sentences if it has them."""
    try:
        record.full_clean()
    except ValidationError as reason:
        return sentences(reason)
    return [("", str(error).splitlines()[0])]
