"""Seeding: load records from YAML files again and again without ever undoing a person's work."""

from untfsse.kit.seeding.ledger import LoadedRow
from untfsse.kit.seeding.loads import Load, Watcher
from untfsse.kit.seeding.nouns import Noun, is_unsure
from untfsse.kit.seeding.reports import Remark, Report, Tally
from untfsse.kit.seeding.rows import BrokenFileError, RecordFile, Row, RowError, read_file
from untfsse.kit.seeding.stock import check_at_once

__all__ = [
    "BrokenFileError",
    "Load",
    "LoadedRow",
    "Noun",
    "RecordFile",
    "Remark",
    "Report",
    "Row",
    "RowError",
    "Tally",
    "Watcher",
    "check_at_once",
    "is_unsure",
    "read_file",
]
