"""What is told of backups: the last one, whether it is too long ago, why the last try failed."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from untfsse.backup.shelf import Backup, Shelf
from untfsse.kit.tasks.models import BackgroundTask

TASK = "untfsse.tasks.back_up"
LONGEST_WITHOUT = dt.timedelta(days=2)


@dataclass(frozen=True)
class BackupState:
    """How the backups stand; `error` is of the last try of a worker, "" if it went well."""

    latest: Backup | None
    is_overdue: bool
    error: str
    failed_at: dt.datetime | None


def backup_state(now: dt.datetime) -> BackupState:
    """Return how the backups stand at a moment."""
    latest = next(iter(Shelf(settings.BACKUP_ROOT).backups()), None)
    is_overdue = latest is None or latest.made_at < now - LONGEST_WITHOUT
    tried = BackgroundTask.objects.filter(path=TASK).exclude(finished_at=None)
    last = tried.order_by("-finished_at").first()
    if last is None or not last.error:
        return BackupState(latest, is_overdue, "", None)
    return BackupState(latest, is_overdue, last.error, last.finished_at)
