"""The shelf: the folder or bucket of backups, how they are named, and which of them are kept."""

import datetime as dt
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.utils import timezone

from untfsse.backup.faults import BackupError

BEGIN = "untfsse-"
SEALED = ".age"
NAME = re.compile(r"untfsse-(\d{8}T\d{6}Z)\.tar(\.age)?")
MOMENT = "%Y%m%dT%H%M%SZ"
DAYS, WEEKS, MONTHS = 7, 4, 12
BUCKET = "backups"
"""The name of the bucket's storage in the settings."""
CUT_OFF = dt.timedelta(days=1)
"""Nothing is put or fetched for so long."""


@dataclass(frozen=True)
class Backup:
    """An archive as it lies there: whole, since it has its name only from then on.

    The path of one in a bucket begins with the bucket's name.
    """

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
            found = [path for path in self.folder.iterdir() if NAME.fullmatch(path.name)]
            return read_backups((path, path.stat().st_size) for path in found)
        except OSError:
            return []

    @property
    def root(self) -> Path:
        """What the paths of the archives begin with."""
        return self.folder

    def place_for(self, moment: dt.datetime, *, is_sealed: bool) -> Path:
        """Return the path of the archive of a moment."""
        name = f"{BEGIN}{moment.astimezone(dt.UTC).strftime(MOMENT)}.tar"
        return self.root / (name + SEALED * is_sealed)

    def place_aside(self, place: Path) -> Path:
        """Return where an archive is written until it is whole."""
        return self.folder / f".{place.name}.partial"

    def clear_aside(self) -> None:
        """Remove what was cut off while it was written."""
        for path in self.folder.glob(f".{BEGIN}*.partial"):
            path.unlink()

    def put(self, aside: Path, place: Path) -> None:
        """Give an archive that is whole its name."""
        aside.rename(place)
        folder = os.open(self.folder, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    def remove(self, backup: Backup) -> None:
        """Remove an archive."""
        backup.path.unlink()

    @contextmanager
    def reading(self, archive: Path) -> Iterator[Path]:
        """Give the path at which an archive can be read."""
        yield archive

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
            self.remove(backup)
        return gone


@dataclass(frozen=True)
class BucketShelf(Shelf):
    """A bucket of backups, each made in the folder first: it comes there whole or not at all."""

    storage: Any

    def backups(self) -> list[Backup]:
        """Return the archives, the latest first; raise OSError for a bucket that is away."""
        found = self.storage.sizes(BEGIN).items()
        return read_backups(
            (self.root / name, size) for name, size in found if NAME.fullmatch(name)
        )

    @property
    def root(self) -> Path:
        """What the paths of the archives begin with."""
        return Path(self.storage.bucket_name)

    def clear_aside(self) -> None:
        """Remove what was cut off while it was written, put or fetched."""
        super().clear_aside()
        before = timezone.now() - CUT_OFF
        for path in self.folder.glob(".fetched-*"):
            if path.stat().st_mtime < before.timestamp():
                path.unlink()
        self.storage.forget_cut_off(BEGIN, before)

    def put(self, aside: Path, place: Path) -> None:
        """Put an archive that is whole into the bucket."""
        with aside.open("rb") as file:
            self.storage.save(place.name, File(file))

    def remove(self, backup: Backup) -> None:
        """Remove an archive."""
        self.storage.delete(backup.path.name)

    @contextmanager
    def reading(self, archive: Path) -> Iterator[Path]:
        """Give the path at which an archive can be read: of a mere name, that of a copy.

        Raises BackupError where the bucket has none, and OSError.
        """
        if archive.exists() or not NAME.fullmatch(str(archive)):
            yield archive
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix=".fetched-") as file:
            self.fetch(archive.name, file)
            yield Path(file.name)

    def fetch(self, name: str, file: IO[bytes]) -> None:
        """Write an archive into a file; raise BackupError where there is none."""
        if name not in self.storage.sizes(name):
            raise BackupError(f"There is no {name} in the bucket {self.root}.")
        self.storage.fetch(name, file)
        file.flush()


def own_shelf() -> Shelf:
    """Return where backups are kept, by the settings."""
    if BUCKET in settings.STORAGES:
        return BucketShelf(settings.BACKUP_ROOT, storages[BUCKET])
    return Shelf(settings.BACKUP_ROOT)


def read_backups(found: Iterable[tuple[Path, int]]) -> list[Backup]:
    """Return what paths and sizes say of archives, the latest first."""
    backups = []
    for path, size in found:
        match: Any = NAME.fullmatch(path.name)
        backups.append(Backup(path, read_moment(match[1]), size, bool(match[2])))
    return sorted(backups, key=lambda backup: backup.made_at, reverse=True)


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
