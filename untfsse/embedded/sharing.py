"""Who uses the server: each holds a lock, and the last to leave stops it."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from untfsse.embedded.cluster import PROJECT, Cluster
from untfsse.embedded.faults import EmbeddedError, explain_os_error
from untfsse.embedded.server import connection_url, ensure_database, start, stop


def enter(cluster: Cluster) -> int:
    """Start the server if need be, and return the descriptor of the lock that keeps it.

    The lock goes with the last process that has the descriptor, even when it is killed.
    """
    try:
        with (cluster.home / "postgres.lock").open("w") as gate, ExitStack() as undo:
            fcntl.flock(gate, fcntl.LOCK_EX)
            users = os.open(cluster.users, os.O_RDWR | os.O_CREAT, 0o600)
            undo.callback(os.close, users)
            fcntl.flock(users, fcntl.LOCK_SH)
            spawn_keeper(cluster)
            start(cluster)
            ensure_database(cluster)
            undo.pop_all()
    except OSError as error:
        raise EmbeddedError(explain_os_error(error, "start PostgreSQL")) from None
    return users


def leave(cluster: Cluster, users: int) -> None:
    """Give the lock back; the last to leave stops the server, and returns once it is stopped."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pass  # somebody else still uses it
    else:
        stop(cluster)
    finally:
        os.close(users)


def spawn_keeper(cluster: Cluster) -> None:
    """Start the process that stops the server should its users end without a word."""
    command = [sys.executable, "-m", "untfsse.embedded", "--keep", str(cluster.home)]
    command += ["--throw-away"] if cluster.is_throw_away else []
    nothing = subprocess.DEVNULL
    subprocess.run(command, cwd=PROJECT, stdin=nothing, stdout=nothing, stderr=nothing, check=True)


def keep(cluster: Cluster) -> None:
    """Wait, apart from the terminal that started this, until nobody uses the server."""
    users = os.open(cluster.users, os.O_RDWR)
    if os.fork():
        os._exit(0)
    os.setsid()
    fcntl.flock(users, fcntl.LOCK_EX)
    stop(cluster)


@contextmanager
def serving(cluster: Cluster) -> Iterator[str]:
    """Give the `DATABASE_URL` of a server that runs as long as the block does."""
    users, process = enter(cluster), os.getpid()
    try:
        yield connection_url(cluster)
    finally:
        if os.getpid() == process:  # not in a worker that was forked inside the block
            leave(cluster, users)
