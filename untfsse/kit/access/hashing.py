"""Hashing: passwords are slow to look at on purpose, so that few are looked at at once.

The places are locks of PostgreSQL, the same for all processes, and end with a transaction, since a
pooler may lend its session to others. One is kept for those who come with a device that was let in
before: strangers who guess cannot take it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction

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
    with transaction.atomic():
        if not take_place(settings.HASHING_AT_ONCE + is_known):
            raise TooBusyError
        yield


def take_place(places: int) -> bool:
    """Take the last free one of so many places; tells whether there was one."""
    with connection.cursor() as cursor:
        for place in reversed(range(places)):
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [PLACES, place])
            if cursor.fetchone()[0]:
                return True
    return False
