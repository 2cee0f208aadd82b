"""Pages of a list by key: nothing twice, nothing left out, nothing broken."""

from base64 import b64encode
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.http import Http404
from django.test import RequestFactory

from taskforce.models import Meeting, Organization
from tests import make
from untfsse.kit.pages.paging import PAGE_SIZE, KeysetPagination, Page, paginate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the pages short."""
    monkeypatch.setattr(KeysetPagination, "page_size", 2)


def page_of(queryset: Any, query: str = "") -> Page:
    """Return the page that a query string asks for."""
    return paginate(RequestFactory().get(f"/list/?{query}"), queryset)


def walk(queryset: Any, query: str = "") -> list[list[str]]:
    """Return the titles of all pages, from the first to the last."""
    pages = []
    while True:
        page = page_of(queryset, query)
        pages.append([str(row) for row in page])
        if not page.has_next:
            return pages
        query = page.next_query


def test_a_short_list_has_one_page() -> None:
    make.organization(name="A")

    page = page_of(Organization.objects.for_list())

    assert [str(row) for row in page] == ["A"]
    assert (len(page), page.shown, page.count) == (1, 1, 1)
    assert (page.has_next, page.has_previous, page.next_query) == (False, False, "")


def test_an_empty_list_is_an_empty_page() -> None:
    page = page_of(Organization.objects.for_list())

    assert (list(page), page.count, page.has_next) == ([], 0, False)


def test_the_usual_page_has_fifty_rows() -> None:
    assert PAGE_SIZE == 50


def test_the_pages_hold_every_row_once() -> None:
    for name in "EBDAC":
        make.organization(name=name)

    assert walk(Organization.objects.for_list()) == [["A", "B"], ["C", "D"], ["E"]]


def test_rows_of_the_same_day_are_on_one_page_each_once() -> None:
    for name in "ABCDEF":
        make.meeting(title=name, starts_on="2022-07-19")

    pages = walk(Meeting.objects.for_list())

    assert sorted(title for page in pages for title in page) == list("ABCDEF")
    assert [len(page) for page in pages] == [2, 2, 2]


def test_rows_without_a_date_come_last_and_are_not_lost() -> None:
    make.meeting(title="Unknown", starts_on=None)
    make.meeting(title="Known", starts_on="2022")
    make.meeting(title="Known in part", starts_on="by 2021")

    assert walk(Meeting.objects.for_list()) == [["Known", "Known in part"], ["Unknown"]]


def test_the_way_back_leads_to_the_page_before() -> None:
    for name in "ABCDE":
        make.organization(name=name)
    rows = Organization.objects.for_list()
    second = page_of(rows, page_of(rows).next_query)

    assert second.has_previous
    assert [str(row) for row in page_of(rows, second.previous_query)] == ["A", "B"]


def test_a_row_that_comes_in_between_moves_no_other() -> None:
    for name in "BCDE":
        make.organization(name=name)
    rows = Organization.objects.for_list()
    query = page_of(rows).next_query
    make.organization(name="A")

    assert [str(row) for row in page_of(rows, query)] == ["D", "E"]


def test_the_other_questions_stay_in_the_address_of_the_next_page() -> None:
    for name in "ABC":
        make.organization(name=name)

    page = page_of(Organization.objects.for_list(), "kind=ngo&q=a+b")

    asked = parse_qs(page.next_query)
    assert (asked["kind"], asked["q"], set(asked)) == (["ngo"], ["a b"], {"kind", "q", "cursor"})


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "²",
        "x" * 5000,
        b64encode(b"p=\xff").decode(),
        b64encode(b"o=-1").decode(),
    ],
)
def test_a_broken_cursor_is_a_page_that_does_not_exist(cursor: str) -> None:
    make.organization()

    with pytest.raises(Http404):
        page_of(Organization.objects.for_list(), f"cursor={cursor}")


@pytest.mark.parametrize("position", [b"p=soon", b"p=%00", b"p=2022-02-30"])
def test_a_cursor_with_a_position_of_another_list_never_breaks(position: bytes) -> None:
    make.meeting()

    cursor = b64encode(position).decode()

    with pytest.raises(Http404):
        page_of(Meeting.objects.for_list(), f"cursor={cursor}")


@pytest.mark.parametrize(("asked", "shown"), [("1", 1), ("3", 3), ("²", 2), ("-1", 2), ("0", 2)])
def test_the_size_of_a_page_may_be_asked_for(asked: str, shown: int) -> None:
    for _ in range(4):
        make.organization()

    assert len(page_of(Organization.objects.for_list(), f"page_size={asked}")) == shown


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_asks_twice_whatever_its_rows(rows: int, django_assert_num_queries: Any) -> None:
    for _ in range(rows):
        make.organization()

    with django_assert_num_queries(2):
        page_of(Organization.objects.for_list())
