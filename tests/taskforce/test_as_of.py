"""As of a day: organizations, offices, sub-groups and plans as they were, and the way back."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.asking import ROOT, get
from tests.pages import part_of, text_of, titles_of

pytestmark = pytest.mark.django_db
DAY = "2022-07-19"
PAST = "As of 19 July 2022"
PAGES = [
    "/organizations/",
    "/offices/",
    "/sub-groups/",
    "/action-plans/",
    "/organizations/unctad/",
    "/sub-groups/group/",
    "/organizations/unctad/cite/",
]


@pytest.fixture(scope="module")
def records(module_db: None) -> dict[str, Any]:
    """An organization that was an observer under another name, with offices and a sub-group."""
    unctad = make.organization(name="UN Trade and Development", acronym="UNCTAD", slug="unctad")
    unctad.former_names.create(name="Conference on Trade", until_on="2024-04-08")
    make.seat(organization=unctad, category="observer", from_on="2014-01-01", until_on="2022-12-31")
    make.seat(organization=unctad, category="member", from_on="2023-01-01")
    deputy, chair = make.office(title="Deputy Chair"), make.office(title="Chair", slug="chair")
    make.term(
        organization=unctad,
        office=deputy,
        person=make.person(name="Chantal Line Carpentier"),
        from_on=DAY,
        until_on="2023-11-30",
    )
    later = make.organization(name="Later body")
    make.term(organization=later, office=chair, from_on="2024-03-14")
    plan = make.action_plan(title="Plan of 2022", starts_on="2022", ends_on="2024", slug="plan")
    make.action_plan(title="Plan of 2025", starts_on="2025", ends_on="2027")
    make.action_plan(title="Plan without an end", starts_on="2016", ends_on=None)
    group = make.sub_group(plan=plan, name="Statistics", slug="group", from_on=DAY)
    make.sub_group_seat(sub_group=group, organization=unctad, from_on=DAY, role="lead")
    make.sub_group_seat(sub_group=group, organization=later, from_on="2024", role="member")
    make.attendance(organization=unctad, meeting=make.meeting(title="There then", starts_on=DAY))
    make.attendance(organization=unctad, meeting=make.meeting(title="After", starts_on="2023-01"))
    make.update(title="Old news", happened_on="2022").organizations.add(unctad)
    make.update(title="New news", happened_on="2024").organizations.add(unctad)
    return {"unctad": unctad}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_of_which_day_it_tells_and_leads_back(
    records: Any, client: Client, path: str
) -> None:
    page = client.get(path, {"on": DAY})

    assert page.status_code == 200
    assert text_of(page).count(PAST) == 1
    assert f'<a href="{path}">Back to today</a>' in page.text
    assert f'name="on" value="{DAY}"' in page.text
    assert "As of" not in text_of(client.get(path)).replace("As of the day", "")


@pytest.mark.parametrize("path", PAGES)
def test_what_is_no_day_is_refused_at_its_field(records: Any, client: Client, path: str) -> None:
    for day in ("2022-02-30", "yesterday", "\u0000"):
        page = client.get(path, {"on": day})

        assert page.status_code == 200
        assert page.text.count('class="errorlist"') == 1
        assert re.search(
            r'<input type="date" name="on"(?![^>]* value=)[^>]*aria-invalid', page.text
        )
        assert "Back to today" not in page.text


def test_an_organization_is_shown_as_it_was_on_a_day(records: Any, client: Client) -> None:
    words = text_of(client.get("/organizations/unctad/", {"on": DAY}))
    today = text_of(client.get("/organizations/unctad/"))

    assert "Then called Conference on Trade" in words
    assert "Observer 1 January 2014" in words
    assert "Deputy Chair (Chantal Line Carpentier)" in words
    for later in ("Member", "After", "New news", "What waits for it", "Later"):
        assert later not in words
    for then in ("There then", "Old news"):
        assert then in words
    assert "Then called" not in today
    for now in ("Member", "After", "New news", "What waits for it"):
        assert now in today


def test_an_organization_before_its_first_seat_says_so(records: Any, client: Client) -> None:
    words = text_of(client.get("/organizations/unctad/", {"on": "2013-09-30"}))

    assert "No seat in the Task Force is recorded for that day." in words
    assert "No seat and no office is recorded." in words


def test_offices_say_who_held_them_on_a_day(records: Any, client: Client) -> None:
    then = client.get("/offices/", {"on": DAY})
    before = client.get("/offices/", {"on": "2022-07-18"})
    today = client.get("/offices/")

    held = [(str(office), [str(term) for term in terms]) for office, terms in then.context["held"]]
    assert held == [("Deputy Chair", ["Deputy Chair: Chantal Line Carpentier"]), ("Chair", [])]
    assert "Nobody is on record for that day." in text_of(before)
    assert "Chantal" not in text_of(before)
    assert "Chair Later body since 14 March 2024" in text_of(today)
    assert 'href="/offices/"' in client.get("/").text
    rows = get(client, f"{ROOT}terms/?on={DAY}")["results"]
    assert [str(row["person"]).count("Chantal Line Carpentier") for row in rows] == [1]


def test_a_sub_group_shows_who_sat_in_it_on_a_day(records: Any, client: Client) -> None:
    then = part_of(client.get("/sub-groups/group/", {"on": DAY}), "seats")
    before = part_of(client.get("/sub-groups/group/", {"on": "2022-07-18"}), "seats")
    today = part_of(client.get("/sub-groups/group/"), "seats")

    assert "UNCTAD" in then
    assert "Later body" not in then
    assert "Nobody is recorded as sitting in it." in before
    assert "Later body" in today


def test_plans_are_narrowed_to_those_that_ran_on_a_day(records: Any, client: Client) -> None:
    path = "/action-plans/"
    assert titles_of(client.get(path, {"on": DAY})) == ["Plan of 2022", "Plan without an end"]
    assert titles_of(client.get(path, {"on": "2015-12-31"})) == []
    words = text_of(client.get(path, {"on": "2026-06-01"}))
    assert "Plan of 2025" in words
    assert "2016 its end is not known Plan without an end Past" in words
    rows = get(client, f"{ROOT}action-plans/?on={DAY}")["results"]
    assert [row["title"] for row in rows] == ["Plan of 2022", "Plan without an end"]
    assert client.get(f"{ROOT}action-plans/?on=2022-02-30").status_code == 400


def test_a_day_to_come_is_never_told_as_the_past(records: Any, client: Client) -> None:
    day = timezone.localdate() + dt.timedelta(days=30)
    words = text_of(client.get("/organizations/unctad/", {"on": day.isoformat()}))
    assert "That day is still to come" in words


def test_a_term_is_cited_at_an_address_that_answers_as_of_its_day(
    records: Any, client: Client
) -> None:
    page = client.get("/organizations/unctad/cite/", {"on": DAY})
    assert "/organizations/unctad/?on=2022-07-19#tenures" in page.text
