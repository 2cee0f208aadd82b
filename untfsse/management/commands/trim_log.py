"""`manage.py trim_log`: forget old lines of the log of public changes."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from untfsse.kit.log import ask_to_copy_anew, forget_before, oldest_number
from untfsse.tasks import KEPT_DAYS


class Command(BaseCommand):
    """Forget, and tell how much."""

    help = (
        "Deletes the lines of the log of public changes that are older than some days. Partners "
        "who have read no further are told to copy anew. What is gone stays known as gone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=KEPT_DAYS, help="how many are kept")
        parser.add_argument(
            "--copy-anew",
            action="store_true",
            help="tell all partners to copy anew: the database went back in time",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["copy_anew"]:
            ask_to_copy_anew()
        count = forget_before(timezone.now() - dt.timedelta(days=options["days"]))
        self.stdout.write(f"{count} lines forgotten; kept from number {oldest_number() + 1} on.")
