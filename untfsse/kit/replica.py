"""The replica: a second database that follows the first, from which pages for visitors are made.

The number of the log is always asked of the first. A page is made from the replica only if that
has the same number or a later one, so that nobody, whoever wrote it, is shown less than what was
written last, and nothing old is kept under a newer number. A replica that lags, is away or follows
nobody is passed over, and what it cannot answer the first is asked once more.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db import Error as DatabaseFault
from django.http import HttpRequest, HttpResponseBase

from untfsse.kit.kept import READING, is_of_visitor, parameters_of, view_of
from untfsse.kit.log import Head, read_head
from untfsse.kit.pause import Pause

REPLICA = "replica"
PAUSE = Pause(5)
FIRST: ContextVar[Any] = ContextVar("first database", default=None)


class Standing(StrEnum):
    """How the replica stands to the first database."""

    OK = "ok"
    BEHIND = "behind"
    AWAY = "away"


def has_replica() -> bool:
    """Whether there is a replica to ask."""
    return REPLICA in settings.DATABASES


def judge_replica(head: Head) -> Standing:
    """Return how the replica stands, where the first database stands at `head`.

    Its clock must have come as far too: what is published at a moment would be missing else.
    """
    if PAUSE.is_on:
        return Standing.AWAY
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(
                "SELECT pg_is_in_recovery() AND number >= %s AND clock_timestamp() >= %s"
                " FROM kit_loghead",
                [head.settled, head.asked_at],
            )
            (follows,) = cursor.fetchone()
    except DatabaseFault:
        leave_alone()
        return Standing.AWAY
    return Standing.OK if follows else Standing.BEHIND


def leave_alone() -> None:
    """Give a connection up that is of no use, and try none for a while."""
    connections[REPLICA].close()
    PAUSE.begin()


@contextmanager
def asking(database: Any) -> Iterator[None]:
    """Let this thread put to one database what it asks of the usual one."""
    before = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = database
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = before


@contextmanager
def asking_replica() -> Iterator[None]:
    """Let the replica answer; whoever counts statements counts its own too."""
    first, replica = connections[DEFAULT_DB_ALIAS], connections[REPLICA]
    token, replica.execute_wrappers = FIRST.set(first), first.execute_wrappers
    try:
        with asking(replica):
            yield
    finally:
        replica.execute_wrappers = []
        FIRST.reset(token)


@contextmanager
def asking_first() -> Iterator[None]:
    """Ask the first database, which alone can be written to, whatever answers the page."""
    with asking(FIRST.get() or connections[DEFAULT_DB_ALIAS]):
        yield


class ReplicaMiddleware:
    """Lets the replica answer what visitors read, where it is as far as the first database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Step aside where there is none."""
        if not has_replica():
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        """Pass the request on, with the database that is to answer it."""
        if not self.may_be_asked(request):
            return self.get_response(request)
        head = request.log_head if hasattr(request, "log_head") else try_head()
        if head is None or head.settled is None:
            return self.get_response(request)
        request.replica = judge_replica(head)
        if request.replica == Standing.OK:
            with asking_replica():
                response = self.get_response(request)
            if response.status_code < 500:
                return response
            if hasattr(response, "is_lost"):
                leave_alone()
            request.replica = Standing.AWAY
        return self.get_response(request)

    def may_be_asked(self, request: HttpRequest) -> bool:
        """Whether a visitor reads what follows from public records, which the number covers."""
        is_read = request.method in READING and is_of_visitor(request)
        return is_read and parameters_of(view_of(request.path_info)) is not None


def try_head() -> Head | None:
    """Return where the log stands; None if the first database does not say."""
    try:
        return read_head()
    except DatabaseFault:
        connection.close()
        return None
