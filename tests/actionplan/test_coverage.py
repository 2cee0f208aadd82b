"""The coverage of an instrument: which provisions are served, partly, not, or long unreported."""

import datetime as dt
import re
from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actionplan.coverage import coverage_table
from tests import make
from tests.pages import words_of
from untfsse.kit.records.publication import VISITOR

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 1, 15)


@pytest.fixture(scope="module")
def rows(module_db: None) -> SimpleNamespace:
    """Build an instrument with a part, two paragraphs within it and one beside it."""
    text = make.instrument(short_title="The resolution", slug="text")
    part = make.provision(instrument=text, label="The part", kind="part")
    first, second = (
        make.provision(instrument=text, parent=part, label=label) for label in ("First", "Second")
    )
    beside = make.provision(instrument=text, label="Beside")
    plan = make.action_plan(starts_on="2022")
    area = make.priority_area(plan=plan)
    group = make.sub_group(plan=plan, area=area, name="The group")
    activity = make.activity(plan=plan, area=area, title="The activity", slug="activity")
    activity.provisions.add(first)
    return SimpleNamespace(**{**locals(), "module_db": None})


def covered(rows: SimpleNamespace) -> dict[str, str]:
    """Return how far each provision is served."""
    table = coverage_table(rows.text, VISITOR, on=TODAY)
    return {row.provision.label: row.coverage.value for row in table.rows if row.provision}


@pytest.mark.parametrize(
    ("facts", "report", "delivered", "coverage"),
    [
        ({}, None, False, "quiet"),
        ({"documented_state": "ongoing"}, None, False, "quiet"),
        ({"documented_state": "done"}, None, False, "served"),
        ({}, ("2020-01-01", "done"), False, "served"),
        ({}, ("2025-07-18", "on_track"), False, "quiet"),
        ({}, ("2025-07-19", "on_track"), False, "partly"),
        ({}, None, True, "partly"),
        ({}, ("2020-01-01", "on_track"), True, "partly"),
        ({"documented_state": "done"}, ("2025-12-01", "dropped"), True, "not_served"),
        ({"status": "draft"}, None, True, "not_served"),
    ],
)
def test_coverage_follows_from_evidence_and_age(
    facts: dict[str, str],
    report: tuple[str, str] | None,
    *,
    delivered: bool,
    coverage: str,
    rows: SimpleNamespace,
) -> None:
    type(rows.activity).objects.filter(pk=rows.activity.pk).update(**facts)
    if report:
        day, state = report
        make.progress_report(activity=rows.activity, reported_on=day, state=state)
    if delivered:
        make.deliverable(activity=rows.activity, delivered_on="2023")
    assert covered(rows) == {
        "The part": coverage,
        "First": coverage,
        "Second": "not_served",
        "Beside": "not_served",
    }


def test_a_part_is_served_only_where_each_activity_is_done(rows: SimpleNamespace) -> None:
    done = make.activity(plan=rows.plan, documented_state="done")
    done.provisions.add(rows.second)
    assert covered(rows) == {
        "The part": "partly",
        "First": "quiet",
        "Second": "served",
        "Beside": "not_served",
    }


def test_the_page_shows_a_bar_its_words_and_the_rows(rows: SimpleNamespace, client: Client) -> None:
    make.activity(plan=rows.plan, title="For all of it").instruments.add(rows.text)
    make.sub_group(plan=rows.plan, area=rows.area, name="Hidden group", status="draft")
    instrument = client.get("/instruments/text/").content.decode()
    assert '<a href="/instruments/text/coverage/">' in instrument
    page = client.get("/instruments/text/coverage/")
    html, words = page.content.decode(), words_of(page)
    bars = re.findall(r'<rect class="is-(\w+)" x="(\d+)" y="0" width="(\d+)"', html)
    assert bars == [("quiet", "0", "2"), ("not_served", "2", "2")]
    assert "Not reported since 2 of 4 provisions Not served 2 of 4 provisions" in words
    assert (
        "The instrument as a whole Not reported since 2022 For all of it No report to the Task "
        "Force. none on record"
    ) in words
    assert (
        "First Not reported since 2022 The activity No report to the Task Force. The group"
    ) in words
    assert "Beside Not served none on record none on record" in words
    assert "Hidden group" not in html
    assert " style=" not in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_number_of_questions(
    count: int,
    rows: SimpleNamespace,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(count):
        activity = make.activity(
            plan=rows.plan, area=make.priority_area(plan=rows.plan), arises_from=make.decision()
        )
        activity.provisions.add(make.provision(instrument=rows.text))
        activity.instruments.add(rows.text)
        make.sub_group(plan=rows.plan, area=activity.area)
        make.progress_report(activity=activity)
    with django_assert_num_queries(7):
        assert client.get("/instruments/text/coverage/").status_code == 200


def test_an_instrument_that_is_not_public_has_no_coverage(client: Client) -> None:
    make.instrument(slug="draft", status="draft")
    make.instrument(slug="gone", status="withdrawn", withdrawal_reason="Twice in the list")
    assert client.get("/instruments/draft/coverage/").status_code == 404
    make.instrument(slug="bare")
    assert "Its parts are not recorded yet" in words_of(client.get("/instruments/bare/coverage/"))
