"""A file is what its content says; what is not on the list, or not safe, is refused in words."""

import hashlib
import io
import zipfile
import zlib
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import RequestFactory

from untfsse.kit.forms.uploads import LimitedUploadHandler, inspect, safe_name

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 20
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 20
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
OFFICE = "application/vnd.openxmlformats-officedocument"


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def office(kind: str, part: str, **more: bytes) -> bytes:
    types = f'<Types><Override ContentType="{OFFICE}.{kind}.main+xml"/></Types>'
    return packed({"[Content_Types].xml": types.encode(), part: b"<x/>", **more})


DOCX = office("wordprocessingml.document", "word/document.xml")
XLSX = office("spreadsheetml.sheet", "xl/workbook.xml")
PPTX = office("presentationml.presentation", "ppt/presentation.xml")
ODT = packed(
    {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"},
    zipfile.ZIP_STORED,
)


def upload(name: str, content: bytes) -> Any:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as error:
        inspect(upload(name, content))
    return error.value.messages[0]


# --- What is accepted ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.DOCX", DOCX, f"{OFFICE}.wordprocessingml.document"),
        ("a.xlsx", XLSX, f"{OFFICE}.spreadsheetml.sheet"),
        ("a.pptx", PPTX, f"{OFFICE}.presentationml.presentation"),
        ("a.odt", ODT, "application/vnd.oasis.opendocument.text"),
        ("a.txt", "Économie\tsociale\r\n".encode(), "text/plain"),
        ("a.csv", b"\xef\xbb\xbfname;acronym\n", "text/csv"),
        ("a.png", PNG, "image/png"),
        ("a.jpg", JPEG, "image/jpeg"),
        ("a.jpeg", JPEG, "image/jpeg"),
    ],
)
def test_the_type_is_decided_by_the_content(name: str, content: bytes, media_type: str) -> None:
    found = inspect(upload(name, content))
    assert (found.name, found.kind.media_type) == (name, media_type)
    assert (found.bytes, found.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_a_name_without_a_suffix_gets_that_of_the_content() -> None:
    assert inspect(upload("minutes", PDF)).name == "minutes.pdf"


# --- What is refused -----------------------------------------------------------------------


def test_an_empty_file_is_refused() -> None:
    assert refusal("a.pdf", b"") == "The file is empty."


def test_a_file_over_the_limit_is_refused(settings: LazySettings) -> None:
    settings.UPLOAD_LIMIT_MB = 1
    at_limit = b"x" * 2**20
    assert inspect(upload("a.txt", at_limit)).bytes == 2**20
    sentence = "The file is larger than 1 MB, the most that is accepted."
    assert refusal("a.txt", at_limit + b"x") == sentence


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a.svg", "a"])
def test_an_svg_with_a_script_is_refused_under_any_name(name: str) -> None:
    assert refusal(name, SVG) == "HTML, SVG and XML files are not accepted."


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", DOCX, "DOCX"),
        ("a.docx", PDF, "PDF"),
        ("a.png", JPEG, "JPEG"),
        ("a.exe", PDF, "PDF"),
    ],
)
def test_a_name_that_says_otherwise_is_refused(name: str, content: bytes, kind: str) -> None:
    assert refusal(name, content).endswith(f"but the content is {kind}. Rename or convert it.")


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + b"\x00" * 60,
        b"GIF89a" + b"\x00" * 20,
        b"\x7fELF" + b"\x00" * 20,
        packed({"a.txt": b"a plain archive"}),
        packed({"mimetype": b"application/epub+zip", "content.xml": b""}),
        b"\x00" * 100,
    ],
)
def test_other_types_are_refused_with_the_list(content: bytes) -> None:
    assert refusal("a.pdf", content) == (
        "This type of file is not accepted. "
        "Accepted are PDF, DOCX, XLSX, PPTX, ODT, TXT, CSV, PNG, JPEG."
    )


def test_text_that_is_not_utf_8_is_refused_with_advice() -> None:
    assert "save it as UTF-8" in refusal("a.csv", "Économie".encode("latin-1"))


def test_a_pdf_that_was_cut_off_is_refused() -> None:
    assert refusal("a.pdf", PDF[:30]) == "This PDF is incomplete: its end is missing."


def test_macros_are_refused() -> None:
    content = office(
        "wordprocessingml.document", "word/document.xml", **{"word/vbaProject.bin": b"x"}
    )
    assert refusal("a.docx", content) == "Files with macros are not accepted."


