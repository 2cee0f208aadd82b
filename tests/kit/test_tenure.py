"""Tenure: the days on which something was held for certain, presumably, and possibly."""

import datetime as dt
from itertools import product

import pytest

from taskforce.models import Seat
from tests import make
from untfsse.kit.records.dates import PartialDate
from untfsse.kit.records.tenure import Certainty

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 23)
CERTAIN, PRESUMED, POSSIBLE = Certainty
NOT = None


def answer(seat: Seat, first: str, last: str = "") -> Certainty | None:
    """Return what the record says of some days, which is what the database says."""
    days = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
    word = seat.judge(*days, today=TODAY)
    found = Seat.objects.filter(pk=seat.pk).held_during(*days, today=TODAY)
    assert [row.certainty for row in found] == ([word] if word else [])
    return word


@pytest.mark.parametrize(
    ("until_on", "last_documented_on", "day", "expected"),
    [
        # Without a known end: certain to the last documented day, presumed after it.
        (None, None, "2014-01-30", NOT),
        (None, None, "2014-01-31", CERTAIN),
        (None, None, "2014-02-01", PRESUMED),
        (None, "2016-11-03", "2014-01-30", NOT),
        (None, "2016-11-03", "2014-01-31", CERTAIN),
        (None, "2016-11-03", "2016-11-03", CERTAIN),
        (None, "2016-11-03", "2016-11-04", PRESUMED),
        (None, "2016-11-03", "2026-11-23", PRESUMED),
        (None, "2016-11-03", "2026-11-24", PRESUMED),
        (None, "2016-11-03", "2099-01-01", PRESUMED),
        # Of a month of documents only its first day is sure to lie before the last proof.
        (None, "2016-11", "2016-11-01", CERTAIN),
        (None, "2016-11", "2016-11-02", PRESUMED),
        (None, "2016", "2016-01-01", CERTAIN),
        (None, "2016", "2016-01-02", PRESUMED),
        (None, "2026-11-23", "2026-11-23", CERTAIN),
        # A known end: certain to it, whether documented between or not, but never in the future.
        ("2022-07-19", None, "2022-07-19", CERTAIN),
        ("2022-07-19", "2016-11-03", "2022-07-19", CERTAIN),
        ("2022-07-19", None, "2022-07-20", NOT),
        ("2030-12-31", None, "2026-11-23", CERTAIN),
        ("2030-12-31", None, "2026-11-24", PRESUMED),
        ("2030-12-31", None, "2030-12-31", PRESUMED),
        ("2030-12-31", None, "2031-01-01", NOT),
        ("2022-07", None, "2022-07-01", CERTAIN),
        ("2022-07", None, "2022-07-02", POSSIBLE),
        ("2022-07", None, "2022-07-31", POSSIBLE),
        ("2022-07", None, "2022-08-01", NOT),
        # An end by a day is known to lie between the beginning and that day.
        ("by 2022-07-19", None, "2014-01-31", CERTAIN),
        ("by 2022-07-19", None, "2014-02-01", POSSIBLE),
        ("by 2022-07-19", "2020-05-04", "2020-05-04", CERTAIN),
        ("by 2022-07-19", "2020-05-04", "2020-05-05", POSSIBLE),
        ("by 2022-07-19", "2020-05-04", "2022-07-19", POSSIBLE),
        ("by 2022-07-19", "2020-05-04", "2022-07-20", NOT),
        # Being documented within the year of the end moves the sure part forward.
        ("2022", "2022-03", "2022-03-01", CERTAIN),
        ("2022", "2022-03", "2022-03-02", POSSIBLE),
        ("2022", "2022-03", "2022-12-31", POSSIBLE),
        ("2022", "2022-03", "2023-01-01", NOT),
    ],
)
def test_what_is_documented_or_ended_says_how_far_it_is_certain(
    until_on: str | None, last_documented_on: str | None, day: str, expected: Certainty | None
) -> None:
    seat = make.seat(from_on="2014-01-31", until_on=until_on, last_documented_on=last_documented_on)

    assert answer(seat, day) == expected


