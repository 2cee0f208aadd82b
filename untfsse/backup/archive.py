"""The archive: a tar that is written and read as a stream, with a checksum of each of its parts.

`about.json`, then `database/…`, the dump in parts, then `files/…`, then `SHA256SUMS`, which is
last: an archive that was cut off has none. It opens without this code too (docs/backup.md).
"""

import hashlib
import io
import json
import os
import stat
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from untfsse.backup.faults import BackupError
from untfsse.backup.sealing import DAMAGED, unsealing

FORMAT = 1
ABOUT = "about.json"
DATABASE = "database/"
FILES = "files/"
SUMS = "SHA256SUMS"
NAMES = "surrogateescape"
"""Names of files may be any bytes."""
PART_BYTES = 4 * 2**20
CHUNK_BYTES = 2**18


@dataclass(frozen=True)
class About:
    """What an archive says of itself: the versions are majors of PostgreSQL."""

    made_at: str
    server: int
    program: int
    format: int = FORMAT


class Summed:
    """A stream that sums up what is read from it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read."""
        data = self.stream.read(size)
        self.sum.update(data)
        return data


# --- Written -------------------------------------------------------------------------------


class Writer:
    """An archive that is written, part by part."""

    def __init__(self, target: IO[bytes]) -> None:
        self.target = target
        self.sums: dict[str, str] = {}

    def add(self, name: str, source: IO[bytes], size: int, mtime: float = 0) -> None:
        """Add a part of a known size."""
        if "\n" in name:
            raise BackupError(f"A file has a name that no list can hold: {name!r}")
        part = tarfile.TarInfo(name)
        part.size, part.mtime, part.mode = size, mtime, 0o600
        self.target.write(part.tobuf(tarfile.PAX_FORMAT))
        summed, left = Summed(source), size
        while left and (data := summed.read(min(left, CHUNK_BYTES))):
            self.target.write(data)
            left -= len(data)
        if left:
            raise BackupError(f"A file became shorter while it was read: {name}")
        self.target.write(bytes(-size % tarfile.BLOCKSIZE))
        self.sums[name] = summed.sum.hexdigest()

    def add_bytes(self, name: str, content: bytes) -> None:
        """Add a small part."""
        self.add(name, io.BytesIO(content), len(content))

    def add_database(self, dump: IO[bytes]) -> None:
        """Add a dump as it comes: its size is known only when it has come."""
        number = 0
        while content := dump.read(PART_BYTES):
            number += 1
            self.add_bytes(f"{DATABASE}{number:06}", content)

    def add_files(self, root: Path) -> int:
        """Add every file below a folder, and return how many.

        A file that goes meanwhile is left out: rows that name one are no reason to remove it.
        """
        count = 0
        for folder, folders, names in os.walk(root):
            folders.sort()
            for path in (Path(folder, name) for name in sorted(names)):
                count += self.add_file(FILES + path.relative_to(root).as_posix(), path)
        return count

    def add_file(self, name: str, path: Path) -> bool:
        """Add a file; a link or a socket is none."""
        try:
            if not stat.S_ISREG(path.lstat().st_mode):
                return False
            file = path.open("rb")
        except FileNotFoundError:
            return False
        with file:
            state = os.fstat(file.fileno())
            self.add(name, file, state.st_size, state.st_mtime)
        return True

    def finish(self) -> None:
        """Add the checksums, after which the archive is whole."""
        lines = [f"{told}  {name}\n" for name, told in self.sums.items()]
        self.add_bytes(SUMS, "".join(lines).encode(errors=NAMES))
        self.target.write(bytes(2 * tarfile.BLOCKSIZE))


def tell_about(about: About) -> bytes:
    """Return what an archive says of itself."""
    return json.dumps(asdict(about), indent=2).encode()


# --- Read ----------------------------------------------------------------------------------

type Take = Callable[[tarfile.TarInfo, IO[bytes]], None]


def read_archive(path: Path, identities: list[Any], take: Take) -> None:
    """Let each part be taken, then hold all against the checksums; raise BackupError.

    What `take` leaves unread is read here, so that a whole archive is a checked one.
    """
    sums: dict[str, str] = {}
    told: dict[str, str] | None = None
    try:
        with unsealing(path, identities) as stream:
            for part, source in parts(stream):
                if told is not None:
                    raise BackupError(DAMAGED)
                if part.name == SUMS:
                    told = read_sums(source.read().decode(errors=NAMES))
                    continue
                summed: Any = Summed(source)
                take(part, summed)
                while summed.read(CHUNK_BYTES):
                    pass
                sums[part.name] = summed.sum.hexdigest()
    except (tarfile.TarError, ValueError, EOFError):
        raise BackupError(DAMAGED) from None
    if told is None or sums != told:
        raise BackupError(DAMAGED)


def parts(stream: IO[bytes]) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    """Give the parts of an archive; raise BackupError for one with an odd name."""
    with tarfile.open(mode="r|", fileobj=stream) as tar:
        for part in tar:
            source = tar.extractfile(part) if part.isreg() else None
            path = PurePosixPath(part.name)
            is_known = part.name in {ABOUT, SUMS} or part.name.startswith((DATABASE, FILES))
            if source is None or not is_known or path.is_absolute() or ".." in path.parts:
                raise BackupError(DAMAGED)
            yield part, source


def read_sums(text: str) -> dict[str, str]:
    """Return the checksums by the names of the parts; raise ValueError."""
    pairs = [line.split("  ", 1) for line in text.split("\n") if line]
    return {name: told for told, name in pairs}
