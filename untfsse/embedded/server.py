"""The server: made, configured, started, found running, stopped."""

import os
import shutil
import socket
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from untfsse.embedded.cluster import Cluster, find_temporary_folder, name_user
from untfsse.embedded.faults import EmbeddedError

NAME = "untfsse"
PORT = 5432
SOCKET = f".s.PGSQL.{PORT}"
MAX_SOCKET_BYTES = 103
NOBODYS_NUMBER = 99_999_999
"""A process number that no system gives."""
MIN_FREE_MB = 300
START_SECONDS = 60

COMMON_SETTINGS = """\
listen_addresses = ''
unix_socket_permissions = 0700
port = 5432
wal_level = minimal
max_wal_senders = 0
random_page_cost = 1.1
max_parallel_workers_per_gather = 0
"""
THROW_AWAY_SETTINGS = """\
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
"""


def check_space(cluster: Cluster) -> None:
    """Raise EmbeddedError when the disk is almost full."""
    free = shutil.disk_usage(cluster.home).free // 2**20
    if free < MIN_FREE_MB:
        raise EmbeddedError(
            f"The disk is almost full: {free} MB are free in {cluster.home}, and PostgreSQL "
            f"needs {MIN_FREE_MB} MB. Free some space, then start again."
        )


def check_version(cluster: Cluster) -> None:
    """Refuse a data folder of another major version before PostgreSQL does it less kindly."""
    ours = cluster.run("postgres", "--version").split()[2].split(".")[0]
    theirs = (cluster.data / "PG_VERSION").read_text().strip()
    if int(theirs) > int(ours):
        raise EmbeddedError(
            f"{cluster.data} was made by PostgreSQL {theirs}, which is newer than the PostgreSQL "
            f"{ours} installed here. Update the project, or move the folder away to begin anew."
        )
    if theirs != ours:
        raise EmbeddedError(
            f"{cluster.data} was made by PostgreSQL {theirs}, and PostgreSQL {ours} is installed "
            "now. Dump it with the older one and restore it, or move the folder away."
        )


def create(cluster: Cluster) -> None:
    """Make the data folder, aside first: an interrupted attempt leaves nothing half-made."""
    check_space(cluster)
    aside = cluster.home / "postgres.new"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(aside, cluster.account.pw_uid, cluster.account.pw_gid)
    ctype = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
    arguments = [f"--username={NAME}", "--auth=reject", "--encoding=UTF8", f"--locale={ctype}"]
    arguments += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
    arguments += ["--no-sync"] if cluster.is_throw_away else []
    cluster.run("initdb", f"--pgdata={aside}", *arguments)
    with (aside / "postgresql.conf").open("a") as file:
        file.write("include_if_exists = 'portal.conf'\n")
    aside.rename(cluster.data)


def configure(cluster: Cluster, socket_folder: Path) -> None:
    """Write what depends on this start: the socket's folder, and who may call."""
    folder = str(socket_folder).replace("'", "''").replace('"', '""')
    settings = COMMON_SETTINGS + f"unix_socket_directories = '\"{folder}\"'\n"
    settings += THROW_AWAY_SETTINGS if cluster.is_throw_away else ""
    callers = {name_user(os.geteuid()), cluster.account.pw_name}
    idents = "".join(f'portal "{caller}" {NAME}\n' for caller in sorted(callers))
    (cluster.data / "portal.conf").write_text(settings)
    (cluster.data / "pg_hba.conf").write_text(f"local all {NAME} peer map=portal\n")
    (cluster.data / "pg_ident.conf").write_text(idents)


def find_socket_folder(cluster: Cluster) -> Path:
    """Return a folder of the account alone; the data folder, unless its path is too long."""
    if len(bytes(cluster.data / SOCKET)) <= MAX_SOCKET_BYTES:
        return cluster.data
    folder = Path(tempfile.mkdtemp(prefix="untfsse-", dir=find_temporary_folder()))
    if os.geteuid() == 0:
        os.chown(folder, cluster.account.pw_uid, cluster.account.pw_gid)
    return folder


