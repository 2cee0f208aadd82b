"""The Encyclopedia by title and by author, and what an editor takes over of suggestions."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.pages import plain, words_of
from tests.staff import sign_in
from untfsse.kit.records.roles import ENCYCLOPEDIA_EDITOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def book() -> Any:
    part = make.part(number=1, first_entry=1, last_entry=60)
    young = make.entry(part=part, number=4, title="Youth", slug="youth")
    commons = make.entry(part=part, number=1, title="The commons", slug="the-commons")
    make.entry(part=part, number=2, title="Écologie", slug="ecologie")
    make.entry(part=part, number=3, title="Zebras", status="draft")
    ann, ben = make.person(name="Ann Bee", slug="ann-bee"), make.person(name="Ben Cee")
    for entry, person in ((young, ben), (young, ann), (commons, ann)):
        position = entry.authorships.count() + 1
        make.authorship(entry=entry, person=person, position=position)
    make.authorship(entry=commons, person=make.person(name="Guess"), position=9, confidence="low")
    return part


def test_entries_stand_from_a_to_z_whatever_their_article(book: Any, client: Client) -> None:
    page = client.get("/encyclopedia/by/title/")

    letters = page.context["letters"]
    assert [(one.letter, [row.title for row in one.rows]) for one in letters] == [
        ("C", ["The commons"]),
        ("E", ["Écologie"]),
        ("Y", ["Youth"]),
    ]
    assert 'href="/encyclopedia/the-commons/"' in page.content.decode()
    assert "Zebras" not in words_of(page)


def test_authors_stand_with_their_entries(book: Any, client: Client) -> None:
    page = client.get("/encyclopedia/by/author/")

    found = page.context["authors"]
    assert [(str(one.person), [entry.title for entry in one.entries]) for one in found] == [
        ("Ann Bee", ["The commons", "Youth"]),
        ("Ben Cee", ["Youth"]),
    ]
    assert "Guess" not in words_of(page)
    assert 'id="ann-bee"' in page.content.decode()
    assert 'href="/encyclopedia/by/author/#ann-bee"' in client.get("/encyclopedia/youth/").text
    contents = client.get("/encyclopedia/").text
    assert 'href="/encyclopedia/by/title/"' in contents
    assert 'href="/encyclopedia/by/author/"' in contents


@pytest.mark.parametrize("address", ["/encyclopedia/by/title/", "/encyclopedia/by/author/"])
def test_an_index_asks_two_questions_at_most(
    book: Any, client: Client, django_assert_max_num_queries: Any, address: str
) -> None:
    with django_assert_max_num_queries(2):
        client.get(address)


def test_an_editor_takes_over_all_that_is_suggested_for_an_entry(book: Any, client: Client) -> None:
    editor = sign_in(client, ENCYCLOPEDIA_EDITOR)
    entry = book.entries.get(slug="youth")
    for kind, value in (("tag", "care"), ("tag", "youth"), ("sdg", "8"), ("related", "1")):
        make.suggestion(entry=entry, kind=kind, value=value)
    author = make.suggestion(entry=entry, kind="author", value="Somebody")
    address = reverse("admin:encyclopedia_entry_act", args=[entry.pk, "take-over"])

    asked = plain(client.get(address).content.decode())
    client.post(address)

    entry.refresh_from_db()
    assert "Topic: care" in asked
    assert "Somebody" not in asked
    assert {tag.name for tag in entry.tags.all()} == {"care", "youth"}
    assert entry.sdgs == [8]
    accepted = entry.suggestions.filter(state="accepted")
    assert {one.decided_by for one in accepted} == {editor}
    assert accepted.count() == 4
    author.refresh_from_db()
    assert author.state == "proposed"
    page, other = client.get("/encyclopedia/youth/"), client.get("/encyclopedia/the-commons/")
    assert "Related entries The commons" in words_of(page)
    assert "Related entries Youth" in words_of(other)
    assert "care" in words_of(client.get("/topics/care/"))


def test_what_cannot_be_taken_over_leaves_the_entry_as_it_was(book: Any, client: Client) -> None:
    sign_in(client, ENCYCLOPEDIA_EDITOR)
    entry = book.entries.get(slug="youth")
    make.suggestion(entry=entry, kind="tag", value="care")
    make.suggestion(entry=entry, kind="related", value="99")
    address = reverse("admin:encyclopedia_entry_act", args=[entry.pk, "take-over"])

    refused = client.post(address)

    assert "No other entry of this work has the number 99." in plain(refused.content.decode())
    assert list(entry.tags.all()) == []
    assert set(entry.suggestions.values_list("state", flat=True)) == {"proposed"}


def test_many_suggestions_are_taken_over_with_one_sentence(book: Any, client: Client) -> None:
    sign_in(client, ENCYCLOPEDIA_EDITOR)
    entry = book.entries.get(slug="youth")
    for number in range(7):
        make.suggestion(entry=entry, kind="tag", value=f"topic {number}")
    wrong = make.suggestion(entry=entry, kind="related", value="99")

    page = client.post(
        reverse("admin:encyclopedia_suggestion_changelist"),
        {"action": "accept_selected", "select_across": "1", "_selected_action": [wrong.pk]},
        follow=True,
    )

    told = [str(message) for message in page.context["messages"]]
    assert told[-1] == "Accepted: 7 suggestions are part of their records now."
    assert len(told) == 2
    assert entry.tags.count() == 7
