"""Kept answers: what a visitor was answered is given again while the log's number stands still.

No answer has an age: one small statement asks for the number, and an answer of another number is
made anew. Only visitors get and fill it: whoever carries a session goes past it. Only addresses
whose view says which parameters it reads (`keep`) are kept, and only without others.
"""

import datetime as dt
import gzip
import hashlib
import json
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.cache import DEFAULT_CACHE_ALIAS, caches
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.db import Error as DatabaseFault
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language_from_request

from untfsse.kit.log import moment_of, read_head
from untfsse.kit.pause import Pause

READING = {"GET", "HEAD"}
BOUND_TO_ANSWER = {"Content-Length", "Content-Encoding", "ETag", "Last-Modified", "Date"}
SMALLEST_PACKED = 200
LARGEST = 2_000_000
ASK_AGAIN = "public, max-age=0, must-revalidate"
OF_ALL = ["Cache-Control", "Vary"]
"""What an answer that is unchanged says of the kept one, besides its tag and moment."""
PACKING = 6
WAIT_SECONDS = 20
PAUSE = Pause(5)
"""A cache that hangs costs the time limit of its socket, which one request now and then pays."""
SETTLED_SECONDS = 60
"""How old the last change must be for its second to tell it from others: its transaction may
still have been under way when an earlier answer was given."""
CONDITIONS = [
    "HTTP_IF_MATCH",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_UNMODIFIED_SINCE",
]
MOST_REMEMBERED, LONGEST_REMEMBERED = 2_000, 1_000
"""So many questions of at most so many letters are not read again."""
FOLDERS = ["untfsse", "taskforce", "encyclopedia", "actionplan", "templates", "static", "locale"]
SUFFIXES = {".py", ".html", ".css", ".js", ".svg", ".mo"}
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


def follow_clock(request: Any) -> None:
    """Say that what is answered follows from the day on which it is asked: it is not kept."""
    getattr(request, "_request", request).follows_clock = True


def view_of(path: str) -> Any:
    """Return the view that answers at a path; None if there is none."""
    try:
        return resolve(path).func
    except Resolver404:
        return None


def parameters_of(view: Any) -> frozenset[str] | None:
    """Return the parameters that a view reads; None for one that is not kept."""
    if known := getattr(getattr(view, "cls", None), "known_parameters", None):
        return frozenset(known(view.actions.get("get")))
    found: frozenset[str] | None = getattr(view, "kept_parameters", None)
    return found


def is_of_visitor(request: HttpRequest) -> bool:
    """Whether somebody asks whom the portal does not know, and has told nothing just now."""
    told = request.COOKIES.keys() & {settings.SESSION_COOKIE_NAME, "messages"}
    return not told and "HTTP_AUTHORIZATION" not in request.META


@dataclass(frozen=True, slots=True)
class Question:
    """What a visitor asks, as one word, and the place where its answer is kept."""

    digest: str
    place: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is kept: packed, with the question and the number it belongs to."""

    digest: str
    number: int
    body: bytes
    is_packed: bool
    etag: str
    headers: dict[str, str] = field(default_factory=dict)


class KeptSerializer:
    """Writes an answer into a cache that others reach too, and reads it as what it is: no pickle.

    What is none of ours is nothing.
    """

    def dumps(self, kept: Kept) -> bytes:
        """Return the facts in a line, then the body."""
        facts = {**asdict(kept), "body": None}
        return b"%s\n%s" % (json.dumps(facts).encode(), kept.body)

    def loads(self, data: bytes) -> Kept | None:
        """Return the answer, None for anything else."""
        line, _end, body = data.partition(b"\n")
        try:
            return Kept(**{**json.loads(line), "body": body})
        except (TypeError, ValueError):
            return None


class FolderCache(FileBasedCache):
    """A folder of kept answers: what lies there is read as what it is, and nothing grows old."""

    serializer = KeptSerializer()

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the answer that lies there."""
        name = self._key_to_file(key, version)  # type: ignore[attr-defined]
        try:
            return self.serializer.loads(Path(name).read_bytes())
        except FileNotFoundError:
            return default

    def touch(self, key: str, _timeout: Any = None, version: int | None = None) -> bool:
        """Tell whether it lies there: it stays as it is."""
        return self.has_key(key, version)

    def _write_content(self, file: IO[bytes], _timeout: Any, value: Kept) -> None:
        file.write(self.serializer.dumps(value))

    def _is_expired(self, _file: Any) -> bool:
        return False


