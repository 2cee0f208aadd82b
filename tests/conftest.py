"""What every test shares: a throw-away PostgreSQL, plain static files, no network, a browser."""

import fcntl
import gc
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TestCase, TransactionTestCase, override_settings
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from untfsse import embedded

# Before anything reads the settings; the workers of pytest-xdist inherit it.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "untfsse.settings")
os.environ.setdefault("DEMO", "1")
os.environ.setdefault("DATABASE_POOL", "0")
# Who works for the tests makes a backup when asked.
os.environ.setdefault("BACKUP_DAILY", "0")
# Most tests take back what they wrote, so that the log stands still: nothing is kept.
os.environ.setdefault("CACHE_URL", "off")

CHROMIUM_NAMES = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
]
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
NO_CHROMIUM = (
    "no Chromium found: install chromium-headless-shell or chromium, or set CHROMIUM to its path"
)

ROOT = Path(__file__).resolve().parent.parent
BROWSER = ROOT / "tests" / "browser"
WRITTEN_BY_MIGRATIONS = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "kit_loghead",
}
RARELY = (100_000, 50, 100)
# The thousands of classes that it makes and drops cost less than to look for them time and again.
MIGRATE = f"""
import gc
from django.core.management import execute_from_command_line
gc.set_threshold{RARELY}
execute_from_command_line(["manage.py", "migrate", "--verbosity=0"])
"""
resources = pytest.StashKey[ExitStack]()
left_out = pytest.StashKey[int]()


# --- One database server for the run -------------------------------------------------------


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start the server in the process that leads, before Django reads its settings."""
    config.addinivalue_line("markers", "browser: needs a real browser")
    config.addinivalue_line(
        "markers",
        "slow: takes half a second of a core or more, as what starts a process, loads the real"
        " records or goes from page to page; `make test` leaves it out, `make test-all` does not",
    )
    config.stash[left_out] = 0
    # Half a million objects live as long as the run: looking through them is most of the work
    # of a collection, which the usual threshold asks for some hundred times a second.
    gc.set_threshold(*RARELY)
    is_listing = config.option.collectonly or config.option.help or config.option.version
    if is_listing or hasattr(config, "workerinput"):
        os.environ.setdefault("DATABASE_URL", "postgresql:///untfsse")
    elif not os.environ.get("DATABASE_URL"):
        stack = config.stash[resources] = ExitStack()
        try:
            url = stack.enter_context(embedded.serving(embedded.throw_away_cluster()))
        except embedded.EmbeddedError as error:
            raise pytest.UsageError(str(error)) from None
        os.environ |= {"DATABASE_URL": url, "IS_THROW_AWAY_SERVER": "1"}
        stack.callback(os.environ.pop, "DATABASE_URL", None)
    assert settings.DATABASES  # reads the settings, without which pytest-django rests


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and remove its folder."""
    if resources in config.stash:
        config.stash[resources].close()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Migrate one database while the workers gather the tests; each then takes a copy of it.

    The lock goes with the process that migrates, which alone keeps the descriptor.
    """
    config = session.config
    if resources in config.stash and config.getoption("tx", None):
        stack = config.stash[resources]
        lock, path = tempfile.mkstemp(prefix="untfsse-migrated-")
        stack.callback(Path(path).unlink)
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = [sys.executable, "-c", MIGRATE]
        stack.enter_context(subprocess.Popen(command, pass_fds=[lock]))
        os.close(lock)
        os.environ["MIGRATED"] = path
        stack.callback(os.environ.pop, "MIGRATED", None)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Copy the migrated database; what its migration did not reach is migrated in the copy."""
    if path := os.environ.get("MIGRATED"):
        with Path(path).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
        connection.settings_dict["TEST"]["TEMPLATE"] = connection.settings_dict["NAME"]


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """Spare dropping the databases one by one: they go with a throw-away server."""
    return bool(request.config.getoption("reuse_db") or os.environ.get("IS_THROW_AWAY_SERVER"))


def empty_tables(_case: TransactionTestCase) -> None:
    """Empty what a test that commits wrote to; roles and their permissions stay.

    Django would empty all tables, and write the roles anew.
    """
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    rows = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")"  # noqa: S608
        for table in set(tables) - WRITTEN_BY_MIGRATIONS
    )
    with connection.cursor() as cursor:
        cursor.execute(rows)
        if written := ", ".join(f'"{table}"' for (table,) in cursor.fetchall()):
            cursor.execute(f"TRUNCATE {written} CASCADE")


