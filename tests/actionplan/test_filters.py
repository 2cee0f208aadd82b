"""What one may ask of plans, groups and activities, and what is answered to nonsense."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from actionplan.filters import (
    ActionPlanFilter,
    ActivityFilter,
    DeliverableFilter,
    PriorityAreaFilter,
    ProgressReportFilter,
    SubGroupFilter,
)
from actionplan.models import (
    ActionPlan,
    Activity,
    Deliverable,
    PriorityArea,
    ProgressReport,
    SubGroup,
)
from tests import make

VISITOR = AnonymousUser()
NOUNS: dict[Any, Any] = {
    ActionPlanFilter: ActionPlan,
    PriorityAreaFilter: PriorityArea,
    SubGroupFilter: SubGroup,
    ActivityFilter: Activity,
    DeliverableFilter: Deliverable,
    ProgressReportFilter: ProgressReport,
}


def ask(filterset: Any, query: str) -> tuple[list[str], dict[str, list[str]]]:
    """Return the names that a query finds, sorted, and the errors at its fields."""
    request = RequestFactory().get("/")
    request.user = VISITOR
    rows = NOUNS[filterset].objects.visible_to(VISITOR)
    filters = filterset(QueryDict(query), queryset=rows, request=request)
    found = sorted(str(row) for row in filters.qs)
    return found, {name: list(error) for name, error in filters.errors.items()}


@pytest.fixture(scope="module")
def rows(module_db: None) -> None:
    """Build what is asked for, once for this file."""
    plan = make.action_plan(title="Plan 2022", slug="plan-2022", starts_on="2022", ends_on="2024")
    other = make.action_plan(title="Plan 2024", slug="plan-2024", state="current")
    make.action_plan(title="Draft plan", slug="draft-plan", status="draft")
    area = make.priority_area(plan=plan, slug="knowledge", title="Knowledge")
    make.priority_area(plan=other, slug="finance", title="Finance", kind="theme")
    ilo = make.organization(name="International Labour Organization", slug="ilo")
    oecd = make.organization(name="OECD", slug="oecd")
    decision = make.decision(slug="d3")
    group = make.sub_group(
        plan=plan, area=area, name="Group 1", established_by=decision, from_on="2022-07-19"
    )
    make.sub_group(plan=other, name="Group 2", kind="working_group", until_on="2023")
    make.sub_group_seat(
        sub_group=group, organization=ilo, from_on="2022-07-19", until_on="2023-06-30"
    )
    make.sub_group_seat(sub_group=group, organization=oecd, confidence="low")
    hub = make.activity(plan=plan, area=area, title="Hub", documented_state="done", sdgs=[8])
    course = make.activity(plan=other, title="Course", arises_from=decision)
    make.activity_organization(activity=hub, organization=ilo)
    make.activity_organization(activity=course, organization=ilo, role="support")
    make.activity_organization(activity=course, organization=oecd)
    recommendation = make.instrument(slug="recommendation")
    hub.instruments.add(recommendation)
    course.provisions.add(make.provision(instrument=recommendation))
    make.instrument(slug="unserved")
    make.progress_report(activity=hub, organization=ilo, reported_on="2023-01-01", state="delayed")
    make.progress_report(activity=hub, organization=ilo, reported_on="2024-01-01", state="done")
    make.deliverable(activity=hub, title="Website", delivered_on="2023")
    make.deliverable(activity=hub, title="Handbook")
    Activity.objects.filter(title="Hub").update(slug="hub")


@pytest.fixture
def plans(rows: None, db: None) -> None:
    """The same; what a test adds goes with it."""


@pytest.mark.parametrize(
    ("filterset", "query", "names"),
    [
        (ActionPlanFilter, "", ["Plan 2022", "Plan 2024"]),
        (ActionPlanFilter, "q=2022", ["Plan 2022"]),
        (ActionPlanFilter, "state=current", ["Plan 2024"]),
        (PriorityAreaFilter, "plan=plan-2022", ["Knowledge"]),
        (PriorityAreaFilter, "kind=theme", ["Finance"]),
        (SubGroupFilter, "plan=plan-2024", ["Group 2"]),
        (SubGroupFilter, "area=knowledge", ["Group 1"]),
        (SubGroupFilter, "kind=working_group", ["Group 2"]),
        (SubGroupFilter, "established_by=d3", ["Group 1"]),
        (SubGroupFilter, "organization=ilo", ["Group 1"]),
        (SubGroupFilter, "organization=oecd", []),
        (SubGroupFilter, "on=2022-07-18", ["Group 2"]),
        (SubGroupFilter, "on=2022-07-19", ["Group 1", "Group 2"]),
        (SubGroupFilter, "on=2024-01-01", ["Group 1"]),
        (SubGroupFilter, "organization=ilo&on=2023-06-30", ["Group 1"]),
        (SubGroupFilter, "organization=ilo&on=2023-07-01", []),
        (ActivityFilter, "q=hub", ["Hub"]),
        (ActivityFilter, "plan=plan-2024", ["Course"]),
        (ActivityFilter, "area=knowledge", ["Hub"]),
        (ActivityFilter, "organization=ilo", ["Course", "Hub"]),
        (ActivityFilter, "organization=oecd", ["Course"]),
        (ActivityFilter, "documented_state=done", ["Hub"]),
        (ActivityFilter, "documented_state=unknown", ["Course"]),
        (ActivityFilter, "reported_state=done", ["Hub"]),
        (ActivityFilter, "reported_state=delayed", []),
        (ActivityFilter, "reported_state=no_report", ["Course"]),
        (ActivityFilter, "sdg=8", ["Hub"]),
        (ActivityFilter, "arises_from=d3", ["Course"]),
        (ActivityFilter, "instrument=recommendation", ["Course", "Hub"]),
        (ActivityFilter, "instrument=unserved", []),
        (DeliverableFilter, "activity=hub", ["Handbook", "Website"]),
        (DeliverableFilter, "is_delivered=true", ["Website"]),
        (DeliverableFilter, "is_delivered=false", ["Handbook"]),
        (ProgressReportFilter, "state=done", ["Done (2024-01-01)"]),
        (
            ProgressReportFilter,
            "activity=hub&organization=ilo",
            ["Delayed (2023-01-01)", "Done (2024-01-01)"],
        ),
    ],
)
def test_the_list_is_narrowed(plans: None, filterset: Any, query: str, names: list[str]) -> None:
    assert ask(filterset, query) == (names, {})


NOT_THERE = "“{}” is not in the list. Choose one that is."
NO_DAY = "Write a day of the calendar as 2022-07-19."
NO_CHOICE = "Select a valid choice. {} is not one of the available choices."


@pytest.mark.parametrize(
    ("filterset", "query", "errors"),
    [
        (ActionPlanFilter, "state=new", {"state": [NO_CHOICE.format("new")]}),
        (ActivityFilter, "plan=draft-plan", {"plan": [NOT_THERE.format("draft-plan")]}),
        (ActivityFilter, "plan=%00", {"plan": [NOT_THERE.format("")]}),
        (ActivityFilter, "area=%C2%B2", {"area": [NOT_THERE.format("²")]}),
        (
            ActivityFilter,
            "instrument=" + "x" * 10_000,
            {"instrument": [NOT_THERE.format("x" * 60)]},
        ),
        (ActivityFilter, "arises_from=nothing", {"arises_from": [NOT_THERE.format("nothing")]}),
        (ActivityFilter, "sdg=%C2%B2", {"sdg": [NO_CHOICE.format("²")]}),
        (ActivityFilter, "reported_state=0", {"reported_state": [NO_CHOICE.format("0")]}),
        (SubGroupFilter, "on=2022-02-30", {"on": [NO_DAY]}),
        (SubGroupFilter, "on=%C2%B2", {"on": [NO_DAY]}),
        (SubGroupFilter, "organization=ILO%20", {"organization": [NOT_THERE.format("ILO ")]}),
        (DeliverableFilter, "is_delivered=maybe", {"is_delivered": [NO_CHOICE.format("maybe")]}),
    ],
)
def test_what_is_not_there_is_an_error_at_its_field(
    plans: None, filterset: Any, query: str, errors: dict[str, list[str]]
) -> None:
    assert ask(filterset, query)[1] == errors


def test_areas_of_the_same_title_are_told_apart_by_their_plan(plans: None) -> None:
    form = ActivityFilter(QueryDict(), queryset=Activity.objects.all()).form
    box: Any = form.fields["area"]
    assert [str(label) for _slug, label in box.choices] == [
        "Any",
        "Finance (Plan 2024)",
        "Knowledge (Plan 2022)",
    ]


def test_boxes_for_decisions_and_instruments_appear_only_once_used(plans: None) -> None:
    rows = Activity.objects.all()
    unused = list(ActivityFilter(QueryDict(), queryset=rows).form.fields)
    used = list(ActivityFilter(QueryDict("instrument=unserved"), queryset=rows).form.fields)
    assert used == [*unused, "instrument"]
    assert len(unused) == 7


@pytest.mark.usefixtures("rows", "db")
def test_options_are_asked_for_their_words_alone() -> None:
    areas: Any = ActivityFilter(QueryDict(""), queryset=Activity.objects.all()).form.fields["area"]
    with CaptureQueriesContext(connection) as statements:
        options = list(iter(areas.choices))
    [statement] = [each["sql"] for each in statements]
    offered = [("finance", "Finance (Plan 2024)"), ("knowledge", "Knowledge (Plan 2022)")]
    assert sorted(options) == [("", "Any"), *offered]
    assert "sources" not in statement
