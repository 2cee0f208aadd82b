"""Making a backup: written aside, put on the shelf once whole, and the old ones cleared out."""

import datetime as dt
import fcntl
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from untfsse.backup.archive import ABOUT, About, Writer, tell_about
from untfsse.backup.faults import BackupError, explain_os_error
from untfsse.backup.media import Media
from untfsse.backup.programs import find_program, read_version, server_version, start_program, why
from untfsse.backup.sealing import read_recipients, sealing
from untfsse.backup.shelf import Backup, Shelf


@dataclass(frozen=True)
class Made:
    """A backup, how many files it holds, and what was cleared out for it."""

    backup: Backup
    file_count: int
    gone: list[Backup]


def make_backup(shelf: Shelf, files: Media, recipients: list[str], *, at: dt.datetime) -> Made:
    """Write the database and the uploaded files into an archive on the shelf.

    Raises BackupError, and then leaves nothing that looks like a backup.
    """
    if files.holds(shelf.folder):
        raise BackupError("BACKUP_ROOT lies in MEDIA_ROOT: backups would hold each other.")
    keys = read_recipients(recipients)
    place = shelf.place_for(at, is_sealed=bool(keys))
    version = server_version()
    program = find_program("pg_dump", version)
    about = About(at.isoformat(), version, read_version(program))
    try:
        with alone(shelf):
            if any(backup.path == place for backup in shelf.backups()):
                raise BackupError(f"There is a backup of this second already: {place}")
            file_count = write(shelf, place, program, about, files, keys)
            gone = shelf.clear_out()
            shelf.note.unlink(missing_ok=True)
            made = next(backup for backup in shelf.backups() if backup.path == place)
    except OSError as error:
        raise BackupError(explain_os_error(error, shelf.folder)) from None
    return Made(made, file_count, gone)


@contextmanager
def alone(shelf: Shelf) -> Iterator[None]:
    """Let one backup be made at a time; the lock goes with its process."""
    shelf.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (shelf.folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError("Another backup is being made.") from None
        shelf.clear_aside()
        yield


def write(
    shelf: Shelf, place: Path, program: str, about: About, files: Media, keys: list[Any]
) -> int:
    """Write an archive aside, then give it its name; return how many files it holds."""
    aside = shelf.place_aside(place)
    try:
        with open(aside, "xb", opener=private) as file:
            with sealing(file, keys) as stream:
                writer = Writer(stream)
                writer.add_bytes(ABOUT, tell_about(about))
                dump(program, writer.add_database)
                # After the dump: a file is stored before the row that names it.
                count = files.give(writer)
                writer.finish()
            file.flush()
            os.fsync(file.fileno())
        shelf.put(aside, place)
    finally:
        aside.unlink(missing_ok=True)
    return count


def private(path: str, flags: int) -> int:
    """Open a file that only its owner may read."""
    return os.open(path, flags, 0o600)


def dump(program: str, take: Callable[[Any], None]) -> None:
    """Let a dump of the database be taken; raise BackupError unless it is whole."""
    with tempfile.TemporaryFile() as said:
        process = start_program(program, "--format=custom", stdout=subprocess.PIPE, stderr=said)
        with process:
            try:
                take(process.stdout)
            except BaseException:
                process.kill()
                raise
        if process.returncode != 0:
            raise BackupError(f"The database could not be read: {why(said)}")
