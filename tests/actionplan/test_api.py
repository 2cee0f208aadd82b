"""The action plan through the API."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from actionplan.models import ActivityOrganization, DeliverableEvidence
from tests import make

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/"


def get(client: Client, path: str) -> Any:
    answer = client.get(ROOT + path)
    assert answer.status_code == 200, answer.content[:500]
    return answer.json()


def test_activity_without_a_report_says_so(client: Client) -> None:
    make.activity(slug="silent", documented_state="done")
    [row] = get(client, "activities/")["results"]
    assert (row["reported_state"], row["reported_on"]) == ("no_report", None)
    assert row["documented_state"] == "done"
    assert row["standing"] == "No report to the Task Force. Public sources: done."
    assert get(client, "activities/silent/")["reports"] == []


def test_activity_tells_its_latest_report_and_all_of_them(client: Client) -> None:
    activity = make.activity(slug="told")
    for day, state in ((1, "on_track"), (3, "delayed"), (2, "done")):
        make.progress_report(activity=activity, state=state, reported_on=dt.date(2024, 3, day))
    told = get(client, "activities/told/")
    assert (told["reported_state"], told["reported_on"]) == ("delayed", "2024-03-03")
    assert [row["state"] for row in told["reports"]] == ["delayed", "done", "on_track"]


def test_activities_can_be_asked_for_those_nobody_reported_of(client: Client) -> None:
    make.activity(slug="silent")
    make.progress_report()
    rows = get(client, "activities/?reported_state=no_report")["results"]
    assert [row["slug"] for row in rows] == ["silent"]


def test_activity_leads_along_the_thread(client: Client) -> None:
    decision = make.decision(slug="decided")
    activity = make.activity(slug="activity", arises_from=decision)
    provision = make.provision(instrument=make.instrument(slug="text"), kind="part", number="IV")
    activity.provisions.add(provision)
    make.save(
        ActivityOrganization(activity=activity, organization=make.organization(), role="lead")
    )
    deliverable = make.deliverable(activity=activity, title="A report")
    make.save(DeliverableEvidence(deliverable=deliverable, meeting=make.meeting(slug="shown")))
    told = get(client, "activities/activity/")
    assert told["arises_from"]["slug"] == "decided"
    assert [row["id"] for row in told["provisions"]] == [str(provision.public_id)]
    assert [row["role"] for row in told["organizations"]] == ["lead"]
    assert [row["title"] for row in told["deliverables"]] == ["A report"]
    assert told["deliverables"][0]["evidence"][0]["meeting"]["slug"] == "shown"


def test_plan_tells_its_areas_in_order(client: Client) -> None:
    plan = make.action_plan(slug="plan")
    make.priority_area(plan=plan, position=2, slug="second")
    make.priority_area(plan=plan, position=1, slug="first")
    told = get(client, "action-plans/plan/")
    assert [row["slug"] for row in told["areas"]] == ["first", "second"]
    assert get(client, "priority-areas/first/")["plan"]["slug"] == "plan"
    assert get(client, "priority-areas/?plan=plan")["count"] == 2


def test_sub_group_tells_who_sits_in_it_on_a_day(client: Client) -> None:
    group = make.sub_group(slug="group")
    seat = make.sub_group_seat(sub_group=group, from_on="2022-07-19", role="co_lead")
    told = get(client, "sub-groups/group/")
    assert [row["id"] for row in told["seats"]] == [str(seat.public_id)]
    assert get(client, "sub-group-seats/?on=2022-07-18")["count"] == 0
    assert get(client, "sub-group-seats/?on=2022-07-19&sub_group=group")["count"] == 1


def test_hidden_area_leaves_the_activity_without_one(client: Client) -> None:
    plan = make.action_plan()
    make.activity(plan=plan, area=make.priority_area(plan=plan, status="draft"))
    [row] = get(client, "activities/")["results"]
    assert row["area"] is None
