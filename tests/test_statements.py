"""Statements: how many each kind of page asks, whether there is one row of a noun or three."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from taggit.models import Tag

from taskforce.models import Meeting
from untfsse.kit.records.noun import Door, list_address, nouns
from untfsse.synthetic import create_synthetic

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
MOST = 12


def addresses() -> Iterator[tuple[str, str]]:
    """Give each kind of page with an address."""
    yield "home", "/"
    yield "search", "/search/?q=cooperative"
    yield "goal", "/sdgs/8/"
    yield "topics", "/topics/"
    yield "timeline", "/timeline/"
    yield "entries by author", "/encyclopedia/by/author/"
    yield "topic", f"/topics/{Tag.objects.order_by('pk')[0].slug}/"
    yield "thread", f"/api/v1/meetings/{Meeting.objects.order_by('pk')[0].slug}/thread/"
    yield "feed", "/updates/feed/"
    yield "calendar", "/meetings/calendar.ics"
    yield "API list", "/api/v1/meetings/"
    for noun in nouns(Door.PAGES):
        name, record = noun.noun.api_path, noun.objects.order_by("pk")[0]
        yield f"{name}: list", list_address(noun)
        yield f"{name}: page", record.get_absolute_url()
        if name == "action-plans":
            yield f"{name}: table", f"{record.get_absolute_url()}plan.csv"
        yield f"{name}: API", reverse(f"api:{noun.noun.name}_detail", args=[record.slug])


@pytest.fixture(scope="module")
def asked(module_db: None) -> dict[str, list[int]]:
    """Return how many statements each kind asks with one row and with three."""
    counts: dict[str, list[int]] = {}
    for rows in (1, 3):
        with transaction.atomic():
            create_synthetic(rows)
            for name, address in addresses():
                with CaptureQueriesContext(connection) as captured:
                    status = Client().get(address).status_code
                assert status == 200, address
                counts.setdefault(name, []).append(len(captured))
            transaction.set_rollback(True)
    return counts


def test_a_page_asks_no_more_for_three_rows_than_for_one(asked: dict[str, list[int]]) -> None:
    assert {name: counts for name, counts in asked.items() if counts[0] < counts[1]} == {}


def test_a_page_asks_at_most_twelve_statements(asked: dict[str, list[int]]) -> None:
    assert {name: counts for name, counts in asked.items() if max(counts) > MOST} == {}
