"""The log of public changes in tests: what a transaction brings, and the clock put back."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import psycopg
from django.db import connection, transaction

from untfsse.kit.log import PublicChange, current_number


def settle() -> None:
    """Let PostgreSQL write the log, as a commit would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def lines_after(number: int) -> list[PublicChange]:
    """Return what a transaction that commits now would leave in the log."""
    settle()
    return list(PublicChange.objects.after(number))


@contextmanager
def taken_back() -> Iterator[int]:
    """Do something and undo it; gives the number of the log before."""
    with transaction.atomic():
        settle()
        yield current_number()
        transaction.set_rollback(True)


def put_clock_forward(sql: str, *parameters: int) -> None:
    """Move moments of rows into the past, and let no trigger see it: as if time had passed."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, parameters)
        cursor.execute("SET session_replication_role = origin")


def begin_new_day(days: int = 1) -> None:
    """Let the log have last looked at the clock some days ago."""
    put_clock_forward(
        "UPDATE kit_loghead SET due_at = now() - interval '1 minute', day = day - %s", days
    )


@contextmanager
def connecting() -> Iterator[Callable[[], psycopg.Connection[Any]]]:
    """Give what makes connections to the tests' database beside Django's, closed at the end."""
    names = ("dbname", "user", "password", "host", "port")
    known = connection.get_connection_params()
    where = {name: known[name] for name in names if name in known}
    with ExitStack() as stack:
        yield lambda: stack.enter_context(psycopg.connect("", **where, autocommit=True))
