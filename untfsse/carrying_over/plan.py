"""The plan: which columns come along as they were, which change and how, which would be lost."""

from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.apps import apps
from django.db import connections
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

EMPTY = ["", "[]", "{}"]
"""What a column without data holds, besides null."""

type Connection = psycopg.Connection[tuple[Any, ...]]


class CarryOverError(Exception):
    """Why the records cannot be carried over, as a sentence."""


# --- What is not kept as it was --------------------------------------------------------------

LOADED_GOALS = """to_jsonb(old.sdgs) = (
  SELECT loaded."values" -> 'sdgs' FROM kit_loadedrow AS loaded
  WHERE loaded."table" = 'taskforce_policyinstrument' AND loaded.record_id = old.id)"""


@dataclass(frozen=True)
class Step:
    """What a column holds now: SQL over the old row `old`, which has the columns it reads."""

    column: str
    reads: frozenset[str]
    value: str
    table: str = ""
    """Only this one; else every table with these columns."""


STEPS = (
    # High confidence demands a source with an address.
    Step(
        "confidence",
        frozenset({"confidence", "sources"}),
        "CASE WHEN confidence = 'high'"
        " AND NOT jsonb_path_exists(sources, '$[*] ? (@.url != null)')"
        " THEN 'medium' ELSE confidence END",
    ),
    # Evidence names an entry by its address.
    Step(
        "publication_slug",
        frozenset({"entry_id"}),
        "(SELECT slug FROM encyclopedia_entry AS entry WHERE entry.id = old.entry_id)",
    ),
    # The plan says that it is over, its instrument that it was adopted.
    Step(
        "stage",
        frozenset({"stage"}),
        "CASE stage WHEN 'completed' THEN 'adopted' ELSE stage END",
        "taskforce_policyinstrument",
    ),
    # What the files gave were proposals; what a person chose stays.
    Step(
        "sdgs",
        frozenset({"sdgs"}),
        f"CASE WHEN {LOADED_GOALS} THEN '{{}}' ELSE sdgs END",
        "taskforce_policyinstrument",
    ),
)
RENAMED = {
    "AR BE BR BG CL CR DO FR ID IE IT MA MN SN SI ES": (
        "Argentina, Belgium, Brazil, Bulgaria, Chile, Costa Rica, the Dominican Republic, France, "
        "Indonesia, Ireland, Italy, Mongolia, Morocco, Senegal, Slovenia and Spain"
    ),
    "/Latest change seen": "/The latest change on record",
}
"""Words in the keys by which the files know their rows, as they were and as they are."""
NEW_TABLES = {
    "taskforce_suggestedgoal": (
        ("instrument_id", "value", "state"),
        f"""SELECT id, unnest(sdgs), 'proposed'
        FROM taskforce_policyinstrument AS old WHERE {LOADED_GOALS}""",  # noqa: S608
    ),
    "taskforce_vote": (
        (
            *("instrument_id", "mode", "taken_on", "body", "in_favour", "against", "abstentions"),
            *("note", "stage", "countries_in_favour", "countries_against", "countries_abstaining"),
            *("sources", "confidence", "verified_on", "verified_by_id", "internal_note"),
        ),
        """SELECT id, vote_mode, voted_on, vote_body, votes_in_favour, votes_against, abstentions,
          vote_note, '', '', '', '', sources, CASE WHEN confidence = 'high'
            AND NOT jsonb_path_exists(sources, '$[*] ? (@.url != null)')
            THEN 'medium' ELSE confidence END, verified_on, verified_by_id, ''
        FROM taskforce_policyinstrument WHERE vote_mode <> '' OR voted_on IS NOT NULL
          OR vote_body <> '' OR vote_note <> '' OR num_nonnulls(votes_in_favour, votes_against,
            abstentions) > 0""",
    ),
    "taskforce_provisiontext": (
        ("provision_id", "language", "text", "source"),
        """SELECT provision.id, coalesce(nullif(title_language, ''), 'en'), provision.text, ''
        FROM taskforce_provision AS provision
        JOIN taskforce_policyinstrument AS instrument ON instrument.id = provision.instrument_id
        WHERE provision.text <> ''""",
    ),
}
"""Tables that no older database has: their columns, and the query that finds their rows there."""
MOVED = {
    "taskforce_policyinstrument": {
        *("vote_mode", "voted_on", "vote_body", "votes_in_favour", "votes_against"),
        *("abstentions", "vote_note"),
    },
    "taskforce_provision": {"text"},
}
"""Old columns that rows of the new tables hold now."""


# --- The plan ----------------------------------------------------------------------------------


@dataclass
class Table:
    """How one table is copied: its columns of today, each with SQL over the old row."""

    name: str
    values: dict[str, Composable] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    """The old columns that have no place."""


def find_columns(old: Connection) -> dict[str, set[str]]:
    """Return the columns of every table that somebody filled, generated ones left out."""
    rows = old.execute(
        "SELECT relname, attname FROM pg_class"
        " JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped"
        " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attgenerated = ''"
        " AND relname <> 'django_migrations'"
    )
    found: dict[str, set[str]] = {}
    for table, column in rows:
        found.setdefault(table, set()).add(column)
    return found


def plan(columns: dict[str, set[str]]) -> list[Table]:
    """Return how each old table is copied."""
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    tables = []
    for name, there in sorted(columns.items()):
        table = Table(name, lost=there - MOVED.get(name, set()))
        model = models.get(name)
        for column in model._meta.concrete_fields if model else ():
            if not column.generated:
                fill(table, column, there)
        for step in table.steps:
            table.lost -= step.reads
        tables.append(table)
    return tables


def fill(table: Table, column: Any, there: set[str]) -> None:
    """Say what a column of today holds: by a step, as it was, or its default."""
    name = column.column
    table.lost.discard(name)
    for step in STEPS:
        if step.column == name and step.reads <= there and step.table in {"", table.name}:
            table.values[name] = SQL(step.value)
            table.steps.append(step)
            return
    if name in there:
        table.values[name] = Identifier(name)
    elif (default := column.get_default()) is not None:
        table.values[name] = Literal(column.get_db_prep_save(default, connections["default"]))


def refuse_losses(old: Connection) -> None:
    """Raise CarryOverError when a column with data has no place in the tables of today."""
    for table in plan(find_columns(old)):
        for column in sorted(table.lost):
            asked = SQL("SELECT count(*) FROM {} WHERE {}::text <> ALL(%s)")
            count = read(old, asked.format(Identifier(table.name), Identifier(column)), [EMPTY])
            if count:
                raise CarryOverError(
                    f"The column {table.name}.{column} has data in {count} rows and no place in "
                    "the tables of this code. Nothing was changed."
                )


def read(connection: Connection, query: SQL | Composed, values: list[Any] | None = None) -> int:
    """Return the single number that a query gives."""
    row = connection.execute(query, values).fetchone()
    return int(row[0]) if row else 0
