"""The pages of plans, sub-groups and activities."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from tests import make

DASH = "\N{EN DASH}"
PLANS, GROUPS, ACTIVITIES = "/action-plans/", "/sub-groups/", "/activities/"


def text_of(page: Any) -> str:
    """Return what a page says in its body, with single spaces."""
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(strip_tags(main).split())


def titles_of(page: Any) -> list[str]:
    """Return the titles of a listing."""
    found = re.findall(r'class="item-title"><a href="[^"]+">(.*?)</a>', page.content.decode())
    return [strip_tags(title) for title in found]


def facts_of(page: Any) -> dict[str, str]:
    """Return the labels and values of a page."""
    rows = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page.content.decode(), re.DOTALL)
    return {strip_tags(label): " ".join(strip_tags(value).split()) for label, value in rows}


# --- Lists ---------------------------------------------------------------------------------


def a_plan() -> None:
    make.action_plan()


def a_group() -> None:
    plan = make.action_plan()
    decision = make.decision()
    make.sub_group(plan=plan, area=make.priority_area(plan=plan), established_by=decision)


def an_activity() -> None:
    plan = make.action_plan()
    activity = make.activity(plan=plan, area=make.priority_area(plan=plan))
    make.progress_report(activity=activity)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "build", "queries"),
    [(PLANS, a_plan, 2), (GROUPS, a_group, 7), (ACTIVITIES, an_activity, 6)],
)
def test_a_list_asks_the_same_questions_for_one_and_for_three(
    db: None,
    client: Client,
    django_assert_num_queries: Any,
    path: str,
    build: Callable[[], None],
    queries: int,
    count: int,
) -> None:
    for _ in range(count):
        build()
    with django_assert_num_queries(queries):
        page = client.get(path)
    assert len(titles_of(page)) == count


def test_the_lists_hide_what_is_not_published(db: None, client: Client) -> None:
    shown, hidden = (
        make.action_plan(title="Shown"),
        make.action_plan(title="Hidden", status="draft"),
    )
    for plan in (shown, hidden):
        make.sub_group(plan=plan, name=f"Group of {plan}")
        make.activity(plan=plan, title=f"Activity of {plan}")
    make.activity(plan=shown, title="Draft activity", status="draft")
    assert titles_of(client.get(PLANS)) == ["Shown"]
    assert titles_of(client.get(GROUPS)) == ["Group of Shown"]
    assert titles_of(client.get(ACTIVITIES)) == ["Activity of Shown"]


def test_plans_stand_newest_first_with_their_state(db: None, client: Client) -> None:
    make.action_plan(title="Old", starts_on="2016", ends_on=None)
    make.action_plan(title="New", starts_on="2024", ends_on="2026", state="current")
    page = client.get(PLANS)
    assert titles_of(page) == ["New", "Old"]
    assert f"2024{DASH}2026 New Current" in text_of(page)


def test_no_report_stands_beside_what_public_sources_say(db: None, client: Client) -> None:
    make.activity(title="Hub", documented_state="done", documented_on="2023")
    assert "Public sources: Done, 2023 Hub No report" in text_of(client.get(ACTIVITIES))


def test_an_old_report_is_told_in_the_list(db: None, client: Client) -> None:
    activity = make.activity(title="Hub")
    make.progress_report(activity=activity, reported_on="2024-03-14", state="on_track")
    text = text_of(client.get(ACTIVITIES))
    assert "Hub On track, not reported since March 2024" in text


def test_fifty_one_activities_are_read_in_pages(db: None, client: Client) -> None:
    plan = make.action_plan()
    for number in range(51):
        make.activity(plan=plan, code=f"A{number:02}", title=f"Activity {number:02}")
    first = client.get(ACTIVITIES)
    link = re.search(r'href="(\?cursor=[^"]+)" rel="next"', first.content.decode())
    assert link is not None
    assert (len(titles_of(first)), titles_of(client.get(ACTIVITIES + link[1]))) == (
        50,
        ["Activity 50"],
    )


@pytest.mark.parametrize("path", [PLANS, GROUPS, ACTIVITIES])
def test_a_list_without_a_match_says_so(db: None, client: Client, path: str) -> None:
    assert "matches Lift a filter" in text_of(client.get(f"{path}?q=nothing"))


@pytest.mark.parametrize(
    "path",
    [
        f"{PLANS}?state=%00",
        f"{PLANS}?q=" + "x" * 10_000,
        f"{GROUPS}?on=%C2%B2",
        f"{GROUPS}?organization=%00",
        f"{ACTIVITIES}?plan=%C2%B2",
        f"{ACTIVITIES}?sdg=99999999999999999999",
        f"{ACTIVITIES}?instrument=" + "x" * 10_000,
        f"{ACTIVITIES}?reported_state=0",
    ],
)
def test_nonsense_is_answered_with_an_error_at_the_field(
    db: None, client: Client, path: str
) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert 'class="errorlist"' in page.content.decode()


@pytest.mark.parametrize("path", [PLANS, GROUPS, ACTIVITIES])
def test_what_is_not_there_is_not_found(db: None, client: Client, path: str) -> None:
    asked = [f"{path}nothing/", f"{path}?cursor=nonsense"]
    assert [client.get(one).status_code for one in asked] == [404, 404]
    assert client.post(path).status_code == 405


# --- A plan --------------------------------------------------------------------------------


def test_a_plan_shows_its_areas_with_what_carries_them(db: None, client: Client) -> None:
    plan = make.action_plan(title="Action Plan 2022-2024", slug="plan")
    first = make.priority_area(plan=plan, position=1, title="Profile", slug="ap22-1")
    make.priority_area(plan=plan, position=4, kind="transversal", title="Governance", slug="ap22-t")
    make.priority_area(plan=plan, position=5, title="Hidden area", status="draft")
    make.sub_group(plan=plan, area=first, name="Sub-group 1")
    make.sub_group(plan=plan, name="Coordinators")
    make.activity(plan=plan, area=first, title="Resolution", is_area_inferred=True)
    make.activity(plan=plan, title="Symposium")
    page = client.get("/action-plans/plan/")
    html, text = page.content.decode(), text_of(page)
    assert re.findall(r'<article class="stack( is-wide)?" id="([^"]+)">', html) == [
        ("", "ap22-1"),
        (" is-wide", "ap22-t"),
    ]
    assert "2 activities are recorded. Nobody has reported on their progress." in text
    assert (
        "Priority area 1 Profile Carried by Sub-group 1 "
        "Activities Resolution No report the area is our reading"
    ) in text
    assert "Transversal area Governance No activity is recorded yet." in text
    assert "Of no single area Carried by Coordinators Activities Symposium No report" in text
    assert "Hidden area" not in html


def test_a_plan_tells_where_it_was_adopted_and_what_it_continues(db: None, client: Client) -> None:
    decision = make.decision(number="UNTFSSE/2021/TS3/D1")
    earlier = make.action_plan(title="Work plan", starts_on="2020", ends_on="2022")
    plan = make.action_plan(adopted_by=decision, continues=earlier, starts_on="2022")
    later = make.action_plan(title="Next plan", starts_on="2025", ends_on="2026", continues=plan)
    make.action_plan(title="Draft plan", continues=plan, status="draft")
    assert facts_of(client.get(plan.get_absolute_url())) == {
        "Adopted by": "UNTFSSE/2021/TS3/D1",
        "Continues": "Work plan",
        "Continued by": "Next plan",
        "Overlaps": "Work plan",
    }
    assert facts_of(client.get(later.get_absolute_url()))["Adopted at"] == "not known"


def test_a_plan_names_the_meeting_where_no_decision_is_known(db: None, client: Client) -> None:
    plan = make.action_plan(adopted_at=make.meeting(title="Third symposium"))
    assert facts_of(client.get(plan.get_absolute_url()))["Adopted at"] == "Third symposium"


def test_a_plan_does_not_name_a_hidden_decision(db: None, client: Client) -> None:
    hidden = make.decision(number="SECRET/1", status="draft")
    plan = make.action_plan(adopted_by=hidden)
    page = client.get(plan.get_absolute_url())
    assert "SECRET/1" not in page.content.decode()
    assert facts_of(page)["Adopted at"] == "not known"


def test_reported_activities_are_counted_in_words(db: None, client: Client) -> None:
    plan = make.action_plan()
    make.progress_report(activity=make.activity(plan=plan))
    make.activity(plan=plan)
    text = text_of(client.get(plan.get_absolute_url()))
    assert "2 activities are recorded, 1 of them with a progress report." in text


# --- A sub-group ---------------------------------------------------------------------------


def test_a_sub_group_shows_its_seats_over_time_leads_first(db: None, client: Client) -> None:
    group = make.sub_group(from_on="2022-07-19")
    for role, name, facts in (
        ("member", "RIPESS", {"from_on": "2022-10"}),
        ("lead", "ILO", {"from_on": "2022-07-19", "until_on": "2023-12"}),
        ("member", "Guess", {"confidence": "low"}),
    ):
        organization = make.organization(name=name)
        make.sub_group_seat(sub_group=group, organization=organization, role=role, **facts)
    text = text_of(client.get(group.get_absolute_url()))
    assert (
        f"Who sits in it 19 July 2022 {DASH} December 2023 ILO Lead "
        "since October 2022 RIPESS Member"
    ) in text
    assert "Who leads it is not known." not in text
    assert "Guess" not in text


def test_a_sub_group_says_what_is_not_known(db: None, client: Client) -> None:
    page = client.get(make.sub_group().get_absolute_url())
    text = text_of(page)
    assert "Nobody is recorded as sitting in it. Who leads it is not known." in text
    assert facts_of(page)["Established by"] == "not known"
    assert facts_of(page)["Active"] == "dates unknown"


def test_a_sub_group_shows_the_activities_of_its_area_alone(db: None, client: Client) -> None:
    plan = make.action_plan()
    area, other = make.priority_area(plan=plan), make.priority_area(plan=plan)
    group = make.sub_group(plan=plan, area=area)
    make.activity(plan=plan, area=area, title="Ours")
    make.activity(plan=plan, area=area, title="Draft", status="draft")
    make.activity(plan=plan, area=other, title="Theirs")
    page = client.get(group.get_absolute_url())
    assert titles_of(page) == ["Ours"]
    assert "Draft" not in page.content.decode()


# --- An activity ---------------------------------------------------------------------------


def test_an_activity_without_a_report_says_so(db: None, client: Client) -> None:
    activity = make.activity(documented_state="done", documented_on="2023")
    page = client.get(activity.get_absolute_url())
    facts = facts_of(page)
    assert facts["Latest report"] == (
        "No report Nobody has reported on it to the Task Force. "
        "That says nothing about its progress."
    )
    assert facts["Public sources"] == "Done, 2023"
    assert "Progress reports No report." in text_of(page)


def test_an_activity_tells_its_reports_latest_first(db: None, client: Client) -> None:
    activity = make.activity()
    ilo = make.organization(name="ILO")
    today = timezone.localdate()
    document = make.document(title="Progress note")
    for on, state, narrative in (
        (dt.date(2022, 10, 5), "not_started", "Nothing yet"),
        (today, "on_track", "<b>Half</b> done"),
    ):
        report = make.progress_report(
            activity=activity,
            organization=ilo,
            reported_on=on,
            state=state,
            narrative=narrative,
        )
    make.report_evidence(report=report, document=document)
    page = client.get(activity.get_absolute_url())
    assert facts_of(page)["Latest report"].startswith("On track")
    assert "&lt;b&gt;Half&lt;/b&gt; done" in page.content.decode()
    reports = text_of(page).partition("Progress reports ")[2]
    assert re.findall(r"ILO (On track|Not started)", reports) == ["On track", "Not started"]
    assert "Document: Progress note" in reports


def test_an_activity_shows_what_was_delivered_and_how_it_is_known(db: None, client: Client) -> None:
    activity = make.activity()
    deliverable = make.deliverable(
        activity=activity, title="Resolution", due_on="2023", delivered_on="2023-04-18"
    )
    make.deliverable_evidence(
        deliverable=deliverable, instrument=make.instrument(short_title="First resolution")
    )
    make.deliverable_evidence(
        deliverable=deliverable, document=make.document(title="Secret draft", status="draft")
    )
    make.deliverable(activity=activity, title="Report", due_on="2024")
    make.deliverable(activity=activity, title="Guess", confidence="low")
    page = client.get(activity.get_absolute_url())
    text = text_of(page)
    assert "Due 2023 Delivered 18 April 2023 Resolution Instrument: First resolution" in text
    assert "Due 2024 No delivery is recorded Report" in text
    for secret in ("Secret draft", "Guess"):
        assert secret not in page.content.decode()


def test_an_activity_shows_dates_area_carriers_and_what_it_continues(
    db: None, client: Client
) -> None:
    plan = make.action_plan(title="Plan")
    earlier = make.activity(title="Earlier")
    activity = make.activity(
        plan=plan,
        area=make.priority_area(plan=plan, title="Profile"),
        is_area_inferred=True,
        code="A22-RES",
        continues=earlier,
        baseline_due_on="2022",
        due_on="2023-04",
        sdgs=[8],
    )
    for role, acronym in (("lead", "ILO"), ("lead", "UNCTAD"), ("support", "RIPESS")):
        make.activity_organization(
            activity=activity,
            organization=make.organization(acronym=acronym, name=acronym),
            role=role,
        )
    facts = facts_of(client.get(activity.get_absolute_url()))
    assert facts["Due"] == "April 2023 first due 2022"
    assert facts["Area"] == "Profile our reading; no source files it there"
    assert (facts["Led by"], facts["Supported by"]) == ("ILO, UNCTAD", "RIPESS")
    assert (facts["Code"], facts["Plan"], facts["Continues"]) == ("A22-RES", "Plan", "Earlier")
    assert facts_of(client.get(earlier.get_absolute_url()))["Continued by"] == activity.title


def test_no_page_of_the_plan_makes_up_a_percentage(db: None, client: Client) -> None:
    activity = make.activity()
    make.progress_report(activity=activity, state="on_track")
    paths = [ACTIVITIES, activity.get_absolute_url(), activity.plan.get_absolute_url()]
    assert [re.findall(r"\d\s?%", text_of(client.get(path))) for path in paths] == [[], [], []]


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"status": "draft"}, 404),
        ({"published_at": "2999-01-01T00:00Z"}, 404),
        (
            {
                "status": "withdrawn",
                "withdrawal_reason": "It never was.",
                "published_at": make.PUBLISHED_AT,
            },
            410,
        ),
    ],
)
@pytest.mark.parametrize("build", [make.action_plan, make.sub_group, make.activity])
def test_a_hidden_record_has_no_page(
    db: None, client: Client, build: Any, facts: dict[str, Any], status: int
) -> None:
    record = build(note="Secret note", **facts)
    page = client.get(record.get_absolute_url())
    assert page.status_code == status
    assert "Secret note" not in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_detail_pages_ask_the_same_questions_for_one_and_for_three(
    db: None, client: Client, django_assert_max_num_queries: Any, count: int
) -> None:
    plan = make.action_plan(adopted_by=make.decision())
    for _ in range(count):
        area = make.priority_area(plan=plan)
        group = make.sub_group(plan=plan, area=area, established_by=make.decision())
        make.sub_group_seat(sub_group=group)
        activity = make.activity(plan=plan, area=area)
    for _ in range(count):
        make.activity_organization(activity=activity)
        make.deliverable_evidence(
            deliverable=make.deliverable(activity=activity), document=make.document()
        )
        make.report_evidence(
            report=make.progress_report(activity=activity), document=make.document()
        )
        activity.provisions.add(make.provision())
    for record, most in ((plan, 24), (group, 17), (activity, 28)):
        with django_assert_max_num_queries(most):
            client.get(record.get_absolute_url())
