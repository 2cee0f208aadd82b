"""The portal under gunicorn, as it is deployed, for tests that ask it from outside."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from django.db import connection

from untfsse.settings import BASE_DIR

GUNICORN = BASE_DIR / "deploy" / "gunicorn.conf.py"
PATIENCE = 120
"""Seconds after which what other processes bring about is given up, on a busy machine too."""
PLAIN_FILES = (
    "import untfsse.settings as s; s.STORAGES['staticfiles']['BACKEND'] = "
    "'django.contrib.staticfiles.storage.StaticFilesStorage'; "
    "from gunicorn.app.wsgiapp import run; run()"
)


@dataclass
class Answer:
    """What came back, and after how many seconds."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


@dataclass
class Portal:
    """The portal that listens at a port."""

    port: int
    log: Path
    process: Any

    @property
    def log_tail(self) -> str:
        """What it said last."""
        return self.log.read_text()[-4000:]

    def get(self, path: str, **headers: str) -> Answer:
        """Ask over a connection of its own."""
        began = time.monotonic()
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        asked.request("GET", path, headers=headers)
        told = asked.getresponse()
        body = told.read()
        asked.close()
        return Answer(told.status, dict(told.headers), body, time.monotonic() - began)

    def follow(self, address: str, **headers: str) -> Answer:
        """Ask for a full address of this portal, and go where it sends to."""
        parts = urlsplit(address)
        answer = self.get(f"{parts.path}?{parts.query}" if parts.query else parts.path, **headers)
        if answer.status == 301:
            return self.follow(answer.headers["Location"], **headers)
        return answer

    def get_all(self, *paths: str) -> list[Answer]:
        """Ask at the same time."""
        with ThreadPoolExecutor(len(paths)) as pool:
            return list(pool.map(self.get, paths))


def own_url() -> str:
    """Return the address of the database of this run, which is migrated."""
    facts = connection.settings_dict
    account = f"{quote(facts['USER'])}:{quote(facts['PASSWORD'] or '')}"
    place = f":{facts['PORT']}/{facts['NAME']}?host={quote(facts['HOST'], safe='')}"
    return f"postgresql://{account}@{place}"


@contextmanager
def portal_on(url: str, folder: Path, **environment: str) -> Iterator[Portal]:
    """Serve the portal on a migrated database; what it says goes to a file in the folder."""
    port = free_port()
    log = folder / "log"
    command = [sys.executable, "-c", PLAIN_FILES, "--config", str(GUNICORN)]
    for bound in filter(None, [str(port), environment.get("METRICS_PORT")]):
        command += ["--bind", f"127.0.0.1:{bound}"]
    command += ["untfsse.wsgi:application"]
    said = os.environ | {"DATABASE_URL": url, "MEDIA_ROOT": str(folder), **environment}
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=BASE_DIR, env=said, stdout=out, stderr=out)
    portal = Portal(port, log, process)
    try:
        wait_for(portal, process)
        yield portal
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(portal: Portal, process: Any) -> None:
    """Return once the server answers."""

    def answers() -> bool:
        assert process.poll() is None, portal.log.read_text()
        with suppress(OSError):
            return portal.get("/healthz").status == 200
        return False

    wait_until(answers, portal.log.read_text)


def wait_until(is_so: Callable[[], Any], told: Callable[[], Any] = lambda: "") -> None:
    """Return once something is so that other processes bring about; if never, say what is told."""
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until, f"it did not come to be in {PATIENCE} seconds {told()}"
        time.sleep(0.02)
