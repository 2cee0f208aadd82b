"""Uploads: what a file is by its content, and whether it is safe to keep."""

import hashlib
import io
import re
import struct
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler
from django.utils.translation import gettext as _

MEGABYTE = 2**20
CHUNK = 64 * 1024
UNPACKED_TIMES = 10
MAX_MEMBERS = 10_000
MAX_RATIO = 200
MAX_DEPTH = 2
MAX_NAME = 120
OFFICE = b"application/vnd.openxmlformats-officedocument."
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
MARKUP = re.compile(r"\s*<[!?/a-z]", re.IGNORECASE)
type Upload = UploadedFile[Any]
type Stored = File[Any]
type Readable = IO[bytes] | Stored


@dataclass(frozen=True, slots=True)
class FileKind:
    """A type of file that is accepted."""

    name: str
    media_type: str
    suffixes: tuple[str, ...]


PDF = FileKind("PDF", "application/pdf", (".pdf",))
DOCX = FileKind("DOCX", f"{OFFICE.decode()}wordprocessingml.document", (".docx",))
XLSX = FileKind("XLSX", f"{OFFICE.decode()}spreadsheetml.sheet", (".xlsx",))
PPTX = FileKind("PPTX", f"{OFFICE.decode()}presentationml.presentation", (".pptx",))
ODT = FileKind("ODT", "application/vnd.oasis.opendocument.text", (".odt",))
TXT = FileKind("TXT", "text/plain", (".txt",))
CSV = FileKind("CSV", "text/csv", (".csv",))
PNG = FileKind("PNG", "image/png", (".png",))
JPEG = FileKind("JPEG", "image/jpeg", (".jpg", ".jpeg"))
KINDS = (PDF, DOCX, XLSX, PPTX, ODT, TXT, CSV, PNG, JPEG)


@dataclass(frozen=True, slots=True)
class Inspected:
    """What an inspection found; `name` is safe to show and to offer for saving."""

    name: str
    kind: FileKind
    bytes: int
    sha256: str


# --- The file as a whole -------------------------------------------------------------------


def inspect(file: Upload) -> Inspected:
    """Return what a file is. Raises ValidationError with a sentence when it is not accepted."""
    size = check_size(file)
    kind = find_kind(file, file.name or "")
    name = safe_name(file.name or "")
    suffix = find_suffix(name)
    if suffix and suffix not in kind.suffixes:
        raise ValidationError(
            _("The name ends in %(suffix)s, but the content is %(kind)s. Rename or convert it.")
            % {"suffix": suffix, "kind": kind.name},
            code="suffix",
        )
    name = name if suffix else f"{name}{kind.suffixes[0]}"
    return Inspected(name, kind, size, hash_of(file))


def check_size(file: Stored) -> int:
    """Return the size in bytes; refuse an empty file and one over the limit."""
    size = file.size
    if not size:
        raise ValidationError(_("The file is empty."), code="empty")
    if size > settings.UPLOAD_LIMIT_MB * MEGABYTE:
        raise ValidationError(
            _("The file is larger than %(limit)s MB, the most that is accepted.")
            % {"limit": settings.UPLOAD_LIMIT_MB},
            code="size",
        )
    return size


