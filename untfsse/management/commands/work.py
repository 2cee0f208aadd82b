"""`manage.py work`: do the tasks that wait, until told to stop."""

import os
import signal
import sys
from contextlib import suppress
from threading import Thread
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from untfsse.kit.tasks.worker import Worker


class Command(BaseCommand):
    """Turn signals into an orderly end: a task in work goes back and is done anew."""

    help = (
        "Does what waits in the table of tasks: imports, cleaning, whatever the schedule says. "
        "Several may run at once, on several machines."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--with-parent", action="store_true", help="end when the standard input is closed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # As Ctrl-C does: it also ends what the database is asked at that moment.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        if options["with_parent"]:
            Thread(target=end_with_parent, daemon=True).start()
        # A lock belongs to one session: a pool would hand it to whoever comes next.
        connection.settings_dict["OPTIONS"].pop("pool", None)
        with suppress(KeyboardInterrupt):
            Worker().work()


def end_with_parent() -> None:
    """End when whoever started this process is gone."""
    os.read(sys.stdin.fileno(), 1)
    os.kill(os.getpid(), signal.SIGTERM)
