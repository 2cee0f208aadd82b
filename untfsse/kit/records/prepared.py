"""Prepared: long statements of fixed words, which PostgreSQL plans once on each connection.

To plan one that asks dozens of tables takes longer than to answer it. After a few plans for the
values of the day PostgreSQL keeps one for all, if that is no dearer. Only where
`DATABASE_PREPARED=1` says so, as `docker-compose.yml` does: a pooler that gives each transaction
another session may keep none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor

Cursor: Any = ServerBindingCursor


@contextmanager
def preparing() -> Iterator[Any]:
    """Give a cursor whose statements are prepared, where the settings let connections do so."""
    database: Any = connection
    database.ensure_connection()
    # As `connection.cursor()` does, which asks for cursors that put the values in themselves.
    bare = Cursor(database.connection)
    with database._prepare_cursor(bare) as cursor:  # noqa: SLF001
        yield cursor
