"""Restoring: a record as it was, or a deleted one with all that was deleted with it."""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from untfsse.kit.history.changes import Change, ChangeQuerySet, Operation
from untfsse.kit.pages.preview import page_of
from untfsse.kit.records.publication import Publishable
from untfsse.kit.records.roles import Actor, require

type StoredRow = dict[str, Any]
DECIDED_BY_PUBLISHERS = ("status", "published_at", "audience")


def deleted_rows(model: type[models.Model]) -> ChangeQuerySet:
    """Return the deletions of records that do not exist now, the latest first."""
    existing = model._default_manager.values("pk")
    return Change.objects.filter(table=model._meta.db_table, operation=Operation.DELETE).exclude(
        row_id__in=existing
    )


@transaction.atomic
def restore(change: Change, *, by: Actor) -> models.Model:
    """Bring a record back to the version that a change made, or that a deletion took.

    A deleted record comes back under its old key, with its parts and links that the same
    deletion took. Raises ValidationError when the version breaks a rule of today.
    """
    model = model_of(change.table)
    row: StoredRow = (change.before if change.operation == Operation.DELETE else change.after) or {}
    current = model._default_manager.select_for_update(of=("self",)).filter(pk=change.row_id)
    record = current.first()
    require(by, "change" if record else "add", model)
    ask_publisher(by, model, record, row)
    try:
        with transaction.atomic():
            if record is not None:
                return put_back(record, row)
            restored = put_back(model(pk=change.row_id), row)
            restore_parts(change, by=by)
    except IntegrityError as error:
        raise ValidationError(
            _("This version cannot come back: it breaks a rule that the database keeps.")
        ) from error
    return restored


def model_of(table: str) -> type[models.Model]:
    """Return the model of a table, link tables included."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table:
            return model
    raise ValidationError(_("This kind of record no longer exists."))


def ask_publisher(
    by: Actor, model: type[models.Model], record: models.Model | None, row: StoredRow
) -> None:
    """Ask for the permission to publish where a version would change what the public sees."""
    now: Any = record or model()
    columns: Any = {column.name: column for column in model._meta.concrete_fields}
    page: Any = now if isinstance(now, Publishable) else record and page_of(record)
    if isinstance(page, Publishable) and any(
        getattr(now, name) != columns[name].to_python(row[name])
        for name in DECIDED_BY_PUBLISHERS
        if name in row and name in columns and (page is now or name == "audience")
    ):
        require(by, "publish", page)


def put_back(record: models.Model, row: StoredRow) -> models.Model:
    """Fill a record from a kept row, check it as a form would, and save it."""
    for column in record._meta.concrete_fields:
        if column.generated or column.primary_key or column.attname not in row:
            continue
        target: Any = column.target_field if isinstance(column, models.ForeignKey) else column
        setattr(record, column.attname, target.to_python(row[column.attname]))
    refuse_missing(record)
    record.full_clean()
    record.save()
    record.refresh_from_db()
    return record


def refuse_missing(record: models.Model) -> None:
    """Raise ValidationError where the version names a record that is deleted."""
    for column in record._meta.concrete_fields:
        if not isinstance(column, models.ForeignKey):
            continue
        value = getattr(record, column.attname)
        if (
            value is not None
            and not column.related_model._default_manager.filter(pk=value).exists()
        ):
            raise ValidationError(
                {column.name: _("What this version names here is deleted. Restore that first.")}
            )


def restore_parts(change: Change, *, by: Actor) -> list[models.Model]:
    """Bring back the parts and links of a deleted record, and theirs, level by level."""
    if change.transaction is None:
        return []
    waiting = list(
        Change.objects.filter(transaction=change.transaction, operation=Operation.DELETE)
        .exclude(pk=change.pk)
        .order_by("id")
    )
    restored: list[models.Model] = []
    back = {(change.table, change.row_id)}
    while ready := [item for item in waiting if refers_to(item, back)]:
        for item in ready:
            model = model_of(item.table)
            if not model._meta.auto_created:
                require(by, "add", model)
                ask_publisher(by, model, None, item.before or {})
            restored.append(put_back(model(pk=item.row_id), item.before or {}))
        back = {(item.table, item.row_id) for item in ready}
        waiting = [item for item in waiting if item not in ready]
    return restored


def refers_to(change: Change, rows: set[tuple[str, int]]) -> bool:
    """Whether a deleted row was part of, or a link of, one of some rows."""
    row: StoredRow = change.before or {}
    tables = {table for table, _pk in rows}
    for column in model_of(change.table)._meta.concrete_fields:
        if not isinstance(column, models.ForeignKey):
            continue
        table = column.related_model._meta.db_table
        if table in tables and (table, row.get(column.attname)) in rows:
            return True
    return refers_generically(row, rows)


def refers_generically(row: StoredRow, rows: set[tuple[str, int]]) -> bool:
    """The same for a row that names any kind of record, as a tag does."""
    if "content_type_id" not in row or "object_id" not in row:
        return False
    named = ContentType.objects.get_for_id(row["content_type_id"]).model_class()
    return named is not None and (named._meta.db_table, row["object_id"]) in rows
