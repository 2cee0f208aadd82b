"""Answers above the results: what the records say themselves."""

import datetime as dt

import pytest
from django.test import Client

from tests import make
from tests.search import VISITOR
from untfsse.search import answers, read

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 28)


def told(text: str) -> list[tuple[str, str, str, str]]:
    """Return what is answered."""
    found = answers(read(text), VISITOR, TODAY)
    return [(str(each.label), each.title, each.url, each.note) for each in found]


@pytest.fixture
def chairs() -> None:
    """Two chairs after each other, and a deputy."""
    chair, deputy = make.office(title="Chair"), make.office(title="Deputy Chair")
    ilo = make.organization(name="Labour", acronym="ILO", slug="ilo")
    unctad = make.organization(name="Trade", acronym="UNCTAD", slug="unctad")
    facts = {"office": chair, "sources": [{"title": "Report", "url": "https://example.org/"}]}
    first = make.person(name="First Chair")
    make.term(
        **facts, organization=unctad, person=first, from_on="2020-01-01", until_on="2022-12-31"
    )
    second = make.person(name="Second Chair")
    make.term(
        **facts,
        organization=ilo,
        person=second,
        from_on="2023-01-01",
        last_documented_on="2025-12-05",
    )
    make.term(
        office=deputy,
        organization=unctad,
        person=make.person(name="A Deputy"),
        from_on="2022-01-01",
    )


@pytest.mark.usefixtures("chairs")
def test_holder_of_an_office_is_told_with_day_and_source() -> None:
    now = [
        (
            "Chair",
            "Second Chair (ILO)",
            "/organizations/ilo/",
            "Since 1 January 2023; last documented 5 December 2025; source: Report",
        )
    ]
    assert told("Who is the chair?") == told("présidente du groupe") == told("current chair") == now
    assert [one[1] for one in told("chair on 19 July 2022")] == ["First Chair (UNCTAD)"]
    assert [one[1] for one in told("who was deputy chair in 2022")] == ["A Deputy (UNCTAD)"]
    assert told("chair of the wombats") == []


def test_hidden_holder_is_not_told() -> None:
    hidden = make.organization(status="draft")
    make.term(office=make.office(title="Chair"), organization=hidden, from_on="2020-01-01")
    assert told("chair") == []


def test_members_of_a_day_are_counted_and_listed() -> None:
    for year in (2013, 2020, 2024):
        make.seat(category="member", from_on=f"{year}-01-01")
    make.seat(category="observer", from_on="2013-01-01")
    note = "As far as seats are documented; presumed ones are counted too."
    address = "/organizations/?on=2022-07-19"
    assert told("Who was a member on 19 July 2022") == [
        ("On 19 July 2022", "2 members", address, note)
    ]
    assert told("members and observers today") == [
        ("Now", "3 members, 1 observer", "/organizations/", note)
    ]
    assert told("members of parliament") == []


def test_seat_of_an_organization_is_told() -> None:
    who = make.organization(name="World Health Organization", acronym="WHO", slug="who")
    make.seat(organization=who, category="member", from_on="2024-03-14", sources=[])
    seat = ("Member", "World Health Organization (WHO)", "/organizations/who/")
    assert told("when did WHO join")[0][:3] == seat
    assert told("is the World Health Organization a member")[0][:3] == seat
    assert told("when did the wombats join") == []


def test_next_and_last_meeting_are_told_with_their_day() -> None:
    make.meeting(title="Past", slug="past", starts_on="2026-10-01", city="Rome")
    none = ("Next", "No meeting to come is on record", "/meetings/", "")
    last = ("Last", "Past", "/meetings/past/", "1 October 2026, Rome")
    assert told("When is the next meeting?") == [none, last]
    make.meeting(title="Later", slug="later", starts_on="2027-02", state="planned")
    assert told("prochaine réunion")[0] == ("Next", "Later", "/meetings/later/", "February 2027")
    assert told("last meeting") == [last]
    assert told("next meeting on wombats") == []


def test_votes_sponsors_and_changes_of_texts_are_told_by_their_symbols() -> None:
    first = make.instrument(symbol="A/RES/77/281", slug="first", short_title="First text")
    second = make.instrument(symbol="A/RES/79/213", slug="second", short_title="Second text")
    make.instrument(symbol="A/RES/77/28", slug="other")
    make.vote(instrument=first, in_favour=120, against=1, body="Plenary")
    make.vote(instrument=second, mode="without_a_vote", in_favour=None)
    make.instrument_party(instrument=first, country="SN", role="main_sponsor")
    make.provision_relation(instrument=second, earlier_instrument=first)
    vote = ("Vote", "By a recorded vote; 120 in favour, 1 against; Plenary", "/instruments/first/")
    assert [one[:3] for one in told("how many countries voted for 77/281?")] == [vote]
    assert told("who sponsored A/RES/77/281")[0][:3] == ("Sponsors", "Senegal", vote[2])
    changed = ("What changed", "From A/RES/77/281 to A/RES/79/213")
    address = "/instruments/second/since/first/"
    assert told("what changed between 79/213 and 77/281") == [(*changed, address, "Second text")]
    assert told("vote 77/28") == told("who voted") == told("changes of 77/281") == []


def test_list_of_a_noun_is_named() -> None:
    assert told("latest decisions") == [("List", "Decisions", "/decisions/", "")]
    assert told("news")[0][2] == "/updates/"
    assert told("action plan")[0][2] == "/action-plans/"
    assert told("decisions on wombats") == []


def test_what_waits_for_an_organization_is_named() -> None:
    who = make.organization(name="World Health Organization", acronym="WHO", slug="who")
    make.organization(acronym="ILO", status="draft")
    for text in ("decisions addressed to WHO", "what waits for WHO", "activities led by WHO"):
        assert [one[:3] for one in told(text)] == [
            ("What waits for it", who.full_name, "/organizations/who/")
        ], text
    assert told("decisions addressed to ILO") == told("led by wombats") == []


def test_meeting_of_which_nothing_is_on_record_is_told() -> None:
    for number in (47, 53):
        make.meeting(title=f"Meeting {number}", kind="regular", ordinal=number, slug=f"r{number}")
    none, before, after = told("50th meeting")
    assert none == ("Regular meeting 50", "Nothing is on record of it", "/meetings/", "")
    assert [before[1], after[1]] == ["Meeting 47", "Meeting 53"]
    assert told("47th meeting") == told("50th meeting on wombats") == []


def test_answers_stand_above_the_results(client: Client) -> None:
    make.meeting(title="The next meeting", slug="held", starts_on="2020")
    page = client.get("/search/", {"q": "next meeting"}).text
    assert 0 < page.index("No meeting to come is on record") < page.index('id="results"')
    assert "answers" not in client.get("/search/", {"q": "next meeting", "kind": "meeting"}).text
