"""Metrics: what Prometheus is told of the web's processes, at a port that the proxy does not know.

Each process counts in files of a folder that gunicorn's configuration makes, and any of them
answers for all. Without `METRICS_PORT` nothing is counted.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from django.core.exceptions import MiddlewareNotUsed
from django.db import Error, connection, connections
from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase
from django.tasks import TaskResultStatus
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, make_wsgi_app, values
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from untfsse.backup.state import backup_state, known_backups
from untfsse.kit.log import current_number
from untfsse.kit.replica import REPLICA, has_replica
from untfsse.kit.tasks.models import BackgroundTask

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
HELD: dict[int, Any] = {}
"""What is locked as long as this process lives, by its number."""
METHODS = {"GET", "HEAD", "OPTIONS", "POST"}
PARTS = {"admin", "api", "static"}
TASK_STATES = {TaskResultStatus.READY: "waiting", TaskResultStatus.FAILED: "failed"}


def place() -> str:
    """Return the name of this process's place; one that was forked takes a place of its own."""
    number = os.getpid()
    if number not in HELD:
        HELD.clear()
        HELD[number] = take_place()
    return Path(HELD[number].name).name


def take_place() -> Any:
    """Return a place in the folder that no living process has, locked.

    By the process's own number the folder would fill, since a worker makes room for a new one
    again and again; one that still ends keeps its place until it has.
    """
    numbers = count()
    while True:
        file = Path(os.environ[FOLDER], f"place-{next(numbers)}").open("w")  # noqa: SIM115
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
        else:
            return file


if FOLDER in os.environ:
    values.ValueClass = values.MultiProcessValue(process_identifier=place)

REQUESTS = Counter(
    "untfsse_requests", "Requests answered.", ["part", "method", "status"], registry=None
)
SECONDS = Histogram(
    "untfsse_request_seconds",
    "Seconds until an answer.",
    ["part"],
    registry=None,
    buckets=[0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
)
STATEMENTS = Histogram(
    "untfsse_request_statements",
    "Statements that an answer took.",
    ["part"],
    registry=None,
    buckets=[0, 1, 2, 4, 8, 12, 16, 32, 64],
)
KEPT = Counter(
    "untfsse_kept_answers", "Answers that are kept: given again, or made.", ["how"], registry=None
)


REPLICA_ANSWERS = Counter(
    "untfsse_replica_answers",
    "Answers that the replica made, or was passed over for: behind, or away.",
    ["how"],
    registry=None,
)


def part_of(path: str) -> str:
    """Return which part of the portal an address belongs to: a word of few."""
    first = path[1:].partition("/")[0]
    return first if first in PARTS else "pages"


class MetricsMiddleware:
    """Counts what is asked, how long it takes, and what it costs the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Step aside where nobody watches."""
        if FOLDER not in os.environ:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and count it."""
        began, statements = time.perf_counter(), 0

        def count_statement(execute: Callable[..., Any], *arguments: Any) -> Any:
            nonlocal statements
            statements += 1
            return execute(*arguments)

        with connection.execute_wrapper(count_statement):
            response = self.get_response(request)
        part = part_of(request.path)
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(part, method, response.status_code).inc()
        SECONDS.labels(part).observe(time.perf_counter() - began)
        STATEMENTS.labels(part).observe(statements)
        if how := getattr(request, "kept_answer", ""):
            KEPT.labels(how).inc()
        if how := getattr(request, "replica", ""):
            REPLICA_ANSWERS.labels(how).inc()
        return response


class StateCollector:
    """Tells, when it is asked, what the database and the shelf of backups say."""

    def collect(self) -> Iterator[Metric]:
        """Give what is known; a database that is away is told by the first."""
        try:
            facts = list(self.facts_of_database())
        except Error:
            facts = []
        finally:
            connection.close()
        yield GaugeMetricFamily(
            "untfsse_database_up", "Whether the database answers.", value=bool(facts)
        )
        yield from facts
        if facts and has_replica():
            yield from self.facts_of_replica()
        backups = known_backups()
        if backups is None:
            return
        yield GaugeMetricFamily("untfsse_backups", "That lie on the shelf.", value=len(backups))
        for latest in backups[:1]:
            age = (timezone.now() - latest.made_at).total_seconds()
            yield GaugeMetricFamily(
                "untfsse_last_backup_age_seconds", "Since the last backup was made.", value=age
            )

    def facts_of_replica(self) -> Iterator[Metric]:
        """Give whether it answers, and how much of what was written it has not yet."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_current_wal_lsn()")
                (written,) = cursor.fetchone()
            with connections[REPLICA].cursor() as cursor:
                cursor.execute(
                    "SELECT pg_wal_lsn_diff(%s::pg_lsn, pg_last_wal_replay_lsn())", [written]
                )
                (lag,) = cursor.fetchone()
        except Error:
            lag = None
        finally:
            connection.close()
            connections[REPLICA].close()
        words = "Whether the replica answers and follows."
        yield GaugeMetricFamily("untfsse_replica_up", words, value=lag is not None)
        if lag is not None:
            words = "What was written and the replica has not yet."
            yield GaugeMetricFamily("untfsse_replica_lag_bytes", words, value=max(0, lag))

    def facts_of_database(self) -> Iterator[Metric]:
        """Give the number of the log, the tasks, and whether the last backup failed."""
        yield GaugeMetricFamily(
            "untfsse_log_number", "Of the log of public changes.", value=current_number()
        )
        tasks = GaugeMetricFamily(
            "untfsse_tasks", "Tasks that are due, or have failed for good.", labels=["state"]
        )
        rows = BackgroundTask.objects.filter(run_after__lte=timezone.now())
        found = dict(rows.values_list("state").annotate(count=Count("pk")).order_by())
        for state, word in TASK_STATES.items():
            tasks.add_metric([word], found.get(state, 0))
        yield tasks
        yield GaugeMetricFamily(
            "untfsse_backup_failed",
            "Whether the last try to make a backup failed.",
            value=bool(backup_state(timezone.now()).failure),
        )


class MetricsDoor:
    """A WSGI application before the portal's: answers the port of the metrics by itself."""

    def __init__(self, application: Callable[..., Iterable[bytes]], *, port: str) -> None:
        self.application = application
        self.port = port
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
        registry.register(StateCollector())
        self.metrics = make_wsgi_app(registry)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer by the port at which it was asked, which no header can say."""
        is_watcher = environ["SERVER_PORT"] == self.port
        answer: Any = self.metrics if is_watcher else self.application
        return answer(environ, start_response)  # type: ignore[no-any-return]
