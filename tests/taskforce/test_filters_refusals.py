"""What is said of a question that makes no sense."""

from typing import Any

import pytest

from taskforce import filters
from tests import make
from tests.taskforce.questions import asked, errors, found

pytestmark = pytest.mark.django_db

ALL = [
    filters.AgendaItemFilter,
    filters.AttendanceFilter,
    filters.DecisionFilter,
    filters.DocumentFilter,
    filters.InstrumentEventFilter,
    filters.InstrumentFilter,
    filters.InstrumentPartyFilter,
    filters.InstrumentRelationFilter,
    filters.MeetingFilter,
    filters.OrganizationFilter,
    filters.PersonFilter,
    filters.ProvisionFilter,
    filters.SeatFilter,
    filters.TermFilter,
    filters.UpdateFilter,
]


WHOLE = "Enter a whole number."
AT_LEAST = "Ensure this value is greater than or equal to 1900."
AT_MOST = "Ensure this value is less than or equal to 2100."
NO_DAY = "Write a day of the calendar as 2022-07-19."


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("²", WHOLE),
        ("soon", WHOLE),
        ("2022.5", WHOLE),
        ("%00", WHOLE),
        ("9" * 5000, WHOLE),
        ("1899", AT_LEAST),
        ("-1", AT_LEAST),
        ("2101", AT_MOST),
    ],
)
@pytest.mark.parametrize(
    "filter_set",
    [
        filters.MeetingFilter,
        filters.DecisionFilter,
        filters.InstrumentFilter,
        filters.UpdateFilter,
        filters.DocumentFilter,
    ],
)
def test_a_year_that_is_none_is_told_at_its_field(
    filter_set: Any, value: str, sentence: str
) -> None:
    assert errors(filter_set, f"year={value}") == {"year": [sentence]}


@pytest.mark.parametrize("year", [1900, 2100])
def test_the_ends_of_the_years_are_allowed(year: int) -> None:
    assert found(filters.MeetingFilter, f"year={year}") == []


@pytest.mark.parametrize("value", ["2022-02-30", "19/07/2022", "today", "²", "%00", "2022-07"])
@pytest.mark.parametrize("filter_set", [filters.OrganizationFilter, filters.SeatFilter])
def test_a_day_that_is_none_is_told_at_its_field(filter_set: Any, value: str) -> None:
    assert errors(filter_set, f"on={value}") == {"on": [NO_DAY]}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("nobody", "nobody"),
        ("%00ilo", "ilo"),
        ("1 OR 1=1", "1 OR 1=1"),
        ("²", "²"),
        ("x" * 5000, "x" * 60),
    ],
)
@pytest.mark.parametrize(
    ("filter_set", "field"),
    [
        (filters.MeetingFilter, "organization"),
        (filters.DecisionFilter, "meeting"),
        (filters.DecisionFilter, "addressee"),
        (filters.DocumentFilter, "instrument"),
        (filters.TermFilter, "office"),
        (filters.AgendaItemFilter, "instrument"),
    ],
)
def test_a_slug_that_names_nothing_is_told_at_its_field(
    filter_set: Any, field: str, value: str, shown: str
) -> None:
    sentence = f"“{shown}” is not in the list. Choose one that is."

    assert errors(filter_set, f"{field}={value}") == {field: [sentence]}


def test_a_draft_cannot_be_told_from_nothing() -> None:
    make.organization(slug="ilo", status="draft")

    assert errors(filters.MeetingFilter, "organization=ilo") == errors(
        filters.MeetingFilter, "organization=ilo"
    )
    assert "ilo" not in str(asked(filters.MeetingFilter, "").form["organization"])


@pytest.mark.parametrize("filter_set", ALL)
def test_a_word_outside_the_vocabulary_is_told_at_its_field(filter_set: Any) -> None:
    for name, field in filter_set.base_filters.items():
        if type(field).__name__ in {"WordFilter", "FlagFilter", "GoalFilter", "CountryFilter"}:
            sentence = "Select a valid choice. purple is not one of the available choices."
            assert errors(filter_set, f"{name}=purple") == {name: [sentence]}


@pytest.mark.parametrize("filter_set", ALL)
def test_a_page_shows_no_more_than_seven_fields(filter_set: Any) -> None:
    assert len(asked(filter_set, "").form.fields) <= 7


@pytest.mark.parametrize(
    "value", ["", "&quot;", '"', "a or", "-", "(|&!*:", "the", "%00", "é" * 200]
)
def test_any_words_are_an_allowed_question(value: str) -> None:
    list(asked(filters.MeetingFilter, f"q={value}").qs)


def test_more_words_than_the_box_holds_are_told() -> None:
    sentence = "Ensure this value has at most 200 characters (it has 10000)."

    assert errors(filters.MeetingFilter, f"q={'x' * 10_000}") == {"q": [sentence]}
