"""A meeting is published with what it decided and its papers, and says nothing untrue before."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from taskforce import services
from taskforce.models import Decision, Document, Meeting
from tests import make
from tests.forms import filled
from tests.pages import words_of
from tests.staff import sign_in, staff

pytestmark = pytest.mark.django_db
NONE = "No decision is recorded."
NOW = timezone.now()


def act(record: Any, name: str) -> str:
    return reverse(f"admin:taskforce_{record._meta.model_name}_act", args=[record.pk, name])


def states(meeting: Meeting) -> list[str]:
    parts = [*Decision.objects.order_by("pk"), *Document.objects.order_by("pk")]
    meeting.refresh_from_db()
    return [record.status for record in (meeting, *parts)]


@pytest.fixture
def draft() -> Meeting:
    """A draft of a meeting with two decisions and a paper, of which one is unsure."""
    meeting = make.meeting(slug="m", status="draft")
    make.decision(meeting=meeting, number="SM/D1", text="To form sub-groups", status="draft")
    unsure = {"sources": [], "confidence": "low"}
    make.decision(meeting=meeting, number="SM/D2", status="draft", **unsure)
    make.document(meeting=meeting, title="Slides", status="draft", audience="members")
    return meeting


def test_one_act_lists_and_publishes_what_belongs_to_the_meeting(
    draft: Meeting, client: Client
) -> None:
    sign_in(client, "Secretariat")
    make.decision(number="SM/D9", status="draft")

    page = client.get(act(draft, "publish"))
    text = words_of(page)
    done = client.post(act(draft, "publish"), filled(page), follow=True)

    assert "SM/D1: To form sub-groups" in text
    assert "Slides (Members and observers)" in text
    assert "It stays a draft until it is verified: SM/D2." in text
    assert "SM/D9" not in text
    assert "Published: “" in words_of(done)
    assert states(draft) == ["published", "published", "draft", "draft", "published"]
    assert "SM/D1" in words_of(Client().get("/meetings/m/"))


@pytest.mark.slow
def test_what_is_not_ticked_stays_a_draft_and_is_offered_later(
    draft: Meeting, client: Client
) -> None:
    sign_in(client, "Secretariat")
    sent = filled(client.get(act(draft, "publish")))
    client.post(act(draft, "publish"), {**sent, "decisions": [], "documents": []})
    before = states(draft)

    later = client.get(act(draft, "publish-rest"))
    client.post(act(draft, "publish-rest"), filled(later))

    assert before == ["published", "draft", "draft", "draft"]
    assert states(draft) == ["published", "published", "draft", "published"]


def test_a_later_moment_plans_all_of_it_and_can_be_moved(draft: Meeting) -> None:
    secretary = staff("Secretariat")
    parts = list(Document.objects.all())
    for days in (1, 2):
        at = NOW + dt.timedelta(days=days)
        services.publish_meeting(draft, parts=parts, by=secretary, at=at)
        draft.refresh_from_db()
        assert {draft.published_at, Document.objects.get().published_at} == {at}
    assert list(services.unpublished(Document, draft)) == parts


@pytest.mark.parametrize("elsewhere", [True, False])
def test_nothing_is_published_where_one_part_may_not_be(draft: Meeting, elsewhere: bool) -> None:
    if elsewhere:
        Decision.objects.filter(number="SM/D2").update(meeting=make.meeting(), confidence="medium")
    with pytest.raises(ValidationError, match="of another meeting" if elsewhere else "verify it"):
        services.publish_meeting(
            draft, parts=list(Decision.objects.order_by("pk")), by=None, at=NOW
        )
    assert set(states(draft)) == {"draft"}
    with pytest.raises(PermissionDenied):
        services.publish_meeting(draft, by=staff("Editor"), at=NOW)


@pytest.mark.parametrize(
    ("state", "decision", "is_said"),
    [
        ("held", {}, True),
        ("held", {"status": "draft"}, False),
        ("planned", {}, False),
        ("cancelled", {}, False),
    ],
)
def test_no_decision_is_said_of_a_held_meeting_that_took_none(
    state: str, decision: dict[str, Any], is_said: bool, client: Client
) -> None:
    meeting = make.meeting(slug="m", state=state)
    if decision:
        make.decision(meeting=meeting, **decision)

    thread = client.get("/api/v1/meetings/m/thread/").json()["strands"]

    assert (NONE in words_of(client.get("/meetings/m/"))) == is_said
    assert any(strand["missing"] == NONE for strand in thread) == is_said


@pytest.mark.slow
@pytest.mark.parametrize(("status", "is_read"), [("draft", False), ("published", True)])
def test_circulating_says_whether_members_can_read_the_minutes(
    status: str, is_read: bool, client: Client, member: Client
) -> None:
    minutes = make.minutes(meeting=make.meeting(slug="m", status=status))
    browser = Client()
    sign_in(browser, "Secretariat")
    page = browser.get(act(minutes, "circulate"))

    done = browser.post(act(minutes, "circulate"), filled(page), follow=True)

    assert "members can read it." not in words_of(page)
    assert "can read it as soon as the meeting is published." in words_of(page)
    told = "Its readers do not see it yet: the meeting is not published."
    assert (told in words_of(done)) == (not is_read)
    assert (member.get("/meetings/m/").status_code == 200) == is_read
