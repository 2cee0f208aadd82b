"""Workers in processes of their own: killed in the middle, and with a database that goes away."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from taskforce.models import Organization
from tests.kit import chores
from tests.log import connecting
from tests.serving import PATIENCE, wait_until
from tests.staff import sign_in
from untfsse.backup import BackupError, Shelf, check_archive
from untfsse.kit.history.changes import Change
from untfsse.kit.records.roles import SECRETARIAT
from untfsse.kit.tasks.models import BackgroundTask
from untfsse.kit.tasks.worker import is_anybody_working
from untfsse.settings import BASE_DIR
from untfsse.tasks import back_up

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def workers(settings: LazySettings, tmp_path: Path) -> Iterator[list[subprocess.Popen[str]]]:
    """Two workers in processes of their own, who put backups into a folder of this test."""
    name = quote(str(connection.settings_dict["NAME"]))
    url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    own = {"DATABASE_URL": url, "DATABASE_POOL": "8", "TASK_PAUSE_SECONDS": "1"}
    own |= {"MEDIA_ROOT": str(settings.MEDIA_ROOT), "BACKUP_ROOT": str(tmp_path)}
    command = [sys.executable, "manage.py", "work"]
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                subprocess.Popen(
                    command, cwd=BASE_DIR, env=os.environ | own, stderr=subprocess.PIPE, text=True
                )
            )
            for _number in range(2)
        ]
        for process in started:
            stack.callback(process.kill)
        yield started


def ended(pk: int) -> BackgroundTask:
    """Return a task once it has ended."""
    wait_until(lambda: BackgroundTask.objects.get(pk=pk).is_finished)
    row: BackgroundTask = BackgroundTask.objects.get(pk=pk)
    return row


def at_it(workers: list[subprocess.Popen[str]], row: BackgroundTask) -> subprocess.Popen[str]:
    """Return the worker that has begun a task."""
    (found,) = (each for each in workers if row.workers == [f"{os.uname().nodename}:{each.pid}"])
    return found


def test_a_backup_whose_worker_was_killed_is_made_whole_by_another(
    workers: list[subprocess.Popen[str]], tmp_path: Path
) -> None:
    shelf = Shelf(tmp_path)
    with connecting() as connect:
        other = connect()
        other.execute("BEGIN; LOCK TABLE encyclopedia_work IN ACCESS EXCLUSIVE MODE")
        pk = int(back_up.enqueue().id)
        wait_until(lambda: other.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone())
        (half,) = tmp_path.glob(".*.partial")
        killed = at_it(workers, BackgroundTask.objects.get(pk=pk))
        killed.kill()
        killed.wait()
        with pytest.raises(BackupError, match=r"^This archive is damaged or not whole"):
            check_archive(half)
        assert shelf.backups() == []
        other.execute("ROLLBACK")

    row = ended(pk)
    assert (row.state, row.tries) == ("SUCCESSFUL", 2)
    assert [backup.path.name for backup in shelf.backups()] == [row.result]
    assert check_archive(shelf.backups()[0].path).server >= 15
    assert list(tmp_path.glob(".*.partial")) == []


def test_an_import_outlives_its_worker_and_its_database(
    workers: list[subprocess.Popen[str]], client: Client
) -> None:
    user = sign_in(client, SECRETARIAT)
    home = "/admin/taskforce/organization/"
    lines = "".join(f"body-{number},Body {number},un_office\n" for number in range(1_000))
    table = SimpleUploadedFile("t.csv", f"slug,name,kind\n{lines}".encode())
    look: Any = client.post(f"{home}do/import/", {"file": table})
    ended(int(look.url.split("/")[-2]))
    asked: Any = client.post(look.url, {"keep": "1"})
    pk = int(asked.url.split("/")[-2])

    # One of them is at it and is killed in the middle.
    wait_until(lambda: BackgroundTask.objects.get(pk=pk).done)
    row = BackgroundTask.objects.get(pk=pk)
    killed = at_it(workers, row)
    (other,) = (each for each in workers if each is not killed)
    killed.kill()
    killed.wait()
    assert (row.state, row.done, row.total) == ("RUNNING", 500, 1_000)
    assert Organization.objects.count() == 0

    # The other takes it up after a pause, and nothing is there twice.
    row = ended(pk)
    assert (row.state, row.tries, row.error) == ("SUCCESSFUL", 2, "")
    assert row.workers[1].endswith(f":{other.pid}")
    assert Organization.objects.count() == 1_000
    made = Change.objects.filter(table="taskforce_organization")
    assert set(made.values_list("operation", "made_by", "origin")) == {
        ("INSERT", user.pk, "import")
    }
    assert made.count() == 1_000
    assert "The import is done" in client.get(asked.url).content.decode()

    # The database is away for a while.
    base = os.environ["DATABASE_URL"]
    beside = urlunsplit(urlsplit(base)._replace(path="/postgres"))
    name = connection.settings_dict["NAME"]
    with psycopg.connect(beside, autocommit=True) as server:
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        assert other.stderr is not None
        assert any("The database is away, the worker waits" in line for line in other.stderr)
        assert not is_anybody_working()
        record = Organization.objects.get(slug="body-1")
        chores.leave_trace.enqueue(record.pk)
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())
    wait_until(lambda: Organization.objects.get(pk=record.pk).city == "x")

    # It keeps no memory that a task needed, and goes on as the same process.
    held = int(chores.hold_much.enqueue().id)
    assert ended(held).workers[0].endswith(f":{other.pid}")
    traced = int(chores.leave_trace.enqueue(record.pk).id)
    assert ended(traced).workers[0].endswith(f":{other.pid}")
    pages = int(Path(f"/proc/{other.pid}/statm").read_text().split()[1])
    assert pages * resource.getpagesize() < 256 * 2**20

    # Told to stop it puts its task back, as if it had not begun.
    long = BackgroundTask.objects.filter(pk=chores.take_long.enqueue(record.pk).id)
    wait_until(lambda: long.get().workers)
    other.send_signal(signal.SIGTERM)
    assert other.wait(timeout=PATIENCE) == 0
    assert (long.get().state, long.get().workers) == ("READY", [])
    assert Organization.objects.get(pk=record.pk).city == "xx"