@pytest.mark.parametrize("cut", [4, 30, 80, -30])
def test_a_damaged_archive_is_refused(cut: int) -> None:
    assert refusal("a.docx", DOCX[:cut]) == "The file is damaged."


def test_members_that_lead_out_of_the_folder_are_refused() -> None:
    content = office("wordprocessingml.document", "word/document.xml", **{"../../x": b"x"})
    assert refusal("a.docx", content) == "The file is damaged."


# --- Bombs ---------------------------------------------------------------------------------

BOMB = "The file unpacks to far more than it seems; it is not accepted."


def test_a_member_packed_out_of_all_measure_is_refused() -> None:
    content = office(
        "wordprocessingml.document", "word/document.xml", **{"word/x": bytes(8 * 2**20)}
    )
    assert len(content) < 20_000
    assert refusal("a.docx", content) == BOMB


def test_a_declared_size_over_the_limit_is_refused(settings: LazySettings) -> None:
    """Eleven members of a megabyte, none packed out of measure: ten times the limit is passed."""
    settings.UPLOAD_LIMIT_MB = 1
    megabyte = hashlib.shake_128(b"x").digest(2**14) * 64
    members = {f"word/{number}": megabyte for number in range(11)}
    content = office("wordprocessingml.document", "word/document.xml", **members)
    assert len(content) < 2**20
    assert refusal("a.docx", content) == BOMB


def test_a_size_declared_too_small_is_refused() -> None:
    """The directory says 5 bytes; the packed data hold eight million."""
    data = bytes(8 * 2**20)
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = engine.compress(data) + engine.flush()
    content = office("wordprocessingml.document", "word/document.xml", **{"word/x": b"small"})
    small = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed_small = small.compress(b"small") + small.flush()
    assert refusal("a.docx", swap_body(content, packed_small, body)) == BOMB


def swap_body(content: bytes, old: bytes, new: bytes) -> bytes:
    """Put another packed body in place of the last member's, keeping its declared size."""
    start = content.rindex(old, 0, content.index(b"PK\x01\x02"))
    directory = content[start + len(old) :]
    end = directory.index(b"PK\x05\x06")
    entry = directory[:end].rindex(b"PK\x01\x02")
    directory = (
        directory[: entry + 20]
        + len(new).to_bytes(4, "little")
        + directory[entry + 24 : end + 16]
        + (start + len(new)).to_bytes(4, "little")
        + directory[end + 20 :]
    )
    return content[:start] + new + directory


def test_archives_in_archives_in_archives_are_refused() -> None:
    inner = packed({"x": b"x"})
    content = office("wordprocessingml.document", "word/document.xml", **{"word/a.xlsx": inner})
    assert inspect(upload("a.docx", content)).kind.name == "DOCX"
    nested = office(
        "wordprocessingml.document", "word/document.xml", **{"word/a.xlsx": packed({"b": inner})}
    )
    assert refusal("a.docx", nested) == BOMB


def test_a_nested_bomb_is_refused() -> None:
    inner = packed({"x": bytes(8 * 2**20)})
    content = office("wordprocessingml.document", "word/document.xml", **{"word/a.xlsx": inner})
    assert refusal("a.docx", content) == BOMB


# --- Names ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../x", "x"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("/etc/passwd", "passwd"),
        ("a\x00b\r\n.pdf", "ab.pdf"),
        ('re"port<1>.pdf', "re_port_1_.pdf"),
        ("Économie sociale.pdf", "Économie sociale.pdf"),
        ("..", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_becomes_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


# --- On its way in ---------------------------------------------------------------------------


def test_an_upload_over_the_limit_is_not_stored_to_its_end(settings: LazySettings) -> None:
    settings.UPLOAD_LIMIT_MB = 1
    settings.FILE_UPLOAD_HANDLERS = [
        f"{LimitedUploadHandler.__module__}.{LimitedUploadHandler.__qualname__}",
        "django.core.files.uploadhandler.TemporaryFileUploadHandler",
    ]
    request = RequestFactory().post("/", {"file": upload("a.txt", b"x" * (4 * 2**20))})
    file: Any = request.FILES["file"]
    assert isinstance(request.POST, QueryDict)
    assert (file.size, file.read()) == (4 * 2**20, b"")
    with pytest.raises(ValidationError, match="larger than 1 MB"):
        inspect(file)
