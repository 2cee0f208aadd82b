"""Decisions are headed by their sentence, with the number beside it, wherever they are listed."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.pages import text_of, titles_of
from tests.test_atom import entries, read, text

pytestmark = pytest.mark.django_db
NUMBER, SENTENCE = "UNTFSSE/2022/SM/D3", "Agrees to form sub-groups on quokkas."


@pytest.mark.slow
def test_a_search_and_a_feed_head_a_decision_by_its_sentence(client: Client) -> None:
    make.decision(number=NUMBER, slug="d3", text=SENTENCE)
    long = make.decision(number="UNTFSSE/2023/R48/D1", text="Quokka " * 50)

    page = client.get("/search/?q=quokka")

    first, second = sorted(titles_of(page))
    assert first == SENTENCE
    assert second == " ".join(["Quokka"] * 40) + "…"
    assert f"Decision {NUMBER} {SENTENCE} " in f"{text_of(page)} "
    told = [(text(each, "title"), text(each, "summary")) for each in entries(read(client, FEED))]
    assert sorted(told) == [(SENTENCE, NUMBER), (second, long.number)]
    offered = client.get("/search/suggestions/", {"q": "untfsse/2022/sm"}).json()[1]
    assert offered == [NUMBER]


FEED = "/search/feed/?q=quokka"


@pytest.mark.parametrize(
    ("words", "shown", "is_long"),
    [(12, "wombat " * 12, False), (20, "wombat " * 20, True), (61, "wombat " * 60, True)],
)
def test_the_heading_of_a_decision_is_at_most_sixty_words(
    client: Client, words: int, shown: str, is_long: bool
) -> None:
    make.decision(slug="d3", text="wombat " * words, number=NUMBER)

    page = client.get("/decisions/d3/")

    heading: Any = page.context["heading"]
    assert (heading.words.rstrip("…"), heading.is_long) == (shown.strip(), is_long)
    assert heading.is_cut is (words > 60)


def test_a_meeting_asks_for_its_decisions_once(client: Client) -> None:
    meeting = make.meeting(slug="special")
    item = make.agenda_item(meeting=meeting)
    make.decision(meeting=meeting, agenda_item=item, number=NUMBER, text=SENTENCE)
    make.decision(meeting=meeting, agenda_item=item, status="draft", text="Hidden")

    with CaptureQueriesContext(connection) as captured:
        page = client.get("/meetings/special/")

    asked = sum(query["sql"].count('"taskforce_decision"."follow_up" AS') for query in captured)
    asked += sum(query["sql"].count('"taskforce_decision"."follow_up",') for query in captured)
    assert asked == 1
    assert f"Decided: {NUMBER}" in text_of(page)
    assert "Hidden" not in page.text
