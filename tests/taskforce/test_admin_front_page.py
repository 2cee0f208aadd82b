"""The front page of the back office: today's work, counted as its lists are."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from taskforce.models import Organization
from tests import make
from tests.taskforce.test_admin import page

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def days_ago(days: int) -> str:
    return str(TODAY - dt.timedelta(days=days))


def test_each_number_on_the_front_page_is_the_length_of_its_list(secretary: Client) -> None:
    make.meeting(state="planned", starts_on=days_ago(-7))
    make.meeting(state="planned", starts_on=days_ago(3))
    make.meeting(state="held", starts_on=days_ago(15))
    make.decision(follow_up="open", due_on=days_ago(1))
    make.decision(follow_up="open", follow_up_on=days_ago(91))
    make.organization(confidence="medium")
    make.seat(confidence="low")
    make.update(deadline_on=days_ago(-14))
    draft = make.organization(status="draft")
    Organization.objects.filter(pk=draft.pk).update(
        updated_at=timezone.now() - dt.timedelta(days=31)
    )

    front = secretary.get("/admin/").context
    standing = [panel for _label, panels in front["standing"] for panel in panels]
    panels = {panel.task.name: panel for panel in [*front["waiting"], *standing]}
    lengths = {
        (panel.noun, name): secretary.get(panel.url).context["cl"].result_count
        for name, panel in panels.items()
    }

    assert {(panel.noun, name): panel.count for name, panel in panels.items()} == lengths
    assert set(panels) == {
        "coming",
        "agenda_empty",
        "agenda_not_sent",
        "not_closed",
        "minutes_missing",
        "overdue",
        "silent",
        "deadline",
        "drafts",
        "unsure",
    }


@pytest.mark.parametrize(
    ("days", "is_listed"), [(13, False), (14, True), (15, True)], ids=["before", "on", "after"]
)
def test_minutes_are_missed_from_the_fourteenth_day(
    days: int, is_listed: bool, secretary: Client
) -> None:
    make.meeting(state="held", starts_on=days_ago(days))

    listed = secretary.get(page("meeting", "changelist"), {"todo": "minutes_missing"})

    assert listed.context["cl"].result_count == int(is_listed)


def test_the_front_page_asks_as_much_for_many_rows_as_for_few(
    secretary: Client, django_assert_max_num_queries: Any
) -> None:
    secretary.get("/admin/")
    with django_assert_max_num_queries(70) as few:
        secretary.get("/admin/")
    for _number in range(3):
        make.decision(follow_up="open", due_on="2020")
        make.meeting(state="planned", starts_on=days_ago(-7))
    with django_assert_max_num_queries(70) as many:
        secretary.get("/admin/")

    assert len(many) == len(few)
