"""Buckets for uploaded files and for backups: asked over HTTP, in the words of S3."""

import datetime as dt
import io
import os
import socket
import socketserver
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any

import boto3
import pytest
from botocore.exceptions import BotoCoreError
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from taskforce.models import Organization, Rendition
from tests import make
from tests.drill import TARGET, count_objects, run_sql, using
from tests.kit.test_uploads import PDF
from tests.kit.test_workers import ended
from tests.serving import free_port, own_url, wait_until
from tests.staff import sign_in
from tests.taskforce.test_admin_uploads import send
from untfsse.backup import Shelf, state, to_keep
from untfsse.backup.shelf import read_moment
from untfsse.kit.pause import Pause
from untfsse.kit.records import files
from untfsse.kit.records.roles import SECRETARIAT
from untfsse.metrics import StateCollector
from untfsse.settings import BASE_DIR, read_files

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def store() -> Iterator[Any]:
    """Serve a store that speaks S3, and give a client of its own for it."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "--port", str(port)]
    said = {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_DEFAULT_REGION": "eu-central-1"}
    said |= {"AWS_ACCESS_KEY_ID": "portal", "AWS_SECRET_ACCESS_KEY": "secret"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in said.items():
            patch.setenv(name, value)
        process = subprocess.Popen(command, **quiet)  # type: ignore[call-overload]
        client = boto3.client("s3")

        def answers() -> bool:
            with suppress(BotoCoreError):
                return bool(client.list_buckets())
            return False

        wait_until(answers)
        yield client
        process.kill()
        process.wait()


def names(store: Any, bucket: str) -> list[str]:
    """Return what lies in a bucket."""
    return [row["Key"] for row in store.list_objects_v2(Bucket=bucket).get("Contents", [])]


@contextmanager
def made(store: Any, name: str) -> Iterator[str]:
    """Make a bucket, and look into it beside the portal."""
    place = {"LocationConstraint": "eu-central-1"}
    store.create_bucket(Bucket=name, CreateBucketConfiguration=place)
    yield name
    for key in names(store, name):
        store.delete_object(Bucket=name, Key=key)
    store.delete_bucket(Bucket=name)


@pytest.fixture
def bucket(store: Any, settings: LazySettings) -> Iterator[str]:
    """Keep uploaded files in a bucket."""
    with made(store, "uploads") as name:
        settings.STORAGES = settings.STORAGES | {"default": read_files(name)}
        yield name


@pytest.fixture
def spool(store: Any, settings: LazySettings, tmp_path: Path) -> Iterator[Path]:
    """Keep backups in the bucket `backups`, and give the folder in which they are made."""
    settings.BACKUP_ROOT, settings.BACKUP_RECIPIENTS = tmp_path / "spool", []
    settings.MEDIA_ROOT = tmp_path / "media"
    with made(store, "backups") as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(state, "AWAY", Pause(60))
        settings.STORAGES = settings.STORAGES | {"backups": read_files(name)}
        yield settings.BACKUP_ROOT


def test_what_is_uploaded_is_handed_out_and_what_nobody_names_is_found(
    store: Any, bucket: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, SECRETARIAT)
    document = make.document()
    send(client, document, "a.pdf", PDF)
    (name,) = names(store, bucket)
    assert name == Rendition.objects.get().file.name
    answer: Any = client.get(f"/documents/{document.slug}/fr/")
    assert b"".join(answer) == PDF
    assert client.get("/readyz").json()["files"] == "ok"

    default_storage.save("documents/aa/lost.pdf", ContentFile(b"-"))
    monkeypatch.setattr(files, "LONGEST_WAIT", -files.LONGEST_WAIT)
    call_command("clean_files", "--remove", stdout=io.StringIO())
    assert names(store, bucket) == [name]


def test_an_import_begun_here_goes_on_in_a_worker_elsewhere(
    store: Any, bucket: str, client: Client, tmp_path: Path
) -> None:
    sign_in(client, SECRETARIAT)
    table = SimpleUploadedFile("t.csv", b"slug,name,kind\nbody,Body,un_office\n")
    elsewhere = {"DATABASE_URL": own_url(), "MEDIA_S3_BUCKET": bucket, "MEDIA_ROOT": str(tmp_path)}
    command = [sys.executable, "manage.py", "work"]
    with subprocess.Popen(command, cwd=BASE_DIR, env=os.environ | elsewhere) as worker:
        try:
            url = "/admin/taskforce/organization/do/import/"
            look: Any = client.post(url, {"file": table})
            row = ended(int(look.url.split("/")[-2]))
            assert (row.state, row.workers) == (
                "SUCCESSFUL",
                [f"{os.uname().nodename}:{worker.pid}"],
            )
            assert len(names(store, bucket)) == 1
            asked: Any = client.post(look.url, {"keep": "1"})
            assert ended(int(asked.url.split("/")[-2])).state == "SUCCESSFUL"
            # The file goes once the task has ended, which a worker told to end may not live to do.
            wait_until(lambda: names(store, bucket) == [])
        finally:
            worker.terminate()
    assert Organization.objects.get(slug="body").name == "Body"


def test_backup_holds_what_is_in_the_bucket_and_brings_it_back(
    store: Any, bucket: str, client: Client, tmp_path: Path, settings: LazySettings
) -> None:
    settings.BACKUP_ROOT, settings.BACKUP_RECIPIENTS = tmp_path, []
    sign_in(client, SECRETARIAT)
    for number in range(2):
        send(client, make.document(), "a.pdf", PDF.replace(b"%%EOF", b"%d\n%%%%EOF" % number))
    before = {key: read(store, bucket, key) for key in names(store, bucket)}
    assert len(before) == 2
    call_command("backup", stdout=io.StringIO())
    archive = Shelf(tmp_path).backups()[0].path

    def restore() -> None:
        with using(TARGET):
            call_command("restore", archive, stdout=io.StringIO())

    run_sql("CREATE DATABASE {} TEMPLATE template0", TARGET)
    try:
        with pytest.raises(CommandError, match=r"^There are files in the bucket uploads\. Move "):
            restore()
        assert names(store, bucket) == list(before)
        for key in before:
            store.delete_object(Bucket=bucket, Key=key)
        run_sql("CREATE DOMAIN django_session AS text", database=TARGET)  # no table
        with pytest.raises(CommandError, match=r"^The database refused, and is empty still: "):
            restore()
        assert names(store, bucket) == []
        run_sql("DROP DOMAIN django_session", database=TARGET)
        restore()
        assert {key: read(store, bucket, key) for key in names(store, bucket)} == before
        assert count_objects(TARGET) > 100
    finally:
        run_sql("DROP DATABASE {} WITH (FORCE)", TARGET)


def read(store: Any, bucket: str, key: str) -> bytes:
    content: bytes = store.get_object(Bucket=bucket, Key=key)["Body"].read()
    return content


def test_bucket_that_is_away_is_told_and_stops_no_page(
    client: Client, bucket: str, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, SECRETARIAT)
    document = make.document()
    send(client, document, "a.pdf", PDF)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    settings.STORAGES = {**settings.STORAGES}  # as a process that begins now
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["files"]) == (200, "unreachable")
    file = client.get(f"/documents/{document.slug}/fr/")
    assert (file.status_code, file["Retry-After"]) == (503, "10")
    assert client.get(f"/documents/{document.slug}/").status_code == 200
    refused = send(client, make.document(), "a.pdf", PDF)
    assert refused.context["adminform"].form.errors == {
        "file": ["The file could not be stored: there is no room, or the store of files is away."]
    }


# --- Backups -------------------------------------------------------------------------------


def run(*arguments: Any) -> str:
    """Do a command, and return what it says."""
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def said_of_backups(client: Client) -> str:
    html = client.get("/admin/").text
    return " ".join(html.partition('<p class="backup')[2].partition("</p>")[0].split())


def told_to_watchers() -> dict[str, float]:
    return {each.name: each.samples[0].value for each in StateCollector().collect()}


def test_backups_are_put_into_a_bucket_kept_by_the_rule_and_brought_back(
    store: Any, spool: Path, client: Client, settings: LazySettings
) -> None:
    days = [
        dt.datetime(2025, 10, 1, 2, tzinfo=dt.UTC) + dt.timedelta(number) for number in range(60)
    ]
    old = [f"untfsse-{day:%Y%m%dT%H%M%SZ}.tar.age" for day in days]
    for name in [*old, "letter.txt", f"folder/{old[0]}"]:
        store.put_object(Bucket="backups", Key=name, Body=b"-")
    store.create_multipart_upload(Bucket="backups", Key=old[0])  # and never ended
    kept_file = settings.MEDIA_ROOT / "documents" / "a.txt"
    kept_file.parent.mkdir(parents=True)
    kept_file.write_text("kept")

    said = run("backup")

    (name,) = {*names(store, "backups")} - {*old, "letter.txt", f"folder/{old[0]}"}
    kept = to_keep([*days, read_moment(name[8:24])])
    assert said.startswith(f"backups/{name}: the database and 1 files, ")
    assert said.endswith(f"{61 - len(kept)} old backups were removed.\n")
    assert {key[8:24] for key in names(store, "backups") if key.startswith("untfsse-")} == {
        f"{moment:%Y%m%dT%H%M%SZ}" for moment in kept
    }
    assert {"letter.txt", f"folder/{old[0]}"} < {*names(store, "backups")}
    assert "Uploads" not in store.list_multipart_uploads(Bucket="backups")
    assert [path.name for path in spool.iterdir()] == [".lock"]

    lines = run("backup", "--list").splitlines()
    assert (len(lines), lines[0].partition(": ")[0]) == (len(kept), f"backups/{name}")
    assert told_to_watchers()["untfsse_backups"] == len(kept)
    sign_in(client, SECRETARIAT)
    latest = f"{read_moment(name[8:24]):%-d %B %Y, %H:%M} UTC"
    assert said_of_backups(client).startswith(f'"> Last backup: {latest}')

    run_sql("CREATE DATABASE {} TEMPLATE template0", TARGET)
    try:
        with using(TARGET):
            with pytest.raises(CommandError, match=rf"^There is no {old[0]} in the bucket backups"):
                run("restore", old[0])
            kept_file.unlink()
            kept_file.parent.rmdir()
            run("restore", name)
        assert (kept_file.read_text(), count_objects(TARGET) > 100) == ("kept", True)
    finally:
        run_sql("DROP DATABASE {} WITH (FORCE)", TARGET)
    assert [path.name for path in spool.iterdir()] == [".lock"]


class Cutter(socketserver.BaseRequestHandler):
    """Passes on what is asked of the store, and cuts off whoever sends more than a little."""

    store = ("", 0)

    def handle(self) -> None:
        """Pass it on."""
        with socket.create_connection(self.store) as store:
            Thread(target=self.answer, args=[store], daemon=True).start()
            sent = 0
            while sent < 100_000 and (data := self.request.recv(2**16)):
                store.sendall(data)
                sent += len(data)

    def answer(self, store: socket.socket) -> None:
        """Pass on what comes back."""
        with suppress(OSError):
            while data := store.recv(2**16):
                self.request.sendall(data)


@pytest.mark.parametrize("is_away", [True, False], ids=["away", "cut off"])
def test_backup_that_does_not_reach_the_bucket_is_told_and_leaves_nothing(
    is_away: bool,
    store: Any,
    spool: Path,
    client: Client,
    settings: LazySettings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    host, _colon, port = os.environ["AWS_ENDPOINT_URL"].rpartition("/")[2].partition(":")
    monkeypatch.setattr(Cutter, "store", (host, int(port)))
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Cutter) as cutter:
        Thread(target=cutter.serve_forever, daemon=True).start()
        port = str(free_port() if is_away else cutter.server_address[1])
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        settings.STORAGES = {**settings.STORAGES}  # as a process that begins now
        with pytest.raises(CommandError, match=r"^The bucket refuses, or does not answer: "):
            run("backup")
        sign_in(client, SECRETARIAT)
        latest = "The bucket of the backups does not answer." if is_away else "Last backup: none."
        said = said_of_backups(client)
        assert said.startswith(f'overdue"> {latest} The last try, on ')
        assert "failed: The bucket refuses, or does not answer: " in said
        watched = told_to_watchers()
        assert watched["untfsse_backup_failed"] == 1
        assert watched.get("untfsse_backups") == (None if is_away else 0)
        cutter.shutdown()
    assert names(store, "backups") == []
    assert sorted(path.name for path in spool.iterdir()) == [".failure", ".lock"]