asks_constraints: Any = TestCase._should_check_constraints  # type: ignore[attr-defined]


def check_constraints_without_log(case: TestCase, using: Any) -> bool:
    """Ask the rules that wait for a commit, but write no log of what is taken back anyway."""
    if not asks_constraints(case, using):
        return False
    with using.cursor() as cursor:
        cursor.execute("DELETE FROM kit_unsettled")
    return True


TestCase._should_check_constraints = check_constraints_without_log  # type: ignore[attr-defined]
TransactionTestCase._fixture_teardown = empty_tables  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Keep what a module's fixtures write for all its tests, then take it back.

    A test asks for `db` as ever: what it writes itself goes with it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


# --- Nothing from the machine or the network -----------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Set once for all tests what no test may take from the machine, or wait for."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        # Static files come from the finders: no `collectstatic` before a test.
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES=settings.STORAGES | {"staticfiles": plain},
        WHITENOISE_USE_FINDERS=True,
        # Looked for when asked for: every client would list all files of all apps first.
        WHITENOISE_AUTOREFRESH=True,
        # Spares each test that signs somebody in a good second of hashing.
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        MEDIA_ROOT=tmp_path_factory.mktemp("uploads") / "media",
    ):
        yield


@pytest.fixture(autouse=True)
def own_media() -> Iterator[None]:
    """Let no test find what another uploaded."""
    yield
    if Path(settings.MEDIA_ROOT).exists():
        shutil.rmtree(settings.MEDIA_ROOT)


@pytest.fixture(scope="session", autouse=True)
def closed_network() -> Iterator[None]:
    """Refuse connections to anything but this machine."""
    connect = socket.socket.connect

    def connect_locally(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise PermissionError(f"A test may not connect to {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_locally)
        yield


# --- The back office -----------------------------------------------------------------------


@pytest.fixture
def unwritten_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the menu beside each page of the back office, which is the same for all."""
    monkeypatch.setattr("untfsse.admin.PortalAdminSite.get_app_list", lambda *_args: [])


# --- A real browser ------------------------------------------------------------------------


def find_chromium() -> str | None:
    """Return the path of a Chromium: `CHROMIUM`, or the first known name on the path."""
    names = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else CHROMIUM_NAMES
    return next((path for name in names if (path := shutil.which(name))), None)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what needs a browser, which takes long to start."""
    if BROWSER in item.path.parents:
        item.add_marker("browser")
        item.add_marker("slow")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put first what takes longest; without a Chromium it does not run, or must not pass."""
    # The worker that has them begins with them; the other takes over what is left of the rest.
    items.sort(key=lambda item: BROWSER not in item.path.parents)
    for item in items:
        if BROWSER in item.path.parents:
            # Playwright keeps an event loop running in this process, beside which Django would
            # refuse the ORM to every later test.
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
            if find_chromium() is None and not os.environ.get("REQUIRE_BROWSER"):
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the system's Chromium; playwright's own is not downloaded."""
    path = find_chromium()
    if path is None:
        pytest.fail(f"REQUIRE_BROWSER is set, but {NO_CHROMIUM}", pytrace=False)
    return {**browser_type_launch_args, "executable_path": path, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Let a test say `page.goto("/meetings/")`: the server runs in a thread beside it."""
    return live_server.url


# --- What was left out ---------------------------------------------------------------------


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Count what `make test` leaves out."""
    for item in items:
        if item.get_closest_marker("slow"):
            item.config.stash[left_out] += 1


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that leads."""
    output = getattr(session.config, "workeroutput", {})
    output["left_out"] = session.config.stash[left_out]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear it from a worker; all leave out the same."""
    node.config.stash[left_out] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say in a line each what was left out, and why the browser tests did not run."""
    if number := config.stash[left_out]:
        terminalreporter.write_line(f"Left out: {number} tests that take longer: `make test-all`")
    reports = terminalreporter.stats.get("skipped", [])
    skipped = [report for report in reports if "browser" in report.keywords]
    if skipped:
        terminalreporter.write_line(f"Browser tests not run ({len(skipped)}): {NO_CHROMIUM}")
