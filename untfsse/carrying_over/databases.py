"""The databases: a second one beside the old one, which takes its name once all is copied."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import DatabaseWrapper
from django.utils.timezone import localdate
from psycopg.sql import SQL, Identifier

from untfsse.carrying_over.age import is_older
from untfsse.carrying_over.copying import Say, copy_all
from untfsse.carrying_over.plan import (
    CarryOverError,
    Connection,
    find_columns,
    read,
    refuse_losses,
)

ALIAS = "carried_over"
MOST_MOMENTS = 20


def carry_over(say: Say, *, template: str = "template1") -> bool:
    """Carry the records over into a new database, which takes the name of the old one.

    Whole or not at all: until the names are swapped, in one transaction, the old database is
    the portal's. It is kept beside. `template` is what the new one starts as. Returns whether
    there was anything to carry over; raises CarryOverError.
    """
    database = connections["default"]
    if not is_older(database):
        return False
    name = str(database.settings_dict["NAME"])
    aside, kept = f"{name}_carrying_over", f"{name}_before_{localdate():%Y%m%d}"
    let_go(database)
    with connect("postgres") as server:
        refuse_company(server, name)
        with connect(name) as old:
            refuse_losses(old)
        say("Making the tables of today beside those of before …")
        with second_database(server, aside, template):
            say("Copying the records …")
            with connect(name) as old, connect(aside) as new, old.transaction(), new.transaction():
                hold(old)
                copy_all(old, new, say)
            ContentType.objects.clear_cache()
            # New nouns get their permissions and the roles theirs, as after each migration.
            emit_post_migrate_signal(verbosity=0, interactive=False, db=ALIAS)
            let_go(connections[ALIAS])
            say("Swapping the names …")
            swap(server, name, aside, kept)
    say(f"Done. The database as it was is kept as {kept}.")
    return True


def hold(old: Connection) -> None:
    """Let nobody write until the copy is made."""
    names = SQL(", ").join(map(Identifier, find_columns(old)))
    old.execute(SQL("LOCK TABLE {} IN SHARE MODE").format(names))


def swap(server: Connection, name: str, aside: str, kept: str) -> None:
    """Rename both databases at once."""
    with server.transaction():
        for before, after in ((name, kept), (aside, name)):
            words = SQL("ALTER DATABASE {} RENAME TO {}")
            server.execute(words.format(Identifier(before), Identifier(after)))


def connect(name: str) -> Connection:
    """Connect to another database of the same server."""
    parameters = connections["default"].get_connection_params() | {"dbname": name}
    del parameters["cursor_factory"], parameters["context"]
    return psycopg.connect(**parameters, autocommit=True)


def let_go(database: BaseDatabaseWrapper) -> None:
    """Close every connection: PostgreSQL renames only what nobody uses."""
    database.close()
    if isinstance(database, DatabaseWrapper):
        database.close_pool()


@contextmanager
def second_database(server: Connection, name: str, template: str) -> Iterator[None]:
    """Make a database beside ours, with the tables of today; what an earlier try left goes."""
    drop = SQL("DROP DATABASE IF EXISTS {}").format(Identifier(name))
    try:
        server.execute(drop)
        words = SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(words.format(Identifier(name), Identifier(template)))
    except psycopg.errors.InsufficientPrivilege:
        raise CarryOverError(
            "This account may not create databases. Let it, for this once: "
            f"ALTER ROLE {server.info.user} CREATEDB"
        ) from None
    connections.settings[ALIAS] = connections["default"].settings_dict | {"NAME": name}
    try:
        call_command("migrate", database=ALIAS, interactive=False, verbosity=0)
        yield
    except BaseException:
        let_go(connections[ALIAS])
        server.execute(drop)
        raise
    finally:
        let_go(connections[ALIAS])
        del connections[ALIAS], connections.settings[ALIAS]


def refuse_company(server: Connection, name: str) -> None:
    """Raise CarryOverError while somebody else could still change the records.

    Who has just gone is told of for a moment longer.
    """
    asked = SQL(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        " AND coalesce(backend_type, 'client backend') = 'client backend'"
    )
    count = read(server, asked, [name])
    for _moment in range(MOST_MOMENTS):
        if not count:
            return
        server.execute("SELECT pg_sleep(0.05)")
        count = read(server, asked, [name])
    if count:
        raise CarryOverError(
            f"The portal is in use: {count} connections are open. Stop it, then start again."
        )
