"""Who sees what of the plans, on which day, and in which order."""

import datetime as dt
import json
from base64 import urlsafe_b64decode
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User

from actionplan.models import (
    ActionPlan,
    Activity,
    ActivityOrganization,
    Deliverable,
    DeliverableEvidence,
    PriorityArea,
    ProgressReport,
    ReportEvidence,
    SubGroup,
    SubGroupSeat,
)
from tests import make
from tests.staff import member, staff
from untfsse.kit.pages.keyset import keyset_page
from untfsse.kit.records.publication import VisibleQuerySet

VISITOR = AnonymousUser()
HIDDEN: list[dict[str, Any]] = [
    {"status": "draft"},
    {"status": "withdrawn", "withdrawal_reason": "Wrong"},
    {"published_at": "2999-01-01T00:00Z"},
]


def count(rows: VisibleQuerySet, user: User | AnonymousUser = VISITOR) -> int:
    return rows.visible_to(user).count()


@pytest.mark.parametrize("facts", HIDDEN)
def test_a_hidden_plan_hides_all_that_belongs_to_it(db: None, facts: dict[str, Any]) -> None:
    plan = make.action_plan(**facts)
    make.priority_area(plan=plan)
    make.sub_group_seat(sub_group=make.sub_group(plan=plan))
    activity = make.activity(plan=plan)
    make.activity_organization(activity=activity)
    make.deliverable_evidence(
        deliverable=make.deliverable(activity=activity), document=make.document()
    )
    make.report_evidence(report=make.progress_report(activity=activity), document=make.document())
    nouns = (
        ActionPlan,
        PriorityArea,
        SubGroup,
        SubGroupSeat,
        Activity,
        ActivityOrganization,
        Deliverable,
        DeliverableEvidence,
        ProgressReport,
        ReportEvidence,
    )
    secretary = staff("Secretariat")
    assert [count(noun.objects.all()) for noun in nouns] == [0] * 10
    assert [count(noun.objects.all(), secretary) for noun in nouns] == [1] * 10


@pytest.mark.parametrize("facts", HIDDEN)
def test_a_hidden_activity_of_a_published_plan_hides_its_parts(
    db: None, facts: dict[str, Any]
) -> None:
    activity = make.activity(**facts)
    make.activity_organization(activity=activity)
    make.deliverable(activity=activity)
    make.progress_report(activity=activity)
    nouns = (Activity, ActivityOrganization, Deliverable, ProgressReport)
    assert [count(noun.objects.all()) for noun in nouns] == [0] * 4


def test_a_hidden_organization_is_named_nowhere(db: None) -> None:
    draft = make.organization(status="draft")
    make.sub_group_seat(organization=draft)
    make.activity_organization(organization=draft)
    make.report_evidence(report=make.progress_report(organization=draft), document=make.document())
    nouns = (SubGroupSeat, ActivityOrganization, ProgressReport, ReportEvidence)
    assert [count(noun.objects.all()) for noun in nouns] == [0] * 4


def test_what_is_unsure_is_hidden_until_verified(db: None) -> None:
    seat = make.sub_group_seat(confidence="low")
    deliverable = make.deliverable(confidence="low")
    make.deliverable_evidence(deliverable=deliverable, document=make.document())
    nouns = (SubGroupSeat, Deliverable, DeliverableEvidence)
    assert [count(noun.objects.all()) for noun in nouns] == [0] * 3
    SubGroupSeat.objects.filter(pk=seat.pk).update(verified_on="2022-08-02")
    Deliverable.objects.filter(pk=deliverable.pk).update(verified_on="2022-08-02")
    assert [count(noun.objects.all()) for noun in nouns] == [1] * 3


def test_evidence_is_hidden_while_the_thing_that_proves_it_is(db: None) -> None:
    deliverable = make.deliverable()
    for facts in (
        {"document": make.document(status="draft")},
        {"document": make.document(audience="members")},
        {"meeting": make.meeting(status="draft")},
        {"instrument": make.instrument(status="draft")},
        {"publication_slug": make.entry(status="draft").slug},
    ):
        make.deliverable_evidence(deliverable=deliverable, **facts)
    assert count(DeliverableEvidence.objects.all()) == 0
    assert count(DeliverableEvidence.objects.all(), member()) == 1
    assert count(DeliverableEvidence.objects.all(), staff("Secretariat")) == 5


def test_the_latest_report_is_carried_and_no_report_is_a_state(db: None) -> None:
    silent = make.activity(code="A1")
    told = make.activity(plan=silent.plan, code="A2")
    make.progress_report(activity=told, reported_on="2024-03-14", state="on_track")
    make.progress_report(activity=told, reported_on="2023-01-01", state="not_started")
    rows = Activity.objects.for_list().values_list("code", "reported_state", "reported_on")
    assert list(rows) == [("A1", "no_report", None), ("A2", "on_track", dt.date(2024, 3, 14))]


