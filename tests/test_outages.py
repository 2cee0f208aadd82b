"""The database killed and started under load, and its disk full: what readers and writers get."""

import json
import os
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from threading import Event
from typing import Any

import psycopg
import pytest

from tests import clusters, serving
from tests.serving import portal_on, wait_until
from untfsse import embedded
from untfsse.embedded import Cluster, server

pytestmark = pytest.mark.slow
DOORS = ["/meetings/", "/meetings/?page=1&nonsense=1", "/api/v1/meetings/"]
SIZE_MB = 600
NUMBERS = count(1)

type Served = tuple[serving.Portal, str, Cluster, bool]


@dataclass
class Scene:
    """A portal, and its database on a disk of its own, if one could be had."""

    portal: serving.Portal
    url: str
    cluster: Cluster
    has_disk: bool
    is_over: Event = field(default_factory=Event)
    acknowledged: list[int] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    got: Counter[Any] = field(default_factory=Counter)

    def write(self) -> None:
        """Write rows until it is over; each is acknowledged, or refused."""
        database = None
        while not self.is_over.is_set():
            number = next(NUMBERS)
            try:
                database = database or psycopg.connect(self.url, autocommit=True)
                database.execute(
                    "INSERT INTO django_session SELECT %s, string_agg(md5(random()::text), ''),"
                    " now() FROM generate_series(1, 200)",
                    [str(number)],
                )
            except psycopg.Error as error:
                self.refused[type(error).__name__] += 1
                if database is not None and database.closed:
                    database = None
            else:
                self.acknowledged.append(number)
        if database is not None:
            database.close()

    def read(self, path: str) -> None:
        """Read until it is over."""
        while not self.is_over.is_set():
            answer = self.portal.get(path)
            self.got[answer.status, answer.headers.get("Retry-After")] += 1

    @contextmanager
    def under_load(self) -> Iterator[None]:
        """Let two write and three read, each without a pause, as long as the block lasts."""
        with ThreadPoolExecutor(5) as pool:
            work = [pool.submit(self.write) for _writer in range(2)]
            work += [pool.submit(self.read, door) for door in DOORS]
            try:
                wait_until(lambda: len(self.acknowledged) > 100 and self.got[200, None] > 20)
                yield
            finally:
                self.is_over.set()
                for each in work:
                    each.result()

    def lost(self) -> int:
        """Return how many of the acknowledged rows are not there."""
        with psycopg.connect(self.url) as database:
            rows = database.execute("SELECT session_key FROM django_session").fetchall()
        return len({str(number) for number in self.acknowledged} - {row[0] for row in rows})

    def resize(self, megabytes: int) -> None:
        """Give the disk of the database another size."""
        options = f"remount,size={megabytes}m"
        subprocess.run(["mount", "-o", options, str(self.cluster.home)], check=True)

    def used_mb(self) -> int:
        disk = os.statvfs(self.cluster.home)
        return (disk.f_blocks - disk.f_bfree) * disk.f_frsize // 2**20

    def ready(self) -> tuple[int, str]:
        answer = self.portal.get("/readyz")
        return answer.status, json.loads(answer.body)["database"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the portal on a database that loses nothing that it acknowledged."""
    cluster = embedded.throw_away_cluster()
    disk = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(cluster.home)]
    has_disk = (
        os.geteuid() == 0
        and not subprocess.run(disk, check=False, stderr=subprocess.DEVNULL).returncode
    )
    try:
        os.chown(cluster.home, cluster.account.pw_uid, cluster.account.pw_gid)
        server.create(cluster)
        clusters.set_up(cluster, synchronous_commit="on", max_wal_size="64MB", min_wal_size="32MB")
        server.start(cluster)
        url = clusters.migrate(cluster)
        quick = {"CACHE_URL": "", "DATABASE_WAIT_SECONDS": "1", "GUNICORN_WORKERS": "1"}
        with portal_on(url, tmp_path_factory.mktemp("portal"), **quick) as portal:
            yield portal, url, cluster, has_disk
    finally:
        server.stop(cluster)
        if has_disk:
            subprocess.run(["umount", "--lazy", str(cluster.home)], check=True)
            cluster.home.rmdir()


@pytest.fixture
def scene(served: Served) -> Scene:
    """Begin with nothing written and nothing read."""
    return Scene(*served)


def test_database_that_is_killed_under_load_loses_nothing(scene: Scene) -> None:
    with scene.under_load():
        clusters.stop_at_once(scene.cluster)
        refused = scene.got[503, "10"]
        wait_until(lambda: scene.got[503, "10"] > refused + 10)
        assert scene.ready() == (503, "unreachable")
        began, good = time.monotonic(), scene.got[200, None]
        server.start(scene.cluster)
        wait_until(lambda: scene.got[200, None] > good + 3)
        seconds = time.monotonic() - began
        known = len(scene.acknowledged)
        wait_until(lambda: len(scene.acknowledged) > known + 20)
    print(f"\n{dict(scene.got)}, back after {seconds:.1f} s, acknowledged", end=" ")
    print(f"{len(scene.acknowledged)}, refused {dict(scene.refused)}")
    assert set(scene.got) == {(200, None), (503, "10")}
    assert scene.lost() == 0


def test_full_disk_of_the_database_is_told_and_loses_nothing(scene: Scene) -> None:
    if not scene.has_disk:
        pytest.skip("no disk of its own: only root can mount one, where the system lets it")
    with scene.under_load():
        scene.resize(scene.used_mb() + 4)
        wait_until(lambda: scene.refused.total() > 200)
        known = scene.got.total()
        wait_until(lambda: scene.got.total() > known + 20)
        status, told = scene.ready()
        is_running = server.is_running(scene.cluster)
        scene.resize(SIZE_MB)
        server.start(scene.cluster)  # where it ended, as what watches a server does
        good, known = scene.got[200, None], len(scene.acknowledged)
        wait_until(lambda: scene.got[200, None] > good + 20)
        wait_until(lambda: len(scene.acknowledged) > known + 20)
    print(f"\n{dict(scene.got)}, still running: {is_running}, acknowledged", end=" ")
    print(f"{len(scene.acknowledged)}, refused {dict(scene.refused)}; told “{told}”")
    assert (status, told) == (503, "cannot write" if is_running else "unreachable")
    assert set(scene.got) <= {(200, None), (503, "10")}
    assert scene.lost() == 0
    assert scene.ready() == (200, "ok")
