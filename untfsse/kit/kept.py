"""Kept answers: what a visitor was answered is given again while the log's number stands still.

No answer has an age: one small statement asks for the number, and an answer of another number is
made anew. Only visitors get and fill it: whoever carries a session goes past it. Only addresses
whose view says which parameters it reads (`keep`) are kept, and only without others.
"""

import gzip
import hashlib
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import DEFAULT_CACHE_ALIAS, caches
from django.core.cache.backends.dummy import DummyCache
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.db import Error as DatabaseFault
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language_from_request

from untfsse.kit.log import written_and_settled

READING = {"GET", "HEAD"}
BOUND_TO_ANSWER = {"Content-Length", "Content-Encoding", "ETag", "Last-Modified", "Date"}
SMALLEST_PACKED = 200
LARGEST = 2_000_000
ASK_AGAIN = "public, max-age=0, must-revalidate"
PACKING = 6
WAIT_SECONDS = 20
logger = logging.getLogger(__name__)

type View = Callable[..., HttpResponseBase]


def keep(*parameters: str) -> Callable[[View], View]:
    """Let the answers of a view be kept; it reads these parameters of the query and no others.

    What it shows must follow from them, the path, the language and what visitors may see alone.
    """

    def mark(view: View) -> View:
        view.kept_parameters = frozenset(parameters)  # type: ignore[attr-defined]
        return view

    return mark


def parameters_of(request: HttpRequest) -> frozenset[str] | None:
    """Return the parameters that the view of a request reads; None for one that is not kept."""
    try:
        view: Any = resolve(request.path_info).func
    except Resolver404:
        return None
    if known := getattr(getattr(view, "cls", None), "known_parameters", None):
        return frozenset(known(view.actions.get("get")))
    found: frozenset[str] | None = getattr(view, "kept_parameters", None)
    return found


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is kept: packed, with the number it belongs to."""

    number: int
    body: bytes
    is_packed: bool
    etag: str
    modified_at: int
    headers: dict[str, str] = field(default_factory=dict)


class KeptAnswersMiddleware:
    """Gives kept answers, makes each once, and answers conditional requests."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Step aside where nothing is kept (`CACHE_URL=off`)."""
        if isinstance(caches[DEFAULT_CACHE_ALIAS], DummyCache):
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.release = release()
        self.negotiated = reverse("api_schema")
        self.locks: dict[str, threading.Lock] = defaultdict(threading.Lock)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from what is kept, or pass the request on and keep the answer."""
        key = self.key(request)
        if key is None:
            return self.get_response(request)
        try:
            _written, number = written_and_settled()
        except DatabaseFault:
            connection.close()  # the view asks anew, and what stands behind answers the fault
            return self.get_response(request)
        if number is None:
            return self.get_response(request)
        request.log_number = number  # type: ignore[attr-defined]
        kept = read(key)
        if kept is None or kept.number != number:
            with self.alone(key) as is_first:
                kept = read(key)
                if is_first and (kept is None or kept.number != number):
                    made = self.make(request, number, kept)
                    if isinstance(made, HttpResponseBase):
                        return made
                    kept = made
                    write(key, kept)
        # Who waited in vain, since the first was refused, waits for nobody else.
        if kept is None or kept.number != number:
            return self.get_response(request)
        return self.answer(request, kept)

    def key(self, request: HttpRequest) -> str | None:
        """Return the key of a visitor's question; None for one that is not answered from here."""
        if request.method not in READING:
            return None
        known = parameters_of(request)
        if known is None or not set(request.GET) <= known:
            return None
        cookies = request.COOKIES
        if cookies.keys() & {settings.SESSION_COOKIE_NAME, "messages", *settings.PERSONAL_COOKIES}:
            return None
        if "Authorization" in request.headers or "Range" in request.headers:
            return None
        try:
            host = request.get_host()
        except DisallowedHost:
            return None
        asked = [
            (name, value) for name in sorted(request.GET) for value in request.GET.getlist(name)
        ]
        facts = (
            self.release,
            request.scheme,
            host,
            request.path,
            asked,
            get_language_from_request(request),
            request.headers.get("Accept", "") if request.path == self.negotiated else "",
        )
        return "kept:" + hashlib.sha256(repr(facts).encode()).hexdigest()

    @contextmanager
    def alone(self, key: str) -> Iterator[bool]:
        """Let the first request make an answer; the others wait until it is made or refused."""
        lock = self.locks[key[:8]]
        is_first = lock.acquire(blocking=False)
        has_lock = is_first or lock.acquire(timeout=WAIT_SECONDS)
        if has_lock and not is_first:
            lock.release()
        try:
            yield is_first
        finally:
            if is_first:
                lock.release()

    def make(
        self, request: HttpRequest, number: int, before: Kept | None
    ) -> Kept | HttpResponseBase:
        """Return the answer to keep; or a response that is only for this request."""
        method, encoding = request.method, request.META.pop("HTTP_ACCEPT_ENCODING", None)
        conditions: dict[str, Any] = {
            name: request.META.pop(name)
            for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
            if name in request.META
        }
        request.method = "GET"
        try:
            response = self.get_response(request)
        finally:
            request.method = method
            request.META |= conditions
            if encoding is not None:
                request.META["HTTP_ACCEPT_ENCODING"] = encoding
        if not may_be_kept(response):
            return response
        body: bytes = response.content  # type: ignore[attr-defined]
        etag = hashlib.sha256(body).hexdigest()[:32]
        is_same = before is not None and before.etag == etag
        packed = gzip.compress(body, PACKING, mtime=0) if len(body) > SMALLEST_PACKED else body
        headers = {name: value for name, value in response.items() if name not in BOUND_TO_ANSWER}
        return Kept(
            number=number,
            body=packed,
            is_packed=packed is not body,
            etag=etag,
            modified_at=before.modified_at if is_same and before else int(time.time()),
            headers=headers,
        )

    def answer(self, request: HttpRequest, kept: Kept) -> HttpResponseBase:
        """Return a kept answer in the form that the reader takes, or that it is unchanged."""
        takes_packed = "gzip" in request.headers.get("Accept-Encoding", "")
        is_packed = kept.is_packed and takes_packed
        etag = f'"{kept.etag}{"-gzip" if is_packed else ""}"'
        body = kept.body if is_packed == kept.is_packed else gzip.decompress(kept.body)
        response: Any = HttpResponse(body, headers=kept.headers)
        if is_packed:
            response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(body))
        response["ETag"] = etag
        response["Last-Modified"] = http_date(kept.modified_at)
        response["Cache-Control"] = ASK_AGAIN
        patch_vary_headers(response, ["Accept-Encoding", "Accept-Language", "Cookie"])
        # A second may hold two changes: who asks by the moment alone waits for it to pass.
        modified = kept.modified_at if time.time() > kept.modified_at + 1 else None
        found: Any = get_conditional_response(request, etag, modified, response)
        for name, value in kept.headers.items():
            if name.startswith("Access-Control-"):
                found[name] = value
        return found  # type: ignore[no-any-return]


