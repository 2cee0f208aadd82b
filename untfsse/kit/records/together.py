"""Together: several questions put to PostgreSQL as one statement.

A page asks for many small things at once. Each question stays the queryset that it is; a full join
on nothing puts their columns side by side, so that every value comes in its own type.
"""

from operator import itemgetter
from typing import Any

from django.db import connection

from untfsse.kit.records.prepared import preparing
from untfsse.kit.records.written import Written

MOST_COLUMNS = 1_600
"""PostgreSQL gives no more than 1,664 at a time."""
NUMBER = "#"


def fetch_together(*questions: Any) -> list[Any]:
    """Fetch the rows of several questions by one statement; each queryset then holds its own.

    Returns the rows in the order of the questions: of each a queryset that holds them.
    """
    asked = [one if isinstance(one, Written) else Written.of(one) for one in questions]
    batch: list[Written] = []
    width = 0
    for one in asked:
        if not one.sql:
            fill(one, [])
            continue
        columns = len(one.compiler.select) + 1
        if width + columns > MOST_COLUMNS:
            fetch_batch(batch)
            batch, width = [], 0
        batch.append(one)
        width += columns
    fetch_batch(batch)
    return [one.queryset for one in asked]


def fetch_batch(batch: list[Written]) -> None:
    """Fetch the rows of written questions."""
    if len(batch) < 2:
        for one in batch:
            with preparing() if one.is_kept else connection.cursor() as cursor:
                cursor.execute(one.sql, one.values)
                fill(one, cursor.fetchall())
        return
    blocks = [
        f'(SELECT row_number() OVER () AS "{NUMBER}", asked.* FROM ({one.sql}) AS asked)'  # noqa: S608
        f" AS block{place}"
        for place, one in enumerate(batch)
    ]
    joined = " ON false FULL JOIN ".join([" FULL JOIN ".join(blocks[:2]), *blocks[2:]])
    is_kept = all(one.is_kept for one in batch)
    with preparing() if is_kept else connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM {joined} ON false",  # noqa: S608 - Django wrote it, with signs for values
            [value for one in batch for value in one.values],
        )
        starts = [place for place, column in enumerate(cursor.description) if column.name == NUMBER]
        found = cursor.fetchall()
    for one, start in zip(batch, starts, strict=True):
        end = start + 1 + len(one.compiler.select)
        rows = sorted((row[start:end] for row in found if row[start]), key=itemgetter(0))
        fill(one, [row[1:] for row in rows])


def fill(one: Written, rows: list[tuple[Any, ...]]) -> None:
    """Let a queryset take the rows that its written question was answered with."""
    compiler, query = one.compiler, one.queryset.query
    compiler.execute_sql = lambda *_how, **_more: [rows]
    query.get_compiler = lambda *_how, **_more: compiler
    try:
        len(one.queryset)
    finally:
        del query.get_compiler
