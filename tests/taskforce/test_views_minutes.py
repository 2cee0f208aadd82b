"""Minutes on a meeting's page: who reads which version."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from taskforce import services
from taskforce.models import AgendaItem
from tests import make
from tests.pages import words_of

pytestmark = pytest.mark.django_db


def minutes_page(browser: Client, **facts: Any) -> str:
    """Return the words of the page of a meeting with minutes."""
    meeting = make.meeting(slug="m")
    make.agenda_item(meeting=meeting, minutes_text="Said under the item.")
    make.minutes(meeting=meeting, text="Said on the whole.", **facts)
    return words_of(browser.get("/meetings/m/"))


def test_a_visitor_sees_nothing_of_the_minutes_of_members(client: Client) -> None:
    words = minutes_page(client, state="circulated", circulated_on="2022-08-02")

    assert "Said" not in words
    assert "Circulated" not in words


def test_a_member_reads_the_version_that_went_round_not_later_edits(member: Client) -> None:
    meeting = make.meeting(starts_on="2022-07-19")
    item = make.agenda_item(meeting=meeting, title="Sub-groups", minutes_text="<p>Said.</p>")
    minutes = make.minutes(meeting=meeting, text="")
    services.circulate_minutes(minutes, on=dt.date(2022, 8, 2), by=None)
    AgendaItem.objects.filter(pk=item.pk).update(minutes_text="<p>Rewritten.</p>")

    page = member.get(meeting.get_absolute_url()).content

    assert (page.count(b"Said."), page.count(b"Rewritten.")) == (1, 0)


def test_a_member_reads_circulated_minutes(member: Client) -> None:
    words = minutes_page(member, state="circulated", circulated_on="2022-08-02")

    assert "Circulated Members and observers only circulated 2 August 2022" in words
    assert "Said under the item." in words
    assert "Said on the whole." in words


@pytest.mark.parametrize("audience", ["public", "members", "secretariat"])
def test_draft_minutes_stay_with_the_secretariat(
    member: Client, staff: Client, audience: str
) -> None:
    words = minutes_page(member, audience=audience)

    assert "Said" not in words
    assert "Said on the whole." in words_of(staff.get("/meetings/m/"))


def test_minutes_for_everybody_are_read_by_everybody_and_cleaned(client: Client) -> None:
    meeting = make.meeting(slug="m")
    text = "<p>Agreed<script>alert(1)</script></p>"
    make.minutes(
        meeting=meeting,
        text=text,
        state="circulated",
        circulated_on="2022-08-02",
        audience="public",
    )

    html = client.get("/meetings/m/").content.decode()

    assert "<p>Agreed</p>" in html
    assert "alert" not in html
