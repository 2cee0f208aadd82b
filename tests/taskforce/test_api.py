"""The Task Force through the API."""

from typing import Any

import pytest
from django.test import Client

from taskforce.models import DecisionEvidence
from tests import make

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/"


def get(client: Client, path: str) -> Any:
    answer = client.get(ROOT + path)
    assert answer.status_code == 200, answer.content[:500]
    return answer.json()


def slugs(rows: list[dict[str, Any]]) -> list[str]:
    return [row["slug"] for row in rows]


# --- Who held which seat on a day ----------------------------------------------------------

CERTAIN = {"category": "member", "certainty": "certain"}
PRESUMED = {"category": "member", "certainty": "presumed"}
POSSIBLE = {"category": "member", "certainty": "possible"}

SEATS = [
    # A seat known to the day: both ends inclusive.
    ("2022-07-19", "2023-03-31", "2022-07-18", None),
    ("2022-07-19", "2023-03-31", "2022-07-19", CERTAIN),
    ("2022-07-19", "2023-03-31", "2023-03-31", CERTAIN),
    ("2022-07-19", "2023-03-31", "2023-04-01", None),
    # Its beginning known to the month, its end to the year.
    ("2013-09", "2016", "2013-08-31", None),
    ("2013-09", "2016", "2013-09-01", POSSIBLE),
    ("2013-09", "2016", "2013-09-29", POSSIBLE),
    ("2013-09", "2016", "2013-09-30", CERTAIN),
    ("2013-09", "2016", "2016-01-01", CERTAIN),
    ("2013-09", "2016", "2016-01-02", POSSIBLE),
    ("2013-09", "2016", "2016-12-31", POSSIBLE),
    ("2013-09", "2016", "2017-01-01", None),
    # Already held by a day; nobody knows since when.
    ("../2019-11-22", None, "2013-01-01", POSSIBLE),
    ("../2019-11-22", None, "2019-11-21", POSSIBLE),
    ("../2019-11-22", None, "2019-11-22", CERTAIN),
    ("../2019-11-22", None, "2026-01-01", PRESUMED),
]


@pytest.mark.parametrize(("since", "until", "day", "seat"), SEATS)
def test_organizations_tell_the_seat_of_a_day(
    client: Client, since: str, until: str | None, day: str, seat: Any
) -> None:
    organization = make.organization()
    make.seat(organization=organization, from_on=since, until_on=until)
    rows = get(client, f"organizations/?on={day}")["results"]
    assert [(row["slug"], row["seat_on_day"]) for row in rows] == (
        [(organization.slug, seat)] if seat else []
    )
    held = get(client, f"seats/?on={day}")["results"]
    assert [row["certainty"] for row in held] == ([seat["certainty"]] if seat else [])


def test_attendance_tells_the_seat_of_the_meetings_day(client: Client) -> None:
    wanted = {}
    for since, until, day, seat in SEATS:
        row = make.attendance(meeting=make.meeting(starts_on=day))
        make.seat(organization=row.organization, from_on=since, until_on=until)
        wanted[row.meeting.slug, since, until, day] = seat
    rows = get(client, "attendances/?page_size=200")["results"]
    told = {row["meeting"]["slug"]: row["seat_on_day"] for row in rows}
    assert {place: told[place[0]] for place in wanted} == wanted


@pytest.mark.parametrize(
    ("since", "until", "month", "seat"),
    [
        ("2022-06-01", None, "2022-07", PRESUMED),
        ("2022-06-01", "2022-07-31", "2022-07", CERTAIN),
        ("2022-07-19", None, "2022-07", POSSIBLE),
        ("2014", "2022-07-01", "2022-07", POSSIBLE),
        ("2014", "2022-06-30", "2022-07", None),
        ("2022-08-01", None, "2022-07", None),
    ],
)
def test_attendance_at_a_meeting_known_by_its_month_is_sure_only_for_the_whole_month(
    client: Client, since: str, until: str | None, month: str, seat: Any
) -> None:
    organization = make.organization()
    make.seat(organization=organization, from_on=since, until_on=until)
    make.attendance(meeting=make.meeting(starts_on=month), organization=organization)
    [row] = get(client, "attendances/")["results"]
    assert row["seat_on_day"] == seat


