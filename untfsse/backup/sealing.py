"""Sealing: what is written is encrypted for the holders of keys, in the format of age.

The portal knows only their public halves: whoever takes the machine cannot read older backups.
"""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyrage

from untfsse.backup.faults import BackupError

FIRST_BYTES = b"age-encryption.org/v1"
DAMAGED = "This archive is damaged or not whole, so nothing was written."


def read_recipients(texts: Iterable[str]) -> list[Any]:
    """Return the public keys; raise BackupError for what is none."""
    try:
        return [pyrage.x25519.Recipient.from_str(text) for text in texts]
    except pyrage.RecipientError:
        raise BackupError("BACKUP_RECIPIENTS names public keys of age: age1…") from None


def read_identities(text: str) -> list[Any]:
    """Return the private keys of a file as `age-keygen` writes it; raise BackupError."""
    lines = [line.strip() for line in text.splitlines()]
    try:
        found = [
            pyrage.x25519.Identity.from_str(line)
            for line in lines
            if line and not line.startswith("#")
        ]
    except pyrage.IdentityError:
        found = []
    if not found:
        raise BackupError("The key is no private key of age: AGE-SECRET-KEY-1…")
    return found


def is_sealed(path: Path) -> bool:
    """Whether a file is encrypted, by its first bytes."""
    with path.open("rb") as file:
        return file.read(len(FIRST_BYTES)) == FIRST_BYTES


class Side(threading.Thread):
    """The other end of a pipe, which encrypts or decrypts what goes through."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self.act = act
        self.error: Exception | None = None

    def run(self) -> None:
        """Do it, and keep what went wrong for the thread that waits."""
        try:
            self.act()
        except Exception as error:  # noqa: BLE001 - told by who waits
            self.error = error


class Target:
    """A file that remembers why it could not be written: the library tells it as a text."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        """Write."""
        try:
            return self.file.write(data)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        """Nothing waits here."""


@contextmanager
def sealing(file: IO[bytes], recipients: list[Any]) -> Iterator[IO[bytes]]:
    """Give a stream whose content goes into a file, encrypted if there is somebody to read it."""
    if not recipients:
        yield file
        return
    source, sink = os.pipe()
    target = Target(file)

    def encrypt() -> None:
        with open(source, "rb") as plain:  # noqa: PTH123
            pyrage.encrypt_io(plain, target, recipients)

    side = Side(encrypt)
    side.start()
    try:
        with open(sink, "wb") as stream:  # noqa: PTH123
            yield stream
    except BrokenPipeError:
        side.join()
        raise target.error or side.error or BackupError("The encryption ended early.") from None
    finally:
        side.join()
    if error := target.error or side.error:
        raise error


@contextmanager
def unsealing(path: Path, identities: list[Any]) -> Iterator[IO[bytes]]:
    """Give the content of a file, decrypted if need be; raise BackupError for a wrong key.

    What was changed or cut off is noticed while it is read.
    """
    if not is_sealed(path):
        with path.open("rb") as file:
            yield file
        return
    if not identities:
        raise BackupError("This archive is encrypted: name the file of a key with --identity.")
    source, sink = os.pipe()

    def decrypt() -> None:
        with path.open("rb") as file, open(sink, "wb") as plain:  # noqa: PTH123
            pyrage.decrypt_io(file, plain, identities)

    side = Side(decrypt)
    side.start()
    try:
        with open(source, "rb") as stream:  # noqa: PTH123
            yield stream
            while stream.read(2**20):  # its end says whether it is whole
                pass
    except Exception:
        side.join()
        refuse_key(side.error)
        raise
    finally:
        side.join()
    refuse_key(side.error)
    if side.error is not None:
        raise BackupError(DAMAGED)


def refuse_key(error: Exception | None) -> None:
    """Raise BackupError for a key that opens nothing."""
    if isinstance(error, pyrage.DecryptError) and "No matching keys" in str(error):
        raise BackupError("This key does not open this archive, so nothing was written.") from None
