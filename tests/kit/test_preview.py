"""A preview shows the public page as readers would get it, and leaves no trace."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from taskforce.models import Meeting, Update
from tests import make
from tests.forms import filled
from tests.nouns import BUILDERS
from tests.staff import sign_in
from untfsse.kit.history.changes import Change
from untfsse.kit.records.roles import EDITOR, VIEWER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unwritten_menu")]


def address(record: Any, page: str) -> str:
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=[record.pk])


def reason(answer: Any) -> str:
    return str(answer.context["reason"])


def traces() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), max(id) FROM kit_change")
        changes = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM kit_formeraddress")
        addresses = cursor.fetchone()
    return changes, addresses, list(Update.objects.values()), list(Meeting.objects.values())


@pytest.mark.parametrize("state", ["draft", "planned", "withdrawn"])
def test_the_preview_is_the_page_that_visitors_get_once_it_is_published(
    state: str, client: Client
) -> None:
    moment = timezone.now() + dt.timedelta(days=1) if state == "planned" else None
    facts: Any = {"status": "published", "published_at": moment} if moment else {"status": state}
    record = make.update(title="Coming soon", withdrawal_reason="Too early", **facts)
    make.update(title="Another draft", status="draft")
    sign_in(client, VIEWER)
    before = traces()

    shown = client.get(address(record, "preview"))
    after = traces()
    Update.objects.filter(pk=record.pk).update(
        status="published", published_at=timezone.now(), withdrawal_reason=""
    )
    public = Client().get(record.get_absolute_url())

    assert (shown.status_code, public.status_code) == (200, 200)
    assert shown.content == public.content
    assert shown["X-Robots-Tag"] == "noindex"
    assert "no-store" in shown["Cache-Control"]
    assert "csrftoken" not in shown.cookies
    assert after == before


def test_readers_do_not_find_what_was_only_previewed(client: Client) -> None:
    record = make.update(title="Coming soon", status="draft")
    sign_in(client, EDITOR)

    client.get(address(record, "preview"))

    assert Client().get(record.get_absolute_url()).status_code == 404
    assert "Coming soon" not in Client().get("/updates/").content.decode()


@pytest.mark.parametrize(
    ("part", "page"),
    [
        ("taskforce.Seat", "organization"),
        ("taskforce.Attendance", "meeting"),
        ("taskforce.Minutes", "meeting"),
        ("taskforce.Rendition", "document"),
        ("taskforce.Term", "organization"),
        ("taskforce.FormerName", "organization"),
        ("taskforce.InstrumentParty", "instrument"),
        ("encyclopedia.Authorship", "entry"),
        ("actionplan.Deliverable", "activity"),
        ("actionplan.SubGroupSeat", "sub_group"),
    ],
)
def test_a_part_leads_to_the_page_it_stands_on_once_that_is_public(
    part: str, page: str, client: Client
) -> None:
    record = BUILDERS[part]()
    owner: Any = getattr(record, page)
    client.force_login(make.user(is_staff=True, is_superuser=True))

    public = client.get(address(record, "change")).context
    type(owner).objects.filter(pk=owner.pk).update(status="draft")
    hidden = client.get(address(record, "change")).context

    assert public["absolute_url"] == owner.get_absolute_url()
    assert not hidden["has_absolute_url"]


def test_a_draft_is_previewed_but_not_viewed_on_the_site(client: Client) -> None:
    record = make.update(status="draft")
    sign_in(client, VIEWER)

    context = client.get(address(record, "change")).context

    assert not context["has_absolute_url"]
    assert context["preview_url"] == address(record, "preview")


def test_what_cannot_be_published_says_why(client: Client) -> None:
    sign_in(client, VIEWER)
    unsure = make.update(title="Rumour", status="draft", confidence="low")
    meeting = make.meeting(title="Hidden meeting", status="draft")
    decision = make.decision(meeting=meeting)

    assert reason(client.get(address(unsure, "preview"))) == (
        "“Rumour” is of low confidence: verify it before you publish it."
    )
    assert reason(client.get(address(decision, "preview"))) == (
        "Readers would still not see it: it belongs to “Hidden meeting”, not yet published."
    )


def test_what_is_for_members_is_shown_as_members_get_it(client: Client) -> None:
    record = make.document(title="For members", audience="members", status="draft")
    sign_in(client, VIEWER)

    page = client.get(address(record, "preview")).content.decode()

    assert "For members" in page
    assert reverse("admin:index") not in page


@pytest.mark.slow
def test_a_typed_change_is_previewed_without_being_kept(client: Client) -> None:
    record = make.meeting(title="As it was")
    sign_in(client, EDITOR)
    form = client.get(address(record, "change"))
    before = traces()

    sent = filled(form, title="As typed", _preview="1")
    del sent["_save"]
    shown = client.post(address(record, "change"), sent)
    refused = client.post(address(record, "change"), {**sent, "title": ""})

    assert "As typed" in shown.content.decode()
    assert "As it was" not in shown.content.decode()
    assert refused.context["adminform"].form.errors == {"title": ["This field is required."]}
    assert traces() == before


def test_a_new_record_is_previewed_before_it_is_saved(client: Client) -> None:
    sign_in(client, EDITOR)
    url = reverse("admin:taskforce_update_add")
    sent = filled(
        client.get(url), title="Brand new", slug="brand-new", happened_on="2022", _preview="1"
    )
    del sent["_save"]
    changes = Change.objects.count()

    shown = client.post(url, sent)

    assert "Brand new" in shown.content.decode()
    assert (Update.objects.count(), Change.objects.count()) == (0, changes)


def test_a_preview_is_for_the_back_office_alone(client: Client) -> None:
    record = make.update(title="Coming soon", status="draft")
    encyclopedia_only = make.user(is_staff=True)
    for user in (make.user(), encyclopedia_only, User()):
        guest = Client()
        if user.pk:
            guest.force_login(user)
        answer = guest.get(address(record, "preview"))
        assert answer.status_code in {302, 403}
        assert "Coming soon" not in answer.content.decode()
