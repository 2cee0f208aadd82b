"""The real server beside a real PostgreSQL that is stopped, started, locked and used up."""

import json
import runpy
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tests import serving
from untfsse import embedded
from untfsse.demo import Server
from untfsse.embedded import Cluster, server
from untfsse.kit import faults, time_limits
from untfsse.kit.history.changes import acting

WAIT, LOCK = 1, 3
"""Seconds that a request waits for a connection, and a reader for a lock."""


# --- A server of its own -------------------------------------------------------------------


@dataclass
class Portal(serving.Portal):
    """The portal, and its database."""

    cluster: Cluster

    def stop_database(self) -> None:
        """Stop PostgreSQL at once, in the middle of all connections."""
        data = f"--pgdata={self.cluster.data}"
        self.cluster.run("pg_ctl", data, "--mode=fast", "--silent", "stop")

    def start_database(self) -> None:
        """Start it again."""
        server.start(self.cluster)


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Portal]:
    """Serve the portal, with a single connection to its database for each of its processes."""
    cluster = embedded.throw_away_cluster()
    folder = tmp_path_factory.mktemp("portal")
    limits = {
        "DATABASE_POOL": "1",
        "DATABASE_WAIT_SECONDS": str(WAIT),
        "DATABASE_LOCK_SECONDS": str(LOCK),
        "GUNICORN_WORKERS": "1",
    }
    with embedded.serving(cluster) as url:
        # A copy of the tables of this run: to migrate anew takes ten times as long.
        pg_dump, psql = (str(cluster.program / "bin" / name) for name in ("pg_dump", "psql"))
        tables = subprocess.run([pg_dump, serving.own_url()], capture_output=True, check=True)
        read = [psql, url, "--quiet", "--set=ON_ERROR_STOP=1"]
        subprocess.run(read, input=tables.stdout, stdout=subprocess.DEVNULL, check=True)
        with serving.portal_on(url, folder, **limits) as served:
            yield Portal(served.port, served.log, served.process, cluster)


# --- What readers get ----------------------------------------------------------------------


@pytest.mark.slow
def test_no_request_fails_after_a_restart_of_the_database(portal: Portal) -> None:
    assert portal.get("/meetings/").status == 200
    portal.stop_database()
    portal.start_database()
    statuses = [portal.get("/meetings/").status for _ in range(10)]
    assert statuses == [200] * 10


