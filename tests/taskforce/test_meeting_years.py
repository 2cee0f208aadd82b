"""Meetings in time: under years, over gaps of their series, before and after across all kinds."""

import re
from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.pages import part_of, text_of

pytestmark = pytest.mark.django_db


def years_of(page: Any) -> list[tuple[str, list[str]]]:
    """Return each year of a list with the titles under it."""
    found: list[tuple[str, list[str]]] = []
    headings = re.compile(r'<h2 class="year"[^>]*>(.*?)</h2>|class="item-title"><a[^>]*>(.*?)</a>')
    for year, title in headings.findall(page.content.decode()):
        if year:
            found.append((year, []))
        else:
            found[-1][1].append(title)
    return found


def test_meetings_stand_under_years_on_every_page(client: Client) -> None:
    for title, day in (
        ("D", "2022-07-19"),
        ("C", "2022-03"),
        ("B", "2022"),
        ("A", "by 2016-11-22"),
        ("?", None),
    ):
        make.meeting(title=title, kind="webinar", starts_on=day)

    first = client.get("/meetings/?page_size=2")
    second = client.get(f"/meetings/?{first.context['page'].next_query}")
    third = client.get(f"/meetings/?{second.context['page'].next_query}")

    assert years_of(first) == [("2022", ["D", "C"])]
    assert years_of(second) == [("2022", ["B"]), ("2016", ["A"])]
    assert years_of(third) == [("Day not known", ["?"])]


@pytest.mark.slow
def test_gaps_of_a_series_are_told_on_the_list_and_on_the_page(client: Client) -> None:
    make.meeting(kind="founding", ordinal=1, slug="r1", starts_on="2013-09-30")
    make.meeting(kind="regular", ordinal=2, slug="r2", starts_on="2014", status="draft")
    make.meeting(kind="regular", ordinal=3, slug="r3", starts_on="2014-02")
    make.meeting(kind="regular", ordinal=47, slug="r47", starts_on="2024")
    make.meeting(kind="regular", ordinal=53, slug="r53", starts_on="2025")
    make.meeting(kind="technical_symposium", ordinal=2, slug="ts2", starts_on="2019")
    make.meeting(kind="webinar", slug="w", starts_on="2024-06")

    words, narrowed = text_of(client.get("/meetings/")), text_of(client.get("/meetings/?year=2024"))
    page = part_of(client.get("/meetings/r47/"), "beside")

    told = [
        "Regular meeting, 48th to 52nd: nothing on record",
        "Regular meeting, 4th to 46th: nothing on record",
        "Technical symposium, 1st: nothing on record",
        "Regular meeting, 2nd: nothing on record",
    ]
    assert (
        re.findall(r"(?:Regular meeting|Technical symposium), [\w ]+: nothing on record", words)
        == told
    )
    assert narrowed.count("nothing on record") == 1
    assert told[1] in narrowed
    assert (told[1] in page, told[0] in page) == (True, True)
    assert "nothing on record" not in text_of(client.get("/meetings/w/"))


def test_before_and_after_go_across_all_kinds_and_name_the_series(client: Client) -> None:
    make.meeting(title="A regular one", kind="regular", ordinal=30, starts_on="2020-01-01")
    make.meeting(title="A webinar", kind="webinar", starts_on="2020-02-01")
    make.meeting(kind="regular", ordinal=31, slug="r31", starts_on="2020-03-01")
    make.meeting(title="A draft", kind="special", starts_on="2020-04-01", status="draft")
    make.meeting(title="The next", kind="regular", ordinal=32, starts_on="2020-05-01")
    make.meeting(title="A side event", kind="side_event", starts_on="2020-06-01")

    page = client.get("/meetings/r31/")

    found = [(row.label, row.meeting.title) for row in page.context["beside"]]
    assert found == [
        ("Before", "A webinar"),
        ("Before in its series", "A regular one"),
        ("After", "The next"),
    ]
    words = part_of(page, "beside")
    assert words.startswith("Before and after 1 February 2020 Before A webinar")
    assert "1 May 2020 After The next" in words