def read_postmaster(cluster: Cluster) -> tuple[int, Path] | None:
    """Return the process and the socket's folder that the server noted, if it did."""
    try:
        lines = (cluster.data / "postmaster.pid").read_text().splitlines()
        return int(lines[0]), Path(lines[4])
    except (OSError, ValueError, IndexError):
        return None


def is_running(cluster: Cluster) -> bool:
    """Tell whether the noted server lives; a note outlives a server that was killed."""
    noted = read_postmaster(cluster)
    if noted is None:
        return False
    with socket.socket(socket.AF_UNIX) as caller:
        try:
            caller.connect(str(noted[1] / SOCKET))
        except OSError:
            return False
    return True


def disown_stale_notes(cluster: Cluster) -> None:
    """Put a number that nobody has into a dead server's notes when its own belongs to another.

    Or to a corpse that nobody reaped, as in a container without an init. PostgreSQL then judges by
    the shared memory that the note names too, so that two servers never share a data folder.
    """
    noted = read_postmaster(cluster)
    if noted is None:
        return
    process, socket_folder = noted
    with suppress(OSError):
        if b"postgres" not in Path(f"/proc/{process}/cmdline").read_bytes():
            for note in (cluster.data / "postmaster.pid", cluster.data / f"{SOCKET}.lock"):
                text = note.read_text()
                note.write_text(text.replace(str(process), str(NOBODYS_NUMBER), 1))
    if socket_folder != cluster.data:
        shutil.rmtree(socket_folder, ignore_errors=True)


def start(cluster: Cluster) -> None:
    """Start the server unless it runs, making the data folder first if there is none."""
    if is_running(cluster):
        return
    if not (cluster.data / "PG_VERSION").exists():
        create(cluster)
    check_version(cluster)
    check_space(cluster)
    disown_stale_notes(cluster)
    configure(cluster, find_socket_folder(cluster))
    cluster.log.unlink(missing_ok=True)
    # Relative to the home folder: pg_ctl hands both to a shell, which awkward names would confuse.
    folder, log = f"--pgdata={cluster.data.name}", f"--log={cluster.data.name}/{cluster.log.name}"
    cluster.run("pg_ctl", folder, log, f"--timeout={START_SECONDS}", "--wait", "--silent", "start")


def connection_url(cluster: Cluster) -> str:
    """Return what to set `DATABASE_URL` to."""
    noted = read_postmaster(cluster)
    if noted is None:
        raise EmbeddedError(f"PostgreSQL stopped just after its start (its log: {cluster.log})")
    return f"postgresql://{NAME}@:{PORT}/{NAME}?host={quote(str(noted[1]), safe='')}"


def ensure_database(cluster: Cluster) -> None:
    """Make the database if it is missing; waits for a server that is still recovering."""
    url = connection_url(cluster).replace(f"/{NAME}?", "/postgres?")
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            connection = psycopg.connect(url, autocommit=True)
            break
        except psycopg.OperationalError as error:
            if "starting up" not in str(error) or time.monotonic() > deadline:
                raise EmbeddedError(f"PostgreSQL does not answer: {error}") from None
            time.sleep(0.1)
    with connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
        if known.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))


def stop(cluster: Cluster) -> None:
    """Stop the server, and remove what was to be thrown away."""
    noted = read_postmaster(cluster)
    if is_running(cluster):
        mode = "immediate" if cluster.is_throw_away else "fast"
        try:
            cluster.run("pg_ctl", f"--pgdata={cluster.data}", f"--mode={mode}", "--silent", "stop")
        except (EmbeddedError, OSError):
            if is_running(cluster):  # else it ended by itself meanwhile
                raise
    if noted is not None and noted[1] != cluster.data:
        shutil.rmtree(noted[1], ignore_errors=True)
    if cluster.is_throw_away:
        shutil.rmtree(cluster.home, ignore_errors=True)
