"""Minutes go round, are approved by a later meeting, and then no longer change."""

import datetime as dt
import hashlib
import re
import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from taskforce import services
from taskforce.models import AgendaItem, Meeting, Minutes
from tests import make
from untfsse.kit.forms.richtext import as_plain

JULY = dt.date(2022, 7, 19)
AUGUST = dt.date(2022, 8, 2)
OCTOBER = dt.date(2022, 10, 5)


def drafted(**facts: Any) -> Minutes:
    meeting = make.meeting(title="Special meeting", starts_on=JULY)
    item = make.agenda_item(
        meeting=meeting, number=1, title="Sub-groups", minutes_text="<p>Said.</p>"
    )
    make.decision(meeting=meeting, agenda_item=item, number="UNTFSSE/2022/SM/D3", text="Agrees")
    return make.minutes(meeting=meeting, text="<p>Forty took part.</p>", **facts)


def circulated() -> Minutes:
    return services.circulate_minutes(drafted(), on=AUGUST, by=None)


def approved() -> Minutes:
    return services.approve_minutes(
        circulated(), at_meeting=make.meeting(starts_on=OCTOBER), on=OCTOBER, by=None
    )


TEXT = """<p><strong>Day:</strong> 19 July 2022</p>
<p>Forty took part.</p>
<h3>1. Sub-groups</h3>
<p>Said.</p>
<p><strong>UNTFSSE/2022/SM/D3</strong> Agrees</p>"""


def test_circulating_fixes_the_whole_text_with_its_hash(db: None) -> None:
    minutes = circulated()
    assert (minutes.state, minutes.circulated_on) == ("circulated", AUGUST)
    assert minutes.circulated_text == TEXT
    assert minutes.circulated_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


def test_a_later_edit_leaves_the_circulated_version(db: None) -> None:
    minutes = services.edit_minutes(circulated(), text="<p>Forty-one took part.</p>", by=None)
    minutes.refresh_from_db()
    assert minutes.circulated_text == TEXT


