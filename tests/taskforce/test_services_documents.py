"""Files of documents are kept under their hash and described from their content."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

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
