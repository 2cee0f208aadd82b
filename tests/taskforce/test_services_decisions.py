"""Decisions are numbered, followed up with evidence, and superseded without circles."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from taskforce import services
from taskforce.models import Decision, DecisionEvidence
from tests import make
from tests.staff import member, staff

pytestmark = pytest.mark.django_db
TODAY = dt.date(2022, 12, 1)
LINK = {"url": "https://example.org/report", "title": "Report"}


def take(meeting: Any, **facts: Any) -> Decision:
    return services.take_decision(
        meeting, **{"kind": "decides", "text": "Decides", "by": None, **facts}
    )


# --- Numbers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "number"),
    [
        ({"kind": "special", "starts_on": "2022-07-19"}, "UNTFSSE/2022/SM/D1"),
        ({"kind": "regular", "ordinal": 40, "starts_on": "2022-10"}, "UNTFSSE/2022/R40/D1"),
        ({"kind": "technical_symposium", "ordinal": 3, "starts_on": "2022"}, "UNTFSSE/2022/TS3/D1"),
        ({"kind": "webinar", "starts_on": "2020-05-01"}, "UNTFSSE/2020/WB/D1"),
    ],
)
def test_the_first_number_of_a_meeting_is_proposed(facts: dict[str, Any], number: str) -> None:
    assert services.propose_number(make.meeting(**facts)) == number


def test_numbers_go_on_after_the_last_and_leave_gaps_alone() -> None:
    meeting = make.meeting(kind="special", starts_on="2022-07-19")
    make.decision(meeting=meeting, number="UNTFSSE/2022/SM/D1")
    make.decision(meeting=meeting, number="UNTFSSE/2022/SM/D9")
    make.decision(meeting=meeting, number="By correspondence")
    assert services.propose_number(meeting) == "UNTFSSE/2022/SM/D10"


def test_a_second_special_meeting_of_the_year_has_numbers_of_its_own() -> None:
    first, second, third = (make.meeting(kind="special", starts_on="2022-07-19") for _n in "123")
    assert [take(meeting).number for meeting in (first, second, second, third)] == [
        "UNTFSSE/2022/SM/D1",
        "UNTFSSE/2022/SM2/D1",
        "UNTFSSE/2022/SM2/D2",
        "UNTFSSE/2022/SM3/D1",
    ]


def test_a_meeting_without_a_date_proposes_no_number() -> None:
    with pytest.raises(ValidationError, match="Give the meeting a date first"):
        services.propose_number(make.meeting(starts_on=None))


# --- Taking --------------------------------------------------------------------------------


def test_a_decision_is_a_draft_with_its_facts() -> None:
    meeting, addressee = make.meeting(), make.organization()
    item = make.agenda_item(meeting=meeting)
    decision = take(
        meeting, agenda_item=item, addressees=[addressee], due_on="2022-12", text=" Requests "
    )
    assert (decision.status, decision.text, decision.slug) == (
        "draft",
        "Requests",
        "untfsse-2022-sm-d1",
    )
    assert (decision.agenda_item, list(decision.addressees.all())) == (item, [addressee])
    assert decision.due_on_last == dt.date(2022, 12, 31)


@pytest.mark.parametrize(
    ("kind", "follow_up"),
    [
        ("decides", "open"),
        ("requests", "open"),
        ("agrees", "open"),
        ("welcomes", "no_information"),
        ("notes", "no_information"),
    ],
)
def test_what_asks_to_act_is_open_from_the_day_of_the_meeting(kind: str, follow_up: str) -> None:
    decision = take(make.meeting(starts_on="2022-07-19"), kind=kind)
    known_on = dt.date(2022, 7, 19) if follow_up == "open" else None
    assert (decision.follow_up, decision.follow_up_on) == (follow_up, known_on)


def test_an_item_of_another_agenda_is_refused_at_its_field() -> None:
    with pytest.raises(ValidationError) as refusal:
        take(make.meeting(), agenda_item=make.agenda_item())
    assert list(refusal.value.message_dict) == ["agenda_item"]


def test_a_number_that_is_taken_is_refused_at_its_field() -> None:
    taken = make.decision(number="UNTFSSE/2022/SM/D1")
    with pytest.raises(ValidationError) as refusal:
        take(make.meeting(), number=taken.number)
    assert refusal.value.message_dict == {"number": ["Another decision has this number."]}


def test_who_may_not_add_decisions_takes_none() -> None:
    with pytest.raises(PermissionDenied):
        take(make.meeting(), by=make.user(is_staff=True))


# --- Due days ------------------------------------------------------------------------------


def due_day(decision: Decision, user: Any) -> dt.date | None:
    found: dt.date | None = Decision.objects.with_due_day(user).get(pk=decision.pk).effective_due_on
    return found


def test_the_next_meeting_is_that_of_the_next_number() -> None:
    meeting = make.meeting(kind="regular", ordinal=53, starts_on="2022-07-19")
    decision = make.decision(meeting=meeting, is_due_before_next_meeting=True)
    make.meeting(kind="regular", ordinal=54, starts_on="2022")
    make.meeting(kind="regular", ordinal=52, starts_on="2022-09")

    found = Decision.objects.with_due_day(staff("Secretariat")).get(pk=decision.pk)

    assert str(found.next_meeting_on) == "2022"


def test_due_before_the_next_meeting_follows_that_meeting() -> None:
    secretary = staff("Secretariat")
    meeting = make.meeting(starts_on="2022-07-19")
    decision = make.decision(meeting=meeting, is_due_before_next_meeting=True, due_on="2023")
    assert due_day(decision, secretary) == dt.date(2023, 12, 31)
    following = make.meeting(kind="regular", starts_on="2022-10-05", state="planned")
    make.meeting(kind="webinar", starts_on="2022-08-01")
    make.meeting(kind="regular", starts_on="2022-09-01", state="cancelled")
    assert due_day(decision, secretary) == dt.date(2022, 10, 5)
    following.starts_on = dt.date(2022, 11, 9)
    following.save()
    assert due_day(decision, secretary) == dt.date(2022, 11, 9)
    following.starts_on = "2022-11"
    following.save()
    assert due_day(decision, secretary) == dt.date(2022, 11, 30)


def test_the_due_day_tells_a_visitor_nothing_of_a_draft_meeting() -> None:
    decision = make.decision(
        meeting=make.meeting(starts_on="2022-07-19"), is_due_before_next_meeting=True
    )
    make.meeting(starts_on="2022-10-05", status="draft")
    assert due_day(decision, member()) is None


@pytest.mark.parametrize(
    ("on", "is_overdue"),
    [(dt.date(2022, 12, 30), False), (dt.date(2022, 12, 31), False), (dt.date(2023, 1, 1), True)],
)
def test_a_decision_is_overdue_from_the_day_after(on: dt.date, is_overdue: bool) -> None:
    decision = make.decision(due_on="2022-12", follow_up="open")
    make.decision(due_on="2022-12", follow_up="implemented")
    make.decision(due_on="2022-12", kind="notes")
    make.decision(follow_up="open")
    assert list(Decision.objects.overdue(on=on)) == ([decision] if is_overdue else [])


def test_decisions_without_information_since_a_day() -> None:
    meeting = make.meeting(starts_on="2022-07-19")
    silent = make.decision(meeting=meeting)
    old = make.decision(meeting=meeting, follow_up="open", follow_up_on="2022-08-31")
    make.decision(meeting=meeting, follow_up="open", follow_up_on="2022-09-01")
    make.decision(meeting=meeting, follow_up="elapsed")
    make.decision(meeting=make.meeting(starts_on="2022-09-01"))
    since = Decision.objects.without_information(since=dt.date(2022, 9, 1))
    assert set(since) == {silent, old}


# --- Following up --------------------------------------------------------------------------


def test_implemented_needs_evidence() -> None:
    decision = make.decision()
    with pytest.raises(ValidationError) as refusal:
        services.mark_follow_up(decision, state="implemented", on=TODAY, by=None)
    assert list(refusal.value.message_dict) == ["follow_up"]
    done = services.mark_follow_up(
        decision, state="implemented", on=TODAY, by=None, evidence=[DecisionEvidence(**LINK)]
    )
    assert (done.follow_up, done.follow_up_on) == ("implemented", TODAY)
    assert [str(piece) for piece in done.evidence.all()] == ["Report"]


def test_evidence_from_before_is_enough() -> None:
    decision = make.decision()
    services.mark_follow_up(
        decision, state="partly", on=TODAY, by=None, evidence=[DecisionEvidence(**LINK)]
    )
    done = services.mark_follow_up(decision, state="implemented", on=TODAY, by=None)
    assert (done.follow_up, done.evidence.count()) == ("implemented", 1)


def test_evidence_that_is_two_things_changes_nothing() -> None:
    decision = make.decision()
    piece = DecisionEvidence(document=make.document(), **LINK)
    with pytest.raises(ValidationError, match="Name exactly one"):
        services.mark_follow_up(decision, state="implemented", on=TODAY, by=None, evidence=[piece])
    decision.refresh_from_db()
    assert (decision.follow_up, decision.evidence.count()) == ("no_information", 0)


def test_superseded_is_not_marked_without_a_successor() -> None:
    with pytest.raises(ValidationError, match="Say which decision supersedes"):
        services.mark_follow_up(make.decision(), state="superseded", on=TODAY, by=None)


def test_a_superseded_decision_is_not_reopened() -> None:
    decision = make.decision()
    services.supersede(decision, by_decision=make.decision(), by=None)
    with pytest.raises(ValidationError, match="is superseded by"):
        services.mark_follow_up(decision, state="open", on=TODAY, by=None)


# --- Superseding ---------------------------------------------------------------------------


def test_superseding_links_both_ways() -> None:
    earlier = make.decision(meeting=make.meeting(starts_on="2022-07-19"), follow_up="open")
    later = make.decision(meeting=make.meeting(starts_on="2022-10-05"))
    services.supersede(earlier, by_decision=later, by=None)
    earlier.refresh_from_db()
    assert (earlier.superseded_by, earlier.follow_up) == (later, "superseded")
    assert earlier.follow_up_on == dt.date(2022, 10, 5)
    assert list(later.supersedes.all()) == [earlier]


def test_a_decision_does_not_supersede_itself() -> None:
    decision = make.decision()
    with pytest.raises(ValidationError, match="in a circle"):
        services.supersede(decision, by_decision=decision, by=None)


def test_decisions_do_not_supersede_in_a_circle() -> None:
    meeting = make.meeting()
    first, second, third = (make.decision(meeting=meeting) for _number in range(3))
    services.supersede(first, by_decision=second, by=None)
    services.supersede(second, by_decision=third, by=None)
    with pytest.raises(ValidationError, match="in a circle"):
        services.supersede(third, by_decision=first, by=None)


def test_a_decision_is_superseded_once() -> None:
    meeting = make.meeting()
    first, second, third = (make.decision(meeting=meeting) for _number in range(3))
    services.supersede(first, by_decision=second, by=None)
    with pytest.raises(ValidationError, match="superseded already"):
        services.supersede(first, by_decision=third, by=None)


def test_an_earlier_meeting_does_not_supersede_a_later_one() -> None:
    earlier = make.decision(meeting=make.meeting(starts_on="2022-07-19"))
    later = make.decision(meeting=make.meeting(starts_on="2022-10-05"))
    with pytest.raises(ValidationError, match="was taken before"):
        services.supersede(later, by_decision=earlier, by=None)
