"""The front page of the back office: today's work, counted as its lists are."""

import datetime as dt
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from taskforce.models import Document, Organization
from tests import make
from tests.staff import sign_in
from tests.taskforce.test_admin import page
from untfsse.kit.records.roles import EDITOR

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def days_ago(days: int) -> str:
    return str(TODAY - dt.timedelta(days=days))


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_what_the_clock_published_is_told_until_somebody_has_seen_to_it(
    secretary: Client,
) -> None:
    planned = make.organization(name="Planned body", status="draft")
    secret = make.document(title="Planned secret", status="draft", audience="secretariat")
    at_once = make.organization(name="Body of now", status="draft")
    now = timezone.localtime()
    ahead = now + dt.timedelta(hours=2)
    for noun, record, at in (
        ("organization", planned, ahead),
        ("document", secret, ahead),
        ("organization", at_once, now),
    ):
        moment = {"at_0": f"{at:%Y-%m-%d}", "at_1": f"{at:%H:%M:%S}"}
        url = f"/admin/taskforce/{noun}/{record.pk}/do/publish/"
        assert secretary.post(url, moment).status_code == 302
    sign_in(editor := Client(), EDITOR)

    def told(reader: Client) -> list[str]:
        return [appeared.name for appeared in reader.get("/admin/").context["appeared"]]

    def let_pass(span: dt.timedelta) -> None:
        moments = {"published_at": F("published_at") - span, "updated_at": F("updated_at") - span}
        for noun in (Organization, Document):
            noun.objects.update(**moments)

    assert told(secretary) == []
    let_pass(dt.timedelta(hours=3))
    assert set(told(secretary)) == {str(planned), str(secret)}
    assert told(editor) == [str(planned)]
    text = secretary.get("/admin/").text
    link = f'<a href="/admin/taskforce/organization/{planned.pk}/change/">{planned}</a>'
    appeared = ahead - dt.timedelta(hours=3)
    assert f"{link}: organization, {appeared:%-d %B %Y, %H:%M}" in text
    Organization.objects.get(pk=planned.pk).save()
    assert told(editor) == []
    assert told(secretary) == [str(secret)]
    let_pass(dt.timedelta(days=7))
    assert told(secretary) == []
