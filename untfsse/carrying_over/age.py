"""Age: whether a database is from before the first release, and what is said of it."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

OLD_MIGRATION = ("taskforce", "0001_nouns")
"""Applied in each database from before the first release, and in no other."""
OLDER = (
    "These records were made before the first release, and this code keeps them in other tables. "
    "Nothing of them was touched. Carry them over, once, with: {command}"
)


def is_older(database: BaseDatabaseWrapper) -> bool:
    """Whether a database holds records from before the first release."""
    return OLD_MIGRATION in MigrationRecorder(database).applied_migrations()


def check_age(*, databases: Sequence[str] | None = None, **_others: Any) -> list[CheckMessage]:
    """Refuse, as `migrate` asks before anything else, tables from before the first release."""
    command = "python manage.py carry_over"
    return [
        Error(OLDER.format(command=command), id="untfsse.E001")
        for alias in databases or ()
        if is_older(connections[alias])
    ]
