"""What a worker does for the house from time to time: backups, cleaning, a look at the clock."""

import datetime as dt

from django.conf import settings
from django.tasks import TaskResultStatus
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from untfsse.accounts.events import forget_events
from untfsse.backup import kept_files, make_backup, own_shelf
from untfsse.kit.access.sessions import SessionStore
from untfsse.kit.access.throttle import forget_old_tries
from untfsse.kit.error_reports.services import forget_senders
from untfsse.kit.history import bounds
from untfsse.kit.log import current_number, forget_before
from untfsse.kit.missed import forget_missed
from untfsse.kit.records.files import remove_unnamed_files
from untfsse.kit.tasks.backend import task
from untfsse.kit.tasks.models import BackgroundTask

KEPT_DAYS = 400
TASKS_KEPT_DAYS = 30


@task(label=_("Remove sessions that have ended"))
def clear_sessions() -> None:
    """Remove what `clearsessions` removes."""
    SessionStore.clear_expired()


@task(label=_("Forget tries that no longer count"))
def forget_tries() -> int:
    """Forget them, and return of how many subjects they were."""
    return forget_old_tries()


@task(label=_("Remove files that nobody names"))
def clean_files() -> int:
    """Remove them, and return how many they were."""
    return len(remove_unnamed_files())


@task(label=_("Forget old lines of the log of public changes"))
def trim_log() -> int:
    """Forget what partners have had time to read, and return how many lines that was."""
    return forget_before(timezone.now() - dt.timedelta(days=KEPT_DAYS))


@task(label=_("Trim the history"))
def trim_history() -> list[int]:
    """Do what `manage.py trim_history` does, and return how many changes that concerned."""
    before = timezone.now() - dt.timedelta(days=bounds.KEPT_DAYS)
    return [*bounds.trim_history(before=before)]


@task(label=_("Forget what happened at the doors long ago"))
def forget_account_events() -> int:
    """Forget it, and return how many events that were."""
    return forget_events(before=timezone.now() - dt.timedelta(days=KEPT_DAYS))


@task(label=_("Back up the database and the files"))
def back_up() -> str:
    """Do what `manage.py backup` does, and return the name of the archive."""
    recipients = settings.BACKUP_RECIPIENTS
    return make_backup(own_shelf(), kept_files(), recipients, at=timezone.now()).backup.path.name


@task(label=_("Forget tasks that ended long ago"))
def forget_tasks() -> int:
    """Forget them, and return how many they were."""
    ended = {TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED}
    before = timezone.now() - dt.timedelta(days=TASKS_KEPT_DAYS)
    old = BackgroundTask.objects.filter(every__isnull=True, state__in=ended, finished_at__lt=before)
    return old.delete()[0]


@task(label=_("Forget from where reports of errors came"))
def forget_reporters() -> int:
    """Forget it of all days before today, and return how many reports that were."""
    return forget_senders(before=timezone.localdate())


@task(label=_("Forget searches without a result from long ago"))
def forget_missed_searches() -> int:
    """Forget them, and return how many they were."""
    return forget_missed(timezone.localdate())


@task(label=_("Notice what the clock alone has published"))
def notice_clock() -> int:
    """Write what the clock changed into the log, and return the log's number."""
    return current_number()
