"""The log of requests: a line each, in one format, and a number by which a reader can name it.

Only the path is told, never the query string: what people search for is nobody's business. Of the
path no key is told that opens something, which addresses call `<key>`.
"""

import datetime as dt
import json
import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

HEADER, SENT = "X-Request-ID", "HTTP_X_REQUEST_ID"
UUID = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.IGNORECASE)
"""What a proxy may send as a number of its own; all else could carry anything."""
CURRENT: ContextVar[Any] = ContextVar("request", default=None)
logger = logging.getLogger(__name__)


class RequestLogMiddleware:
    """Gives each request a number, answers it as a header, and writes a line at its end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        """Pass the request on; whatever is logged meanwhile bears its number."""
        began = time.perf_counter()
        sent = request.META.get(SENT, "")
        request.number = str(uuid.UUID(sent) if UUID.fullmatch(sent) else uuid.uuid4())
        token = CURRENT.set(request)
        try:
            response = self.get_response(request)
            response[HEADER] = request.number
            facts = {
                "status": response.status_code,
                "seconds": round(time.perf_counter() - began, 4),
            }
            logger.info("%s %s", request.method, told_path(request), extra={"facts": facts})
        finally:
            CURRENT.reset(token)
        return response


def told_path(request: Any) -> str:
    """Return the path of a request without a key that stands in it."""
    path: str = request.path
    match = getattr(request, "resolver_match", None)
    if match is None and not hasattr(request, "kept_answer"):  # it is not yet known who answers
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return path
    key = match.kwargs.get("key") if match else None
    return path.replace(key, "…") if key else path


def request_number() -> str:
    """Return the number of the request that is answered now; nothing outside of one."""
    return getattr(CURRENT.get(), "number", "")


class JsonFormatter(logging.Formatter):
    """Writes a line of the log as JSON: of a request, also which and whose it is."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a traceback stays within it."""
        words, request = record.getMessage(), CURRENT.get()
        if asked := request or getattr(record, "request", None):  # Django's own lines name it
            words = words.replace(asked.path, told_path(asked))
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
        line: dict[str, Any] = {"time": moment.isoformat(timespec="milliseconds")}
        if request is not None:
            # Only if somebody asked who it is: to ask here could cost a statement.
            user = getattr(request, "_cached_user", None)
            line |= {
                "request": request.number,
                "user": getattr(user, "pk", None) or "",
                "method": request.method,
                "path": told_path(request),
            }
        line |= getattr(record, "facts", {})
        line |= {
            "level": record.levelname,
            "logger": record.name,
            "message": words,
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
