"""Seeding: files with lines, edits and deletions kept, refusals in sentences."""

from pathlib import Path
from typing import Any

import pytest

from taskforce.models import AgendaItem, Office, Organization, Update
from taskforce.seed.meetings import AGENDA_ITEMS
from tests import make
from untfsse.kit.loading import (
    BrokenFileError,
    FileRow,
    Load,
    LoadedRow,
    RecordFile,
    Report,
    RowError,
    SeedModel,
    read_file,
)
from untfsse.kit.loading.facts import bounded, dated, notes, sources
from untfsse.kit.records.dates import PartialDate

OFFICES = SeedModel("offices", Office, {"title": "name"})
ORGANIZATIONS = SeedModel("organizations", Organization)
UPDATES = SeedModel("updates", Update)


def written(folder: Path, text: str) -> RecordFile:
    path = folder / "file.yaml"
    path.write_text(text)
    return read_file(path)


def first_row(folder: Path, text: str) -> FileRow:
    return written(folder, f"rows:\n- {text}\n").rows("rows")[0]


def load_offices(folder: Path, *names: str) -> Report:
    """Load offices in the order of their names."""
    text = "rows:\n" + "".join(f"- id: {name}\n  name: {name.title()}\n" for name in names)
    file = written(folder, text)
    load = Load()
    load.each(OFFICES, file.rows("rows"), put_office)
    load.finish([file])
    return load.report


def put_office(load: Load, row: FileRow) -> None:
    values = {"slug": row.key("id"), "title": row.text("name"), "position": row.position}
    load.put(OFFICES, row, row.key("id"), values)


# --- Files ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rows:\n- id: a\n  name: [\n", "file.yaml, line 4: "),
        ("rows:\n- id: a\n  id: b\n", "file.yaml, line 3: the field “id” is written twice"),
        ("rows:\n- 1: a\n", "file.yaml, line 2: “1” is no name of a field"),
        ("- a\n", "file.yaml, line 1: sections were expected"),
        ("rows: \x07\n", "file.yaml: "),
    ],
)
def test_broken_file_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BrokenFileError) as caught:
        written(tmp_path, text)
    assert str(caught.value).startswith(message)


def test_file_in_another_encoding_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes("rows: Liège".encode("latin-1"))
    with pytest.raises(BrokenFileError, match=r"^latin\.yaml: it is not written in UTF-8"):
        read_file(tmp_path / "latin.yaml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("other: []\n", "file.yaml: the section “rows” is missing."),
        ("rows: some\n", "file.yaml, line 1: A list was expected, not a text (some)."),
        (
            "rows:\n- some\n",
            "file.yaml, line 1: A list of rows was expected; it has a text (some).",
        ),
    ],
)
def test_section_without_rows_is_broken(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BrokenFileError) as caught:
        written(tmp_path, text).rows("rows")
    assert str(caught.value) == message


def test_row_knows_its_lines_and_its_place(tmp_path: Path) -> None:
    file = written(tmp_path, "rows:\n- id: a\n  parts:\n  - name: x\n  - name: y\n")
    row = file.rows("rows")[0]
    part = row.rows("parts")[1]
    assert (row.line, row.line_of("parts"), row.line_of("unwritten")) == (2, 3, 2)
    assert (part.owner, part.position, part.line, part.name) == (row, 2, 5, "a / y")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{kind: lead, id: a}", "a"),
        ("{id: null, number: 3}", "3"),
        ("{parts: [], pledged_at: Murcia, kind: lead}", "Murcia"),
        ("{parts: [{id: a}]}", ""),
    ],
)
def test_row_is_called_by_its_id_or_by_what_it_says_first(
    tmp_path: Path, text: str, name: str
) -> None:
    assert first_row(tmp_path, text).name == name


def test_sources_stand_where_the_noun_says(tmp_path: Path) -> None:
    row = first_row(tmp_path, "{sources: [{title: A}], profile_sources: [{title: B}]}")
    named = [
        [source["title"] for source in found]
        for found in (sources(row), sources(row, ("sources", "profile_sources")))
    ]
    assert named == [["A"], ["A", "B"]]


def test_dates_and_norway_stay_text(tmp_path: Path) -> None:
    row = first_row(
        tmp_path, "{day: 2022-07-19, month: 2022-07, year: 2022, country: NO, is: true}"
    )
    assert [row.text(name) for name in ("day", "month", "year", "country")] == [
        "2022-07-19",
        "2022-07",
        "2022",
        "NO",
    ]
    assert row.flag("is") is True


