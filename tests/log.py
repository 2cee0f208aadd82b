"""The log of public changes in tests, which are taken back and so never commit."""

from django.db import connection


def settle() -> None:
    """Write the log of what was changed, as a commit would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
