"""Restoring: into an empty database only, whole or not at all."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from tarfile import TarInfo
from typing import IO, Any

from django.db import connection

from untfsse.backup.archive import ABOUT, CHUNK_BYTES, DATABASE, FILES, FORMAT, About, read_archive
from untfsse.backup.faults import BackupError, explain_os_error
from untfsse.backup.media import Media
from untfsse.backup.programs import find_program, server_version, start_program, why
from untfsse.backup.sealing import DAMAGED, read_identities

ANYTHING = """
SELECT count(*) FROM (
  SELECT oid, 'pg_class'::regclass AS kind, relnamespace AS place FROM pg_class
  UNION ALL SELECT oid, 'pg_proc'::regclass, pronamespace FROM pg_proc
) AS found JOIN pg_namespace ON pg_namespace.oid = place
WHERE nspname <> 'information_schema' AND NOT starts_with(nspname, 'pg_')
  AND NOT EXISTS (
    SELECT FROM pg_depend WHERE classid = kind AND objid = found.oid AND deptype = 'e'
  )
"""
WHOLE = ["--single-transaction", "--exit-on-error"]
OURS = ["--no-owner", "--no-privileges", "--no-comments"]
"""Names of accounts are of the other server; comments of extensions need their owner."""

type Say = Callable[[str], None]


def check_archive(path: Path, identity: str = "") -> About:
    """Read an archive whole and return what it says of itself; raise BackupError."""
    found: list[About] = []

    def look(part: TarInfo, source: IO[bytes]) -> None:
        if part.name == ABOUT:
            found.append(read_about(source.read()))

    try:
        read_archive(path, identities_of(identity), look)
    except OSError as error:
        raise BackupError(explain_os_error(error, path)) from None
    if not found:
        raise BackupError(DAMAGED)
    return found[0]


def read_about(content: bytes) -> About:
    """Return what an archive says of itself; raise BackupError for a later format, and nonsense."""
    try:
        facts = json.loads(content)
        if facts.get("format") != FORMAT:
            raise BackupError("This archive was made by a newer version of the portal: update it.")
        return About(**facts)
    except (AttributeError, TypeError):
        raise BackupError(DAMAGED) from None


def identities_of(text: str) -> list[Any]:
    """Return the private keys, if any is given."""
    return read_identities(text) if text else []


def restore_backup(path: Path, files: Media, identity: str, say: Say) -> None:
    """Bring the database and the files back; raise BackupError, with nothing written.

    The files come first and the database in one transaction: once it is there, all is there.
    """
    refuse_full_database()
    try:
        with files.bringing():
            say("Checking the archive …")
            about = check_archive(path, identity)
            program = fitting_program(about)
            say("Bringing the files back …")
            count = bring_files(path, files, identity)
            say(f"Bringing the database back, beside {count} files …")
            bring_database(path, program, identity)
    except OSError as error:
        raise BackupError(explain_os_error(error, files.place)) from None


def refuse_full_database() -> None:
    """Raise BackupError unless the database is empty."""
    with connection.cursor() as cursor:
        cursor.execute(ANYTHING)
        (count,) = cursor.fetchone()
    name = connection.settings_dict["NAME"]
    if count:
        raise BackupError(
            f"The database {name} is not empty. Restore into a new one, before `migrate`."
        )


def fitting_program(about: About) -> str:
    """Return the program that can bring a dump back; raise BackupError."""
    version = server_version()
    connection.close()
    if version < about.server:
        raise BackupError(
            f"The archive is of PostgreSQL {about.server}, and this server is {version}."
        )
    return find_program("pg_restore", about.program)


def bring_files(archive: Path, files: Media, identity: str) -> int:
    """Bring the files of an archive to their places; return how many."""
    count = 0

    def bring(part: TarInfo, source: IO[bytes]) -> None:
        nonlocal count
        if part.name.startswith(FILES):
            files.bring(part.name.removeprefix(FILES), source, part.mtime)
            count += 1

    read_archive(archive, identities_of(identity), bring)
    return count


def bring_database(archive: Path, program: str, identity: str) -> None:
    """Feed the dump to the program; raise BackupError, and then the database is empty still."""
    with tempfile.TemporaryFile() as said:
        nothing = subprocess.DEVNULL
        process = start_program(
            program, *WHOLE, *OURS, stdin=subprocess.PIPE, stdout=nothing, stderr=said
        )

        def feed(part: TarInfo, source: IO[bytes]) -> None:
            if part.name.startswith(DATABASE) and process.stdin is not None:
                shutil.copyfileobj(source, process.stdin, CHUNK_BYTES)

        with process:
            try:
                read_archive(archive, identities_of(identity), feed)
            except BrokenPipeError:
                pass  # it says why itself
            except BaseException:
                process.kill()
                raise
        if process.returncode != 0:
            raise BackupError(f"The database refused, and is empty still: {why(said)}")
