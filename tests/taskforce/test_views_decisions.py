"""The pages of decisions and of news."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from taskforce.models import Decision
from tests import make
from tests.pages import part_of, words_of

pytestmark = pytest.mark.django_db


def test_a_decision_without_news_says_that_no_word_came(client: Client) -> None:
    make.decision(slug="d")

    words = part_of(client.get("/decisions/d/"), "follow-up")

    silence = "Nobody has told what became of it. That is not the same as nothing."
    assert f"What became of it No word yet {silence}" in words


@pytest.mark.parametrize("kind", ["welcomes", "notes"])
def test_a_decision_that_asks_for_nothing_says_so(client: Client, kind: str) -> None:
    make.decision(slug="d", kind=kind)

    words = part_of(client.get("/decisions/d/"), "follow-up")

    told = "It welcomes or notes something, and asks nobody to do anything."
    assert words == f"What became of it Asks for nothing {told}"


@pytest.mark.slow
def test_what_became_of_a_decision_is_said_alike_everywhere(client: Client) -> None:
    meeting = make.meeting(slug="m")
    make.decision(slug="w", meeting=meeting, kind="welcomes", text="Welcomed Zubrowka")
    make.decision(slug="a", meeting=meeting, kind="agrees", text="Agreed on Zubrowka")
    for decision in Decision.objects.all():
        decision.tags.add("zubrowka")
    told = {"w": "Asks for nothing", "a": "No word yet"}

    for slug, words in told.items():
        assert words in part_of(client.get(f"/decisions/{slug}/"), "follow-up")
        [row] = client.get(f"/decisions/?follow_up={STATES[words]}").context["page"].rows
        assert (row.slug, row.state_label) == (slug, words)
        answer = client.get(f"/api/v1/decisions/?follow_up={STATES[words]}").json()["results"]
        assert [(row["slug"], row["state"]) for row in answer] == [(slug, STATES[words])]
    for page in ("/decisions/", "/meetings/m/", "/topics/zubrowka/"):
        shown = words_of(client.get(page))
        assert [shown.count(f" {words}") for words in told.values()] == [1, 1], page
    client.force_login(make.user(is_staff=True, is_superuser=True))
    rows = client.get("/admin/taskforce/decision/").content.decode()
    assert [rows.count(f'field-told">{words}<') for words in told.values()] == [1, 1]


STATES = {"Asks for nothing": "asks_nothing", "No word yet": "no_information"}


def test_a_decision_says_to_whom_until_when_and_with_what_proof(client: Client) -> None:
    meeting = make.meeting(title="Special meeting")
    decision = make.decision(
        slug="d", meeting=meeting, follow_up="partly", follow_up_on="2023-01-31", due_on="2022-12"
    )
    decision.addressees.add(make.organization(name="ILO"), make.organization(name="OECD"))
    decision.evidence.create(instrument=make.instrument(short_title="The resolution"))
    decision.evidence.create(publication_slug=make.entry(title="Decent work").slug)
    decision.evidence.create(url="https://example.org/news", title="The news")

    page = client.get("/decisions/d/")

    words = words_of(page)
    assert "Addressed to ILO, OECD Due December 2022 Meeting Special meeting" in words
    follow_up = part_of(page, "follow-up")
    assert "Partly implemented Its due day has passed Known on 31 January 2023." in follow_up
    assert "Evidence The resolution Decent work The news" in follow_up


@pytest.mark.parametrize(
    ("due_on", "follow_up", "is_overdue"),
    [
        ("2022-12", "open", True),
        ("2022-12", "implemented", False),
        ("2022-12", "no_information", True),
        ("2099", "open", False),
        (None, "open", False),
    ],
)
def test_a_decision_is_overdue_when_its_last_day_has_passed(
    client: Client, due_on: str | None, follow_up: str, is_overdue: bool
) -> None:
    make.decision(slug="d", due_on=due_on, follow_up=follow_up)

    assert client.get("/decisions/d/").context["is_overdue"] is is_overdue


def test_a_decision_due_before_the_next_meeting_says_when_that_is(client: Client) -> None:
    make.decision(slug="d", is_due_before_next_meeting=True)
    unknown = words_of(client.get("/decisions/d/"))
    make.meeting(kind="regular", starts_on="2022-10-05", status="draft")
    make.meeting(kind="regular", starts_on="2022-12-07")

    assert "Due before the next meeting Meeting" in unknown
    assert "Due before the next meeting (7 December 2022) Meeting" in words_of(
        client.get("/decisions/d/")
    )


def test_what_supersedes_a_decision_is_read_both_ways(client: Client) -> None:
    new = make.decision(slug="new", number="UNTFSSE/2023/D1")
    make.decision(slug="old", number="UNTFSSE/2022/D1", follow_up="superseded", superseded_by=new)

    assert "Superseded by UNTFSSE/2023/D1" in words_of(client.get("/decisions/old/"))
    assert "Supersedes UNTFSSE/2022/D1" in words_of(client.get("/decisions/new/"))


def test_a_decision_names_no_hidden_record(client: Client) -> None:
    hidden = make.decision(number="SECRET/1", text="Secret decision", status="draft")
    decision = make.decision(slug="d", follow_up="superseded", superseded_by=hidden)
    decision.addressees.add(make.organization(name="Secret body", status="draft"))
    decision.evidence.create(document=make.document(title="Secret document", audience="members"))
    decision.evidence.create(meeting=make.meeting(title="Secret meeting", status="draft"))
    decision.evidence.create(publication_slug=make.entry(title="Secret entry", status="draft").slug)
    make.seat(
        organization=make.organization(name="Secret seat", status="draft"), admitted_by=decision
    )

    page = client.get("/decisions/d/")

    assert page.context["proofs"] == []
    assert "secret" not in page.content.decode().lower()


def test_a_decision_of_a_draft_meeting_is_not_found(client: Client) -> None:
    make.decision(slug="d", meeting=make.meeting(status="draft"))

    assert client.get("/decisions/d/").status_code == 404
    assert client.get("/decisions/").context["page"].rows == []


@pytest.mark.parametrize("rows", [1, 3])
def test_a_decision_asks_the_same_number_of_questions(
    client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    meeting = make.meeting()
    item = make.agenda_item(meeting=meeting, parent=make.agenda_item(meeting=meeting))
    decision = make.decision(
        slug="d",
        meeting=meeting,
        agenda_item=item,
        follow_up="superseded",
        superseded_by=make.decision(),
    )
    for _ in range(rows):
        decision.addressees.add(make.organization())
        decision.evidence.create(document=make.document())
        decision.evidence.create(meeting=make.meeting())
        decision.evidence.create(instrument=make.instrument())
        make.decision(follow_up="superseded", superseded_by=decision)
        make.seat(admitted_by=decision)
        item.instruments.add(make.instrument())

    with django_assert_num_queries(7):
        assert client.get("/decisions/d/").status_code == 200


@pytest.mark.parametrize(("days", "word"), [(-1, "Closed"), (0, "Open"), (1, "Open")])
def test_a_call_is_open_on_the_day_of_its_deadline(client: Client, days: int, word: str) -> None:
    day = timezone.localdate() + dt.timedelta(days=days)
    make.update(slug="call", kind="call", deadline_on=day)

    words = words_of(client.get("/updates/call/"))

    assert f"{word} Deadline: {day.day} {day:%B %Y}" in words
    assert (f"Open until {day.day} {day:%B %Y}" in words_of(client.get("/updates/"))) is (days >= 0)


def test_an_update_links_what_it_is_about_and_nothing_hidden(client: Client) -> None:
    update = make.update(slug="u")
    update.meetings.add(make.meeting(title="A meeting"))
    update.meetings.add(make.meeting(title="Secret meeting", status="draft"))
    update.organizations.add(make.organization(name="A body"))
    update.instruments.add(make.instrument(short_title="A text"))
    update.documents.add(make.document(title="A document"))
    update.documents.add(make.document(title="Secret document", audience="members"))

    page = client.get("/updates/u/")

    about = part_of(page, "about")
    assert [name for name in ["A meeting", "A body", "A text", "A document"] if name in about] == [
        "A meeting",
        "A body",
        "A text",
        "A document",
    ]
    assert "secret" not in page.content.decode().lower()
