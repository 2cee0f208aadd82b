"""Triggers: which tables PostgreSQL watches, and how; attached after each migration.

What is to be watched follows from the models, so that a new noun, a new column of text or a new
link needs no word of its own, and no table is forgotten.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections, models

from untfsse.kit.apps import PortalAppConfig

HISTORY = "keep_history"
ADDRESS = "keep_address"
LAST_ADDRESS = "keep_last_address"
TEXT = "refuse_control_characters"
PUBLIC_ID = "keep_public_id"
EMPTIED = "keep_emptied"
LENGTH = "refuse_long_texts"
EVENTS = {
    HISTORY: "AFTER INSERT OR UPDATE OR DELETE",
    ADDRESS: "BEFORE INSERT OR UPDATE OF slug, published_at",
    LAST_ADDRESS: "AFTER DELETE",
    TEXT: "BEFORE INSERT OR UPDATE",
    PUBLIC_ID: "BEFORE UPDATE OF public_id",
    EMPTIED: "AFTER TRUNCATE",
    LENGTH: "BEFORE INSERT OR UPDATE",
}
WATCHED_BESIDES = {"taggit"}
"""Apps of others whose rows are facts of ours."""


def watched_models() -> list[type[models.Model]]:
    """Return every model whose rows are remembered, those of links too."""
    return [
        model
        for config in apps.get_app_configs()
        if isinstance(config, PortalAppConfig) or config.label in WATCHED_BESIDES
        for model in config.get_models(include_auto_created=True)
    ]


def wanted_triggers(model: type[models.Model]) -> Iterator[str]:
    """Give the trigger functions that a table needs, by its columns."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    yield from (HISTORY, EMPTIED)
    if "public_id" in fields:
        yield PUBLIC_ID
    if {"slug", "published_at"} <= set(fields):
        yield from (ADDRESS, LAST_ADDRESS)
    if any(holds_text(field) for field in fields.values()):
        yield TEXT
        yield LENGTH


def holds_text(field: Any) -> bool:
    """Whether somebody can write a text into a column."""
    column = "" if field.generated else field.db_type(connections["default"]) or ""
    return column.startswith(("text", "varchar", "jsonb")) or column.endswith("[]")


def watch_tables(using: str = "default") -> None:
    """Attach the triggers that are missing; two statements when none is."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE proname = ANY(%s)"
            " AND pronamespace = 'public'::regnamespace",
            [list(EVENTS)],
        )
        functions = {row[0] for row in cursor.fetchall()}
        cursor.execute(
            "SELECT relname, tgname FROM pg_class"
            " LEFT JOIN pg_trigger ON tgrelid = pg_class.oid AND NOT tgisinternal"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        present = set(cursor.fetchall())
        tables = {table for table, _trigger in present}
        for model in watched_models():
            table = model._meta.db_table
            for function in wanted_triggers(model):
                if table in tables and function in functions and (table, function) not in present:
                    each = "STATEMENT" if function == EMPTIED else "ROW"
                    cursor.execute(
                        f'CREATE TRIGGER {function} {EVENTS[function]} ON "{table}" '
                        f"FOR EACH {each} EXECUTE FUNCTION public.{function}()"
                    )
