"""Metadata: what a page says to machines, and that no text breaks out of it."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db
HOSTILE = "</script><script>alert(1)</script><!-- \"' & \u2028"
HERE = "http://testserver"


def data_of(page: Any) -> Any:
    """Return the block of data of a page, as a browser would find its end."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script', page.text, re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0])


def tags_of(page: Any) -> list[tuple[str, str]]:
    found = re.findall(
        r'<meta (?:name|property)="((?:og:|citation_)\w+)" content="(.*?)">', page.text
    )
    return sorted(found)


def test_a_meeting_is_an_event(client: Client) -> None:
    make.meeting(
        slug="m",
        title="Special meeting",
        starts_on="2022-07-19",
        format="virtual",
        city="Geneva",
        country="CH",
    )
    assert data_of(client.get("/meetings/m/")) == {
        "@context": "https://schema.org",
        "@id": f"{HERE}/meetings/m/",
        "url": f"{HERE}/meetings/m/",
        "@type": "Event",
        "name": "Special meeting",
        "startDate": "2022-07-19",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Geneva",
                "addressCountry": "CH",
            },
        },
    }


def test_an_entry_is_a_chapter_of_its_book_with_tags_for_libraries(client: Client) -> None:
    work = make.work(title="Encyclopedia", year=2023, publisher="Elgar")
    entry = make.entry(
        part=make.part(work=work), slug="youth", title="Youth", number=57, pages="10-12"
    )
    make.authorship(entry=entry, person=make.person(name="Davorka Vidović"))
    make.authorship(entry=entry, person=make.person(name="Unsure Author"), confidence="low")
    page = client.get("/encyclopedia/youth/")
    assert data_of(page) == {
        "@context": "https://schema.org",
        "@id": f"{HERE}/encyclopedia/youth/",
        "url": f"{HERE}/encyclopedia/youth/",
        "@type": "Chapter",
        "name": "Youth",
        "position": 57,
        "pagination": "10-12",
        "author": [{"@type": "Person", "name": "Davorka Vidović"}],
        "license": "https://creativecommons.org/licenses/by-nc-nd/4.0/",
        "isPartOf": {
            "@type": "Book",
            "name": "Encyclopedia",
            "datePublished": "2023",
            "publisher": {"@type": "Organization", "name": "Elgar"},
        },
    }
    assert tags_of(page) == [
        ("citation_author", "Davorka Vidović"),
        ("citation_firstpage", "10"),
        ("citation_inbook_title", "Encyclopedia"),
        ("citation_lastpage", "12"),
        ("citation_publication_date", "2023"),
        ("citation_publisher", "Elgar"),
        ("citation_title", "Youth"),
        ("og:site_name", "UNTFSSE"),
        ("og:title", "Youth"),
        ("og:type", "article"),
        ("og:url", f"{HERE}/encyclopedia/youth/"),
    ]


@pytest.mark.parametrize(
    ("build", "facts", "path", "kind"),
    [
        (make.organization, {"name": HOSTILE}, "organizations", "Organization"),
        (make.meeting, {"title": HOSTILE, "venue": HOSTILE}, "meetings", "Event"),
        (make.decision, {"text": HOSTILE}, "decisions", "CreativeWork"),
        (make.instrument, {"title": HOSTILE}, "instruments", "Legislation"),
        (make.document, {"title": HOSTILE}, "documents", "DigitalDocument"),
        (make.update, {"title": HOSTILE}, "updates", "NewsArticle"),
        (make.entry, {"title": HOSTILE}, "encyclopedia", "Chapter"),
        (make.action_plan, {"title": HOSTILE}, "action-plans", "CreativeWork"),
        (make.sub_group, {"name": HOSTILE}, "sub-groups", "CreativeWork"),
        (make.activity, {"title": HOSTILE}, "activities", "CreativeWork"),
    ],
)
def test_a_hostile_text_stays_within_the_data(
    build: Any, facts: dict[str, str], path: str, kind: str, client: Client
) -> None:
    build(slug="hostile", **facts)
    page = client.get(f"/{path}/hostile/")
    data = data_of(page)
    assert data["@type"] == kind
    assert HOSTILE in {data["name"], data.get("text")}
    assert "<script>" not in page.text


def test_a_record_is_found_without_touching_what_else_a_page_knows(client: Client) -> None:
    make.meeting(slug="m")
    page = client.get("/meetings/m/")
    assert data_of(page)["@type"] == "Event"
    assert list(page.cookies) == []


def test_a_list_is_no_record(client: Client) -> None:
    make.meeting()
    page = client.get("/meetings/")
    assert ("ld+json" in page.text, tags_of(page)) == (False, [])
