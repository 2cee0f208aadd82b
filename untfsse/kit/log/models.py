"""The log of public changes, and what of each row is public now; PostgreSQL alone writes both.

The history keeps what editors did to rows. This log keeps what a visitor could notice of it: no
draft, no secret, no note for the staff. Its numbers follow the order of commits.
"""

import datetime as dt
from typing import Any, ClassVar, NamedTuple, Self

from django.db import connection, models
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from untfsse.kit.apps import READING, SECRETARIAT
from untfsse.kit.records.characters import Legible

GAP = 1_000_000
"""More lines than are written between two backups."""


class Kind(models.TextChoices):
    """What a visitor could notice of a record."""

    PUBLISHED = "published", _("Published")
    CHANGED = "changed", _("Changed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DELETED = "deleted", _("Deleted")
    DAY = "day", _("A new day")


class PublicChangeQuerySet(QuerySet[Any]):
    """Questions about the log."""

    def after(self, number: int) -> Self:
        """What came after a number, in order."""
        return self.filter(number__gt=number).order_by("number")


class PublicChange(models.Model):
    """One line of the log: something that a visitor could notice of one row.

    `is_own` says that the row itself changed, not only something that is shown with it. A day
    that begins is a line without a row.
    """

    number = models.BigIntegerField(_("number"), primary_key=True)
    table = models.CharField(_("table"), max_length=63)
    public_id = models.UUIDField(_("public id"), null=True)
    kind = models.CharField(_("what"), max_length=9, choices=Kind)
    made_at = models.DateTimeField(_("when"))
    is_own = models.BooleanField(_("of the row itself"))

    objects = PublicChangeQuerySet.as_manager()

    roles: ClassVar = {SECRETARIAT: READING}

    class Meta:
        verbose_name = _("public change")
        verbose_name_plural = _("public changes")
        ordering: ClassVar = ["-number"]
        indexes: ClassVar = [
            models.Index(fields=["made_at"], name="publicchange_by_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()} {self.table}"


class PublicStateQuerySet(QuerySet[Any]):
    """Questions about what is public, and what was."""

    def of(self, model: type[models.Model]) -> Self:
        """The rows of a noun."""
        return self.filter(table=model._meta.db_table)

    def gone(self) -> Self:
        """What was public and is no more."""
        return self.filter(is_public=False)


class PublicState(models.Model):
    """What a visitor knows of a row that is public or was: since when, and its latest change.

    `number` is the latest line of the log about it, `revision` counts the changes of the row
    itself. Of a withdrawn record `reason` is what readers may be told. `first_day` and `last_day`
    are the days on which it stood in public last, if its noun stands in a calendar: a trigger
    that the noun's app brings along keeps them.
    """

    public_id = models.UUIDField(_("public id"), unique=True)
    table = models.CharField(_("table"), max_length=63)
    row_id = models.BigIntegerField(_("row"))
    slug = models.CharField(_("address"), max_length=200, blank=True)
    is_public = models.BooleanField(_("public"))
    is_deleted = models.BooleanField(_("deleted"))
    number = models.BigIntegerField(_("number"))
    revision = models.IntegerField(_("revision"))
    appeared_at = models.DateTimeField(_("first public"))
    changed_at = models.DateTimeField(_("changed"))
    own_changed_at = models.DateTimeField(_("itself changed"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    first_day = models.DateField(_("first day"), null=True)
    last_day = models.DateField(_("last day"), null=True)

    objects = PublicStateQuerySet.as_manager()

    roles: ClassVar = {SECRETARIAT: READING}

    class Meta:
        verbose_name = _("public state")
        verbose_name_plural = _("public states")
        ordering: ClassVar = ["-number"]
        indexes: ClassVar = [
            models.Index(fields=["table", "row_id"], name="publicstate_of_a_row"),
            models.Index(fields=["table", "number"], name="publicstate_by_number"),
            models.Index(fields=["table", "changed_at"], name="publicstate_by_moment"),
            models.Index(
                fields=["table", "-first_day", "-row_id"],
                condition=Q(is_public=True, first_day__isnull=False),
                name="publicstate_by_day",
            ),
            models.Index(
                fields=["table", "slug"],
                condition=Q(is_public=False),
                name="publicstate_gone_by_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.public_id}"


class Head(NamedTuple):
    """Where the log stands: the number as it is written, and as it is when all is settled.

    The second is None while tables change: what is written then waits for its lines. `asked_at`
    is what the clock of the database said.
    """

    written: int
    settled: int | None
    asked_at: dt.datetime


def current_number() -> int:
    """Return the number of the latest line of the log.

    What the clock alone changed since (a publication that was planned, a day that began) is
    written first: one statement asks, and hardly ever a second one writes.
    """
    head = read_head()
    return head.written if head.settled is None else head.settled


def notice_clock(request: HttpRequest) -> None:
    """Write what the clock alone has brought, before it is shown.

    That was done already for an answer that is to be kept under the number of the log.
    """
    if not hasattr(request, "log_number"):
        read_head()


def read_head() -> Head:
    """Return where the log stands, after what the clock alone changed was written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, due_at <= statement_timestamp(), clock_timestamp() FROM kit_loghead"
        )
        written, is_due, asked_at = cursor.fetchone()
        if not is_due:
            return Head(written, written, asked_at)
        cursor.execute("SELECT settle_public_log(), clock_timestamp()")
        return Head(written, *cursor.fetchone())


def moment_of(number: int) -> dt.datetime | None:
    """Return when a line of the log was written; None if it is not kept."""
    moments = PublicChange.objects.filter(number=number).values_list("made_at", flat=True)
    return moments.first()


def oldest_number() -> int:
    """Return the number after which every line is kept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT oldest FROM kit_loghead")
        return int(cursor.fetchone()[0])


def ask_to_copy_anew() -> None:
    """Tell all who follow the log to copy anew, by numbers that nobody can have read.

    For records that went back in time: what was read of them since is true no longer. The clock
    tells one restore of a backup from another, which begins with the same number.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE kit_loghead SET (number, oldest) = (SELECT anew, anew FROM greatest("
            "number + %s, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint) AS anew)",
            [GAP],
        )


def forget_before(moment: dt.datetime) -> int:
    """Delete the lines of the log that are older; returns how many.

    Whoever has read no further than these is told to copy anew.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT forget_public_changes(%s)", [moment])
        return int(cursor.fetchone()[0])


def with_change_moment(rows: Any) -> Any:
    """Carry `publicly_changed_at`: when something in what a visitor sees of the row changed."""
    if not issubclass(rows.model, Legible):
        return rows
    states = PublicState.objects.filter(public_id=OuterRef("public_id"))
    moment = Subquery(states.values("changed_at")[:1])
    saved = [field for field in rows.model._meta.fields if field.name == "updated_at"]
    return rows.annotate(publicly_changed_at=Coalesce(moment, "updated_at") if saved else moment)


def changed_since(rows: Any, moment: dt.datetime) -> Any:
    """Return the rows of which a visitor sees something else since a moment (inclusive)."""
    states = PublicState.objects.of(rows.model).filter(changed_at__gte=moment)
    return rows.filter(public_id__in=states.values("public_id"))


def latest_changes(tables: list[str], size: int) -> list[tuple[str, int, dt.datetime]]:
    """Return when what is public of tables changed last, for each so many rows by their keys.

    Each is a table, the number of the part from 1, and the moment.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT "table", 1 + (place - 1) / %s AS part, max(changed_at) FROM (
                SELECT "table", changed_at,
                    row_number() OVER (PARTITION BY "table" ORDER BY row_id) AS place
                FROM kit_publicstate WHERE is_public AND "table" = ANY(%s)
            ) AS rows GROUP BY "table", part ORDER BY "table", part
            """,
            [size, tables],
        )
        rows: list[tuple[str, int, dt.datetime]] = cursor.fetchall()
    return rows
