"""The drill: a backup under writes comes back whole, or not at all, whatever is in the way."""

import io
import shutil
import threading
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from time import monotonic

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Max
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from taskforce.models import Organization
from tests import make
from tests.drill import (
    SOURCE,
    TARGET,
    WRITER,
    Place,
    answers,
    back_up,
    count_objects,
    fill,
    is_untouched,
    is_used,
    no_room,
    read_files,
    read_rows,
    restore,
    run_sql,
    using,
    waits_for_lock,
)
from tests.serving import wait_until
from untfsse.backup import BackupError, Folder, make_backup
from untfsse.carrying_over.databases import connect
from untfsse.kit.history.changes import Change

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LARGE_BYTES = 150 * 2**20
APPENDED = {"kit_change": "id", "kit_publicchange": "number"}
TOUCHED = {"taskforce_organization", "kit_publicstate", "kit_loghead"}
"""What the writer changes besides; everything else must be equal."""
ANSWERS = [
    "/",
    "/organizations/",
    "/meetings/",
    "/instruments/",
    "/encyclopedia/",
    "/api/v1/organizations/",
    "/api/v1/meetings/",
    "/api/v1/decisions/",
    "/updates/feed/",
    "/meetings/calendar.ics",
]


# --- A source with records, and a target without -------------------------------------------


@pytest.fixture(scope="module")
def place(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Place]:
    """Make the source: records of each kind, files, accounts, rows enough for several reads."""
    place = Place(tmp_path_factory.mktemp("drill"))
    migrated = str(connection.settings_dict["NAME"])
    connection.close()
    with django_db_blocker.unblock():
        run_sql("CREATE DATABASE {} TEMPLATE {}", SOURCE, migrated)
        try:
            with using(SOURCE), override_settings(**place.settings()):
                fill()
            yield place
        finally:
            run_sql("DROP DATABASE {} WITH (FORCE)", SOURCE)


@pytest.fixture(scope="module")
def archive(place: Place) -> Path:
    """One backup for the tests that only read it."""
    return back_up(place)


@pytest.fixture
def target(place: Place) -> Iterator[None]:
    """An empty database, and no files."""
    run_sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", TARGET)
    run_sql("CREATE DATABASE {} TEMPLATE template0", TARGET)
    yield
    run_sql("DROP DATABASE {} WITH (FORCE)", TARGET)
    shutil.rmtree(place.back, ignore_errors=True)


# --- The drill -----------------------------------------------------------------------------


class Writer(threading.Thread):
    """Somebody who goes on saving: each save is a transaction, acknowledged."""

    def __init__(self) -> None:
        super().__init__()
        self.acknowledged = 0
        self.is_over = threading.Event()
        self.database = connect(SOURCE)

    def run(self) -> None:
        with self.database as database:
            while not self.is_over.is_set():
                number = self.acknowledged + 1
                database.execute(
                    "UPDATE taskforce_organization SET city = %s WHERE slug = %s",
                    [str(number), WRITER],
                )
                self.acknowledged = number


def test_backup_under_writes_comes_back_equal(place: Place, target: None) -> None:
    writer = Writer()
    writer.start()
    wait_until(lambda: writer.acknowledged > 0)
    before, start = writer.acknowledged, monotonic()
    archive = back_up(place)
    after, backed_up = writer.acknowledged, monotonic()
    writer.is_over.set()
    writer.join()

    restoring = monotonic()
    restore(place, archive, drill=True)
    restored = monotonic()

    source, found = read_rows(SOURCE), read_rows(TARGET)
    assert found.keys() == source.keys()
    differing = {table for table in source if source[table] != found[table]}
    assert differing <= APPENDED.keys() | TOUCHED
    # One moment of the source: the saves up to one of them, and nothing of the next.
    with using(TARGET):
        saved = int(Organization.objects.get(slug=WRITER).city)
        assert before <= saved < after
        assert answers(ANSWERS[5:])  # it serves
    for table in APPENDED:
        assert set(found[table]) < set(source[table])
        assert len(source[table]) - len(found[table]) == writer.acknowledged - saved
    assert read_files(place.back) == read_files(place.media)
    assert len(read_files(place.back)) == 4
    rows, size = sum(map(len, found.values())), archive.stat().st_size / 2**20
    print(f"\n{rows:,} rows of {len(found)} tables, 4 files, an archive of {size:.1f} MB:", end=" ")
    print(f"made in {backed_up - start:.1f} s beside {after - before} saves,", end=" ")
    print(f"restored and compared in {restored - restoring:.1f} s")


