"""The log of public changes in tests."""

from django.db import connection


def settle() -> None:
    """Let PostgreSQL write the log, as a commit would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
