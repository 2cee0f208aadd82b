"""Rows: YAML files read with the line of every row and field."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from untfsse.kit.records.dates import PartialDate

NAMES = ("id", "number", "slug", "title", "name", "label")
BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
BOOLEANS = {"true": True, "false": False}


class BrokenFileError(Exception):
    """A file that cannot be read at all, as a sentence with its name and line."""


class RowError(Exception):
    """What is wrong with one field of a row, as a sentence."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


class FileRow(dict[str, Any]):
    """A mapping of the file, which knows its lines and which of its fields were read.

    A row inside another knows it as its `parent`, and its `position` in the list, from 1.

    The readers return what is there in the type that is asked for, and raise RowError when it
    is something else. Null and a missing field are the same: unknown.
    """

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: dict[str, int] = {}
        self.was_read: set[str] = set()
        self.parent: FileRow | None = None
        self.position = 1

    @property
    def name(self) -> str:
        """How people find the row: its id, or else what it says first, after that of its parent."""
        said = (self.get(field) for field in (*NAMES, *self))
        own = next((str(value) for value in said if isinstance(value, (str, int))), "")
        is_inside = self.parent is not None and self.parent.parent is not None
        names = [self.parent.name, own] if is_inside and self.parent else [own]
        return " / ".join(name for name in names if name)

    @property
    def owner(self) -> "FileRow":
        """The row that this one is part of."""
        if self.parent is None:
            raise RowError("", "The row is part of no other row.")
        return self.parent

    def adopt(self, value: Any) -> None:
        """Become the parent of the rows in a value."""
        for position, part in enumerate(value if isinstance(value, list) else [value], start=1):
            if isinstance(part, FileRow):
                part.parent, part.position = self, position

    def line_of(self, field: str) -> int:
        """Return the line of a field, or that of the row if it is not written."""
        return self.lines.get(field, self.line)

    def value(self, field: str) -> Any:
        """Return whatever stands there; the model's field will judge it."""
        self.was_read.add(field)
        return self.get(field)

    def text(self, field: str) -> str:
        """Return a text; "" when unknown. A bare number or year counts as text."""
        value = self.value(field)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise RowError(field, f"A text was expected, not {_describe(value)}.")
        return str(value)

    def key(self, field: str) -> str:
        """Return a text that must be there."""
        text = self.text(field)
        if not text:
            raise RowError(field, "It is missing.")
        return text

    def whole(self, field: str) -> int | None:
        """Return a whole number."""
        value = self.value(field)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise RowError(field, f"A whole number was expected, not {_describe(value)}.")
        return value

    def flag(self, field: str) -> bool | None:
        """Return true, false or unknown."""
        value = self.value(field)
        if value is not None and not isinstance(value, bool):
            raise RowError(field, f"true or false was expected, not {_describe(value)}.")
        return value

    def date(self, field: str) -> PartialDate | None:
        """Return a date known in part."""
        text = self.text(field)
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError as error:
            raise RowError(field, str(error)) from None

    def list_of(self, field: str) -> list[Any]:
        """Return a list of anything; empty when unknown."""
        value = self.value(field)
        if value is not None and not isinstance(value, list):
            raise RowError(field, f"A list was expected, not {_describe(value)}.")
        return value or []

    def texts(self, field: str) -> list[str]:
        """Return a list of texts."""
        values = self.list_of(field)
        for value in values:
            if isinstance(value, bool) or not isinstance(value, (str, int)):
                raise RowError(field, f"A list of texts was expected; it has {_describe(value)}.")
        return [str(value) for value in values]

    def rows(self, field: str) -> list["FileRow"]:
        """Return a list of rows."""
        values = self.list_of(field)
        for value in values:
            if not isinstance(value, FileRow):
                raise RowError(field, f"A list of rows was expected; it has {_describe(value)}.")
        return values

    def row(self, field: str) -> "FileRow":
        """Return a single row; an empty one when unknown."""
        value = self.value(field)
        if value is None:
            return FileRow(self.file, self.line)
        if not isinstance(value, FileRow):
            raise RowError(field, f"A row was expected, not {_describe(value)}.")
        return value

    def choice(self, field: str, words: Mapping[str, Any]) -> Any:
        """Return what a word of a closed vocabulary stands for."""
        word = self.key(field)
        if word not in words:
            raise RowError(field, f"“{word}” is not one of: {', '.join(words)}.")
        return words[word]

    def set_aside(self) -> None:
        """Count everything in it as read."""
        for field, value in self.items():
            self.was_read.add(field)
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, FileRow):
                    part.set_aside()

    def unread(self) -> Iterator[str]:
        """Give each field that says something and was never read, also in rows below."""
        for field, value in self.items():
            if value in (None, [], "") or field == "meta":
                continue
            if field not in self.was_read:
                yield field
                continue
            below = value if isinstance(value, list) else [value]
            for part in below:
                if isinstance(part, FileRow):
                    yield from (f"{field}.{name}" for name in part.unread())


