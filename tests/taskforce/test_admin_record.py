"""A meeting is recorded on one page: state, attendance, minutes and decisions in one save."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from taskforce import services
from taskforce.models import AgendaItem, Attendance, Decision, Meeting
from tests import make
from tests.forms import filled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unwritten_menu")]


def address(meeting: Meeting) -> str:
    return reverse("admin:taskforce_meeting_record", args=[meeting.pk])


def full() -> tuple[Meeting, AgendaItem, Attendance]:
    """A planned meeting with one item and one invited member."""
    meeting = make.meeting(state="planned", starts_on="2022-07-19")
    item = make.agenda_item(meeting=meeting, number=1, title="Sub-groups")
    member = make.organization(name="International Labour Organization")
    make.seat(organization=member, from_on="2013")
    return meeting, item, make.attendance(meeting=meeting, organization=member, state="invited")


def save(client: Client, meeting: Meeting, shown: Any = None, **changes: Any) -> Any:
    shown = shown or client.get(address(meeting))
    return client.post(address(meeting), filled(shown, **changes))


def approve(meeting: Meeting) -> Meeting:
    """Circulate and approve the minutes of a held meeting; return the approving one."""
    later = make.meeting(starts_on="2022-10-05", kind="regular")
    minutes = make.minutes(meeting=meeting, text="<p>Forty took part.</p>")
    day = dt.date(2022, 10, 5)
    services.circulate_minutes(minutes, on=day, by=None)
    services.approve_minutes(minutes, at_meeting=later, on=day, by=None)
    return later


# --- One save ------------------------------------------------------------------------------


def test_one_save_keeps_state_attendance_minutes_and_decisions(secretary: Client) -> None:
    meeting, item, row = full()
    guest, after = make.organization(), make.meeting(starts_on="2022-10-05", kind="regular")

    save(
        secretary,
        meeting,
        **{
            "meeting-state": "held",
            "meeting-reported_participants": "40",
            "meeting-participants_wording": "over 40",
            f"o{row.organization_id}-state": "present",
            "others-organization": str(guest.pk),
            "minutes-text": "<p>Forty took part.</p>",
            f"i{item.pk}-text": "<p>Said.<script>alert(1)</script></p>",
            f"d{item.pk}-kind": "agrees",
            f"d{item.pk}-text": "To form sub-groups",
            f"d{item.pk}-addressees": [str(row.organization_id), str(guest.pk)],
            f"d{item.pk}-is_due_before_next_meeting": "on",
        },
    )
    again = secretary.get(address(meeting))
    meeting.refresh_from_db()
    item.refresh_from_db()
    [decision] = Decision.objects.all()

    assert (meeting.state, meeting.reported_participants, meeting.participants_wording) == (
        "held",
        40,
        "over 40",
    )
    assert set(meeting.attendances.values_list("organization", "state")) == {
        (row.organization_id, "present"),
        (guest.pk, "present"),
    }
    assert item.minutes_text == "<p>Said.</p>"
    assert (meeting.minutes.text, meeting.minutes.state) == ("<p>Forty took part.</p>", "draft")
    assert (decision.number, decision.agenda_item, decision.status) == (
        "UNTFSSE/2022/SM/D1",
        item,
        "draft",
    )
    assert set(decision.addressees.all()) == {row.organization, guest}
    totals = again.context["totals"]
    assert (totals.members, totals.others, totals.reported) == (1, 1, 40)
    assert [seat.seat for seat in again.context["sheet"].rows] == ["Member", "no seat recorded"]
    assert after.starts_on is not None
    [shown] = again.context["sheet"].points[0][0].taken
    assert shown.next_meeting_on == after.starts_on


SURE, PERHAPS, NONE = "Member", "Perhaps: Member", "no seat recorded"
SEATS: dict[tuple[str, str | None], str] = {
    ("2022-06-30", None): SURE,
    ("2022-07-01", None): SURE,
    ("2022-07-20", None): PERHAPS,
    ("2022-08-01", None): NONE,
    ("2022", "2022-07-31"): PERHAPS,
    ("2014", "2022-07-31"): SURE,
    ("2014", "2022-06-30"): NONE,
}


@pytest.mark.slow
def test_record_public_page_and_api_say_alike_who_was_there(
    secretary: Client, client: Client
) -> None:
    meeting = make.meeting(slug="m", starts_on="2022-07")
    came: dict[str, tuple[str, str | None]] = {}
    for since, until in SEATS:
        row = make.attendance(meeting=meeting)
        make.seat(organization=row.organization, from_on=since, until_on=until)
        came[row.organization.slug] = (since, until)

    record, public = secretary.get(address(meeting)), client.get("/meetings/m/")
    told = client.get("/api/v1/meetings/m/").json()["attendances"]

    for page in (record, public):
        totals = page.context["totals"]
        assert (totals.members, totals.unsure, totals.others) == (3, 2, 2)
    sheet = record.context["sheet"].rows
    assert {came[row.row.organization.slug]: row.seat for row in sheet} == SEATS
    found = {came[row["organization"]["slug"]]: row["seat_on_day"] for row in told}
    words = {
        place: NONE if seat is None else PERHAPS if seat["certainty"] == "possible" else SURE
        for place, seat in found.items()
    }
    assert words == SEATS


def test_due_before_the_next_meeting_follows_that_meeting(secretary: Client) -> None:
    meeting, item, _row = full()
    make.decision(meeting=meeting, agenda_item=item, is_due_before_next_meeting=True)
    following = make.meeting(starts_on="2022-10-05", kind="regular", state="planned")

    before = secretary.get(address(meeting))
    Meeting.objects.filter(pk=following.pk).update(starts_on="2022-11-30")
    moved = secretary.get(address(meeting))

    assert b"due before the next meeting (5 October 2022)" in before.content
    assert b"due before the next meeting (30 November 2022)" in moved.content


def test_a_page_saved_as_it_was_shown_changes_nothing(secretary: Client) -> None:
    meeting, item, _row = full()
    AgendaItem.objects.filter(pk=item.pk).update(minutes_text="One line\nand <b>another")

    answer = save(secretary, meeting)
    item.refresh_from_db()

    assert answer.status_code == 302
    assert item.minutes_text == "One line\nand <b>another"
    assert Decision.objects.count() == 0
    assert set(Attendance.objects.values_list("state", flat=True)) == {"invited"}


def test_all_who_are_still_invited_become_present_at_once(secretary: Client) -> None:
    meeting, _item, row = full()
    away = make.attendance(meeting=meeting, state="invited")

    changes = {"others-rest_present": "on", f"o{away.organization_id}-state": "apologies"}
    save(secretary, meeting, **changes)

    assert set(Attendance.objects.values_list("organization", "state")) == {
        (row.organization_id, "present"),
        (away.organization_id, "apologies"),
    }


@pytest.mark.slow
def test_one_error_keeps_all_that_was_typed_and_saves_nothing(secretary: Client) -> None:
    meeting, item, row = full()
    other = make.attendance(meeting=meeting, state="invited")

    answer = save(
        secretary,
        meeting,
        **{
            f"o{row.organization_id}-on_behalf_of": str(row.organization_id),
            f"o{other.organization_id}-state": "present",
            f"i{item.pk}-text": "<p>Said.</p>",
            f"d{item.pk}-text": "Without a kind",
            "meeting-reported_participants": "many",
        },
    )
    sheet = answer.context["sheet"]

    assert sheet.new[item.pk].errors == {"kind": ["This field is required."]}
    assert sheet.facts.errors == {"reported_participants": ["Enter a whole number."]}
    sent = filled(answer)
    assert (sent[f"i{item.pk}-text"], sent[f"d{item.pk}-text"]) == (
        ["<p>Said.</p>"],
        ["Without a kind"],
    )
    assert set(Attendance.objects.values_list("state", flat=True)) == {"invited"}
    assert AgendaItem.objects.get().minutes_text == ""


@pytest.mark.slow
def test_what_a_service_refuses_stands_at_its_row(secretary: Client) -> None:
    meeting, item, row = full()
    taken = make.decision(number="UNTFSSE/2022/SM/D7")
    key = row.organization_id

    answer = save(
        secretary,
        meeting,
        **{
            f"o{key}-on_behalf_of": str(key),
            f"d{item.pk}-kind": "decides",
            f"d{item.pk}-text": "T",
            f"d{item.pk}-number": taken.number,
        },
    )

    assert answer.context["sheet"].rows[0].non_field_errors() == [
        "An organization does not attend on its own behalf."
    ]
    assert answer.context["sheet"].new[item.pk].errors == {
        "number": ["Another decision has this number."]
    }
    assert Decision.objects.count() == 1


@pytest.mark.slow
def test_a_form_sent_twice_takes_the_decision_once(secretary: Client) -> None:
    meeting, item, _row = full()
    sent = filled(
        secretary.get(address(meeting)),
        **{f"d{item.pk}-kind": "decides", f"d{item.pk}-text": "To meet again"},
    )

    secretary.post(address(meeting), sent)
    second = secretary.post(address(meeting), sent)

    assert second.context["sheet"].new[item.pk].errors == {
        "text": ["This is recorded already, as UNTFSSE/2022/SM/D1."]
    }
    assert Decision.objects.count() == 1


@pytest.mark.slow
def test_a_key_that_cannot_be_is_refused_at_its_row(secretary: Client) -> None:
    meeting, item, row = full()
    shown = secretary.get(address(meeting))
    for key in ("²", "x", "-1", "9" * 40, "1\0"):
        answer = save(
            secretary,
            meeting,
            shown,
            **{
                f"o{row.organization_id}-on_behalf_of": key,
                f"d{item.pk}-kind": "decides",
                f"d{item.pk}-text": "To meet again",
                f"d{item.pk}-addressees": [key],
            },
        )

        sheet = answer.context["sheet"]
        assert list(sheet.rows[0].errors) == ["on_behalf_of"], key
        assert list(sheet.new[item.pk].errors) == ["addressees"], key
        assert Decision.objects.count() == 0


def test_a_meeting_to_come_is_not_held_yet(secretary: Client) -> None:
    meeting = make.meeting(state="planned", starts_on="2999")

    answer = save(secretary, meeting, **{"meeting-state": "held"})

    assert answer.context["sheet"].facts.errors == {"state": ["Its day is still to come."]}


# --- Two people at once --------------------------------------------------------------------


@pytest.mark.slow
def test_two_people_write_under_two_items_and_both_texts_survive(secretary: Client) -> None:
    meeting, item, _row = full()
    other = make.agenda_item(meeting=meeting, number=2, title="Other")
    shown = secretary.get(address(meeting))

    save(secretary, meeting, shown, **{f"i{item.pk}-text": "<p>Ada.</p>"})
    second = save(secretary, meeting, shown, **{f"i{other.pk}-text": "<p>Bob.</p>"})

    assert second.status_code == 302
    texts = meeting.agenda_items.values_list("minutes_text", flat=True)
    assert list(texts) == ["<p>Ada.</p>", "<p>Bob.</p>"]


@pytest.mark.slow
@pytest.mark.parametrize(("choice", "kept"), [("mine", "<p>Bob.</p>"), ("theirs", "<p>Ada.</p>")])
def test_one_text_written_by_two_is_shown_side_by_side(
    choice: str, kept: str, secretary: Client
) -> None:
    meeting, item, _row = full()
    shown = secretary.get(address(meeting))
    name = f"i{item.pk}-text"

    save(secretary, meeting, shown, **{name: "<p>Ada.</p>"})
    asked = save(secretary, meeting, shown, **{name: "<p>Bob.</p>", "meeting-state": "held"})
    meeting.refresh_from_db()
    assert [(c.name, c.label, c.theirs, c.mine) for c in asked.context["conflicts"]] == [
        (name, "Minutes: Sub-groups", "Ada.", "Bob.")
    ]
    assert meeting.state == "planned"
    save(secretary, meeting, asked, **{f"_choice-{name}": choice})
    item.refresh_from_db()
    meeting.refresh_from_db()

    assert (item.minutes_text, meeting.state) == (kept, "held")


def test_without_its_snapshot_a_page_overwrites_nothing(secretary: Client) -> None:
    meeting, item, _row = full()
    AgendaItem.objects.filter(pk=item.pk).update(minutes_text="<p>Ada.</p>")

    asked = save(secretary, meeting, **{"_shown": "forged", f"i{item.pk}-text": "<p>Bob.</p>"})
    item.refresh_from_db()

    assert [(c.theirs, c.mine) for c in asked.context["conflicts"]] == [("Ada.", "Bob.")]
    assert item.minutes_text == "<p>Ada.</p>"


def test_who_was_invited_meanwhile_stays_invited(secretary: Client) -> None:
    meeting, _item, _row = full()
    shown = secretary.get(address(meeting))
    late = make.attendance(meeting=meeting, state="apologies")

    answer = save(secretary, meeting, shown, **{"others-rest_present": "on"})
    late.refresh_from_db()

    assert (answer.status_code, late.state) == (302, "apologies")


@pytest.mark.slow
@pytest.mark.parametrize("what", ["removed", "approved"])
def test_a_text_without_a_place_is_shown_until_it_is_let_go(what: str, secretary: Client) -> None:
    meeting, item, _row = full()
    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    shown, name = secretary.get(address(meeting)), f"i{item.pk}-text"
    if what == "removed":
        services.remove_item(item, by=None)
    else:
        approve(meeting)

    asked = save(secretary, meeting, shown, **{name: "<p>Bob.</p>"})
    dropped = save(secretary, meeting, asked, **{f"_drop-{name}": "on"})

    assert [lost.text for lost in asked.context["sheet"].lost] == ["<p>Bob.</p>"]
    assert filled(asked)[name] == ["<p>Bob.</p>"]
    assert dropped.status_code == 302


@pytest.mark.slow
def test_what_was_typed_survives_the_end_of_the_session(client: Client) -> None:
    words = {"username": "eve", "password": "a long pass phrase"}
    make.user(**words, is_staff=True, is_superuser=True)
    meeting, item, _row = full()
    client.login(**words)
    form = filled(client.get(address(meeting)), **{f"i{item.pk}-text": "<p>Typed.</p>"})
    client.logout()

    asked = client.post(address(meeting), form)
    luggage = {"kept_form": asked.context["kept_form"], "kept_path": address(meeting)}
    client.post(reverse("admin:login"), {**words, **luggage, "next": address(meeting)})
    again = client.get(address(meeting))
    assert AgendaItem.objects.get().minutes_text == ""
    client.post(address(meeting), filled(again))

    assert AgendaItem.objects.get().minutes_text == "<p>Typed.</p>"


# --- Measure and permission ----------------------------------------------------------------


def test_the_page_asks_as_much_for_three_of_everything_as_for_one(
    secretary: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = make.meeting()

    def more() -> None:
        make.attendance(meeting=meeting, on_behalf_of=make.organization())
        earlier = make.meeting(starts_on="2022-01-01")
        make.minutes(meeting=earlier)
        item = make.agenda_item(meeting=meeting, approves_minutes_of=earlier)
        item.presenters.add(make.organization())
        decision = make.decision(meeting=meeting, agenda_item=item)
        decision.addressees.add(make.organization())
        loose = make.decision(meeting=meeting)
        loose.addressees.add(make.organization())

    more()
    secretary.get("/healthz")  # a session is written down at its first request
    with django_assert_num_queries(14):
        secretary.get(address(meeting))
    more()
    more()
    with django_assert_num_queries(14):
        secretary.get(address(meeting))


def test_who_may_only_look_does_not_record(client: Client) -> None:
    meeting, _item, _row = full()
    client.force_login(make.user(is_staff=True))

    assert client.get(address(meeting)).status_code == 403
    assert client.post(address(meeting), {"meeting-state": "held"}).status_code == 403
    meeting.refresh_from_db()
    assert meeting.state == "planned"
