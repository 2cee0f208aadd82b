"""The board of a plan: who leads what, what is due, what was delivered; drawn, told and as CSV."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from actionplan.schedule import slip
from tests import make
from tests.pages import part_of
from untfsse.kit.records.dates import PartialDate

pytestmark = pytest.mark.django_db
PAGE = "/action-plans/plan/"


def make_plan() -> Any:
    """Return a plan with an activity that slipped, and one of which little is known."""
    plan = make.action_plan(title="Plan", slug="plan", starts_on="2022", ends_on="2024")
    area = make.priority_area(plan=plan, position=1, title="Profile")
    late = make.activity(
        plan=plan,
        area=area,
        code="A1",
        title="Resolution",
        slug="resolution",
        baseline_due_on="2022-12-31",
        due_on="2023-04-30",
    )
    make.activity(plan=plan, code="A2", title="=HYPERLINK(1)", slug="risky")
    ilo = make.organization(name="International Labour Organization", acronym="ILO")
    make.activity_organization(activity=late, organization=ilo, role="lead")
    draft = make.organization(name="Hidden body", status="draft")
    make.activity_organization(activity=late, organization=draft, role="lead")
    for title, due, delivered in (
        ("Text", "2023-03", "2023-04-18"),
        ("Event", None, "by 2022-07-19"),
        ("Paper", "2024", None),
    ):
        make.deliverable(activity=late, title=title, due_on=due, delivered_on=delivered)
    make.deliverable(activity=late, title="Hidden", due_on="2024", confidence="low")
    return plan


def test_the_board_says_who_leads_what_is_due_and_what_was_delivered(client: Client) -> None:
    make_plan()

    board = part_of(client.get(PAGE), "areas")

    assert "Resolution No report to the Task Force Led by ILO" in board
    assert "Due 30 April 2023, first due 31 December 2022" in board
    assert "2 of 3 delivered, last 18 April 2023" in board
    assert "Still to deliver: Paper (due 2024)" in board
    assert "Hidden" not in board


def test_the_days_are_drawn_and_a_table_says_the_same(client: Client) -> None:
    make_plan()

    page = client.get(PAGE)

    words = part_of(page, "days")
    rows = [[cell["text"] for cell in row] for row in page.context["schedule"].rows]
    assert rows == [
        ["Resolution", "31 December 2022", "30 April 2023", "", "120 days later"],
        ["Event, of “Resolution”", "", "", "by 19 July 2022", ""],
        ["Text, of “Resolution”", "", "March 2023", "18 April 2023", "1 month later"],
        ["Paper, of “Resolution”", "", "2024", "", ""],
    ]
    assert all(cell in words for row in rows for cell in row)
    html = page.content.decode()
    assert html.count('class="chart-mark') == 6
    assert html.count('class="chart-slip"') == 2
    assert "style=" not in html


def test_a_plan_without_days_is_not_drawn(client: Client) -> None:
    make.activity(plan=make.action_plan(slug="plan"), title="Some day")

    page = client.get(PAGE)

    assert page.context["schedule"] is None
    assert "No day is recorded on which something is due" in part_of(page, "areas")


@pytest.mark.parametrize(
    ("due", "done", "words"),
    [
        ("2023-03-01", "2023-03-01", "as due"),
        ("2023-03-01", "2023-03-02", "1 day later"),
        ("2023-03-11", "2023-03-01", "10 days earlier"),
        ("2023-11", "2024-01-31", "2 months later"),
        ("2023-11-30", "2021", "2 years earlier"),
        ("2023", "2023-04-18", "in the year it was due"),
        ("2023-04", "2023-04-18", "in the month it was due"),
        ("2023", "by 2023-04-18", ""),
        (None, "2023", ""),
        ("2023", None, ""),
    ],
)
def test_a_difference_is_as_exact_as_the_vaguer_day(due: Any, done: Any, words: str) -> None:
    days = [PartialDate.parse(text) if text else None for text in (due, done)]
    assert slip(*days) == words


def test_the_plan_is_a_table_that_no_spreadsheet_takes_for_formulas(client: Client) -> None:
    make_plan()
    assert f'href="{PAGE}plan.csv"' in client.get(PAGE).content.decode()

    answer = client.get(f"{PAGE}plan.csv")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="plan.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["Activity"], row["Delivery"]) for row in rows] == [
        ("Resolution", ""),
        ("Resolution", "Event"),
        ("Resolution", "Text"),
        ("Resolution", "Paper"),
        ("'=HYPERLINK(1)", ""),
    ]
    assert (rows[0]["Area"], rows[0]["Led by"], rows[0]["First due"], rows[0]["Due"]) == (
        "Profile",
        "International Labour Organization",
        "2022-12-31",
        "2023-04-30",
    )
    assert (rows[2]["Due"], rows[2]["Delivered"]) == ("2023-03", "2023-04-18")
    assert rows[0]["Address"] == "http://testserver/activities/resolution/"
    assert client.get("/action-plans/nothing/plan.csv").status_code == 404
