"""The copy: every row of the old tables into those of today, and what the history tells of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from psycopg.sql import SQL, Composable, Identifier, Literal

from untfsse.carrying_over.plan import (
    NEW_TABLES,
    RENAMED,
    CarryOverError,
    Connection,
    Table,
    find_columns,
    plan,
    read,
)

ORIGIN = "carried over"

type Say = Callable[[str], None]


def copy_all(old: Connection, new: Connection, say: Say) -> None:
    """Copy every table, without triggers; raise CarryOverError when something would be lost."""
    columns = find_columns(old)
    tables = [table for table in plan(columns) if table.values]
    made = [name for name in NEW_TABLES if name not in columns]
    names = SQL(", ").join(Identifier(name) for name in [*made, *(t.name for t in tables)])
    new.execute(SQL("TRUNCATE {} CASCADE").format(names))
    with without_triggers(new, [*made, *(table.name for table in tables)]):
        for table in order(new, tables):
            copy_table(old, new, table)
        added = dict.fromkeys(columns, 0)
        for name in made:
            into, query = NEW_TABLES[name]
            count = stream(old, SQL(query), new, name, list(into))
            say(f"  {name}: {count} rows made")
        for table in tables:
            if table.steps:
                added["kit_change"] += tell_history(old, new, table, columns[table.name])
        say_changes(new, say)
        mend_ledger(new)
    for table in tables:
        before, after = count_rows(old, table.name), count_rows(new, table.name)
        if after != before + added[table.name]:
            raise CarryOverError(f"{table.name} had {before} rows and would have {after}.")
        if before:
            say(f"  {table.name}: {before} rows")


def order(new: Connection, tables: list[Table]) -> list[Table]:
    """Return the tables, last those whose references PostgreSQL checks row by row."""
    asked = new.execute(
        "SELECT conrelid::regclass::text FROM pg_constraint"
        " WHERE contype = 'f' AND NOT condeferrable"
    )
    at_once = {row[0] for row in asked}
    return sorted(tables, key=lambda table: table.name in at_once)


@contextmanager
def without_triggers(new: Connection, tables: list[str]) -> Iterator[None]:
    """Let no trigger watch, so that the history stays the old one; then ask every rule."""
    for act in ("DISABLE", "ENABLE"):
        for name in tables:
            words = SQL("ALTER TABLE {} {} TRIGGER USER")
            new.execute(words.format(Identifier(name), SQL(act)))
        if act == "DISABLE":
            yield
            new.execute("SET CONSTRAINTS ALL IMMEDIATE")


def count_rows(connection: Connection, table: str) -> int:
    """Return how many rows a table has."""
    return read(connection, SQL("SELECT count(*) FROM {}").format(Identifier(table)))


def stream(
    old: Connection, query: Composable, new: Connection, table: str, columns: list[str]
) -> int:
    """Insert into a new table what a query finds in the old database; return how many rows."""
    names = SQL(", ").join(map(Identifier, columns))
    into = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table), names)
    cursor = new.cursor()
    with (
        old.cursor().copy(SQL("COPY ({}) TO STDOUT").format(query)) as source,
        cursor.copy(into) as target,
    ):
        for data in source:
            target.write(data)
    return cursor.rowcount


def copy_table(old: Connection, new: Connection, table: Table) -> None:
    """Copy the rows of a table, and what number its next row gets."""
    values = SQL(", ").join(table.values.values())
    query = SQL("SELECT {} FROM {} AS old").format(values, Identifier(table.name))
    stream(old, query, new, table.name, list(table.values))
    row = old.execute(
        "SELECT pg_get_serial_sequence(%s, attname) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attidentity <> ''",
        [table.name, table.name],
    ).fetchone()
    if row:
        # Not one after the last row: a number that was given once is not given again.
        query = SQL("SELECT last_value, is_called FROM {}").format(Identifier(*row[0].split(".")))
        place = old.execute(query).fetchone() or ()
        new.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, %s)", [table.name, *place])


def tell_history(old: Connection, new: Connection, table: Table, there: set[str]) -> int:
    """Write into the history what the steps changed; return in how many rows."""
    kept = SQL(", ").join(map(Identifier, sorted(there)))
    gone = {column for step in table.steps for column in step.reads} - set(table.values)
    pairs = [(step.column, table.values[step.column]) for step in table.steps]
    query = SQL(
        "SELECT {table}, id, 'UPDATE', now(), {origin}, to_jsonb(old) - 'updated_at',"
        " to_jsonb(old) - {gone}::text[] || jsonb_build_object({after})"
        " FROM (SELECT {kept} FROM {source}) AS old WHERE {changed}"
    ).format(
        table=Literal(table.name),
        origin=Literal(ORIGIN),
        gone=Literal(["updated_at", *gone]),
        after=SQL(", ").join(SQL("{}, {}").format(Literal(name), value) for name, value in pairs),
        kept=kept,
        source=Identifier(table.name),
        changed=SQL(" OR ").join(
            SQL("({}) IS DISTINCT FROM {}").format(
                value, Identifier(name) if name in there else SQL("NULL")
            )
            for name, value in pairs
        ),
    )
    columns = ["table", "row_id", "operation", "made_at", "origin", "before", "after"]
    return stream(old, query, new, "kit_change", columns)


def say_changes(new: Connection, say: Say) -> None:
    """Say in how many rows which column is no longer what it was."""
    rows = new.execute(
        """
        SELECT "table", name, count(*)
        FROM kit_change CROSS JOIN LATERAL jsonb_object_keys(after) AS names (name)
        WHERE origin = %s AND after -> name IS DISTINCT FROM before -> name
        GROUP BY 1, 2 ORDER BY 1, 2
        """,
        [ORIGIN],
    )
    for table, column, count in rows:
        say(f"  {table}.{column}: changed in {count} rows, as their history tells")


def mend_ledger(new: Connection) -> None:
    """Let the ledger agree with what the steps made of loaded values, and with today's files.

    Else the seed would take ours for a person's edits, and load what is there once more.
    """
    for before, after in RENAMED.items():
        new.execute("UPDATE kit_loadedrow SET key = replace(key, %s, %s)", [before, after])
    new.execute(
        """
        UPDATE kit_loadedrow AS loaded SET "values" = loaded."values" || mended."values"
        FROM (
          SELECT known.id, jsonb_object_agg(name, change.after -> name) AS "values"
          FROM kit_change AS change
          JOIN kit_loadedrow AS known
            ON known."table" = change."table" AND known.record_id = change.row_id
          CROSS JOIN LATERAL jsonb_object_keys(change.before) AS names (name)
          WHERE change.origin = %s AND known."values" -> name = change.before -> name
            AND change.after -> name IS DISTINCT FROM change.before -> name
          GROUP BY known.id
        ) AS mended
        WHERE mended.id = loaded.id
        """,
        [ORIGIN],
    )
