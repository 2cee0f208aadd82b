"""Taking a table over: all of its rows or none, first only to see what would change."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from untfsse.kit.exchange.resources import CHUNK, NumberedRow, RowReport, TableResource
from untfsse.kit.exchange.tables import Table
from untfsse.kit.history.changes import acting
from untfsse.kit.records.refusals import refusal

ORIGIN = "import"
MOST_SHOWN = 100
MOST_SHOWN_OF_A_TEXT = 400


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

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept and shown; long texts are cut."""
        facts: dict[str, Any] = shortened(asdict(self))
        return {**facts, "writes": self.writes}

    def add(self, report: RowReport) -> None:
        """Count a row and keep its report while there are few."""
        if report.errors:
            self.refused += 1
            held = self.refusals
        elif report.is_new:
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


def shortened(value: Any) -> Any:
    """Return a value with its long texts cut, one sign longer than is shown of them."""
    if isinstance(value, dict):
        return {name: shortened(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [shortened(part) for part in value]
    return value[: MOST_SHOWN_OF_A_TEXT + 1] if isinstance(value, str) else value


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
            resource.fetch(rows, lock=expected is not None)
            for row in rows:
                report = resource.import_row(row)
                outcome.add(report)
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