def test_a_script_never_reaches_the_circulated_text(db: None) -> None:
    minutes = drafted()
    AgendaItem.objects.update(title="<script>alert(1)</script>")
    Minutes.objects.update(text="<p onclick='x()'>Hello<script>alert(2)</script></p>")
    text = str(services.compose_minutes(Minutes.objects.get(pk=minutes.pk)))
    assert text.splitlines()[1:3] == [
        "<p>Hello</p>",
        "<h3>1. &lt;script&gt;alert(1)&lt;/script&gt;</h3>",
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_minutes_follow_the_agenda_with_its_printed_numbers(
    db: None, rows: int, django_assert_num_queries: Any
) -> None:
    minutes = make.minutes()
    for number in range(1, rows + 1):
        item = make.agenda_item(meeting=minutes.meeting, number=number, title="Main")
        make.agenda_item(meeting=minutes.meeting, number=1, parent=item, title="Below")
    current = Minutes.objects.select_related("meeting").get(pk=minutes.pk)
    with django_assert_num_queries(4):
        text = str(services.compose_minutes(current))
    found = re.findall(r"<h[34]>(.*?)</h[34]>", text)
    assert (
        found
        == ["1. Main", "1.1. Below", "2. Main", "2.1. Below", "3. Main", "3.1. Below"][: 2 * rows]
    )


def test_a_decision_under_no_item_stands_in_a_part_of_its_own_at_the_end(db: None) -> None:
    minutes = drafted()
    make.decision(meeting=minutes.meeting, number="UNTFSSE/2022/SM/D4", text="<Thanks> all")
    services.circulate_minutes(minutes, on=AUGUST, by=None)
    minutes.refresh_from_db()
    assert (
        minutes.circulated_text
        == f"""{TEXT}
<h3>Decisions under no agenda item</h3>
<p><strong>UNTFSSE/2022/SM/D4</strong> &lt;Thanks&gt; all</p>"""
    )


def test_minutes_say_when_where_under_whom_and_with_whom(db: None) -> None:
    meeting = make.meeting(
        starts_on="2022-07-19", ends_on="2022-07-20", city="Geneva", country="CH", format="hybrid"
    )
    chair = make.office(title="Chair", slug="chair")
    facts: dict[str, Any] = {"from_on": "2021-01-01", "last_documented_on": "2022-12-01"}
    ilo = make.organization(name="Labour", acronym="ILO")
    make.term(office=chair, organization=ilo, person=make.person(name="Vic"), **facts)
    make.term(office=chair, organization=make.organization(name="Later"), from_on="2023")
    make.term(organization=make.organization(name="Another office"), **facts)
    make.seat(organization=ilo, **facts)
    vague = make.organization(name="Vague")
    make.seat(organization=vague, category="observer", from_on="2022", until_on="2022")
    for body in [ilo, vague, make.organization(name="Nobody")]:
        make.attendance(meeting=meeting, organization=body)
    hidden = make.organization(name="Hidden", status="draft", published_at=None)
    make.attendance(meeting=meeting, organization=hidden)
    away = make.organization(name="Away")
    make.attendance(meeting=meeting, organization=away, state="apologies")

    with translation.override("fr"):
        text = str(services.compose_minutes(make.minutes(meeting=meeting)))

    assert list(filter(None, as_plain(text).splitlines())) == [
        "Day: 19\N{EN DASH}20 July 2022",
        "Place: Geneva, Switzerland, Hybrid",
        "Chair on that day: Vic, Labour (ILO)",
        "Present:",
        "Labour (ILO), Member",
        "Nobody, no seat recorded",
        "Vague, Perhaps: Observer",
        "Apologies: Away",
        "What was said.",
    ]


# --- The approval item on the next agenda --------------------------------------------------


def test_circulating_puts_the_approval_on_the_next_agenda(db: None) -> None:
    minutes = drafted()
    following = make.meeting(starts_on=OCTOBER, state="planned")
    for number, kind in enumerate(["adoption", "discussion", "other_business"], start=1):
        make.agenda_item(meeting=following, number=number, title=kind, kind=kind)
    make.meeting(starts_on="2022-12-01", state="planned")
    services.circulate_minutes(minutes, on=AUGUST, by=None)
    assert [str(item) for item in following.agenda_items.all()] == [
        "1. adoption",
        "2. Approval of the minutes: Special meeting",
        "3. discussion",
        "4. other_business",
    ]


def test_an_approval_item_that_is_there_is_not_doubled(db: None) -> None:
    minutes = drafted()
    following = services.prepare_meeting(kind="regular", starts_on=OCTOBER, by=None)
    services.circulate_minutes(minutes, on=AUGUST, by=None)
    assert following.agenda_items.filter(kind="approval_of_minutes").count() == 1


def test_a_meeting_prepared_later_gets_the_approval_item(db: None) -> None:
    minutes = circulated()
    assert AgendaItem.objects.filter(kind="approval_of_minutes").count() == 0
    following = services.prepare_meeting(kind="regular", starts_on=OCTOBER, by=None)
    item = following.agenda_items.get(kind="approval_of_minutes")
    assert item.approves_minutes_of == minutes.meeting


def test_a_cancelled_or_held_meeting_gets_no_approval_item(db: None) -> None:
    minutes = drafted()
    make.meeting(starts_on="2022-09-01", state="cancelled")
    make.meeting(starts_on="2022-09-02", state="held")
    services.circulate_minutes(minutes, on=AUGUST, by=None)
    assert AgendaItem.objects.filter(kind="approval_of_minutes").count() == 0


# --- Approving -----------------------------------------------------------------------------


def test_approving_freezes_text_and_hash(db: None) -> None:
    minutes = approved()
    assert (minutes.state, minutes.approved_on) == ("approved", OCTOBER)
    assert minutes.approved_text == TEXT
    assert minutes.approved_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert minutes.shown_text == TEXT


def test_a_changed_text_is_approved_only_as_amended(db: None) -> None:
    minutes = services.edit_minutes(circulated(), text="<p>Forty-one took part.</p>", by=None)
    later = make.meeting(starts_on=OCTOBER)
    with pytest.raises(ValidationError, match="Approve it as amended"):
        services.approve_minutes(minutes, at_meeting=later, on=OCTOBER, by=None)
    amended = services.approve_minutes(
        minutes, at_meeting=later, on=OCTOBER, by=None, is_amended=True
    )
    assert amended.approved_text == TEXT.replace("Forty", "Forty-one")
    assert amended.circulated_text == TEXT


# --- Wrong orders, each refused with a sentence --------------------------------------------


def refused(message: str) -> Any:
    return pytest.raises(ValidationError, match=message)


def test_minutes_are_not_approved_before_they_were_circulated(db: None) -> None:
    with refused("Circulate the minutes before they are approved"):
        services.approve_minutes(
            drafted(), at_meeting=make.meeting(starts_on=OCTOBER), on=OCTOBER, by=None
        )


@pytest.mark.parametrize("starts_on", ["2022-07-18", "2022-07-19", None])
def test_minutes_are_not_approved_at_an_earlier_meeting(db: None, starts_on: str | None) -> None:
    with refused("approved at a later meeting"):
        services.approve_minutes(
            circulated(), at_meeting=make.meeting(starts_on=starts_on), on=OCTOBER, by=None
        )


def test_minutes_are_not_approved_at_their_own_meeting(db: None) -> None:
    minutes = circulated()
    with refused("approved at a later meeting"):
        services.approve_minutes(minutes, at_meeting=minutes.meeting, on=OCTOBER, by=None)


def test_minutes_are_not_approved_at_a_webinar(db: None) -> None:
    webinar = make.meeting(kind="webinar", starts_on=OCTOBER)
    with refused("meeting of the Task Force itself"):
        services.approve_minutes(circulated(), at_meeting=webinar, on=OCTOBER, by=None)


def test_minutes_are_not_approved_at_a_cancelled_meeting(db: None) -> None:
    cancelled = make.meeting(starts_on=OCTOBER, state="cancelled")
    with refused("did not take place"):
        services.approve_minutes(circulated(), at_meeting=cancelled, on=OCTOBER, by=None)


def test_minutes_are_not_approved_before_the_day_they_went_round(db: None) -> None:
    later = make.meeting(starts_on=OCTOBER)
    with refused("before they were circulated"):
        services.approve_minutes(
            circulated(), at_meeting=later, on=AUGUST - dt.timedelta(days=1), by=None
        )


def test_minutes_are_not_approved_before_the_meeting_that_approves_them(db: None) -> None:
    later = make.meeting(starts_on=OCTOBER)
    with refused("before the meeting that does it"):
        services.approve_minutes(
            circulated(), at_meeting=later, on=OCTOBER - dt.timedelta(days=1), by=None
        )


def test_minutes_are_not_approved_twice(db: None) -> None:
    minutes = approved()
    with refused("approved already"):
        services.approve_minutes(
            minutes, at_meeting=make.meeting(starts_on="2022-12-01"), on=OCTOBER, by=None
        )


def test_minutes_are_not_circulated_twice(db: None) -> None:
    with refused("were circulated on 2022-08-02"):
        services.circulate_minutes(circulated(), on=OCTOBER, by=None)


def test_approved_minutes_are_not_circulated(db: None) -> None:
    with refused("approved and no longer change"):
        services.circulate_minutes(approved(), on=OCTOBER, by=None)


def test_minutes_are_not_circulated_before_the_meeting(db: None) -> None:
    with refused("before the meeting"):
        services.circulate_minutes(drafted(), on=JULY - dt.timedelta(days=1), by=None)


def test_minutes_of_a_planned_meeting_are_not_circulated(db: None) -> None:
    minutes = drafted()
    Meeting.objects.update(state="planned")
    with refused("not marked as held"):
        services.circulate_minutes(minutes, on=AUGUST, by=None)


def test_empty_minutes_are_not_circulated(db: None) -> None:
    with refused("no text to circulate"):
        services.circulate_minutes(make.minutes(text=""), on=AUGUST, by=None)


def test_approved_minutes_are_not_edited(db: None) -> None:
    with refused("Add a corrigendum"):
        services.edit_minutes(approved(), text="Another text", by=None)


# --- Corrigenda ----------------------------------------------------------------------------


def test_corrigenda_are_numbered_and_dated(db: None) -> None:
    minutes = approved()
    days = [OCTOBER, dt.date(2022, 11, 1)]
    made = [services.add_corrigendum(minutes, text="Read 41.", on=day, by=None) for day in days]
    assert [(row.number, row.made_on) for row in made] == [(1, days[0]), (2, days[1])]


def test_minutes_that_are_not_approved_take_no_corrigendum(db: None) -> None:
    with refused("Only approved minutes"):
        services.add_corrigendum(circulated(), text="Read 41.", on=OCTOBER, by=None)


def test_a_corrigendum_is_not_older_than_the_approval(db: None) -> None:
    with refused("older than the approval"):
        services.add_corrigendum(approved(), text="Read 41.", on=AUGUST, by=None)


def test_a_corrigendum_says_something(db: None) -> None:
    with pytest.raises(ValidationError) as refusal:
        services.add_corrigendum(approved(), text=" ", on=OCTOBER, by=None)
    assert list(refusal.value.message_dict) == ["text"]


# --- What PostgreSQL keeps -----------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"approved_text": "Another"},
        {"text": "Another"},
        {"state": "draft"},
        {"approved_sha256": "0" * 64},
        {"circulated_text": ""},
    ],
)
def test_postgresql_refuses_any_change_of_approved_minutes(
    db: None, change: dict[str, str]
) -> None:
    minutes = approved()
    with pytest.raises(IntegrityError, match="approved minutes no longer change"):
        Minutes.objects.filter(pk=minutes.pk).update(**change)


