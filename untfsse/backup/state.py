"""What is told of backups: the last one, whether it is too long ago, why the last try failed."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from untfsse.backup.shelf import Backup, Failure, Shelf
from untfsse.kit.tasks.models import BackgroundTask

TASK = "untfsse.tasks.back_up"
LONGEST_WITHOUT = dt.timedelta(days=2)


@dataclass(frozen=True)
class BackupState:
    """How the backups stand; `failure` is of the last try, None if that went well."""

    latest: Backup | None
    is_overdue: bool
    failure: Failure | None


def backup_state(now: dt.datetime) -> BackupState:
    """Return how the backups stand at a moment."""
    shelf = Shelf(settings.BACKUP_ROOT)
    latest = next(iter(shelf.backups()), None)
    is_overdue = latest is None or latest.made_at < now - LONGEST_WITHOUT
    failures = [each for each in (shelf.failure(), failure_of_worker()) if each]
    last = max(failures, key=lambda each: each.at, default=None)
    is_over = last is not None and latest is not None and last.at < latest.made_at
    return BackupState(latest, is_overdue, None if is_over else last)


def failure_of_worker() -> Failure | None:
    """Return why the last try of a worker failed, if it did."""
    tried = BackgroundTask.objects.filter(path=TASK).exclude(finished_at=None)
    last = tried.order_by("-finished_at").first()
    return Failure(last.finished_at, last.error) if last and last.error else None
