"""Health: well, without its migrations, without its database."""

import json
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import RequestFactory

from untfsse.health import healthz

pytestmark = pytest.mark.django_db


def ask(rf: RequestFactory) -> tuple[int, dict[str, str]]:
    response = healthz(rf.get("/healthz"))
    assert "no-store" in response["Cache-Control"]
    return response.status_code, json.loads(response.content)


def test_all_is_well(rf: RequestFactory) -> None:
    assert ask(rf) == (200, {"status": "ok", "database": "ok", "migrations": "ok"})


def test_missing_migration_is_named(rf: RequestFactory) -> None:
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    missing = "1 not applied, first sessions.0001_initial"
    assert ask(rf) == (503, {"status": "error", "database": "ok", "migrations": missing})


def test_unreachable_database_is_told_without_its_secrets(rf: RequestFactory) -> None:
    def refuse(*args: Any) -> None:
        raise OperationalError('connection to "db.internal" failed: password "hunter2"')

    with connection.execute_wrapper(refuse):
        answer = ask(rf)
    assert answer == (
        503,
        {"status": "error", "database": "unreachable", "migrations": "unknown"},
    )


def test_health_is_only_read(rf: RequestFactory) -> None:
    assert healthz(rf.post("/healthz")).status_code == 405
