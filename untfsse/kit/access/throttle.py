"""The throttle: how often something may be tried in a while, counted in the database.

So every process counts the same, and a try is counted before it is made: many at once are no more
than one after the other.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries in so long, for each subject."""

    name: str
    most: int
    window: dt.timedelta

    def key(self, *subject: object) -> str:
        """Return by what a subject is counted, which tells nothing of it."""
        return salted_hmac(f"throttle {self.name}", repr(subject), algorithm="sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A try that is not let in: the seconds until one is, and whether it is the first such."""

    seconds: int
    is_first: bool


type Tries = Iterable[tuple[Limit, str]]
"""What is tried, as limits with the key of their subject."""


class TryCount(models.Model):
    """How often one subject was tried, until when that counts."""

    key = models.CharField(_("key"), max_length=64, unique=True)
    about = models.CharField(_("about"), max_length=64, blank=True, db_index=True)
    """What several subjects have in common, such as an account; by a key as well."""
    count = models.PositiveIntegerField(_("tries"))
    until = models.DateTimeField(_("until"), db_index=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("count of tries")
        verbose_name_plural = _("counts of tries")

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.count}"


COUNT = """
INSERT INTO kit_trycount AS had (key, about, count, until) VALUES (%s, %s, 1, %s)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN had.until <= %s THEN 1 ELSE least(had.count, 1000000) + 1 END,
  until = CASE WHEN had.until <= %s THEN excluded.until ELSE had.until END
RETURNING count, until
"""


def count_try(limit: Limit, key: str, *, about: str = "") -> Refusal | None:
    """Count a try; return why it is not let in, None if it is."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, about, now + limit.window, now, now])
        count, until = cursor.fetchone()
    if count <= limit.most:
        return None
    seconds = int((until - now).total_seconds()) + 1
    return Refusal(seconds, is_first=count == limit.most + 1)


def take_back(tries: Tries) -> None:
    """Count a try no longer, since it was none."""
    rows = TryCount.objects.filter(key__in=[key for _limit, key in tries], count__gt=0)
    rows.update(count=models.F("count") - 1)


def forget(tries: Tries) -> None:
    """Forget all tries of some subjects."""
    TryCount.objects.filter(key__in=[key for _limit, key in tries]).delete()


def forget_about(about: str) -> int:
    """Forget all that was tried about something; return of how many subjects that was."""
    return TryCount.objects.filter(about=about).delete()[0]


def forget_old_tries() -> int:
    """Remove what no longer counts, and return how many subjects that were."""
    return TryCount.objects.filter(until__lte=timezone.now()).delete()[0]
