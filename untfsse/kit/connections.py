"""Connections: which of those that stand open is handed out again."""

import select
from typing import Any

from psycopg_pool import ConnectionPool


def refuse_cut(connection: Any) -> None:
    """Let a connection be handed out unless it was cut, at the cost of no way to the database.

    One that was cut has something to read: that it ended. Whatever else there is to read, the
    usual question tells whether it stands.
    """
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    if waiting.poll(0):
        ConnectionPool.check_connection(connection)
