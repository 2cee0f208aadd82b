"""Files of documents are kept under their hash and described from their content."""

import hashlib
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from taskforce import services
from taskforce.models import Rendition
from tests import make

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\ntrailer\n%%EOF\n"


def upload(name: str = "report.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_rendition_is_described_from_the_content() -> None:
    rendition = Rendition(document=make.document(), language="en", url="https://example.org/a")
    services.store_rendition(rendition, upload("../../Report.PDF"), by=None)
    rendition.refresh_from_db()
    digest = hashlib.sha256(PDF).hexdigest()
    assert (rendition.file_name, rendition.bytes, rendition.sha256, rendition.media_type) == (
        "Report.PDF",
        len(PDF),
        digest,
        "application/pdf",
    )
    assert (rendition.file.name, rendition.url) == (f"documents/{digest[:2]}/{digest}.pdf", "")
    assert default_storage.exists(str(rendition.file.name))


def test_a_new_file_takes_the_place_of_the_old_one() -> None:
    rendition = services.store_rendition(
        Rendition(document=make.document(), language="en"), upload(), by=None
    )
    first = rendition.file.name
    services.store_rendition(rendition, upload(content=PDF + b"\n"), by=None)
    rendition.refresh_from_db()
    assert rendition.file.name != first
    assert Rendition.objects.count() == 1


def test_the_same_file_is_not_kept_twice_in_a_language() -> None:
    document = make.document()
    services.store_rendition(Rendition(document=document, language="en"), upload(), by=None)
    with pytest.raises(ValidationError, match="kept with this document already"):
        services.store_rendition(Rendition(document=document, language="en"), upload(), by=None)
    services.store_rendition(Rendition(document=document, language="fr"), upload(), by=None)


def test_a_file_that_is_not_accepted_stores_nothing() -> None:
    rendition = Rendition(document=make.document(), language="en")
    with pytest.raises(ValidationError):
        services.store_rendition(rendition, upload(content=b"<svg/>"), by=None)
    assert Rendition.objects.count() == 0


def test_who_may_not_add_renditions_stores_none() -> None:
    rendition = Rendition(document=make.document(), language="en")
    with pytest.raises(PermissionDenied):
        services.store_rendition(rendition, upload(), by=make.user(is_staff=True))


# --- Who reaches a file --------------------------------------------------------------------


def stored(**facts: Any) -> Rendition:
    rendition = Rendition(document=make.document(**facts), language="en")
    return services.store_rendition(rendition, upload(), by=None)


def address(rendition: Rendition) -> str:
    return f"/documents/{rendition.document.slug}/en/"


def test_a_public_file_is_a_download_that_no_browser_guesses(client: Client) -> None:
    answer: Any = client.get(address(stored()))
    assert b"".join(answer.streaming_content) == PDF
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        "application/pdf",
        "nosniff",
    )
    assert answer["Content-Disposition"] == 'attachment; filename="report.pdf"'


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"status": "draft"}, 404),
        ({"status": "withdrawn", "withdrawal_reason": "x", "published_at": make.PUBLISHED_AT}, 410),
        ({"published_at": make.PUBLISHED_AT.replace(year=2999)}, 404),
        ({"audience": "members"}, 404),
        ({"audience": "secretariat"}, 404),
    ],
)
def test_a_visitor_does_not_reach_the_file_of_a_hidden_document(
    client: Client, facts: dict[str, Any], status: int
) -> None:
    assert client.get(address(stored(**facts))).status_code == status


def test_a_visitor_does_not_reach_the_file_of_a_draft_meeting(client: Client) -> None:
    rendition = stored(meeting=make.meeting(status="draft"))
    assert client.get(address(rendition)).status_code == 404


def test_a_member_reaches_members_files_and_not_the_secretariats(client: Client) -> None:
    members, staff = stored(audience="members"), stored(audience="secretariat")
    client.force_login(make.user())
    answers = [client.get(address(rendition)) for rendition in (members, staff)]
    assert [answer.status_code for answer in answers] == [200, 404]
    answers[0].close()


def test_no_file_is_reached_by_its_path(client: Client) -> None:
    path = stored().file.name
    answers = [client.get(f"/{root}{path}") for root in ("", "static/", "media/")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
