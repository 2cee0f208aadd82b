"""Reports: what a load did, counted by noun and told line by line."""

from collections import Counter
from dataclasses import dataclass, field

from untfsse.kit.loading.rows import FileRow


@dataclass
class Tally:
    """The rows of one noun. Each row read is created, updated, unchanged, left out or refused.

    `edits_kept` and `held_back` count rows once more: those where a person's edit was kept, and
    those that are in the database but hidden, by reason.
    """

    noun: str
    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    edits_kept: int = 0
    held_back: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, order=True)
class Remark:
    """One thing that a person should know: where it is in the files, and what it is."""

    noun: str
    file: str
    line: int
    row: str
    field: str
    reason: str

    @classmethod
    def on(cls, noun: str, row: FileRow, field_name: str, reason: str) -> "Remark":
        """Return a remark on a field of a row, or on the row."""
        return cls(noun, row.file, row.line_of(field_name), row.name, field_name, reason)

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        name = f", {self.row}" if self.row else ""
        field_name = f", {self.field}" if self.field else ""
        return f"{place}{name}{field_name}: {self.reason}"


@dataclass
class Report:
    """What a load did."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    refused: list[Remark] = field(default_factory=list)
    edits_kept: list[Remark] = field(default_factory=list)
    left_out: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def tally(self, noun: str) -> Tally:
        """Return the counts of a noun, new ones at first."""
        return self.tallies.setdefault(noun, Tally(noun))

    @property
    def total(self) -> Tally:
        """All nouns together."""
        total = Tally("Total")
        for tally in self.tallies.values():
            for name in ("read", "created", "updated", "unchanged", "refused", "edits_kept"):
                setattr(total, name, getattr(total, name) + getattr(tally, name))
            total.left_out.update(tally.left_out)
            total.held_back.update(tally.held_back)
        return total
