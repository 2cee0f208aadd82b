"""Records are published, planned and withdrawn by those who may, in the right order."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from taskforce.models import Seat, Update
from tests import make
from tests.pages import text_of
from tests.staff import member, staff
from untfsse.kit.records.publication import WITHDRAWN
from untfsse.kit.records.publishing import (
    publish,
    publish_all,
    unschedule,
    withdraw_all,
    withdraw_from_public,
)
from untfsse.kit.records.verification import hide, unverified, verify

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TOMORROW = NOW + dt.timedelta(days=1)


def seen() -> list[Update]:
    return list(Update.objects.visible_to(member()))


def test_a_published_draft_is_seen() -> None:
    draft = make.update(status="draft")
    assert seen() == []
    assert publish(draft, by=None, at=NOW).published_at == NOW
    assert seen() == [draft]


def test_a_planned_publication_is_not_seen_before_and_can_be_moved_and_taken_back() -> None:
    draft = make.update(status="draft")
    publish(draft, by=None, at=TOMORROW)
    assert seen() == []
    publish(draft, by=None, at=TOMORROW + dt.timedelta(days=1))
    assert unschedule(draft, by=None).status == "draft"
    draft.refresh_from_db()
    assert draft.published_at is None


def test_what_is_public_is_not_published_again_nor_made_a_draft() -> None:
    record = make.update(title="News")
    with pytest.raises(ValidationError, match="“News” is published already"):
        publish(record, by=None, at=NOW)
    with pytest.raises(ValidationError, match="What is public can be withdrawn"):
        unschedule(record, by=None)


def test_low_confidence_is_published_only_once_verified() -> None:
    draft = make.update(status="draft", confidence="low", title="Hearsay")
    with pytest.raises(ValidationError, match="verify it before you publish it"):
        publish(draft, by=None, at=NOW)
    verify(draft, by=None, on=NOW.date())
    assert publish(draft, by=None, at=NOW).is_published


def test_a_withdrawn_record_answers_410_with_its_reason(client: Client) -> None:
    record = make.organization()
    withdraw_from_public(record, reason=" Listed twice. ", by=None)
    record.refresh_from_db()
    assert (record.status, record.withdrawal_reason) == ("withdrawn", "Listed twice.")
    assert record.published_at == make.PUBLISHED_AT


def test_a_withdrawn_record_can_be_published_again() -> None:
    record = withdraw_from_public(make.update(), reason="By mistake", by=None)
    again = publish(record, by=None, at=NOW)
    assert (again.status, again.withdrawal_reason) == ("published", "")


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_withdrawal_has_a_reason(reason: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        withdraw_from_public(make.update(), reason=reason, by=None)
    assert list(refusal.value.message_dict) == ["withdrawal_reason"]


def test_a_draft_is_not_withdrawn() -> None:
    with pytest.raises(ValidationError, match="there is nothing to withdraw"):
        withdraw_from_public(make.update(status="draft"), reason="Wrong", by=None)


def test_in_bulk_the_refused_are_told_apart() -> None:
    good = make.update(status="draft")
    low = make.update(status="draft", confidence="low", title="Hearsay")
    outcome = publish_all([good, low], by=None, at=NOW)
    assert outcome.done == [good]
    assert [(record, reason[:30]) for record, reason in outcome.refused] == [
        (low, "“Hearsay” is of low confidence")
    ]
    assert withdraw_all([good], reason="Wrong", by=None).done == [good]


# --- Who may -------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["Editor", "Encyclopedia editor", "Viewer"])
def test_only_the_secretariat_publishes_and_withdraws(role: str) -> None:
    user, draft, public = staff(role), make.update(status="draft"), make.update()
    with pytest.raises(PermissionDenied, match="publish or withdraw: updates"):
        publish(draft, by=user, at=NOW)
    with pytest.raises(PermissionDenied):
        withdraw_from_public(public, reason="Wrong", by=user)
    with pytest.raises(PermissionDenied):
        unschedule(draft, by=user)
    assert len(publish_all([draft], by=user, at=NOW).refused) == 1
    assert seen() == [public]


def test_the_secretariat_publishes() -> None:
    assert publish(make.update(status="draft"), by=staff("Secretariat"), at=NOW).is_published


# --- Verifying -----------------------------------------------------------------------------


def test_verifying_keeps_who_and_when() -> None:
    editor, seat = staff("Editor"), make.seat(from_on="2013", confidence="low")
    assert list(Seat.objects.visible_to(member())) == []
    verified = verify(seat, by=editor, on=dt.date(2022, 7, 19))
    assert (verified.verified_by, verified.verified_on) == (editor, dt.date(2022, 7, 19))
    assert list(Seat.objects.visible_to(member())) == [seat]
    with pytest.raises(ValidationError, match="verified already"):
        verify(seat, by=editor, on=NOW.date())


def test_hiding_withdraws_a_record_and_lowers_a_part() -> None:
    record = hide(make.update(), reason="Not so", by=None)
    assert (record.status, record.withdrawal_reason) == ("withdrawn", "Not so")
    seat = hide(
        make.seat(from_on="2013", confidence="medium", verified_on="2022-07-19"),
        reason="Not so",
        by=None,
    )
    assert (seat.confidence, seat.verified_on) == ("low", None)
    assert list(Seat.objects.visible_to(member())) == []


def test_a_viewer_does_not_verify() -> None:
    with pytest.raises(PermissionDenied):
        verify(make.update(confidence="medium"), by=staff("Viewer"), on=NOW.date())


def test_the_queue_holds_what_is_unsure_and_not_verified() -> None:
    waiting = make.update(confidence="medium")
    make.update()
    make.update(confidence="medium", verified_on="2022-07-19")
    make.update(confidence="medium", status="withdrawn", withdrawal_reason="Wrong")
    assert list(unverified(Update)) == [waiting]


def test_editor_and_readers_are_told_alike_what_withdrawn_means(client: Client) -> None:
    published, withdrawn = make.update(), make.update()
    withdraw_from_public(withdrawn, reason="Listed twice.", by=None)
    client.force_login(make.user(is_staff=True, is_superuser=True))
    act = reverse("admin:taskforce_update_act", args=[published.pk, "withdraw"])

    told = [text_of(client.get(act)), text_of(Client().get(withdrawn.get_absolute_url()))]

    assert [str(WITHDRAWN) in text for text in told] == [True, True]
    assert "come back" not in told[1]
