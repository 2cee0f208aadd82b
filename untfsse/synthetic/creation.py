"""Creation of synthetic records: where they may be made, and how they get there quickly."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from encyclopedia.models import Entry
from untfsse.kit.loading import LoadedRow, check_at_once
from untfsse.kit.records.noun import nouns
from untfsse.synthetic.records import PREFIX
from untfsse.synthetic.rows import MOST_OF_OTHERS, plan_rows

MOST = 100_000
TOLD_EVERY = 20_000
APPS = ("taskforce", "encyclopedia", "actionplan", "taggit")
BATCH = 2_000


class RealRecordsError(Exception):
    """Why synthetic records may not be made here, as a sentence."""


def create_synthetic(
    count: int,
    say: Callable[[str], None] = lambda text: None,
    *,
    others: int = MOST_OF_OTHERS,
) -> dict[str, int]:
    """Create that many entries with their authors, and at most `others` of every other noun.

    Returns the number of rows by noun. The same count gives the same records, which have no
    history. Raises RealRecordsError where real records are, unless the database's name says
    "synthetic".
    """
    if not 1 <= count <= MOST:
        raise RealRecordsError(f"Choose a number from 1 to {MOST:,}.")
    check_place()
    with transaction.atomic(), without_triggers():
        counts = {name: fill(rows, name, say) for name, rows in plan_rows(count, others)}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return counts


def check_place() -> None:
    """Refuse a database with real records, and one that already has synthetic ones."""
    if Entry.objects.filter(slug__startswith=PREFIX).exists():
        raise RealRecordsError("This database already has synthetic records.")
    if "synthetic" in str(connection.settings_dict["NAME"]):
        return
    if LoadedRow.objects.exists() or any(model.objects.exists() for model in nouns()):
        raise RealRecordsError(
            "This database has real records. Name another one in DATABASE_URL, empty and "
            "migrated: synthetic records never go beside real ones."
        )


def fill(rows: Iterator[models.Model], name: str, say: Callable[[str], None]) -> int:
    """Insert rows in batches; return how many there were."""
    total = 0
    while batch := list(islice(rows, BATCH)):
        copy_in(batch)
        total += len(batch)
        if total % TOLD_EVERY == 0:
            say(f"{total:,} {name} so far")
    say(f"Created {total:,} {name}")
    return total


def copy_in(batch: list[Any]) -> None:
    """Hand rows of a noun to PostgreSQL, which gives back none of what it works out for them."""
    meta = type(batch[0])._meta
    fields = [
        field
        for field in meta.concrete_fields
        if not (field.primary_key or field.generated or field.has_db_default())
    ]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{meta.db_table}" ({columns}) FROM STDIN') as copy,
    ):
        for row in batch:
            copy.write_row(
                [
                    field.get_db_prep_save(field.pre_save(row, add=True), connection)
                    for field in fields
                ]
            )


@contextmanager
def without_triggers() -> Iterator[None]:
    """Let no trigger watch the rows: their history would be as long as they are, and as slow."""
    tables = [
        f'"{model._meta.db_table}"'
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in APPS
    ]
    check_at_once()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
