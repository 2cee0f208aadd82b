"""Taking a table over: all of its rows or none, first only to see what would change."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from untfsse.kit.exchange.resources import CHUNK, NumberedRow, TableResource
from untfsse.kit.exchange.tables import Table
from untfsse.kit.history.changes import acting
from untfsse.kit.records.refusals import refusal

ORIGIN = "import"
MOST_SHOWN = 100


@dataclass(slots=True)
class RowReport:
    """What a row would do; `number` is its line in the file, where 1 is the header."""

    number: int
    key: str
    is_new: bool
    differences: list[tuple[str, str, str]] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class ImportResult:
    """What a table would do, or did when `is_kept`; only the first reports are held."""

    total: int
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    reports: list[RowReport] = field(default_factory=list)
    refusals: list[RowReport] = field(default_factory=list)
    problem: str = ""
    fingerprint: str = ""
    is_kept: bool = False

    @property
    def writes(self) -> int:
        """How many records would be written."""
        return self.new + self.changed

    def note(self, report: RowReport, kind: str) -> None:
        """Count a row and keep its report while there are few."""
        if report.errors:
            self.refused += 1
            held = self.refusals
        elif kind == "new":
            self.new += 1
            held = self.reports
        elif report.differences:
            self.changed += 1
            held = self.reports
        else:
            self.unchanged += 1
            return
        if len(held) < MOST_SHOWN:
            held.append(report)


def take_over(
    resource: TableResource, table: Table, *, expected: str | None = None
) -> Iterator[int | ImportResult]:
    """Go through the rows in one transaction; yields how many are done, at last the outcome.

    Without `expected` everything is taken back: a preview. With it, the fingerprint of a
    preview, all is kept if no row is refused and the changes are those that were seen.
    """
    outcome = ImportResult(total=len(table.rows))
    digest = hashlib.sha256()
    actor_id = None if resource.by is None else resource.by.pk
    with transaction.atomic(), acting(actor_id=actor_id, origin=ORIGIN):
        for start in range(0, len(table.rows), CHUNK):
            part = table.rows[start : start + CHUNK]
            rows = [
                NumberedRow(number, table.header, cells)
                for number, cells in enumerate(part, start=start + 2)
            ]
            resource.load(rows, lock=expected is not None)
            for row in rows:
                kind, report = take_row(resource, row)
                outcome.note(report, kind)
                digest.update(repr((row.number, report.is_new, report.differences)).encode())
            yield start + len(part)
        outcome.fingerprint = digest.hexdigest()
        outcome.problem = last_word(outcome, expected)
        outcome.is_kept = expected is not None and not outcome.problem and not outcome.refused
        if not outcome.is_kept:
            transaction.set_rollback(True)
    yield outcome


def last_word(outcome: ImportResult, expected: str | None) -> str:
    """Return why a table as a whole is not taken over; "" if nothing stands against it."""
    if outcome.refused:
        return ""
    if expected not in (None, outcome.fingerprint):
        return _(
            "Somebody changed these records since you looked: nothing was written. "
            "Look at the differences anew."
        )
    try:
        with transaction.atomic():
            connection.check_constraints()
    except IntegrityError as error:
        return refusal(error)
    return ""


def take_row(resource: TableResource, row: NumberedRow) -> tuple[str, RowReport]:
    """Take one row over; returns whether it is "new", and its report."""
    result = resource.import_row(row, None, row_number=row.number)
    report = RowReport(row.number, resource.key_of(row), result.import_type == "new")
    if row.is_too_long:
        report.errors.append(("", _("The row has more cells than there are columns.")))
    if result.validation_error is not None:
        report.errors += sentences(result.validation_error)
    for error in result.errors:
        report.errors.append(("", str(error.error)))
    if not report.errors and result.import_type != "skip":
        report.differences = list(resource.differences)
    return result.import_type, report


def sentences(error: ValidationError) -> list[tuple[str, str]]:
    """Return each sentence with its column; "" for the row as a whole."""
    if not hasattr(error, "error_dict"):
        return [("", sentence) for sentence in error.messages]
    return [
        ("" if name == "__all__" else name, sentence)
        for name, found in error.message_dict.items()
        for sentence in found
    ]
