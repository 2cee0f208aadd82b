"""The back office of the action plan: what was not reported, and the area of the same plan."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.forms import filled

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def secretary(client: Client) -> Any:
    client.force_login(make.user(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize(("days", "is_listed"), [(181, 0), (182, 0), (183, 1)])
def test_an_activity_is_missed_after_half_a_year(
    days: int, is_listed: int, secretary: Client
) -> None:
    activity = make.activity(plan=make.action_plan(state="current"))
    make.progress_report(activity=activity, reported_on=TODAY - dt.timedelta(days=days))
    make.activity(plan=make.action_plan(state="past"))

    url = reverse("admin:actionplan_activity_changelist")
    listed = secretary.get(url, {"todo": "not_reported"}).context["cl"]

    assert [record.pk for record in listed.result_list] == [activity.pk][:is_listed]


def test_an_area_of_another_plan_is_refused_at_its_field(secretary: Client) -> None:
    activity, area = make.activity(), make.priority_area()
    url = reverse("admin:actionplan_activity_change", args=[activity.pk])

    answer = secretary.post(url, filled(secretary.get(url), area=str(area.pk)))

    assert answer.context["adminform"].form.errors == {
        "area": ["This belongs to another action plan."]
    }


def test_no_report_is_a_state_of_its_own_in_the_list(secretary: Client) -> None:
    make.activity()

    page = secretary.get(reverse("admin:actionplan_activity_changelist"))

    assert b">No report<" in page.content
