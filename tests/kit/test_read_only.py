"""What the back office only shows reads as on the pages: dates in words, texts without tags."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.staff import sign_in
from untfsse.kit.history.changes import Change
from untfsse.kit.records.roles import SECRETARIAT, VIEWER

pytestmark = pytest.mark.django_db


def shown(client: Client, record: Any, page: str) -> str:
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}"
    return client.get(reverse(name, args=[record.pk])).content.decode()


def test_a_date_known_in_part_is_read_in_words(client: Client) -> None:
    seat = make.seat(from_on="by 2019", until_on="2021-03")
    sign_in(client, VIEWER)

    for page in [shown(client, seat, "change"), shown(client, seat.organization, "change")]:
        assert ("by 2019" in page, "March 2021" in page) == (True, True)
        assert ("../2019" in page, "2021-03" in page) == (False, False)


def test_the_history_and_a_version_show_the_words_of_a_text(client: Client) -> None:
    item = make.agenda_item(minutes_text="<p>Said <strong>so</strong> &amp; done.</p>")
    sign_in(client, SECRETARIAT)
    change = Change.objects.of(item).get()

    pages = [
        shown(client, item, "history"),
        client.get(reverse("admin:restore", args=[change.pk])).content.decode(),
    ]

    assert [page.count("Said so &amp; done.") for page in pages] == [1, 1]
    assert [page.count("&lt;p&gt;") for page in pages] == [0, 0]
