"""Pages of a list by key: nothing twice, nothing left out, nothing broken."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from itertools import product
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.db.models import Case, F, Value, When
from django.http import Http404
from django.test import RequestFactory

from encyclopedia.models import Entry
from taskforce.models import AgendaItem, Meeting, Office, Organization, Seat, Update
from tests import make
from untfsse.kit.history.changes import Change
from untfsse.kit.pages.keyset import CursorError, Keyset, keyset_page, name_of, whole_order
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


# --- Cursors -------------------------------------------------------------------------------


def in_letters(told: Any) -> str:
    """Return a cursor that tells this, in the letters of one."""
    text = told if isinstance(told, bytes) else json.dumps(told).encode()
    return urlsafe_b64encode(text).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "²",
        "x" * 5000,
        in_letters(b"\xff"),
        in_letters(b"[" * 2000),
        in_letters(b"9" * 2000),
        in_letters({}),
        in_letters([1, 2, False]),
    ],
)
def test_a_broken_cursor_is_a_page_that_does_not_exist(cursor: str) -> None:
    make.organization()

    with pytest.raises(Http404):
        page_of(Organization.objects.for_list(), f"cursor={cursor}")


NONSENSE: list[Any] = [
    None,
    True,
    [],
    {},
    "",
    "soon",
    "\0",
    "\ud800",
    "2022-02-30",
    "2022-07-19T10:00",
]
NONSENSE += [2**31, 2**63, 10**400, -1, float("inf"), float("nan"), "9" * 1000]
TRIED: dict[str, Callable[[], Any]] = {
    "days": Meeting.objects.for_list,
    "small numbers": Entry.objects.for_list,
    "many fields": AgendaItem.objects.for_list,
    "dates known in part": lambda: Seat.objects.order_by("organization__name_key", "from_on"),
    "moments": lambda: Update.objects.order_by("-published_at", "status", "id"),
}


@pytest.mark.parametrize("name", TRIED)
def test_no_value_in_a_cursor_breaks_the_database(name: str) -> None:
    rows = TRIED[name]()
    row, keyset = make.build(rows.model), Keyset(rows)
    held = told_by(keyset.write([keyset.rows.get(pk=row.pk)], is_back=False))
    answers = set()
    for place, is_back, value in product(range(len(keyset.keys)), [False, True], NONSENSE):
        values = [*held[:place], value, *held[place + 1 :]]
        try:
            page = keyset_page(rows, size=2, cursor=in_letters([1, keyset.mark, is_back, values]))
            answers.add(len(page.rows))
        except CursorError:
            answers.add(-1)
    assert answers == {-1, 0, 1}


def told_by(cursor: str) -> Any:
    """Return the values that a cursor holds."""
    return json.loads(urlsafe_b64decode(cursor + "==="))[-1]


def test_a_cursor_tells_only_where_a_shown_row_stood() -> None:
    for day in ["2022-07-19", "2022-07-20", "2022-07-21"]:
        last = make.meeting(starts_on=day)
    middle = Meeting.objects.get(starts_on="2022-07-20")

    first = keyset_page(Meeting.objects.for_list(), size=2)

    assert first.rows == [last, middle]
    assert told_by(first.next or "") == ["2022-07-20", middle.pk]


def test_a_cursor_of_another_order_or_noun_is_refused() -> None:
    for make_row in [make.meeting, make.update]:
        make_row(), make_row()
    cursor = keyset_page(Meeting.objects.for_list(), size=1).next or ""

    for other in [Meeting.objects.order_by("sort_on", "id"), Update.objects.for_list()]:
        with pytest.raises(CursorError):
            keyset_page(other, size=1, cursor=cursor)


def test_the_longest_names_fit_in_a_cursor() -> None:
    for letter in ["a", "🌍", "🌎"]:
        make.organization(name=letter * 200)
    rows = Organization.objects.for_list()

    assert [len(page) for page in walk(rows)] == [2, 1]
    assert 1_000 < len(keyset_page(rows, size=2).next or "") < 1_300


# --- Orders --------------------------------------------------------------------------------

ORDERS: list[tuple[Any, tuple[Any, ...]]] = [
    (Meeting, ("-sort_on", "-id")),
    (Meeting, ("sort_on",)),
    (Meeting, ("title_key", "sort_on")),
    (Meeting, ("ordinal",)),
    (Meeting, ("-ordinal", "title_key")),
    (Meeting, (F("ordinal").asc(nulls_first=True), "-sort_on")),
    (Meeting, (F("ordinal").desc(nulls_last=True), "starts_on")),
    (Meeting, ("-starts_on", F("starts_on_first").asc(nulls_first=True), "-ordinal")),
    (Meeting, (Case(When(ordinal=1, then=Value("a"))), "-sort_on")),
    (Meeting, ("slug", "ordinal")),
    (AgendaItem, ("parent__number", "-parent__meeting__sort_on", "-number")),
]


def go_through(rows: Any, *, is_back: bool) -> list[Any]:
    """Return all rows by pages of two, from one end of the list to the other."""
    found: list[Any] = []
    cursor: str | None = Keyset(rows).write([], is_back=is_back)
    while cursor:
        page = keyset_page(rows, size=2, cursor=cursor)
        found += reversed(page.rows) if is_back else page.rows
        cursor = page.previous if is_back else page.next
    return found


@pytest.mark.slow
def test_every_order_goes_forwards_and_backwards_past_what_is_not_known() -> None:
    for number in range(9):
        title, day = "ABC"[number % 3], [None, "2022", "2022-07-19"][number % 3]
        make.meeting(title=title, ordinal=number // 3 or None, starts_on=day)
    for number in range(3):
        above = make.agenda_item(number=number)
        make.agenda_item(meeting=above.meeting, parent=above)
        make.agenda_item(meeting=above.meeting, parent=above)

    for model, order in ORDERS:
        rows = model.objects.order_by(*order)
        is_falling = Keyset(rows).keys[-1].is_falling
        expected = list(rows.order_by(*order, "-pk" if is_falling else "pk"))
        assert go_through(rows, is_back=False) == expected, order
        assert go_through(rows, is_back=True) == expected[::-1], order


@pytest.mark.parametrize(
    ("model", "order", "names"),
    [
        (Meeting, ["sort_on"], ["sort_on", "pk"]),
        (Meeting, ["title_key", "-sort_on"], ["title_key", "-sort_on", "-pk"]),
        (Meeting, ["kind", "slug", "title"], ["kind", "slug"]),
        (Office, ["slug", "title"], ["slug"]),
        (Change, [], ["-id"]),
    ],
)
def test_an_order_ends_with_what_is_unique(model: Any, order: list[str], names: list[str]) -> None:
    terms = whole_order(model.objects.order_by(*order))

    assert [f"{'-' * term.descending}{name_of(term)}" for term in terms] == names


def test_the_way_on_and_back_is_known_when_a_page_has_emptied() -> None:
    first, second, third = (make.meeting(starts_on=f"202{number}") for number in [3, 2, 1])
    rows = Meeting.objects.for_list()
    page = keyset_page(rows, size=2)
    third.delete()

    emptied = keyset_page(rows, size=2, cursor=page.next or "")
    assert (emptied.rows, emptied.next) == ([], None)

    back = keyset_page(rows, size=1, cursor=emptied.previous or "")
    assert back.rows == [second]

    first.delete()
    none = keyset_page(rows, size=1, cursor=back.previous or "")
    assert (none.rows, none.previous) == ([], None)
    assert keyset_page(rows, size=1, cursor=none.next or "").rows == [second]


def test_a_page_behind_a_number_asks_once(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        make.update()
    log = Change.objects.filter(table=Update._meta.db_table).order_by("id")
    first, *others = log

    with django_assert_num_queries(1):
        page = keyset_page(log, after=[first.pk], size=2)

    assert page.rows == others
    assert keyset_page(log, after=[others[-1].pk], size=2).rows == []


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
