"""Deadlines: a request whose body does not come gives its thread back."""

import contextlib
import socket
from collections.abc import Callable, Iterable
from threading import Timer
from typing import Any

type Environ = dict[str, Any]
type Application = Callable[[Environ, Any], Iterable[bytes]]

LARGE = 2**20
SECONDS = 10
SECONDS_FOR_LARGE = 60
"""As long as the proxy gives to a body; files are large."""


class TimedBody:
    """The body of a request; once all of it is read the clock stops."""

    def __init__(self, body: Any, length: int, clock: Timer) -> None:
        self.body, self.left, self.clock = body, length, clock

    def read(self, *size: int) -> bytes:
        """Read, as from a file."""
        return self.count(self.body.read(*size))

    def readline(self, *size: int) -> bytes:
        """Read a line, as from a file."""
        return self.count(self.body.readline(*size))

    def count(self, data: bytes) -> bytes:
        """Note what came."""
        self.left -= len(data)
        if self.left <= 0:
            self.clock.cancel()
        return data


class BodyDeadline:
    """The portal, which waits for no body longer than its time, however it trickles in.

    Under gunicorn a thread waits for each body, and a few dozen slow clients would hold them all.
    When the time is over nothing more is read: the portal sees a body that was cut off.
    """

    def __init__(self, application: Application, *, seconds: int = SECONDS) -> None:
        self.application, self.seconds = application, seconds

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer; set a clock first if a body is to come."""
        connection, said = environ.get("gunicorn.socket"), environ.get("CONTENT_LENGTH") or "0"
        length = int(said) if said.isdecimal() else 0
        if connection is None or not length:
            return self.application(environ, start_response)
        seconds = self.seconds if length <= LARGE else SECONDS_FOR_LARGE
        clock = Timer(seconds, stop_reading, [connection])
        clock.daemon = True
        clock.start()
        body = TimedBody(environ["wsgi.input"], length, clock)
        try:
            return self.application({**environ, "wsgi.input": body}, start_response)
        finally:
            clock.cancel()


def stop_reading(connection: socket.socket) -> None:
    """Let whoever reads from a connection find its end; an answer can still be written."""
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RD)
