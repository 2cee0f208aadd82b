"""Goals and topics: what is filed under them, honestly empty, for whom, and what it costs."""

from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.staff import member

pytestmark = pytest.mark.django_db

GOAL_QUERIES = 1
TOPIC_QUERIES = 2


def groups(client: Client, path: str) -> dict[str, list[str]]:
    """Return the titles that a page shows by noun, of those nouns that have some."""
    response = client.get(path)
    assert response.status_code == 200
    shown = response.context["groups"]
    return {group.name: [row.title for row in group.rows] for group in shown if group.rows}


# --- Goals ---------------------------------------------------------------------------------


def test_goal_shows_what_serves_it_by_noun(client: Client) -> None:
    make.instrument(short_title="Instrument", sdgs=[8, 17])
    make.entry(title="Entry", sdgs=[8])
    plan = make.action_plan(title="Plan")
    make.activity(plan=plan, title="Activity", sdgs=[1, 8])
    make.entry(title="Another goal", sdgs=[7])
    make.entry(title="Draft", sdgs=[8], status="draft")
    assert groups(client, "/sdgs/8/") == {
        "instruments": ["Instrument"],
        "entries": ["Entry"],
        "activities": ["Activity"],
        "action-plans": ["Plan"],
    }


def test_goal_without_records_says_why(client: Client) -> None:
    page = client.get("/sdgs/14/").text
    assert "Life below water" in page
    assert page.count("what is only suggested waits for an editor.") == 1
    assert groups(client, "/sdgs/14/") == {}


@pytest.mark.parametrize(
    ("number", "status"), [(0, 404), (1, 200), (17, 200), (18, 404), ("10" * 50, 404), ("²", 404)]
)
def test_goals_are_seventeen(client: Client, number: Any, status: int) -> None:
    assert client.get(f"/sdgs/{number}/").status_code == status


def test_goal_with_many_records_leads_to_the_list(client: Client) -> None:
    for _ in range(11):
        make.entry(sdgs=[8])
    entries = next(
        group for group in client.get("/sdgs/8/").context["groups"] if group.name == "entries"
    )
    assert (len(entries.rows), entries.count, entries.is_cut, entries.url) == (
        10,
        11,
        True,
        "/encyclopedia/?sdg=8",
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_goal_makes_the_same_queries_however_many_records(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        make.instrument(sdgs=[8])
        make.entry(sdgs=[8])
        make.activity(sdgs=[8])
    with django_assert_num_queries(GOAL_QUERIES):
        assert client.get("/sdgs/8/").status_code == 200


# --- Topics --------------------------------------------------------------------------------


def make_all(topic: str, **facts: Any) -> None:
    """One record of every noun that has topics."""
    for build in (
        make.organization,
        make.meeting,
        make.decision,
        make.instrument,
        make.entry,
        make.activity,
        make.update,
        make.document,
    ):
        build(**facts).tags.add(topic)


def test_topic_shows_what_is_filed_under_it_by_noun(client: Client) -> None:
    make_all("Care economy")
    make_all("Care economy", status="draft")
    make_all("Finance")
    shown = groups(client, "/topics/care-economy/")
    assert {name: len(titles) for name, titles in shown.items()} == dict.fromkeys(
        [
            "organizations",
            "meetings",
            "decisions",
            "instruments",
            "entries",
            "activities",
            "updates",
            "documents",
        ],
        1,
    )


@pytest.mark.slow
def test_topic_with_many_records_leads_to_the_list_of_each_noun(client: Client) -> None:
    for _ in range(11):
        make_all("Care economy")
    make_all("Finance")
    make_all("Care economy", status="draft")
    shown = client.get("/topics/care-economy/")
    led = {
        group.name: (len(group.rows), group.count, client.get(group.url).context["page"].count)
        for group in shown.context["groups"]
    }
    assert led == dict.fromkeys(groups(client, "/topics/care-economy/"), (10, 11, 11))
    assert shown.text.count(">All 11<") == len(led) == 8


def test_nouns_without_records_are_left_out(client: Client) -> None:
    make.entry(title="Entry").tags.add("Care economy")
    assert groups(client, "/topics/care-economy/") == {"entries": ["Entry"]}


def test_topic_of_hidden_records_alone_is_not_found(client: Client) -> None:
    make.entry(status="draft").tags.add("Care economy")
    document = make.document(audience="members")
    document.tags.add("Care economy")
    assert client.get("/topics/care-economy/").status_code == 404
    client.force_login(member())
    assert groups(client, "/topics/care-economy/") == {"documents": [document.title]}


def test_unknown_topic_is_not_found(client: Client) -> None:
    assert client.get("/topics/nothing/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_topic_makes_the_same_queries_however_many_records(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        make_all("Care economy")
    with django_assert_num_queries(TOPIC_QUERIES):
        assert client.get("/topics/care-economy/").status_code == 200


def test_topics_are_listed_with_how_many_records_bear_them(client: Client) -> None:
    assert "No topic is in use yet" in client.get("/topics/").text
    make.entry(title="Entry").tags.add("care", "youth")
    make.meeting(title="Meeting").tags.add("care")
    make.meeting(title="Draft", status="draft").tags.add("care", "secret")

    page = client.get("/topics/")

    found = [(topic.name, topic.count) for topic in page.context["topics"]]
    assert found == [("care", 2), ("youth", 1)]
    assert "secret" not in page.text
    assert 'href="/topics/care/"' in page.text
    assert 'href="/sdgs/17/"' in page.text
    assert client.get("/topics/care/").text.count('href="/topics/"') == 2


def test_a_goal_joins_what_is_connected_with_what_serves_it(client: Client) -> None:
    text = make.instrument(short_title="Text", sdgs=[8])
    plan = make.action_plan(title="Plan")
    activity = make.activity(plan=plan, title="Activity", sdgs=[8])
    ilo = make.organization(name="ILO")
    make.activity_organization(activity=activity, organization=ilo, role="lead")
    meeting = make.meeting(title="Meeting")
    make.agenda_item(meeting=meeting).instruments.add(text)
    activity.agenda_items.add(make.agenda_item(meeting=meeting))
    hidden = make.instrument(short_title="Hidden", sdgs=[8], status="draft")
    make.agenda_item(meeting=make.meeting(title="Other")).instruments.add(hidden)
    make.meeting(title="Unconnected")

    assert groups(client, "/sdgs/8/") == {
        "instruments": ["Text"],
        "activities": ["Activity"],
        "meetings": ["Meeting"],
        "action-plans": ["Plan"],
        "organizations": ["ILO"],
    }
