"""Backups: which are kept, where they lie, what the front page says, what programs make them."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from untfsse.backup import BackupError, Shelf, check_archive, to_keep
from untfsse.backup.archive import ABOUT, About, Writer, tell_about
from untfsse.backup.programs import find_program
from untfsse.kit.tasks.models import BackgroundTask
from untfsse.kit.tasks.worker import do_all_that_is_due, keep_schedule


def days(*texts: str) -> list[dt.datetime]:
    """Return moments, at noon where only a day is given."""
    moments = [dt.datetime.fromisoformat(text) for text in texts]
    return [moment.replace(hour=moment.hour or 12, tzinfo=dt.UTC) for moment in moments]


def each_day(first: str, count: int) -> list[str]:
    start = dt.date.fromisoformat(first)
    return [str(start + dt.timedelta(days=number)) for number in range(count)]


# --- Which are kept ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "kept"),
    [
        ([], []),
        (["2026-11-28"], ["2026-11-28"]),
        (each_day("2026-11-23", 7), each_day("2026-11-23", 7)),  # Monday to Sunday
        (
            each_day("2026-11-01", 28),
            # The last of the months is among the days; Sundays end the weeks before.
            ["2026-11-08", "2026-11-15", *each_day("2026-11-22", 7)],
        ),
        (
            ["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23", "2026-11-24"],
            ["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23", "2026-11-24"],
        ),
        (
            each_day("2025-10-01", 424),  # to 28 November 2026
            [
                *("2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"),
                *("2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30"),
                *("2026-10-31", "2026-11-08", "2026-11-15", *each_day("2026-11-22", 7)),
            ],
        ),
        # However old they are: what is missing is no reason to remove.
        (["2020-01-31", "2021-06-30"], ["2020-01-31", "2021-06-30"]),
        # The last of a day; but all of the latest, which may be one before a change and one after.
        (
            ["2026-11-27T08", "2026-11-27T20", "2026-11-28T08", "2026-11-28T20"],
            ["2026-11-27T20", "2026-11-28T08", "2026-11-28T20"],
        ),
    ],
    ids=["none", "one", "week", "four weeks", "weeks", "year", "old", "one day"],
)
def test_backups_are_kept_by_a_rule(made: list[str], kept: list[str]) -> None:
    assert sorted(to_keep(days(*made))) == days(*kept)


def test_shelf_clears_out_its_own_archives_alone(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    moments = days(*each_day("2026-11-01", 28))
    for moment in moments:
        shelf.place_for(moment, is_sealed=True).write_bytes(b"12345")
    others = {"letter.txt", "untfsse-20200101T000000Z.tar.old", ".untfsse-x.tar.partial"}
    for name in others:
        (tmp_path / name).touch()

    gone = shelf.clear_out()

    assert len(gone) == 28 - 9
    assert {path.name for path in tmp_path.iterdir()} - others == {
        backup.path.name for backup in shelf.backups()
    }
    assert others < {path.name for path in tmp_path.iterdir()}
    latest = shelf.backups()[0]
    assert (latest.made_at, latest.size_bytes, latest.is_sealed) == (moments[-1], 5, True)


# --- What the front page says --------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("unwritten_menu")
def test_front_page_says_when_the_last_backup_was_made(
    admin_client: Client, tmp_path: Path, settings: Any
) -> None:
    settings.BACKUP_ROOT = tmp_path / "backups"

    def said() -> str:
        html = admin_client.get("/admin/").text
        return " ".join(html.partition('<p class="backup')[2].partition("</p>")[0].split())

    assert said() == 'overdue"> Last backup: none.'
    settings.BACKUP_ROOT.mkdir()
    shelf = Shelf(settings.BACKUP_ROOT)
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    shelf.place_aside(shelf.place_for(now, is_sealed=False)).touch()
    assert said() == 'overdue"> Last backup: none.'
    old = now - dt.timedelta(days=2, minutes=1)
    shelf.place_for(old, is_sealed=False).write_bytes(b"x" * 2048)
    words = f"{old:%-d %B %Y, %H:%M} UTC, 2.0\xa0KB."
    assert said() == f'overdue"> Last backup: {" ".join(words.split())} It is not encrypted.'
    shelf.place_for(now, is_sealed=True).write_bytes(b"x" * 2048)
    words = f"{now:%-d %B %Y, %H:%M} UTC, 2.0\xa0KB."
    assert said() == f'"> Last backup: {" ".join(words.split())}'


# --- Made by a worker ----------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("unwritten_menu")
def test_a_worker_makes_one_each_day_and_tells_why_it_could_not(
    admin_client: Client, tmp_path: Path, settings: Any
) -> None:
    settings.TASK_SCHEDULE = {"untfsse.tasks.back_up": dt.timedelta(days=1)}
    settings.MEDIA_ROOT, settings.BACKUP_ROOT = tmp_path, tmp_path / "backups"
    keep_schedule()
    assert do_all_that_is_due() == 1
    reason = "failed: BackupError: BACKUP_ROOT lies in MEDIA_ROOT: backups would hold each other."
    page = " ".join(admin_client.get("/admin/").text.split())
    assert re.search(rf'backup overdue"> Last backup: none. The last try, .* {reason}', page)

    settings.MEDIA_ROOT = tmp_path / "media"
    BackgroundTask.objects.update(run_after=timezone.now())
    assert do_all_that_is_due() == 1
    row = BackgroundTask.objects.get()
    (backup,) = Shelf(settings.BACKUP_ROOT).backups()
    assert (row.state, row.result) == ("READY", backup.path.name)
    assert (check_archive(backup.path).server >= 15, backup.path.stat().st_mode & 0o77) == (True, 0)
    assert row.run_after > timezone.now() + dt.timedelta(hours=23)
    page = admin_client.get("/admin/").text
    assert ('<p class="backup">' in page, "The last try" in page) == (True, False)


@pytest.mark.parametrize("name", ["files/../../x", "/files/x", "files/a/../../../x", "else/x"])
def test_an_archive_whose_part_leads_out_is_refused(name: str, tmp_path: Path) -> None:
    about = About("2026-11-28T00:00:00+00:00", server=18, program=18)
    for part in ("files/x", name):
        with (tmp_path / "a.tar").open("wb") as file:
            writer = Writer(file)
            writer.add_bytes(ABOUT, tell_about(about))
            writer.add_bytes(part, b"x")
            writer.finish()
        if part != name:
            assert check_archive(tmp_path / "a.tar") == about
    with pytest.raises(BackupError, match=r"^This archive is damaged or not whole"):
        check_archive(tmp_path / "a.tar")


@pytest.mark.parametrize("said", [b"[]", b"7", b'{"format": 1}', b'{"format": 1, "x": 2}', b"{"])
def test_an_archive_that_says_nonsense_of_itself_is_refused(said: bytes, tmp_path: Path) -> None:
    with (tmp_path / "a.tar").open("wb") as file:
        writer = Writer(file)
        writer.add_bytes(ABOUT, said)
        writer.finish()
    with pytest.raises(BackupError, match=r"^This archive is damaged or not whole"):
        check_archive(tmp_path / "a.tar")


# --- Programs ------------------------------------------------------------------------------


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no PostgreSQL but what a test puts on it."""
    monkeypatch.setenv("PATH", f"{tmp_path}/one:{tmp_path}/two")
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    monkeypatch.setattr("untfsse.backup.programs.DEBIAN", tmp_path)
    return tmp_path


