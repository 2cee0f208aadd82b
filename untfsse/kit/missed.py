"""What was searched for and not found, for the editors: the words and how often, nothing of whom.

A kept answer is given again without a search, so that a text counts when it is looked for anew:
after each public change once.
"""

import datetime as dt
import logging
import re
from typing import ClassVar

from django.db import DatabaseError, connection, models, transaction
from django.utils.translation import gettext_lazy as _

from untfsse.kit.apps import EDITOR, READING, SECRETARIAT
from untfsse.kit.replica import asking_first

MOST_ROWS = 1_000
LONGEST = 100
KEPT_DAYS = 400
ONCE_KEPT_DAYS = 30
PERSONAL = re.compile(r"@|[0-9][0-9 ()+./-]{7,}")
"""What may be an address or a telephone number of somebody is not kept."""
COUNT = """
  INSERT INTO kit_missedsearch (text, count, first_on, last_on)
  SELECT %s, 1, CURRENT_DATE, CURRENT_DATE
  WHERE (SELECT count(*) FROM kit_missedsearch) < %s
    OR EXISTS (SELECT FROM kit_missedsearch WHERE text = %s)
  ON CONFLICT (text) DO UPDATE
  SET count = kit_missedsearch.count + 1, last_on = EXCLUDED.last_on
"""
logger = logging.getLogger(__name__)


class MissedSearch(models.Model):
    """A text for which nothing was found."""

    text = models.CharField(_("searched for"), max_length=LONGEST, unique=True)
    count = models.PositiveIntegerField(_("how often"), default=1)
    first_on = models.DateField(_("first"))
    last_on = models.DateField(_("last"))

    roles: ClassVar = {SECRETARIAT: READING, EDITOR: READING}

    class Meta:
        verbose_name = _("search without a result")
        verbose_name_plural = _("searches without a result")
        ordering: ClassVar = ["-count", "-last_on", "text"]

    def __str__(self) -> str:
        return self.text


def count_missed(text: str) -> None:
    """Count a text for which nothing was found; the page that says so never fails for it."""
    text = text.casefold()
    if not text or len(text) > LONGEST or PERSONAL.search(text):
        return
    try:
        with asking_first(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(COUNT, [text, MOST_ROWS, text])
    except DatabaseError as error:
        logger.warning("A search without a result was not counted: %s", error)


def forget_missed(today: dt.date) -> int:
    """Make room: forget what was looked for once some time ago, or by nobody for long."""
    once = models.Q(count=1, last_on__lt=today - dt.timedelta(days=ONCE_KEPT_DAYS))
    long_ago = models.Q(last_on__lt=today - dt.timedelta(days=KEPT_DAYS))
    return MissedSearch.objects.filter(once | long_ago).delete()[0]
