"""Faults that no view can mend: too long a request, a database that is busy or out of reach."""

import errno
import logging
from collections.abc import Callable
from http import HTTPStatus
from traceback import walk_tb
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import InterfaceError, OperationalError, connection
from django.db.models.fields import related_descriptors
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from untfsse.kit.access.hashing import RETRY_SECONDS as HASHING_RETRY_SECONDS
from untfsse.kit.access.hashing import TooBusyError
from untfsse.kit.request_log import request_number

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""What the system says where a disk, or what may be used of it, is full."""
LONGEST_ADDRESS = 8_000
"""Letters, with the parameters. The server before us reads more, so that we can answer."""
LONGEST_HEADER = 8_000
RETRY_SECONDS = 10
REFUSED_WRITE, TOO_LONG_IDLE = "25006", "25P03"
ENDED = ("57P01", "57P02", "57P05", "08")
"""The states by which PostgreSQL says that it has ended a connection, or how they begin."""
READS = {"GET", "HEAD"}
logger = logging.getLogger(__name__)


class StoreError(OSError):
    """The store of files does not do what it should."""


def state_of(error: BaseException | None) -> str:
    """Return the five letters by which PostgreSQL names an error, nothing if it did not speak."""
    return getattr(getattr(error, "__cause__", None), "sqlstate", None) or ""


def is_lost(error: BaseException) -> bool:
    """Tell whether a connection that stood was cut, so that a new one may do better."""
    if isinstance(error, OperationalError) and state_of(error).startswith(ENDED):
        return True
    raw: Any = connection.connection
    return raw is not None and bool(raw.closed)


def is_torn(error: BaseException) -> bool:
    """Tell whether a row names what was gone when it was asked for, as Django follows it there."""
    frames = (frame for frame, _line in walk_tb(error.__traceback__))
    return isinstance(error, ObjectDoesNotExist) and any(
        frame.f_code.co_filename == related_descriptors.__file__ for frame in frames
    )


def answer_fault(error: BaseException | None) -> HttpResponse | None:
    """Return the page for a database that is busy or out of reach; None for another error.

    It asks nothing of the database. What waited too long for a lock or an answer counts as busy,
    and so do a store of files that is away, and a full disk; who finds no place where passwords
    are looked at is told so.
    """
    is_busy = isinstance(error, OperationalError | InterfaceError | TooBusyError | StoreError)
    is_busy = is_busy or (isinstance(error, OSError) and error.errno in NO_ROOM)
    if error is None or not (is_busy or state_of(error) in {REFUSED_WRITE, TOO_LONG_IDLE}):
        return None
    is_hashing = isinstance(error, TooBusyError)
    what = "Sign-in" if is_hashing else "Something"
    logger.warning("%s is busy, full or out of reach: %s", what, str(error).partition("\n")[0])
    seconds = HASHING_RETRY_SECONDS if is_hashing else RETRY_SECONDS
    response = HttpResponse(
        render_to_string("503.html", {"number": request_number(), "is_hashing": is_hashing}),
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        headers={"Retry-After": str(seconds)},
    )
    add_never_cache_headers(response)
    response.is_lost = is_lost(error)  # type: ignore[attr-defined]
    return response


class FaultsMiddleware:
    """Refuses what is too long, and answers 503 for the database.

    A read whose connection was cut is asked once more, since nothing of it was answered yet; and so
    is one that found what another row names gone, which somebody deleted between two statements.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, if need be twice."""
        if len(request.META.get("RAW_URI") or request.get_full_path()) > LONGEST_ADDRESS:
            return self.refuse(request, HTTPStatus.REQUEST_URI_TOO_LONG)
        if any(len(value) > LONGEST_HEADER for value in request.headers.values()):
            return self.refuse(request, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        response = self.get_response(request)
        if getattr(response, "is_lost", False) and request.method in READS:
            connection.close()
            response = self.get_response(request)
        elif getattr(response, "is_torn", False):
            response = self.get_response(request)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer what a view could not ask of the database."""
        if is_torn(error) and request.method in READS:
            if vars(request).setdefault("torn_by", error) is not error:
                return None  # it is no accident
            response = HttpResponse(status=HTTPStatus.INTERNAL_SERVER_ERROR)
            response.is_torn = True  # type: ignore[attr-defined]
            return response
        return answer_fault(error)

    def refuse(self, request: HttpRequest, status: HTTPStatus) -> HttpResponse:
        """Return the page that says that something is too long."""
        return render(request, "too_long.html", {"code": int(status)}, status=status)
