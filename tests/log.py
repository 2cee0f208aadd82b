"""The log of public changes in tests, which take back what they write instead of committing it."""

from django.db import connection

from untfsse.kit.log import current_number


def settle() -> None:
    """Let PostgreSQL write the log, as a commit would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def begin_new_day() -> None:
    """Let the log have last looked at the clock yesterday, and let it look again."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kit_loghead SET due_at = statement_timestamp(), day = day - 1")
    current_number()
