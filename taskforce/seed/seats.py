"""Seats: who is a member or an observer, from when on."""

from dataclasses import replace

from taskforce.models import Seat
from taskforce.seed.meetings import DECISIONS
from taskforce.seed.organizations import ORGANIZATIONS, SOURCES
from untfsse.kit.loading import FileRow, Load, RecordFile, SeedModel
from untfsse.kit.loading.facts import evidence, notes
from untfsse.kit.records.dates import PartialDate, Precision

SEATS = SeedModel(
    "seats",
    Seat,
    {"category": "kind", "basis": "joined_basis", "from_on": "first_documented"},
    known_by=("organization", "category"),  # from when on is what may be known better
)
NOT_HELD_FOR_SURE = "Nothing recent was found: whether the seat is still held is not known."


def load_seats(load: Load, file: RecordFile) -> None:
    """Load one seat for each organization; decisions come before."""
    load.each(SEATS, file.rows("organizations"), _load_seat)


def _load_seat(load: Load, row: FileRow) -> None:
    special = row.row("seat")
    joined = row.date("joined_date")
    year = row.whole("joined_year")
    first = row.date("first_documented")
    begin = _begin(special, joined, year, first)
    left = row.whole("left_year")
    is_unclear = row.text("status") == "unclear"
    is_wide = begin is not None and begin.precision == Precision.YEAR
    basis = row.text("joined_basis")
    facts = evidence(row, fields=SOURCES)
    values = facts | {
        "organization": load.get(ORGANIZATIONS, row.key("id")),
        "category": row.text("kind"),
        "from_on": begin,
        "until_on": PartialDate(left) if left else None,
        "last_documented_on": row.date("last_documented"),
        "admitted_by": load.get(DECISIONS, row.text("admitted_by")),
        "basis": special.text("basis") or basis,
        "internal_note": notes(facts["internal_note"], special.text("internal_note")),
        "note": notes(
            special.text("note"),
            f"First documented: {first.text}." if first and is_wide else "",
            NOT_HELD_FOR_SURE if is_unclear else "",
        ),
    }
    load.put(SEATS, row, row.key("id"), values)


def _begin(
    special: FileRow, joined: PartialDate | None, year: int | None, first: PartialDate | None
) -> PartialDate | None:
    """Return the day it joined, else the year, else "by" the day it was first documented."""
    if special.get("from"):
        return special.date("from")
    if joined:
        return joined
    if year:
        return PartialDate(year)
    return replace(first, is_by=True) if first else None
