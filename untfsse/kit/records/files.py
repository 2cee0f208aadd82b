"""Kept files: stored once their row is saved, and found again when no row names them."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from untfsse.kit.forms.uploads import Inspected, inspect
from untfsse.kit.history.changes import Change

FOLDER = "documents"
WAITING = "waiting"
"""The folder of tables that somebody looks at before they are imported."""
LONGEST_WAIT = dt.timedelta(days=1)
LOCK = 0x66696C65


class KeptFile(FieldFile):
    """A file that is kept under its hash: with its row, so that a refused form leaves none."""

    def save(self, name: str, content: Any, save: bool = True) -> None:
        """Store the content, unless the same is stored already, whatever its name."""
        with connection.cursor() as cursor:
            # Until the row is written nobody removes the file that it is about to name.
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])
        self.name = keep(content, getattr(content, "inspected", None) or inspect(content))
        setattr(self.instance, self.field.attname, self.name)
        self._committed = True
        if save:
            self.instance.save()


def keep(file: Any, inspected: Inspected) -> str:
    """Store a file by its content, never by its name, once; return its name in the storage."""
    path = f"{FOLDER}/{inspected.sha256[:2]}/{inspected.sha256}{inspected.kind.suffixes[0]}"
    if not default_storage.exists(path):
        file.seek(0)
        return default_storage.save(path, file)
    return path


def old_files(folder: str) -> Iterator[str]:
    """Give the files in a folder, and below, that have been there for a day."""
    if not default_storage.exists(folder):
        return
    folders, names = default_storage.listdir(folder)
    for path in (f"{folder}/{name}" for name in names):
        if default_storage.get_modified_time(path) < timezone.now() - LONGEST_WAIT:
            yield path
    for below in folders:
        yield from old_files(f"{folder}/{below}")


def named_files() -> set[str]:
    """Return the files that rows name, or named once: their history may bring them back."""
    named: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                past = Change.objects.filter(table=model._meta.db_table).order_by()
                named.update(model._default_manager.values_list(field.name, flat=True))
                for side in ("before", "after"):
                    named.update(past.values_list(f"{side}__{field.column}", flat=True))
    return named


def unnamed_files() -> list[str]:
    """Return the files that nobody names; what is younger than a day may be on its way."""
    old = [path for folder in (FOLDER, WAITING) for path in old_files(folder)]
    named = named_files() if old else set()
    return sorted(path for path in old if path not in named)


@transaction.atomic
def remove_unnamed_files() -> list[str]:
    """Remove the files that nobody names and return them; no row comes to name one meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    paths = unnamed_files()
    for path in paths:
        default_storage.delete(path)
    return paths
