"""Media: the uploaded files, as a backup reads them and a restore brings them back."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from untfsse.backup.archive import CHUNK_BYTES, FILES, Writer
from untfsse.backup.faults import BackupError
from untfsse.kit.records.files import files_below, media_folder

MARK = ".restoring"
"""Lies among the files while they are brought back: with it they are half a restore."""
LOCK = 0x72657374
RUNNING = "Another restore is running."


class Folder:
    """A folder, with whatever names lie in it."""

    def __init__(self, root: Path) -> None:
        self.root = self.place = root

    def holds(self, folder: Path) -> bool:
        """Whether another folder lies in this one."""
        return folder.resolve().is_relative_to(self.root.resolve())

    def give(self, writer: Writer) -> int:
        """Add every file to an archive, and return how many."""
        return writer.add_files(self.root)

    @contextmanager
    def bringing(self) -> Iterator[None]:
        """Hold the folder, empty but for a mark; empty it again unless all went well.

        What a restore left that was cut off is removed.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        mark = self.root / MARK
        if not mark.exists() and any(self.root.iterdir()):
            raise BackupError(f"The folder {self.root} is not empty. Move away what is in it.")
        with mark.open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BackupError(RUNNING) from None
            try:
                self.empty()
                yield
                os.sync()
            except BaseException:
                self.empty()
                raise
            finally:
                mark.unlink(missing_ok=True)

    def empty(self) -> None:
        """Remove all but the mark."""
        for path in self.root.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name != MARK:
                path.unlink()

    def bring(self, name: str, source: IO[bytes], mtime: float) -> None:
        """Write a file to its place."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            shutil.copyfileobj(source, file, CHUNK_BYTES)
        os.utime(path, (mtime, mtime))


class Bucket:
    """A store of files that is reached by Django's words for one."""

    def __init__(self, storage: Any) -> None:
        self.storage = storage
        self.place = f"the bucket {getattr(storage, 'bucket_name', '')}".strip()

    def holds(self, _folder: Path) -> bool:
        """No folder lies in a bucket."""
        return False

    def give(self, writer: Writer) -> int:
        """Add every file to an archive, and return how many.

        One that goes meanwhile is left out.
        """
        count = 0
        for name in files_below(""):
            try:
                changed_at = self.storage.get_modified_time(name)
                file = self.storage.open(name)
            except FileNotFoundError:
                continue
            with file:
                writer.add(FILES + name, file, file.size, changed_at.timestamp())
            count += 1
        return count

    @contextmanager
    def bringing(self) -> Iterator[None]:
        """Hold the bucket, empty but for a mark; empty it again unless all went well."""
        if not self.storage.exists(MARK) and next(files_below(""), None):
            raise BackupError(f"There are files in {self.place}. Move them away.")
        with self.alone():
            self.storage.save(MARK, ContentFile(b"-"))
            try:
                self.empty()
                yield
            except BaseException:
                self.empty()
                raise
            finally:
                self.storage.delete(MARK)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let one restore run at a time, by a session of the database that is to be filled."""
        with closing(connection.copy()) as beside, beside.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                raise BackupError(RUNNING)
            yield

    def empty(self) -> None:
        """Remove all but the mark."""
        for name in files_below(""):
            if name != MARK:
                self.storage.delete(name)

    def bring(self, name: str, source: IO[bytes], _mtime: float) -> None:
        """Store a file; the bucket notes a moment of its own."""
        with tempfile.TemporaryFile() as whole:
            shutil.copyfileobj(source, whole, CHUNK_BYTES)
            self.storage.save(name, File(whole))


type Media = Folder | Bucket


def kept_files() -> Media:
    """Return where the uploaded files are, by the settings."""
    folder = media_folder()
    return Bucket(default_storage) if folder is None else Folder(folder)
