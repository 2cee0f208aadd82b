"""Documents and news."""

from typing import Any

from taskforce.models import Document, Rendition, Update
from taskforce.seed.instruments import INSTRUMENTS
from taskforce.seed.meetings import MEETINGS
from taskforce.seed.organizations import ORGANIZATIONS
from untfsse.kit.loading import FileRow, Load, RecordFile, SeedModel
from untfsse.kit.loading.facts import dated, record
from untfsse.kit.loading.plain import load_plain

DOCUMENTS = SeedModel("documents", Document, {"slug": "id"})
RENDITIONS = SeedModel("renditions", Rendition)
UPDATES = SeedModel(
    "updates",
    Update,
    {
        "slug": "id",
        "kind": "category",
        "happened_on": "date",
        "text": "summary",
        "meetings": "related_meeting",
        "organizations": "related_organizations",
        "instruments": "related_instruments",
    },
)


def load_documents(load: Load, file: RecordFile) -> None:
    """Load documents, each a link in one language; meetings and instruments come before."""
    load_plain(load, Document, file)
    load.each(RENDITIONS, file.rows("documents"), _load_rendition)


def load_updates(load: Load, news: RecordFile, instruments: RecordFile) -> None:
    """Load the news; whatever it links to comes before."""
    symbols = {row.text("symbol"): row.text("id") for row in instruments.rows("instruments")}
    load.each(UPDATES, news.rows("news"), lambda load, row: _load_update(load, row, symbols))


def _load_rendition(load: Load, row: FileRow) -> None:
    if not row.text("url"):
        return
    language = row.key("language")
    values = {
        "document": load.get(DOCUMENTS, row.key("id")),
        "language": language,
        "url": row.text("url"),
    }
    load.put(RENDITIONS, row, f"{row.key('id')}/{language}", values)


def _load_update(load: Load, row: FileRow, symbols: dict[str, str]) -> None:
    symbol = row.text("document_symbol")
    instruments = row.texts("related_instruments")
    if symbol and symbols.get(symbol, symbol) not in instruments:
        instruments = [*instruments, symbols.get(symbol, symbol)]
    meeting = row.text("related_meeting")
    values = record(row) | {
        "slug": row.key("id"),
        "title": row.text("title"),
        "kind": row.text("category"),
        "happened_on": dated(row, "date", "date_precision"),
        "text": row.text("summary"),
    }
    links: dict[str, Any] = {
        "meetings": [load.get(MEETINGS, meeting)] if meeting else [],
        "organizations": [
            load.get(ORGANIZATIONS, slug) for slug in row.texts("related_organizations")
        ],
        "instruments": [load.get(INSTRUMENTS, slug) for slug in instruments],
    }
    load.put(UPDATES, row, row.key("id"), values, links=links)
