"""Exchange: every noun as a table, out and in again without a change."""

from untfsse.kit.exchange.resources import TableResource, anything
from untfsse.kit.exchange.tables import Table, read_table, write_csv, write_xlsx
from untfsse.kit.exchange.takeover import ImportResult, take_over