def test_restored_portal_answers_the_same_and_goes_on(
    place: Place, archive: Path, target: None
) -> None:
    archive = back_up(place)
    with using(SOURCE):
        file = Client().get("/api/v1/documents/").json()["results"][0]["url"]
        paths = [*ANSWERS, "/api/v1/changes/", file.partition("testserver")[2]]
        expected = answers(paths)
        head = Client().get("/api/v1/changes/").json()["latest"]

    said = restore(place, archive, drill=True)

    assert (
        said.splitlines()[-1] == "All is back. Now bring the tables up to date: manage.py migrate"
    )
    assert read_rows(TARGET) == read_rows(SOURCE)
    with using(TARGET):
        assert answers(paths) == expected
        call_command("migrate", verbosity=0)
        assert Client().get("/api/v1/changes/").json()["latest"] == head
        organization = Organization.objects.get(slug=WRITER)
        organization.city = "Geneva"
        organization.save()
        page = Client().get("/api/v1/changes/", {"since": head}).json()
        assert page["latest"] == head + 1
        assert [line["number"] for line in page["results"]] == [head + 1]


def test_what_comes_after_a_restore_is_not_taken_for_what_was_lost(
    place: Place, archive: Path, target: None
) -> None:
    archive = back_up(place)
    with using(SOURCE):
        head = Client().get("/api/v1/changes/").json()["latest"]
        together = group_by_transaction()
    restore(place, archive)
    with using(TARGET):
        # Each server counts its transactions from the beginning: none to come has a known number.
        assert Change.objects.aggregate(last=Max("transaction")) == {"last": 0}
        assert group_by_transaction() == together
        # Partners may have read what is lost, and what comes must not bear its numbers.
        asked = [Client().get("/api/v1/changes/", {"since": head + n}) for n in (-1, 0, 1, 500)]
        assert [answer.status_code for answer in asked] == [410] * 4
        latest = Client().get("/api/v1/changes/").json()["latest"]
        assert latest > head + 500
        Organization.objects.filter(slug=WRITER).update(city="Lost and found")
        page = Client().get("/api/v1/changes/", {"since": latest}).json()
        assert [line["number"] for line in page["results"]] == [latest + 1]
        call_command("trim_log", copy_anew=True, stdout=io.StringIO())
        assert Client().get("/api/v1/changes/", {"since": latest + 1}).status_code == 410


def group_by_transaction() -> list[list[int]]:
    """Return the changes that were made together."""
    changes = Change.objects.values_list("transaction", "pk").order_by("transaction", "pk")
    return [[pk for _, pk in group] for _, group in groupby(changes, lambda change: change[0])]


def test_account_without_rights_can_restore(place: Place, archive: Path, target: None) -> None:
    run_sql("CREATE ROLE drill_owner")
    try:
        for extension in ("unaccent", "pg_trgm", "btree_gist"):  # as whoever may has made them
            run_sql("CREATE EXTENSION {}", extension, database=TARGET)
        run_sql("ALTER DATABASE {} OWNER TO drill_owner", TARGET)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PGOPTIONS", "-c role=drill_owner")
            restore(place, archive)
        with connect(TARGET) as database:
            asked = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
            assert database.execute(asked).fetchall() == [("drill_owner",)]
    finally:
        run_sql("DROP DATABASE {} WITH (FORCE)", TARGET)
        run_sql("CREATE DATABASE {} TEMPLATE template0", TARGET)
        run_sql("DROP ROLE drill_owner")


# --- Not at all ----------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["cut", "bit", "sums", "garbage"])
@pytest.mark.parametrize("is_sealed", [True, False], ids=["sealed", "plain"])
def test_damaged_archive_is_refused_and_nothing_written(
    fault: str, is_sealed: bool, place: Place, archive: Path, target: None, tmp_path: Path
) -> None:
    content = archive.read_bytes()
    if not is_sealed:
        content = pyrage.decrypt(content, [place.key])
    half = len(content) // 2
    damaged = {
        "cut": content[:half],
        "bit": content[:half] + bytes([content[half] ^ 1]) + content[half + 1 :],
        "sums": content[: content.rindex(b"SHA256SUMS")] if not is_sealed else content[:-1],
        "garbage": b"no archive at all" * 1000,
    }
    broken = tmp_path / archive.name
    broken.write_bytes(damaged[fault])
    with pytest.raises(CommandError, match=r"^This archive is damaged or not whole, so nothing "):
        restore(place, broken)
    assert is_untouched(place)


