"""An upgrade: two that migrate at once, and a server that ends while somebody waits for it."""

import os
import runpy
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
import pytest
import yaml
from django.db import connection

from tests.serving import (
    GUNICORN,
    PATIENCE,
    Portal,
    free_port,
    own_url,
    portal_on,
    wait_for,
    wait_until,
)
from untfsse.settings import BASE_DIR

WAITERS = """SELECT count(*) FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock'"""


def wait_for_waiters(database: Any, number: int) -> None:
    """Return once so many sessions wait for a lock."""
    wait_until(lambda: database.execute(WAITERS).fetchone() == (number,))


@pytest.fixture
def copied(transactional_db: None) -> Iterator[str]:
    """Give the address of a copy of the migrated database."""
    connection.close()
    url, name = own_url(), connection.settings_dict["NAME"]
    other = url.replace(f"/{name}?", "/postgres?")
    with psycopg.connect(other, autocommit=True) as server:
        server.execute(f'CREATE DATABASE upgraded TEMPLATE "{name}"'.encode())
        yield url.replace(f"/{name}?", "/upgraded?")
        server.execute("DROP DATABASE upgraded WITH (FORCE)")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_that_migrate_at_once_the_second_finds_nothing_to_do(copied: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "--no-input"]
    with psycopg.connect(copied) as other:
        other.execute("DELETE FROM django_migrations WHERE app = 'accounts'")
        other.execute("DROP TABLE accounts_focalpoint, accounts_accountevent")
        other.execute("DROP FUNCTION keep_account_history CASCADE")
        other.commit()
        # Both get so far, and go on at the same moment.
        other.execute("LOCK TABLE django_migrations")
        both = [
            subprocess.Popen(
                command,
                cwd=BASE_DIR,
                env=os.environ | {"DATABASE_URL": copied},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            for _ in range(2)
        ]
        with psycopg.connect(copied, autocommit=True) as watcher:
            wait_for_waiters(watcher, 2)
        other.rollback()
    told = sorted((process.communicate(timeout=PATIENCE)[0] for process in both), key=len)
    assert [process.returncode for process in both] == [0, 0], told
    applied = [text.count("Applying accounts.0001_tables... OK") for text in told]
    assert sorted(applied) == [0, 1]
    (second,) = (text for text in told if "Applying" not in text)
    assert "Somebody else migrates this database: waiting" in second
    assert "No migrations to apply." in second


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_who_was_asking_when_the_server_ends_is_answered(copied: str, tmp_path: Path) -> None:
    with (
        ThreadPoolExecutor(1) as pool,
        psycopg.connect(copied) as other,
        portal_on(copied, tmp_path, GUNICORN_WORKERS="1", DATABASE_LOCK_SECONDS="20") as portal,
    ):
        other.execute("LOCK TABLE taskforce_meeting")
        waiting = pool.submit(portal.get, "/meetings/")
        with psycopg.connect(copied, autocommit=True) as watcher:
            wait_for_waiters(watcher, 1)
        portal.process.terminate()
        while "Handling signal: term" not in portal.log.read_text():
            assert not waiting.done()
        other.rollback()
        assert waiting.result().status == 200


def test_containers_are_given_the_time_that_their_processes_take() -> None:
    services = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())["services"]
    seconds = {name: read_seconds(facts) for name, facts in services.items()}
    gunicorn = runpy.run_path(str(GUNICORN))
    # As long as the longest statement of a reader takes, and the proxy waits for its answer.
    assert 15 < gunicorn["graceful_timeout"] < seconds["web"]
    assert seconds["worker"] >= 60
    assert seconds["db"] >= 60


def test_container_that_sends_mails_and_fills_buckets_has_a_way_to_the_world() -> None:
    file = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())
    ways = set(file["services"]["worker"]["networks"])
    assert [way for way in ways if not (file["networks"][way] or {}).get("internal")]


def read_seconds(facts: dict[str, Any]) -> int:
    """Return how long a container may take to end: ten seconds unless it says so."""
    return int(facts.get("stop_grace_period", "10s").removesuffix("s"))


# --- A new version under load --------------------------------------------------------------

FOLDERS = ["untfsse", "taskforce", "encyclopedia", "actionplan", "templates", "static", "deploy"]
MIGRATION = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("taskforce", "{after}")]
    operations = [
        migrations.AddField("meeting", "motto", models.CharField(max_length=50, db_default=""))
    ]
"""


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """Copy the project, as a machine without containers has it; its static files stay plain."""
    root = tmp_path / "release"
    for name in FOLDERS:
        shutil.copytree(BASE_DIR / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(BASE_DIR / "manage.py", root)
    hashed = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    change(root / "untfsse/settings.py", hashed, plain)
    return root


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def pull(root: Path) -> None:
    """Bring the next version: meetings have a column more, and answers say which version."""
    latest = max(path.stem for path in (root / "taskforce/migrations").glob("0*.py"))
    number = int(latest[:4]) + 1
    migration = root / f"taskforce/migrations/{number:04}_add_motto.py"
    migration.write_text(MIGRATION.format(after=latest))
    title = '    title = models.CharField(_("title"), max_length=250)\n'
    motto = '    motto = models.CharField(max_length=50, db_default="")\n'
    change(root / "taskforce/models/meetings.py", title, title + motto)
    change(root / "untfsse/settings.py", "strict-origin-when-cross-origin", "same-origin")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_new_version_takes_over_under_load_and_no_request_fails(
    copied: str, release: Path, tmp_path: Path
) -> None:
    said = os.environ | {"DATABASE_URL": copied, "CACHE_URL": "", "GUNICORN_WORKERS": "1"}
    port, pid = free_port(), tmp_path / "pid"
    command = [str(Path(sys.executable).parent / "gunicorn"), "untfsse.wsgi:application"]
    command += ["--config", "deploy/gunicorn.conf.py", "--pid", str(pid)]
    command += ["--bind", f"127.0.0.1:{port}"]
    with (tmp_path / "log").open("w") as log:
        old = subprocess.Popen(command, cwd=release, env=said, stdout=log, stderr=log)
    portal = Portal(port, tmp_path / "log", old)
    wait_for(portal, old)
    got: Counter[Any] = Counter()
    is_over = Event()

    def read(path: str) -> None:
        while not is_over.is_set():
            try:
                answer = portal.get(path)
                got[answer.status, answer.headers.get("Referrer-Policy")] += 1
            except OSError as error:
                got[repr(error)] += 1

    before, after = (200, "strict-origin-when-cross-origin"), (200, "same-origin")
    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read, path) for path in ("/", "/meetings/", "/api/v1/meetings/")]
        try:
            wait_until(lambda: got[before] > 10)
            pull(release)
            migrate = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity=0"]
            subprocess.run(migrate, cwd=release, env=said, check=True)
            known = got[before]
            wait_until(lambda: got[before] > known + 10)  # the old code on the new tables
            old.send_signal(signal.SIGUSR2)
            wait_until(lambda: got[after] > 0)
            old.terminate()
            old.wait(60)
            known = got[after]
            wait_until(lambda: got[after] > known + 20)
        finally:
            is_over.set()
            for reader in readers:
                reader.result()
    wait_until(pid.exists)  # the second now is the first
    os.kill(int(pid.read_text()), signal.SIGTERM)
    print(f"\nAnswers of the old version and the new: {dict(got)}")
    assert set(got) == {before, after}