def may_be_kept(response: HttpResponseBase) -> bool:
    """Whether an answer is whole, good for everybody, and not too large."""
    return (
        response.status_code == HTTPStatus.OK
        and not response.streaming
        and not response.cookies
        and "private" not in response.get("Cache-Control", "")
        and "no-store" not in response.get("Cache-Control", "")
        and len(response.content) <= LARGEST  # type: ignore[attr-defined]
    )


def release() -> str:
    """Return a word for the code and templates that run, alike on every machine of a release."""
    told = hashlib.sha256()
    root = Path(settings.BASE_DIR)
    for folder in ("untfsse", "taskforce", "encyclopedia", "actionplan", "templates", "static"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".css", ".js", ".svg"}:
                stat = path.stat()
                told.update(f"{path.relative_to(root)} {stat.st_size} {stat.st_mtime_ns}".encode())
    return told.hexdigest()[:16]


def read(key: str) -> Kept | None:
    """Return what is kept; nothing from a cache that is down."""
    try:
        found: Kept | None = caches[DEFAULT_CACHE_ALIAS].get(key)
    except Exception as error:  # noqa: BLE001 - whatever a cache's library raises
        logger.warning("The cache does not answer: %s", error)
        return None
    return found


def write(key: str, kept: Kept) -> None:
    """Keep an answer, as long as there is room."""
    try:
        caches[DEFAULT_CACHE_ALIAS].set(key, kept, timeout=None)
    except Exception as error:  # noqa: BLE001
        logger.warning("The cache takes nothing: %s", error)
