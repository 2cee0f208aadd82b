"""Records: what a record is, who sees it, and the verbs that move it."""

# First of all its rooms, so that the columns of every noun stand in one order.
from untfsse.kit.records.record import Record

__all__ = ["Record"]
