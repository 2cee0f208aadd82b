"""Point in time: what docs/backup.md says of it, done on a throw-away cluster."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest

from tests.clusters import connect, make_folder, place, set_up, start
from untfsse import embedded
from untfsse.embedded import Cluster, server

pytestmark = pytest.mark.slow


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A cluster that archives its log, as the page says."""
    cluster = embedded.throw_away_cluster()
    server.create(cluster)
    archive = make_folder(cluster, "archive")
    set_up(
        cluster,
        wal_level="replica",
        max_wal_senders="4",
        archive_mode="on",
        archive_command=f"test ! -f {archive}/%f && cp %p {archive}/%f",
    )
    start(cluster)
    yield cluster
    server.stop(cluster)


def read_texts(database: psycopg.Connection[tuple[object, ...]]) -> list[object]:
    return [row[0] for row in database.execute("SELECT text FROM meeting ORDER BY id")]


def test_database_comes_back_as_it_was_before_a_mistake(cluster: Cluster) -> None:
    with connect(cluster) as database:
        database.execute("CREATE TABLE meeting (id int GENERATED ALWAYS AS IDENTITY, text text)")
        database.execute("INSERT INTO meeting (text) VALUES ('before the base backup')")
        base = make_folder(cluster, "base")
        cluster.run("pg_basebackup", f"--pgdata={base}", f"--dbname={place(cluster)}")
        database.execute("INSERT INTO meeting (text) VALUES ('after the base backup')")
        row = database.execute("SELECT clock_timestamp()").fetchone()
        assert row is not None
        assert isinstance(row[0], dt.datetime)
        moment = row[0]
        database.execute("DELETE FROM meeting")
        database.execute("INSERT INTO meeting (text) VALUES ('after the mistake')")
        assert read_texts(database) == ["after the mistake"]
        database.execute("SELECT pg_switch_wal()")
    cluster.run("pg_ctl", f"--pgdata={cluster.data}", "--mode=fast", "--silent", "stop")

    restored = replace(cluster, home=make_folder(cluster, "restored"))
    base.rename(restored.data)
    set_up(
        restored,
        archive_mode="off",
        restore_command=f"cp {cluster.home}/archive/%f %p",
        recovery_target_time=moment.isoformat(),
        recovery_target_action="promote",
    )
    (restored.data / "recovery.signal").touch()
    (restored.data / f"{server.SOCKET}.lock").unlink()  # the demo has its socket among the data
    start(restored)
    try:
        with connect(restored) as database:
            assert read_texts(database) == ["before the base backup", "after the base backup"]
            database.execute("SELECT pg_promote(true, 20) WHERE pg_is_in_recovery()")
            database.execute("INSERT INTO meeting (text) VALUES ('goes on')")
    finally:
        cluster.run("pg_ctl", f"--pgdata={restored.data}", "--mode=immediate", "--silent", "stop")
