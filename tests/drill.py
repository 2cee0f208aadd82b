"""The drill's own ground: a database with records, an empty one, and their files and backups."""

import datetime as dt
import io
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyrage
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone
from psycopg.sql import SQL, Identifier

from taskforce.models import Rendition
from taskforce.services.documents import attach_file
from tests import make
from untfsse.backup import Shelf, kept_files, make_backup
from untfsse.carrying_over.databases import connect
from untfsse.kit.forms.uploads import inspect

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
SOURCE, TARGET = f"drill_source{WORKER}", f"drill_target{WORKER}"
WRITER = "drill-organization"
ROOT = Path(__file__).parents[1]

type Rows = dict[str, list[str]]


# --- Databases -----------------------------------------------------------------------------


def run_sql(words: str, *names: str, database: str = "postgres") -> None:
    with connect(database) as server:
        server.execute(SQL(words).format(*map(Identifier, names)))


@contextmanager
def using(name: str) -> Iterator[None]:
    """Let Django speak to another database of the server."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def read_rows(name: str) -> Rows:
    """Return every row of every table as a text, in order."""
    found: Rows = {}
    with connect(name) as database:
        tables = database.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = 'public'::regnamespace ORDER BY 1"
        ).fetchall()
        for (table,) in tables:
            query = SQL("SELECT t::text FROM {} AS t ORDER BY 1").format(Identifier(table))
            found[table] = [row[0] for row in database.execute(query)]
    return found


def read_files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def answers(paths: list[str]) -> dict[str, str]:
    """Return what a visitor is answered, without what differs from request to request."""
    client = Client()
    return {path: client.get(path).text for path in paths}


def count_objects(name: str) -> int:
    with connect(name) as database:
        row = database.execute(
            "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        ).fetchone()
        assert row is not None
        return int(row[0])


# --- A source with records, and a target without -------------------------------------------


@dataclass
class Place:
    """Where the drill keeps its files, backups and key."""

    folder: Path
    key: Any = field(default_factory=pyrage.x25519.Identity.generate)

    @property
    def media(self) -> Path:
        return self.folder / "media"

    @property
    def back(self) -> Path:
        """Where the files come back."""
        return self.folder / "back"

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.folder / "backups")

    @property
    def identity(self) -> str:
        path = self.folder / "key.txt"
        path.write_text(f"# public key: {self.key.to_public()}\n{self.key}\n")
        return str(path)

    def settings(self, **others: Any) -> dict[str, Any]:
        return {
            "MEDIA_ROOT": self.media,
            "BACKUP_ROOT": self.shelf.folder,
            "BACKUP_RECIPIENTS": [str(self.key.to_public())],
            **others,
        }

    def command(self, *arguments: str, database: str, **options: Any) -> subprocess.Popen[bytes]:
        """Start a command in a process of its own."""
        facts = connection.settings_dict
        account = f"{quote(facts['USER'])}:{quote(facts['PASSWORD'] or '')}"
        port, host = facts["PORT"], quote(facts["HOST"], safe="")
        media = self.media if database == SOURCE else self.back
        environment = {
            **os.environ,
            "DATABASE_URL": f"postgresql://{account}@:{port}/{database}?host={host}",
            "MEDIA_ROOT": str(media),
            "BACKUP_ROOT": str(self.shelf.folder),
            "BACKUP_RECIPIENTS": str(self.key.to_public()),
        }
        command = [sys.executable, "manage.py", *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, **options
        )


def fill() -> None:
    make.organization(slug=WRITER, name="Drill")
    item = make.decision(meeting=make.meeting(slug="drill", title="Drill"))
    make.agenda_item(meeting=item.meeting)
    make.activity()
    make.entry()
    make.instrument()
    make.seat()
    make.update()
    make.organization(status="draft")
    for number in range(3):
        content = b"%PDF-1.7\n" + os.urandom(400_000) + b"%d\n%%%%EOF\n" % number
        uploaded = SimpleUploadedFile("a.pdf", content)
        rendition = Rendition(document=make.document(), language="en")
        attach_file(rendition, uploaded, inspect(uploaded))
        make.save(rendition)
    odd = Path(settings.MEDIA_ROOT, "odd", os.fsdecode(b"a  \xff\xe2\x80\xa8 " + b"n" * 200))
    odd.parent.mkdir()
    odd.write_bytes(b"")
    User.objects.create_user("colleague", password="a long password")
    with connection.cursor() as cursor:
        # What does not pack well, so that a dump has more than one part.
        cursor.execute(
            "INSERT INTO django_session SELECT n::text, string_agg(md5(n::text || m), ''), now()"
            " FROM generate_series(1, 200) AS n, generate_series(1, 1500) AS m GROUP BY n"
        )


def back_up(place: Place) -> Path:
    """Make a backup, of the next second where there is one of this second."""
    latest = max((each.made_at for each in place.shelf.backups()), default=timezone.now())
    moment = max(timezone.now(), latest + dt.timedelta(seconds=1))
    with using(SOURCE), override_settings(**place.settings()):
        make_backup(place.shelf, kept_files(), settings.BACKUP_RECIPIENTS, at=moment)
    return place.shelf.backups()[0].path


def restore(place: Place, archive: Path, **options: Any) -> str:
    out = io.StringIO()
    facts = {"identity": place.identity, **options}
    with using(TARGET), override_settings(**place.settings(MEDIA_ROOT=place.back)):
        call_command("restore", archive, stdout=out, **facts)
    return out.getvalue()


def is_untouched(place: Place) -> bool:
    """Whether neither the database nor the folder of files has anything in it."""
    return count_objects(TARGET) == 0 and not (place.back.exists() and any(place.back.iterdir()))


def waits_for_lock(name: str) -> bool:
    return ask(name, "wait_event_type = 'Lock'")


def is_used(name: str) -> bool:
    return ask(name, "starts_with(application_name, 'pg_')")


def ask(name: str, condition: str) -> bool:
    with connect("postgres") as server:
        query = f"SELECT FROM pg_stat_activity WHERE datname = %s AND {condition}"
        return server.execute(query, [name]).fetchone() is not None


@contextmanager
def no_room() -> Iterator[None]:
    """Give this process no room for a file of more than a megabyte."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