class KeptAnswersMiddleware:
    """Gives kept answers, makes each once, and answers conditional requests."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Step aside where nothing is kept (`CACHE_URL=off`)."""
        if isinstance(caches[DEFAULT_CACHE_ALIAS], DummyCache):
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.release, self.released_at = release()
        self.remembered = lru_cache(MOST_REMEMBERED)(self.read_question)
        self.latest: tuple[int | None, dt.datetime | None] = (None, None)
        self.locks: dict[str, threading.Lock] = defaultdict(threading.Lock)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from what is kept, or pass the request on and keep the answer."""
        question = self.question(request)
        if question is None:
            return self.get_response(request)
        request.log_head = None  # type: ignore[attr-defined]
        try:
            head = read_head()
            modified_at = self.modified_at(head.settled)
        except DatabaseFault:
            connection.close()  # the view asks anew, and what stands behind answers the fault
            return self.get_response(request)
        request.log_head = head  # type: ignore[attr-defined]
        number = head.settled
        if number is None:
            return self.get_response(request)
        request.log_number = number  # type: ignore[attr-defined]
        kept = read(question, number)
        request.kept_answer = "given" if kept else "made"  # type: ignore[attr-defined]
        if kept is None:
            with self.alone(question) as is_first:
                kept = read(question, number)
                if is_first and kept is None:
                    made = self.make(request, question, number)
                    if isinstance(made, HttpResponseBase):
                        return made
                    kept = made
                    write(question, kept)
        # Who waited in vain, since the first was refused, waits for nobody else.
        if kept is None:
            return self.get_response(request)
        return self.answer(request, kept, modified_at)

    def question(self, request: HttpRequest) -> Question | None:
        """Return what a visitor asks; None for what is not answered from here."""
        facts = request.META
        if request.method not in READING or not is_of_visitor(request) or "HTTP_RANGE" in facts:
            return None
        if request.COOKIES.keys() & {*settings.PERSONAL_COOKIES}:
            return None
        try:
            host = request.get_host()
        except DisallowedHost:
            return None
        said: tuple[Any, ...] = (
            *(request.scheme, host, request.path, request.path_info),
            facts.get("QUERY_STRING", ""),
            get_language_from_request(request),
            facts.get("HTTP_ACCEPT", ""),
        )
        is_short = sum(map(len, said)) <= LONGEST_REMEMBERED
        return self.remembered(*said) if is_short else self.read_question(*said)

    def read_question(
        self,
        scheme: str,
        host: str,
        path: str,
        path_info: str,
        query: str,
        language: str,
        accept: str,
    ) -> Question | None:
        """Return what is asked by an address; None for one whose answers are not kept."""
        view = view_of(path_info)
        known, given = parameters_of(view), QueryDict(query.encode("iso-8859-1"))
        if known is None or not set(given) <= known:
            return None
        asked = [(name, value) for name in sorted(given) for value in given.getlist(name)]
        has_forms = len(getattr(getattr(view, "cls", None), "renderer_classes", ())) > 1
        form = accept if has_forms else ""
        facts = (self.release, scheme, host, path, asked, language, form)
        digest = hashlib.sha256(repr(facts).encode()).hexdigest()
        # There is no end of words to ask for: such answers share a quarter of the room, each
        # with a place of its own, so that they push out one another and no page.
        is_endless = asked or has_forms
        shared = int(digest[:8], 16) % max(1, settings.CACHE_ENTRIES // 4)
        return Question(digest, f"kept:asked:{shared}" if is_endless else f"kept:{digest}")

    def modified_at(self, number: int | None) -> int | None:
        """Return the second by whose beginning all was as it was at a number, if it can be told.

        It is of the line of that number, whatever it says: no page is younger, and every process
        says the same. The line is asked for once.
        """
        known, written_at = self.latest
        if known != number:
            written_at = None if number is None else moment_of(number)
            self.latest = number, written_at
        if written_at is None or time.time() - written_at.timestamp() < SETTLED_SECONDS:
            return None
        return max(int(written_at.timestamp()) + 1, self.released_at)

    @contextmanager
    def alone(self, question: Question) -> Iterator[bool]:
        """Let the first request make an answer; the others wait until it is made or refused."""
        lock = self.locks[question.digest[:3]]
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
        self, request: HttpRequest, question: Question, number: int
    ) -> Kept | HttpResponseBase:
        """Return the answer to keep; or a response that is only for this request."""
        method = request.method
        conditions: dict[str, Any] = {
            name: request.META.pop(name) for name in CONDITIONS if name in request.META
        }
        request.method = "GET"
        try:
            response = self.get_response(request)
        finally:
            request.method = method
            request.META |= conditions
        if getattr(request, "follows_clock", False) or not may_be_kept(response):
            return response
        response["Cache-Control"] = ASK_AGAIN
        patch_vary_headers(response, ["Accept-Encoding", "Accept-Language", "Cookie"])
        body: bytes = response.content  # type: ignore[attr-defined]
        packed = gzip.compress(body, PACKING, mtime=0) if len(body) > SMALLEST_PACKED else body
        return Kept(
            digest=question.digest,
            number=number,
            body=packed,
            is_packed=packed is not body,
            etag=hashlib.sha256(body).hexdigest()[:32],
            headers={
                name: value for name, value in response.items() if name not in BOUND_TO_ANSWER
            },
        )

    def answer(self, request: HttpRequest, kept: Kept, modified_at: int | None) -> HttpResponseBase:
        """Return a kept answer in the form that the reader takes, or that it is unchanged."""
        is_packed = kept.is_packed and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        etag = f'"{kept.etag}{"-gzip" if is_packed else ""}"'
        judged: HttpResponseBase | None = None
        if any(name in request.META for name in CONDITIONS):
            judged = get_conditional_response(request, etag, modified_at)
        if judged is None:
            body = kept.body if is_packed == kept.is_packed else gzip.decompress(kept.body)
            response: HttpResponseBase = HttpResponse(body, headers=kept.headers)
            response["Content-Length"] = str(len(body))
            if is_packed:
                response["Content-Encoding"] = "gzip"
        elif judged.status_code == HTTPStatus.NOT_MODIFIED:
            response = judged
            for name in OF_ALL:
                response[name] = kept.headers[name]
        else:
            return judged
        response["ETag"] = etag
        if modified_at is not None:
            response["Last-Modified"] = http_date(modified_at)
        return response


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


def release() -> tuple[str, int]:
    """Return a word for the code, templates and catalogs that run, and when the last was written.

    They are alike on every machine of a release.
    """
    told, latest = hashlib.sha256(), 0
    root = Path(settings.BASE_DIR)
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SUFFIXES:
                stat = path.stat()
                told.update(f"{path.relative_to(root)} {stat.st_size} {stat.st_mtime_ns}".encode())
                latest = max(latest, int(stat.st_mtime) + 1)
    return told.hexdigest()[:16], latest


def read(question: Question, number: int) -> Kept | None:
    """Return what is kept under a number of the log; nothing from a cache that is down."""
    if PAUSE.is_on:
        return None
    try:
        found: Kept | None = caches[DEFAULT_CACHE_ALIAS].get(question.place)
    except Exception as error:  # noqa: BLE001 - whatever a cache's library raises
        PAUSE.begin()
        logger.warning("The cache does not answer: %s", error)
        return None
    is_asked_for = found and (found.digest, found.number) == (question.digest, number)
    return found if is_asked_for else None


def write(question: Question, kept: Kept) -> None:
    """Keep an answer, as long as there is room."""
    if PAUSE.is_on:
        return
    try:
        caches[DEFAULT_CACHE_ALIAS].set(question.place, kept, timeout=None)
    except Exception as error:  # noqa: BLE001
        PAUSE.begin()
        logger.warning("The cache takes nothing: %s", error)
