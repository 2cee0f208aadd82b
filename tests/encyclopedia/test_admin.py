"""The back office of the Encyclopedia: suggestions, authors to verify."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from encyclopedia.models import Suggestion
from tests import make
from tests.nouns import suggestion
from tests.staff import sign_in
from untfsse.kit.records.roles import EDITOR, ENCYCLOPEDIA_EDITOR, SECRETARIAT, VIEWER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unwritten_menu")]


def test_accepting_several_makes_them_topics_and_keeps_who_did(client: Client) -> None:
    editor = sign_in(client, ENCYCLOPEDIA_EDITOR)
    wanted, other = suggestion(value="Cooperatives"), suggestion(value="Not this")

    client.post(
        reverse("admin:encyclopedia_suggestion_changelist"),
        {"action": "accept_selected", "_selected_action": [wanted.pk]},
    )
    wanted.refresh_from_db()
    other.refresh_from_db()

    assert (wanted.state, wanted.decided_by, wanted.decided_on) == (
        "accepted",
        editor,
        timezone.localdate(),
    )
    assert other.state == "proposed"
    assert [tag.name for tag in wanted.entry.tags.all()] == [wanted.value]


def test_the_front_page_counts_the_suggestions_that_wait(client: Client) -> None:
    sign_in(client, ENCYCLOPEDIA_EDITOR)
    suggestion()
    decided = suggestion()
    Suggestion.objects.filter(pk=decided.pk).update(state="refused")

    [panel] = client.get("/admin/").context["waiting"]

    assert (panel.task.name, panel.count) == ("proposed", 1)
    assert client.get(panel.url).context["cl"].result_count == 1


def test_an_author_is_verified_by_a_button_of_its_own(client: Client) -> None:
    editor = sign_in(client, ENCYCLOPEDIA_EDITOR)
    author = make.authorship(confidence="low")

    client.post(reverse("admin:encyclopedia_authorship_act", args=[author.pk, "verify"]))
    author.refresh_from_db()

    assert (author.verified_on, author.verified_by) == (timezone.localdate(), editor)


@pytest.mark.parametrize(
    ("role", "noun", "expected"),
    [
        (SECRETARIAT, "organization", (200, 200, 302)),
        (EDITOR, "organization", (200, 200, 403)),
        (ENCYCLOPEDIA_EDITOR, "organization", None),
        (VIEWER, "organization", (200, 403, 403)),
        (SECRETARIAT, "personcontact", (200, 200, None)),
        (EDITOR, "personcontact", None),
        (ENCYCLOPEDIA_EDITOR, "personcontact", None),
        (VIEWER, "personcontact", None),
    ],
)
def test_each_role_sees_adds_and_publishes_what_it_may(
    role: str, noun: str, expected: Any, client: Client
) -> None:
    sign_in(client, role)
    listed = client.get(reverse(f"admin:taskforce_{noun}_changelist")).status_code
    if expected is None:
        assert listed == 403
        return
    seen, added, published = expected
    added_status = client.get(reverse(f"admin:taskforce_{noun}_add")).status_code
    published_status = None
    if published is not None:
        record = make.organization()
        url = reverse("admin:taskforce_organization_act", args=[record.pk, "withdraw"])
        published_status = client.post(url, {"withdrawal_reason": "Twice"}).status_code

    assert (listed, added_status, published_status) == (seen, added, published)
