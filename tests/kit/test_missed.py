"""Searches without a result: counted for the editors, without a trace of whom, and never many."""

import datetime as dt

import pytest
from django.test import Client

from tests import make
from tests.staff import staff
from untfsse.kit import missed
from untfsse.kit.missed import MissedSearch, forget_missed

pytestmark = pytest.mark.django_db


def counted() -> dict[str, int]:
    """Return what is counted."""
    return dict(MissedSearch.objects.values_list("text", "count"))


@pytest.mark.slow
def test_only_a_search_without_a_result_is_counted(client: Client) -> None:
    make.update(title="Wombat")
    for text in ("Quokka", "quokka", "wombat", "next meeting"):
        client.get("/search/", {"q": text})
    client.get("/search/", {"q": "numbat", "kind": "update"})
    assert counted() == {"quokka": 2}


@pytest.mark.parametrize("text", ["somebody@example.org", "+41 22 799 61 11", "q" * 101])
def test_what_may_be_personal_or_is_long_is_not_kept(client: Client, text: str) -> None:
    assert client.get("/search/", {"q": text}).status_code == 200
    assert counted() == {}


def test_staff_and_members_are_not_counted(client: Client) -> None:
    client.force_login(staff("Secretariat"))
    client.get("/search/", {"q": "quokka"})
    assert counted() == {}


def test_table_never_grows_beyond_its_bound(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(missed, "MOST_ROWS", 2)
    for text in ("aaaa", "bbbb", "cccc", "aaaa"):
        client.get("/search/", {"q": text})
    assert counted() == {"aaaa": 2, "bbbb": 1}


def test_old_ones_make_room() -> None:
    today = dt.date(2026, 11, 28)
    for text, count, days in (("once", 1, 31), ("new", 1, 30), ("often", 9, 31), ("long", 9, 401)):
        day = today - dt.timedelta(days=days)
        MissedSearch.objects.create(text=text, count=count, first_on=day, last_on=day)
    assert forget_missed(today) == 2
    assert counted() == {"new": 1, "often": 9}


def test_editors_read_them_the_most_wanted_first(client: Client) -> None:
    for text, count in (("rare", 1), ("wanted", 7)):
        MissedSearch.objects.create(
            text=text, count=count, first_on="2026-01-01", last_on="2026-01-01"
        )
    client.force_login(staff("Editor"))
    page = client.get("/admin/kit/missedsearch/").text
    assert 0 < page.index("wanted") < page.index("rare")
