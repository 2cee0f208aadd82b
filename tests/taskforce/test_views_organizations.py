"""The pages of organizations: seats on a day, seats over time, what is asked of them."""

from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.pages import part_of, words_of

pytestmark = pytest.mark.django_db


def test_who_held_a_seat_on_a_day_is_sure_or_perhaps(client: Client) -> None:
    eclac = make.organization(name="ECLAC")
    make.seat(organization=eclac, category="member", from_on="2022-07-19")
    network = make.organization(name="Network")
    make.seat(organization=network, category="observer", from_on="2022")
    make.seat(organization=make.organization(name="Later"), from_on="2022-07-20")

    page = client.get("/organizations/?on=2022-07-19")

    told = [(part["certainty"], part["rows"][0]["record"]) for part in page.context["sections"]]
    assert told == [("certain", eclac), ("possible", network)]
    words = words_of(page)
    assert "Who held a seat on 19 July 2022" in words
    assert "Certain: 1 member, 0 observers" in words
    assert "Possible: 0 members, 1 observer" in words
    assert "since 2022 · possible: a date is known only in part Network Perhaps: Observer" in words
    assert "Later" not in words


def test_a_change_of_category_within_a_year_is_shown_as_open(client: Client) -> None:
    network = make.organization(name="Network")
    make.seat(organization=network, category="observer", from_on="2014-01-01", until_on="2016")
    make.seat(organization=network, category="member", from_on="2016")

    page = client.get("/organizations/?on=2016-05-01")

    assert "Perhaps: Observer or Member" in words_of(page)


def test_a_seat_last_documented_before_the_day_says_so(client: Client) -> None:
    make.seat(from_on="2013-09-30", last_documented_on="2016-11-03")

    since = "since 30 September 2013 · presumed: last documented 3 November 2016, no end is known"
    for day in ("2016-11-04", "2022-07-19", "2099-01-01"):
        words = words_of(client.get(f"/organizations/?on={day}"))
        assert "Presumed: 1 member, 0 observers" in words
        assert "Certain" not in words
        assert since in words
    assert "last documented" not in words_of(client.get("/organizations/?on=2016-11-03"))


def test_a_day_without_seats_says_so(client: Client) -> None:
    make.seat(from_on="2013-09-30")

    assert "No seat is recorded for that day" in words_of(
        client.get("/organizations/?on=2013-09-29")
    )