def test_the_report_of_a_hidden_organization_is_not_carried(db: None) -> None:
    make.progress_report(organization=make.organization(status="draft"))
    assert Activity.objects.with_latest_report().get().reported_state == "no_report"


@pytest.mark.parametrize(
    ("day", "is_quiet"),
    [
        (dt.date(2024, 3, 13), False),
        (dt.date(2024, 3, 14), False),
        (dt.date(2024, 3, 15), True),
    ],
)
def test_not_reported_since_counts_the_day_itself(db: None, day: dt.date, is_quiet: bool) -> None:
    make.progress_report(reported_on="2024-03-14")
    assert Activity.objects.not_reported_since(day).exists() is is_quiet


def test_an_activity_without_any_report_is_not_reported_since_any_day(db: None) -> None:
    activity = make.activity()
    assert list(Activity.objects.not_reported_since(dt.date(2000, 1, 1))) == [activity]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2022, 6, 30), []),
        (dt.date(2022, 7, 1), ["possible"]),
        (dt.date(2022, 7, 31), ["certain"]),
        (dt.date(2024, 1, 1), ["certain"]),
        (dt.date(2024, 12, 31), ["possible"]),
        (dt.date(2025, 1, 1), []),
    ],
)
def test_a_group_is_judged_on_a_day_by_its_dates(db: None, day: dt.date, words: list[str]) -> None:
    make.sub_group(from_on="2022-07", until_on="2024")
    found = SubGroup.objects.held_or_perhaps(on=day, today=dt.date(2026, 11, 23))
    assert [group.certainty for group in found] == words


def test_plans_overlap_where_they_share_a_day(db: None) -> None:
    plan = make.action_plan(starts_on="2022", ends_on="2024")
    before = make.action_plan(starts_on="2020", ends_on="2022")
    after = make.action_plan(starts_on="2024", ends_on="2026")
    make.action_plan(starts_on="2016", ends_on="2021")
    make.action_plan(starts_on="2025", ends_on="2026")
    endless = make.action_plan(starts_on="2016", ends_on=None)
    assert list(ActionPlan.objects.overlapping(plan).for_list()) == [after, before]
    assert list(ActionPlan.objects.overlapping(endless)) == []


def test_activities_stand_by_plan_area_and_code(db: None) -> None:
    old = make.action_plan(starts_on="2020", ends_on="2022")
    new = make.action_plan(starts_on="2022", ends_on="2024")
    second = make.priority_area(plan=new, position=2)
    first = make.priority_area(plan=new, position=1)
    for plan, area, code in ((old, None, "a"), (new, second, "b"), (new, first, "d")):
        make.activity(plan=plan, area=area, code=code)
    make.activity(plan=new, area=first, code="c")
    codes = list(Activity.objects.for_list().values_list("code", flat=True))
    assert codes == ["c", "d", "b", "a"]


def test_a_hidden_area_lends_no_place(db: None) -> None:
    plan = make.action_plan()
    hidden = make.priority_area(plan=plan, position=1, status="draft")
    shown = make.priority_area(plan=plan, position=2)
    for build in (make.activity, make.sub_group):
        rows = type(build(plan=plan, area=hidden)).objects.for_list()
        first = build(plan=plan, area=shown)
        page = keyset_page(rows, size=1)
        assert page.rows == [first]
        last = keyset_page(rows, size=1, cursor=page.next or "")
        assert json.loads(urlsafe_b64decode(f"{last.previous}==="))[-1][2] is None


def test_a_page_leaves_out_a_hidden_area_and_decision(db: None) -> None:
    plan = make.action_plan()
    area = make.priority_area(plan=plan, status="draft")
    decision = make.decision(status="draft")
    make.activity(plan=plan, area=area)
    make.sub_group(plan=plan, area=area, established_by=decision)
    group = SubGroup.objects.for_page(VISITOR).get()
    assert Activity.objects.for_page(VISITOR).get().area is None
    assert (group.area, group.established_by) == (None, None)


def test_an_activity_brings_only_what_its_reader_may_see(db: None) -> None:
    plan = make.action_plan()
    earlier = make.activity(plan=make.action_plan(status="draft"))
    activity = make.activity(plan=plan, continues=earlier)
    activity.instruments.add(make.instrument(status="draft"), shown := make.instrument())
    activity.provisions.add(make.provision(instrument=make.instrument(status="draft")))
    fetched = Activity.objects.visible_to(VISITOR).for_detail(VISITOR).get()
    assert fetched.continues is None
    assert list(fetched.instruments.all()) == [shown]
    assert list(fetched.provisions.all()) == []
