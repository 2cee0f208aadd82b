"""Two databases beside each other, of few records and of many: each page is asked of both in turn.

What else the machine does then weighs on the one as on the other.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from urllib.parse import urlsplit

from django.db import connection
from django.test import override_settings

from bench.addresses import addresses, alike
from bench.measuring import Visit, measure
from bench.plans import scans
from bench.runs import FEW, NOTHING_KEPT, STORAGES, fill, prepare
from untfsse.synthetic import MOST_OF_OTHERS

TURNS = 3


class Visitor:
    """A process of its own, which fills a database and visits its pages."""

    def __init__(self, url: str, count: int, others: int = MOST_OF_OTHERS) -> None:
        os.environ["DATABASE_URL"] = url
        os.environ.setdefault("DATABASE_PREPARED", "1")  # as it is deployed
        self.pool = ProcessPoolExecutor(1, get_context("spawn"))
        self.names: list[str] = self.pool.submit(begin, count, others).result()

    def visit(self, name: str) -> Visit:
        """Return the quickest of some visits of a page."""
        return self.pool.submit(visit_page, name).result()

    def scans(self, name: str) -> list[str]:
        """Return which large tables the slowest query of a page reads whole."""
        return self.pool.submit(scans_of, name).result()


@contextmanager
def second_database(name: str) -> Iterator[str]:
    """Give the address of an empty database beside that of the settings, for as long."""
    url = os.environ["DATABASE_URL"]
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def in_turn(name: str, visitors: list[Visitor]) -> list[Visit]:
    """Return what a page costs each, the least of some turns."""
    turns = [[visitor.visit(name) for visitor in visitors] for _turn in range(TURNS)]
    return [min(each, key=lambda visit: visit.cpu_ms) for each in zip(*turns, strict=True)]


# --- In the process of a visitor -----------------------------------------------------------

known: dict[str, str] = {}


def begin(count: int, others: int) -> list[str]:
    """Fill the database; return the names of what is measured."""
    override_settings(STORAGES=STORAGES, CACHES=NOTHING_KEPT).enable()
    prepare()
    fill(count, others)
    known.update(addresses(count))
    return [*known]


def visit_page(name: str) -> Visit:
    """Visit a page some times."""
    with alike(FEW):
        found = measure(known[name])
    for query in found.queries:
        query.params = None  # of types that stay here
    return found


def scans_of(name: str) -> list[str]:
    """Look at the plan of the slowest query of a page."""
    with alike(FEW):
        found = measure(known[name])
    return scans(found.slowest) if found.queries else []
