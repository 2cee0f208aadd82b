"""Prepared: long statements of fixed words, which PostgreSQL plans once on each connection.

To plan one that asks dozens of tables takes longer than to answer it. After a few plans for the
values of the day PostgreSQL keeps one for all, if that is no dearer. Only where
`DATABASE_PREPARED=1` says so, as `docker-compose.yml` does: a pooler that gives each transaction
another session may keep none.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.db import Error, connection
from django.db.backends.postgresql.base import ServerBindingCursor
from psycopg import RawCursor

Cursor: Any = ServerBindingCursor
ONE_PLAN = """
  SELECT array_agg(reltuples::int ORDER BY place),
    CASE WHEN %s THEN set_config('plan_cache_mode', 'force_generic_plan', false) END
  FROM unnest(%s::regclass[]) WITH ORDINALITY AS asked(oid, place) JOIN pg_class USING (oid)
"""


class PlannedAnewCursor(RawCursor[Any]):
    """A cursor whose statements are planned for their values each time."""

    def execute(self, query: Any, params: Any = None, **_options: Any) -> Self:
        """Execute a statement that is not prepared."""
        return super().execute(query, params, prepare=False)


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


@dataclass(slots=True)
class Plans:
    """Whether plans are kept, and whether what is kept has one plan for all values.

    `rows` is how many each table has, as PostgreSQL knows. The last statement may end the one
    plan, by the column `LAST`: then it says so here.
    """

    LAST: ClassVar = "set_config('plan_cache_mode', 'auto', false) AS mode"
    is_kept: bool = False
    is_one: bool = False
    rows: tuple[int, ...] = ()

    def end(self) -> None:
        """Let what follows be planned for its values."""
        if self.is_one:
            with preparing() as cursor:
                cursor.execute("RESET plan_cache_mode")
            self.is_one = False


@contextmanager
def one_plan(tables: list[str], *, is_wanted: bool) -> Iterator[Plans]:
    """Give whether the connection keeps plans, and how many rows the tables have.

    `is_wanted` lets what is kept have one plan for all values from the first time on: PostgreSQL
    would plan it five times for the values of the day before it thinks of another.
    """
    if not keeps_plans():
        yield Plans()
        return
    with preparing() as cursor:
        cursor.execute(ONE_PLAN, [is_wanted, tables])
        rows, mode = cursor.fetchone()
        plans = Plans(is_kept=True, is_one=bool(mode), rows=tuple(rows))
        try:
            yield plans
        except Exception:
            # A transaction that failed takes it back by itself, and is told of no further fault.
            with suppress(Error):
                plans.end()
            raise
        plans.end()


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
