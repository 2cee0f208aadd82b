"""A run: few records and then many, and what each page costs with the one and the other."""

import sys

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from rich.console import Console
from rich.table import Table

from bench.measuring import Visit
from untfsse.synthetic import MOST_OF_OTHERS, RealRecordsError, check_place, create_synthetic

FEW = 57
"""As many entries as there are."""
MANY = 10_000
TARGET_MS = 100
OURS = {"taskforce", "encyclopedia", "actionplan", "taggit", "kit"}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
NOTHING_KEPT = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
FORGET_STATES = """
SELECT pg_clear_relation_stats('public', 'kit_publicstate'), pg_clear_attribute_stats(
  'public', 'kit_publicstate', attname, false)
FROM pg_attribute WHERE attrelid = 'kit_publicstate'::regclass AND attnum > 0
"""
"""What PostgreSQL knows of the states of an earlier fill: it would plan for as few."""


def prepare() -> None:
    """Migrate; leave the program with a sentence where emptying would lose real records."""
    call_command("migrate", verbosity=0)
    try:
        check_place()
    except RealRecordsError as error:
        sys.exit(str(error))


def fill(count: int, others: int = MOST_OF_OTHERS) -> None:
    """Leave the database with so many synthetic entries, the other nouns, and nothing else."""
    tables = [
        f'"{model._meta.db_table}"'
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.app_label in OURS
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
    create_synthetic(count, others=others)
    with connection.cursor() as cursor:
        cursor.execute(FORGET_STATES)
        cursor.execute("SELECT settle_public_log(true)")
        cursor.execute("VACUUM ANALYZE")


def report(few: dict[str, Visit], many: dict[str, Visit], console: Console) -> None:
    """Print a line a page: what it costs with few records, with many, and how much more."""
    table = Table("page", title="Milliseconds in the database; CPU of all", title_justify="left")
    columns = ("status", "queries", "KB", "few", "many", "CPU few", "CPU many", "ratio", "")
    for column in columns:
        table.add_column(column, justify="right")
    for name, visit in many.items():
        before, is_slow = few[name], visit.ms > TARGET_MS
        table.add_row(
            name,
            str(visit.status),
            f"{len(before.queries)} → {len(visit.queries)}",
            f"{before.size / 1000:.0f} → {visit.size / 1000:.0f}",
            f"{before.ms:.1f}",
            f"{visit.ms:.1f}",
            f"{before.cpu_ms:.1f}",
            f"{visit.cpu_ms:.1f}",
            f"{visit.cpu_ms / before.cpu_ms:.2f}" if before.cpu_ms else "",
            f"over {TARGET_MS}" if is_slow else "",
        )
    console.print(table)
