"""What is told of backups: the last one, whether it is too long ago, why the last try failed."""

import datetime as dt
from dataclasses import dataclass

from untfsse.backup.shelf import Backup, Failure, own_shelf
from untfsse.kit.pause import Pause
from untfsse.kit.tasks.models import BackgroundTask

TASK = "untfsse.tasks.back_up"
LONGEST_WITHOUT = dt.timedelta(days=2)
AWAY = Pause(60)
"""Made after a bucket did not answer, so that no page waits for it again and again."""


@dataclass(frozen=True)
class BackupState:
    """How the backups stand; `failure` is of the last try, None if that went well.

    While their bucket is away nothing is known of the latest.
    """

    is_away: bool
    latest: Backup | None
    is_overdue: bool
    failure: Failure | None


def backup_state(now: dt.datetime) -> BackupState:
    """Return how the backups stand at a moment."""
    found = known_backups()
    latest = next(iter(found or []), None)
    is_overdue = latest is None or latest.made_at < now - LONGEST_WITHOUT
    failures = [each for each in (own_shelf().failure(), failure_of_worker()) if each]
    last = max(failures, key=lambda each: each.at, default=None)
    is_over = last is not None and latest is not None and last.at < latest.made_at
    return BackupState(found is None, latest, is_overdue, None if is_over else last)


def known_backups() -> list[Backup] | None:
    """Return the backups, the latest first; None while their bucket is away."""
    if AWAY.is_on:
        return None
    try:
        return own_shelf().backups()
    except OSError:
        AWAY.begin()
        return None


def failure_of_worker() -> Failure | None:
    """Return why the last try of a worker failed, if it did."""
    tried = BackgroundTask.objects.filter(path=TASK).exclude(finished_at=None)
    last = tried.order_by("-finished_at").first()
    return Failure(last.finished_at, last.error) if last and last.error else None