def test_a_hidden_seat_is_on_no_page_of_organizations(client: Client) -> None:
    network = make.organization(slug="network")
    make.seat(organization=network, category="observer", from_on="2014", confidence="low")

    assert client.get("/organizations/?on=2022-07-19").context["page"].rows == []
    assert "Observer" not in part_of(client.get("/organizations/"), "results")
    assert "No seat and no office is recorded." in words_of(client.get("/organizations/network/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_seats_of_a_day_are_asked_for_at_once(
    client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        make.seat(from_on="2014")

    with django_assert_num_queries(4):
        assert len(client.get("/organizations/?on=2022-07-19").context["page"]) == rows


def test_an_organization_shows_its_seats_and_terms_over_time(client: Client) -> None:
    unctad = make.organization(name="UNCTAD", slug="unctad")
    meeting = make.meeting()
    welcome = make.decision(meeting=meeting, number="UNTFSSE/2022/SM/D2", text="Welcomed her")
    make.seat(
        organization=unctad, category="observer", from_on="by 2014", until_on="2016", basis="Listed"
    )
    make.seat(
        organization=unctad,
        category="member",
        from_on="2017-01-01",
        last_documented_on="2025-12-05",
    )
    make.term(
        organization=unctad,
        office=make.office(title="Deputy Chair"),
        person=make.person(name="Chantal Line Carpentier"),
        from_on="2022-07-19",
        welcomed_by=welcome,
    )

    page = client.get("/organizations/unctad/")

    steps = [str(step.title) for step in page.context["steps"]]
    assert steps == ["Deputy Chair", "Member", "Observer"]
    words = words_of(page)
    assert "Member since 1 January 2017 · presumed: last documented 5 December 2025" in words
    assert "Deputy Chair (Chantal Line Carpentier) · since 19 July 2022 · presumed: last" in words
    assert "Decision UNTFSSE/2022/SM/D2: Welcomed her" in words
    assert "already by 2014, until 2016 Observer Listed" in words


def test_an_organization_lists_what_it_is_asked_to_do_and_where_it_was(client: Client) -> None:
    ilo = make.organization(slug="ilo")
    decision = make.decision(text="Prepare a report", follow_up="open")
    decision.addressees.add(ilo)
    attended = make.attendance(organization=ilo, meeting=make.meeting(title="There")).meeting
    make.attendance(organization=ilo, meeting=make.meeting(title="Away"), state="apologies")
    update = make.update()
    update.organizations.add(ilo)
    instrument = make.instrument(issuing_organization=ilo)

    page = client.get("/organizations/ilo/")

    assert [(one.title, one.note) for one in page.context["waiting"]] == [(decision.text, "Open")]
    assert list(page.context["meetings"]) == [attended]
    assert list(page.context["updates"]) == [update]
    assert list(page.context["instruments"]) == [instrument]
    html = page.content.decode()
    for link in [
        "/decisions/?addressee=ilo",
        "/meetings/?organization=ilo",
    ]:
        assert f'href="{link}"' in html


def test_an_organization_names_no_hidden_record(client: Client) -> None:
    ilo = make.organization(
        slug="ilo", parent=make.organization(name="Secret parent", status="draft")
    )
    make.organization(name="Secret unit", parent=ilo, status="draft")
    hidden = make.decision(text="Secret decision", number="SECRET", status="draft")
    hidden.addressees.add(ilo)
    make.seat(organization=ilo, from_on="2014", admitted_by=hidden)
    make.term(organization=ilo, person=make.person(name="Secret person", status="draft"))
    make.attendance(organization=ilo, meeting=make.meeting(title="Secret meeting", status="draft"))
    make.update(title="Secret update", status="draft").organizations.add(ilo)
    make.instrument(short_title="Secret text", status="draft", issuing_organization=ilo)

    html = client.get("/organizations/ilo/").content.decode()

    assert "Member" in html
    assert "secret" not in html.lower()


@pytest.mark.parametrize("rows", [1, 3])
def test_an_organization_asks_the_same_number_of_questions(
    client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    ilo = make.organization(slug="ilo", parent=make.organization())
    for number in range(rows):
        ended = make.decision()
        make.seat(
            organization=ilo,
            from_on=f"20{10 + number}",
            until_on=f"20{10 + number}",
            admitted_by=make.decision(),
            ended_by=ended,
        )
        make.term(organization=ilo, person=make.person(), welcomed_by=ended)
        ended.addressees.add(ilo)
        make.attendance(organization=ilo)
        make.update().organizations.add(ilo)
        make.organization(parent=ilo)
        make.instrument(issuing_organization=ilo)

    with django_assert_num_queries(6):
        assert client.get("/organizations/ilo/").status_code == 200


def test_only_offices_held_today_stand_at_the_head_of_the_page(client: Client) -> None:
    ilo = make.organization(slug="ilo")
    make.term(organization=ilo, office=make.office(title="Chair"), from_on="2025-07-15")
    past = make.office(title="Co-Chair")
    make.term(organization=ilo, office=past, from_on="2024-03-14", until_on="2025-07-14")
    hidden = make.office(title="Vice-Chair")
    make.term(organization=ilo, office=hidden, from_on="2025", confidence="low")

    page = client.get("/organizations/ilo/")

    assert [term.office.title for term, _note in page.context["offices"]] == ["Chair"]
    assert [str(step.title) for step in page.context["steps"]] == ["Chair", "Co-Chair"]
