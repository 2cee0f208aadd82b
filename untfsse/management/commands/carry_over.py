"""`manage.py carry_over`: bring records from before the first release into the tables of today."""

from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from untfsse.carrying_over import CarryOverError, carry_over


class Command(BaseCommand):
    """Carry over, and tell what was done or why not."""

    help = (
        "Copies the records of a database that was made before the first release into a new one "
        "beside it, which then takes its name; the old one is kept. Whole or not at all. Stop the "
        "portal first."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if not carry_over(self.stdout.write):
                self.stdout.write("There is nothing to carry over.")
        except CarryOverError as error:
            raise CommandError(str(error)) from None
        except (psycopg.Error, DatabaseError) as error:
            reason = " ".join(str(error).split())
            raise CommandError(
                f"The database refused, and the records are as they were: {reason}"
            ) from None
