"""Health: does the portal stand, for the proxy and whoever watches it."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


def find_unapplied() -> list[str]:
    """Return the migrations that the code has and the database has not, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database and migrations are well, 503 with the reason otherwise."""
    try:
        unapplied = find_unapplied()
    except DatabaseError:
        # The reason is for the log of the database: its text can hold hosts and names.
        state = {"status": "error", "database": "unreachable", "migrations": "unknown"}
        return JsonResponse(state, status=503)
    if unapplied:
        missing = f"{len(unapplied)} not applied, first {unapplied[0]}"
        state = {"status": "error", "database": "ok", "migrations": missing}
        return JsonResponse(state, status=503)
    return JsonResponse({"status": "ok", "database": "ok", "migrations": "ok"})
