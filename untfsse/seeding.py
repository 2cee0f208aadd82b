"""Seeding the portal: all files of all apps in one transaction, and the tables that tell it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from actionplan import seed as actionplan_seed
from encyclopedia import seed as encyclopedia_seed
from taskforce import seed as taskforce_seed
from untfsse.kit.history.changes import acting
from untfsse.kit.loading import (
    Load,
    LoadedRow,
    Remark,
    Report,
    Tally,
    Watcher,
    check_at_once,
)
from untfsse.kit.loading.plain import load_plain, plain_files


def seed(*, is_dry_run: bool = False, watch: Watcher | None = None) -> Report:
    """Load the records and return what was done; with `is_dry_run` nothing stays.

    Raises BrokenFileError for a file that cannot be read.
    """
    files = taskforce_seed.read_files()
    encyclopedia, plans = encyclopedia_seed.read(), actionplan_seed.read()
    read = [*files.all, encyclopedia, plans]
    plain = list(plain_files(read))
    with transaction.atomic(), acting(actor_id=None, origin="seed"):
        wait_for_other_loads()
        check_at_once()
        load = Load(watch)
        taskforce_seed.load_records(load, files)
        encyclopedia_seed.load_records(load, encyclopedia)
        actionplan_seed.load_records(load, plans)
        for model, file in plain:
            load_plain(load, model, file)
        load.finish([*read, *(file for _model, file in plain)])
        transaction.set_rollback(is_dry_run)
    return load.report


def wait_for_other_loads() -> None:
    """Let two loads at once follow one another."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {LoadedRow._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


# --- Telling it ----------------------------------------------------------------------------


PLAIN_WIDTH = 100
"""Of the tables where no terminal says how wide it is."""


def open_console(stream: Any) -> Console:
    """Return a console that writes to a stream."""
    is_terminal = bool(getattr(stream, "isatty", bool)())
    return Console(file=stream, width=None if is_terminal else PLAIN_WIDTH)


class Bar:
    """A progress bar on a terminal, nothing elsewhere."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.progress = Progress(
            TextColumn("{task.description:<24}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self.task = self.progress.add_task("", total=None)

    def watch(self, noun: str, done: int, total: int) -> None:
        """Be told that some rows of a noun are done."""
        self.progress.update(self.task, description=noun, completed=done, total=total)


def sum_up(report: Report, where: str) -> str:
    """Return one line of totals, and where the table and the remarks are."""
    total = report.total
    done = [f"{count(total)} {words.lower()}" for words, count in COUNTS.items() if count(total)]
    return f"Records: {', '.join(done) or 'none'}. The table and the remarks: {where}"


def write_report(report: Report, path: Path) -> None:
    """Write the table and the remarks to a file."""
    with path.open("w") as file:
        tell(report, open_console(file))


def tell(report: Report, console: Console) -> None:
    """Print the table of all nouns, and a line for all that deserves one."""
    console.print()
    console.print(count_table(report))
    sections = {
        "Held back": held_back(report),
        "Refused": [describe(remark) for remark in report.refused],
        "Edits kept": [describe(remark) for remark in report.edits_kept],
        "Left out": [describe(remark) for remark in report.left_out],
        "Remarks": [describe(remark) for remark in report.remarks],
    }
    for title, lines in sections.items():
        if lines:
            console.print(f"\n{title}", style="bold", highlight=False)
        for line in lines:
            console.print(f"  {line}", highlight=False, markup=False, soft_wrap=True)


def held_back(report: Report) -> list[str]:
    """Return why records are loaded but hidden, and how many of each noun."""
    reasons: dict[str, list[str]] = {}
    for tally in report.tallies.values():
        for reason, count in tally.held_back.items():
            reasons.setdefault(reason, []).append(f"{count} {tally.noun}")
    return [f"{reason}: {', '.join(nouns)}" for reason, nouns in reasons.items()]


def describe(remark: Remark) -> str:
    """Return a remark with its noun."""
    return f"{remark.noun}: {remark}" if remark.noun else str(remark)


def count_table(report: Report) -> Table:
    """Return the table of counts."""
    table = Table(title="Records", title_justify="left", box=SIMPLE, padding=0, pad_edge=False)
    table.add_column("Noun", no_wrap=True)
    for title in COUNTS:
        table.add_column(title, justify="right", min_width=max(map(len, title.split())))
    for tally in report.tallies.values():
        table.add_row(*cells(tally))
    table.add_section()
    table.add_row(*cells(report.total), style="bold")
    return table


COUNTS: dict[str, Callable[[Tally], int]] = {
    "Read": lambda tally: tally.read,
    "Created": lambda tally: tally.created,
    "Updated": lambda tally: tally.updated,
    "Unchanged": lambda tally: tally.unchanged,
    "Left out": lambda tally: tally.left_out.total(),
    "Refused": lambda tally: tally.refused,
    "Edits kept": lambda tally: tally.edits_kept,
    "Held back": lambda tally: tally.held_back.total(),
}


def cells(tally: Tally) -> list[str]:
    """Return the cells of a row; nothing for zero."""
    return [tally.noun, *(str(count(tally) or "") for count in COUNTS.values())]