def hash_of(file: Stored) -> str:
    """Return the SHA-256 of a file, read in chunks."""
    digest = hashlib.sha256()
    for chunk in file.chunks(CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def safe_name(name: str) -> str:
    """Return the last part of a name without anything that a system could misread."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        char if char.isalnum() or char in " ._-()" else "_"
        for char in last
        if unicodedata.category(char)[0] != "C"
    )
    stem, dot, suffix = kept.strip(" .").rpartition(".")
    stem, suffix = (stem, dot + suffix) if dot and len(suffix) <= 5 else (kept.strip(" ."), "")
    return f"{stem[: MAX_NAME - len(suffix)].strip(' .') or 'file'}{suffix}"


def find_suffix(name: str) -> str:
    """Return the suffix in small letters, or nothing."""
    return "." + name.rpartition(".")[2].lower() if "." in name else ""


# --- What it is ----------------------------------------------------------------------------


def find_kind(file: Stored, name: str) -> FileKind:
    """Decide by the content what a file is; only text is told apart by its name."""
    file.seek(0)
    head = file.read(16)
    kind: FileKind | None = None
    if head.startswith(b"%PDF-"):
        kind = PDF
        check_pdf_end(file)
    elif head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
        kind = PNG
    elif head.startswith(b"\xff\xd8\xff"):
        kind = JPEG
    elif head.startswith(b"PK\x03\x04"):
        kind = find_packed_kind(file)
    elif is_text(file):
        kind = CSV if find_suffix(safe_name(name)) == ".csv" else TXT
    file.seek(0)
    if kind is None:
        raise ValidationError(
            _("This type of file is not accepted. Accepted are %(kinds)s.")
            % {"kinds": ", ".join(kind.name for kind in KINDS)},
            code="kind",
        )
    return kind


def check_pdf_end(file: Stored) -> None:
    """Refuse a PDF that was cut off, such as a download that stopped."""
    file.seek(max(0, file.size - 2048))
    if b"%%EOF" not in file.read(2048):
        raise ValidationError(_("This PDF is incomplete: its end is missing."), code="damaged")


def is_text(file: Stored) -> bool:
    """Tell whether a file is plain text in UTF-8, without control characters or markup."""
    file.seek(0)
    content = file.read()
    if CONTROL.search(content):
        return False
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError(
            _("This type of file is not accepted; if it is text, save it as UTF-8."), code="kind"
        ) from None
    if MARKUP.match(text):
        raise ValidationError(_("HTML, SVG and XML files are not accepted."), code="kind")
    return True


# --- Packed files: Office and OpenDocument -------------------------------------------------


def find_packed_kind(file: Stored) -> FileKind | None:
    """Return which office format a zip archive is, once all of it was unpacked as a trial."""
    try:
        with zipfile.ZipFile(file) as archive:
            check_archive(archive, file)
            return name_packed_kind(archive)
    except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError):
        raise ValidationError(_("The file is damaged."), code="damaged") from None


def name_packed_kind(archive: zipfile.ZipFile) -> FileKind | None:
    """Tell the format by what the archive declares of itself."""
    names = set(archive.namelist())
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError(_("Files with macros are not accepted."), code="macros")
    if "mimetype" in names and "content.xml" in names:
        return ODT if archive.read("mimetype").strip() == ODT.media_type.encode() else None
    if "[Content_Types].xml" not in names:
        return None
    declared = archive.read("[Content_Types].xml")
    for kind, part in ((DOCX, "word/document"), (XLSX, "xl/workbook"), (PPTX, "ppt/presentation")):
        is_declared = f"{kind.media_type}.main+xml".encode() in declared
        if is_declared and f"{part}.xml" in names:
            return kind
    return None


def check_archive(archive: zipfile.ZipFile, file: Readable, depth: int = 1) -> int:
    """Unpack a whole archive without keeping it; returns the bytes that came out.

    Refuses what is declared or turns out to be too large, archives in archives in archives,
    encrypted members and names that lead out of the folder.
    """
    limit = settings.UPLOAD_LIMIT_MB * MEGABYTE * UNPACKED_TIMES
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > limit:
        refuse_bomb()
    total = 0
    for member in members:
        refuse_member(member)
        with tempfile.SpooledTemporaryFile(max_size=4 * MEGABYTE) as unpacked:
            for chunk in unpack(file, member):
                total += len(chunk)
                if total > limit:
                    refuse_bomb()
                unpacked.write(chunk)
            unpacked.seek(0)
            if unpacked.read(4) == b"PK\x03\x04":
                if depth >= MAX_DEPTH:
                    refuse_bomb()
                with zipfile.ZipFile(unpacked) as inner:
                    total += check_archive(inner, unpacked, depth + 1)
            if total > limit:
                refuse_bomb()
    return total


def refuse_member(member: zipfile.ZipInfo) -> None:
    """Refuse a member that is encrypted, packed out of all measure, or named to escape."""
    if member.flag_bits & 0x1:
        raise ValidationError(_("Files with a password are not accepted."), code="encrypted")
    parts = member.filename.replace("\\", "/").split("/")
    if ".." in parts or member.filename.startswith("/"):
        raise ValidationError(_("The file is damaged."), code="damaged")
    is_large = member.file_size > MEGABYTE
    if is_large and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        refuse_bomb()


def refuse_bomb() -> None:
    """Raise ValidationError for a file that would fill the disk when opened."""
    raise ValidationError(
        _("The file unpacks to far more than it seems; it is not accepted."), code="bomb"
    )


def unpack(file: Readable, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield what a member really holds, in chunks, whatever sizes it declares."""
    file.seek(member.header_offset)
    header = file.read(30)
    if header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    file.seek(member.header_offset + 30 + name_length + extra_length)
    left, produced = member.compress_size, 0
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise zipfile.BadZipFile
    engine = zlib.decompressobj(-15) if member.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0:
        packed = file.read(min(CHUNK, left))
        if not packed:
            raise EOFError
        left -= len(packed)
        while packed:
            chunk = engine.decompress(packed, CHUNK) if engine else packed
            packed = engine.unconsumed_tail if engine else b""
            produced += len(chunk)
            if produced > member.file_size:
                refuse_bomb()
            yield chunk
    if produced != member.file_size:
        raise zipfile.BadZipFile


# --- On its way in ---------------------------------------------------------------------------


class LimitedUploadHandler(FileUploadHandler):
    """Stops storing an upload once it is over the limit, so that a huge one fills no disk.

    What comes of it is a file with the true size and without content: a form sees that it is too
    large, and an import never reads half of it.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start counting."""
        super().new_file(*args, **kwargs)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass on what is within the limit."""
        self.seen += len(raw_data)
        return None if self.is_over else raw_data

    def file_complete(self, file_size: int) -> Any:
        """Leave the file to the next handler, unless it is too large."""
        if not self.is_over:
            return None
        for handler in self.request.upload_handlers if self.request else []:
            # A small upload stays in memory, and no temporary file was begun.
            if isinstance(handler, TemporaryFileUploadHandler) and hasattr(handler, "file"):
                handler.file.close()
        name, kind, charset = self.file_name, self.content_type, self.charset
        return UploadedFile(io.BytesIO(), name, kind, self.seen, charset)

    @property
    def is_over(self) -> bool:
        """Whether more came than is accepted."""
        return self.seen > settings.UPLOAD_LIMIT_MB * MEGABYTE
