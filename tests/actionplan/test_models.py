"""Each rule of the action plan twice: the editor's sentence, and PostgreSQL's refusal."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from actionplan.models import (
    ActionPlan,
    Activity,
    ActivityOrganization,
    Commitment,
    Deliverable,
    DeliverableEvidence,
    PriorityArea,
    ProgressReport,
    ReportEvidence,
    SubGroup,
    SubGroupSeat,
)
from tests import make

NOUNS = (
    ActionPlan,
    PriorityArea,
    SubGroup,
    SubGroupSeat,
    Activity,
    ActivityOrganization,
    Commitment,
    Deliverable,
    DeliverableEvidence,
    ProgressReport,
    ReportEvidence,
)
LOW = "A record of low confidence cannot be published before it is verified."
MOMENT = "A published record needs the moment of publication."
REASON = "Say why the record is withdrawn."
LIST = "Sources are a list."
NO_LIST: dict[str, Any] = {"sources": {}, "confidence": "medium"}
HIGH = "High confidence needs a source with a web address: add one, or choose medium."
NO_ADDRESS: dict[str, Any] = {"sources": [{"title": "A book", "url": None}]}
ONE_THING = (
    "Name exactly one: a document, an event, an instrument, a publication, or a link with a title."
)
TENURE = "It ends before it starts, or was documented outside its dates."


def plan_dates(**facts: Any) -> ActionPlan:
    return make.action_plan(starts_on="2022", ends_on="2024", **facts)


def seat_dates() -> SubGroupSeat:
    return make.sub_group_seat(from_on="2022-07-19", until_on="2024")


def document_as_evidence() -> DeliverableEvidence:
    return make.deliverable_evidence(document=make.document())


def document_as_report_evidence() -> ReportEvidence:
    return make.report_evidence(document=make.document())


type Build = Callable[[], models.Model]


def record_rules(noun: str, build: Build) -> list[tuple[str, Build, dict[str, Any], str]]:
    """Return the five rules of every record."""
    return [
        (f"{noun}_published_has_a_moment", build, {"published_at": None}, MOMENT),
        (f"{noun}_withdrawn_has_a_reason", build, {"status": "withdrawn"}, REASON),
        (f"{noun}_sources_are_a_list", build, NO_LIST, LIST),
        (f"{noun}_high_confidence_has_an_address", build, NO_ADDRESS, HIGH),
        (
            f"{noun}_low_confidence_is_verified_before_published",
            build,
            {"confidence": "low"},
            LOW,
        ),
    ]


ROW_RULES: list[tuple[str, Build, dict[str, Any], str]] = [
    *record_rules("actionplan", make.action_plan),
    *record_rules("priorityarea", make.priority_area),
    *record_rules("subgroup", make.sub_group),
    *record_rules("activity", make.activity),
    *record_rules("commitment", partial(make.build, Commitment)),
    (
        "commitment_has_a_day",
        partial(make.build, Commitment),
        {"made_on": None},
        "Say on which day it was made.",
    ),
    (
        "actionplan_ends_after_it_starts",
        plan_dates,
        {"ends_on": "2021-12"},
        "The plan ends before it starts.",
    ),
    (
        "subgroup_ends_after_it_starts",
        make.sub_group,
        {"from_on": "2022-07-19", "until_on": "2022-07-18"},
        TENURE,
    ),
    ("subgroupseat_sources_are_a_list", make.sub_group_seat, NO_LIST, LIST),
    ("subgroupseat_high_confidence_has_an_address", make.sub_group_seat, NO_ADDRESS, HIGH),
    ("subgroupseat_ends_after_it_starts", seat_dates, {"until_on": "2022-07-18"}, TENURE),
    ("subgroupseat_ends_after_it_starts", seat_dates, {"last_documented_on": "2025"}, TENURE),
    (
        "activity_sdgs_are_goals",
        make.activity,
        {"sdgs": [0]},
        "The goals are numbers from 1 to 17.",
    ),
    ("deliverable_sources_are_a_list", make.deliverable, NO_LIST, LIST),
    ("deliverable_high_confidence_has_an_address", make.deliverable, NO_ADDRESS, HIGH),
    (
        "deliverableevidence_is_exactly_one_thing",
        document_as_evidence,
        {"url": "https://example.org/", "title": "Also a link"},
        ONE_THING,
    ),
    (
        "deliverableevidence_is_exactly_one_thing",
        document_as_evidence,
        {"document_id": None},
        ONE_THING,
    ),
    (
        "reportevidence_is_exactly_one_thing",
        document_as_report_evidence,
        {"document_id": None, "url": "https://example.org/"},
        ONE_THING,
    ),
]


@pytest.mark.parametrize(("rule", "build", "facts", "sentence"), ROW_RULES)
def test_a_broken_rule_is_refused_by_postgresql_and_told_in_a_sentence(
    db: None, rule: str, build: Build, facts: dict[str, Any], sentence: str
) -> None:
    record = build()
    rows = type(record)._default_manager.filter(pk=record.pk)
    with pytest.raises(IntegrityError, match=f'"{rule}"'), transaction.atomic():
        rows.update(**facts)
    for name, value in facts.items():
        setattr(record, name, value)
    with pytest.raises(ValidationError) as refused:
        record.validate_constraints()
    assert refused.value.messages == [sentence]


@pytest.mark.parametrize(
    ("rule", "build", "sentence"),
    [
        (
            "actionplan_does_not_continue_itself",
            make.action_plan,
            "A plan does not continue itself.",
        ),
        (
            "activity_does_not_continue_itself",
            make.activity,
            "An activity does not continue itself.",
        ),
    ],
)
def test_nothing_continues_itself(db: None, rule: str, build: Build, sentence: str) -> None:
    record: Any = build()
    record.continues = record
    with pytest.raises(ValidationError) as refused:
        record.full_clean()
    assert refused.value.messages == [sentence]
    rows = type(record)._default_manager.filter(pk=record.pk)
    with pytest.raises(IntegrityError, match=f'"{rule}"'), transaction.atomic():
        rows.update(continues=record.pk)


# --- Rules between rows --------------------------------------------------------------------


def same_code() -> models.Model:
    first = make.activity(code="A1")
    return Activity(
        **make.published(plan=first.plan, code="A1", title="Again", slug="again", kind="output")
    )


def same_organization() -> models.Model:
    first = make.activity_organization()
    return ActivityOrganization(
        activity=first.activity, organization=first.organization, role="support"
    )


def same_deliverable() -> models.Model:
    first = make.deliverable()
    return Deliverable(activity=first.activity, title=first.title, **make.evidenced())


def same_report() -> models.Model:
    first = make.progress_report()
    return ProgressReport(
        activity=first.activity,
        organization=first.organization,
        reported_on=first.reported_on,
        state="done",
    )


def second_seat_without_end() -> models.Model:
    first = make.sub_group_seat()
    return SubGroupSeat(sub_group=first.sub_group, organization=first.organization, role="lead")


def overlapping_seat() -> models.Model:
    first = make.sub_group_seat(from_on="2022-07-19", until_on="2023-12-31")
    return SubGroupSeat(
        sub_group=first.sub_group,
        organization=first.organization,
        role="lead",
        from_on="2023-12-31",
        until_on="2024-06-30",
    )


SITS = "This organization already sits in the group."
PAIR_RULES: list[tuple[str, Build, str]] = [
    (
        "activity_has_its_own_code",
        same_code,
        "Another activity of this plan has this code.",
    ),
    (
        "activityorganization_is_listed_once",
        same_organization,
        "This organization is already listed.",
    ),
    ("deliverable_is_listed_once", same_deliverable, "This deliverable is already listed."),
    (
        "progressreport_is_made_once_a_day",
        same_report,
        "This organization already reported on that day.",
    ),
    ("subgroupseat_without_end_is_the_only_one", second_seat_without_end, SITS),
    (
        "subgroupseat_is_held_one_at_a_time",
        overlapping_seat,
        "This organization already sits in the group in that time.",
    ),
]


@pytest.mark.parametrize(("rule", "build", "sentence"), PAIR_RULES)
def test_a_double_is_told_in_a_sentence(db: None, rule: str, build: Build, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        build().full_clean()
    assert refused.value.messages == [sentence]


@pytest.mark.parametrize(("rule", "build", "sentence"), PAIR_RULES)
def test_a_double_is_refused_by_postgresql(
    db: None, rule: str, build: Build, sentence: str
) -> None:
    record = build()
    with pytest.raises(IntegrityError, match=f'"{rule}"'), transaction.atomic():
        type(record)._default_manager.bulk_create([record])


def test_a_seat_may_follow_the_day_after_another_ended(db: None) -> None:
    first = make.sub_group_seat(from_on="2022-07-19", until_on="2023-12-31")
    facts = {"sub_group": first.sub_group, "organization": first.organization}
    next_seat = make.sub_group_seat(**facts, role="lead", from_on="2024-01-01")
    assert list(SubGroupSeat.objects.order_by("id")) == [first, next_seat]


def test_areas_change_places_but_do_not_share_one(db: None) -> None:
    first = make.priority_area(position=1)
    second = make.priority_area(plan=first.plan, position=2)
    second.position = 1
    with pytest.raises(ValidationError) as refused:
        second.full_clean()
    assert refused.value.messages == ["Another area of this plan has this position."]
    PriorityArea.objects.filter(pk=first.pk).update(position=2)
    PriorityArea.objects.filter(pk=second.pk).update(position=1)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="priorityarea_has_its_own_position"):
        PriorityArea.objects.filter(pk=first.pk).update(position=1)


def test_every_rule_of_the_database_is_tried_here() -> None:
    declared = {
        constraint.name % {"class": noun._meta.model_name}
        for noun in NOUNS
        for constraint in noun._meta.constraints
    }
    tried = {rule for rule, *_ in [*ROW_RULES, *PAIR_RULES]} | {
        "actionplan_does_not_continue_itself",
        "activity_does_not_continue_itself",
        "priorityarea_has_its_own_position",
    }
    assert declared - tried == set()


def test_names_and_addresses(db: None) -> None:
    plan = make.action_plan(slug="plan-2022")
    area = make.priority_area(plan=plan, slug="area-1", title="Knowledge")
    group = make.sub_group(plan=plan, slug="group-1")
    activity = make.activity(plan=plan, slug="hub", title="Hub")
    report = make.progress_report(activity=activity, reported_on="2024-03-14", state="on_track")
    assert plan.get_absolute_url() == "/action-plans/plan-2022/"
    assert area.get_absolute_url() == "/action-plans/plan-2022/#area-1"
    assert group.get_absolute_url() == "/sub-groups/group-1/"
    assert activity.get_absolute_url() == "/activities/hub/"
    assert str(report) == "On track (2024-03-14)"
