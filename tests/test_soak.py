"""The soak: many writers, and partners whose copies equal the database at the end.

`make soak` runs it for longer, with another seed.
"""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction

from tests import make, nouns
from tests.log import connecting
from tests.partner import Partner
from tests.readers import CalendarReader, FeedReader, Reader
from tests.serving import Portal, portal_on
from tests.writers import STEADY, ImportWriter, OfficeWriter, SqlWriter, Writer
from untfsse.kit.log import PublicChange
from untfsse.kit.records.noun import nouns as kept_nouns

SEED = os.environ.get("SOAK_SEED", "47")
SECONDS = float(os.environ.get("SOAK_SECONDS", "8"))
STEADY_ROWS = 12
FOLLOWED = ("organizations", "meetings", "updates")
"""The feeds that are read meanwhile."""
AHEAD = " UNION ALL ".join(
    f"SELECT slug FROM {noun._meta.db_table} WHERE published_at > clock_timestamp()"  # noqa: S608
    for noun in kept_nouns()
)
"""What the clock will still bring."""


@pytest.fixture
def connect() -> Iterator[Any]:
    with connecting() as give:
        yield give


@pytest.fixture
def portal(transactional_db: None, tmp_path: Path) -> Iterator[Portal]:
    """Serve the tests' database by four workers, which keep their answers in one place."""
    with transaction.atomic():
        for build in nouns.BUILDERS.values():
            build()
        for number in range(STEADY_ROWS):
            make.organization(slug=f"{STEADY}{number}")
    url = urlsplit(os.environ["DATABASE_URL"])
    url = url._replace(path=f"/{connection.settings_dict['NAME']}")
    workers = {"GUNICORN_WORKERS": "4", "GUNICORN_CMD_ARGS": "--preload", "DATABASE_POOL": "4"}
    kept = {"CACHE_URL": f"file://{tmp_path / 'kept'}"}
    with portal_on(url.geturl(), tmp_path, **workers, **kept) as served:
        yield served


def follow(portal: Portal, is_over: Callable[[], bool]) -> Partner:
    """Keep a copy in step until nothing is written any more, nor comes with the clock."""
    partner = Partner(portal)
    while not is_over():
        partner.follow()
    while partner.follow():
        pass
    return partner


def read(portal: Portal, is_over: Callable[[], bool]) -> list[Reader]:
    """Follow feeds and calendar until nothing is written any more, nor comes with the clock."""
    readers = readers_of(portal)
    while not is_over():
        for reader in readers:
            reader.follow()
    for reader in readers:
        reader.follow()
    return readers


def readers_of(portal: Portal) -> list[Reader]:
    """Return one reader for each feed, and one for the calendar."""
    return [*(FeedReader(portal, f"/{noun}/feed/") for noun in FOLLOWED), CalendarReader(portal)]


def page_through(portal: Portal, is_over: Callable[[], bool]) -> int:
    """Read a list by small pages again and again; returns how often."""
    reader, times = Partner.__new__(Partner), 0
    reader.portal, reader.asked = portal, Counter()
    while not is_over():
        slugs = [row["slug"] for row in reader.read_list("organizations", 4)]
        steady = [slug for slug in slugs if slug.startswith(STEADY)]
        assert len(steady) == len(set(steady)) == STEADY_ROWS
        times += 1
    return times


@pytest.mark.slow
def test_partners_keep_in_step_with_many_writers(
    portal: Portal, connect: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    user = make.user(is_staff=True, is_superuser=True)
    reader = connect()
    since = PublicChange.objects.first().number  # type: ignore[union-attr]
    writers: list[Writer] = [
        SqlWriter(f"{SEED}/1", connect),
        SqlWriter(f"{SEED}/2", connect),
        OfficeWriter(f"{SEED}/3", user),
        ImportWriter(f"{SEED}/4", user),
    ]
    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(7) as pool:
        writing = [pool.submit(writer.work, until) for writer in writers]

        def is_over() -> bool:
            done = all(each.done() for each in writing)
            return done and not reader.execute(AHEAD).fetchall()

        following = pool.submit(follow, portal, is_over)
        reading = pool.submit(read, portal, is_over)
        paging = pool.submit(page_through, portal, is_over)
        done = [each.result() for each in writing]
        copy, readers, times = following.result(), reading.result(), paging.result()
    fresh = Partner(portal)
    assert copy.number == fresh.number
    assert differences(copy, fresh) == []
    for old, new in zip(readers, readers_of(portal), strict=True):
        new.follow()
        assert old.kept == new.kept
    for noun, feed in zip(FOLLOWED, readers, strict=False):
        assert {key.removeprefix("urn:uuid:") for key in feed.kept} == set(fresh.rows[noun])
    lines = Counter(PublicChange.objects.after(since).values_list("kind", flat=True))
    with capsys.disabled():
        print(f"\nSoak of {SECONDS:.0f} s with seed {SEED}")
        for writer, counts in zip(writers, done, strict=True):
            print(f"  {type(writer).__name__}: {told(counts)}")
        print(f"  Log: {told(lines)}")
        rows = sum(map(len, copy.rows.values()))
        print(f"  /changes/: {rows} rows, asked {told(copy.asked)}")
        for each in readers:
            print(
                f"  {each.path}: {len(each.kept)} kept, {each.news} new, asked {told(each.asked)}"
            )
        print(f"  Paged {times} times through the organizations")
    assert {"published", "changed", "withdrawn", "deleted"} <= set(lines)
    assert all(sum(counts.values()) > counts["refused"] for counts in done)
    assert times > 0


def told(counts: Counter[str]) -> str:
    """Return figures in a line."""
    return ", ".join(f"{name} {number}" for name, number in sorted(counts.items()))


def differences(copy: Partner, fresh: Partner) -> list[tuple[str, Any, Any]]:
    """Return the rows that differ, with what the copy and the database say."""
    return [
        (noun, copy.rows[noun].get(key), fresh.rows[noun].get(key))
        for noun in fresh.rows
        for key in copy.rows[noun].keys() | fresh.rows[noun].keys()
        if copy.rows[noun].get(key) != fresh.rows[noun].get(key)
    ]