@pytest.mark.parametrize(
    ("reader", "value", "reason"),
    [
        ("text", "[a]", "A text was expected, not a list."),
        ("text", "true", "A text was expected, not true or false."),
        ("key", "null", "It is missing."),
        ("whole", "many", "A whole number was expected, not a text (many)."),
        ("whole", "true", "A whole number was expected, not true or false."),
        ("flag", "maybe", "true or false was expected, not a text (maybe)."),
        ("date", "2022-13", "There is no such day in the calendar."),
        ("texts", "[{a: b}]", "A list of texts was expected; it has a row."),
        ("rows", "[a]", "A list of rows was expected; it has a text (a)."),
        ("row", "[a]", "A row was expected, not a list."),
    ],
)
def test_value_of_a_wrong_type_is_refused(
    tmp_path: Path, reader: str, value: str, reason: str
) -> None:
    row = first_row(tmp_path, f"{{field: {value}}}")
    with pytest.raises(RowError) as caught:
        getattr(row, reader)("field")
    assert (caught.value.field, caught.value.reason) == ("field", reason)


def test_word_outside_the_vocabulary_is_refused_with_the_words(tmp_path: Path) -> None:
    row = first_row(tmp_path, "{kind: red}")
    with pytest.raises(RowError, match="“red” is not one of: blue, green"):
        row.choice("kind", {"blue": 1, "green": 2})


def test_what_nobody_reads_is_told(tmp_path: Path) -> None:
    file = written(
        tmp_path, "rows:\n- {id: a, b: 1, c: null, d: [{e: 1, f: 2}]}\n- {id: x, b: 2}\n"
    )
    for row in file.rows("rows"):
        row.key("id")
        for part in row.rows("d"):
            part.whole("e")
    assert file.unread() == {"rows.b": 2, "rows.d.f": 1}


# --- Facts ---------------------------------------------------------------------------------


def test_two_sources_with_one_address_are_one(tmp_path: Path) -> None:
    row = first_row(
        tmp_path,
        "{sources: [{title: A, url: 'https://a.org'}, {title: A report, url: 'https://a.org'}, "
        "{title: Memory, url: null}, {title: Memory, url: null}]}",
    )
    assert sources(row) == [
        {"title": "A report", "url": "https://a.org"},
        {"title": "Memory", "url": None},
    ]


@pytest.mark.parametrize(
    ("date", "precision", "expected"),
    [
        ("2022-07-19", "exact", PartialDate(2022, 7, 19)),
        ("2022-07-19", "by", PartialDate(2022, 7, 19, is_by=True)),
        ("null", "unknown", None),
    ],
)
def test_date_is_exact_by_or_unknown(
    tmp_path: Path, date: str, precision: str, expected: PartialDate | None
) -> None:
    row = first_row(tmp_path, f"{{date: {date}, how: {precision}}}")
    assert bounded(row, "date", "how") == expected


@pytest.mark.parametrize(
    "row", ["{date: 2022, how: unknown}", "{how: by}", "{date: 2022, how: so}"]
)
def test_date_and_its_bound_must_agree(tmp_path: Path, row: str) -> None:
    with pytest.raises(RowError):
        bounded(first_row(tmp_path, row), "date", "how")


def test_date_and_its_precision_must_agree(tmp_path: Path) -> None:
    with pytest.raises(RowError, match="date is 2022-07, which is known by the month"):
        dated(first_row(tmp_path, "{date: 2022-07, how: day}"), "date", "how")


def test_notes_leave_out_what_is_empty() -> None:
    assert notes("", "One.", "", "Two.") == "One. Two."


# --- Loads ---------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


def test_rows_are_created_then_unchanged(tmp_path: Path) -> None:
    first, second = (load_offices(tmp_path, "chair", "clerk").tally("offices") for _ in range(2))
    assert (first.read, first.created, first.unchanged) == (2, 2, 0)
    assert (second.read, second.created, second.unchanged) == (2, 0, 2)


def test_row_put_between_others_moves_them(tmp_path: Path) -> None:
    load_offices(tmp_path, "chair", "clerk", "guest")
    report = load_offices(tmp_path, "chair", "vice", "clerk", "guest")
    assert report.refused == []
    assert (report.total.created, report.total.updated) == (1, 2)
    assert list(Office.objects.values_list("slug", flat=True)) == [
        "chair",
        "vice",
        "clerk",
        "guest",
    ]


