"""Measuring: how many queries a page asks, how long the database takes for them, and the CPU."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from django.db import connection
from django.test import Client

RUNS = 5
HOST = "127.0.0.1"


@dataclass(slots=True)
class Query:
    """One query, with what it was asked with, and its milliseconds."""

    sql: str
    params: Any
    ms: float


@dataclass(slots=True)
class Visit:
    """One visit of a page: its answer and its queries."""

    status: int
    size: int
    queries: list[Query] = field(default_factory=list)
    cpu_ms: float = 0.0
    """Of the portal and the database."""

    @property
    def ms(self) -> float:
        """The milliseconds in the database."""
        return sum(query.ms for query in self.queries)

    @property
    def slowest(self) -> Query:
        """The query that took longest."""
        return max(self.queries, key=lambda query: query.ms)


def visit(client: Client, address: str) -> Visit:
    """Ask for a page once."""
    queries: list[Query] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        start = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            queries.append(Query(sql, params, (perf_counter() - start) * 1000))

    with connection.execute_wrapper(watch):
        response = client.get(address)
    size = 0 if response.streaming else len(response.content)
    return Visit(response.status_code, size, queries)


def measure(address: str) -> Visit:
    """Return the quickest of some visits of a page, after one that warms what is kept.

    Its CPU is the least of all of them: what else the machine does can only add to it.
    """
    client = Client(SERVER_NAME=HOST)
    visit(client, address)
    visits, costs = [], []
    for _ in range(RUNS):
        before = spent()
        visits.append(visit(client, address))
        costs.append(spent() - before)
    quickest = min(visits, key=lambda one: one.ms)
    quickest.cpu_ms = min(costs)
    return quickest


def spent() -> float:
    """Return the milliseconds of processor that this process and its connection have taken."""
    connection.ensure_connection()
    server = connection.connection.info.backend_pid
    nanoseconds = Path(f"/proc/{server}/schedstat").read_text().split()[0]
    return process_time() * 1000 + int(nanoseconds) / 1_000_000
