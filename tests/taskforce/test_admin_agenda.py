"""The agenda is prepared on one page: moved by buttons, added to, with the age of its items."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from taskforce import services
from taskforce.models import AgendaItem, Meeting
from tests import make
from tests.forms import filled
from tests.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unwritten_menu")]


def address(meeting: Meeting) -> str:
    return reverse("admin:taskforce_meeting_agenda", args=[meeting.pk])


def titles(meeting: Meeting) -> list[str]:
    return [str(item) for item in meeting.agenda_items.all()]


def agenda(*names: str) -> tuple[Meeting, list[AgendaItem]]:
    meeting = make.meeting(state="planned")
    return meeting, [
        make.agenda_item(meeting=meeting, number=number, title=name)
        for number, name in enumerate(names, start=1)
    ]


def press(client: Client, meeting: Meeting, button: str, shown: Any = None) -> Any:
    shown = shown or client.get(address(meeting))
    return client.post(address(meeting), {"do": button, "seen": shown.context["seen"]}, follow=True)


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


@pytest.mark.slow
def test_a_button_moves_an_item_and_keeps_the_focus_on_it(secretary: Client) -> None:
    meeting, [_one, two, _three] = agenda("One", "Two", "Three")

    moved = press(secretary, meeting, f"down-{two.pk}")
    back = press(secretary, meeting, f"up-{two.pk}")

    assert said(moved) == ["Moved: “3. Two”."]
    assert moved.content.count(b"autofocus") == 1
    assert b'aria-label="Up: Two" aria-keyshortcuts="Alt+ArrowUp" autofocus' in moved.content
    assert back.content.count(b"autofocus") == 1
    assert titles(meeting) == ["1. One", "2. Two", "3. Three"]


def test_who_saw_another_order_moves_nothing_and_is_told(secretary: Client) -> None:
    meeting, [one, _two, three] = agenda("One", "Two", "Three")
    shown = secretary.get(address(meeting))
    services.move_item(three, up=True, by=None)

    answer = press(secretary, meeting, f"down-{one.pk}", shown)

    assert said(answer) == [
        "Somebody else changed the agenda meanwhile, so nothing was moved. Here it is now."
    ]
    assert titles(meeting) == ["1. One", "2. Three", "3. Two"]


@pytest.mark.parametrize("button", ["", "up-", "up-²", "remove-99999999999999999999999", "x\0-1"])
def test_a_strange_button_moves_nothing(button: str, secretary: Client) -> None:
    meeting, _items = agenda("One", "Two")

    assert said(press(secretary, meeting, button)) == ["That item is no longer on the agenda."]
    assert titles(meeting) == ["1. One", "2. Two"]


def test_an_item_is_added_under_another_and_removed(secretary: Client) -> None:
    meeting, [one, two] = agenda("One", "Two")
    shown = secretary.get(address(meeting))

    secretary.post(address(meeting), filled(shown, title="Half", parent=str(one.pk)))
    removed = press(secretary, meeting, f"remove-{two.pk}")

    assert said(removed) == ["“Two” is removed."]
    assert [(item.printed_number, item.title) for item in removed.context["items"]] == [
        ("1", "One"),
        ("1.1", "Half"),
    ]


def test_an_item_without_a_title_is_refused_at_its_field(secretary: Client) -> None:
    meeting, _items = agenda("One")
    shown = secretary.get(address(meeting))

    answer = secretary.post(address(meeting), filled(shown, title=" ", kind="update"))

    assert answer.context["form"].errors == {"title": ["This field is required."]}
    assert filled(answer)["kind"] == ["update"]


def test_the_age_stands_beside_what_was_carried_over(secretary: Client) -> None:
    first, [item] = agenda("Road to a resolution")
    second, [again] = agenda("Road to a resolution")
    third, [now] = agenda("Road to a resolution")
    AgendaItem.objects.filter(pk=again.pk).update(carried_over_from=item)
    AgendaItem.objects.filter(pk=now.pk).update(carried_over_from=again)

    ages = [secretary.get(address(m)).context["items"][0].age for m in (first, second, third)]

    assert ages == ["", "second time on the agenda", "third time on the agenda"]


def test_the_page_asks_as_much_for_three_items_as_for_one(
    secretary: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = make.meeting(state="planned")
    make.agenda_item(meeting=meeting).presenters.add(make.organization())
    secretary.get("/healthz")  # a session is written down at its first request

    with django_assert_num_queries(9):
        secretary.get(address(meeting))
    for _number in range(2):
        make.agenda_item(meeting=meeting).presenters.add(make.organization())
    with django_assert_num_queries(9):
        secretary.get(address(meeting))


def test_an_edited_item_leads_back_to_its_agenda(secretary: Client) -> None:
    meeting, [one] = agenda("One")
    url = reverse("admin:taskforce_agendaitem_change", args=[one.pk])

    answer: Any = secretary.post(url, filled(secretary.get(url), title="Another"))

    assert answer.url == address(meeting)
    assert titles(meeting) == ["1. Another"]


@pytest.mark.slow
def test_a_meeting_saved_with_an_agenda_by_hand_gets_the_approval_item(secretary: Client) -> None:
    earlier = make.meeting(starts_on="2022-06-01")
    make.minutes(meeting=earlier, state="circulated", circulated_on="2022-06-02")
    meeting, _items = agenda("News")
    url = reverse("admin:taskforce_meeting_change", args=[meeting.pk])

    secretary.post(url, filled(secretary.get(url), city="Geneva"))

    assert titles(meeting) == [f"1. Approval of the minutes: {earlier}", "2. News"]


def test_an_item_below_another_is_named_by_its_printed_number(secretary: Client) -> None:
    meeting, [_one, two] = agenda("One", "Two")
    below = make.agenda_item(meeting=meeting, number=1, parent=two, title="Below")
    change = reverse("admin:taskforce_agendaitem_change", args=[below.pk])

    pages = [
        reverse("admin:taskforce_agendaitem_changelist"),
        reverse("admin:taskforce_meeting_record", args=[meeting.pk]),
        reverse("admin:taskforce_meeting_act", args=[meeting.pk, "decide"]),
        change,
    ]

    assert ["2.1" in text_of(secretary.get(page)) for page in pages] == [True] * 4


def test_an_agenda_has_two_levels(secretary: Client) -> None:
    meeting, [one, two] = agenda("One", "Two")
    below = make.agenda_item(meeting=meeting, number=1, parent=one)
    refused = []
    for item, parent in [(two, below), (one, two)]:
        page = reverse("admin:taskforce_agendaitem_change", args=[item.pk])
        answer = secretary.post(page, filled(secretary.get(page), parent=str(parent.pk)))
        refused.append(answer.context["adminform"].form.errors["parent"])

    assert refused == [["An agenda has two levels: 2 and 2.1. Choose another item."]] * 2
