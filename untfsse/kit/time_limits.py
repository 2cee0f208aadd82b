"""How long the database may take for what comes over the web: short to read, long to change.

Commands (migrate, seed, a backup) set no limit: they are as long as they are.
"""

from django.conf import settings
from django.db import connection, connections

WRITERS_WAIT = 20
"""So many times longer a change waits for a lock; a statement of it takes what it takes."""
WRITERS_LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
"""What is lifted for them, by its name in PostgreSQL."""


def limit_the_web() -> None:
    """Give every connection of this process, from now on, the limits of the settings."""
    limits = [f"-c {name}={length}s" for name, length in settings.DATABASE_LIMITS.items() if length]
    for facts in connections.settings.values():
        options = facts["OPTIONS"]
        options["options"] = " ".join(filter(None, [options.get("options"), *limits]))


def limits_of_writers() -> list[str | None]:
    """Return what they are while something is changed: None where nothing is limited."""
    limits = connection.settings_dict["OPTIONS"].get("options") or ""
    if "-c lock_timeout=" not in limits:
        return [None] * len(WRITERS_LIMITS)
    return ["0", f"{settings.DATABASE_LIMITS['lock_timeout'] * WRITERS_WAIT}s", "0"]
