"""`manage.py backup`: the database and the files in one archive, for a person or a timer."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from untfsse.backup import Backup, BackupError, Failure, Shelf, kept_files, make_backup, own_shelf


class Command(BaseCommand):
    """Make one, and tell where it lies."""

    help = (
        "Writes the database and the uploaded files into one archive in BACKUP_ROOT, or in the "
        "bucket BACKUP_S3_BUCKET, encrypted for BACKUP_RECIPIENTS, and removes old ones: what is "
        "kept are the last of 7 days, 4 weeks and 12 months. The portal may be in use."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--list", action="store_true", help="make none, tell which there are")

    def handle(self, *args: Any, **options: Any) -> None:
        shelf = own_shelf()
        if options["list"]:
            self.tell_all(shelf)
            return
        recipients, now = settings.BACKUP_RECIPIENTS, timezone.now()
        try:
            made = make_backup(shelf, kept_files(), recipients, at=now)
        except BackupError as error:
            shelf.note_failure(Failure(now, str(error)))
            raise CommandError(str(error)) from None
        except DatabaseError as error:
            shelf.note_failure(Failure(now, "The database does not answer."))
            reason = " ".join(str(error).split())
            raise CommandError(f"The database does not answer: {reason}") from None
        files = f"the database and {made.file_count} files"
        self.stdout.write(f"{made.backup.path}: {files}, {size_of(made.backup)}.")
        if not made.backup.is_sealed:
            self.stdout.write("It is not encrypted: BACKUP_RECIPIENTS is not set.")
        if made.gone:
            self.stdout.write(f"{len(made.gone)} old backups were removed.")

    def tell_all(self, shelf: Shelf) -> None:
        """Tell which backups there are, the latest first."""
        try:
            for backup in shelf.backups():
                self.stdout.write(f"{backup.path}: {size_of(backup)}")
        except OSError as error:
            raise CommandError(str(error)) from None


def size_of(backup: Backup) -> str:
    """Return how large a backup is, in words."""
    return filesizeformat(backup.size_bytes).replace("\xa0", " ")
