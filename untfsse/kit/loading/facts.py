"""Facts: what rows of every noun say in the same way - sources, confidence, dates."""

from dataclasses import replace
from typing import Any

from untfsse.kit.loading.rows import FileRow, RowError
from untfsse.kit.records.dates import PartialDate
from untfsse.kit.records.evidence import Confidence
from untfsse.kit.records.publication import Status

GENERAL_KNOWLEDGE = "general knowledge, unverified"
"""How the files mark what no page was seen for: no source, but worth knowing for the staff."""
SOURCES = ("sources",)
"""Where a row names its sources; a noun with more such fields says so."""


def sources(row: FileRow, fields: tuple[str, ...] = SOURCES) -> list[dict[str, Any]]:
    """Return sources as {title, url}; of two with one address the longer title stays."""
    found: dict[str, dict[str, Any]] = {}
    for source in named_sources(row, fields):
        title, url = source.text("title"), source.text("url") or None
        if title == GENERAL_KNOWLEDGE:
            continue
        known = found.setdefault(url or title, {"title": title, "url": url})
        known["title"] = max(known["title"], title, key=len)
    return list(found.values())


def named_sources(row: FileRow, fields: tuple[str, ...]) -> list[FileRow]:
    """Return the rows that name sources, general knowledge among them."""
    return [source for field in fields for source in row.rows(field)]


def evidence(
    row: FileRow, owner: FileRow | None = None, *, fields: tuple[str, ...] = SOURCES
) -> dict[str, Any]:
    """Return the values of an Evidenced; where it names no source, those of its owner hold."""
    base = owner if owner is not None and not named_sources(row, fields) else row
    is_recalled = any(one.text("title") == GENERAL_KNOWLEDGE for one in named_sources(base, fields))
    return {
        "sources": sources(base, fields),
        "confidence": row.text("confidence"),
        "internal_note": notes(
            row.text("internal_note"), f"Sources: {GENERAL_KNOWLEDGE}." if is_recalled else ""
        ),
    }


def record(row: FileRow, fields: tuple[str, ...] = SOURCES) -> dict[str, Any]:
    """Return the values of a Record that is published unless its confidence is low."""
    values = evidence(row, fields=fields)
    return values | {"status": status(values["confidence"]), "note": row.text("note")}


def status(confidence: str) -> Status:
    """Return the status that a confidence allows."""
    is_sure = confidence in (Confidence.HIGH, Confidence.MEDIUM)
    return Status.PUBLISHED if is_sure else Status.DRAFT


def dated(row: FileRow, field: str, precision: str) -> PartialDate | None:
    """Return a date of which another field tells the precision; they must agree."""
    date, word = row.date(field), row.text(precision)
    if date is not None and date.precision != word:
        raise RowError(precision, f"{field} is {date}, which is known by the {date.precision}.")
    return date


def bounded(row: FileRow, field: str, precision: str) -> PartialDate | None:
    """Return a date that is `exact`, or meant as `by` that day, or `unknown`."""
    date, word = row.date(field), row.text(precision)
    if word == "unknown" or date is None:
        if date is not None or word not in ("unknown", ""):
            raise RowError(precision, "A date is given and unknown at once, or neither.")
        return None
    if word not in ("exact", "by"):
        raise RowError(precision, f"“{word}” is not one of: exact, by, unknown.")
    return replace(date, is_by=word == "by")


def notes(*sentences: str) -> str:
    """Return one note of several, leaving out empty ones."""
    return " ".join(sentence for sentence in sentences if sentence)
