"""Connections of the pool: one that stands is handed out without a question, a cut one is not."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from psycopg_pool import ConnectionPool

from tests.serving import own_url
from untfsse.settings import read_database

pytestmark = pytest.mark.django_db
ASKED_LAST = "SELECT query FROM pg_stat_activity WHERE pid = %s"


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[ConnectionPool[Any]]:
    """Give a pool of one connection, as the settings say it."""
    monkeypatch.setenv("DATABASE_POOL", "1")
    rules = read_database(own_url())["OPTIONS"]["pool"]
    with ConnectionPool(own_url(), kwargs={"autocommit": True}, **rules) as pool:
        yield pool


def test_a_connection_that_stands_is_asked_nothing_before(pool: ConnectionPool[Any]) -> None:
    with pool.connection() as first:
        first.execute("SELECT 'quokka'")
    with pool.connection() as again, connection.cursor() as cursor:
        assert again is first
        cursor.execute(ASKED_LAST, [again.info.backend_pid])
        assert cursor.fetchone() == ("SELECT 'quokka'",)


def test_a_connection_that_was_cut_is_not_handed_out(pool: ConnectionPool[Any]) -> None:
    with pool.connection() as first:
        number = first.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
    with pool.connection() as other:
        assert other.execute("SELECT 1").fetchone() == (1,)
        assert other.info.backend_pid != number
