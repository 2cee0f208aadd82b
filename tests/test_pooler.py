"""PgBouncer in its transaction mode: sessions of the database are shared, nothing stays in them."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from taskforce.models import Meeting
from tests import make
from tests.serving import PATIENCE, free_port, portal_on, wait_until
from untfsse.kit.access.hashing import PLACES, hashing
from untfsse.kit.history.changes import Change, acting
from untfsse.kit.log import PublicChange

PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(PROGRAM is None, reason="no pgbouncer found: install the package pgbouncer"),
]
CONFIGURATION = """
[databases]
* = host={host} port={port} user={user}
[pgbouncer]
pool_mode = transaction
default_pool_size = {size}
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = any
ignore_startup_parameters = options
"""


@pytest.fixture
def pooled(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[str]:
    """Give the address of a pool of as many sessions as asked for before the run's database."""
    facts, listen = connection.settings_dict, free_port()
    owner = Path(facts["HOST"]).stat()
    folder = Path(tempfile.mkdtemp(prefix="untfsse-pooler-"))
    configuration = folder / "pgbouncer.ini"
    configuration.write_text(
        CONFIGURATION.format(
            host=facts["HOST"],
            port=facts["PORT"],
            user=facts["USER"],
            size=request.param,
            listen=listen,
        )
    )
    account: dict[str, Any] = {}
    if os.geteuid() == 0:  # who is root is refused
        os.chown(folder, owner.st_uid, owner.st_gid)
        account = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
    process = subprocess.Popen(
        [str(PROGRAM), "--quiet", str(configuration)], cwd="/", stderr=subprocess.PIPE, **account
    )
    url = f"postgresql://{facts['USER']}@127.0.0.1:{listen}/{facts['NAME']}"
    try:
        wait_for(url, process)
        yield url
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)
        shutil.rmtree(folder)


def wait_for(url: str, process: Any) -> None:
    """Return once the pool answers."""

    def answers() -> bool:
        assert process.poll() is None, process.stderr.read()
        with suppress(psycopg.OperationalError):
            psycopg.connect(url).close()
            return True
        return False

    wait_until(answers)


@pytest.fixture
def through_pool(pooled: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Let this process ask the database through the pool too."""
    connection.close()
    port = pooled.rpartition(":")[2].partition("/")[0]
    with monkeypatch.context() as patch:
        patch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
        patch.setitem(connection.settings_dict, "PORT", port)
        yield pooled
        connection.close()


@pytest.mark.parametrize("pooled", [1], indirect=True)
def test_who_shares_a_session_is_not_taken_for_who_acts(through_pool: str) -> None:
    user = make.user()
    with acting(actor_id=user.pk, origin="admin"):
        update = make.update(title="One")
        with psycopg.connect(through_pool, autocommit=True) as other:
            other.execute("UPDATE taskforce_update SET title = 'Two'")
        update.title = "Three"
        update.save()
    rows = Change.objects.of(update).order_by("id")
    assert [(row.made_by_id, row.origin, row.after["title"]) for row in rows] == [
        (user.pk, "admin", "One"),
        (None, "", "Two"),
        (user.pk, "admin", "Three"),
    ]


@pytest.mark.parametrize("pooled", [2], indirect=True)
def test_a_place_for_hashing_is_free_again_whoever_had_its_session(through_pool: str) -> None:
    with psycopg.connect(through_pool) as other, hashing(is_known=False):
        other.execute("SELECT 1")  # the rest is asked in another session
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE classid::bigint = %s", [PLACES])
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("pooled", [3], indirect=True)
def test_portal_serves_and_keeps_its_log_through_a_pool(pooled: str, tmp_path: Path) -> None:
    meetings = [make.meeting(slug=slug, title=slug) for slug in ("first", "second")]
    before = PublicChange.objects.filter(is_own=True).count()
    kept = {"CACHE_URL": "", "GUNICORN_WORKERS": "2", "DATABASE_POOL": "4"}
    with (
        portal_on(pooled, tmp_path, **kept) as portal,
        psycopg.connect(pooled) as one,
        psycopg.connect(pooled) as two,
    ):
        for number in range(3):
            for other, meeting in zip((one, two), meetings, strict=True):
                other.execute(
                    "UPDATE taskforce_meeting SET title = %s WHERE id = %s",
                    [f"Title {number} of {meeting.slug}", meeting.pk],
                )
            one.commit()
            two.commit()
            meetings.reverse()
            paths = ["/", "/meetings/", "/search/?q=title", "/api/v1/meetings/", "/readyz"] * 2
            assert [answer.status for answer in portal.get_all(*paths)] == [200] * 10
            page = portal.get("/meetings/").body.decode()
            told = [f"Title {number} of {meeting.slug}" in page for meeting in meetings]
            assert told == [True, True]
    assert PublicChange.objects.filter(is_own=True).count() == before + 6
    assert Meeting.objects.filter(title__startswith="Title 2").count() == 2
