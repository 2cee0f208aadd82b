"""Markup: what a checker of HTML refuses, and browsers forgive."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.test import Client

from tests import make

TEMPLATES = Path(__file__).parent.parent / "templates"
SAID_TWICE = re.compile(r'role="(?:table|row|rowgroup|cell|columnheader|rowheader)"')


def test_parts_of_a_table_say_no_role_that_they_have() -> None:
    found = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if SAID_TWICE.search(path.read_text())
    }
    assert found == set()


@pytest.mark.django_db
def test_headings_of_a_plan_skip_no_level(client: Client) -> None:
    plan = make.action_plan(slug="plan")
    make.activity(plan=plan, area=make.priority_area(plan=plan))
    make.activity(plan=plan)
    levels = [
        int(level) for level in re.findall(r"<h([1-6])", client.get("/action-plans/plan/").text)
    ]
    assert 4 in levels
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


@pytest.mark.django_db
def test_the_navigation_marks_where_the_reader_is(client: Client) -> None:
    meeting = make.meeting()
    marks = [
        re.findall(r'<a href="(/[^"]*)" aria-current="(page|true)">', client.get(url).text)
        for url in ("/", "/meetings/", meeting.get_absolute_url())
    ]
    assert marks == [[], [("/meetings/", "page")], [("/meetings/", "true")]]