def test_postgresql_refuses_to_delete_approved_minutes(db: None) -> None:
    minutes = approved()
    with pytest.raises(IntegrityError, match="approved minutes no longer change"):
        minutes.delete()


def test_the_audience_of_approved_minutes_may_change(db: None) -> None:
    minutes = approved()
    assert Minutes.objects.filter(pk=minutes.pk).update(audience="public") == 1


def test_the_text_under_an_item_is_frozen_too(db: None) -> None:
    item = approved().meeting.agenda_items.get()
    item.minutes_text = "<p>Another.</p>"
    with pytest.raises(ValidationError, match="Add a corrigendum instead"):
        item.full_clean()
    with pytest.raises(IntegrityError, match="approved minutes no longer change"):
        AgendaItem.objects.filter(pk=item.pk).update(minutes_text="<p>Another.</p>")


@pytest.mark.parametrize(
    ("noun", "change"),
    [
        ("agenda_items", {"title": "Another"}),
        ("agenda_items", {"number": 9}),
        ("decisions", {"text": "Another"}),
        ("decisions", {"number": "UNTFSSE/2022/SM/D9"}),
        ("decisions", {"agenda_item": None}),
    ],
)
def test_what_approved_minutes_name_is_frozen_too(
    db: None, noun: str, change: dict[str, Any]
) -> None:
    record = getattr(approved().meeting, noun).get()
    rows = type(record).objects.filter(pk=record.pk)
    for name, value in change.items():
        setattr(record, name, value)
    with pytest.raises(ValidationError, match="Add a corrigendum instead"):
        record.full_clean()
    with pytest.raises(IntegrityError, match="approved minutes no longer change"):
        rows.update(**change)