def test_edit_is_kept_until_the_file_agrees(tmp_path: Path) -> None:
    load_offices(tmp_path, "chair")
    Office.objects.update(title="The Chair")
    for _load in range(2):
        (remark,) = load_offices(tmp_path, "chair").edits_kept
        assert (
            str(remark) == "file.yaml, line 3, chair, name: It was edited here; the edit is kept."
        )
    Office.objects.update(title="Chair")
    assert load_offices(tmp_path, "chair").edits_kept == []


def test_deleted_record_is_not_created_again(tmp_path: Path) -> None:
    load_offices(tmp_path, "chair", "clerk")
    Office.objects.get(slug="chair").delete()
    report = load_offices(tmp_path, "chair", "clerk")
    assert report.tally("offices").left_out == {"deleted here": 1}
    assert list(Office.objects.values_list("slug", flat=True)) == ["clerk"]


def test_row_that_left_the_file_stays_and_is_told(tmp_path: Path) -> None:
    load_offices(tmp_path, "chair", "clerk")
    (remark,) = load_offices(tmp_path, "chair").remarks
    assert remark.reason == "clerk: no longer in the files; the record stays."
    assert Office.objects.count() == 2


def test_record_that_a_person_made_is_adopted_and_stays_as_it_is(tmp_path: Path) -> None:
    Office.objects.create(slug="chair", title="Made by hand", position=9)
    report = load_offices(tmp_path, "chair")
    assert (report.total.unchanged, report.total.created) == (1, 0)
    assert {remark.field for remark in report.edits_kept} == {"name", "position"}
    assert Office.objects.get().title == "Made by hand"


def test_item_below_another_is_not_taken_for_the_item_of_its_number(tmp_path: Path) -> None:
    above = make.agenda_item(number=3)
    below = make.agenda_item(meeting=above.meeting, parent=above, number=1, title="Below")
    file = written(tmp_path, "rows:\n- {title: First}\n- {title: Third}\n")
    numbers = {"First": 1, "Third": 3}

    def put_item(load: Load, row: FileRow) -> None:
        number = numbers[row.key("title")]
        values = {"meeting": above.meeting, "number": number, "kind": "update"}
        load.put(AGENDA_ITEMS, row, str(number), values, initial={"title": row.key("title")})

    load = Load()
    load.each(AGENDA_ITEMS, file.rows("rows"), put_item)
    assert (load.report.total.created, load.report.total.unchanged) == (1, 1)
    places = AgendaItem.objects.values_list("parent", "number", "title")
    assert set(places) == {
        (None, 1, "First"),
        (None, 3, above.title),
        (above.pk, below.number, "Below"),
    }


def test_refusal_has_the_sentence_of_the_model(tmp_path: Path) -> None:
    report = load_offices(tmp_path, "chair", "x" * 61)
    assert [(remark.line, remark.field) for remark in report.refused] == [(4, "slug")]
    assert "at most 60 characters" in report.refused[0].reason
    assert report.tally("offices").created == 1
    assert LoadedRow.objects.count() == 1


def test_missing_reference_is_refused_and_a_deleted_one_is_left_away(tmp_path: Path) -> None:
    file = written(tmp_path, "rows:\n- {id: a}\n")
    row = file.rows("rows")[0]
    values: dict[str, Any] = {
        "slug": "a",
        "name": "A",
        "kind": "ngo",
        "sources": [],
        "confidence": "medium",
        "status": "published",
    }
    news = {"slug": "n", "title": "N", "kind": "event", "confidence": "medium", "status": "draft"}

    def run(*, organization: str) -> Report:
        load = Load()
        load.each(ORGANIZATIONS, [row], lambda load, row: load.put(ORGANIZATIONS, row, "a", values))
        linked = [load.get(ORGANIZATIONS, organization)]
        load.each(
            UPDATES,
            [row],
            lambda load, row: load.put(UPDATES, row, "n", news, links={"organizations": linked}),
        )
        load.finish([file])
        return load.report

    (refusal,) = run(organization="b").refused
    assert refusal.field == "organizations"
    assert refusal.reason == "There is no organization “b”, or it was refused."
    assert run(organization="a").tally("updates").created == 1
    assert Organization.objects.get().published_at is not None
    Organization.objects.get().delete()
    again = run(organization="a")
    assert again.tally("updates").unchanged == 1
    assert again.tally("organizations").left_out == {"deleted here": 1}