def test_sure_seat_hides_a_possible_one(client: Client) -> None:
    organization = make.organization()
    make.seat(organization=organization, category="observer", from_on="2013", until_on="2019")
    make.seat(
        organization=organization,
        category="member",
        from_on="2019-06-01",
        last_documented_on="2020",
    )
    make.attendance(meeting=make.meeting(starts_on="2019-07-01"), organization=organization)
    [row] = get(client, "organizations/?on=2019-07-01")["results"]
    assert row["seat_on_day"] == CERTAIN
    [row] = get(client, "attendances/")["results"]
    assert row["seat_on_day"] == CERTAIN


def test_without_a_day_seats_are_judged_today(client: Client) -> None:
    make.seat(from_on="2014", last_documented_on="2016-11")
    [row] = get(client, "organizations/")["results"]
    assert row["seat_on_day"] is None
    [row] = get(client, "seats/")["results"]
    assert (row["certainty"], row["presumed_since"]["value"]) == ("presumed", "2016-11")


@pytest.mark.parametrize(
    ("day", "certainty", "since"),
    [
        ("2014-12-30", "possible", None),
        ("2014-12-31", "certain", None),
        ("2016-11-03", "certain", None),
        ("2016-11-04", "presumed", "2016-11-03"),
        ("2099-01-01", "presumed", "2016-11-03"),
    ],
)
def test_seats_terms_and_groups_say_how_surely_they_are_held(
    client: Client, day: str, certainty: str, since: str | None
) -> None:
    facts: Any = {"from_on": "2014", "last_documented_on": "2016-11-03"}
    make.seat(**facts)
    make.term(**facts)
    make.sub_group_seat(**facts, sub_group=make.sub_group(**facts))
    for noun in ("seats", "terms", "sub-group-seats", "sub-groups"):
        [row] = get(client, f"{noun}/?on={day}")["results"]
        told = row["presumed_since"] and row["presumed_since"]["value"]
        assert (noun, row["certainty"], told) == (noun, certainty, since)


def test_category_asks_for_the_seat_of_the_day(client: Client) -> None:
    organization = make.organization()
    make.seat(
        organization=organization, category="observer", from_on="2014-01-01", until_on="2019-12-31"
    )
    make.seat(organization=organization, category="member", from_on="2020-01-01")
    asked = "organizations/?category=member&on="
    assert get(client, f"{asked}2019-12-31")["results"] == []
    assert slugs(get(client, f"{asked}2020-01-01")["results"]) == [organization.slug]


# --- Records -------------------------------------------------------------------------------


def test_dates_known_in_part_say_how_much_is_known(client: Client) -> None:
    for slug, starts_on in {"day": "2022-07-19", "month": "2013-05", "by": "../2019-11-22"}.items():
        make.meeting(slug=slug, starts_on=starts_on)
    dates = {row["slug"]: row["starts_on"] for row in get(client, "meetings/")["results"]}
    assert dates == {
        "day": {
            "value": "2022-07-19",
            "precision": "day",
            "first": "2022-07-19",
            "last": "2022-07-19",
        },
        "month": {
            "value": "2013-05",
            "precision": "month",
            "first": "2013-05-01",
            "last": "2013-05-31",
        },
        "by": {
            "value": "2019-11-22",
            "precision": "by",
            "first": None,
            "last": "2019-11-22",
        },
    }