def test_no_item_is_added_to_an_approved_agenda_nor_a_decision_deleted(db: None) -> None:
    meeting = approved().meeting
    with (
        pytest.raises(IntegrityError, match="approved minutes no longer change"),
        transaction.atomic(),
    ):
        AgendaItem.objects.create(meeting=meeting, number=2, title="Late")
    with pytest.raises(IntegrityError, match="approved minutes no longer change"):
        meeting.decisions.get().delete()


def test_a_decision_of_approved_minutes_is_still_followed_up(db: None) -> None:
    decision = approved().meeting.decisions.get()
    followed = services.mark_follow_up(decision, state="partly", on=OCTOBER, by=None)
    assert followed.follow_up == "partly"


@pytest.mark.parametrize("version", ["circulated", "approved"])
def test_a_hash_that_is_not_of_its_text_is_refused(db: None, version: str) -> None:
    minutes = make.minutes()
    setattr(minutes, f"{version}_text", "Ünïcode")
    setattr(minutes, f"{version}_sha256", "0" * 64)
    with pytest.raises(ValidationError, match="The hash is not that of the text"):
        minutes.full_clean()
    with pytest.raises(IntegrityError, match=f"minutes_{version}_hash_is_of_its_text"):
        minutes.save()


def test_the_hash_is_of_the_text_in_utf_8(db: None) -> None:
    minutes = make.minutes()
    minutes.circulated_text = "Économie sociale 社会"
    minutes.circulated_sha256 = hashlib.sha256("Économie sociale 社会".encode()).hexdigest()
    minutes.full_clean()
    minutes.save()


# --- Two at once ---------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_approvals_at_once_one_wins_and_the_other_gets_a_sentence() -> None:
    minutes, later = circulated(), make.meeting(starts_on=OCTOBER)
    answers: list[str] = []
    has_lock, may_end = threading.Event(), threading.Event()

    def approve() -> None:
        try:
            services.approve_minutes(minutes, at_meeting=later, on=OCTOBER, by=None)
            answers.append("approved")
        except ValidationError as error:
            answers.append(error.messages[0])
        finally:
            connection.close()

    def hold() -> None:
        try:
            with transaction.atomic():
                services.approve_minutes(minutes, at_meeting=later, on=OCTOBER, by=None)
                has_lock.set()
                may_end.wait(60)
            answers.append("approved")
        finally:
            connection.close()

    first = threading.Thread(target=hold)
    first.start()
    assert has_lock.wait(60)
    second = threading.Thread(target=approve)
    second.start()
    second.join(0.3)
    assert second.is_alive()
    may_end.set()
    first.join()
    second.join()
    assert sorted(answers) == [
        f"These minutes were approved already, at: {later}.",
        "approved",
    ]
