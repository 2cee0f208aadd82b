"""Files through the admin's own form: refused in words at the field, or kept under a safe name."""

import hashlib
import os
import re
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from taskforce.models import Document, Rendition
from tests import make
from tests.drill import no_room
from tests.forms import filled
from tests.kit.test_uploads import DOCX, PDF, PNG, SVG, office, packed
from tests.staff import in_role
from untfsse.kit.records.roles import MEMBER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unwritten_menu")]
BOUNDARY = "a-boundary"
LIMIT = "The file is larger than 1 MB, the most that is accepted."


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make.user(is_staff=True, is_superuser=True))
    return client


def multipart(fields: dict[str, Any], name: str, content: bytes) -> bytes:
    """Return what a browser, or somebody by hand, would send: the name goes as it is."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    kind = "Content-Type: application/pdf\r\n\r\n"
    return b"".join([*parts, (head + kind).encode(), content, f"\r\n--{BOUNDARY}--\r\n".encode()])


def send(client: Client, document: Document, name: str, content: bytes) -> Any:
    fields = {"document": document.pk, "language": "fr", "url": "", "_save": "Save"}
    return client.post(
        reverse("admin:taskforce_rendition_add"),
        multipart(fields, name, content),
        content_type=f"multipart/form-data; boundary={BOUNDARY}",
    )


BOMB = office("wordprocessingml.document", "word/document.xml", **{"word/a.xml": b"0" * 12 * 2**20})


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("report.pdf", SVG, "HTML, SVG and XML files are not accepted."),
        ("a.docx", BOMB, "The file unpacks to far more than it seems; it is not accepted."),
        ("a.pdf", b"%PDF-1.7\n" + b"0" * 2**20, LIMIT),
        ("a.pdf", b"", "The submitted file is empty."),
        ("a.pdf", PDF[:-7], "This PDF is incomplete: its end is missing."),
        ("a.pdf", b"MZ\x90\x00", None),
        ("a.pdf", DOCX, "The name ends in .pdf, but the content is DOCX. Rename or convert it."),
        ("a.zip", packed({"a.txt": b"a"}), None),
        ("a.docx", DOCX[:60], "The file is damaged."),
    ],
    # An archive holds the time: the names of the tests must not.
    ids=["svg", "bomb", "huge", "empty", "cut", "program", "misnamed", "archive", "damaged"],
)
def test_what_is_not_accepted_is_refused_in_words_and_the_rest_stays(
    name: str, content: bytes, sentence: str | None, staff: Client, settings: LazySettings
) -> None:
    settings.UPLOAD_LIMIT_MB = 1
    document = make.document()

    answer = send(staff, document, name, content)
    form = answer.context["adminform"].form

    assert answer.status_code == 200
    if sentence is None:
        assert "type of file is not accepted" in form.errors["file"][0]
    else:
        assert form.errors == {"file": [sentence]}
    assert (form["language"].value(), form["document"].value()) == ("fr", str(document.pk))
    assert not Rendition.objects.exists()
    assert not default_storage.exists("documents")


def test_a_form_that_is_refused_leaves_no_file(staff: Client) -> None:
    """A right file beside a wrong language, and in the row of a document that is refused."""
    document = make.document()
    fields = {"document": document.pk, "language": "xx", "url": "", "_save": "Save"}
    kind = f"multipart/form-data; boundary={BOUNDARY}"

    alone = staff.post(
        reverse("admin:taskforce_rendition_add"), multipart(fields, "a.pdf", PDF), content_type=kind
    )
    url = reverse("admin:taskforce_document_change", args=[document.pk])
    page = {name: value[0] for name, value in filled(staff.get(url)).items()}
    page |= {"title": "", "renditions-TOTAL_FORMS": 1, "renditions-0-language": "en"}
    body = multipart(page, "a.pdf", PDF).replace(b'name="file"', b'name="renditions-0-file"')
    in_row = staff.post(url, body, content_type=kind)

    assert {*alone.context["adminform"].form.errors} == {"language"}
    assert {*in_row.context["adminform"].form.errors} == {"title"}
    assert not default_storage.exists("documents")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../x.pdf", "x.pdf"),
        ("..\\\\..\\\\x.pdf", "x.pdf"),
        ("/etc/passwd", "passwd.pdf"),
        ("a\u202efdp.exe\u202c.pdf", "afdp.exe.pdf"),
        ("n" * 300 + ".pdf", "n" * 116 + ".pdf"),
        ("Procès-verbal “final”.pdf", "Procès-verbal _final_.pdf"),
        (".pdf", "pdf.pdf"),
    ],
)
def test_a_file_is_kept_under_its_hash_and_offered_under_a_safe_name(
    sent: str, kept: str, staff: Client
) -> None:
    document = make.document()

    answer = send(staff, document, sent, PDF)

    assert (answer.status_code, answer.context and answer.context["errors"]) == (302, None)
    [rendition] = document.renditions.all()
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert (rendition.file_name, rendition.sha256) == (kept, sha256)
    assert rendition.file.name == f"documents/{sha256[:2]}/{sha256}.pdf"


@pytest.mark.parametrize("status", ["draft", "published"])
def test_the_link_on_the_form_hands_the_file_to_staff_and_to_no_stranger(
    status: str, staff: Client
) -> None:
    document = make.document(audience="secretariat")
    send(staff, document, "a.pdf", PDF)
    Document.objects.filter(pk=document.pk).update(status=status)
    form = staff.get(reverse("admin:taskforce_document_change", args=[document.pk]))

    [link] = re.findall(r'<a href="([^"]+)">documents/', form.content.decode())

    assert b"".join(staff.get(link)) == PDF
    assert Client().get(link).status_code == 404


def test_the_same_file_is_kept_once_in_a_language_of_a_document(staff: Client) -> None:
    document = make.document()
    send(staff, document, "a.pdf", PDF)

    again = send(staff, document, "b.pdf", PDF)
    send(staff, make.document(), "c.pdf", PDF)

    form = again.context["adminform"].form
    assert form.non_field_errors() == ["This file is kept with this document already."]
    [rendition, elsewhere] = Rendition.objects.order_by("pk")
    assert (rendition.file_name, elsewhere.file_name) == ("a.pdf", "c.pdf")


def test_a_new_file_takes_the_place_of_the_old_one(staff: Client) -> None:
    document = make.document()
    send(staff, document, "a.pdf", PDF)
    [before] = document.renditions.all()
    address = reverse("admin:taskforce_rendition_change", args=[before.pk])
    fields = {"document": document.pk, "language": "fr", "url": "", "_save": "Save"}

    staff.post(
        address,
        multipart(fields, "b.png", PNG),
        content_type=f"multipart/form-data; boundary={BOUNDARY}",
    )

    [after] = document.renditions.all()
    assert (after.pk, after.file_name, after.media_type) == (before.pk, "b.png", "image/png")
    assert after.file.name != before.file.name


def test_a_null_in_a_name_is_answered_without_a_fault(staff: Client) -> None:
    document = make.document()

    send(staff, document, "a\x00b.pdf", PDF)

    assert [row.file_name for row in document.renditions.all()] in ([], ["ab.pdf"])


def test_a_rendition_in_the_row_of_its_document_is_refused_at_its_row(staff: Client) -> None:
    document = make.document(title="As it was")
    url = reverse("admin:taskforce_document_change", args=[document.pk])
    fields = {
        "title": "As typed",
        "slug": document.slug,
        "kind": document.kind,
        "audience": "public",
        "confidence": "medium",
        "renditions-TOTAL_FORMS": 1,
        "renditions-INITIAL_FORMS": 0,
        "renditions-0-language": "en",
    }
    body = multipart(fields, "a.pdf", SVG).replace(b'name="file"', b'name="renditions-0-file"')

    answer = staff.post(url, body, content_type=f"multipart/form-data; boundary={BOUNDARY}")
    [rows] = [inline.formset for inline in answer.context["inline_admin_formsets"]]

    assert rows.errors == [{"file": ["HTML, SVG and XML files are not accepted."]}]
    assert answer.context["adminform"].form["title"].value() == "As typed"
    document.refresh_from_db()
    assert (document.title, document.renditions.count()) == ("As it was", 0)


@pytest.mark.parametrize(
    ("facts", "visitor", "member"),
    [
        ({}, 200, 200),
        ({"audience": "members"}, 404, 200),
        ({"audience": "secretariat"}, 404, 404),
        ({"status": "draft"}, 404, 404),
        ({"status": "withdrawn", "withdrawal_reason": "Twice"}, 410, 410),
    ],
)
def test_a_file_is_handed_out_to_those_alone_who_may_read_its_document(
    facts: Any, visitor: int, member: int, staff: Client
) -> None:
    document = make.document()
    send(staff, document, "plan.png", PNG)
    Document.objects.filter(pk=document.pk).update(**facts)
    [rendition] = document.renditions.all()
    address = reverse("taskforce:document_file", args=[document.slug, "fr"])
    signed_in = Client()
    signed_in.force_login(in_role(MEMBER))

    answers = [Client().get(address), signed_in.get(address)]

    assert [answer.status_code for answer in answers] == [visitor, member]
    for answer in answers:
        if answer.status_code == 200:
            assert answer["Content-Disposition"] == 'attachment; filename="plan.png"'
            assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (
                "image/png",
                "nosniff",
            )
            assert b"".join(answer) == PNG
    for guess in (f"/media/{rendition.file.name}", f"/static/{rendition.file.name}"):
        assert Client().get(guess).status_code == 404


def test_files_that_nobody_names_are_found_and_removed_when_told(staff: Client) -> None:
    """What a row names, named once, or may name soon, stays."""
    document = make.document()
    send(staff, document, "plan.png", PNG)
    send(staff, document, "a.pdf", PDF)
    named, deleted = document.renditions.order_by("pk")
    path = str(deleted.file.name)
    deleted.delete()
    for name in ("documents/aa/lost.pdf", "documents/aa/new.pdf", "waiting/table"):
        default_storage.save(name, ContentFile(b"-"))
    day_before = time.time() - 25 * 3600
    for name in (str(named.file.name), path, "documents/aa/lost.pdf", "waiting/table"):
        os.utime(default_storage.path(name), (day_before, day_before))
    printed = [StringIO(), StringIO()]

    call_command("clean_files", stdout=printed[0])
    assert default_storage.exists("documents/aa/lost.pdf")
    call_command("clean_files", "--remove", stdout=printed[1])

    said = [out.getvalue().splitlines() for out in printed]
    assert [lines[:-1] for lines in said] == [["documents/aa/lost.pdf", "waiting/table"]] * 2
    assert said[0][-1].endswith("nothing was removed (see --remove).")
    assert not default_storage.exists("documents/aa/lost.pdf")
    assert default_storage.listdir("waiting")[1] == []
    for name in (str(named.file.name), path, "documents/aa/new.pdf"):
        assert default_storage.exists(name)


# --- What becomes of it on the disk ----------------------------------------------------------


def test_what_was_cut_off_while_it_was_stored_is_not_taken_for_the_file(staff: Client) -> None:
    digest = hashlib.sha256(PDF).hexdigest()
    default_storage.save(f"documents/{digest[:2]}/{digest}.pdf", ContentFile(PDF[:9]))
    send(staff, make.document(), "a.pdf", PDF)
    with Rendition.objects.get().file.open() as file:
        assert file.read() == PDF


def test_full_disk_is_told_at_the_field_and_keeps_nothing(staff: Client) -> None:
    large = PDF.replace(b"%%EOF", b"0" * 2**20 + b"\n%%EOF")
    table = SimpleUploadedFile("t.csv", b"slug,name\n" + b"x" * 2**20)
    document = make.document()
    sentence = "The file could not be stored: there is no room, or the store of files is away."
    with no_room():
        upload = send(staff, document, "a.pdf", large)
        url = reverse("admin:taskforce_organization_changelist")
        imported = staff.post(f"{url}do/import/", {"file": table})
    assert upload.context["adminform"].form.errors == {"file": [sentence]}
    assert imported.context["form"].errors == {"file": [sentence]}
    assert not Rendition.objects.exists()
    kept = [path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert kept == []
    assert send(staff, document, "a.pdf", large).status_code == 302
