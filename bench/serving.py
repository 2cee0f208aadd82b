"""Servers to measure: gunicorn as deployed, its processor time, and readers that ask it."""

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")
HEADERS = "Host: 127.0.0.1\r\nAccept-Encoding: gzip\r\nAccept-Language: en\r\n"
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
ROUNDS = 7
ETAG = re.compile(rb'\r\netag: *("[^"]*")', re.IGNORECASE)


class AnswerError(Exception):
    """A server answered something else than was expected."""


class Cost(NamedTuple):
    """What a request costs: milliseconds of server and database, and how many a second."""

    app_ms: float
    database_ms: float
    per_second: float

    @property
    def ms(self) -> float:
        """Both together."""
        return self.app_ms + self.database_ms


class Server:
    """Gunicorn with the settings of the deployment, on a port of its own."""

    def __init__(self, application: str, **environment: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"]
        command += [
            "--bind",
            f"127.0.0.1:{self.port}",
            "--log-level=error",
            "--max-requests=0",
            application,
        ]
        self.process = subprocess.Popen(
            [*command, application],
            cwd=ROOT,
            env={"DATABASE_PREPARED": "1"} | os.environ | environment,
            stdout=subprocess.DEVNULL,
        )

    def workers(self) -> list[int]:
        """Return the numbers of its processes."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [self.process.pid, *map(int, path.read_text().split())]

    def memory_mb(self) -> tuple[float, float]:
        """Return what the largest worker holds, and that with its share of what several hold."""
        told = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in self.workers()[1:]]
        whole, share = max(
            [int(each.partition(name)[2].split()[0]) for name in ("Rss:", "Pss:")] for each in told
        )
        return whole / 1024, share / 1024

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()


@contextmanager
def serving(application: str, **environment: str) -> Iterator[Server]:
    """Give a server for as long as the block lasts, once it answers."""
    server = Server(application, **environment)
    try:
        until = monotonic() + 60
        while monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", server.port)).close()
                break
            except OSError:
                sleep(0.1)
        yield server
    finally:
        server.stop()


class Reader:
    """One connection that stays open and asks again and again."""

    def __init__(self, server: Server) -> None:
        self.socket = socket.create_connection(("127.0.0.1", server.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, address: str, headers: str = "", *, expected: int) -> bytes:
        """Return the head of an answer of the expected status; its body is read and forgotten."""
        self.socket.sendall(f"GET {address} HTTP/1.1\r\n{HEADERS}{headers}\r\n".encode())
        got = b""
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self.more()
        head, status = got[:end], int(got[9:12])
        if found := LENGTH.search(head):
            left = int(found[1]) - (len(got) - end - 4)
            while left > 0:
                left -= len(self.more())
        elif status != 304:
            while not got.endswith(b"0\r\n\r\n"):
                got += self.more()
        if status != expected:
            raise AnswerError(f"{address}: {status}")
        return head

    def more(self) -> bytes:
        """Return what came next."""
        if part := self.socket.recv(1 << 18):
            return part
        raise AnswerError("The server closed the connection.")


def ticks(numbers: list[int]) -> dict[int, int]:
    """Return the processor time of processes so far."""
    spent = {}
    for number in numbers:
        try:
            words = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        except FileNotFoundError:
            continue
        spent[number] = int(words[11]) + int(words[12])
    return spent


def backends() -> list[int]:
    """Return the processes of the database that serve others than us."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return [pid for (pid,) in cursor.fetchall()]


def spent(before: dict[int, int], after: dict[int, int]) -> float:
    """Return the milliseconds between two readings."""
    return sum(now - before.get(number, 0) for number, now in after.items()) * TICK_MS


@dataclass(frozen=True, slots=True)
class Measured:
    """An address of a server, asked for anew or whether it has changed."""

    server: Server
    address: str
    is_conditional: bool = False


def measure(
    asked: list[Measured], *, seconds: float, readers: int, rounds: int = ROUNDS
) -> list[list[Cost]]:
    """Return what each costs in each round, while some readers ask for it.

    A round before them, which does not count, warms every process.
    """
    headers = [conditions(each) for each in asked]
    costs: list[list[Cost]] = [[] for _each in asked]
    for _round in range(rounds + 1):
        for each, header, found in zip(asked, headers, costs, strict=True):
            found.append(measure_once(each, header, seconds / rounds, readers))
    return [found[1:] for found in costs]


def conditions(asked: Measured) -> str:
    """Return the header that asks whether an answer has changed, where that is asked."""
    head = Reader(asked.server).get(asked.address, expected=200)
    if asked.is_conditional and (etag := ETAG.search(head)):
        return f"If-None-Match: {etag[1].decode()}\r\n"
    return ""


def measure_once(asked: Measured, headers: str, seconds: float, readers: int) -> Cost:
    """Return what an address costs while some readers ask for it."""
    server, counts, until = asked.server, [0] * readers, monotonic() + seconds

    def read(number: int) -> None:
        reader = Reader(server)
        while monotonic() < until:
            reader.get(asked.address, headers, expected=304 if asked.is_conditional else 200)
            counts[number] += 1

    before, rows_before, start = ticks(server.workers()), ticks(backends()), monotonic()
    threads = [threading.Thread(target=read, args=[number]) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, count = monotonic() - start, max(sum(counts), 1)
    app, rows = spent(before, ticks(server.workers())), spent(rows_before, ticks(backends()))
    return Cost(app / count, rows / count, count / took)
