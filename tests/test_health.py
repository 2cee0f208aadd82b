"""Health: alive whatever the database does; ready only if it reads, writes, and has room."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from untfsse import health
from untfsse.kit.tasks.worker import Worker

pytestmark = pytest.mark.django_db

WELL = {"status": "ok", "database": "ok", "migrations": "ok", "disk": "ok", "worker": "none"}


def ready(client: Client) -> tuple[int, dict[str, str]]:
    answer = client.get("/readyz")
    assert "no-store" in answer["Cache-Control"]
    return answer.status_code, answer.json()


def test_it_lives_without_asking_the_database(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


def test_all_is_well_and_nothing_is_left_behind(client: Client) -> None:
    assert ready(client) == (200, WELL)
    assert not Session.objects.exists()


def test_missing_migration_is_named(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    missing = "1 not applied, first sessions.0001_initial"
    assert ready(client) == (503, {**WELL, "status": "error", "migrations": missing})


def test_unreachable_database_is_told_without_its_secrets(client: Client) -> None:
    def refuse(*_args: Any) -> None:
        raise OperationalError('connection to "db.internal" failed: password "hunter2"')

    with connection.execute_wrapper(refuse):
        answer = ready(client)
    told = {"database": "unreachable", "migrations": "unknown", "worker": "unknown"}
    assert answer == (503, {**WELL, "status": "error", **told})


def test_database_that_takes_no_change_is_told(client: Client) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL transaction_read_only = on")
        told = ready(client)
        transaction.set_rollback(True)
    assert told == (503, {**WELL, "status": "error", "database": "cannot write"})


def test_a_worker_that_is_there_is_told(client: Client) -> None:
    try:
        Worker().arrive()
        assert ready(client) == (200, {**WELL, "worker": "ok"})
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")


def test_full_disk_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE_MB", 2**40)
    status, told = ready(client)
    assert (status, told["status"]) == (503, "error")
    assert told["disk"].endswith(" MB free")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
