"""Meetings are prepared with number, agenda and invitations, and recorded with attendance."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from taskforce import services
from taskforce.models import AgendaItem, Meeting
from taskforce.services.series import neighbours_of
from tests import make
from untfsse.kit.records.publication import VISITOR

pytestmark = pytest.mark.django_db
DAY = dt.date(2022, 7, 19)


def titles(meeting: Meeting) -> list[str]:
    return [str(item) for item in meeting.agenda_items.all()]


def sitting(**facts: Any) -> Meeting:
    """A held special meeting on whose agenda one item was dealt with, in circulated minutes."""
    meeting = make.meeting(**facts)
    make.agenda_item(meeting=meeting, number=1, title="Dealt with", minutes_text="<p>Done.</p>")
    make.minutes(meeting=meeting, state="circulated", circulated_on=str(meeting.starts_on))
    return meeting


# --- The next in its series ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "ordinal", "title"),
    [
        ("regular", 48, "48th regular meeting"),
        ("founding", 48, "48th regular meeting"),
        ("technical_symposium", 6, "Sixth technical symposium"),
        ("special", None, "Special meeting of 19 July 2022"),
        ("webinar", None, "Webinar of 19 July 2022"),
    ],
)
def test_the_next_of_a_series_is_proposed(kind: str, ordinal: int | None, title: str) -> None:
    make.meeting(kind="founding", ordinal=1, starts_on="2013-09-30")
    make.meeting(kind="regular", ordinal=47)
    make.meeting(kind="technical_symposium", ordinal=5)
    proposal = services.next_in_series(kind, on=DAY)
    assert (proposal.ordinal, proposal.title) == (ordinal, title)


@pytest.mark.parametrize(
    ("ordinal", "title"),
    [(10, "Tenth"), (11, "11th"), (21, "21st"), (42, "42nd"), (53, "53rd"), (112, "112th")],
)
def test_an_ordinal_is_written_as_english_writes_it(ordinal: int, title: str) -> None:
    make.meeting(kind="regular", ordinal=ordinal - 1)
    assert services.next_in_series("regular").title == f"{title} regular meeting"


def test_the_first_of_a_blank_database_is_the_first() -> None:
    assert services.next_in_series("regular").ordinal == 1


# --- Preparing -----------------------------------------------------------------------------


def test_a_prepared_meeting_is_a_planned_draft_with_an_address() -> None:
    meeting = services.prepare_meeting(kind="special", starts_on=DAY, by=None)
    assert (meeting.status, meeting.state, meeting.slug) == (
        "draft",
        "planned",
        "special-meeting-of-19-july-2022",
    )
    second = services.prepare_meeting(kind="special", starts_on=DAY, by=None)
    assert second.slug == "special-meeting-of-19-july-2022-2"


def test_a_number_that_is_taken_is_refused_at_its_field() -> None:
    make.meeting(kind="regular", ordinal=40)
    with pytest.raises(ValidationError) as refusal:
        services.prepare_meeting(kind="regular", starts_on=DAY, ordinal=40, by=None)
    assert "Another regular meeting has this number." in refusal.value.messages


def test_a_webinar_gets_no_agenda() -> None:
    assert titles(services.prepare_meeting(kind="webinar", starts_on=DAY, by=None)) == []


def test_the_agenda_approves_the_minutes_of_the_meeting_before() -> None:
    sitting(title="Older", starts_on="2022-05-01")
    before = make.meeting(title="Before", starts_on="2022-06-01")
    make.meeting(title="A webinar between", kind="webinar", starts_on="2022-07-01")
    meeting = services.prepare_meeting(kind="regular", starts_on=DAY, by=None)
    assert titles(meeting) == [
        "1. Adoption of the agenda",
        "2. Approval of the minutes: Older",
        "3. Approval of the minutes: Before",
        "4. Other business",
    ]
    assert meeting.agenda_items.get(number=3).approves_minutes_of == before


@pytest.mark.parametrize("starts_on", [DAY, None])
def test_the_agenda_approves_the_minutes_of_the_number_before(starts_on: Any) -> None:
    make.meeting(kind="regular", ordinal=53, starts_on="2022-07-15")
    before = make.meeting(kind="regular", ordinal=54, starts_on="2022")
    meeting = services.prepare_meeting(kind="regular", starts_on=starts_on, by=None)
    [item] = meeting.agenda_items.filter(kind="approval_of_minutes")
    neighbours = neighbours_of(meeting, VISITOR)
    assert (item.approves_minutes_of, neighbours["previous"]) == (before, before)


@pytest.mark.parametrize("kind", ["regular", "special"])
def test_a_meeting_still_without_a_day_takes_up_all_that_was_held(kind: str) -> None:
    make.meeting(kind="regular", ordinal=54, starts_on="2022-06-01")
    special = sitting(title="Special", starts_on="2022-07-01")
    make.agenda_item(meeting=special, title="No time left")
    meeting = services.prepare_meeting(kind=kind, starts_on=None, by=None)
    assert titles(meeting)[1:-1] == [
        "2. Approval of the minutes: Special",
        "3. No time left",
    ]
    last = make.meeting(title="Last", starts_on="2022-07-19")
    services.circulate_minutes(make.minutes(meeting=last), on=DAY, by=None)
    assert titles(meeting)[2] == "3. Approval of the minutes: Last"


def test_approved_minutes_are_not_approved_again() -> None:
    earlier = sitting(title="Older", starts_on="2022-05-01")
    at_meeting = make.meeting(starts_on="2022-06-01")
    services.approve_minutes(
        earlier.minutes, at_meeting=at_meeting, on=DAY, by=None, is_amended=True
    )
    meeting = services.prepare_meeting(kind="regular", starts_on=DAY, by=None)
    assert [item.approves_minutes_of for item in meeting.agenda_items.all()] == [
        None,
        at_meeting,
        None,
    ]


@pytest.mark.parametrize("follow_up", ["open", "partly"])
def test_an_item_with_an_unfinished_decision_is_carried_over(follow_up: str) -> None:
    earlier = make.meeting(starts_on="2022-06-01")
    presenter, text = make.organization(), make.instrument()
    item = make.agenda_item(meeting=earlier, title="Sub-groups", minutes_text="<p>Discussed.</p>")
    item.presenters.add(presenter)
    item.instruments.add(text)
    make.decision(meeting=earlier, agenda_item=item, follow_up=follow_up)
    meeting = services.prepare_meeting(kind="regular", starts_on=DAY, by=None)
    carried = meeting.agenda_items.get(title="Sub-groups")
    assert carried.carried_over_from == item
    assert [*carried.presenters.all(), *carried.instruments.all()] == [presenter, text]


@pytest.mark.parametrize("follow_up", ["no_information", "implemented", "elapsed", "superseded"])
def test_an_item_whose_decision_is_settled_is_not_carried_over(follow_up: str) -> None:
    earlier = make.meeting(starts_on="2022-06-01")
    item = make.agenda_item(meeting=earlier, title="Settled", minutes_text="<p>Discussed.</p>")
    make.decision(meeting=earlier, agenda_item=item, follow_up=follow_up)
    meeting = services.prepare_meeting(kind="regular", starts_on=DAY, by=None)
    assert not meeting.agenda_items.filter(title="Settled").exists()


def test_what_the_minutes_do_not_mention_is_carried_over() -> None:
    earlier = sitting(starts_on="2022-06-01")
    make.agenda_item(meeting=earlier, title="No time left")
    make.agenda_item(meeting=earlier, title="Other business", kind="other_business")
    meeting = services.prepare_meeting(kind="regular", starts_on=DAY, by=None)
    assert [str(item.carried_over_from) for item in meeting.agenda_items.all()].count("None") == 3
    assert meeting.agenda_items.get(title="No time left").number == 3


def test_a_meeting_without_minutes_does_not_fill_the_next_agenda() -> None:
    earlier = make.meeting(starts_on="2022-06-01")
    make.agenda_item(meeting=earlier, title="Nobody knows")
    meeting = services.prepare_meeting(kind="regular", starts_on=DAY, by=None)
    assert not meeting.agenda_items.filter(title="Nobody knows").exists()


@pytest.mark.parametrize("state", ["postponed", "cancelled"])
def test_the_agenda_of_a_meeting_that_was_not_held_is_carried_over(state: str) -> None:
    earlier = make.meeting(starts_on="2022-06-01", state=state)
    make.agenda_item(meeting=earlier, title="Still to be said")
    meeting = services.prepare_meeting(kind="regular", starts_on=DAY, by=None)
    assert titles(meeting) == [
        "1. Adoption of the agenda",
        "2. Still to be said",
        "3. Other business",
    ]


@pytest.mark.slow
def test_an_item_knows_for_the_how_manyth_time_it_is_on_the_agenda() -> None:
    first = make.meeting(starts_on="2022-01-10")
    item = make.agenda_item(meeting=first, title="Road to a resolution", minutes_text="<p>…</p>")
    make.decision(meeting=first, agenda_item=item, follow_up="open")
    second = services.prepare_meeting(kind="regular", starts_on="2022-03-10", by=None)
    third = services.prepare_meeting(kind="regular", starts_on="2022-05-10", by=None)
    items = [meeting.agenda_items.get(title=item.title) for meeting in (second, third)]
    assert items[1].carried_over_from == items[0]
    ages = services.carried_over_counts([item, *items])
    assert [ages[row.pk] for row in (item, *items)] == [0, 1, 2]


def test_the_ages_of_a_whole_agenda_take_one_query(django_assert_num_queries: Any) -> None:
    items = [make.agenda_item() for _number in range(3)]
    with django_assert_num_queries(1):
        assert services.carried_over_counts(items) == {item.pk: 0 for item in items}


def test_an_agenda_is_proposed_once() -> None:
    meeting = services.prepare_meeting(kind="regular", starts_on=DAY, by=None)
    with pytest.raises(ValidationError, match="has an agenda already"):
        services.propose_agenda(meeting, by=None)


def test_an_item_moves_up_and_down_and_stops_at_the_ends() -> None:
    meeting = make.meeting()
    items = [make.agenda_item(meeting=meeting, number=n, title=f"T{n}") for n in (1, 2, 4)]
    child = make.agenda_item(meeting=meeting, parent=items[2], number=1, title="Child")
    assert services.move_item(items[2], up=True, by=None)
    assert titles(meeting) == ["1. T1", "2. T4", "2.1. Child", "4. T2"]
    assert services.move_item(items[2], up=True, by=None)
    assert not services.move_item(items[2], up=True, by=None)
    assert services.move_item(items[2], up=False, by=None)
    assert titles(meeting) == ["1. T1", "2. T4", "2.1. Child", "4. T2"]
    assert not services.move_item(child, up=False, by=None)


def test_nothing_moves_when_somebody_else_moved_meanwhile() -> None:
    meeting = make.meeting()
    items = [make.agenda_item(meeting=meeting, number=n, title=f"T{n}") for n in (1, 2, 3)]
    seen = [item.pk for item in items]
    services.move_item(items[0], up=False, by=None, seen=seen)
    with pytest.raises(ValidationError, match="Somebody else changed the agenda meanwhile"):
        services.move_item(items[0], up=False, by=None, seen=seen)
    assert titles(meeting) == ["1. T2", "2. T1", "3. T3"]


def test_a_new_item_comes_before_other_business() -> None:
    meeting = services.prepare_meeting(kind="regular", starts_on=DAY, by=None)
    body = make.organization()
    item = services.add_item(meeting, title=" Sub-groups ", presenters=[body], by=None)
    under = services.add_item(meeting, title="First", parent=item, by=None)
    assert titles(meeting) == [
        "1. Adoption of the agenda",
        "2. Sub-groups",
        "2.1. First",
        "3. Other business",
    ]
    assert (under.number, under.parent, list(item.presenters.all())) == (1, item, [body])


def test_an_item_does_not_go_under_one_of_another_agenda() -> None:
    with pytest.raises(ValidationError) as refusal:
        services.add_item(make.meeting(), title="T", parent=make.agenda_item(), by=None)
    assert refusal.value.message_dict == {"parent": ["This item is on another meeting's agenda."]}


def test_a_removed_item_leaves_no_gap() -> None:
    meeting = make.meeting()
    items = [make.agenda_item(meeting=meeting, number=n, title=f"T{n}") for n in (1, 2, 3)]
    services.remove_item(items[1], by=None)
    assert titles(meeting) == ["1. T1", "2. T3"]


@pytest.mark.parametrize("what", ["minutes", "decision", "item below"])
def test_an_item_on_which_something_hangs_stays(what: str) -> None:
    item = make.agenda_item(minutes_text="<p>Said.</p>" if what == "minutes" else "")
    if what == "decision":
        make.decision(meeting=item.meeting, agenda_item=item)
    if what == "item below":
        make.agenda_item(meeting=item.meeting, parent=item)
    with pytest.raises(ValidationError, match=r"stays|first"):
        services.remove_item(item, by=None)
    assert AgendaItem.objects.filter(pk=item.pk).exists()


@pytest.mark.parametrize("act", ["move", "add", "remove"])
def test_the_agenda_of_approved_minutes_does_not_change(act: str) -> None:
    meeting = make.meeting()
    item, other = make.agenda_item(meeting=meeting), make.agenda_item(meeting=meeting)
    minutes = make.minutes(meeting=meeting, state="circulated", circulated_on=DAY)
    later = make.meeting(starts_on="2022-10-05")
    day = dt.date(2022, 10, 5)
    services.approve_minutes(minutes, at_meeting=later, on=day, by=None, is_amended=True)
    acts: dict[str, Any] = {
        "move": lambda: services.move_item(item, up=False, by=None),
        "add": lambda: services.add_item(meeting, title="T", by=None),
        "remove": lambda: services.remove_item(other, by=None),
    }
    with pytest.raises(ValidationError, match="its agenda no longer changes"):
        acts[act]()
    assert meeting.agenda_items.count() == 2


def test_an_agenda_made_by_hand_takes_up_what_waits_for_approval() -> None:
    earlier = sitting(title="Older", starts_on="2022-06-01")
    meeting = make.meeting(state="planned", starts_on=DAY, kind="regular")
    assert services.take_up_approvals(meeting, by=None) == []
    make.agenda_item(meeting=meeting, number=1, title="Adoption", kind="adoption")
    make.agenda_item(meeting=meeting, number=2, title="News")
    [item] = services.take_up_approvals(meeting, by=None)
    assert item.approves_minutes_of == earlier
    assert titles(meeting) == ["1. Adoption", "2. Approval of the minutes: Older", "3. News"]
    assert services.take_up_approvals(meeting, by=None) == []


def test_who_may_not_add_meetings_prepares_none() -> None:
    with pytest.raises(PermissionDenied, match="does not let you add: meetings"):
        services.prepare_meeting(kind="regular", starts_on=DAY, by=make.user(is_staff=True))
    assert AgendaItem.objects.count() == 0
