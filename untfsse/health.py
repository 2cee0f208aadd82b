"""Health: does the portal live, and can it serve, for the proxy and whoever watches it."""

import shutil
from pathlib import Path

from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from untfsse.carrying_over import find_lacking
from untfsse.kit.log import read_head
from untfsse.kit.records.files import media_folder
from untfsse.kit.replica import has_replica, judge_replica
from untfsse.kit.tasks.worker import is_anybody_working

LEAST_FREE_MB = 100
OK = "ok"
ROOM = """
  SELECT count(words) FROM (
    SELECT repeat('x', 1000) AS words FROM generate_series(1, 2000) AS number ORDER BY number DESC
  ) AS sorted
"""
"""Needs two megabytes on the disk of the database for a moment, and leaves nothing there."""


def find_unapplied() -> list[str]:
    """Return the migrations that the code has and the database has not, in order."""
    if lacking := find_lacking(connection):
        return lacking
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def try_to_write() -> None:
    """Write a row and take it back; raises DatabaseError where that is refused.

    A row alone may find its place on a disk that is full.
    """
    with transaction.atomic():
        key = get_random_string(40)
        Session(session_key=key, expire_date=timezone.now()).save(force_insert=True)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '64kB'")
            cursor.execute(ROOM)
        transaction.set_rollback(True)


def judge_database() -> dict[str, str]:
    """Return what can be said of the database and its migrations.

    The reason of a failure is for its own log: the text can hold hosts and names.
    """
    try:
        unapplied = find_unapplied()
    except DatabaseError:
        return {"database": "unreachable", "migrations": "unknown"}
    if unapplied:
        missing = f"{len(unapplied)} not applied, first {unapplied[0]}"
        return {"database": OK, "migrations": missing}
    try:
        try_to_write()
    except DatabaseError:
        return {"database": "cannot write", "migrations": OK}
    return {"database": OK, "migrations": OK}


def find_worker() -> str:
    """Return whether a worker is there; pages are served without one."""
    try:
        return OK if is_anybody_working() else "none"
    except DatabaseError:
        return "unknown"


def find_replica() -> dict[str, str]:
    """Return how the replica stands, if there is one; pages are served without it."""
    if not has_replica():
        return {}
    try:
        return {"replica": judge_replica(read_head())}
    except DatabaseError:
        return {"replica": "unknown"}


def find_files(folder: Path | None) -> dict[str, str]:
    """Return whether a bucket answers, if one holds the files; pages are served without it."""
    if folder is not None:
        return {}
    try:
        default_storage.exists("readyz")
    except OSError:
        return {"files": "unreachable"}
    return {"files": OK}


def judge_disk(folder: Path | None) -> dict[str, str]:
    """Return whether there is room for uploaded files, if a folder holds them."""
    if folder is None:
        return {}
    there = next(step for step in (folder, *folder.parents) if step.exists())
    free = shutil.disk_usage(there).free // 2**20
    return {"disk": OK if free >= LEAST_FREE_MB else f"{free} MB free"}


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as this process answers at all, whatever the database does."""
    return JsonResponse({"status": OK})


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the portal can read and write as it should, 503 with the reason otherwise."""
    folder = media_folder()
    parts = {**judge_database(), **judge_disk(folder)}
    is_ready = set(parts.values()) == {OK}
    told = {"worker": find_worker(), **find_replica(), **find_files(folder)}
    state = {"status": OK if is_ready else "error", **parts, **told}
    return JsonResponse(state, status=200 if is_ready else 503)