@pytest.mark.parametrize(
    ("from_on", "documented", "day", "expected"),
    [
        # An unknown beginning: certain on the day of the proof.
        (None, "2016-11-03", "2016-11-02", POSSIBLE),
        (None, "2016-11-03", "2016-11-03", CERTAIN),
        (None, "2016-11-03", "2016-11-04", PRESUMED),
        (None, "2016-11", "2016-11-29", POSSIBLE),
        (None, "2016-11", "2016-11-30", PRESUMED),
        (None, None, "2016-11-03", POSSIBLE),
        (None, None, "2099-01-01", POSSIBLE),
        # A beginning known in part, and a proof within that part.
        ("2016", "2016-05-04", "2015-12-31", NOT),
        ("2016", "2016-05-04", "2016-05-03", POSSIBLE),
        ("2016", "2016-05-04", "2016-05-04", CERTAIN),
        ("2016", "2016-05-04", "2016-05-05", PRESUMED),
        ("2016", None, "2015-12-31", NOT),
        ("2016", None, "2016-12-30", POSSIBLE),
        ("2016", None, "2016-12-31", PRESUMED),
        ("2016-05", "2020-01-02", "2016-04-30", NOT),
        ("2016-05", "2020-01-02", "2016-05-30", POSSIBLE),
        ("2016-05", "2020-01-02", "2016-05-31", CERTAIN),
        ("2016-05", "2020-01-02", "2020-01-03", PRESUMED),
        ("by 2016-05-04", None, "2016-05-03", POSSIBLE),
        ("by 2016-05-04", None, "2016-05-04", CERTAIN),
        ("by 2016-05-04", None, "2016-05-05", PRESUMED),
        ("2099", None, "2099-01-01", POSSIBLE),
        ("2099", None, "2098-12-31", NOT),
    ],
)
def test_nothing_is_certain_before_the_first_proof(
    from_on: str | None, documented: str | None, day: str, expected: Certainty | None
) -> None:
    seat = make.seat(from_on=from_on, last_documented_on=documented)

    assert answer(seat, day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2021-12-31", NOT),
        ("2022-01-01", POSSIBLE),
        ("2022-12-31", POSSIBLE),
        ("2023-01-01", NOT),
    ],
)
def test_a_tenure_within_one_year_is_certain_on_no_day(
    day: str, expected: Certainty | None
) -> None:
    assert answer(make.seat(from_on="2022", until_on="2022"), day) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2022-07-01", "2022-07-18", NOT),
        ("2022-07-18", "2022-07-19", POSSIBLE),
        ("2022-07-19", "2022-07-19", CERTAIN),
        ("2022-07-19", "2022-07-31", CERTAIN),
        ("2022-07-31", "2022-08-01", PRESUMED),
        ("2022-08-01", "2022-08-31", PRESUMED),
    ],
)
def test_a_month_is_judged_by_each_of_its_days(
    first: str, last: str, expected: Certainty | None
) -> None:
    seat = make.seat(from_on="2022-07-19", last_documented_on="2022-07-31")

    assert answer(seat, first, last) == expected


DATES = [None, "2016", "2016-05", "2016-05-04", "by 2016-05", "2018-02-03"]


SINCE = ["2016", "2016-05", "2016-05-04", "by 2016-01", None]
DAYS = ["2016-01-01", "2016-05-03", "2016-05-04", "2016-05-31", "2018-02-03", "2099-01-01"]


def test_record_and_database_say_the_same_of_every_kind_of_date() -> None:
    for since, until in product(SINCE, DATES):
        make.seat(from_on=since, until_on=until)
    differing: list[tuple[object, ...]] = []
    ahead: set[Certainty | None] = set()
    for documented in ("2016", "2016-05", "2016-05-04", "by 2016-05", None):
        Seat.objects.update(last_documented_on=documented)
        seats = Seat.objects.all()
        for name in DAYS:
            day = dt.date.fromisoformat(name)
            found = Seat.objects.held_during(day, day, today=TODAY)
            told = {row.pk: row.certainty for row in found}
            said = {seat: seat.judge(day, day, today=TODAY) for seat in seats}
            differing += [
                (str(seat.from_on), str(seat.until_on), documented, name, word, told.get(seat.pk))
                for seat, word in said.items()
                if word != told.get(seat.pk)
            ]
            ahead |= set(said.values()) if name == "2099-01-01" else set()
    assert differing == []
    assert ahead == {NOT, POSSIBLE, PRESUMED}
    assert len(seats) == len(SINCE) * len(DATES)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"from_on": "2014-01-31", "last_documented_on": "2025-12"}, "2025-12"),
        ({"from_on": "2014-01-31"}, "2014-01-31"),
        ({"from_on": "by 2019-11-22"}, "2019-11-22"),
        ({"from_on": None}, None),
        ({"from_on": "2014", "until_on": "2030"}, "2026-11-23"),
    ],
)
def test_it_is_presumed_since_it_was_last_documented(
    facts: dict[str, str | None], expected: str | None
) -> None:
    since = make.seat(**facts).presumed_since(today=TODAY)

    assert since == (PartialDate.parse(expected) if expected else None)
