"""Names of organizations and titles of instruments in languages."""

from typing import Any

from taskforce.models import InstrumentTitle, OrganizationName
from taskforce.seed.instruments import INSTRUMENTS
from taskforce.seed.organizations import ORGANIZATIONS
from untfsse.kit.loading import FileRow, Load, RecordFile, SeedModel

ORGANIZATION_NAMES = SeedModel("names in languages", OrganizationName, {"organization": "id"})
INSTRUMENT_TITLES = SeedModel("titles in languages", InstrumentTitle, {"instrument": "id"})


def load_names(load: Load, file: RecordFile) -> None:
    """Load what organizations and instruments are called; both come before."""
    load.each(ORGANIZATION_NAMES, file.rows("organizations"), _load_organization_name)
    load.each(INSTRUMENT_TITLES, file.rows("instruments"), _load_instrument_title)


def _load_organization_name(load: Load, row: FileRow) -> None:
    values = {"organization": load.get(ORGANIZATIONS, row.key("id")), **_name(row)}
    key = f"{row.key('id')}/{row.key('language')}/{row.key('name')}"
    load.put(ORGANIZATION_NAMES, row, key, values)


def _load_instrument_title(load: Load, row: FileRow) -> None:
    values = {"instrument": load.get(INSTRUMENTS, row.key("id")), **_name(row)}
    load.put(INSTRUMENT_TITLES, row, f"{row.key('id')}/{row.key('language')}", values)


def _name(row: FileRow) -> dict[str, Any]:
    return {
        "language": row.key("language"),
        "name": row.key("name"),
        "source": row.key("source"),
        "source_url": row.text("source_url"),
    }
