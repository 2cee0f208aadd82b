"""The log under several writers at once, each with a connection of its own."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from tests import make
from tests.log import begin_new_day, connecting
from untfsse.kit.log import current_number

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, COMMITS = 4, 12
RENAME = "UPDATE taskforce_organization SET name = %s WHERE slug = %s"
LINES = "SELECT number FROM kit_publicchange WHERE number > %s ORDER BY number"
WAITING = """SELECT count(*) FROM pg_stat_activity
             WHERE wait_event_type = 'Lock' AND datname = current_database()"""

type Connection = psycopg.Connection[tuple[Any, ...]]


@pytest.fixture
def connect() -> Iterator[Any]:
    with connecting() as give:
        yield give


def numbers(reader: Connection, since: int) -> list[int]:
    """Return the numbers that a reader sees."""
    return [number for (number,) in reader.execute(LINES, [since])]


def wait_for_lock(reader: Connection, waiting: Any) -> None:
    """Return once somebody waits for a lock."""
    while reader.execute(WAITING).fetchone() == (0,):
        assert not waiting.done()


@pytest.mark.slow
@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_commit_that_comes_late_is_numbered_late(connect: Any, end: str) -> None:
    make.organization(slug="slow")
    make.organization(slug="quick")
    since = current_number()
    slow, quick, reader = connect(), connect(), connect()
    slow.execute("BEGIN")
    slow.execute(RENAME, ["Slow", "slow"])
    quick.execute(RENAME, ["Quick", "quick"])
    assert numbers(reader, since) == [since + 1]
    # In the middle of its commit it has a number, which nobody else may pass.
    slow.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert numbers(slow, since) == [since + 1, since + 2]
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(quick.execute, RENAME, ["Quicker", "quick"])
        wait_for_lock(reader, waiting)
        assert numbers(reader, since) == [since + 1]
        slow.execute(end.encode())
        waiting.result()
    last = since + 3 if end == "commit" else since + 2
    assert numbers(reader, since) == list(range(since + 1, last + 1))
    told = "SELECT slug FROM kit_publicstate WHERE number = %s"
    assert reader.execute(told, [last]).fetchone() == ("quick",)


@pytest.mark.slow
def test_no_number_is_seen_before_a_smaller_one(connect: Any) -> None:
    for writer in range(WRITERS):
        make.organization(slug=f"body-{writer}")
    since = current_number()

    def write(writer: int) -> int:
        kept, mine, chance = 0, connect(), random.Random(writer)  # noqa: S311
        for turn in range(COMMITS):
            mine.execute("BEGIN")
            mine.execute(RENAME, [f"Name {turn}", f"body-{writer}"])
            is_kept = chance.random() < 0.7
            mine.execute("COMMIT" if is_kept else "ROLLBACK")
            kept += is_kept
        return kept

    with ThreadPoolExecutor(WRITERS) as pool:
        reader, looks = connect(), 0
        writers = [pool.submit(write, writer) for writer in range(WRITERS)]
        while not all(writer.done() for writer in writers):
            seen = numbers(reader, since)
            assert seen == list(range(since + 1, since + 1 + len(seen)))
            looks += 1
        kept = sum(writer.result() for writer in writers)
    assert 0 < kept < WRITERS * COMMITS
    assert looks > WRITERS
    assert numbers(reader, since) == list(range(since + 1, since + 1 + kept))


def test_readers_who_notice_a_new_day_together_write_it_once(connect: Any) -> None:
    since = current_number()
    begin_new_day()
    readers = [connect() for _ in range(WRITERS)]
    due = "SELECT settle_public_log()"
    with ThreadPoolExecutor(WRITERS) as pool:
        told = list(pool.map(lambda reader: reader.execute(due).fetchone(), readers))
    assert told == [(since + 1,)] * WRITERS
    lines = "SELECT kind, public_id FROM kit_publicchange WHERE number > %s"
    assert readers[0].execute(lines, [since]).fetchall() == [("day", None)]