class RecordFile:
    """One file of records."""

    def __init__(self, path: Path, content: FileRow) -> None:
        self.name = path.name
        self.content = content
        self.reasons: dict[str, str] = {}

    def rows(self, section: str) -> list[FileRow]:
        """Return the rows of a section; raise BrokenFileError when it is not a list of rows."""
        if section not in self.content:
            raise BrokenFileError(f"{self.name}: the section “{section}” is missing.")
        try:
            return self.content.rows(section)
        except RowError as error:
            line = self.content.line_of(section)
            raise BrokenFileError(f"{self.name}, line {line}: {error.reason}") from None

    def row(self, section: str) -> FileRow:
        """Return the single row of a section; raise BrokenFileError when it is none."""
        if not isinstance(self.content.value(section), FileRow):
            raise BrokenFileError(f"{self.name}: the section “{section}” is missing.")
        return self.content.row(section)

    def unread(self) -> dict[str, int]:
        """Return which fields (`section.field`) were never read, and in how many rows."""
        counts: dict[str, int] = {}
        for section, value in self.content.items():
            for row in value if isinstance(value, list) else [value]:
                for name in row.unread() if isinstance(row, FileRow) and section != "meta" else ():
                    path = f"{section}.{name}"
                    counts[path] = counts.get(path, 0) + 1
        return counts

    def leave(self, fields: Iterable[str], reason: str) -> None:
        """Say why some fields (`section.field`) are not loaded."""
        self.reasons.update(dict.fromkeys(fields, reason))


class LineLoader(BASE):  # type: ignore[misc]
    """YAML in which dates stay text, NO is Norway, and each mapping knows its lines."""

    file = ""


def _read_mapping(loader: LineLoader, node: yaml.MappingNode) -> Iterator[FileRow]:
    row = FileRow(loader.file, node.start_mark.line + 1)
    yield row
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise yaml.constructor.ConstructorError(
                None, None, f"“{key}” is no name of a field", key_node.start_mark
            )
        if key in row:
            raise yaml.constructor.ConstructorError(
                None, None, f"the field “{key}” is written twice in a row", key_node.start_mark
            )
        row.lines[key] = key_node.start_mark.line + 1
        row[key] = loader.construct_object(value_node, deep=True)
        row.adopt(row[key])


def _read_boolean(loader: LineLoader, node: yaml.ScalarNode) -> bool | str:
    text = str(loader.construct_scalar(node))
    return BOOLEANS.get(text.lower(), text)


LineLoader.add_constructor("tag:yaml.org,2002:map", _read_mapping)
LineLoader.add_constructor("tag:yaml.org,2002:bool", _read_boolean)
LineLoader.add_constructor("tag:yaml.org,2002:timestamp", yaml.SafeLoader.construct_scalar)


def read_file(path: Path) -> RecordFile:
    """Read a file; raise BrokenFileError with its name and line when that is not possible."""
    try:
        loader = LineLoader(path.read_text(encoding="utf-8"))
        loader.file = path.name
        content = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise BrokenFileError(f"{path.name}, line {line}: {error.problem}.") from None
    except yaml.reader.ReaderError as error:
        raise BrokenFileError(f"{path.name}: {error.reason}.") from None
    except UnicodeDecodeError as error:
        raise BrokenFileError(
            f"{path.name}: it is not written in UTF-8 ({error.reason})."
        ) from None
    except OSError as error:
        raise BrokenFileError(f"{path.name}: {error.strerror}.") from None
    if not isinstance(content, FileRow):
        raise BrokenFileError(f"{path.name}, line 1: sections were expected, such as “meta:”.")
    return RecordFile(path, content)


def _describe(value: Any) -> str:
    kinds = {FileRow: "a row", list: "a list", bool: "true or false", str: f"a text ({value})"}
    return kinds.get(type(value), f"a number ({value})")
