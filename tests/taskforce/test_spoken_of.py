"""An agenda item about another meeting is told on both their pages, their threads, and the API."""

import pytest
from django.test import Client

from tests import make
from tests.pages import words_of

pytestmark = pytest.mark.django_db


def strands(client: Client, slug: str) -> dict[str, list[str]]:
    """Return the titles on the thread of a meeting, as the API gives it."""
    rows = client.get(f"/api/v1/meetings/{slug}/thread/").json()["strands"]
    return {row["label"]: [link["title"] for link in row["links"]] for row in rows}


@pytest.mark.slow
def test_an_agenda_item_about_a_meeting_leads_both_ways(client: Client) -> None:
    event = make.meeting(title="The side event", slug="event")
    sitting = make.meeting(title="The sitting", slug="sitting")
    item = make.agenda_item(meeting=sitting, title="Outcome of the event")
    item.meetings.add(event, make.meeting(title="A draft", status="draft"))
    item.presenters.add(make.organization(slug="ripess"))
    hidden = make.agenda_item(meeting=make.meeting(status="draft"), title="Hidden item")
    hidden.meetings.add(event)

    assert strands(client, "event")["Meetings spoke of it"] == ["Outcome of the event"]
    assert strands(client, "sitting")["Meetings it spoke of"] == ["The side event"]
    assert "Meetings spoke of it · 1 source Outcome of the event" in words_of(
        client.get("/meetings/event/")
    )
    told = client.get("/api/v1/meetings/event/").json()["spoken_of_in"]
    assert [row["title"] for row in told] == [str(item)]
    for question in ("about_meeting=event", "presenter=ripess"):
        rows = client.get(f"/api/v1/agenda-items/?{question}").json()["results"]
        assert [row["title"] for row in rows] == ["Outcome of the event"]
