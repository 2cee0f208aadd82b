"""The table of tasks: what is to be done, for whom, and what became of it."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, models
from django.db.models import Q
from django.tasks import TaskResultStatus
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from untfsse.kit.apps import READING, SECRETARIAT

MOST_TRIES = 4
LONGER = 6
"""So many times longer is each pause than the one before."""
FINAL = (PermissionDenied, ValidationError)
"""What another try would not mend."""
LONGEST_ERROR = 2_000


class BackgroundTaskQuerySet(models.QuerySet[Any]):
    """Questions about tasks."""

    def due(self, moment: dt.datetime) -> Self:
        """What a worker may take up, the longest due first; those that run may be orphans."""
        begins = Q(run_after__lte=moment)
        again = Q(state=TaskResultStatus.FAILED, every__isnull=False)
        waits = Q(state=TaskResultStatus.READY) | again
        return self.filter(Q(state=TaskResultStatus.RUNNING) | begins & waits).order_by(
            "run_after", "pk"
        )


class BackgroundTask(models.Model):
    """A task that was asked for, or is done again and again if it has an interval."""

    path = models.CharField(_("function"), max_length=200)
    arguments = models.JSONField(_("arguments"), default=dict)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    every = models.DurationField(_("every"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=TaskResultStatus, default=TaskResultStatus.READY
    )
    run_after = models.DateTimeField(_("not before"), default=timezone.now)
    enqueued_at = models.DateTimeField(_("asked at"), default=timezone.now)
    started_at = models.DateTimeField(_("last begun at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("last ended at"), null=True, blank=True)
    workers = models.JSONField(_("workers"), default=list, blank=True)
    done = models.PositiveIntegerField(_("done"), null=True, blank=True)
    total = models.PositiveIntegerField(_("of"), null=True, blank=True)
    result = models.JSONField(_("result"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=LONGEST_ERROR, blank=True)

    objects = BackgroundTaskQuerySet.as_manager()

    roles: ClassVar = {SECRETARIAT: READING}

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["run_after"],
                condition=~Q(state=TaskResultStatus.SUCCESSFUL),
                name="task_to_be_done",
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["path"],
                condition=Q(every__isnull=False),
                name="task_is_scheduled_once",
                violation_error_message=_("This task is in the schedule already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=TaskResultStatus.values),
                name="task_state_is_known",
                violation_error_message=_("A task is ready, running, done or failed."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def task(self) -> Any:
        """The function as a task; ImportError if it is gone."""
        return import_string(self.path)

    @property
    def label(self) -> str:
        """What it does, in words; the name of a function that is gone."""
        try:
            return str(self.task.label)
        except ImportError:
            return self.path

    @property
    def tries(self) -> int:
        """How often a worker has begun it, since it last ended well."""
        return len(self.workers)

    @property
    def is_finished(self) -> bool:
        """Whether nobody will try it again, unless its interval is over."""
        return self.state in {TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL}

    # --- What becomes of it ----------------------------------------------------------------

    def begin(self, worker: str) -> None:
        """Say who does it."""
        if self.is_finished:  # its interval is over
            self.workers = []
        self.state = TaskResultStatus.RUNNING
        self.workers = [*self.workers, worker]
        self.started_at, self.finished_at = timezone.now(), None
        self.done = self.total = None
        self.save()

    def succeed(self, result: Any) -> None:
        """Say what came of it; one with an interval waits for its next time."""
        self.result, self.error = result, ""
        self.finished_at = timezone.now()
        self.state = TaskResultStatus.SUCCESSFUL
        if self.every:
            self.state, self.workers = TaskResultStatus.READY, []
            self.run_after = timezone.now() + self.every
        self.save()

    def fail(self, error: str, *, is_final: bool = False) -> None:
        """Say why it failed; it is tried again after a pause, which grows, some times."""
        self.error = error[:LONGEST_ERROR]
        self.finished_at = timezone.now()
        if is_final or self.tries >= MOST_TRIES:
            self.state = TaskResultStatus.FAILED
            if self.every:
                self.run_after = timezone.now() + self.every
        else:
            pause = settings.TASK_PAUSE_SECONDS * LONGER ** max(self.tries - 1, 0)
            self.state = TaskResultStatus.READY
            self.run_after = timezone.now() + dt.timedelta(seconds=pause)
        self.save()

    def put_back(self) -> None:
        """Let another worker do it, as if this one had not begun."""
        self.state, self.workers = TaskResultStatus.READY, self.workers[:-1]
        self.save()


def sentence_of(error: Exception) -> str:
    """Return what somebody may read of an error; the log has the rest."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, PermissionDenied):
        return str(error) or gettext("Your role does not let you do this.")
    if isinstance(error, DatabaseError):  # its text can hold hosts and names
        return gettext("The database stopped it.")
    words = f"{type(error).__name__}: {error}".replace("\0", "")
    return words.encode(errors="backslashreplace").decode()  # a name of a file need be no text
