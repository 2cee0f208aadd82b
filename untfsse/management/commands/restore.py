"""`manage.py restore`: a backup into an empty database, whole or not at all."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, transaction

from untfsse.backup import BackupError, check_archive, kept_files, own_shelf, restore_backup
from untfsse.backup.faults import explain_os_error
from untfsse.kit.history.changes import set_transactions_apart
from untfsse.kit.log import ask_to_copy_anew


class Command(BaseCommand):
    """Restore, or only look whether it could be."""

    help = (
        "Brings a backup back into an empty database and an empty store of files, whole or not at "
        "all. Partners who follow the log are then told to copy anew, since they may have read "
        "what is lost; with --drill all numbers stay as they were."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path, help="its path, or its name in the bucket")
        parser.add_argument("--identity", metavar="FILE", help="the private key; - reads it")
        parser.add_argument("--check", action="store_true", help="read it whole, write nothing")
        parser.add_argument("--drill", action="store_true", help="leave all numbers as they were")

    def handle(self, *args: Any, **options: Any) -> None:
        identity = read_identity(options["identity"])
        try:
            with own_shelf().reading(options["archive"]) as archive:
                if options["check"]:
                    about = check_archive(archive, identity)
                    self.stdout.write(f"The archive is whole. It was made at {about.made_at}.")
                    return
                restore_backup(archive, kept_files(), identity, self.stdout.write)
            if not options["drill"]:
                begin_anew()
        except BackupError as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(explain_os_error(error, settings.BACKUP_ROOT)) from None
        except DatabaseError as error:
            reason = " ".join(str(error).split())
            raise CommandError(f"The database does not answer: {reason}") from None
        self.stdout.write("All is back. Now bring the tables up to date: manage.py migrate")


@transaction.atomic
def begin_anew() -> None:
    """Let nobody take what comes for what was lost, nor for what was before."""
    ask_to_copy_anew()
    set_transactions_apart()


def read_identity(place: str | None) -> str:
    """Return the text of a private key, from a file or from the standard input."""
    if place is None:
        return ""
    try:
        return sys.stdin.read() if place == "-" else Path(place).read_text()
    except OSError as error:
        raise CommandError(f"{error.strerror}: {place}") from None
