"""Kept files: stored once their row is saved, and found again when no row names them."""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.db import connection, models, transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _

from untfsse.kit.forms.uploads import Inspected, inspect
from untfsse.kit.history.changes import Change

FOLDER = "documents"
WAITING = "waiting"
"""The folder of tables that somebody looks at before they are imported."""
LONGEST_WAIT = dt.timedelta(days=1)
LOCK = 0x66696C65
REFUSED: ContextVar[str] = ContextVar("refused file", default="")
logger = logging.getLogger(__name__)


class NotStoredError(Exception):
    """A file of a form could not be stored; `sha256` says which."""

    def __init__(self, sha256: str) -> None:
        super().__init__(sha256)
        self.sha256 = sha256


@contextmanager
def refusing(error: NotStoredError) -> Iterator[None]:
    """Let the field of the file that could not be stored say so."""
    token = REFUSED.set(error.sha256)
    try:
        yield
    finally:
        REFUSED.reset(token)


def inspect_upload(file: Any) -> Inspected:
    """Return what a file of a form is; raise ValidationError for one that is not accepted."""
    inspected = inspect(file)
    if inspected.sha256 == REFUSED.get():
        raise no_room()
    return inspected


def no_room() -> ValidationError:
    """Return what somebody is told whose file could not be stored."""
    return ValidationError(
        _("The file could not be stored: there is no room, or the store of files is away."),
        code="store",
    )


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
    try:
        if is_whole(path, inspected.bytes):
            return path
        default_storage.delete(path)  # what was written of it before something broke off
        file.seek(0)
        return store(path, file)
    except OSError:
        logger.exception("A file could not be stored: %s", path)
        raise NotStoredError(inspected.sha256) from None


def is_whole(path: str, size: int) -> bool:
    """Whether a file lies there, with all its bytes."""
    return default_storage.exists(path) and default_storage.size(path) == size


def store(path: str, file: Any) -> str:
    """Store a file under a name, and return the name; what raises OSError leaves nothing."""
    try:
        return default_storage.save(path, file)
    except OSError:
        with suppress(OSError):
            if not is_whole(path, file.size):
                default_storage.delete(path)
        raise


def media_folder() -> Path | None:
    """Return the folder where uploaded files lie; None where a bucket holds them."""
    storage = storages["default"]
    return Path(storage.location) if isinstance(storage, FileSystemStorage) else None


def files_below(folder: str) -> Iterator[str]:
    """Give the files in a folder, and below; none of one that is not there."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    inside = f"{folder}/" if folder else ""
    yield from (inside + name for name in sorted(names) if name)
    for below in sorted(folders):
        yield from files_below(inside + below)


def is_old(path: str) -> bool:
    """Whether a file has been there for a day."""
    return default_storage.get_modified_time(path) < timezone.now() - LONGEST_WAIT


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
    found = [path for folder in (FOLDER, WAITING) for path in files_below(folder)]
    named = named_files() if found else set()
    return sorted(path for path in found if path not in named and is_old(path))


@transaction.atomic
def remove_unnamed_files() -> list[str]:
    """Remove the files that nobody names and return them; no row comes to name one meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    paths = unnamed_files()
    for path in paths:
        default_storage.delete(path)
    return paths
