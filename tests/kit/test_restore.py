"""What was changed or deleted comes back from the history; contacts leave it for good."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from taskforce import services
from taskforce.models import (
    AgendaItem,
    Attendance,
    Meeting,
    MeetingPartner,
    PersonContact,
)
from tests import make
from tests.staff import staff
from untfsse.kit.history.changes import Change
from untfsse.kit.history.restore import deleted_rows, restore

pytestmark = pytest.mark.django_db
JULY = dt.date(2022, 7, 19)
OCTOBER = dt.date(2022, 10, 5)


def first_version(record: Any) -> Change:
    change: Change | None = Change.objects.of(record).last()
    assert change is not None
    return change


# --- An earlier version --------------------------------------------------------------------


def test_an_earlier_version_comes_back_with_every_type_of_column() -> None:
    facts = {
        "starts_on": "2022-07",
        "starts_time": "10:30:00",
        "time_zone": "Europe/Zurich",
        "languages": ["en", "fr"],
        "country": "CH",
        "reported_participants": 40,
        "sources": [{"title": "Report", "url": None}],
        "verified_on": "2022-08-01",
    }
    meeting = make.meeting(**facts)
    Meeting.objects.filter(pk=meeting.pk).update(
        title="Other", starts_on="2020", starts_time=None, time_zone="", languages=[], country="",
        reported_participants=None, sources=[], verified_on=None,
    )  # fmt: skip
    restored = restore(first_version(meeting), by=None)
    assert isinstance(restored, Meeting)
    for name in ("title", *facts):
        assert getattr(restored, name) == getattr(meeting, name), name


def test_restoring_is_a_change_of_its_own() -> None:
    update = make.update(title="First")
    update.title = "Second"
    update.save()
    restore(first_version(update), by=None)
    assert [change.operation for change in Change.objects.of(update)] == [
        "UPDATE",
        "UPDATE",
        "INSERT",
    ]


def test_a_version_that_breaks_a_rule_of_today_is_refused_in_words() -> None:
    organization = make.organization(slug="old-address", status="draft")
    organization.slug = "new-address"
    organization.save()
    make.organization(slug="old-address")
    with pytest.raises(ValidationError, match="This address is taken"):
        restore(first_version(organization), by=None)


def test_a_version_that_cites_what_is_gone_is_refused_in_words() -> None:
    parent = make.organization()
    organization = make.organization(parent=parent)
    organization.parent = None
    organization.save()
    parent.delete()
    with pytest.raises(ValidationError, match="Restore that first"):
        restore(first_version(organization), by=None)


def test_a_version_of_frozen_minutes_does_not_come_back() -> None:
    minutes = make.minutes(meeting=make.meeting(starts_on="2022-07-19"))
    services.circulate_minutes(minutes, on=JULY, by=None)
    services.approve_minutes(
        minutes,
        at_meeting=make.meeting(starts_on=OCTOBER),
        on=OCTOBER,
        by=None,
    )
    with pytest.raises(ValidationError, match="breaks a rule that the database keeps"):
        restore(first_version(minutes), by=None)


# --- A deleted record ----------------------------------------------------------------------


def test_a_deleted_record_comes_back_with_its_parts_and_links() -> None:
    meeting = make.meeting(title="Special meeting")
    meeting.tags.add("action plan")
    above = make.agenda_item(meeting=meeting, number=1)
    below = make.agenda_item(meeting=meeting, number=1, parent=above)
    organization, text = make.organization(), make.instrument()
    below.presenters.add(organization)
    below.instruments.add(text)
    make.attendance(meeting=meeting, organization=organization)
    MeetingPartner.objects.create(meeting=meeting, role="partner", name="GSEF")
    key = meeting.pk
    meeting.delete()
    assert not Meeting.objects.filter(pk=key).exists()
    restored = restore(deleted_rows(Meeting).get(), by=None)
    assert (restored.pk, str(restored)) == (key, "Special meeting")
    assert isinstance(restored, Meeting)
    assert [tag.name for tag in restored.tags.all()] == ["action plan"]
    assert list(AgendaItem.objects.order_by("id")) == [above, below]
    back = AgendaItem.objects.get(pk=below.pk)
    assert (back.parent, list(back.presenters.all()), list(back.instruments.all())) == (
        above,
        [organization],
        [text],
    )
    assert [row.organization for row in Attendance.objects.all()] == [organization]
    assert restored.partners.get().name == "GSEF"
    assert not deleted_rows(Meeting).exists()


def test_what_was_deleted_before_stays_deleted() -> None:
    meeting = make.meeting()
    make.agenda_item(meeting=meeting, title="Gone before")
    change = Change.objects.latest("id")
    Change.objects.filter(pk__lte=change.pk).update(transaction=0)
    AgendaItem.objects.all().delete()
    Change.objects.filter(operation="DELETE").update(transaction=1)
    meeting.delete()
    restore(deleted_rows(Meeting).get(), by=None)
    assert AgendaItem.objects.count() == 0


def test_a_part_does_not_come_back_without_its_record() -> None:
    item = make.agenda_item()
    item.meeting.delete()
    with pytest.raises(ValidationError, match="Restore that first"):
        restore(deleted_rows(AgendaItem).get(), by=None)


# --- Who may -------------------------------------------------------------------------------


def test_an_editor_does_not_publish_by_restoring() -> None:
    update = make.update()
    update.status, update.withdrawal_reason = "withdrawn", "Wrong"
    update.save()
    with pytest.raises(PermissionDenied, match="publish or withdraw"):
        restore(first_version(update), by=staff("Editor"))
    update.delete()
    with pytest.raises(PermissionDenied, match="publish or withdraw"):
        restore(deleted_rows(type(update)).get(), by=staff("Editor"))


def test_a_viewer_restores_nothing() -> None:
    with pytest.raises(PermissionDenied):
        restore(first_version(make.update()), by=staff("Viewer"))


# --- Contacts ------------------------------------------------------------------------------


def test_an_erased_contact_is_gone_from_the_history_too() -> None:
    person, other = make.person(), make.person()
    PersonContact.objects.create(person=other, email="other@example.org")
    contact = PersonContact.objects.create(person=person, email="first@example.org")
    contact.email, contact.telephone = "second@example.org", "+41 22 000 00 00"
    contact.save()
    assert services.erase_contact(person, by=None) == 3
    kept = Change.objects.filter(table="taskforce_personcontact").order_by("id")
    texts = " ".join(f"{change.before}{change.after}" for change in kept)
    assert ("first@" in texts, "second@" in texts, "+41" in texts) == (False, False, False)
    assert "other@example.org" in texts
    assert [change.operation for change in kept.filter(row_id=contact.pk)] == [
        "INSERT",
        "UPDATE",
        "DELETE",
    ]
    assert list(PersonContact.objects.all()) == [other.contact]


def test_an_erased_contact_does_not_come_back() -> None:
    person = make.person()
    PersonContact.objects.create(person=person, email="first@example.org")
    services.erase_contact(person, by=None)
    with pytest.raises(ValidationError, match="Write an e-mail address or a telephone number"):
        restore(deleted_rows(PersonContact).get(), by=None)


def test_only_the_secretariat_erases_contacts() -> None:
    with pytest.raises(PermissionDenied):
        services.erase_contact(make.person(), by=staff("Editor"))