def test_meeting_leads_to_its_parts_and_its_neighbours(client: Client) -> None:
    before = make.meeting(kind="regular", ordinal=1, starts_on="2022-01-01")
    meeting = make.meeting(kind="regular", ordinal=2, country="CH", slug="second")
    after = make.meeting(kind="regular", ordinal=3, starts_on="2023-01-01")
    item = make.agenda_item(meeting=meeting, number=2)
    make.agenda_item(meeting=meeting, parent=item, number=1)
    decision = make.decision(meeting=meeting, agenda_item=item)
    document = make.document(meeting=meeting)
    told = get(client, "meetings/second/")
    assert [row["number"] for row in told["agenda_items"]] == ["2", "2.1"]
    assert told["agenda_items"][1]["parent"]["id"] == told["agenda_items"][0]["id"]
    assert slugs(told["agenda_items"][0]["decisions"]) == [decision.slug]
    assert slugs(told["decisions"]) == [decision.slug]
    assert slugs(told["documents"]) == [document.slug]
    beside = get(client, "meetings/second/thread/")
    assert (beside["previous"]["slug"], beside["next"]["slug"]) == (before.slug, after.slug)
    assert told["country"] == {"code": "CH", "name": "Switzerland"}
    assert told["page"] == "http://testserver/meetings/second/"


def test_agenda_items_are_listed_as_their_agenda_prints_them(client: Client) -> None:
    meeting = make.meeting()
    for number in (2, 1):
        item = make.agenda_item(meeting=meeting, number=number)
        make.agenda_item(meeting=meeting, number=1, parent=item)
    told = [get(client, f"meetings/{meeting.slug}/")["agenda_items"]]
    told += [get(client, "agenda-items/")["results"]]
    assert [[row["number"] for row in rows] for rows in told] == [["1", "1.1", "2", "2.1"]] * 2


def test_meeting_carries_its_thread_with_both_addresses(client: Client) -> None:
    meeting = make.meeting()
    decision = make.decision(meeting=meeting)
    address = get(client, f"meetings/{meeting.slug}/")["thread"]
    assert address == f"http://testserver/api/v1/meetings/{meeting.slug}/thread/"
    strands = client.get(address).json()["strands"]
    links = [link for strand in strands for link in strand["links"]]
    addresses = [(link["url"], link["page"]) for link in links]
    assert (
        f"http://testserver/api/v1/decisions/{decision.slug}/",
        f"http://testserver/decisions/{decision.slug}/",
    ) in addresses


def test_meeting_never_tells_its_minutes(client: Client) -> None:
    meeting = make.meeting()
    make.agenda_item(meeting=meeting, minutes_text="<p>said</p>")
    make.minutes(meeting=meeting, audience="public", text="said")
    told = get(client, f"meetings/{meeting.slug}/")
    assert "minutes" not in told
    assert "minutes_text" not in told["agenda_items"][0]


def test_attendance_leaves_out_what_is_hidden(client: Client) -> None:
    meeting = make.meeting()
    make.attendance(meeting=meeting, organization=make.organization(status="draft"))
    shown = make.attendance(
        meeting=meeting, on_behalf_of=make.organization(status="draft"), state="apologies"
    )
    [row] = get(client, f"meetings/{meeting.slug}/")["attendances"]
    assert row["id"] == str(shown.public_id)
    assert (row["state"], row["on_behalf_of"]) == ("apologies", None)


def test_decision_tells_what_became_of_it(client: Client) -> None:
    later = make.decision()
    decision = make.decision(follow_up="superseded", superseded_by=later)
    seat = make.seat(admitted_by=decision)
    piece = DecisionEvidence(decision=decision, url="https://example.org/a", title="A page")
    make.save(piece)
    told = get(client, f"decisions/{decision.slug}/")
    assert told["superseded_by"]["slug"] == later.slug
    assert [row["organization"]["slug"] for row in told["admitted_seats"]] == [
        seat.organization.slug
    ]
    assert told["evidence"] == [
        {
            "id": str(piece.public_id),
            "document": None,
            "meeting": None,
            "instrument": None,
            "publication": None,
            "link": "https://example.org/a",
            "title": "A page",
        }
    ]
    assert slugs(get(client, f"decisions/{later.slug}/")["supersedes"]) == [decision.slug]


def test_decision_without_information_says_so(client: Client) -> None:
    make.decision()
    [row] = get(client, "decisions/")["results"]
    assert row["follow_up"] == "no_information"


