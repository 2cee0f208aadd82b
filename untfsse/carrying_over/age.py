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
    """Return the former migrations that a database lacks of an app that it has in part, in order.

    What a migration of today replaces is there whole or not at all.
    """
    loader = MigrationLoader(database, load=False)
    loader.load_disk()
    known = loader.disk_migrations
    applied = MigrationRecorder(database).applied_migrations().keys()
    replacing = [each for each in known.values() if known.keys().isdisjoint(each.replaces)]
    halfway = {
        each.app_label
        for each in replacing
        if 0 < len(applied & each.replaces) < len(each.replaces)
    }
    return sorted(
        f"{app}.{name}"
        for each in replacing
        for app, name in each.replaces
        if app in halfway and (app, name) not in applied
    )


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