def test_wrong_key_full_database_and_full_folder_are_refused(
    place: Place, archive: Path, target: None, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(str(pyrage.x25519.Identity.generate()))
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear colleague")
    for identity, sentence in [
        (str(other), "This key does not open this archive, so nothing was written."),
        (str(letter), "The key is no private key of age: AGE-SECRET-KEY-1…"),
        (str(tmp_path / "none.txt"), f"No such file or directory: {tmp_path / 'none.txt'}"),
        (None, "This archive is encrypted: name the file of a key with --identity."),
    ]:
        with pytest.raises(CommandError) as refused:
            restore(place, archive, identity=identity)
        assert str(refused.value) == sentence
        assert is_untouched(place)
    place.back.mkdir(exist_ok=True)
    (place.back / "letter.txt").touch()
    with pytest.raises(CommandError, match=r"^The folder .*/back is not empty\. Move away what is"):
        restore(place, archive)
    assert (read_files(place.back), count_objects(TARGET)) == ({"letter.txt": b""}, 0)
    (place.back / "letter.txt").unlink()
    run_sql("CREATE TABLE letter ()", database=TARGET)
    with pytest.raises(
        CommandError, match=r"^The database drill_target\w* is not empty\. Restore in"
    ):
        restore(place, archive)
    assert count_objects(TARGET) == 1
    assert list(place.back.iterdir()) == []


def test_whole_archive_is_told_apart_without_writing(
    place: Place, archive: Path, target: None
) -> None:
    said = restore(place, archive, check=True)
    assert said.startswith("The archive is whole. It was made at 20")
    assert is_untouched(place)


def test_database_that_refuses_stays_empty(place: Place, archive: Path, target: None) -> None:
    run_sql("CREATE DOMAIN django_session AS text", database=TARGET)  # no table
    with pytest.raises(CommandError, match=r"^The database refused, and is empty still: pg_"):
        restore(place, archive)
    assert is_untouched(place)


# --- Killed, and no room -------------------------------------------------------------------


def test_killed_backup_leaves_nothing_that_looks_whole(place: Place, archive: Path) -> None:
    before = place.shelf.backups()
    with connect(SOURCE) as database, database.transaction():
        database.execute("LOCK TABLE taskforce_meeting IN ACCESS EXCLUSIVE MODE")
        process = place.command("backup", database=SOURCE)
        wait_until(lambda: waits_for_lock(SOURCE))
        assert len(list(place.shelf.folder.glob(".*.partial"))) == 1
        now = before[0].made_at.replace(year=2030)
        with using(SOURCE), pytest.raises(BackupError, match=r"^Another backup is being made\.$"):
            make_backup(place.shelf, Folder(place.media), [], at=now)
        process.kill()
        process.communicate()
    assert place.shelf.backups() == before
    back_up(place)
    assert list(place.shelf.folder.glob(".*.partial")) == []


def test_killed_restore_leaves_an_empty_database_and_can_begin_anew(
    place: Place, archive: Path, target: None
) -> None:
    arguments = ["restore", str(archive), "--identity", place.identity, "--drill"]
    with connect(TARGET) as database, database.transaction():
        database.execute("LOCK TABLE pg_extension IN SHARE MODE")
        process = place.command(*arguments, database=TARGET)
        wait_until(lambda: waits_for_lock(TARGET))
        assert len(read_files(place.back)) == 5  # with the mark
        process.kill()
        process.communicate()
    wait_until(lambda: not is_used(TARGET))
    assert count_objects(TARGET) == 0
    (place.back / "half a file").touch()

    restore(place, archive, drill=True)

    assert read_files(place.back) == read_files(place.media)
    assert read_rows(TARGET).keys() == read_rows(SOURCE).keys()


@pytest.mark.parametrize("is_sealed", [True, False], ids=["sealed", "plain"])
def test_full_disk_is_a_sentence_and_leaves_nothing(
    is_sealed: bool, place: Place, archive: Path, target: None
) -> None:
    before = place.shelf.backups()
    facts = place.settings() if is_sealed else place.settings(BACKUP_RECIPIENTS=[])
    with (
        no_room(),
        using(SOURCE),
        override_settings(**facts),
        pytest.raises(CommandError) as refused,
    ):
        call_command("backup")
    assert str(refused.value) == (
        f"There is no room in {place.shelf.folder}: free some space, then start again."
    )
    assert place.shelf.backups() == before
    assert list(place.shelf.folder.glob(".*.partial")) == []
    with using(SOURCE), override_settings(**facts):
        client = Client()
        client.force_login(make.user(is_staff=True, is_superuser=True))
        assert f"failed: {refused.value}" in client.get("/admin/").text
        back_up(place)
        assert "failed:" not in client.get("/admin/").text


def test_restore_without_room_for_the_files_leaves_nothing(
    place: Place, target: None, large: Path
) -> None:
    archive = back_up(place)
    with no_room(), pytest.raises(CommandError, match=r"^There is no room in .*/back: free some "):
        restore(place, archive)
    assert is_untouched(place)


# --- Large ---------------------------------------------------------------------------------


@pytest.fixture
def large(place: Place) -> Iterator[Path]:
    path = place.media / "large.bin"
    with path.open("wb") as file:
        file.truncate(LARGE_BYTES)
    yield path
    path.unlink()


def peak_bytes() -> int:
    """Return the most memory that this process had since it was last told to forget it."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def test_memory_does_not_grow_with_the_files(place: Place, target: None, large: Path) -> None:
    Path("/proc/self/clear_refs").write_text("5")
    before = peak_bytes()
    restore(place, back_up(place), check=True)
    assert peak_bytes() - before < LARGE_BYTES / 4
