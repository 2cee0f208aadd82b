"""The pages of meetings, from the agenda to what came of it, for each reader."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from taskforce.models import JoinLink, Meeting, MeetingPartner, PolicyInstrument
from tests import make
from tests.pages import part_of, strand, words_of
from tests.staff import in_role
from untfsse.kit.records.roles import MEMBER

pytestmark = pytest.mark.django_db
CARRIED = "Activities that its sub-groups carry, or that arise from it"

SPECIAL = "special-2022-07-19"


def special_meeting() -> Any:
    """Return the special meeting of 19 July 2022 with what hangs on it."""
    meeting = make.meeting(
        title="Special meeting on operationalizing the Action Plan 2022-2024",
        slug=SPECIAL,
        format="virtual",
        reported_participants=40,
    )
    eclac = make.organization(name="ECLAC", slug="eclac")
    unctad = make.organization(name="UNCTAD", slug="unctad")
    ripess = make.organization(name="RIPESS", slug="ripess")
    ilo_text = make.instrument(short_title="ILO resolution", symbol="ILC.110/Resolution II")
    milestones = make.agenda_item(meeting=meeting, number=1, title="Milestones", kind="update")
    milestones.instruments.add(ilo_text)
    work = make.agenda_item(meeting=meeting, number=2, title="How to put the plan to work")
    make.agenda_item(meeting=meeting, number=1, parent=work, title="First steps")
    number = "UNTFSSE/2022/SM/D"
    first = make.decision(meeting=meeting, number=f"{number}1", slug="d1", text="Welcomed ECLAC")
    second = make.decision(meeting=meeting, number=f"{number}2", slug="d2", text="Welcomed her")
    third = make.decision(
        meeting=meeting,
        number=f"{number}3",
        slug="d3",
        kind="agrees",
        text="Agreed to form sub-groups",
        agenda_item=work,
    )
    make.seat(organization=eclac, from_on="2022-07-19", admitted_by=first)
    make.seat(organization=unctad, from_on="by 2016-11-03")
    make.seat(organization=ripess, category="observer", from_on="2022")
    make.term(
        organization=unctad,
        office=make.office(title="Deputy Chair"),
        person=make.person(name="Chantal Line Carpentier"),
        from_on="2022-07-19",
        welcomed_by=second,
    )
    for organization in [eclac, unctad, ripess]:
        make.attendance(meeting=meeting, organization=organization)
    plan = make.action_plan(title="Action Plan 2022-2024")
    area = make.priority_area(plan=plan)
    make.sub_group(plan=plan, area=area, name="Sub-group 1", established_by=third)
    activity = make.activity(plan=plan, area=area, title="Follow-up of the resolution")
    activity.instruments.add(ilo_text)
    return meeting


def test_the_thread_of_the_special_meeting_is_followed_from_its_page(client: Client) -> None:
    special_meeting()

    page = client.get(f"/meetings/{SPECIAL}/")

    assert [item.title for item in page.context["agenda"]] == [
        "Milestones",
        "How to put the plan to work",
    ]
    assert [decision.text for decision in page.context["decisions"]] == [
        "Welcomed ECLAC",
        "Welcomed her",
        "Agreed to form sub-groups",
    ]
    given = strand(page, "Seats it gave and offices it welcomed")
    assert given == ["ECLAC", "Chantal Line Carpentier"]
    assert strand(page, "Sub-groups it formed") == ["Sub-group 1"]
    assert strand(page, CARRIED) == ["Follow-up of the resolution"]
    assert strand(page, "Instruments it spoke of") == ["ILO resolution"]


def test_the_thread_is_followed_from_a_decision(client: Client) -> None:
    special_meeting()

    third = client.get("/decisions/d3/")
    first = client.get("/decisions/d1/")

    assert strand(third, "A meeting spoke of it") == ["How to put the plan to work"]
    assert strand(third, "The decision") == ["UNTFSSE/2022/SM/D3"]
    assert strand(third, "Sub-groups it formed") == ["Sub-group 1"]
    assert strand(first, "Seats it gave and offices it welcomed") == ["ECLAC"]
    assert "Under which agenda item it was taken is not recorded." in words_of(first)


def test_the_thread_is_followed_from_an_instrument(client: Client) -> None:
    special_meeting()
    text = PolicyInstrument.objects.get(short_title="ILO resolution")

    page = client.get(text.get_absolute_url())

    assert strand(page, "Meetings spoke of it")[0] == "Milestones"
    assert strand(page, "The instrument") == ["ILO resolution"]
    assert strand(page, "Activities that serve it") == ["Follow-up of the resolution"]


def test_attendance_shows_the_seat_of_that_day_and_counts_it(client: Client) -> None:
    meeting = special_meeting()
    guest = make.organization(name="Guest", slug="guest")
    make.seat(organization=guest, from_on="2022-07-20")
    make.attendance(meeting=meeting, organization=guest)
    make.attendance(meeting=meeting, organization=make.organization(name="Ill"), state="apologies")

    page = client.get(f"/meetings/{SPECIAL}/")

    present, apologies = page.context["attendance"]
    assert present.label == "Present (4)"
    assert [[cell["text"] for cell in row] for row in present.rows] == [
        ["ECLAC", "Member"],
        ["Guest", "No seat recorded"],
        ["RIPESS", "Perhaps: Observer"],
        ["UNCTAD", "Member"],
    ]
    assert apologies.label == "Apologies (1)"
    words = part_of(page, "attendance")
    assert "Reported 40 participants" in words
    counted = "2 members, 0 observers, 1 with a possible seat, 1 organization without a seat"
    assert f"Named as present {counted}" in words


def test_an_organization_attends_on_behalf_of_another(client: Client) -> None:
    meeting = make.meeting(slug="m")
    make.attendance(meeting=meeting, on_behalf_of=make.organization(name="Its parent"))

    [group] = client.get("/meetings/m/").context["attendance"]

    assert group.columns == ["Organization", "Seat that day", "On behalf of"]
    assert group.rows[0][2]["text"] == "Its parent"


@pytest.mark.parametrize(
    ("starts_on", "seat"),
    [
        ("2022-07-18", "No seat recorded"),
        ("2022-07-19", "Member"),
        ("2022-07-31", "Member"),
        ("2022-08-01", "No seat recorded"),
        ("2022-07", "Perhaps: Member"),
        ("2022", "Perhaps: Member"),
        ("2022-06", "No seat recorded"),
        (None, "No seat recorded"),
    ],
)
def test_the_seat_beside_a_name_is_that_of_the_meeting(
    client: Client, starts_on: str | None, seat: str
) -> None:
    meeting = make.meeting(slug="m", starts_on=starts_on)
    present = make.attendance(meeting=meeting)
    make.seat(organization=present.organization, from_on="2022-07-19", until_on="2022-07-31")

    [group] = client.get("/meetings/m/").context["attendance"]

    assert group.rows[0][1]["text"] == seat


@pytest.mark.parametrize(
    ("count", "wording", "words"),
    [
        (40, "", "Reported 40 participants"),
        (1, "", "Reported 1 participant"),
        (30, "about 30", "Reported about 30 participants"),
        (7, "7 agencies", "Reported 7 agencies"),
        (None, "", "Which organizations took part is not recorded."),
    ],
)
def test_the_reported_figure_keeps_its_wording(
    client: Client, count: int | None, wording: str, words: str
) -> None:
    make.meeting(slug="m", reported_participants=count, participants_wording=wording)

    assert words in part_of(client.get("/meetings/m/"), "attendance")


def test_the_agenda_is_a_tree_in_the_order_of_its_numbers(client: Client) -> None:
    meeting = make.meeting(slug="m")
    second = make.agenda_item(meeting=meeting, number=2, title="Second")
    make.agenda_item(meeting=meeting, number=1, title="First")
    make.agenda_item(meeting=meeting, number=2, parent=second, title="Below two")
    make.agenda_item(meeting=meeting, number=1, parent=second, title="Below one")

    page = client.get("/meetings/m/")

    words = part_of(page, "agenda")
    order = [
        words.index(title)
        for title in ["1. First", "2. Second", "2.1. Below one", "2.2. Below two"]
    ]
    assert order == sorted(order)
    assert page.content.decode().count('id="agenda-2-1"') == 1


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("America/New_York", "10:00-11:35 New York time (14:00-15:35 UTC)"),
        ("UTC", "10:00-11:35 UTC"),
        ("Europe/London", "10:00-11:35 London time (09:00-10:35 UTC)"),
    ],
)
def test_the_hours_are_those_of_the_place_and_of_utc(client: Client, zone: str, words: str) -> None:
    make.meeting(
        slug="m",
        starts_on="2022-07-22",
        starts_time="10:00",
        ends_time="11:35",
        time_zone=zone,
        format="hybrid",
    )

    page = words_of(client.get("/meetings/m/")).replace("\N{EN DASH}", "-")

    assert f"22 July 2022 · {words} · Hybrid" in page


def test_the_hours_of_an_unknown_day_have_no_offset(client: Client) -> None:
    make.meeting(slug="m", starts_on="2022-07", starts_time="10:00", time_zone="Europe/Zurich")

    words = words_of(client.get("/meetings/m/"))

    assert "July 2022 · 10:00 Zurich time" in words
    assert "UTC" not in words


def test_the_series_is_followed_by_number_over_gaps(client: Client) -> None:
    founding = make.meeting(kind="founding", ordinal=1, slug="r1", starts_on="2013-09-30")
    early = make.meeting(kind="regular", ordinal=3, slug="r3", starts_on=None)
    late = make.meeting(kind="regular", ordinal=31, slug="r31", starts_on="2020-07-21")
    make.meeting(kind="regular", ordinal=2, slug="r2", status="draft", starts_on="2014")
    make.meeting(kind="technical_symposium", ordinal=2, slug="ts2")

    page = client.get("/meetings/r3/").context

    assert (page["previous"], page["next"]) == (founding, late)
    assert client.get("/meetings/r1/").context["next"] == early


def test_meetings_without_a_number_follow_by_day(client: Client) -> None:
    first = make.meeting(kind="webinar", slug="w1", starts_on="2022-01-01")
    make.meeting(kind="webinar", slug="w2", starts_on="2022-02")
    last = make.meeting(kind="webinar", slug="w3", starts_on="2022-03-01")
    make.meeting(kind="webinar", slug="w0", starts_on=None)

    page = client.get("/meetings/w2/").context

    assert (page["previous"], page["next"]) == (first, last)
    assert client.get("/meetings/w0/").context["next"] is None


def test_draft_moves_no_meeting_in_the_order_that_visitors_read(client: Client) -> None:
    yearly = make.meeting(kind="regular", ordinal=2, slug="yearly", starts_on="2020")
    make.meeting(kind="regular", ordinal=None, slug="of-june", starts_on="2020-06-01")
    planned = make.meeting(kind="regular", slug="planned", starts_on=None, state="planned")
    hidden = {"kind": "regular", "status": "draft"}
    make.meeting(**hidden, ordinal=1, starts_on="2020-09-01")
    make.meeting(**hidden, ordinal=None, starts_on="2021-01-01")
    make.meeting(kind="regular", ordinal=3, slug="of-autumn", starts_on="2020-10-01")

    page = client.get("/meetings/of-june/").context

    assert page["previous"] == yearly
    assert Meeting.objects.placed().get(pk=planned.pk).stands_on == dt.date(2020, 10, 2)


def test_organizers_and_partners_are_named(client: Client) -> None:
    meeting = make.meeting(slug="m")
    make.save(MeetingPartner(meeting=meeting, role="organizer", name="UNTFSSE"))
    ilo = make.organization(acronym="ILO")
    make.save(MeetingPartner(meeting=meeting, role="partner", organization=ilo))

    words = words_of(client.get("/meetings/m/"))

    assert "Organized by UNTFSSE With ILO" in words


def test_a_meeting_names_no_hidden_record(client: Client) -> None:
    meeting = make.meeting(slug="m")
    draft = make.organization(name="Secret organization", status="draft")
    item = make.agenda_item(meeting=meeting, title="Open item", minutes_text="Secret words")
    item.presenters.add(draft)
    item.instruments.add(make.instrument(short_title="Secret text", status="draft"))
    make.decision(meeting=meeting, agenda_item=item, text="Secret decision", status="draft")
    make.attendance(meeting=meeting, organization=draft)
    make.save(MeetingPartner(meeting=meeting, role="partner", organization=draft))
    make.document(meeting=meeting, title="Secret document", status="draft")
    make.document(meeting=meeting, title="Secret for members", audience="members")
    make.update(title="Secret update", status="draft").meetings.add(meeting)
    make.meeting(title="Secret meeting", status="draft", starts_on="2022-08-01")

    html = client.get("/meetings/m/").content.decode()

    assert "Open item" in html
    assert "secret" not in html.lower()


def test_a_list_of_meetings_does_not_count_hidden_decisions(client: Client) -> None:
    meeting = make.meeting()
    make.decision(meeting=meeting)
    make.decision(meeting=meeting, status="draft")

    assert client.get("/meetings/").context["page"].rows[0].decision_count == 1


@pytest.mark.slow
def test_the_join_link_is_for_members_before_the_meeting(client: Client) -> None:
    meeting = make.meeting(slug="m", state="planned", starts_on="2099-01-01")
    make.save(JoinLink(meeting=meeting, url="https://example.org/join"))
    anonymous = client.get("/meetings/m/").content.decode()
    client.force_login(in_role(MEMBER))

    assert "example.org/join" not in anonymous
    assert 'href="https://example.org/join"' in client.get("/meetings/m/").content.decode()


def test_the_join_link_of_the_secretariat_is_not_for_members(member: Client) -> None:
    meeting = make.meeting(slug="m", state="planned")
    make.save(JoinLink(meeting=meeting, url="https://example.org/join", audience="secretariat"))

    assert "example.org/join" not in member.get("/meetings/m/").content.decode()


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_nobody_joins_a_meeting_that_is_over(member: Client, state: str) -> None:
    meeting = make.meeting(slug="m", state=state)
    make.save(JoinLink(meeting=meeting, url="https://example.org/join"))

    assert "example.org/join" not in member.get("/meetings/m/").content.decode()


def test_the_list_names_the_next_meetings(client: Client) -> None:
    soon = make.meeting(state="planned", starts_on="2098-05", title="Soon")
    later = make.meeting(state="planned", starts_on="2099", title="Later")
    make.meeting(state="held", starts_on="2022")

    page = client.get("/meetings/")

    assert list(page.context["upcoming"]) == [soon, later]
    assert "Next May 2098 · Soon 2099 · Later" in words_of(page)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_meeting_asks_the_same_number_of_questions(
    client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    meeting = make.meeting(slug="m")
    make.minutes(meeting=meeting, state="circulated", circulated_on="2022-08-02", audience="public")
    for _ in range(rows):
        item = make.agenda_item(meeting=meeting)
        below = make.agenda_item(meeting=meeting, parent=item)
        item.presenters.add(make.organization())
        below.instruments.add(make.instrument())
        decision = make.decision(meeting=meeting, agenda_item=item)
        make.seat(admitted_by=decision)
        make.term(welcomed_by=decision, person=make.person())
        present = make.attendance(meeting=meeting, on_behalf_of=make.organization())
        make.seat(organization=present.organization, from_on="2014")
        make.save(MeetingPartner(meeting=meeting, role="partner", organization=make.organization()))
        make.rendition(document=make.document(meeting=meeting))
        make.update().meetings.add(meeting)

    with django_assert_num_queries(8):
        assert client.get("/meetings/m/").status_code == 200
