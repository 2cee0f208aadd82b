"""The shelf: the folder where backups lie, how they are named, and which of them are kept."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SEALED = ".age"
NAME = re.compile(r"untfsse-(\d{8}T\d{6}Z)\.tar(\.age)?")
MOMENT = "%Y%m%dT%H%M%SZ"
DAYS, WEEKS, MONTHS = 7, 4, 12


@dataclass(frozen=True)
class Backup:
    """An archive as it lies there: whole, since it has its name only from then on."""

    path: Path
    made_at: dt.datetime
    size_bytes: int
    is_sealed: bool


@dataclass(frozen=True)
class Failure:
    """When the last backup could not be made, and why."""

    at: dt.datetime
    why: str


@dataclass(frozen=True)
class Shelf:
    """A folder of backups."""

    folder: Path

    def backups(self) -> list[Backup]:
        """Return the archives, the latest first; none of a folder that is not there."""
        try:
            found = [(path, NAME.fullmatch(path.name)) for path in self.folder.iterdir()]
            backups = [
                Backup(path, read_moment(match[1]), path.stat().st_size, bool(match[2]))
                for path, match in found
                if match
            ]
        except OSError:
            return []
        return sorted(backups, key=lambda backup: backup.made_at, reverse=True)

    def place_for(self, moment: dt.datetime, *, is_sealed: bool) -> Path:
        """Return the path of the archive of a moment."""
        name = f"untfsse-{moment.astimezone(dt.UTC).strftime(MOMENT)}.tar"
        return self.folder / (name + SEALED * is_sealed)

    def place_aside(self, place: Path) -> Path:
        """Return where an archive is written until it is whole."""
        return self.folder / f".{place.name}.partial"

    def clear_aside(self) -> None:
        """Remove what was cut off while it was written."""
        for path in self.folder.glob(".untfsse-*.partial"):
            path.unlink()

    def note_failure(self, failure: Failure) -> None:
        """Write down that a backup could not be made, if there is room for that at least."""
        with suppress(OSError):
            self.note.write_text(json.dumps([failure.at.isoformat(), failure.why]))

    def failure(self) -> Failure | None:
        """Return what was written down of a backup that was tried after the last that is whole."""
        try:
            at, why = json.loads(self.note.read_text())
            return Failure(dt.datetime.fromisoformat(at), why)
        except (OSError, ValueError):
            return None

    @property
    def note(self) -> Path:
        """Where a failure is written down."""
        return self.folder / ".failure"

    def clear_out(self) -> list[Backup]:
        """Remove what the rule does not keep, and return it."""
        backups = self.backups()
        kept = to_keep(backup.made_at for backup in backups)
        gone = [backup for backup in backups if backup.made_at not in kept]
        for backup in gone:
            backup.path.unlink()
        return gone


def read_moment(text: str) -> dt.datetime:
    """Return the moment that a name says, in UTC."""
    return dt.datetime.strptime(text, MOMENT).replace(tzinfo=dt.UTC)


def to_keep(moments: Iterable[dt.datetime]) -> set[dt.datetime]:
    """Return which backups are kept: the last of 7 days, 4 weeks and 12 months that have one.

    And all of the latest day: whoever makes one before a change makes another one after it. The
    clock is not asked, so that nothing grows too old while no backup is made. Days are of UTC,
    weeks begin on Monday.
    """
    ordered = sorted(set(moments), reverse=True)
    kept = {moment for moment in ordered if moment.date() == ordered[0].date()}
    periods: list[tuple[int, Callable[[dt.datetime], Any]]] = [
        (DAYS, lambda moment: moment.date()),
        (WEEKS, lambda moment: moment.isocalendar()[:2]),
        (MONTHS, lambda moment: (moment.year, moment.month)),
    ]
    for count, period in periods:
        last: dict[Any, dt.datetime] = {}
        for moment in ordered:
            last.setdefault(period(moment), moment)
        kept |= set(list(last.values())[:count])
    return kept
