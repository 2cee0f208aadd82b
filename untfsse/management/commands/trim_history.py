"""`manage.py trim_history`: keep the history within bounds."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from untfsse.kit.history.bounds import KEPT_DAYS, trim_history


class Command(BaseCommand):
    """Say what would go, or let it go."""

    help = (
        "Counts the changes in the history that are older than some days and that the rule of the "
        "house does not keep; with --remove they go. Decisions, minutes, seats and what belongs to "
        "a meeting keep every change."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=KEPT_DAYS, help="how many are left alone")
        parser.add_argument("--remove", action="store_true", help="let what is counted go")

    def handle(self, *args: Any, **options: Any) -> None:
        before = timezone.now() - dt.timedelta(days=options["days"])
        trimmed = trim_history(before=before, is_dry=not options["remove"])
        told = "" if options["remove"] else " Nothing was changed (see --remove)."
        self.stdout.write(
            f"{trimmed.joined} changes joined with the next of the same day, "
            f"{trimmed.forgotten} forgotten of what was deleted and never public.{told}"
        )