@pytest.mark.slow
def test_connection_that_is_cut_in_the_middle_of_a_read_is_taken_anew(portal: Portal) -> None:
    with psycopg.connect(server.connection_url(portal.cluster), autocommit=True) as other:
        other.execute("BEGIN")
        other.execute("LOCK TABLE taskforce_meeting")
        cut = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                 WHERE wait_event_type = 'Lock' AND pid <> pg_backend_pid()"""
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(portal.get, "/meetings/")
            while not other.execute(cut.encode()).fetchall():
                assert not waiting.done()
            other.execute("ROLLBACK")
            assert waiting.result().status == 200


@pytest.mark.slow
def test_database_that_is_away_is_told_to_people_and_machines(portal: Portal) -> None:
    portal.stop_database()
    try:
        page, told = portal.get("/meetings/"), portal.get("/api/v1/meetings/")
        alive, ready = portal.get("/healthz"), portal.get("/readyz")
    finally:
        portal.start_database()
    for answer in (page, told):
        assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
    assert b"The portal is busy" in page.body
    assert json.loads(told.body)["type"].endswith("/api/problems/unavailable/")
    assert told.headers["Access-Control-Allow-Origin"] == "*"
    assert (alive.status, ready.status) == (200, 503)
    assert json.loads(ready.body)["database"] == "unreachable"
    # The pool may just have failed once more, and then tries again by itself or when asked.
    assert 200 in (portal.get("/readyz").status for _ in range(5 // WAIT))
    assert portal.get("/meetings/").status == 200


@pytest.mark.slow
def test_where_answers_are_kept_a_database_that_is_away_is_told_alike(
    portal: Portal, tmp_path: Path
) -> None:
    url = server.connection_url(portal.cluster)
    wait = {"DATABASE_POOL": "1", "DATABASE_WAIT_SECONDS": str(WAIT), "GUNICORN_WORKERS": "1"}
    with serving.portal_on(url, tmp_path, CACHE_URL="", **wait) as kept:
        assert kept.get("/meetings/").status == 200
        portal.stop_database()
        try:
            page, told = kept.get("/meetings/"), kept.get("/api/v1/meetings/")
            alive = kept.get("/healthz")
        finally:
            portal.start_database()
        assert [answer.status for answer in (page, told, alive)] == [503, 503, 200]
        assert (page.headers["Retry-After"], alive.seconds < WAIT) == ("10", True)
        assert json.loads(told.body)["type"].endswith("/api/problems/unavailable/")
        assert 200 in (kept.get("/meetings/").status for _ in range(5 // WAIT))


@pytest.mark.slow
def test_locked_table_slows_its_own_pages_and_stops_no_other(portal: Portal) -> None:
    with psycopg.connect(server.connection_url(portal.cluster)) as other:
        other.execute("LOCK TABLE taskforce_meeting")
        locked = portal.get("/meetings/")
        others = [portal.get(path) for path in ("/encyclopedia/", "/healthz", "/readyz")]
    assert (locked.status, locked.headers["Retry-After"]) == (503, "10")
    assert LOCK <= locked.seconds < LOCK + 5
    assert [answer.status for answer in others] == [200, 200, 200]
    assert max(answer.seconds for answer in others) < LOCK
    assert portal.get("/meetings/").status == 200


@pytest.mark.slow
def test_connections_that_are_all_in_use_are_told(portal: Portal) -> None:
    with psycopg.connect(server.connection_url(portal.cluster)) as other:
        other.execute("LOCK TABLE taskforce_meeting")
        answers = portal.get_all("/meetings/", "/meetings/", "/healthz")
    assert [answer.status for answer in answers] == [503, 503, 200]
    first, second = sorted(answer.seconds for answer in answers[:2])
    assert WAIT <= first < LOCK <= second


@pytest.mark.slow
def test_request_that_is_too_long_is_refused_in_our_words_before_the_server_does(
    portal: Portal,
) -> None:
    words = "x" * (faults.LONGEST_ADDRESS + 1)
    for answer, status in [
        (portal.get(f"/api/v1/meetings/?q={words}"), 414),
        (portal.get("/api/v1/meetings/", Long="x" * (faults.LONGEST_HEADER + 1)), 431),
    ]:
        assert (answer.status, answer.headers["Content-Type"]) == (
            status,
            "application/problem+json",
        )
    beyond = portal.get(f"/api/v1/meetings/?q={words * 3}")
    assert (beyond.status, beyond.headers["Content-Type"]) == (414, "text/html")


@pytest.mark.parametrize(("method", "times"), [("GET", 2), ("HEAD", 2), ("POST", 1)])
def test_only_a_read_is_asked_again_and_only_once(method: str, times: int) -> None:
    asked: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        asked.append(request)
        cut = OperationalError("server closed the connection")
        cut.__cause__ = psycopg.errors.AdminShutdown()
        answer = faults.answer_fault(cut)
        assert answer is not None
        return answer

    answer = faults.FaultsMiddleware(view)(RequestFactory().generic(method, "/"))
    assert (len(asked), answer.status_code) == (times, 503)


# --- How it is set up ----------------------------------------------------------------------


def test_server_reads_more_than_we_take() -> None:
    deployed = runpy.run_path(str(serving.GUNICORN))
    demo = Server(8000, lambda: None).cfg.settings
    for name, ours in [
        ("limit_request_line", faults.LONGEST_ADDRESS),
        ("limit_request_field_size", faults.LONGEST_HEADER),
    ]:
        assert deployed[name] == demo[name].get() > ours


@pytest.mark.django_db(transaction=True)
def test_who_changes_something_is_given_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def limits() -> list[str]:
        with connection.cursor() as cursor:
            names = ", ".join(f"current_setting('{name}')" for name in settings.DATABASE_LIMITS)
            cursor.execute(f"SELECT {names}")
            return list(cursor.fetchone() or ())

    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {})
    connection.close()
    assert limits() == ["0", "0", "0"]
    with acting(actor_id=None, origin="seed"):
        assert limits() == ["0", "0", "0"]
    time_limits.limit_the_web()
    connection.close()
    try:
        assert limits() == ["15s", "3s", "1min"]
        with acting(actor_id=None, origin="admin"):
            assert limits() == ["0", "1min", "0"]
            with acting(actor_id=None, origin="import"):
                assert limits() == ["0", "1min", "0"]
            assert limits() == ["0", "1min", "0"]
        assert limits() == ["15s", "3s", "1min"]
    finally:
        monkeypatch.undo()
        connection.close()
