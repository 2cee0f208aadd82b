"""Hashing: passwords are slow to look at on purpose, so that few are looked at at once.

The places are locks of PostgreSQL, the same for all processes. One is kept for those who come with
a device that was let in before: strangers who guess cannot take it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

PLACES = 0x68617368
"""The first number of our advisory locks; the second is the place."""
RETRY_SECONDS = 5


class TooBusyError(Exception):
    """Every place is taken."""

    def __str__(self) -> str:
        return "as many passwords are looked at as may be"


@contextmanager
def hashing(*, is_known: bool) -> Iterator[None]:
    """Hold a place as long as the block lasts; raises TooBusyError at once if there is none."""
    place = take_place(settings.HASHING_AT_ONCE + is_known)
    if place is None:
        raise TooBusyError
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [PLACES, place])


def take_place(places: int) -> int | None:
    """Take the last free one of so many places; None if all are taken."""
    with connection.cursor() as cursor:
        for place in reversed(range(places)):
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [PLACES, place])
            if cursor.fetchone()[0]:
                return place
    return None
