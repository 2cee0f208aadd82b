"""The timeline: one line of meetings, texts and plans, drawn and as a list under years."""

import re
from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.pages import plain

pytestmark = pytest.mark.django_db


def sections_of(page: Any) -> dict[str, list[str]]:
    """Return the titles under each heading of the list."""
    html = page.content.decode()
    parts = re.findall(r'<section aria-labelledby="(\w+)">(.*?)</section>', html, re.DOTALL)
    return {
        name: re.findall(r'<a href="[^#?"]+">([^<]+)</a>', body)
        for name, body in parts
        if name != "line"
    }


def make_records() -> None:
    """Make records of three nouns, of known and unknown days, and hidden ones."""
    make.meeting(title="Founding", kind="founding", ordinal=1, starts_on="2013-09-30")
    special = make.meeting(title="Special", kind="special", starts_on="2022-07-19")
    make.decision(meeting=special)
    make.meeting(title="To come", state="planned", starts_on=None)
    make.meeting(title="Hidden", starts_on="2016", status="draft")
    make.instrument(short_title="ILO resolution", adopted_on="2022-06-10")
    make.instrument(short_title="Old law", adopted_on="1966")
    make.action_plan(title="Plan", starts_on="2022", ends_on="2024")
    make.action_plan(title="Open plan", starts_on="2023", ends_on=None)


def test_the_line_has_meetings_texts_and_plans_under_years(client: Client) -> None:
    make_records()

    page = client.get("/timeline/")

    assert sections_of(page) == {
        "earlier": ["Old law"],
        "y2013": ["Founding"],
        "y2022": ["Plan", "ILO resolution", "Special"],
        "y2023": ["Open plan"],
        "undated": ["To come"],
    }
    words = plain(page.content.decode())
    assert "2022 1 meeting · 1 decision · 1 text" in words
    assert "date unknown · Special meeting · To come Planned" in words
    assert 'href="/decisions/?year=2022"' in page.content.decode()


def test_the_drawing_has_a_dot_for_each_and_a_line_for_each_plan(client: Client) -> None:
    make_records()
    make.instrument(short_title="Its twin", adopted_on="2022-06-10")

    drawing = client.get("/timeline/").context["timeline"].drawing

    meetings, texts = drawing.lanes
    assert (len(meetings.dots), len(texts.dots)) == (2, 2)
    (x, y), (twin_x, twin_y) = texts.dots
    assert (x, y) != (twin_x, twin_y)
    assert x == twin_x
    assert [(bar.title, bar.is_open) for bar in drawing.plans] == [
        ("Plan", False),
        ("Open plan", True),
    ]
    assert drawing.plans[0].begin < drawing.plans[0].end == drawing.plans[1].end
    assert drawing.years[0] == (2013, 10)


def test_home_and_every_page_lead_to_the_line(client: Client) -> None:
    assert client.get("/").content.decode().count('href="/timeline/"') == 2
    assert client.get("/meetings/").content.decode().count('href="/timeline/"') == 1
    assert "/timeline/" in client.get("/sitemap-pages.xml").content.decode()
    assert "Nothing is on record since 2013" in plain(client.get("/timeline/").content.decode())


@pytest.mark.parametrize("rows", [1, 3])
def test_the_line_asks_the_same_number_of_questions(
    client: Client, django_assert_num_queries: Any, rows: int
) -> None:
    for _ in range(rows):
        make_record_of_each()

    with django_assert_num_queries(4):
        client.get("/timeline/")


def make_record_of_each() -> None:
    """Make a record of each noun on the line."""
    make.decision(meeting=make.meeting(starts_on="2022"))
    make.instrument(adopted_on="2022")
    make.action_plan()
    make.update()
