"""Exchange: every noun as a table, out and in again without a change."""

from untfsse.kit.exchange.columns import Column, columns_of
from untfsse.kit.exchange.keys import KeyBook, known_by
from untfsse.kit.exchange.resources import TableResource, anything
from untfsse.kit.exchange.tables import Table, read_table, write_csv, write_xlsx
from untfsse.kit.exchange.takeover import ImportResult, RowReport, take_over

__all__ = [
    "Column",
    "ImportResult",
    "KeyBook",
    "RowReport",
    "Table",
    "TableResource",
    "anything",
    "columns_of",
    "known_by",
    "read_table",
    "take_over",
    "write_csv",
    "write_xlsx",
]
