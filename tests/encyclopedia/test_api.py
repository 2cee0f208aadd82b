"""The Encyclopedia through the API."""

from typing import Any

import pytest
from django.test import Client

from encyclopedia.models import EntryRelation, Suggestion
from tests import make

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/"


def get(client: Client, path: str) -> Any:
    answer = client.get(ROOT + path)
    assert answer.status_code == 200, answer.content[:500]
    return answer.json()


def test_entry_tells_its_place_its_authors_and_its_links(client: Client) -> None:
    part = make.part(number=2, title="Policies", work=make.work(slug="book"))
    entry = make.entry(
        part=part, slug="entry", knowledge_hub_url="https://example.org/hub", sdgs=[8]
    )
    make.authorship(entry=entry, person=make.person(slug="second"), position=2)
    make.authorship(entry=entry, person=make.person(slug="first"), position=1)
    told = get(client, "entries/entry/")
    assert told["part"] == {"id": str(part.public_id), "number": 2, "title": "Policies"}
    assert told["work"]["slug"] == "book"
    assert [row["person"]["slug"] for row in told["authors"]] == ["first", "second"]
    assert told["licence"] == "CC-BY-NC-ND-4.0"
    assert (told["knowledge_hub_url"], told["publisher_url"]) == ("https://example.org/hub", None)


def test_related_entries_are_read_both_ways(client: Client) -> None:
    first, second = make.entry(slug="first"), make.entry(slug="second")
    make.save(EntryRelation(first=first, second=second))
    for entry, other in (("first", "second"), ("second", "first")):
        assert [row["slug"] for row in get(client, f"entries/{entry}/")["related"]] == [other]


def test_unconfirmed_authors_and_suggestions_are_left_out(client: Client) -> None:
    entry = make.entry(slug="entry")
    make.authorship(entry=entry, confidence="low")
    make.save(Suggestion(entry=entry, kind="author", value="Somebody"))
    told = get(client, "entries/entry/")
    assert told["authors"] == []
    assert "suggestions" not in told
    assert get(client, "authorships/")["count"] == 0


def test_author_is_not_found_by_an_unconfirmed_authorship(client: Client) -> None:
    person = make.person(slug="author")
    make.authorship(person=person, confidence="low")
    assert get(client, "entries/?author=author")["count"] == 0
    make.authorship(person=person)
    assert get(client, "entries/?author=author")["count"] == 1


def test_work_tells_its_parts(client: Client) -> None:
    part = make.part(number=1, work=make.work(slug="book"))
    make.part()
    told = get(client, "works/book/")
    assert [row["id"] for row in told["parts"]] == [str(part.public_id)]
    assert get(client, "parts/?work=book")["results"] == told["parts"]
    assert part.work.parts.count() == 1


def test_entries_come_in_the_order_of_the_book(client: Client) -> None:
    part = make.part()
    for number in (10, 2, 1):
        make.entry(part=part, number=number)
    assert [row["number"] for row in get(client, "entries/")["results"]] == [1, 2, 10]
