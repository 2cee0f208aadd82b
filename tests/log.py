"""The log of public changes in tests, which take back what they write instead of committing it."""

from django.db import connection


def settle() -> None:
    """Let PostgreSQL write the log, as a commit would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
