"""The demo: what it refuses and how, the staff account, and one whole life."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from tests.serving import PATIENCE, wait_until
from untfsse import demo, port
from untfsse.settings import BASE_DIR


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


# --- Refused, before anything slow ---------------------------------------------------------


def test_taken_port_is_told(taken_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", str(taken_port))
    with pytest.raises(CommandError) as refusal:
        call_command("demo")
    assert str(refusal.value) == (
        f"Port {taken_port} is in use, perhaps by the demo itself. "
        f"Stop what uses it, or take another: make demo PORT={taken_port + 1}"
    )


@pytest.mark.parametrize("text", ["", "http", "0", "65536", "-1", "٣", "80.5"])
def test_port_that_is_none_is_told(text: str) -> None:
    with pytest.raises(port.PortError, match=r"write a number from 1 to 65535\.$"):
        port.read_port(text)


def test_port_is_asked_without_any_package(taken_port: int) -> None:
    command = [sys.executable, "-I", "-S", str(BASE_DIR / "untfsse" / "port.py"), str(taken_port)]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert asked.returncode == 1
    assert asked.stderr.startswith(f"Port {taken_port} is in use")


def test_demo_is_refused_in_production(settings: LazySettings) -> None:
    settings.IS_DEMO = False
    with pytest.raises(CommandError, match=r"start it with `make demo`\.$"):
        call_command("demo")


@pytest.mark.django_db
def test_database_of_newer_code_is_refused() -> None:
    demo.check_migrations()
    MigrationRecorder(connection).record_applied("taskforce", "9999_from_the_future")
    with pytest.raises(demo.DemoError) as refusal:
        demo.check_migrations()
    assert str(refusal.value) == (
        "The database is newer than this code: it holds 1 migrations that the code lacks, first "
        "taskforce.9999_from_the_future. Update the code, or move .local/postgres away."
    )


@pytest.mark.parametrize(
    ("full_bytes", "error", "sentence"),
    [
        (2**60, OperationalError("server closed"), "The disk is full: free some space, "),
        (0, PermissionError(13, "Permission denied", ".local"), "Permission denied: .local"),
        (0, OperationalError("no room\nHINT: none"), "The database refused: no room (its log: "),
    ],
)
def test_refusal_becomes_a_sentence(
    full_bytes: int, error: Exception, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "LOCAL", BASE_DIR)
    monkeypatch.setattr(demo, "FULL_DISK_BYTES", full_bytes)
    assert demo.explain(error).startswith(sentence)


# --- The staff account ---------------------------------------------------------------------


@pytest.fixture
def password_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "local" / "secretariat-password"
    monkeypatch.setattr(demo, "PASSWORD_FILE", file)
    return file


@pytest.mark.django_db
def test_staff_account_is_made_once(password_file: Path) -> None:
    password = demo.ensure_staff()
    user = get_user_model().objects.get(username="secretariat")
    assert (user.is_staff, user.is_superuser, user.check_password(password)) == (True, True, True)
    assert password_file.read_text() == f"{password}\n"
    assert password_file.stat().st_mode & 0o777 == 0o600
    assert demo.ensure_staff() == password


@pytest.mark.django_db
def test_changed_password_stays_changed(password_file: Path) -> None:
    demo.ensure_staff()
    user = get_user_model().objects.get(username="secretariat")
    user.set_password("one of their own")
    user.save()
    assert demo.ensure_staff() == "(the password you gave it)"
    user.refresh_from_db()
    assert user.check_password("one of their own")


@pytest.mark.django_db
def test_lost_password_file_means_a_new_password(password_file: Path) -> None:
    first = demo.ensure_staff()
    password_file.unlink()
    second = demo.ensure_staff()
    assert second != first
    assert get_user_model().objects.get(username="secretariat").check_password(second)


# --- One whole life ------------------------------------------------------------------------


@pytest.fixture
def copy() -> Iterator[Path]:
    """The project without what it keeps: a first start finds nothing prepared.

    In a folder that every account may pass, so that root's data is in `.local` too.
    """
    ignored = shutil.ignore_patterns(".git", ".venv", ".local", ".*_cache", "__pycache__")
    with tempfile.TemporaryDirectory(dir="/tmp") as scratch:
        Path(scratch).chmod(0o755)
        yield Path(shutil.copytree(BASE_DIR, Path(scratch) / "portal", ignore=ignored))


def start(folder: Path, number: int) -> tuple[subprocess.Popen[str], str]:
    """Start the demo; return it with all it said, once it has said that it is open."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"DEMO": "1", "PORT": str(number), "DATABASE_POOL": "8"}
    process = subprocess.Popen(
        [sys.executable, "-u", "manage.py", "demo"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if line.startswith("Press Ctrl-C"):
            return process, "".join(said)
    pytest.fail("".join(said))


def find_processes(folder: Path) -> list[str]:
    """Return the living processes that were started in the folder or serve data from it."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            where = (entry / "cwd").readlink()
        except OSError:
            continue
        if command and (str(folder) in command or where.is_relative_to(folder)):
            found.append(command)
    return found


def wait_for_none(folder: Path) -> None:
    wait_until(lambda: not find_processes(folder), lambda: find_processes(folder))


def wait_for_worker(number: int) -> None:
    def has_come() -> bool:
        address = f"http://127.0.0.1:{number}/readyz"
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return bool(json.load(answer)["worker"] == "ok")

    wait_until(has_come)


def fetch(number: int, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{number}{path}", timeout=PATIENCE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


@pytest.mark.slow
def test_demo_lives_survives_a_kill_and_leaves_nothing(copy: Path, free_port: int) -> None:
    first, said = start(copy, free_port)
    assert len(said.splitlines()) < 20
    assert " held back. The table and the remarks: .local/seed.txt\n" in said
    assert "not loaded" in (copy / ".local" / "seed.txt").read_text()
    assert fetch(free_port, "/admin/login/") == 200
    assert fetch(free_port, "/static/admin/css/base.css") == 200
    wait_for_worker(free_port)
    password = (copy / ".local" / "secretariat-password").read_text()
    first.kill()
    first.communicate()
    wait_for_none(copy)

    second, _said = start(copy, free_port)
    wait_for_worker(free_port)
    assert fetch(free_port, "/admin/login/") == 200
    assert (copy / ".local" / "secretariat-password").read_text() == password
    second.send_signal(signal.SIGINT)
    rest, _ = second.communicate(timeout=PATIENCE)
    assert second.returncode == 0
    assert "Traceback" not in rest
    assert find_processes(copy) == []
