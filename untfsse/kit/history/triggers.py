"""Triggers: which rules PostgreSQL keeps by watching rows, and how a migration attaches them."""

from collections.abc import Iterable
from typing import Any

from django.db import migrations

HISTORY = "keep_history"
ADDRESS = "keep_address"
TEXT = "refuse_control_characters"
EVENTS = {
    HISTORY: "AFTER INSERT OR UPDATE OR DELETE",
    ADDRESS: "BEFORE INSERT OR UPDATE OF slug, published_at",
    TEXT: "BEFORE INSERT OR UPDATE",
}


def attach(function: str, tables: Iterable[str]) -> migrations.RunSQL:
    """Return the operation that lets a trigger function watch some tables."""
    create: list[Any] = [
        f'CREATE TRIGGER {function} {EVENTS[function]} ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION public.{function}()"
        for table in tables
    ]
    drop: list[Any] = [f'DROP TRIGGER {function} ON "{table}"' for table in tables]
    return migrations.RunSQL(create, drop)
