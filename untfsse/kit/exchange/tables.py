"""Tables: CSV and XLSX files, read and written as rows of text."""

import csv
import datetime as dt
import io
import tempfile
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import chain
from typing import IO, Any, NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from untfsse.kit.forms.uploads import CSV, TXT, XLSX, FileKind

type Rows = Iterable[list[str]]

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Spreadsheets may take the broad signs of Chinese and Japanese for the narrow ones."""
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_IN_A_CELL = 32_767
MOST_CHARACTERS = 30_000_000
"""Of a whole table: it is held in memory while it is taken over."""
MOST_UNPACKED = 100 * 2**20
"""Bytes of an XLSX: the texts that its cells share are read at once."""
csv.field_size_limit(2**24)


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds: the names of the columns and the rows below, all text."""

    header: list[str]
    rows: list[list[str]]


def openpyxl() -> Any:
    """Return what reads and writes XLSX: it takes 6 MB, and most processes never meet one."""
    return import_module("openpyxl")


# --- Out -----------------------------------------------------------------------------------


def guarded(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; `unguarded` reads it back."""
    return f"'{text}" if text.lstrip("'").startswith(RISKY) else text


def unguarded(text: str) -> str:
    """Return a cell as it was before `guarded`."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(RISKY) else text


class Echo:
    """A file that returns what is written."""

    def write(self, value: str) -> str:
        """Return the line."""
        return value


def write_csv(header: list[str], rows: Rows) -> Iterator[bytes]:
    """Return a CSV in UTF-8, line by line; the mark at its start tells spreadsheets so."""
    writer = csv.writer(Echo())
    yield b"\xef\xbb\xbf" + str(writer.writerow(header)).encode()
    for row in rows:
        yield str(writer.writerow([guarded(cell) for cell in row])).encode()


def write_xlsx(header: list[str], rows: Rows) -> IO[bytes]:
    """Return an XLSX in a temporary file; every cell is text, a formula too.

    Raises ValidationError where a cell holds more than a spreadsheet can.
    """
    book = openpyxl().Workbook(write_only=True)
    sheet = book.create_sheet()
    try:
        for number, row in enumerate(chain([header], rows), start=1):
            sheet.append(
                [text_cell(sheet, number, *cell) for cell in zip(header, row, strict=True)]
            )
    finally:
        sheet.close()
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    book.save(file)
    file.seek(0)
    return file


def text_cell(sheet: Any, row: int, column: str, text: str) -> Any:
    """Return a cell that holds a text, whatever it looks like."""
    if len(text) > MOST_IN_A_CELL:
        raise ValidationError(
            _(
                "Row %(row)s holds more in “%(column)s” than a cell of XLSX can "
                "(%(most)s characters): export as CSV."
            )
            % {"row": row, "column": column, "most": MOST_IN_A_CELL}
        )
    cell = openpyxl().cell.WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


# --- In ------------------------------------------------------------------------------------


def read_table(file: IO[bytes], kind: FileKind) -> Table:
    """Return what a file holds. Raises ValidationError with a sentence where it is no table."""
    if kind in {CSV, TXT}:
        rows = read_csv(file.read())
    elif kind == XLSX:
        rows = read_xlsx(file)
    else:
        raise ValidationError(_("A table is a CSV or an XLSX file."))
    header = [name.strip() for name in next(rows, [])]
    if len(header) > MOST_COLUMNS:
        raise ValidationError(
            _("The table has more than %(most)s columns.") % {"most": MOST_COLUMNS}
        )
    while header and not header[-1]:
        header.pop()
    if not header:
        raise ValidationError(_("The first row is empty: it must name the columns."))
    body = [*bounded(rows)]
    while body and not any(body[-1]):
        body.pop()
    return Table(header, body)


def bounded(rows: Rows) -> Iterator[list[str]]:
    """Pass rows on; raises ValidationError once they are more than is held in memory."""
    characters = 0
    for number, row in enumerate(rows):
        characters += sum(map(len, row))
        if number >= MOST_ROWS:
            raise ValidationError(
                _("The table has more than %(most)s rows: split it.") % {"most": MOST_ROWS}
            )
        if characters > MOST_CHARACTERS:
            refuse_much()
        yield row


def refuse_much() -> NoReturn:
    """Raise ValidationError for a table with more text than is held in memory."""
    raise ValidationError(_("The table holds too much text: split it."))


def read_csv(content: bytes) -> Iterator[list[str]]:
    """Return the rows of a CSV; commas, semicolons or tabs between the cells."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError(
            _("The file is not in UTF-8. Save it as “CSV UTF-8”, or as XLSX.")
        ) from None
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True):
            yield [unguarded(cell) for cell in row[: MOST_COLUMNS + 1]]
    except csv.Error as error:
        raise ValidationError(
            _("The CSV cannot be read (%(reason)s): is a quotation mark missing?")
            % {"reason": error}
        ) from error


def read_xlsx(file: IO[bytes]) -> Iterator[list[str]]:
    """Return the rows of the first sheet; of a formula, the value it had when saved."""
    if unpacked_size(file) > MOST_UNPACKED:
        refuse_much()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl().load_workbook(file, read_only=True, data_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what a file says of its size need not be true
            for row in sheet.iter_rows(values_only=True):
                yield [cell_text(value) for value in row[: MOST_COLUMNS + 1]]
    except Exception as error:
        raise ValidationError(_("The XLSX file is damaged and cannot be read.")) from error


def unpacked_size(file: IO[bytes]) -> int:
    """Return how many bytes the parts of an archive say they have; 0 of what is none."""
    try:
        with zipfile.ZipFile(file) as archive:
            return sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        return 0


def cell_text(value: Any) -> str:
    """Return what a spreadsheet's cell holds, as a table of ours writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        whole = value.date().isoformat()
        return whole if value.time() == dt.time() else value.isoformat()
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value)
