"""Counts that stop: to count all of a long table takes as long as to read it."""

from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils.translation import get_language

from untfsse.kit.pages.keyset import Listed
from untfsse.kit.records.prepared import preparing
from untfsse.kit.records.publication import Reader, any_like
from untfsse.kit.records.written import Written

MOST_COUNTED = 1_000
MORE = f"{MOST_COUNTED:,}+"
"""How a count is told that stopped."""


def some_of(rows: Any, most: int = MOST_COUNTED) -> Any:
    """Return a queryset as it is counted: no more rows than are told."""
    return rows.order_by()[: most + 1].values("pk")


def count_each(*questions: Any, most: int = MOST_COUNTED) -> list[int | None]:
    """Return how many rows each question has, by one statement; None for more than the most.

    A question is what `some_of` gives, or that written.
    """
    if not questions:
        return []
    asked = [one if isinstance(one, Written) else Written.of(one) for one in questions]
    counted = ", ".join(
        f"(SELECT COUNT(*) FROM ({one.sql or 'SELECT WHERE false'}) AS counted)"  # noqa: S608
        for one in asked
    )
    is_kept = all(one.is_kept for one in asked)
    with preparing() if is_kept else connection.cursor() as cursor:
        cursor.execute(f"SELECT {counted}", [value for one in asked for value in one.values])
        counts = cursor.fetchone() or ()
    return [count if count <= most else None for count in counts]


def count_listed(listed: Listed, user: Reader) -> int | None:
    """Return how many rows a reader sees of a list, as far as they are counted."""
    [count] = count_each(write_count(listed, any_like(user), get_language()))
    return count


@lru_cache(maxsize=512)
def write_count(listed: Listed, reader: Reader, _language: str | None) -> Written:
    """Write the question for the rows that are counted."""
    return Written.of(some_of(listed(reader)))
