"""People who hold an office, the offices, and their terms."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.text import slugify

from taskforce.models import Office, Person, Term
from taskforce.seed.meetings import DECISIONS
from taskforce.seed.organizations import ORGANIZATIONS
from untfsse.kit.loading import FileRow, Load, RecordFile, SeedModel
from untfsse.kit.loading.facts import bounded, evidence, notes, sources, status
from untfsse.kit.records.dates import PartialDate

PEOPLE = SeedModel("people", Person, {"slug": "person", "name": "person"})
OFFICES = SeedModel("offices", Office, {"slug": "id"})
TERMS = SeedModel(
    "terms of office",
    Term,
    {
        "office": "role",
        "position_held": "position_at_organization",
        "from_on": "start_date",
        "until_on": "end_date",
        "last_documented_on": "last_documented",
    },
)
NO_LONGER = "It was over when these records were compiled; when it ended is not known."


def load_offices(load: Load, file: RecordFile) -> None:
    """Load the offices and who held them; decisions come before."""
    rows = file.rows("offices")
    compiled = PartialDate.parse(file.row("meta").key("compiled"))
    load.each(OFFICES, file.rows("roles"), _load_office)
    load.each(PEOPLE, rows, _load_holder)
    load.each(TERMS, rows, lambda load, row: _load_term(load, row, compiled))


def load_person(
    load: Load, row: FileRow, name: str, facts: Mapping[str, Any], organization: str = ""
) -> None:
    """Load a person once: the first to come should be the surest.

    `facts` are the sources and the confidence.
    """
    key = slugify(name)
    if load.has(PEOPLE, key):
        return
    values = {
        "slug": key,
        "name": name,
        "organization": load.get(ORGANIZATIONS, organization),
        "status": status(facts["confidence"]),
    }
    load.put(PEOPLE, row, key, {**values, **facts})


def _load_office(load: Load, row: FileRow) -> None:
    values = {
        "slug": row.key("id").replace("_", "-"),
        "title": row.text("title"),
        "position": row.position,
    }
    load.put(OFFICES, row, row.key("id"), values)


def _load_holder(load: Load, row: FileRow) -> None:
    if row.text("person"):
        facts = {"sources": sources(row), "confidence": row.text("confidence")}
        load_person(load, row, row.text("person"), facts, row.text("organization"))


def _load_term(load: Load, row: FileRow, compiled: PartialDate) -> None:
    begin = bounded(row, "start_date", "start_precision")
    end = bounded(row, "end_date", "end_precision")
    is_current = row.flag("current")
    is_over = is_current is False and end is None
    first = row.date("first_documented")
    is_named_later = first and begin and str(first) != begin.iso
    values = evidence(row) | {
        "office": load.get(OFFICES, row.key("role")),
        "person": load.get(PEOPLE, slugify(row.text("person"))),
        "organization": load.get(ORGANIZATIONS, row.key("organization")),
        "position_held": row.text("position_at_organization"),
        "from_on": begin,
        # Not current any more, and no source dates the end: it had ended when the file was made.
        "until_on": replace(compiled, is_by=True) if is_over else end,
        "last_documented_on": row.date("last_documented"),
        "welcomed_by": load.get(DECISIONS, row.text("welcomed_by")),
        "note": notes(
            row.text("note"),
            f"First named: {first.text}." if first and is_named_later else "",
            NO_LONGER if is_over else "",
        ),
    }
    load.put(TERMS, row, row.key("id"), values)