def put(folder: Path, version: str) -> str:
    folder.mkdir(parents=True)
    program = folder / "pg_dump"
    program.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}'\n")
    program.chmod(0o755)
    return str(program)


def test_program_of_the_server_or_a_newer_one_is_found(programs: Path) -> None:
    with pytest.raises(BackupError, match=r"^pg_dump is not on this machine\. Install Postg"):
        find_program("pg_dump", 18)
    put(programs / "one", "15.9 (Debian 15.9-0+deb12u1)")
    with pytest.raises(BackupError, match=r"^pg_dump is of version 15, and 18 is needed\. Insta"):
        find_program("pg_dump", 18)
    newer = put(programs / "two", "19beta1")
    assert find_program("pg_dump", 18) == newer
    same = put(programs / "18" / "bin", "18.1")
    assert find_program("pg_dump", 18) == same


# --- Refused before anything is written ----------------------------------------------------


@pytest.mark.django_db
def test_wrong_settings_are_refused_in_a_sentence(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT, settings.BACKUP_ROOT = tmp_path, tmp_path / "backups"
    with pytest.raises(CommandError, match=r"^BACKUP_ROOT lies in MEDIA_ROOT: "):
        call_command("backup")
    settings.MEDIA_ROOT, settings.BACKUP_RECIPIENTS = tmp_path / "media", ["age1nobody"]
    with pytest.raises(CommandError, match=r"^BACKUP_RECIPIENTS names public keys of age: age1…$"):
        call_command("backup")
    assert list(tmp_path.iterdir()) == []
