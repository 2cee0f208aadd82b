"""A real Redis, or Valkey, that two servers share: what one makes the other gives."""

import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from taskforce.models import Meeting
from tests import make
from tests.serving import Answer, Portal, free_port, own_url, portal_on, wait_until

PROGRAM = shutil.which("valkey-server") or shutil.which("redis-server")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(PROGRAM is None, reason="no Redis found: install the package redis-server"),
]


@dataclass
class Cache:
    """A server of a cache that can be killed and started."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: Any = None

    def start(self) -> None:
        """Start it, empty, and return once it listens."""
        command = [str(PROGRAM), "--port", str(self.port), "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--dir", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_until(self.listens)

    def listens(self) -> bool:
        with socket.socket() as caller:
            return caller.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@dataclass
class Worker:
    """A server of the portal, and the port where it tells what it counts."""

    portal: Portal
    port: int

    def get(self) -> Answer:
        """Ask for the meetings, by the name that both have."""
        return self.portal.get("/meetings/", Host="localhost")

    def counted(self) -> dict[str, int]:
        """Return how many answers it made, and gave again."""
        told = Portal(self.port, self.portal.log, None).get("/").body.decode()
        found = re.findall(r'untfsse_kept_answers_total\{how="(\w+)"\} (\d+)', told)
        return {how: int(count) for how, count in found}

    def complaints(self) -> int:
        """Return how often it found that the cache does not answer."""
        return self.portal.log.read_text().count("The cache ")


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    """A cache that runs."""
    cache = Cache(tmp_path)
    cache.start()
    yield cache
    cache.kill()


@pytest.fixture
def workers(transactional_db: None, cache: Cache, tmp_path: Path) -> Iterator[list[Worker]]:
    """Two servers that know nothing of each other, before one database and one cache."""
    make.meeting(slug="spring", title="Quokka meeting")
    shared = {"CACHE_URL": f"redis://127.0.0.1:{cache.port}/0", "GUNICORN_WORKERS": "1"}
    with ExitStack() as stack:
        started = []
        for name in ("one", "two"):
            folder = tmp_path / name
            folder.mkdir()
            port = free_port()
            served = portal_on(own_url(), folder, METRICS_PORT=str(port), **shared)
            started.append(Worker(stack.enter_context(served), port))
        yield started


def test_two_servers_share_answers_and_none_fails_when_the_cache_is_killed(
    workers: list[Worker], cache: Cache
) -> None:
    one, two = workers
    made, given = one.get(), two.get()
    assert (one.counted(), two.counted()) == ({"made": 1}, {"given": 1})
    assert (given.body, given.headers["ETag"]) == (made.body, made.headers["ETag"])
    Meeting.objects.update(title="Wombat meeting")
    pages = [worker.get().body.decode() for worker in (two, one)]
    assert ["Wombat" in page for page in pages] == [True, True]
    assert (one.counted()["given"], two.counted()["made"]) == (1, 1)

    is_over, statuses = Event(), list[int]()

    def read(worker: Worker) -> None:
        while not is_over.is_set():
            statuses.append(worker.get().status)

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read, worker) for worker in workers * 2]
        try:
            wait_until(lambda: len(statuses) > 20)
            cache.kill()
            known = len(statuses)
            wait_until(lambda: len(statuses) > known + 20)
            cache.start()
            known = one.counted()["given"]
            wait_until(lambda: one.counted()["given"] > known + 20)
        finally:
            is_over.set()
            for reader in readers:
                reader.result()
    assert set(statuses) == {200}


def test_cache_that_hangs_is_left_alone_for_a_while(workers: list[Worker], cache: Cache) -> None:
    one = workers[0]
    cache.process.send_signal(signal.SIGSTOP)
    try:
        statuses = [one.get().status for _time in range(4)]
    finally:
        cache.process.send_signal(signal.SIGCONT)
    assert statuses == [200] * 4
    assert one.complaints() == 1