def test_instrument_tells_its_relations_both_ways(client: Client) -> None:
    newer, older = make.instrument(slug="newer"), make.instrument(slug="older")
    make.instrument_relation(source=newer, target=older, kind="supersedes")
    told = get(client, "instruments/newer/")
    assert [(row["kind"], row["target"]["slug"]) for row in told["relations"]] == [
        ("supersedes", "older")
    ]
    assert told["inverse_relations"] == []
    told = get(client, "instruments/older/")
    assert [(row["inverse"], row["instrument"]["slug"]) for row in told["inverse_relations"]] == [
        ("Superseded by", "newer")
    ]
    assert get(client, "instrument-relations/?instrument=older")["count"] == 1


def test_instrument_tells_provisions_steps_parties_and_goals(client: Client) -> None:
    instrument = make.instrument(slug="text", sdgs=[8, 1], jurisdiction=["ES", "FR"])
    above = make.provision(instrument=instrument, kind="part", number="IV")
    make.provision(instrument=instrument, parent=above, kind="preambular", number="")
    make.instrument_event(instrument=instrument)
    make.instrument_party(instrument=instrument, country="IT", role="chair")
    told = get(client, "instruments/text/")
    assert [row["number"] for row in told["provisions"]] == ["IV", None]
    assert told["provisions"][1]["parent"]["id"] == str(above.public_id)
    assert [row["wording"] for row in told["events"]] == ["Adopted"]
    assert [(row["role"], row["country"]["code"]) for row in told["parties"]] == [("chair", "IT")]
    assert told["sdgs"] == [
        {"number": 1, "iri": "http://metadata.un.org/sdg/1"},
        {"number": 8, "iri": "http://metadata.un.org/sdg/8"},
    ]
    assert [country["code"] for country in told["jurisdiction"]] == ["ES", "FR"]


def test_party_of_low_confidence_is_left_out_until_it_is_verified(client: Client) -> None:
    party = make.instrument_party(confidence="low")
    assert get(client, "instrument-parties/")["count"] == 0
    type(party).objects.update(verified_on="2024-01-01")
    assert get(client, "instrument-parties/")["count"] == 1


def test_evidence_is_told_of_every_record(client: Client) -> None:
    make.organization(confidence="medium", note="A note")
    [row] = get(client, "organizations/")["results"]
    assert row["sources"] == make.SOURCES
    assert (row["confidence"], row["verified_on"], row["note"]) == ("medium", None, "A note")


def test_document_leads_to_its_renditions(client: Client) -> None:
    document = make.document(slug="paper")
    make.rendition(document=document, language="fr")
    [told] = get(client, "documents/paper/")["renditions"]
    assert (told["language"], told["link"]) == ("fr", "https://example.org/a.pdf")


def test_person_and_office_tell_their_terms(client: Client) -> None:
    person = make.person()
    term = make.term(person=person, from_on="2022-07-19")
    for path in (f"people/{person.slug}/", f"offices/{term.office.slug}/"):
        [told] = get(client, path)["terms"]
        assert told["id"] == str(term.public_id)
    assert get(client, "terms/?on=2022-07-18")["count"] == 0
    assert get(client, "terms/?on=2022-07-19")["count"] == 1


def test_update_leads_to_what_it_tells_of(client: Client) -> None:
    update = make.update()
    update.meetings.add(make.meeting(slug="told-of"))
    assert slugs(get(client, f"updates/{update.slug}/")["meetings"]) == ["told-of"]


def test_filters_are_those_of_the_pages(client: Client) -> None:
    make.meeting(slug="here", country="CH", starts_on="2022-07-19")
    make.meeting(slug="there", country="FR", starts_on="2021-07-19")
    assert slugs(get(client, "meetings/?country=CH")["results"]) == ["here"]
    assert slugs(get(client, "meetings/?year=2021")["results"]) == ["there"]
    assert slugs(get(client, "meetings/?format=virtual")["results"]) == []
