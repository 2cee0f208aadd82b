"""The worker: does what is due, a task a transaction, and knows what a dead one has left.

Who does a task holds an advisory lock in the same session of PostgreSQL that writes what the task
does. However that worker ends, the lock goes with the session and what it wrote is taken back, so
that a task which runs and is locked by nobody is an orphan.
"""

import logging
import os
import resource
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.dispatch import Signal
from django.tasks import TaskContext, default_task_backend, task_backends
from django.tasks.signals import task_finished, task_started
from django.utils import timezone
from django.utils.json import normalize_json
from django.utils.translation import gettext

from untfsse.kit.history.changes import acting
from untfsse.kit.tasks.models import FINAL, BackgroundTask, sentence_of

ORIGIN = "worker"
CLAIMS = 0x7461736B
"""The first number of our advisory locks; the second is the task's, or this for “I am here”."""
PRESENT = 0
LOOKS_EVERY_SECONDS = 1
LOOKS_AT = 100
MOST_HELD = 200 * 2**20
"""Bytes of memory that a worker keeps between two tasks."""
BACKEND: Any = default_task_backend
log = logging.getLogger(__name__)


def ask(question: str, *numbers: int) -> bool:
    """Return what PostgreSQL answers with yes or no."""
    with connection.cursor() as cursor:
        cursor.execute(question, numbers)
        return bool(cursor.fetchone()[0])


def is_anybody_working() -> bool:
    """Whether a worker is connected to this database now."""
    return ask(
        "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = database"
        " WHERE datname = current_database() AND locktype = 'advisory'"
        " AND classid::bigint = %s AND objid::bigint = %s AND objsubid = 2)",
        CLAIMS,
        PRESENT,
    )


def tell_progress(context: "TaskContext[Any, Any]", done: int, total: int) -> None:
    """Say how far a task is, at once: its own transaction shows nothing before it ends."""
    beside = connection.copy()
    try:
        with beside.cursor() as cursor:
            cursor.execute(
                "UPDATE kit_backgroundtask SET done = %s, total = %s WHERE id = %s",
                [done, total, context.task_result.id],
            )
    finally:
        beside.close()


class Worker:
    """One process that does tasks."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.session: Any = None

    def work(self) -> None:
        """Do tasks until the process is told to stop, whatever the database does."""
        while True:
            try:
                self.arrive()
                if self.do_next():
                    give_memory_back()
                    continue
            except (OperationalError, InterfaceError) as error:
                log.warning("The database is away, the worker waits: %s", error)
                connection.close()
            time.sleep(LOOKS_EVERY_SECONDS)

    def arrive(self) -> None:
        """Let others see that a worker is here, and bring the schedule up to date."""
        if self.session is None or self.session is not connection.connection:
            ask("SELECT pg_advisory_lock_shared(%s, %s) IS NULL", CLAIMS, PRESENT)
            keep_schedule()
            self.session = connection.connection

    def do_next(self) -> bool:
        """Do the task that is longest due; tells whether there was one."""
        row = self.claim()
        if row is None:
            return False
        self.run(row)
        release(row.pk)
        return True

    def claim(self) -> BackgroundTask | None:
        """Take a task that nobody holds; orphans wait for their next try."""
        now = timezone.now()
        for pk in BackgroundTask.objects.due(now).values_list("pk", flat=True)[:LOOKS_AT]:
            if not ask("SELECT pg_try_advisory_lock(%s, %s)", CLAIMS, pk):
                continue
            # Only now nobody else changes it.
            row: BackgroundTask | None = BackgroundTask.objects.due(now).filter(pk=pk).first()
            if row is not None and row.state != "RUNNING":
                row.begin(self.name)
                return row
            if row is not None:
                row.fail(gettext("Its worker was stopped in the middle."))
                log.warning("Task %s, “%s”, was left by its worker.", pk, row.path)
            release(pk)
        return None

    def run(self, row: BackgroundTask) -> None:
        """Do a task: what it writes and that it is done are kept together, or neither."""
        tell(task_started, row)
        try:
            with acting(actor_id=row.asked_by_id, origin=ORIGIN), transaction.atomic():
                row.succeed(normalize_json(call(row)))
        except KeyboardInterrupt:
            # If this cannot be written either, the task is an orphan.
            with suppress(DatabaseError):
                BackgroundTask.objects.get(pk=row.pk).put_back()
            raise
        except Exception as error:
            log.exception("Task %s, “%s”, failed.", row.pk, row.path)
            row = BackgroundTask.objects.get(pk=row.pk)
            row.fail(sentence_of(error), is_final=isinstance(error, FINAL))
        tell(task_finished, row)


def call(row: BackgroundTask) -> Any:
    """Call the function of a task, and return what it returns."""
    task = row.task
    result = BACKEND.result_of(row)
    context: list[Any] = [TaskContext(task_result=result)] if task.takes_context else []
    return task.call(*context, *result.args, **result.kwargs)


def tell(signal: Signal, row: BackgroundTask) -> None:
    """Let Django, which logs it, and others know that a task begins or ends."""
    with suppress(ImportError):  # its function is gone
        signal.send(type(task_backends["default"]), task_result=BACKEND.result_of(row))


def give_memory_back() -> None:
    """Begin anew, as the same process, after a task that needed much memory."""
    pages = Path("/proc/self/statm")
    if not pages.exists():  # not on Linux
        return
    held = int(pages.read_text().split()[1]) * resource.getpagesize()
    if held > MOST_HELD:
        log.info("The worker held %s MB and begins anew.", held // 2**20)
        os.execv(sys.executable, sys.orig_argv)


def release(pk: int) -> None:
    """Let others take a task."""
    ask("SELECT pg_advisory_unlock(%s, %s)", CLAIMS, pk)


def keep_schedule() -> None:
    """Have a row for each task of the schedule, and no other that is done again and again.

    One that waits longer than its interval was put off by a clock that was wrong.
    """
    now = timezone.now()
    scheduled = BackgroundTask.objects.filter(every__isnull=False)
    for path, every in settings.TASK_SCHEDULE.items():
        row = BackgroundTask(path=path, every=every, arguments={"args": [], "kwargs": {}})
        BackgroundTask.objects.bulk_create([row], ignore_conflicts=True)
        scheduled.filter(path=path).exclude(every=every).update(every=every)
        scheduled.filter(path=path, run_after__gt=now + every).update(run_after=now)
    scheduled.exclude(path__in=settings.TASK_SCHEDULE).delete()


def do_all_that_is_due() -> int:
    """Do tasks until none is due, and return how many were done."""
    worker, count = Worker(), 0
    while worker.do_next():
        count += 1
    return count
