"""Migrate: Django's own, one at a time, however many machines are started at once."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

LOCK = 0x6D696772


class Command(migrate.Command):
    """Migrate under a lock of the database; who comes second waits, and finds nothing to do."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Hold the lock in a connection of its own, by a transaction, as every pooler allows."""
        beside = connections[options["database"]].copy()
        try:
            with beside.cursor() as cursor:
                cursor.execute("BEGIN")
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
                if not cursor.fetchone()[0]:
                    if options["verbosity"]:
                        self.stdout.write("Somebody else migrates this database: waiting …")
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
                super().handle(*args, **options)
        finally:
            beside.rollback()
            beside.close()
