"""Django's tasks in our table: `@task(label=…)`, `enqueue(…)`, and who asked stays known."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.tasks import Task, TaskResult, TaskResultStatus
from django.tasks import task as plain_task
from django.tasks.backends.base import BaseTaskBackend
from django.tasks.base import TaskError
from django.tasks.exceptions import TaskResultDoesNotExist
from django.tasks.signals import task_enqueued
from django.utils.json import normalize_json

from untfsse.kit.history.changes import who_acts
from untfsse.kit.tasks.models import BackgroundTask


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledTask(Task):  # type: ignore[type-arg]
    """A task that says in words what it does."""

    label: Any = ""


def task(*, label: Any, takes_context: bool = False) -> Callable[[Callable[..., Any]], Any]:
    """Make a function a task, as Django's `task` does, whose types know no label."""
    make: Any = plain_task
    decorate: Callable[[Callable[..., Any]], Any] = make(label=label, takes_context=takes_context)
    return decorate


class DatabaseBackend(BaseTaskBackend):
    """Keeps each task as a row, written with the transaction that asks for it."""

    task_class = LabelledTask
    supports_defer = True
    supports_get_result = True

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        """Let a task wait for a worker, in the name of who acts."""
        self.validate_task(task)
        row = BackgroundTask(
            path=task.module_path,
            arguments=normalize_json({"args": args, "kwargs": kwargs}),
            asked_by_id=who_acts(),
        )
        if task.run_after is not None:
            row.run_after = task.run_after
        row.save()
        result = self.result_of(row)
        task_enqueued.send(type(self), task_result=result)
        return result

    def get_result(self, result_id: str) -> Any:
        """Return a task as it stands now."""
        try:
            return self.result_of(BackgroundTask.objects.get(pk=result_id))
        except (BackgroundTask.DoesNotExist, ValueError) as error:
            raise TaskResultDoesNotExist(result_id) from error

    def result_of(self, row: BackgroundTask) -> Any:
        """Return a row as Django tells it."""
        errors = [TaskError(exception_class_path="", traceback=row.error)] if row.error else []
        result: Any = TaskResult(
            task=row.task,
            id=str(row.pk),
            status=TaskResultStatus(row.state),
            enqueued_at=row.enqueued_at,
            started_at=row.started_at,
            finished_at=row.finished_at,
            last_attempted_at=row.started_at,
            args=row.arguments["args"],
            kwargs=row.arguments["kwargs"],
            backend=self.alias,
            errors=errors,
            worker_ids=row.workers,
        )
        object.__setattr__(result, "_return_value", row.result)
        return result
