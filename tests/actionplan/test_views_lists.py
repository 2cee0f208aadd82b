"""The lists of plans, sub-groups and activities."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.pages import text_of, titles_of

DASH = "\N{EN DASH}"
PLANS, GROUPS, ACTIVITIES = "/action-plans/", "/sub-groups/", "/activities/"


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
    assert "Public sources: done, 2023 Hub No report to the Task Force" in text_of(
        client.get(ACTIVITIES)
    )


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
        f"{PLANS}?q=" + "x" * 7_000,
        f"{GROUPS}?on=%C2%B2",
        f"{GROUPS}?organization=%00",
        f"{ACTIVITIES}?plan=%C2%B2",
        f"{ACTIVITIES}?sdg=99999999999999999999",
        f"{ACTIVITIES}?instrument=" + "x" * 7_000,
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


# --- What the dates of a plan say beside its state -----------------------------------------

YEAR = timezone.localdate().year


@pytest.mark.parametrize(
    ("state", "starts_on", "ends_on", "words"),
    [
        ("current", "2016", str(YEAR), "Current"),
        ("current", "2016", f"by {YEAR - 1}", f"Current, but its end was by {YEAR - 1}"),
        ("current", "2016", f"{YEAR - 1}-12", f"Current, but its end was December {YEAR - 1}"),
        ("current", "2016", None, "Current, no end is known"),
        ("in_preparation", str(YEAR), None, "In preparation"),
        ("in_preparation", "2016", None, "In preparation, but its beginning was 2016"),
        ("past", "2016", None, "Past"),
    ],
)
def test_a_plan_says_alike_everywhere_what_its_dates_say_of_its_state(
    db: None, client: Client, state: str, starts_on: str, ends_on: str | None, words: str
) -> None:
    plan = make.action_plan(state=state, starts_on=starts_on, ends_on=ends_on)
    badge = f'<span class="badge is-{state}">{words}</span>'

    pages = [client.get(url).content.decode() for url in (PLANS, plan.get_absolute_url(), "/")]

    assert [page.count(badge) for page in pages] == [1, 1, 1]


def test_a_plan_that_is_over_and_said_to_be_current_waits_for_the_staff(
    db: None, client: Client
) -> None:
    client.force_login(make.user(is_staff=True, is_superuser=True))
    over = make.action_plan(state="current", starts_on="2016", ends_on=f"{YEAR - 1}")
    make.action_plan(state="current", starts_on="2016", ends_on=f"{YEAR}")
    make.action_plan(state="past", starts_on="2016", ends_on=f"{YEAR - 1}")

    page = client.get("/admin/actionplan/actionplan/?todo=over")

    assert list(page.context["cl"].queryset) == [over]


def test_a_group_and_a_seat_say_how_surely_they_are_held_as_organizations_do(
    db: None, client: Client
) -> None:
    plan = make.action_plan(title="Plan")
    group = make.sub_group(plan=plan, from_on="2022-07-19", last_documented_on="2023-05")
    ilo = make.organization(name="Labour", acronym="ILO")
    make.sub_group_seat(sub_group=group, organization=ilo, role="lead", from_on="by 2022")
    held = "since 19 July 2022 · presumed: last documented May 2023, no end is known"
    seated = "ILO, Lead: already by 2022 · presumed: last documented 2022, no end is known"

    assert f"Plan · {held}" in text_of(client.get(GROUPS))
    assert f"Plan · {held} · {seated}" in text_of(client.get(f"{GROUPS}?organization={ilo.slug}"))
    surely = text_of(client.get(f"{GROUPS}?on=2022-12-01&organization={ilo.slug}"))
    assert "Plan · since 19 July 2022 · ILO, Lead: already by 2022" in surely
    assert "presumed" not in surely
