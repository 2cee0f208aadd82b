"""Age: whether a database is too old for this code, and what is said of it."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

OLD_MIGRATION = ("taskforce", "0001_nouns")
"""Applied in each database from before the first release, and in no other."""
OLDER = (
    "These records were made before the first release, and this code keeps them in other tables. "
    "Nothing of them was touched. Carry them over, once, with: {command}"
)
LAST_OF_BEFORE = "2706fd6"
"""The last version with the migrations that those of today replace."""
UNFINISHED = (
    "This database lacks {count} migrations, first {first}, which this code no longer has one by "
    "one. Nothing was touched. Migrate it with the version that had them, then with this one: "
    "git checkout {version}"
)


def is_older(database: BaseDatabaseWrapper) -> bool:
    """Whether a database holds records from before the first release."""
    return OLD_MIGRATION in MigrationRecorder(database).applied_migrations()


def find_lacking(database: BaseDatabaseWrapper) -> list[str]:
    """Return what a database lacks of migrations of an app that it has in part, in order.

    What this code replaces by fewer, and no longer has, is there whole or not at all.
    """
    loader = MigrationLoader(database, load=False)
    loader.load_disk()
    known = loader.disk_migrations
    replaced = sorted(
        key
        for migration in known.values()
        if known.keys().isdisjoint(migration.replaces)
        for key in migration.replaces
    )
    applied = MigrationRecorder(database).applied_migrations()
    begun = {app for app, name in replaced if (app, name) in applied}
    return [".".join(key) for key in replaced if key[0] in begun and key not in applied]


def find_fault(database: BaseDatabaseWrapper, command: str) -> str:
    """Return why this code cannot migrate a database, as a sentence, or nothing.

    `command` carries over what is from before the first release.
    """
    if is_older(database):
        return OLDER.format(command=command)
    if lacking := find_lacking(database):
        return UNFINISHED.format(count=len(lacking), first=lacking[0], version=LAST_OF_BEFORE)
    return ""


def check_age(*, databases: Sequence[str] | None = None, **_others: Any) -> list[CheckMessage]:
    """Refuse, as `migrate` asks before anything else, a database that is too old."""
    command = "python manage.py carry_over"
    faults = [find_fault(connections[alias], command) for alias in databases or ()]
    return [Error(fault, id="untfsse.E001") for fault in faults if fault]
