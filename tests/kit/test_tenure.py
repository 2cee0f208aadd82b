"""Tenure: the days on which something was held for sure, and possibly."""

import datetime as dt

import pytest

from taskforce.models import Seat
from tests import make

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
SURE, PERHAPS, NOT = "sure", "perhaps", "not"


def answer(seat: Seat, day: str) -> str:
    """Return what the three questions together say of a day."""
    on = dt.date.fromisoformat(day)
    held = set(Seat.objects.held(on=on))
    perhaps = set(Seat.objects.perhaps_held(on=on))
    assert not held & perhaps
    both = {row.pk: row.is_certain for row in Seat.objects.held_or_perhaps(on=on)}
    assert both == {**{row.pk: True for row in held}, **{row.pk: False for row in perhaps}}
    return SURE if seat in held else PERHAPS if seat in perhaps else NOT


@pytest.mark.parametrize(
    ("until_on", "last_documented_on", "day", "expected"),
    [
        # An end by a day is known to lie between the beginning and that day.
        ("by 2022-07-19", None, "2014-01-31", SURE),
        ("by 2022-07-19", None, "2014-02-01", PERHAPS),
        ("by 2022-07-19", "2020-05-04", "2020-05-04", SURE),
        ("by 2022-07-19", "2020-05-04", "2020-05-05", PERHAPS),
        ("by 2022-07-19", "2020-05-04", "2022-07-19", PERHAPS),
        ("by 2022-07-19", "2020-05-04", "2022-07-20", NOT),
        # Being documented within the year of the end moves the sure part forward.
        ("2022", "2022-03", "2022-03-01", SURE),
        ("2022", "2022-03", "2022-03-02", PERHAPS),
        ("2022", "2022-03", "2022-12-31", PERHAPS),
        ("2022", "2022-03", "2023-01-01", NOT),
        # The last day on which it is documented ends nothing.
        (None, "2016-11-03", "2016-11-03", SURE),
        (None, "2016-11-03", "2026-01-01", SURE),
    ],
)
def test_what_is_documented_makes_more_days_sure(
    until_on: str | None, last_documented_on: str | None, day: str, expected: str
) -> None:
    seat = make.seat(from_on="2014-01-31", until_on=until_on, last_documented_on=last_documented_on)

    assert answer(seat, day) == expected


@pytest.mark.parametrize(
    ("from_on", "documented", "day", "expected"),
    [
        # An unknown beginning: sure from the day of the first proof.
        (None, "2016-11-03", "2016-11-02", PERHAPS),
        (None, "2016-11-03", "2016-11-03", SURE),
        (None, "2016-11", "2016-10-31", PERHAPS),
        (None, "2016-11", "2016-11-01", SURE),
        (None, None, "2016-11-03", PERHAPS),
        # A beginning known in part, and a proof within that part.
        ("2016", "2016-05-04", "2015-12-31", NOT),
        ("2016", "2016-05-04", "2016-05-03", PERHAPS),
        ("2016", "2016-05-04", "2016-05-04", SURE),
    ],
)
def test_a_proof_makes_an_unknown_beginning_sure(
    from_on: str | None, documented: str | None, day: str, expected: str
) -> None:
    seat = make.seat(from_on=from_on, last_documented_on=documented)

    assert answer(seat, day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2021-12-31", NOT),
        ("2022-01-01", PERHAPS),
        ("2022-12-31", PERHAPS),
        ("2023-01-01", NOT),
    ],
)
def test_a_tenure_within_one_year_is_sure_on_no_day(day: str, expected: str) -> None:
    assert answer(make.seat(from_on="2022", until_on="2022"), day) == expected


@pytest.mark.parametrize(
    ("first", "last", "is_certain"),
    [
        ("2022-07-01", "2022-07-18", None),
        ("2022-07-18", "2022-07-19", False),
        ("2022-07-19", "2022-07-19", True),
        ("2022-07-19", "2022-07-31", True),
        ("2022-07-31", "2022-08-01", False),
        ("2022-08-01", "2022-08-31", None),
    ],
)
def test_a_seat_is_sure_in_a_time_when_it_is_on_each_of_its_days(
    first: str, last: str, is_certain: bool | None
) -> None:
    make.seat(from_on="2022-07-19", until_on="2022-07-31")

    rows = Seat.objects.held_during(dt.date.fromisoformat(first), dt.date.fromisoformat(last))

    assert [row.is_certain for row in rows] == ([] if is_certain is None else [is_certain])
