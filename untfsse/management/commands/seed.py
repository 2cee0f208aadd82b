"""`manage.py seed`: load the real records, again and again, without undoing anybody's work."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from untfsse.kit.loading import BrokenFileError
from untfsse.seeding import Bar, open_console, seed, sum_up, tell, write_report
from untfsse.synthetic import RealRecordsError, create_synthetic


class Command(BaseCommand):
    """Load, and tell what was done."""

    help = (
        "Loads the records of the data folders in one transaction. What somebody edited or "
        "deleted here stays so, and is reported. A row that breaks a rule is refused with its "
        "file, line, field and reason, and the others are loaded; the exit code is 1 only when a "
        "file cannot be read, and then nothing is loaded."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="print all, write nothing")
        parser.add_argument("--table", action="store_true", help="print each noun and remark")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write them to a file")
        parser.add_argument(
            "--synthetic",
            type=int,
            metavar="N",
            help="instead: create N synthetic entries and at most 10,000 of each other noun, "
            "in a database of their own",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["synthetic"] is not None:
            return self.create_synthetic(options["synthetic"])
        console = open_console(self.stdout)
        bar = Bar(console)
        try:
            with bar.progress:
                report = seed(is_dry_run=options["dry_run"], watch=bar.watch)
        except BrokenFileError as error:
            raise CommandError(str(error)) from None
        if options["table"] or options["dry_run"]:
            tell(report, console)
        else:
            file = options["report"]
            if file:
                write_report(report, file)
            where = shown(file) if file else "manage.py seed --table"
            self.stdout.write(sum_up(report, where))
        if options["dry_run"]:
            console.print("\nNothing was written: this was a dry run.")
        return None

    def create_synthetic(self, count: int) -> None:
        """Fill an empty database for measurements."""
        try:
            create_synthetic(count, self.stdout.write)
        except RealRecordsError as error:
            raise CommandError(str(error)) from None


def shown(path: Path) -> str:
    """Return a path within the project, or the whole one."""
    return str(path.relative_to(settings.BASE_DIR) if settings.BASE_DIR in path.parents else path)
