"""Synthetic records: where they may be made, and that they fill every list."""

import pytest
from django.db import connection

from encyclopedia.models import Entry
from tests import make
from untfsse.kit.history.changes import Change
from untfsse.kit.records.publication import VISITOR
from untfsse.synthetic import RealRecordsError, create_synthetic

pytestmark = pytest.mark.django_db
LISTS = [
    "organizations",
    "meetings",
    "decisions",
    "documents",
    "instruments",
    "updates",
    "entries",
    "action plans",
    "sub-groups",
    "activities",
]


@pytest.mark.slow
def test_synthetic_records_fill_every_list() -> None:
    counts = create_synthetic(8)
    assert {name: counts[name] for name in LISTS} == dict.fromkeys(LISTS, 8)
    assert Entry.objects.visible_to(VISITOR).count() == 8
    assert Entry.objects.order_by("number").values_list("title", flat=True)[0] == (
        "Synthetic entry 1"
    )


@pytest.mark.slow
def test_only_entries_and_their_authors_are_without_end() -> None:
    counts = create_synthetic(3, others=2)
    many = {name for name, count in counts.items() if count == 3}
    assert many == {"people", "entries", "authorships"}
    assert {counts[name] for name in LISTS if name != "entries"} == {2}


def test_synthetic_records_have_no_history_but_later_changes_do() -> None:
    create_synthetic(2)
    assert not Change.objects.exists()
    Entry.objects.filter(number=1).update(title="Changed")
    assert Change.objects.count() == 1


def test_synthetic_records_never_join_real_ones() -> None:
    make.organization()
    with pytest.raises(RealRecordsError, match=r"^This database has real records"):
        create_synthetic(1)


def test_a_database_named_synthetic_takes_both(monkeypatch: pytest.MonkeyPatch) -> None:
    make.organization()
    monkeypatch.setitem(connection.settings_dict, "NAME", "portal_synthetic")
    assert create_synthetic(1)["entries"] == 1


def test_synthetic_records_are_made_once() -> None:
    create_synthetic(1)
    with pytest.raises(RealRecordsError, match="already has synthetic records"):
        create_synthetic(1)


@pytest.mark.parametrize("count", [-1, 0, 100_001])
def test_synthetic_records_are_counted_within_reason(count: int) -> None:
    with pytest.raises(RealRecordsError, match=r"^Choose a number from 1 to 100,000"):
        create_synthetic(count)
