"""The back office of the Task Force: the jobs of the secretariat."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from taskforce.models import (
    AgendaItem,
    Decision,
    Meeting,
    PersonContact,
    Seat,
)
from tests import make
from tests.forms import filled
from tests.pages import text_of
from untfsse.kit.history.changes import Change
from untfsse.kit.records.publication import Status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unwritten_menu")]


def page(noun: str, name: str, *args: Any) -> str:
    return reverse(f"admin:taskforce_{noun}_{name}", args=args)


# --- Saving --------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_save_never_verifies_nor_publishes(secretary: Client) -> None:
    record = make.organization(status="draft", published_at=None)
    url = page("organization", "change", record.pk)

    form = filled(secretary.get(url), name="New name", status="published", verified_on="2022-01-01")
    secretary.post(url, form)
    record.refresh_from_db()

    assert (record.name, record.status, record.verified_on) == ("New name", Status.DRAFT, None)


@pytest.mark.slow
def test_sources_that_cannot_be_read_are_told_by_their_line_and_kept(secretary: Client) -> None:
    record = make.organization()
    url = page("organization", "change", record.pk)
    typed = "A report | https://example.org\nAnother | www.example.org\nhttps://example.org/x"

    answer = secretary.post(url, filled(secretary.get(url), sources=typed))

    assert answer.context["adminform"].form.errors["sources"] == [
        "Line 2: What follows the bar is not a web address.",
        "Line 3: Write a title before the web address.",
    ]
    assert filled(answer)["sources"] == [typed.replace("\n", "\r\n")]


def test_an_agenda_item_does_not_go_under_one_of_another_meeting(secretary: Client) -> None:
    item, other = make.agenda_item(), make.agenda_item()
    url = page("agendaitem", "change", item.pk)

    answer = secretary.post(url, filled(secretary.get(url), parent=str(other.pk)))

    assert answer.context["adminform"].form.errors == {
        "parent": ["This belongs to another meeting."]
    }


# --- Two people at once --------------------------------------------------------------------


@pytest.mark.slow
def test_what_only_the_other_changed_is_taken_over(secretary: Client) -> None:
    record = make.meeting(city="Geneva", venue="")
    url = page("meeting", "change", record.pk)
    form = filled(secretary.get(url), venue="Palais")
    Meeting.objects.filter(pk=record.pk).update(city="Paris")

    answer = secretary.post(url, form)
    record.refresh_from_db()

    assert (answer.status_code, record.city, record.venue) == (302, "Paris", "Palais")


@pytest.mark.slow
def test_what_both_changed_is_shown_side_by_side_and_escaped(secretary: Client) -> None:
    record = make.meeting(city="Geneva")
    url = page("meeting", "change", record.pk)
    form = filled(secretary.get(url), city="<i>Bern</i>")
    Meeting.objects.filter(pk=record.pk).update(city="<b>Paris</b>")

    answer = secretary.post(url, form)
    record.refresh_from_db()

    assert record.city == "<b>Paris</b>"
    assert [(c.name, c.theirs, c.mine) for c in answer.context["conflicts"]] == [
        ("city", "<b>Paris</b>", "<i>Bern</i>")
    ]
    assert b"<b>Paris" not in answer.content
    assert b"<i>Bern" not in answer.content
    assert b"&lt;b&gt;Paris" in answer.content


@pytest.mark.slow
@pytest.mark.parametrize(("choice", "city"), [("mine", "Bern"), ("theirs", "Paris")])
def test_the_second_person_chooses_for_each_field(
    choice: str, city: str, secretary: Client
) -> None:
    record = make.meeting(city="Geneva")
    url = page("meeting", "change", record.pk)
    form = filled(secretary.get(url), city="Bern")
    Meeting.objects.filter(pk=record.pk).update(city="Paris")
    asked = secretary.post(url, form)

    secretary.post(url, filled(asked, **{"_choice-city": choice}))
    record.refresh_from_db()

    assert record.city == city


@pytest.mark.slow
def test_two_people_may_add_addressees_to_one_decision(secretary: Client) -> None:
    ilo, oecd, un = make.organization(), make.organization(), make.organization()
    record = make.decision()
    record.addressees.add(ilo)
    url = page("decision", "change", record.pk)
    form = filled(secretary.get(url), text="Another text")
    record.addressees.add(oecd, un)

    secretary.post(url, form)

    assert set(record.addressees.all()) == {ilo, oecd, un}


@pytest.mark.slow
def test_what_was_typed_survives_the_end_of_the_session(client: Client) -> None:
    make.user(username="ada", password="a long pass phrase", is_staff=True, is_superuser=True)
    record = make.meeting(city="Geneva")
    url = page("meeting", "change", record.pk)
    client.login(username="ada", password="a long pass phrase")
    form = filled(client.get(url), city="Bern")
    client.logout()

    asked = client.post(url, form)
    luggage = asked.context["kept_form"]
    # Whoever signs in before a slow page is read to its end sends what is there by then.
    before_the_button = asked.text.partition('type="submit"')[0]
    assert before_the_button.count('name="kept_') == 2
    signed_in: Any = client.post(
        reverse("admin:login"),
        {
            "username": "ada",
            "password": "a long pass phrase",
            "next": url,
            "kept_form": luggage,
            "kept_path": url,
        },
    )
    again = client.get(signed_in.url)
    record.refresh_from_db()

    assert record.city == "Geneva"
    assert filled(again)["city"] == ["Bern"]
    saved = client.post(url, filled(again))
    assert (saved.status_code, saved.context and saved.context["errors"]) == (302, None)
    record.refresh_from_db()
    assert record.city == "Bern"


# --- History -------------------------------------------------------------------------------


@pytest.mark.slow
def test_history_tells_every_way_of_changing_in_words(secretary: Client) -> None:
    record = make.meeting(state="planned", starts_on="2013-05")
    url = page("meeting", "change", record.pk)
    secretary.post(url, filled(secretary.get(url), state="held"))
    Meeting.objects.filter(pk=record.pk).update(starts_on="2013-06")
    call_command(
        "shell",
        command=f"from taskforce.models import Meeting as M; "
        f"M.objects.filter(pk={record.pk}).update(city='Geneva')",
        verbosity=0,
    )

    history = secretary.get(page("meeting", "history", record.pk))
    told = [
        (str(event.change.made_by or ""), event.change.origin, line.label, line.before, line.after)
        for event in history.context["events"]
        for line in event.lines
        if event.change.operation == "UPDATE"
    ]

    assert told == [
        ("", "", "City", "", "Geneva"),
        ("", "", "Starts on", "May 2013", "June 2013"),
        ("ada", "admin", "State", "Planned", "Held"),
    ]


def test_an_earlier_version_comes_back(secretary: Client) -> None:
    record = make.meeting(city="Geneva")
    Meeting.objects.filter(pk=record.pk).update(city="Paris")
    first = Change.objects.of(record).order_by("id").first()
    assert first is not None

    shown = secretary.get(reverse("admin:restore", args=[first.pk]))
    secretary.post(reverse("admin:restore", args=[first.pk]))
    record.refresh_from_db()

    assert ("City", "Geneva") in [(line.label, line.after) for line in shown.context["lines"]]
    assert record.city == "Geneva"


def test_a_deleted_record_is_listed_and_comes_back(secretary: Client) -> None:
    record = make.update(title="A lost update")
    secretary.post(page("update", "delete", record.pk), {"post": "yes"})

    listed = secretary.get(reverse("admin:deleted", args=["taskforce", "update"]))
    [event] = listed.context["events"]
    secretary.post(reverse("admin:restore", args=[event.change.pk]))

    assert event.what == "A lost update"
    assert type(record).objects.get(pk=record.pk).title == "A lost update"


# --- Acts ----------------------------------------------------------------------------------


def do(client: Client, record: Any, act: str, **data: Any) -> Any:
    url = reverse(f"admin:taskforce_{record._meta.model_name}_act", args=[record.pk, act])
    return client.post(url, data)


def test_withdrawing_needs_a_reason_and_keeps_the_page(secretary: Client) -> None:
    record = make.organization()

    refused = do(secretary, record, "withdraw", withdrawal_reason=" ")
    do(secretary, record, "withdraw", withdrawal_reason="Listed twice")
    record.refresh_from_db()

    assert refused.context["form"].errors == {"withdrawal_reason": ["This field is required."]}
    assert (record.status, record.withdrawal_reason) == ("withdrawn", "Listed twice")


def test_publishing_several_tells_each_refusal_with_its_reason(secretary: Client) -> None:
    good = make.organization(status="draft", published_at=None)
    unsure = make.organization(status="draft", published_at=None, confidence="low")
    moment = timezone.now()

    answer = secretary.post(
        page("organization", "changelist"),
        {
            "action": "publish_selected",
            "_selected_action": [good.pk, unsure.pk],
            "confirmed": "1",
            "at_0": f"{moment:%Y-%m-%d}",
            "at_1": f"{moment:%H:%M:%S}",
        },
        follow=True,
    )
    good.refresh_from_db()
    unsure.refresh_from_db()

    assert (good.status, unsure.status) == ("published", "draft")
    assert [str(message) for message in answer.context["messages"]] == [
        "1 published.",
        f"“{unsure}” is of low confidence: verify it before you publish it.",
    ]


def test_admitting_gives_a_seat_by_the_decision(secretary: Client) -> None:
    organization, decision = make.organization(), make.decision()

    do(
        secretary,
        organization,
        "admit",
        category="member",
        from_on="2022-07-19",
        decision=decision.pk,
    )

    [seat] = Seat.objects.filter(organization=organization)
    assert (seat.category, str(seat.from_on), seat.admitted_by) == (
        "member",
        "2022-07-19",
        decision,
    )


def test_an_act_that_is_no_longer_possible_says_so(secretary: Client) -> None:
    organization = make.organization()
    make.seat(organization=organization, from_on="2022")

    answer = do(secretary, organization, "admit", category="member", from_on="2022-07-19")

    assert answer.url == page("organization", "change", organization.pk)
    assert Seat.objects.count() == 1


def test_the_next_meeting_is_prepared_with_its_agenda(secretary: Client) -> None:
    make.meeting(kind="regular", ordinal=47, state="held", starts_on="2026-01-10")

    answer: Any = secretary.post(
        reverse("admin:taskforce_meeting_list_act", args=["prepare"]),
        {"kind": "regular", "starts_on": "2027-01-10", "title": ""},
    )

    meeting = Meeting.objects.get(ordinal=48)
    assert answer.url == page("meeting", "agenda", meeting.pk)
    assert AgendaItem.objects.filter(meeting=meeting).exists()


def test_a_prepared_meeting_is_called_after_the_kind_that_was_chosen(secretary: Client) -> None:
    make.meeting(kind="regular", ordinal=54, starts_on="2026-01-10")
    url = reverse("admin:taskforce_meeting_list_act", args=["prepare"])

    secretary.post(url, filled(secretary.get(url), kind="special", starts_on="2027-03-03"))

    assert Meeting.objects.get(kind="special").title == "Special meeting of 3 March 2027"


def test_a_planned_publication_is_called_planned_in_list_and_form(secretary: Client) -> None:
    moment = dt.datetime(2090, 3, 3, 10, 0, tzinfo=dt.UTC)
    meeting = make.meeting(published_at=moment)
    make.meeting()

    found = [
        text_of(secretary.get(url))
        for url in (page("meeting", "changelist"), page("meeting", "change", meeting.pk))
    ]

    assert [text.count("Planned for March 3, 2090, 10 a.m.") for text in found] == [1, 1]


def test_a_decision_is_added_under_the_number_proposed(secretary: Client) -> None:
    meeting = make.meeting(starts_on="2022-07-19")
    item = make.agenda_item(meeting=meeting)
    url = reverse("admin:taskforce_meeting_act", args=[meeting.pk, "decide"])
    asked = secretary.get(url)

    sent = {"kind": "agrees", "text": "To form sub-groups", "agenda_item": item.pk}
    secretary.post(url, {**sent, "number": asked.context["form"]["number"].value()})

    [decision] = Decision.objects.all()
    assert (decision.number, decision.agenda_item) == ("UNTFSSE/2022/SM/D1", item)


# --- Documents -----------------------------------------------------------------------------


def test_a_file_is_judged_by_its_content_and_described(secretary: Client) -> None:
    document = make.document()
    url = page("rendition", "add")
    sent = {"document": document.pk, "language": "en", "url": "", "_save": "Save"}

    svg = SimpleUploadedFile("report.pdf", b"<svg><script>alert(1)</script></svg>")
    refused = secretary.post(url, {**sent, "file": svg})
    text = SimpleUploadedFile("../../notes.txt", b"What was said.\n")
    secretary.post(url, {**sent, "file": text})

    assert list(refused.context["adminform"].form.errors) == ["file"]
    [rendition] = document.renditions.all()
    assert (rendition.file_name, rendition.bytes, rendition.media_type) == (
        "notes.txt",
        15,
        "text/plain",
    )


# --- Contacts ------------------------------------------------------------------------------


def test_a_contact_is_erased_from_the_history_too(secretary: Client) -> None:
    person = make.person()
    PersonContact.objects.create(person=person, email="someone@example.org")

    do(secretary, person, "erase-contact")
    history = secretary.get(page("person", "history", person.pk))

    assert not PersonContact.objects.exists()
    assert b"someone@example.org" not in history.content
    assert [
        event.what for event in history.context["events"] if event.change.operation == "DELETE"
    ] == ["contact"]
