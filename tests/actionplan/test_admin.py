"""The back office of the action plan: what was not reported, and the area of the same plan."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplan.models import SubGroup
from tests import make
from tests.forms import filled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unwritten_menu")]
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


@pytest.mark.slow
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

    assert b">No report to the Task Force<" in page.content


@pytest.mark.slow
def test_groups_are_established_from_the_page_of_their_decision(secretary: Client) -> None:
    plan = make.action_plan()
    decision = make.decision(meeting=make.meeting(starts_on="2022-07-19"))
    page = f"/admin/taskforce/decision/{decision.pk}/"
    assert f'href="{page}do/establish/"' in secretary.get(f"{page}change/").content.decode()
    asked = secretary.get(f"{page}do/establish/").context["form"]
    assert list(asked.fields) == ["plan", "names", "kind", "from_on"]

    sent = {"plan": str(plan.pk), "names": "Statistics\nLaw", "kind": "sub_group"}
    refused: Any = secretary.post(f"{page}do/establish/", {**sent, "names": ""})
    done = secretary.post(f"{page}do/establish/", sent)

    assert list(refused.context["form"].errors) == ["names"]
    assert done["Location"] == f"{page}change/"
    groups = SubGroup.objects.filter(established_by=decision).order_by("id")
    assert [(str(group), group.plan, str(group.from_on)) for group in groups] == [
        ("Statistics", plan, "2022-07-19"),
        ("Law", plan, "2022-07-19"),
    ]


def test_a_deliverable_is_overdue_once_its_last_possible_day_is_over(secretary: Client) -> None:
    make.deliverable(due_on=str(TODAY.year))
    make.deliverable(due_on=TODAY.isoformat())
    make.deliverable(due_on=str(TODAY.year - 1), delivered_on=str(TODAY.year))
    late = make.deliverable(due_on=str(TODAY.year - 1))
    page: Any = secretary.get("/admin/actionplan/deliverable/?todo=not_delivered")
    assert list(page.context["cl"].result_list) == [late]


@pytest.mark.slow
def test_what_was_typed_in_a_part_that_is_gone_can_be_added_anew(secretary: Client) -> None:
    activity = make.activity()
    gone, _kept = (make.deliverable(activity=activity) for _n in range(2))
    address = reverse("admin:actionplan_activity_change", args=[activity.pk])
    form = filled(secretary.get(address), **{"deliverables-0-title": "Typed meanwhile"})
    form |= {"deliverables-1-title": "Typed too"}
    gone.delete()
    asked: Any = secretary.post(address, form)
    [words] = asked.context["errors"][0]
    assert words.startswith("Somebody else deleted a part of this record meanwhile. What you had")
    titles = {"Typed meanwhile", "Typed too"}
    assert secretary.post(address, filled(asked)).status_code == 302
    assert set(activity.deliverables.values_list("title", flat=True)) == titles


@pytest.mark.slow
def test_a_part_that_is_gone_and_was_left_as_it_was_keeps_nothing_from_being_saved(
    secretary: Client,
) -> None:
    activity = make.activity()
    gone, kept = (make.deliverable(activity=activity) for _n in range(2))
    address = reverse("admin:actionplan_activity_change", args=[activity.pk])
    form = filled(secretary.get(address), **{"deliverables-1-title": "Typed"})
    gone.delete()
    saved: Any = secretary.post(address, form, follow=True)
    words = [str(message) for message in saved.context["messages"]]
    assert words[0] == "Somebody else deleted a part of this record meanwhile."
    assert list(activity.deliverables.values_list("pk", "title")) == [(kept.pk, "Typed")]
