"""The portal as it runs in production: what its log says, and how it can be watched."""

import json
import os
import signal
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.serving import Portal, free_port, own_url, portal_on, wait_until
from untfsse.kit.request_log import JsonFormatter

pytestmark = pytest.mark.django_db

PRODUCTION = {
    "DEMO": "0",
    "HTTPS": "0",
    "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "127.0.0.1",
    "GUNICORN_WORKERS": "2",
}


@dataclass
class Watched(Portal):
    """The portal, and the port of its metrics."""

    metrics_port: int

    def metrics(self) -> dict[str, float]:
        """Return what Prometheus is told, by the words before each number."""
        told = Portal(self.metrics_port, self.log, self.process).get("/metrics")
        assert told.status == 200
        lines = (line for line in told.body.decode().splitlines() if line[0] != "#")
        return {words: float(number) for words, number in (line.rsplit(" ", 1) for line in lines)}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Watched]:
    """Serve the portal with the settings of production."""
    folder = tmp_path_factory.mktemp("portal")
    watched = {"METRICS_PORT": str(free_port()), "BACKUP_ROOT": str(folder), "CACHE_URL": ""}
    watched["TMPDIR"] = str(folder)
    (folder / "untfsse-20240101T000000Z.tar").touch()
    with portal_on(own_url(), folder, **PRODUCTION, **watched) as served:
        yield Watched(served.port, served.log, served.process, int(watched["METRICS_PORT"]))


def lines_of(portal: Portal) -> list[dict[str, Any]]:
    """Return the log, each line of which is JSON."""
    return [json.loads(line) for line in portal.log.read_text().splitlines()]


# --- The log -------------------------------------------------------------------------------


@pytest.mark.slow
def test_each_request_is_a_line_of_json_without_what_was_searched_for(portal: Portal) -> None:
    number = str(uuid.uuid4())
    found = portal.get("/search/?q=unspeakable", **{"X-Request-ID": number.replace("-", "")})
    strange = portal.get("/api/v1/nowhere/", **{"X-Request-ID": "ann@example.org"})
    lines = lines_of(portal)
    assert found.headers["X-Request-ID"] == number
    (line,) = (line for line in lines if line.get("request") == number and "status" in line)
    assert {**line, "time": "", "seconds": 0} == {
        "time": "",
        "request": number,
        "user": "",
        "method": "GET",
        "path": "/search/",
        "status": 200,
        "seconds": 0,
        "level": "INFO",
        "logger": "untfsse.kit.request_log",
        "message": "GET /search/",
    }
    assert 0 < line["seconds"] < found.seconds
    told = json.loads(strange.body)["instance"].removeprefix("urn:uuid:")
    assert told == strange.headers["X-Request-ID"] == str(uuid.UUID(told))
    assert any(line["logger"] == "gunicorn.error" for line in lines)
    text = portal.log.read_text()
    assert "unspeakable" not in text
    assert "ann@" not in text


def test_page_of_a_failure_names_the_line_in_the_log(
    admin_client: Client,
    admin_user: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(user: Any, *_args: Any) -> None:
        raise RuntimeError(f"{user.pk} failed\nover two lines")

    monkeypatch.setattr("untfsse.views.front_page", fail)
    caplog.handler.setFormatter(JsonFormatter())
    admin_client.raise_request_exception = False
    page = admin_client.get("/")
    (line,) = (json.loads(line) for line in caplog.text.splitlines() if "traceback" in line)
    assert page.status_code == 500
    assert f"<code>{line['request']}</code>" in page.text
    facts = (line["user"], line["path"], line["level"], line["request"])
    assert facts == (admin_user.pk, "/", "ERROR", page["X-Request-ID"])
    assert "over two lines" in line["traceback"]


# --- The metrics ---------------------------------------------------------------------------


@pytest.mark.slow
def test_both_processes_count_in_one_place_that_visitors_do_not_reach(portal: Watched) -> None:
    before = portal.metrics()
    for _ in range(3):
        portal.get_all(*["/organizations/"] * 8)
    portal.get("/api/v1/nowhere/")
    after = portal.metrics()
    rise = {words: number - before.get(words, 0) for words, number in after.items()}
    assert rise['untfsse_requests_total{method="GET",part="pages",status="200"}'] == 24
    assert rise['untfsse_requests_total{method="GET",part="api",status="404"}'] == 1
    assert rise['untfsse_request_seconds_count{part="pages"}'] == 24
    kept = {how: rise[f'untfsse_kept_answers_total{{how="{how}"}}'] for how in ("given", "made")}
    assert sum(kept.values()) == 24
    assert kept["given"] >= 8
    # Of what is given again, the number of the log is all that is asked for.
    assert rise['untfsse_request_statements_bucket{le="1.0",part="pages"}'] >= kept["given"]
    assert after["untfsse_database_up"] == 1
    assert after["untfsse_log_number"] >= 0
    assert (after['untfsse_tasks{state="waiting"}'], after['untfsse_tasks{state="failed"}']) == (
        0,
        0,
    )
    assert after["untfsse_last_backup_age_seconds"] > 86400
    told = portal.get("/metrics", Host=f"127.0.0.1:{portal.metrics_port}")
    assert (told.status, b"untfsse_requests" in told.body) == (404, False)


@pytest.mark.slow
def test_new_process_counts_on_in_the_place_of_one_that_ended(portal: Watched) -> None:
    words = 'untfsse_requests_total{method="GET",part="pages",status="200"}'
    portal.get_all(*["/organizations/"] * 8)
    before = portal.metrics()[words]
    main = portal.process.pid
    worker = int(Path(f"/proc/{main}/task/{main}/children").read_text().split()[0])
    booted = portal.log.read_text().count("Booting worker")
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: portal.log.read_text().count("Booting worker") > booted)
    # Both wait for what comes, once the new one stands.
    (folder,) = portal.log.parent.glob("untfsse-metrics-*")
    newcomer = Path(f"/proc/{main}/task/{main}/children").read_text().split()[-1]
    wait_until(lambda: has_place(newcomer))
    portal.get_all(*["/organizations/"] * 16)
    assert portal.metrics()[words] == before + 16
    assert len(list(folder.glob("counter_*.db"))) == 2


def has_place(process: str) -> bool:
    """Whether a process holds a place, as far as one can see while it opens and closes files."""
    with suppress(OSError):
        files = Path(f"/proc/{process}/fd").iterdir()
        return any("/place-" in str(file.readlink()) for file in files)
    return False


# --- The workers ---------------------------------------------------------------------------


@pytest.mark.slow
def test_workers_share_the_memory_of_what_was_loaded(portal: Portal) -> None:
    first = Path(f"/proc/{portal.process.pid}/task/{portal.process.pid}/children")
    workers = [Path(f"/proc/{number}/smaps_rollup") for number in first.read_text().split()]
    own = [int(worker.read_text().partition("Private_Dirty:")[2].split()[0]) for worker in workers]
    assert len(own) == 2
    assert min(own) < 50_000  # kB; what each would load by itself are 84,000
