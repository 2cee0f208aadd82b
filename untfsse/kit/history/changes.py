"""History: a trigger in PostgreSQL keeps every change of every row, whoever made it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from psycopg.pq import TransactionStatus

from untfsse.kit.apps import READING, SECRETARIAT
from untfsse.kit.time_limits import WRITERS_LIMITS, limits_of_writers

ACTOR = "portal.actor"
ORIGIN = "portal.origin"
NOBODY = ("", "")
WORDS: ContextVar[tuple[str, str]] = ContextVar("acting", default=NOBODY)


class Operation(models.TextChoices):
    """What happened to a row."""

    INSERT = "INSERT", _("Added")
    UPDATE = "UPDATE", _("Changed")
    DELETE = "DELETE", _("Deleted")


class ChangeQuerySet(models.QuerySet[Any]):
    """Questions about what changed."""

    def of(self, record: models.Model) -> Self:
        """The changes of one row, the latest first."""
        return self.of_row(record._meta.db_table, record.pk)

    def of_row(self, table: str, row_id: Any) -> Self:
        """The changes of one row by its table and key, the latest first."""
        return self.filter(table=table, row_id=row_id).order_by("-id")


class Change(models.Model):
    """One change of one row, written by the trigger `keep_history` and by nothing else.

    `before` and `after` are the row as JSON without its generated columns; `before` is null
    for an added row, `after` for a deleted one.
    """

    table = models.CharField(_("table"), max_length=63)
    row_id = models.BigIntegerField(_("row"))
    operation = models.CharField(_("what"), max_length=6, choices=Operation)
    made_at = models.DateTimeField(_("when"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        verbose_name=_("who"),
    )
    origin = models.CharField(
        _("through"), max_length=60, blank=True, help_text=_("The admin, an import, a command …")
    )
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    transaction = models.BigIntegerField(_("transaction"), null=True, editable=False, db_index=True)

    objects = ChangeQuerySet.as_manager()

    roles: ClassVar = {SECRETARIAT: READING}

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("history")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["table", "row_id", "-id"], name="change_of_a_row"),
            models.Index(fields=["-made_at"], name="change_by_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.get_operation_display()} {self.table} {self.row_id}"

    @property
    def changed_fields(self) -> list[tuple[str, Any, Any]]:
        """Each column that differs, with its value before and after."""
        before, after = self.before or {}, self.after or {}
        return [
            (name, before.get(name), after.get(name))
            for name in sorted({*before, *after})
            if before.get(name) != after.get(name)
        ]


@contextmanager
def acting(*, actor_id: int | None, origin: str) -> Iterator[None]:
    """Let the history say who makes the changes inside, and through what; give them time.

    Each transaction begins with these words, and they end with it: whoever uses the same session
    of the database next, through a pool, is not taken for this one. At the end they are what they
    were before, so that one may act inside another.
    """
    token = WORDS.set(("" if actor_id is None else str(actor_id), origin))
    if is_in_transaction():
        say_words()
    try:
        with connection.execute_wrapper(begin_with_words):
            yield
    finally:
        WORDS.reset(token)
        # In a broken transaction the rollback to come takes the words back.
        if is_in_transaction() and not connection.needs_rollback:
            say_words()


def is_in_transaction() -> bool:
    """Whether the database has begun a transaction that stands."""
    raw: Any = connection.connection
    return raw is not None and raw.info.transaction_status == TransactionStatus.INTRANS


def begin_with_words(execute: Callable[..., Any], *arguments: Any) -> Any:
    """Say who acts before the first statement of a transaction; a lone one becomes one."""
    if connection.connection.info.transaction_status != TransactionStatus.IDLE:
        return execute(*arguments)
    with nullcontext() if connection.in_atomic_block else transaction.atomic():
        say_words()
        return execute(*arguments)


def who_acts() -> int | None:
    """Return the account in whose name something is done now, None if the project itself acts."""
    actor_id, _origin = WORDS.get()
    return int(actor_id) if actor_id else None


def say_words() -> None:
    """Tell the transaction that stands who acts, and how long it may take."""
    words = WORDS.get()
    limits = [None] * len(WRITERS_LIMITS) if words == NOBODY else limits_of_writers()
    named = [*zip((ACTOR, ORIGIN), words, strict=True), *zip(WRITERS_LIMITS, limits, strict=True)]
    # Not by a cursor of Django's: this is no statement of whoever acts, and asks for no words.
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        # Null gives a limit back the length that the connection began with.
        cursor.execute(
            f"SELECT {', '.join(['set_config(%s, %s, true)'] * len(named))}",
            [part for pair in named for part in pair],
        )


def erase_from_history(table: str, row_ids: Iterable[int], columns: Iterable[str]) -> int:
    """Take columns out of every kept version of some rows; returns how many changes had them.

    What remains says that the rows were added, changed and deleted, when and by whom.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE kit_change
            SET before = before - %(columns)s::text[], after = after - %(columns)s::text[]
            WHERE "table" = %(table)s AND row_id = ANY(%(rows)s)
              AND (before ?| %(columns)s::text[] OR after ?| %(columns)s::text[])
            """,
            {"table": table, "rows": list(row_ids), "columns": list(columns)},
        )
        return int(cursor.rowcount)


def set_transactions_apart() -> None:
    """Let no transaction to come bear the number of one that the history knows.

    Each server counts its own, from the beginning: what was deleted together there must not seem
    to be deleted together with something here.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE kit_change SET transaction = transaction - latest"
            " FROM (SELECT max(transaction) AS latest FROM kit_change) AS known WHERE latest > 0"
        )


class HistoryMiddleware:
    """Lets the history say who changes what in the admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Wrap what may change something in the back office."""
        is_unsafe = request.method not in {"GET", "HEAD", "OPTIONS", "TRACE"}
        if not (is_unsafe and request.path.startswith(reverse("admin:index"))):
            return self.get_response(request)
        actor_id = request.user.pk if request.user.is_authenticated else None
        with acting(actor_id=actor_id, origin="admin"):
            return self.get_response(request)
