"""Counts that stop: to count all of a long table takes as long as to read it."""

from typing import Any

from django.db import connection

from untfsse.kit.records.written import Written

MOST_COUNTED = 1_000
MORE = f"{MOST_COUNTED:,}+"
"""How a count is told that stopped."""


def some_of(rows: Any) -> Any:
    """Return a queryset as it is counted: no more rows than are told."""
    return rows.order_by()[: MOST_COUNTED + 1].values("pk")


def count_each(*questions: Any) -> list[int | None]:
    """Return how many rows each queryset has, by one statement; None for more than 1,000.

    What `written` gives is `some_of` a queryset already.
    """
    if not questions:
        return []
    asked = [one if isinstance(one, Written) else Written.of(some_of(one)) for one in questions]
    counted = ", ".join(
        f"(SELECT COUNT(*) FROM ({one.sql or 'SELECT WHERE false'}) AS counted)"  # noqa: S608
        for one in asked
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counted}", [value for one in asked for value in one.values])
        counts = cursor.fetchone() or ()
    return [count if count <= MOST_COUNTED else None for count in counts]
