"""Commitments: who said on a day what they would do, and what it serves."""

from typing import Any

import pytest
from django.test import Client

from actionplan.models import Commitment
from tests import make
from tests.pages import titles_of, words_of
from tests.staff import sign_in
from untfsse.kit.records.roles import SECRETARIAT

pytestmark = pytest.mark.django_db


@pytest.fixture
def commitment() -> Commitment:
    """A commitment of a government and of a hidden one, told at a meeting."""
    made: Commitment = make.build(
        Commitment,
        slug="c",
        title="They back the project",
        made_by="A coalition of two States",
        made_on="2022-12-13",
        text="Both said so.",
        meeting=make.meeting(title="The meeting", slug="meeting"),
        instrument=make.instrument(short_title="The resolution", slug="text"),
        activity=make.activity(slug="activity"),
        plan=make.action_plan(slug="plan"),
    )
    france = make.organization(name="Government of France", slug="france", kind="government")
    made.organizations.add(france, make.organization(name="Secret", status="draft"))
    return made


def test_a_commitment_says_who_made_it_when_and_for_what(
    client: Client, commitment: Commitment
) -> None:
    page = client.get("/commitments/c/")
    assert 'class="eyebrow"' not in page.text
    words = words_of(page)
    assert "They back the project 13 December 2022 Both said so." in words
    assert "Made by A coalition of two States Made or told at The meeting" in words
    assert "Serves the instrument The resolution" in words
    assert "Named among them Government of France" in words
    assert "Secret" not in words
    told = client.get("/api/v1/commitments/?organization=france").json()["results"]
    assert [row["slug"] for row in told] == ["c"]
    assert [row["slug"] for row in told[0]["organizations"]] == ["france"]
    assert titles_of(client.get("/commitments/?year=2021")) == []


@pytest.mark.slow
def test_what_it_names_leads_to_it(client: Client, commitment: Commitment) -> None:
    link = f'href="{commitment.get_absolute_url()}"'
    pages = [
        "/organizations/france/",
        "/meetings/meeting/",
        "/instruments/text/",
        "/activities/activity/",
        "/action-plans/plan/",
    ]
    assert [link in client.get(page).content.decode() for page in pages] == [True] * 5
    Commitment.objects.update(status="draft")
    assert [link in client.get(page).content.decode() for page in pages] == [False] * 5


def test_its_list_asks_the_same_for_three(client: Client, django_assert_num_queries: Any) -> None:
    for number in (0, 1, 2):
        make.build(Commitment, title=f"Commitment {number}", made_on=f"202{number}")
        if number != 1:
            with django_assert_num_queries(4):
                titles = titles_of(client.get("/commitments/"))
    assert titles == ["Commitment 2", "Commitment 1", "Commitment 0"]


def test_the_secretariat_writes_one_down(client: Client) -> None:
    sign_in(client, SECRETARIAT)
    sent = {
        "title": "They pledge funds",
        "slug": "funds",
        "made_by": "Two governments",
        "made_on": "2025",
        "confidence": "medium",
        "sources": "A report | https://example.org/",
    }
    assert client.post("/admin/actionplan/commitment/add/", sent).status_code == 302
    made = Commitment.objects.get()
    assert (made.title, str(made.made_on), made.status) == ("They pledge funds", "2025", "draft")


def test_who_funds_an_activity_is_told_apart(client: Client) -> None:
    activity = make.activity(slug="a")
    luxembourg = make.organization(name="Luxembourg", kind="government", slug="lu")
    make.activity_organization(activity=activity, organization=luxembourg, role="funder")

    words = words_of(client.get("/activities/a/"))
    assert "Led by not known Funded by Luxembourg" in words
    assert f"{activity.title} · Funding" in words_of(client.get("/organizations/lu/"))
