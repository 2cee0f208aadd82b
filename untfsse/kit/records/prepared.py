"""Prepared: long statements of fixed words, which PostgreSQL plans once on each connection.

To plan one that asks dozens of tables takes longer than to answer it. Where `DATABASE_PREPARED=1`
says so, as `docker-compose.yml` does, a connection keeps the plans of what it is asked so, each
for all values from the first time on: PostgreSQL alone would plan it five times for the values of
the day, and each time where it thinks that dearer. A pooler that gives each transaction another
session may keep none.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from psycopg import ClientCursor, RawCursor

Cursor: Any = ServerBindingCursor
NUMBER = re.compile(r"\$(\d+)")


class PlannedAnewCursor(ClientCursor[Any]):
    """A cursor whose statements are planned for their values, which stand in their words."""

    def execute(self, query: Any, params: Any = None, **_options: Any) -> Self:
        """Execute a statement that is not prepared."""
        values = [self.mogrify("%s", [value]) for value in params or ()]
        return super().execute(NUMBER.sub(lambda found: values[int(found[1]) - 1], query))


@contextmanager
def preparing() -> Iterator[Any]:
    """Give a cursor whose statements are prepared, where the settings let connections do so."""
    with opened(Cursor) as cursor:
        yield cursor


@contextmanager
def numbering(*, is_kept: bool) -> Iterator[Any]:
    """Give a cursor for statements that say `$1` where a value stands, prepared if they are kept.

    To find the places of `%s` in a long one takes as long as to write a page.
    """
    with opened(RawCursor if is_kept else PlannedAnewCursor) as cursor:
        yield cursor


def opened(kind: Any) -> Any:
    """Return a cursor as `connection.cursor()` does, which puts the values in itself."""
    database: Any = connection
    database.ensure_connection()
    return database._prepare_cursor(kind(database.connection))  # noqa: SLF001


def keeps_plans() -> bool:
    """Whether the settings let the connection keep plans."""
    database: Any = connection
    database.ensure_connection()
    return database.connection.prepare_threshold is not None
