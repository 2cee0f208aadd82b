"""Seeding the portal: all files of all apps in one transaction, and the tables that tell it."""

from django.db import connection, transaction
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from actionplan import seed as actionplan_seed
from encyclopedia import seed as encyclopedia_seed
from taskforce import seed as taskforce_seed
from untfsse.kit.history import acting
from untfsse.kit.seeding import Load, LoadedRow, Remark, Report, Tally
from untfsse.kit.seeding.loads import Watcher, check_constraints


def seed(*, is_dry_run: bool = False, watch: Watcher | None = None) -> Report:
    """Load the records and return what was done; with `is_dry_run` nothing stays.

    Raises BrokenFileError, and IntegrityError when rows that are right one by one cannot stand
    together: then nothing stays either.
    """
    files = taskforce_seed.read_files()
    encyclopedia, plans = encyclopedia_seed.read(), actionplan_seed.read()
    with transaction.atomic(), acting(actor_id=None, origin="seed"):
        wait_for_other_loads()
        load = Load(watch)
        taskforce_seed.load_records(load, files)
        encyclopedia_seed.load_records(load, encyclopedia)
        actionplan_seed.load_records(load, plans)
        load.finish([*files.all, encyclopedia, plans])
        check_constraints()
        transaction.set_rollback(is_dry_run)
    return load.report


def wait_for_other_loads() -> None:
    """Let two loads at once follow one another."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {LoadedRow._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


# --- Telling it ----------------------------------------------------------------------------


class Bar:
    """A progress bar on a terminal, a line for each noun elsewhere."""

    def __init__(self, console: Console) -> None:
        """Take where to show it."""
        self.console = console
        columns = (TextColumn("{task.description:<32}"), BarColumn(), MofNCompleteColumn())
        self.progress = Progress(*columns, console=console, transient=True)
        self.task = self.progress.add_task("", total=None, start=True)

    def watch(self, noun: str, done: int, total: int) -> None:
        """Be told that some rows of a noun are done."""
        if self.console.is_terminal:
            self.progress.update(self.task, description=noun, completed=done, total=total)
        elif done == total:
            self.console.print(f"Loading {noun}: {total} rows")


def tell(report: Report, console: Console) -> None:
    """Print the table of all nouns and a line for all that deserves one."""
    console.print(count_table(report))
    sections = {
        "Refused": report.refused,
        "Edits kept": report.edits_kept,
        "Left out": report.left_out,
        "Remarks": report.remarks,
    }
    for title, remarks in sections.items():
        if remarks:
            console.print(f"\n{title}", style="bold", highlight=False)
        for remark in remarks:
            console.print(f"  {describe(remark)}", highlight=False, markup=False, soft_wrap=True)


def describe(remark: Remark) -> str:
    """Return a remark with its noun."""
    return f"{remark.noun}: {remark}"


def count_table(report: Report) -> Table:
    """Return the table of counts."""
    table = Table(title="Records", title_justify="left")
    table.add_column("Noun")
    for title in ("Read", "Created", "Updated", "Unchanged", "Left out", "Refused", "Edits kept"):
        table.add_column(title, justify="right")
    table.add_column("Held back")
    for tally in report.tallies.values():
        table.add_row(*cells(tally))
    table.add_section()
    table.add_row(*cells(report.total), style="bold")
    return table


def cells(tally: Tally) -> list[str]:
    """Return the cells of a row; nothing for zero."""
    counts = (
        tally.read,
        tally.created,
        tally.updated,
        tally.unchanged,
        tally.left_out.total(),
        tally.refused,
        tally.edits_kept,
    )
    held_back = ", ".join(f"{count} {reason}" for reason, count in tally.held_back.items())
    return [tally.noun, *(str(count or "") for count in counts), held_back]
