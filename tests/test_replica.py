"""A real replica: it answers visitors, and the first database does where it lags or is away."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests import clusters, make, serving
from tests.clusters import Database
from tests.serving import Answer, free_port, portal_on, wait_until
from untfsse import embedded
from untfsse.embedded import Cluster, server

pytestmark = pytest.mark.slow
DOORS = ["/meetings/", "/meetings/spring/", "/api/v1/meetings/", "/meetings/feed/"]


@dataclass
class Scene:
    """A portal, its two databases, and somebody who is signed in."""

    portal: serving.Portal
    watched: serving.Portal
    first: Database
    replica: Cluster
    session: str
    writes: int = 0

    def write(self) -> str:
        """Commit a title that nobody has read, and return it."""
        self.writes += 1
        title = f"Wombat meeting {self.writes}."
        self.first.execute("UPDATE taskforce_meeting SET title = %s WHERE slug = 'spring'", [title])
        return title

    def answered(self) -> Counter[str]:
        """Return how many answers the replica made, and for how many it was passed over."""
        told = self.watched.get("/").body.decode()
        found = re.findall(r'untfsse_replica_answers_total\{how="(\w+)"\} (\d+)', told)
        return Counter({how: int(count) for how, count in found})

    def ready(self) -> tuple[int, str]:
        answer = self.portal.get("/readyz")
        return answer.status, json.loads(answer.body)["replica"]

    def asked_of_replica(self) -> int:
        """Return how many of its statements read meetings."""
        return self.replica.log.read_text().count('FROM "taskforce_meeting"')

    def catch_up(self) -> None:
        """Return once the replica is as far as the first."""
        wait_until(lambda: self.ready() == (200, "ok"))


@pytest.fixture(scope="module")
def scene(
    django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    """Serve the portal on a database with a replica that streams."""
    first = embedded.throw_away_cluster()
    server.create(first)
    clusters.set_up(first, wal_level="replica", max_wal_senders="4")
    clusters.start(first)
    try:
        url = clusters.migrate(first)
        replica = clusters.begin_replica(first, log_statement="all")
        with django_db_blocker.unblock(), clusters.speaking_to(first):
            make.meeting(slug="spring")
            make.meeting(slug="draft", title="Numbat meeting", status="draft")
            staff = Client()
            staff.force_login(make.user(is_staff=True, is_superuser=True))
        told = {"DATABASE_REPLICA_URL": server.connection_url(replica), "CACHE_URL": ""}
        port = free_port()
        folder = tmp_path_factory.mktemp("portal")
        with (
            portal_on(url, folder, METRICS_PORT=str(port), GUNICORN_WORKERS="1", **told) as portal,
            clusters.connect(first, server.NAME) as database,
        ):
            watched = serving.Portal(port, portal.log, portal.process)
            yield Scene(portal, watched, database, replica, staff.cookies["sessionid"].value)
        clusters.stop_at_once(replica)
    finally:
        server.stop(first)


def texts(answers: list[Answer]) -> list[str]:
    assert [answer.status for answer in answers] == [200] * len(answers)
    return [answer.body.decode() for answer in answers]


def test_replica_answers_visitors_and_nobody_reads_what_is_old(scene: Scene) -> None:
    title = scene.write()
    scene.catch_up()
    before, asked = scene.answered(), scene.asked_of_replica()
    assert title in scene.portal.get("/meetings/").body.decode()
    assert scene.asked_of_replica() > asked
    assert scene.answered() == {**before, "ok": before["ok"] + 1}
    # What is kept is given again, and asks neither for rows.
    asked = scene.asked_of_replica()
    scene.portal.get("/meetings/")
    assert scene.asked_of_replica() == asked

    stale = 0
    for _time in range(20):
        title = scene.write()
        for text in texts([scene.portal.get(door) for door in DOORS]):
            stale += title not in text
    assert stale == 0
    scene.catch_up()
    assert scene.portal.get("/meetings/?q=wombat").status == 200
    assert scene.asked_of_replica() > asked
    # What is written while a page is read is written where it can be.
    made = scene.answered()["ok"]
    assert scene.portal.get("/search/?q=bandicoot").status == 200
    assert scene.answered()["ok"] == made + 1
    missed = scene.first.execute("SELECT count FROM kit_missedsearch WHERE text = 'bandicoot'")
    assert missed.fetchall() == [(1,)]


def test_replica_that_lags_is_passed_over_and_keeps_nothing_old(scene: Scene) -> None:
    scene.catch_up()
    with clusters.connect(scene.replica, server.NAME) as replica:
        replica.execute("SELECT pg_wal_replay_pause()")
        state = b"SELECT pg_get_wal_replay_pause_state()"
        wait_until(lambda: replica.execute(state).fetchone() == ("paused",))
        title, before = scene.write(), scene.answered()["behind"]
        for _time in range(2):
            for text in texts([scene.portal.get(door) for door in DOORS]):
                assert title in text
        assert scene.answered()["behind"] == before + len(DOORS)
        assert scene.ready() == (200, "behind")
        told = scene.watched.get("/").body.decode()
        assert float(re.findall(r"\nuntfsse_replica_lag_bytes (\S+)", told)[0]) > 0
        # Who is signed in reads what they wrote, drafts too.
        mine: Any = scene.portal.get("/meetings/", Cookie=f"sessionid={scene.session}")
        assert "Numbat" in mine.body.decode()
        replica.execute("SELECT pg_wal_replay_resume()")
    scene.catch_up()
    asked = scene.asked_of_replica()
    for text in texts([scene.portal.get(f"{door}?q=wombat") for door in DOORS[::2]]):
        assert title in text
    assert scene.asked_of_replica() > asked


def test_replica_that_falls_away_is_passed_over_and_taken_again(scene: Scene) -> None:
    scene.catch_up()
    is_over = Event()

    def read() -> list[int]:
        statuses = []
        while not is_over.is_set():
            scene.write()
            statuses += [scene.portal.get(door).status for door in DOORS]
        return statuses

    with ThreadPoolExecutor(1) as pool:
        reader = pool.submit(read)
        before = scene.answered()
        try:
            clusters.stop_at_once(scene.replica)
            wait_until(lambda: scene.answered()["away"] > before["away"] + 10)
            assert scene.ready() == (200, "away")
            assert "\nuntfsse_replica_up 0.0" in scene.watched.get("/").body.decode()
            clusters.start(scene.replica)
            wait_until(lambda: scene.ready()[1] != "away")
        finally:
            is_over.set()
        statuses = reader.result()
    assert (set(statuses), len(statuses) > 10) == ({200}, True)
    scene.catch_up()
    scene.write()
    scene.catch_up()
    before = scene.answered()
    scene.portal.get("/meetings/")
    assert scene.answered() == {**before, "ok": before["ok"] + 1}
