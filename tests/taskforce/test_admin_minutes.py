"""The way of the minutes through the pages of the record."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from taskforce import services
from taskforce.models import AgendaItem, Meeting, Minutes
from tests import make
from tests.staff import sign_in
from tests.taskforce.test_admin_record import address, approve, full, save
from untfsse.kit.records.roles import VIEWER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unwritten_menu")]


@pytest.mark.slow
def test_the_minutes_go_their_way_from_the_record_pages(secretary: Client) -> None:
    meeting, item, _row = full()
    save(secretary, meeting, **{"meeting-state": "held", f"i{item.pk}-text": "<p>Said.</p>"})
    later = services.prepare_meeting(kind="regular", starts_on="2022-10-05", by=None)

    [(label, circulate)] = secretary.get(address(meeting)).context["ways"]
    assert label == "Circulate the minutes"
    assert b"<p>Said.</p>" in secretary.get(circulate).content
    done: Any = secretary.post(circulate, {"on": "2022-08-02"})
    assert done.url == address(meeting)

    point = secretary.get(address(later)).context["sheet"].points[1][0]
    [(label, approval)] = point.ways
    assert (label, point.title) == ("Approve these minutes", f"Approval of the minutes: {meeting}")
    done = secretary.post(approval, filled_act(secretary.get(approval)))
    assert done.url == address(later)

    page = secretary.get(address(meeting))
    meeting.minutes.refresh_from_db()
    assert (str(meeting.minutes.approved_on), meeting.minutes.approved_at_meeting) == (
        "2022-10-05",
        later,
    )
    assert [label for label, _url in page.context["ways"]] == ["Add a corrigendum"]
    assert (page.context["sheet"].texts, page.context["sheet"].new) == ({}, {})
    assert b"and frozen" in page.content


def filled_act(page: Any) -> dict[str, Any]:
    return {name: field.value() for name, field in bound(page).items() if field.value()}


def bound(page: Any) -> dict[str, Any]:
    return {field.name: field for field in page.context["form"]}


@pytest.mark.slow
def test_a_text_changed_since_it_went_round_says_so_before_it_is_approved(
    secretary: Client,
) -> None:
    meeting, _item, _row = full()
    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    minutes = make.minutes(meeting=meeting, text="<p>Forty.</p>")
    services.circulate_minutes(minutes, on=dt.date(2022, 7, 19), by=None)
    url = reverse("admin:taskforce_minutes_act", args=[minutes.pk, "approve"])

    same = secretary.get(url)
    save(secretary, meeting, **{"minutes-text": "<p>Forty-one.</p>"})
    changed = secretary.get(url)

    assert b"Changed since it was circulated" not in same.content
    assert b"Changed since it was circulated" in changed.content


def test_approved_minutes_are_not_deleted_and_the_reason_is_told(secretary: Client) -> None:
    minutes = make.minutes(meeting=make.meeting(starts_on="2022-07-19"))
    services.circulate_minutes(minutes, on=dt.date(2022, 7, 19), by=None)
    later = make.meeting(starts_on="2022-10-05")
    services.approve_minutes(minutes, at_meeting=later, on=dt.date(2022, 10, 5), by=None)

    delete = reverse("admin:taskforce_minutes_delete", args=[minutes.pk])
    answer: Any = secretary.post(delete, {"post": "yes"}, follow=True)

    assert [str(message) for message in answer.context["messages"]] == [
        "The database keeps a rule that refuses this: approved minutes no longer change."
    ]
    assert Minutes.objects.filter(pk=minutes.pk).exists()


@pytest.mark.slow
def test_a_frozen_text_is_shown_as_text(secretary: Client) -> None:
    meeting, item, _row = full()
    AgendaItem.objects.filter(pk=item.pk).update(minutes_text="<p>Said.</p>")
    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    approve(meeting)
    pages = [
        secretary.get(reverse("admin:taskforce_minutes_change", args=[meeting.minutes.pk])),
        secretary.get(address(meeting)),
        secretary.get(meeting.get_absolute_url()),
    ]

    assert ["<p>Forty took part.</p>" in page.content.decode() for page in pages] == [True] * 3
    assert ["&lt;p&gt;" in page.content.decode() for page in pages] == [False] * 3


def test_a_viewer_reads_what_was_said_as_text(client: Client) -> None:
    item = make.agenda_item(minutes_text="<p>Said.</p>")
    sign_in(client, VIEWER)

    page = client.get(reverse("admin:taskforce_agendaitem_change", args=[item.pk]))

    assert "<p>Said.</p>" in page.content.decode()
