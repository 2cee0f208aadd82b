"""Counts that stop: to count all of a long table takes as long as to read it."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

MOST_COUNTED = 1_000
MORE = f"{MOST_COUNTED:,}+"
"""How a count is told that stopped."""


def count_each(*questions: Any) -> list[int | None]:
    """Return how many rows each queryset has, by one statement; None for more than 1,000."""
    if not questions:
        return []
    written, values = [], []
    for question in questions:
        try:
            some = question.order_by()[: MOST_COUNTED + 1].values("pk")
            sql, given = some.query.sql_with_params()
        except EmptyResultSet:
            sql, given = "SELECT WHERE false", ()
        written.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608 - Django wrote it
        values += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(written)}", values)
        counts = cursor.fetchone() or ()
    return [count if count <= MOST_COUNTED else None for count in counts]
