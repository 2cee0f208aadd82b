"""Dates known in part: how they are read, printed, stored, sorted and compared."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.utils import translation
from django.utils.html import strip_tags

from taskforce.models import Meeting, Seat
from tests import make
from untfsse.kit.records.dates import (
    DASH,
    HINT,
    PartialDate,
    PartialDateField,
    PartialDateFormField,
    Precision,
    period,
    period_html,
)

NO_DAY = "There is no such day in the calendar."

READ = [
    ("2022-07-19", "2022-07-19", "19 July 2022", Precision.DAY, "2022-07-19", "2022-07-19"),
    ("19 July 2022", "2022-07-19", "19 July 2022", Precision.DAY, "2022-07-19", "2022-07-19"),
    ("9 july 2022", "2022-07-09", "9 July 2022", Precision.DAY, "2022-07-09", "2022-07-09"),
    ("2013-05", "2013-05", "May 2013", Precision.MONTH, "2013-05-01", "2013-05-31"),
    ("May 2013", "2013-05", "May 2013", Precision.MONTH, "2013-05-01", "2013-05-31"),
    ("2016-02", "2016-02", "February 2016", Precision.MONTH, "2016-02-01", "2016-02-29"),
    ("2015-02", "2015-02", "February 2015", Precision.MONTH, "2015-02-01", "2015-02-28"),
    ("2016", "2016", "2016", Precision.YEAR, "2016-01-01", "2016-12-31"),
    ("  2016  ", "2016", "2016", Precision.YEAR, "2016-01-01", "2016-12-31"),
    ("by 2019-11-22", "../2019-11-22", "by 22 November 2019", Precision.BY, None, "2019-11-22"),
    ("BY  May 2013", "../2013-05", "by May 2013", Precision.BY, None, "2013-05-31"),
    ("../2019", "../2019", "by 2019", Precision.BY, None, "2019-12-31"),
    ("0001", "0001", "0001", Precision.YEAR, "0001-01-01", "0001-12-31"),
    ("9999-12-31", "9999-12-31", "31 December 9999", Precision.DAY, "9999-12-31", "9999-12-31"),
]


@pytest.mark.parametrize(("written", "stored", "printed", "precision", "first", "last"), READ)
def test_a_date_is_read_as_far_as_it_is_known(
    written: str, stored: str, printed: str, precision: Precision, first: str | None, last: str
) -> None:
    date = PartialDate.parse(written)

    assert (str(date), date.text, date.precision) == (stored, printed, precision)
    assert (date.first and date.first.isoformat(), date.last.isoformat()) == (first, last)
    assert PartialDate.parse(str(date)) == date


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("2022-02-30", NO_DAY),
        ("2022-13", NO_DAY),
        ("2022-00", NO_DAY),
        ("0000", NO_DAY),
        ("31 June 2022", NO_DAY),
        ("by 2015-02-29", NO_DAY),
        ("2022-7-19", str(HINT)),
        ("19/07/2022", str(HINT)),
        ("July", str(HINT)),
        ("Juli 2022", str(HINT)),
        ("soon", str(HINT)),
        ("by by 2022", str(HINT)),
        ("by", str(HINT)),
        ("²⁰²²", str(HINT)),
        ("٢٠٢٢", str(HINT)),
        ("2022\0", str(HINT)),
        ("12022", str(HINT)),
        ("-2022", str(HINT)),
        ("", str(HINT)),
    ],
)
def test_what_is_no_date_is_told_in_a_sentence(written: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        PartialDate.parse(written)

    assert str(refused.value) == sentence


def test_months_are_read_and_printed_in_the_language_of_the_reader() -> None:
    with translation.override("fr"):
        assert str(PartialDate.parse("juillet 2022")) == "2022-07"
        assert str(PartialDate.parse("July 2022")) == "2022-07"
        assert PartialDate.parse("2022-07-19").text == "19 juillet 2022"


def test_a_day_makes_a_whole_date() -> None:
    assert PartialDate.of(dt.date(2022, 7, 19)) == PartialDate(2022, 7, 19)


@pytest.mark.parametrize(
    ("since", "until", "one_day", "open_end"),
    [
        ("2022-07-19", "", "19 July 2022", "since 19 July 2022"),
        ("2022-07-19", "2022-07-19", "19 July 2022", "19 July 2022"),
        ("2022-07-19", "2022-07-20", "19-20 July 2022", None),
        ("2022-07-30", "2022-08-02", "30 July 2022 - 2 August 2022", None),
        ("2022", "2024", "2022-2024", None),
        ("2016", "2017-05-03", "2016 - 3 May 2017", None),
        ("by 2024-03-14", "", "by 14 March 2024", "already by 14 March 2024"),
        ("by 2024-03-14", "2025", "already by 14 March 2024, until 2025", None),
        (
            "by 2024-03-14",
            "by 2025-07-15",
            "already by 14 March 2024, over by 15 July 2025",
            None,
        ),
        ("2013", "by 2025", "since 2013, over by 2025", None),
        ("", "2016", "until 2016", "until 2016"),
        ("", "by 2016", "over by 2016", "over by 2016"),
        ("", "", "", ""),
    ],
)
def test_a_period_reads_like_a_sentence(
    since: str, until: str, one_day: str, open_end: str | None
) -> None:
    dates = [PartialDate.parse(text) if text else None for text in (since, until)]

    plain = period(*dates).replace(DASH, "-")
    assert plain == one_day
    assert period(*dates, is_open=True).replace(DASH, "-") == (open_end or one_day)
    assert strip_tags(period_html(*dates)).replace(DASH, "-") == one_day
    assert period_html(*dates).count("<time") == len({text for text in (since, until) if text})


# --- The box of the forms ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("", None),
        ("   ", None),
        ("2016", PartialDate(2016)),
        ("by 2016", PartialDate(2016, is_by=True)),
    ],
)
def test_the_box_reads_what_an_editor_writes(written: str, date: PartialDate | None) -> None:
    assert PartialDateFormField(required=False).clean(written) == date


@pytest.mark.parametrize("written", ["soon", "2022-02-30", "2022\0", "²", "x" * 10_000])
def test_the_box_refuses_with_a_sentence(written: str) -> None:
    with pytest.raises(ValidationError) as refused:
        PartialDateFormField(required=False).clean(written)

    assert all(
        message.endswith(".") or "characters" in message for message in refused.value.messages
    )


def test_what_the_box_shows_reads_back_as_the_same_date() -> None:
    box = PartialDateFormField(required=False)

    for text in ["2022-07-19", "2013-05", "2016", "by 2019-11-22", "by 2016"]:
        date = PartialDate.parse(text)
        assert box.clean(str(box.prepare_value(date))) == date


@pytest.mark.parametrize(
    ("initial", "data", "has_changed"),
    [
        (PartialDate(2013, 5), "May 2013", False),
        (PartialDate(2013, 5), "2013-05", False),
        (PartialDate(2013, 5), "2013", True),
        (PartialDate(2013, 5), "", True),
        (None, "", False),
        (None, "soon", True),
    ],
)
def test_another_spelling_is_no_change(initial: Any, data: str, has_changed: bool) -> None:
    assert PartialDateFormField(required=False).has_changed(initial, data) is has_changed


# --- The column ----------------------------------------------------------------------------


def test_a_migration_names_nothing_that_is_fixed() -> None:
    *_, options = PartialDateField("from").deconstruct()

    assert options == {"blank": True, "null": True, "verbose_name": "from"}


@pytest.mark.parametrize(
    "assigned", ["2022-07-19", "19 July 2022", dt.date(2022, 7, 19), PartialDate(2022, 7, 19)]
)
def test_a_record_holds_the_date_whatever_was_assigned(db: None, assigned: Any) -> None:
    meeting = make.meeting()
    meeting.starts_on = assigned
    meeting.save()

    assert meeting.starts_on == PartialDate(2022, 7, 19)
    assert Meeting.objects.get(starts_on=assigned).starts_on == PartialDate(2022, 7, 19)


def test_a_column_refuses_what_is_no_date(db: None) -> None:
    meeting = make.meeting()
    meeting.starts_on = "soon"

    with pytest.raises(ValidationError) as refused:
        meeting.full_clean()

    assert refused.value.message_dict == {"starts_on": [str(HINT)]}


def test_the_days_are_the_same_in_sql_and_in_python(db: None) -> None:
    for written, *_ in READ:
        meeting = make.meeting(starts_on=written)
        date = PartialDate.parse(written)
        assert (meeting.starts_on_first, meeting.starts_on_last) == (date.first, date.last)
        assert meeting.sort_on == (date.first or date.last)


def test_dates_sort_by_their_first_day_and_the_unknown_first(db: None) -> None:
    written = ["2016-05-02", "2016", None, "by 2016-05-01", "2016-05", "2015-12-31"]
    for text in written:
        make.meeting(starts_on=text)

    rows = Meeting.objects.order_by("sort_on", "id").values_list("starts_on", flat=True)

    assert [str(date) if date else None for date in rows] == [
        None,
        "2015-12-31",
        "2016",
        "../2016-05-01",
        "2016-05",
        "2016-05-02",
    ]


@pytest.mark.parametrize(
    ("earlier", "later", "is_in_order"),
    [
        ("2022-07-19", "2022-07-19", True),
        ("2022-07-20", "2022-07-19", False),
        ("2022-07", "2022-07-01", True),
        ("2022-08", "2022-07-31", False),
        ("2022", "2022-01-01", True),
        ("2022-12-31", "2022", True),
        ("2023", "2022-12-31", False),
        ("../2030", "2022", True),
        ("2022", "../2022-01-01", True),
        ("2022-01-02", "../2022-01-01", False),
        (None, "2022", True),
        ("2022", None, True),
        (None, None, True),
    ],
)
def test_two_dates_are_in_order_if_they_may_be(
    db: None, earlier: str | None, later: str | None, is_in_order: bool
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT partial_dates_in_order(%s, %s)", [earlier, later])
        assert cursor.fetchone() == (is_in_order,)


COLUMNS = [
    (model._meta.db_table, field.column)
    for model in apps.get_models()
    for field in model._meta.local_concrete_fields
    if isinstance(field, PartialDateField)
]


def rules_of(table: str) -> list[str]:
    """Return what PostgreSQL checks of a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'c' AND conrelid = %s::regclass",
            [table],
        )
        return [rule for (rule,) in cursor.fetchall()]


def test_every_column_of_dates_is_checked_by_the_database(db: None) -> None:
    rules = {table: rules_of(table) for table, _column in COLUMNS}
    sign = "partial_date_last(({})::text) > '-infinity'"
    found = [
        (table, column)
        for table, column in COLUMNS
        if sum(sign.format(column) in rule for rule in rules[table]) != 1
    ]
    assert (len(COLUMNS) > 25, found) == (True, [])


@pytest.mark.parametrize("text", ["word123", "2022x07x19", "2022/07", "2022-13", "by 2022", ""])
def test_no_date_is_stored_that_cannot_be_read(db: None, text: str) -> None:
    activity = make.activity()
    with connection.cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute(
            "UPDATE actionplan_activity SET documented_on = %s WHERE id = %s", [text, activity.pk]
        )


@pytest.mark.parametrize(
    ("noun", "column", "words"),
    [
        (Meeting, "starts_on_first", "starts on"),
        (Meeting, "starts_on_last", "starts on"),
        (Seat, "from_on_first", "from"),
    ],
)
def test_a_day_of_a_date_is_called_as_the_date_is(noun: Any, column: str, words: str) -> None:
    assert str(noun._meta.get_field(column).verbose_name) == words
