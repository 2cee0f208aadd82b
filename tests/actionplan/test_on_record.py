"""What is on record of decisions, activities and areas: each rule, its rows and its days."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from actionplan.models import Activity, PriorityArea
from taskforce.models import Decision, DecisionEvidence
from taskforce.services import take_over_evidence
from tests import make
from tests.pages import part_of, words_of
from tests.staff import sign_in
from untfsse.kit.apps import SECRETARIAT, VIEWER
from untfsse.kit.history.changes import Change
from untfsse.kit.history.restore import deleted_rows, restore
from untfsse.kit.pages.on_record import OnRecord, on_record_of
from untfsse.kit.records.publication import VISITOR, Reader

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 1, 15)
DASH = "\N{EN DASH}"


@pytest.fixture(scope="module")
def rows(module_db: None) -> SimpleNamespace:
    """Build a decision with a row of each rule, and the way to what its sub-group carries."""
    held = make.meeting(title="Special meeting", starts_on="2022-07-19")
    decision = make.decision(meeting=held, slug="d", kind="agrees", text="Agreed on Zubrowka")
    plan = make.action_plan(title="The plan", slug="plan", starts_on="2022")
    area = make.priority_area(plan=plan, title="The area", slug="area")
    activity = make.activity(plan=plan, area=area, title="The activity", slug="activity")
    group = make.sub_group(plan=plan, area=area, established_by=decision, name="The group")
    delivered = make.deliverable(activity=activity, title="The delivery", delivered_on="2023-07-24")
    event = make.meeting(
        title="The event", slug="event", starts_on="2023-05-02", ends_on="2023-05-03"
    )
    make.deliverable_evidence(deliverable=delivered, meeting=event)
    return SimpleNamespace(**{**locals(), "module_db": None})


def told(record: Any, reader: Reader = VISITOR) -> OnRecord:
    """Return what a reader is told of a record, read anew."""
    noun: Any = type(record)
    found = noun.objects.visible_to(reader).for_list().get(pk=record.pk)
    return on_record_of([found], reader, on=TODAY)[record.pk]


def facts(record: Any) -> list[tuple[str, str, str, str]]:
    """Return the facts of a record: kind, title, note, address."""
    return [(fact.kind.name, fact.title, fact.note, fact.url) for fact in told(record).facts]


# --- The rules -----------------------------------------------------------------------------


def test_each_rule_names_the_row_that_it_rests_on(rows: SimpleNamespace) -> None:
    ilo = make.organization(name="International Labour Organization", acronym="ILO", slug="ilo")
    decision, activity, delivered = rows.decision, rows.activity, rows.delivered
    make.seat(organization=ilo, admitted_by=decision, from_on="2022-07-19")
    office = make.office(title="Chair")
    make.term(office=office, organization=ilo, welcomed_by=decision, from_on="2022-08")
    make.action_plan(title="Next plan", slug="next", adopted_by=decision, starts_on="2020")
    make.sub_group_seat(sub_group=rows.group, organization=ilo)
    text = make.instrument(
        short_title="The text", slug="text", symbol="A/1", adopted_on="2023-04-18"
    )
    paper = make.document(title="The paper", slug="paper", issued_on="2023")
    make.deliverable_evidence(deliverable=delivered, instrument=text)
    make.deliverable_evidence(deliverable=delivered, document=paper)
    make.activity(title="It arises", slug="arises", arises_from=decision)
    make.activity(
        title="Done",
        slug="done",
        arises_from=decision,
        documented_state="done",
        documented_on="2023",
    )
    make.progress_report(
        activity=activity, organization=ilo, reported_on="2025-12-01", state="delayed"
    )
    of_activity = [
        ("meeting", "The event", f"2{DASH}3 May 2023", "/meetings/event/"),
        ("instrument", "The text", "A/1 · 18 April 2023", "/instruments/text/"),
        ("document", "The paper", "2023", "/documents/paper/"),
        ("delivery", "The delivery", "24 July 2023", "/activities/activity/#deliverables"),
    ]
    report = ("report", "ILO", "Delayed · 1 December 2025", "/activities/activity/#reports")
    group = ("sub_group", "The group", "with one organization", rows.group.get_absolute_url())
    assert facts(decision) == [
        ("seat", "ILO", "Member · since 19 July 2022", "/organizations/ilo/#tenures"),
        ("term", "Chair", "ILO · since August 2022", "/organizations/ilo/#tenures"),
        ("plan", "Next plan", "", "/action-plans/next/"),
        group,
        *of_activity,
        ("activity", "It arises", "", "/activities/arises/"),
        ("activity_done", "Done", "2023", "/activities/done/"),
        report,
    ]
    assert facts(activity) == [*of_activity, report]
    assert facts(rows.area) == [group, *of_activity, report]
    assert (told(decision).missing, told(activity).missing) == ("", "")


def test_only_what_happened_proves_something(rows: SimpleNamespace) -> None:
    for evidence in (
        {"meeting": make.meeting(state="cancelled")},
        {"meeting": make.meeting(state="planned")},
        {"instrument": make.instrument(adopted_on=None)},
    ):
        make.deliverable_evidence(deliverable=rows.delivered, **evidence)
    make.deliverable(activity=rows.activity, title="Promised", due_on="2024")
    assert [kind for kind, *_others in facts(rows.activity)] == ["meeting", "delivery"]


@pytest.mark.parametrize(
    ("day", "is_told"),
    [
        ("2022-07-18", False),
        ("2022-07-19", True),
        ("2022-07", True),
        ("2022-06", False),
        ("by 2022-07-18", False),
        ("by 2022-07-19", True),
        ("2026-01-15", True),
        ("2026-01-16", False),
    ],
)
def test_nothing_lies_before_its_cause_nor_ahead(
    day: str, *, is_told: bool, rows: SimpleNamespace
) -> None:
    make.seat(admitted_by=rows.decision, from_on=day)
    make.term(welcomed_by=rows.decision, from_on=day)
    make.deliverable(activity=rows.activity, title="Side event", delivered_on=day)
    found = [kind for kind, *_others in facts(rows.decision)]
    usual = ["sub_group", "meeting", "delivery"]
    assert found == (["seat", "term", *usual, "delivery"] if is_told else usual)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["group", "area", "plan", "activity", "event"])
def test_a_draft_in_the_middle_neither_shows_nor_breaks_it(
    name: str, rows: SimpleNamespace, client: Client
) -> None:
    group, delivery = "one sub-group (without members)", "one delivery (24 July 2023)"
    told_still = {"area": group, "activity": group, "event": f"{group}, {delivery}"}
    whole = f"{group}, one meeting held (2{DASH}3 May 2023), {delivery}"
    assert told(rows.decision).in_words == whole
    hidden: models.Model = getattr(rows, name)
    type(hidden)._default_manager.filter(pk=hidden.pk).update(status="draft")
    assert told(rows.decision).in_words == told_still.get(name, "")
    staff = make.user(is_staff=True, is_superuser=True)
    assert told(rows.decision, staff).in_words == whole
    page = client.get("/decisions/d/").content.decode()
    answer = client.get("/api/v1/decisions/d/thread/").content.decode()
    assert [str(hidden) in text for text in (page, answer)] == [False, False]


@pytest.mark.parametrize("count", [1, 3])
def test_one_statement_tells_of_however_many(
    count: int, rows: SimpleNamespace, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        decision = make.decision(meeting=rows.held)
        make.seat(admitted_by=decision)
        group = make.sub_group(plan=rows.plan, area=rows.area, established_by=decision)
        make.sub_group(plan=rows.plan, area=rows.area, established_by=decision, name="Twin")
        make.sub_group_seat(sub_group=group)
        activity = make.activity(plan=rows.plan, arises_from=decision)
        make.deliverable_evidence(
            deliverable=make.deliverable(activity=activity, delivered_on="2023"),
            meeting=make.meeting(),
        )
    for noun in (Decision, Activity, PriorityArea):
        manager: Any = noun.objects
        asked = list(manager.visible_to(VISITOR).for_list())
        with django_assert_num_queries(1):
            on_record_of(asked, VISITOR, on=TODAY)
    with django_assert_num_queries(0):
        assert on_record_of([], VISITOR, on=TODAY) == {}


# --- What is missing -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "report", "words"),
    [
        ({}, None, "Nobody has reported since 19 July 2022."),
        ({"follow_up": "open", "follow_up_on": "2024-02-01"}, None, "since 1 February 2024."),
        ({"follow_up": "open", "follow_up_on": "2024-02-01"}, "2023-01-01", "1 February 2024."),
        ({}, "2025-07-18", "Nobody has reported since 18 July 2025."),
        ({}, "2025-07-19", ""),
        ({"follow_up": "implemented"}, None, ""),
        ({"kind": "welcomes"}, None, ""),
    ],
)
def test_a_decision_says_since_when_nobody_has_reported(
    decision: dict[str, str], report: str | None, words: str, rows: SimpleNamespace
) -> None:
    Decision.objects.filter(pk=rows.decision.pk).update(**decision)
    if report:
        make.progress_report(activity=rows.activity, reported_on=report)
    missing = told(rows.decision).missing
    assert missing.endswith(words)
    assert bool(missing) == bool(words)


@pytest.mark.parametrize(
    ("state", "plan", "missing"),
    [
        (None, "2022", "Nobody has reported since 2022."),
        (None, None, "Nobody has reported."),
        ("delayed", "2022", "Nobody has reported since 1 March 2023."),
        ("done", "2022", ""),
    ],
)
def test_an_activity_says_since_when_nobody_has_reported(
    state: str | None, plan: str | None, missing: str, rows: SimpleNamespace
) -> None:
    rows.plan.starts_on = plan
    rows.plan.save()
    if state:
        make.progress_report(activity=rows.activity, reported_on="2023-03-01", state=state)
    assert told(rows.activity).missing == missing


# --- Where it stands -----------------------------------------------------------------------


@pytest.mark.slow
def test_pages_say_what_is_on_record_and_lead_to_it(rows: SimpleNamespace, client: Client) -> None:
    group = "one sub-group (without members)"
    rest = f"one meeting held (2{DASH}3 May 2023), one delivery (24 July 2023)"
    decision = client.get("/decisions/d/")
    assert f"On record: {group}, {rest} Sub-group formed The group without members Meeting" in (
        part_of(decision, "follow-up")
    )
    assert '<a href="/meetings/event/">The event</a>' in decision.content.decode()
    assert f"On record: {group}, {rest} No word yet" in words_of(client.get("/decisions/"))
    state = part_of(client.get("/activities/activity/"), "state")
    assert f"On record: {rest} Meeting held The event" in state
    assert "The delivery 24 July 2023 Nobody has reported since 2022." in state
    areas = part_of(client.get("/action-plans/plan/"), "areas")
    assert f"On record: {group}, {rest} Sub-group formed The group" in areas


def test_the_api_gives_rows_and_days(rows: SimpleNamespace, client: Client) -> None:
    address = reverse("api:decision_thread", args=["d"])
    found = client.get(address).json()["on_record"]
    assert [fact["kind"] for fact in found["facts"]] == ["sub_group", "meeting", "delivery"]
    assert found["facts"][1] == {
        "kind": "meeting",
        "id": str(rows.event.public_id),
        "page": "http://testserver/meetings/event/",
        "day": {
            "value": "2023-05-02",
            "precision": "day",
            "first": "2023-05-02",
            "last": "2023-05-02",
        },
        "until": {
            "value": "2023-05-03",
            "precision": "day",
            "first": "2023-05-03",
            "last": "2023-05-03",
        },
    }
    assert (found["cut"], found["is_quiet"]) == ([], True)
    assert found["quiet_since"]["value"] == "2022-07-19"
    kinds = {
        name: [fact["kind"] for fact in client.get(path).json()["on_record"]["facts"]]
        for name, path in {
            "activity": "/api/v1/activities/activity/thread/",
            "area": "/api/v1/priority-areas/area/thread/",
        }.items()
    }
    both = ["meeting", "delivery"]
    assert kinds == {"activity": both, "area": ["sub_group", *both]}
    assert client.get("/api/v1/meetings/event/thread/").json()["on_record"] is None


# --- Taken over ----------------------------------------------------------------------------


@pytest.mark.slow
def test_what_is_on_record_is_taken_over_as_evidence(rows: SimpleNamespace, client: Client) -> None:
    decision = rows.decision
    draft = make.sub_group(plan=rows.plan, established_by=decision, status="draft")
    address = f"/admin/taskforce/decision/{decision.pk}/"
    user = sign_in(client, SECRETARIAT)
    assert f"{address}do/take-over/" in client.get(f"{address}change/").content.decode()
    asked: Any = client.get(f"{address}do/take-over/")
    offered = dict(asked.context["form"].fields["facts"].choices)
    assert list(offered.values()) == [
        "Sub-group formed: The group · without members",
        f"Meeting held: The event · 2{DASH}3 May 2023",
        "Delivery: The delivery · 24 July 2023",
    ]
    group, meeting, delivery = offered
    sent = {"facts": [group, meeting], "state": "partly"}
    assert (
        client.post(f"{address}do/take-over/", sent, headers={"host": "localhost"}).status_code
        == 302
    )
    decision.refresh_from_db()
    assert (decision.follow_up, decision.follow_up_on) == ("partly", timezone.localdate())
    link, piece = decision.evidence.order_by("id")
    assert (link.url, link.title) == (
        f"http://localhost{rows.group.get_absolute_url()}",
        "Sub-group formed: The group · without members",
    )
    assert piece.meeting == rows.event
    found = part_of(client.get("/decisions/d/"), "follow-up")
    assert "Evidence Sub-group formed: The group · without members The event" in found

    again: Any = client.get(f"{address}do/take-over/")
    assert list(dict(again.context["form"].fields["facts"].choices)) == [delivery]
    for key in (meeting, f"sub_group:{draft.public_id}"):
        with pytest.raises(ValidationError, match="no longer on record"):
            take_over_evidence(decision, facts=[key], site="http://testserver/", by=user)

    assert Change.objects.of(piece).get().made_by == user
    piece.delete()
    restore(deleted_rows(DecisionEvidence).get(), by=user)
    assert [str(row) for row in decision.evidence.order_by("id")] == [str(link), "The event"]


def test_who_may_not_change_a_decision_takes_nothing_over(
    rows: SimpleNamespace, client: Client
) -> None:
    user = sign_in(client, VIEWER)
    address = f"/admin/taskforce/decision/{rows.decision.pk}/do/take-over/"
    assert client.get(address).status_code == 403
    key = on_record_of([rows.decision], VISITOR, on=TODAY)[rows.decision.pk].facts[0].key
    with pytest.raises(PermissionDenied):
        take_over_evidence(rows.decision, facts=[key], site="http://testserver/", by=user)
    assert rows.decision.evidence.count() == 0
