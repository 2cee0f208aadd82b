"""Governments, alliances and bodies that hold no seat, and of whom the bodies are made up."""

from taskforce.models import Constituent
from taskforce.seed.organizations import ORGANIZATIONS, organization_values
from untfsse.kit.loading import FileRow, Load, RecordFile, SeedModel
from untfsse.kit.loading.facts import evidence, record

CONSTITUENTS = SeedModel(
    "parts of bodies",
    Constituent,
    {"from_on": "from", "last_documented_on": "last_documented"},
)


def load_actors(load: Load, file: RecordFile) -> None:
    """Load those who take part without a seat; organizations come before."""
    load.each(ORGANIZATIONS, file.rows("organizations"), _load_actor)
    load.each(CONSTITUENTS, file.rows("constituents"), _load_constituent)


def slugs_by_name(file: RecordFile) -> dict[str, str]:
    """Return the actors by each name under which other files know them."""
    return {
        name: row.text("id")
        for row in file.rows("organizations")
        for name in (row.text("name"), *row.texts("other_names"))
    }


def _load_actor(load: Load, row: FileRow) -> None:
    values = record(row) | {
        **organization_values(row),
        "parent": load.get(ORGANIZATIONS, row.text("parent")),
        "description": row.text("description"),
    }
    load.put(ORGANIZATIONS, row, row.key("id"), values)


def _load_constituent(load: Load, row: FileRow) -> None:
    body, label = row.key("body"), row.key("label")
    values = evidence(row) | {
        "body": load.get(ORGANIZATIONS, body),
        "label": label,
        "number": row.whole("number"),
        "wording": row.text("wording"),
        "from_on": row.date("from"),
        "last_documented_on": row.date("last_documented"),
    }
    load.put(CONSTITUENTS, row, f"{body}/{label}", values)
