"""The demo: the portal with the real records, for one person on one machine."""

import hashlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from gunicorn.app.base import BaseApplication

from untfsse import embedded
from untfsse.carrying_over import find_fault
from untfsse.port import HOST
from untfsse.settings import read_database

LOCAL = settings.BASE_DIR / ".local"
PASSWORD_FILE = LOCAL / "secretariat-password"
SEED_FILE = LOCAL / "seed.txt"
STAFF = "secretariat"
FULL_DISK_BYTES = 32 * 2**20
"""With less, PostgreSQL can no longer write its log, and ends in the middle of a word."""


class DemoError(Exception):
    """Why the demo cannot go on, as a sentence."""


def explain(error: Exception) -> str:
    """Turn what the system or the database refused into a sentence."""
    if shutil.disk_usage(LOCAL).free < FULL_DISK_BYTES:
        return "The disk is full: free some space, then start again."
    if isinstance(error, OSError) and error.filename:
        return f"{error.strerror}: {error.filename}"
    first = str(error).strip().partition("\n")[0]
    return f"The database refused: {first} (its log: .local/postgres/server.log)"


def serving_database() -> AbstractContextManager[str]:
    """Give a database for as long as the block lasts: the one that is named, or our own."""
    if url := os.environ.get("DATABASE_URL"):
        return nullcontext(url)
    return embedded.serving(embedded.lasting_cluster())


def use_database(url: str) -> None:
    """Point Django at a database that started after the settings were read."""
    connections["default"].settings_dict.update(read_database(url))


def check_migrations() -> None:
    """Refuse a database that is too old for this code, or changed by a newer version."""
    if fault := find_fault(connections["default"], "make carry-over"):
        raise DemoError(fault)
    loader = MigrationLoader(connections["default"])
    replaced = {key for migration in loader.replacements.values() for key in migration.replaces}
    known = set(loader.disk_migrations) | replaced
    applied = loader.applied_migrations or {}
    strange = sorted(key for key in applied if key not in known and key[0] in loader.migrated_apps)
    if strange:
        name = ".".join(strange[0])
        raise DemoError(
            f"The database is newer than this code: it holds {len(strange)} migrations that the "
            f"code lacks, first {name}. Update the code, or move .local/postgres away."
        )


def ensure_staff() -> str:
    """Return the staff account's password, or say where it went.

    The account is made once. A changed password stays changed; a lost file means a new one.
    """
    users = get_user_model()._default_manager
    user = users.filter(username=STAFF).first()
    kept = PASSWORD_FILE.read_text().strip() if PASSWORD_FILE.exists() else ""
    if user is not None and kept:
        return kept if user.check_password(kept) else "(the password you gave it)"
    password = kept or secrets.token_urlsafe(12)
    if user is None:
        user = users.model(username=STAFF, is_staff=True, is_superuser=True)
    user.set_password(password)
    user.save()
    write_private(PASSWORD_FILE, password + "\n")
    return password


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, from its first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)


def gather_static_files() -> None:
    """Collect, hash and compress the static files, unless they are as they were last time."""
    state = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            file = Path(storage.path(path)).stat()
            state.update(f"{path} {file.st_size} {file.st_mtime_ns}\n".encode())
    stamp, manifest = LOCAL / "static.sha256", Path(settings.STATIC_ROOT, "staticfiles.json")
    if stamp.exists() and manifest.exists() and stamp.read_text() == state.hexdigest():
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state.hexdigest())


def describe(port: int, password: str) -> str:
    """Return what the person wants to know once the portal answers."""
    site = f"http://{HOST}:{port}"
    return f"""
The portal is open, on this machine only:

  Site               {site}/
  Admin              {site}/admin/   user {STAFF}, password {password}
  API documentation  {site}/api/

Press Ctrl-C to stop. What you change stays in .local/ until the next `make demo`.
"""


class Server(BaseApplication):
    """Gunicorn inside this process: when this process ends, however it ends, it all ends."""

    def __init__(self, port: int, when_ready: Callable[[], None]) -> None:
        self.port = port
        self.when_ready = when_ready
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn how to serve one person on one machine."""
        options = {
            "bind": f"{HOST}:{self.port}",
            "workers": 2,
            "threads": 4,
            "worker_class": "gthread",
            "timeout": 120,
            "limit_request_line": 8_190,
            "limit_request_field_size": 16_380,
            "graceful_timeout": 5,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": self.ready,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def ready(self, arbiter: Any) -> None:
        """Say that the portal answers, and end with the terminal."""
        # A closed terminal ends the demo; gunicorn would take it as a wish to reload.
        signal.signal(signal.SIGHUP, lambda *_: arbiter.signal(signal.SIGTERM, None))
        self.when_ready()

    def load(self) -> Any:
        """Return the portal, in a worker: what came before may take its time."""
        return import_module("untfsse.wsgi").application


@contextmanager
def working(url: str) -> Iterator[None]:
    """Have a worker beside the server for as long as the block lasts, or this process."""
    process = os.getpid()
    worker = subprocess.Popen(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "work", "--with-parent"],
        env={"LOG_LEVEL": "WARNING"} | os.environ | {"DATABASE_URL": url},
        stdin=subprocess.PIPE,
    )
    try:
        yield
    finally:
        if os.getpid() == process:  # not in a worker of the server, which is a copy of this process
            worker.terminate()
            worker.wait()


def let_go_of_database() -> None:
    """Close what a forked worker must not share."""
    connection = connections["default"]
    connection.close()
    if isinstance(connection, DatabaseWrapper):
        connection.close_pool()


def run(port: int, say: Callable[[str], None]) -> None:
    """Prepare the database, the records, the account and the static files; then serve."""
    LOCAL.mkdir(exist_ok=True)
    say("Starting the database …")
    with serving_database() as url:
        use_database(url)
        check_migrations()
        say("Bringing the tables up to date …")
        call_command("migrate", interactive=False, verbosity=0)
        say("Loading the records …")
        call_command("seed", report=SEED_FILE)
        password = ensure_staff()
        say("Gathering the static files …")
        gather_static_files()
        let_go_of_database()
        process = os.getpid()
        try:
            with working(url):
                Server(port, lambda: say(describe(port, password))).run()
        finally:
            if os.getpid() == process:  # not in a worker, which is a copy of this process
                say("Stopping …")
