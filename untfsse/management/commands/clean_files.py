"""`manage.py clean_files`: find the uploaded files that nobody names any more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from untfsse.kit.records.files import remove_unnamed_files, unnamed_files


class Command(BaseCommand):
    """List them, or remove them."""

    help = (
        "Lists the uploaded files that no record names, and that no record named in its history, "
        "once they are a day old; with --remove they are removed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="remove what is listed")

    def handle(self, *args: Any, **options: Any) -> None:
        paths = remove_unnamed_files() if options["remove"] else unnamed_files()
        for path in paths:
            self.stdout.write(path)
        what = "removed" if options["remove"] else "found; nothing was removed (see --remove)"
        self.stdout.write(f"{len(paths)} files that nobody names: {what}.")
