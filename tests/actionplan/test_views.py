"""The pages of a plan, a sub-group and an activity."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.pages import facts_of, text_of, titles_of

DASH = "\N{EN DASH}"
PLANS, GROUPS, ACTIVITIES = "/action-plans/", "/sub-groups/", "/activities/"

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
        "Activities Resolution No report to the Task Force The area is our reading"
    ) in text
    assert "Transversal area Governance No activity is recorded yet." in text
    assert (
        "Of no single area Carried by Coordinators Activities Symposium No report to the Task Force"
        in text
    )
    assert "Hidden area" not in html


def test_what_stands_on_a_page_says_only_where_it_is_verified_otherwise(
    db: None, client: Client
) -> None:
    plan = make.action_plan(slug="plan", verified_on="2026-01-02")
    make.priority_area(plan=plan, position=1)
    make.priority_area(plan=plan, position=2, verified_on="2026-01-02")
    activity = make.activity(plan=plan, slug="activity")
    make.deliverable(activity=activity)

    board, page = (
        text_of(client.get(f"{PLANS}plan/")),
        text_of(client.get(f"{ACTIVITIES}activity/")),
    )

    assert board.count("· verified") == board.count("· not yet verified") == 1
    assert page.count("ot yet verified") == 1


def test_a_plan_tells_where_it_was_adopted_and_what_it_continues(db: None, client: Client) -> None:
    decision = make.decision(number="UNTFSSE/2021/TS3/D1")
    earlier = make.action_plan(title="Work plan", starts_on="2020", ends_on="2022")
    plan = make.action_plan(adopted_by=decision, continues=earlier, starts_on="2022")
    later = make.action_plan(title="Next plan", starts_on="2025", ends_on="2026", continues=plan)
    make.action_plan(title="Draft plan", continues=plan, status="draft")
    assert facts_of(client.get(plan.get_absolute_url())) == {
        "Adopted by": f"{decision.text} UNTFSSE/2021/TS3/D1",
        "Continues": "Work plan",
        "Continued by": "Next plan",
        "Overlaps": "Work plan (perhaps)",
    }
    assert facts_of(client.get(later.get_absolute_url()))["Adopted at"] == "not known"


def test_a_plan_leads_to_the_list_of_those_it_overlaps_beyond_ten(db: None, client: Client) -> None:
    plan = make.action_plan(slug="plan", starts_on="2022", ends_on="2024")
    for number in range(10):
        make.action_plan(title=f"Other {number}", starts_on="2023", ends_on="2023")
    assert "and more" not in facts_of(client.get(plan.get_absolute_url()))["Overlaps"]

    make.action_plan(title="Other 10", starts_on="2021", ends_on="2023")
    make.action_plan(title="Later", starts_on="2025", ends_on="2026")
    page = client.get(plan.get_absolute_url())
    assert facts_of(page)["Overlaps"].endswith("Other 1, Other 0, and more")
    assert 'href="/action-plans/?overlaps=plan"' in page.content.decode()
    listed = titles_of(client.get("/action-plans/?overlaps=plan"))
    assert sorted(listed) == sorted(f"Other {number}" for number in range(11))


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
        f"Who sits in it On the day Show 19 July 2022 {DASH} December 2023 ILO Lead "
        "since October 2022 RIPESS Member"
    ) in text
    assert "Who leads it is not known." not in text
    assert "Guess" not in text


def test_a_sub_group_says_what_is_not_known(db: None, client: Client) -> None:
    page = client.get(make.sub_group().get_absolute_url())
    text = text_of(page)
    assert "Nobody is recorded as sitting in it. Who leads it is not known." in text
    assert facts_of(page)["Established by"] == "not known"
    assert facts_of(page)["Active"] == "dates unknown · possible: no date is known"


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
    assert facts["State"] == "No report to the Task Force Public sources: done, 2023."
    assert "Latest report" not in facts
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
    assert facts_of(page)["State"].startswith("On track")
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
