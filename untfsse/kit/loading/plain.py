"""Plain files: rows that say a noun's columns by their own names, and so need no loader."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models

from untfsse.kit.loading.facts import record
from untfsse.kit.loading.loads import Load
from untfsse.kit.loading.rows import FileRow, RecordFile, read_file
from untfsse.kit.loading.seed_models import SeedModel
from untfsse.kit.records.dates import PartialDateField
from untfsse.kit.records.noun import Door, nouns
from untfsse.kit.records.record import own_columns

READERS: tuple[tuple[type[Any], Callable[[FileRow, str], Any]], ...] = (
    (PartialDateField, FileRow.date),
    (models.CharField, FileRow.text),
    (models.TextField, FileRow.text),
)
"""How a column is read; of any other the model's field judges what stands there."""


def file_of(model: Any) -> Path:
    """Return where the file of a noun stands: `data/` of its app, by the noun's path."""
    app = apps.get_app_config(model._meta.app_label)
    return Path(app.path, "data", f"{model.noun.path}.yaml")


def plain_files(others: Iterable[RecordFile]) -> Iterator[tuple[Any, RecordFile]]:
    """Give each noun whose file no other loader reads, with it; raise BrokenFileError."""
    names = {file.name for file in others}
    for model in nouns(Door.SEED):
        if (path := file_of(model)).name not in names and path.exists():
            yield model, read_file(path)


def load_plain(load: Load, model: Any, file: RecordFile) -> None:
    """Load the records of a noun; those that they name by their ids come before."""
    noun = SeedModel(model.noun.path, model, {"slug": "id"})
    rows = file.rows(noun.name)
    said = {name for row in rows for name in row}
    columns = [each for each in own_columns(model) if each.name in said]
    several = [each for each in links_of(model) if each.name in said]

    def put(load: Load, row: FileRow) -> None:
        key = row.key("id")
        values = {each.name: value_of(load, row, each) for each in columns}
        links = {each.name: linked(load, each, row.texts(each.name)) for each in several}
        load.put(noun, row, key, {**values, **record(row), "slug": key}, links=links)

    load.each(noun, rows, put)


def links_of(model: Any) -> list[Any]:
    """Return the columns that name several records; topics are filed by editors."""
    links = model._meta.local_many_to_many
    return [each for each in links if isinstance(each, models.ManyToManyField)]


def value_of(load: Load, row: FileRow, column: Any) -> Any:
    """Return what a row says of a column; raise RowError."""
    if column.is_relation:
        return linked(load, column, [row.text(column.name)])[0]
    read = next((read for kind, read in READERS if isinstance(column, kind)), FileRow.value)
    value = read(row, column.name)
    return column.get_default() if value is None and not column.null else value


def linked(load: Load, column: Any, keys: Iterable[str]) -> list[Any]:
    """Return the records that a column names by their ids."""
    other = column.related_model
    return [load.get(SeedModel(other.__name__, other), key) for key in keys]
