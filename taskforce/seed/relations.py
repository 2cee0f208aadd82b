"""Relations between instruments: stated at one end or at both, kept once."""

from dataclasses import dataclass

from taskforce.models import InstrumentRelation
from taskforce.seed.instrument_words import PASSIVE_RELATIONS, RELATIONS
from taskforce.seed.instruments import INSTRUMENTS
from untfsse.kit.loading import FileRow, Load, RecordFile, RowError, SeedModel
from untfsse.kit.loading.facts import evidence
from untfsse.kit.records.evidence import Confidence

NOUN = SeedModel(
    "instrument relations",
    InstrumentRelation,
    {"source": "target", "kind": "type"},
)


@dataclass(frozen=True)
class Statement:
    """One text does something to another, of which the id or a free label is known."""

    source: str
    kind: str
    target: str
    label: str

    @classmethod
    def read(cls, row: FileRow) -> "Statement":
        """Read a row; one in the passive voice states the relation of the other text."""
        word = row.key("type")
        kind = row.choice("type", RELATIONS)
        here, there, label = row.owner.key("id"), row.text("target"), row.text("target_label")
        if word not in PASSIVE_RELATIONS:
            return cls(here, kind, there, label)
        if not there:
            raise RowError("target", "The other text has no row, so it cannot state the relation.")
        return cls(there, kind, here, "")

    @property
    def key(self) -> str:
        """The key of the relation."""
        return f"{self.source}/{self.kind}/{self.target or self.label}"


def load_relations(load: Load, file: RecordFile) -> None:
    """Load relations; of two rows that state the same one, the surer wins."""
    rows = load.below(NOUN, file.rows("instruments"), "relations")
    surest: dict[str, FileRow] = {}
    unclear = []
    for row in rows:
        try:
            key = Statement.read(row).key
        except RowError:
            unclear.append(row)  # loading it says why
            continue
        surest[key] = min(surest.get(key, row), row, key=_doubt)
    kept = [*surest.values(), *unclear]
    load.each(NOUN, kept, _load_relation)
    if doubles := len(rows) - len(kept):
        reason = (
            f"{doubles} of {len(rows)} rows state a relation from its other end; it is kept once."
        )
        load.remark(NOUN.name, file.name, reason)
    for row in rows:
        row.set_aside()


def _load_relation(load: Load, row: FileRow) -> None:
    statement = Statement.read(row)
    values = evidence(row, row.owner) | {
        "source": load.get(INSTRUMENTS, statement.source),
        "kind": statement.kind,
        "target": load.get(INSTRUMENTS, statement.target),
        "target_label": statement.label,
    }
    load.put(NOUN, row, statement.key[:500], values)


def _doubt(row: FileRow) -> int:
    order = list(Confidence.values)
    confidence = row.text("confidence")
    return order.index(confidence) if confidence in order else len(order)
