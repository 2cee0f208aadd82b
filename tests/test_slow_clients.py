"""Clients that send their forms one letter at a time do not stop the others."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from django.db import connection

from tests.serving import PATIENCE

ROOT = Path(__file__).parents[1]
HEAD = (
    b"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    b"Cookie: csrftoken=" + b"a" * 32 + b"\r\nContent-Length: 1000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nx"
)
THREADS = 4
"""Of the one worker; as many clients hold every thread."""


@pytest.fixture
def port(transactional_db: None) -> Iterator[int]:
    """Serve the portal as production does, with one worker, and with two seconds for a body."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = free.getsockname()[1]
    facts = connection.settings_dict
    account = f"{quote(facts['USER'])}:{quote(facts['PASSWORD'] or '')}"
    place = f"{facts['HOST']}:{facts['PORT']}" if facts["PORT"] else quote(facts["HOST"], safe="")
    environ = {
        **os.environ,
        "DATABASE_URL": f"postgresql://{account}@{place}/{facts['NAME']}",
        "DEMO": "1",
        "DEBUG": "1",  # static files without their gathered names
        "GUNICORN_WORKERS": "1",
        "BODY_SECONDS": "2",
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    command += ["--bind", f"127.0.0.1:{number}", "untfsse.wsgi:application"]
    server = subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        assert server.stderr
        for line in server.stderr:
            if "Booting worker" in line:
                break
        yield number
    finally:
        server.terminate()
        server.communicate(timeout=PATIENCE)


def trickle(port: int, answers: list[bytes]) -> None:
    """Send a letter whenever nothing comes back for a while, until the server ends it."""
    with socket.create_connection(("127.0.0.1", port), timeout=0.5) as client:
        client.sendall(HEAD)
        for _letter in range(2 * PATIENCE):
            try:
                answers.append(client.recv(12))
            except TimeoutError:
                client.sendall(b"x")
            except ConnectionError:
                answers.append(b"")
            else:
                return


@pytest.mark.slow
def test_slow_bodies_do_not_stop_the_site(port: int) -> None:
    address = f"http://127.0.0.1:{port}/sign-in/"
    answers: list[Any] = []
    with urlopen(address, timeout=PATIENCE) as first:
        assert first.status == 200
    clients = [Thread(target=trickle, args=(port, answers)) for _client in range(2 * THREADS)]
    for client in clients:
        client.start()

    with urlopen(address, timeout=PATIENCE / 2) as reader:
        assert reader.status == 200

    for client in clients:
        client.join()
    assert len(answers) == 2 * THREADS
    assert {*answers} <= {b"HTTP/1.1 403", b"HTTP/1.1 400", b""}
