"""The thread drawn as a path: knots with numbers and days, and the list that says the same."""

import re
from typing import Any

import pytest
from django.test import Client

from actionplan.models import ActionPlan
from tests import make
from tests.pages import part_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def decision(module_db: None) -> Any:
    """A decision with a sub-group of two, an activity that ILO leads, and many deliveries."""
    meeting = make.meeting(title="Special meeting", starts_on="2022-07-19")
    item = make.agenda_item(meeting=meeting, title="Plan")
    decision = make.decision(meeting=meeting, agenda_item=item, slug="d3", number="SM/D3")
    plan = make.action_plan(starts_on="2022", ends_on="2024")
    area = make.priority_area(plan=plan)
    group = make.sub_group(plan=plan, area=area, established_by=decision, from_on="2022-07-19")
    ilo, oecd = (make.organization(name=name, acronym=name) for name in ("ILO", "OECD"))
    hidden = make.organization(name="Secret", acronym="SECRET", status="draft")
    for organization in (ilo, oecd, hidden):
        make.sub_group_seat(sub_group=group, organization=organization)
    activity = make.activity(plan=plan, area=area, slug="activity")
    for organization in (ilo, hidden):
        make.activity_organization(activity=activity, organization=organization, role="lead")
    for month in range(1, 9):
        make.deliverable(
            activity=activity,
            title=f"Delivery {month}",
            delivered_on=f"2023-0{month}-24",
            sources=[{"title": f"Report {month % 2}", "url": None}],
        )
    return decision


def test_strands_say_organizations_days_and_evidence(decision: Any, client: Client) -> None:
    words = part_of(client.get("/decisions/d3/"), "thread")

    assert "Sub-group 1 source" not in words
    assert re.search(r"ILO, OECD · [^·]+ · since 19 July 2022", words)
    assert "Secret" not in words
    assert "SECRET" not in words
    assert re.search(r"Activity \d+ No report to the Task Force Led by ILO", words)
    assert "Deliverables · 2 sources 8 deliveries, last 24 August 2023" in words
    assert "No provision" not in words


def test_the_path_has_a_knot_for_each_strand_and_says_where_it_ends(
    decision: Any, client: Client
) -> None:
    page = client.get("/decisions/d3/")

    drawing = re.search(r'<svg class="chart thread-path".*?</svg>', page.text, re.DOTALL)
    assert drawing is not None
    said = re.findall(r"<text[^>]*>([^<]*)</text>", drawing[0])
    assert said == [
        *("1 agenda item", "19 July 2022", "this page", ""),
        *("1 action plan", "2022", "1 sub-group", "19 July 2022", "1 activity", ""),
        *("8 deliveries", "last 24 August 2023", "Provisions served", "not recorded"),
    ]
    assert drawing[0].count("is-empty") == 2
    plan = ActionPlan.objects.get()
    make.activity(plan=plan)
    assert ">2 activities</text>" in client.get(plan.get_absolute_url()).text
    assert "style=" not in drawing[0]
