"""The pages of documents, and who may have their files."""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from taskforce.models import Rendition
from tests import make
from tests.staff import member

pytestmark = pytest.mark.django_db

TOMORROW = timezone.now() + dt.timedelta(days=1)
CONTENT = b"%PDF-1.7 what was said\n%%EOF\n"


def filed(document: Any, *, language: str = "en", **facts: Any) -> Rendition:
    """Return a rendition with a file."""
    return make.save(
        Rendition(
            document=document,
            language=language,
            file=ContentFile(CONTENT, name="minutes.pdf"),
            file_name="Minutes of July.pdf",
            bytes=len(CONTENT),
            sha256=hashlib.sha256(CONTENT).hexdigest(),
            **{"media_type": "application/pdf", **facts},
        )
    )


def test_a_file_is_handed_out_as_a_download(client: Client) -> None:
    filed(make.document(slug="minutes"))

    answer = client.get("/documents/minutes/en/")

    assert b"".join(answer.streaming_content) == CONTENT  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="Minutes of July.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Cache-Control" not in answer
    answer.close()


def test_the_page_links_the_file_by_its_address_never_by_its_path(client: Client) -> None:
    rendition = filed(make.document(slug="minutes"))
    make.rendition(document=rendition.document, language="fr", url="https://example.org/fr.pdf")

    html = client.get("/documents/minutes/").content.decode()

    assert 'href="/documents/minutes/en/"' in html
    assert 'href="https://example.org/fr.pdf"' in html
    assert str(rendition.file.name) not in html


@pytest.mark.parametrize("address", ["fr", "de", "xx", "en%00", "²", "EN"])
def test_a_language_without_a_file_is_not_found(client: Client, address: str) -> None:
    document = make.document(slug="minutes")
    filed(document)
    make.rendition(document=document, language="fr", url="https://example.org/fr.pdf")

    assert client.get(f"/documents/minutes/{address}/").status_code == 404


@pytest.mark.parametrize(
    ("facts", "visitor", "member_sees", "staff_sees"),
    [
        ({}, 200, 200, 200),
        ({"audience": "members"}, 404, 200, 200),
        ({"audience": "secretariat"}, 404, 404, 200),
        ({"status": "draft"}, 404, 404, 200),
        ({"published_at": TOMORROW}, 404, 404, 200),
        (
            {
                "status": "withdrawn",
                "published_at": make.PUBLISHED_AT,
                "withdrawal_reason": "Wrong file.",
            },
            410,
            410,
            200,
        ),
    ],
)
def test_a_file_is_for_those_who_may_read_the_document(
    client: Client,
    staff: Client,
    facts: dict[str, Any],
    visitor: int,
    member_sees: int,
    staff_sees: int,
) -> None:
    filed(make.document(slug="minutes", **facts))
    focal_point = Client()
    focal_point.force_login(member())

    answers = [browser.get("/documents/minutes/en/") for browser in (client, focal_point, staff)]

    assert [answer.status_code for answer in answers] == [visitor, member_sees, staff_sees]
    assert [answer.get("Cache-Control") for answer in answers if answer.status_code == 200] == [
        *([None] if visitor == 200 else []),
        *(["private, no-store"] if member_sees == 200 else []),
        "private, no-store",
    ]
    for answer in answers:
        answer.close()


def test_a_file_of_a_draft_meeting_is_not_found(client: Client) -> None:
    filed(make.document(slug="minutes", meeting=make.meeting(status="draft")))

    assert client.get("/documents/minutes/en/").status_code == 404


def test_a_file_that_is_lost_is_not_found(client: Client) -> None:
    rendition = filed(make.document(slug="minutes"))
    rendition.file.storage.delete(str(rendition.file.name))

    assert client.get("/documents/minutes/en/").status_code == 404


def test_even_a_web_page_is_handed_out_as_a_download(client: Client) -> None:
    filed(make.document(slug="minutes"), media_type="text/html")

    answer = client.get("/documents/minutes/en/")

    answer.close()
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("build", [filed, make.rendition])
@pytest.mark.parametrize("rows", [1, 3])
def test_a_document_asks_the_same_number_of_questions(
    client: Client, rows: int, build: Callable[..., Any], django_assert_num_queries: Any
) -> None:
    document = make.document(slug="minutes")
    for language in ["en", "fr", "es"][:rows]:
        build(document=document, language=language)
        make.update().documents.add(document)

    with django_assert_num_queries(2):
        assert client.get("/documents/minutes/").status_code == 200
