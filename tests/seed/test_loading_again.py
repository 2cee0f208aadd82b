"""The real records loaded again: what stays, what reaches them, what is refused and told."""

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from encyclopedia.models import Entry
from taskforce import seed as taskforce_seed
from taskforce.models import Meeting, Update
from taskforce.seed import files as taskforce_files
from untfsse.kit.history.changes import Change
from untfsse.kit.loading import LoadedRow, Report
from untfsse.seeding import seed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_second_load_changes_nothing(report: Report) -> None:
    changes, moments = Change.objects.count(), set(Entry.objects.values_list("published_at"))
    again = seed()
    for noun, tally in again.tallies.items():
        assert tally.read == tally.unchanged + tally.left_out.total(), noun
        assert tally.held_back == report.tallies[noun].held_back, noun
    assert (again.refused, again.edits_kept) == ([], [])
    assert Change.objects.count() == changes
    assert set(Entry.objects.values_list("published_at")) == moments


def test_edit_and_deletion_are_kept_and_reported_at_each_load(report: Report) -> None:
    Meeting.objects.filter(slug="special-2022-07-19").update(city="Geneva")
    Update.objects.get(slug="escwa-2023").delete()
    for _load in range(2):
        again = seed()
        assert [(one.row, one.field) for one in again.edits_kept] == [
            ("special-2022-07-19", "city")
        ]
        assert again.tallies["meetings"].unchanged == 54
        assert [one.row for one in again.left_out if one.noun == "updates"] == ["escwa-2023"]
    assert Meeting.objects.get(slug="special-2022-07-19").city == "Geneva"
    assert not Update.objects.filter(slug="escwa-2023").exists()


def test_records_that_nobody_loaded_are_all_recognized(report: Report) -> None:
    LoadedRow.objects.all().delete()
    again = seed()
    assert (again.total.created, again.total.unchanged) == (0, report.total.created)
    assert (again.refused, again.edits_kept) == ([], [])


def test_new_data_reaches_a_field_nobody_edited(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Update.objects.filter(slug="m53-2025").update(title="Edited by hand")
    text = (taskforce_files.DATA / "news.yaml").read_text()
    text = text.replace("title: ESCWA joins the Task Force", "title: ESCWA becomes a member")
    change_file(tmp_path, monkeypatch, "news.yaml", text)
    again = seed()
    assert (again.tallies["updates"].updated, again.tallies["updates"].edits_kept) == (1, 1)
    assert Update.objects.get(slug="escwa-2023").title == "ESCWA becomes a member"
    assert Update.objects.get(slug="m53-2025").title == "Edited by hand"


def test_refused_row_names_its_field_and_the_others_go_on(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (taskforce_files.DATA / "news.yaml").read_text()
    text = text.replace("related_meeting: regular-53", "related_meeting: regular-99")
    text = text.replace("category: recognition", "category: applause")
    change_file(tmp_path, monkeypatch, "news.yaml", text)
    again = seed()
    lines = text.splitlines()
    assert [(one.row, one.field, lines[one.line - 1].strip()) for one in again.refused] == [
        ("award-2023", "category", "category: applause"),
        ("m53-2025", "related_meeting", "related_meeting: regular-99"),
    ]
    assert [one.reason for one in again.refused] == [
        "Value 'applause' is not a valid choice.",
        "There is no meeting “regular-99”, or it was refused.",
    ]
    assert again.tallies["updates"].unchanged == 33


def test_a_file_that_is_high_without_an_address_is_told_where_and_why(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (taskforce_files.DATA / "news.yaml").read_text()
    before, after = text.split("- id: m53-2025\n")
    after = after.replace("confidence: medium", "confidence: high", 1)
    text = f"{before}- id: m53-2025\n{after}"
    change_file(tmp_path, monkeypatch, "news.yaml", text)
    [refused] = seed().refused
    assert (refused.row, refused.field) == ("m53-2025", "confidence")
    assert text.splitlines()[refused.line - 1].strip() == "confidence: high"
    assert refused.reason == (
        "High confidence needs a source with a web address: add one, or choose medium."
    )


PLAIN = """\
updates:
- id: call
  title: Call for papers
  kind: call
  happened_on: 2022-07
  deadline_on: '2022-09-01'
  text: null
  organizations: [ilo, oecd]
  sources: [{title: A page, url: https://example.org/call}]
  confidence: high
  topics: [papers]
- {id: lost, title: Lost, kind: call, organizations: [nobody], confidence: medium}
"""


def test_noun_without_a_loader_is_loaded_by_the_names_of_its_columns(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "updates.yaml").write_text(PLAIN)
    monkeypatch.setattr(apps.get_app_config("taskforce"), "path", str(tmp_path))
    again = seed()
    call = Update.objects.get(slug="call")
    assert (call.title, call.kind, str(call.happened_on), call.text, call.status) == (
        ("Call for papers", "call", "2022-07", "", "published")
    )
    assert call.deadline_on == dt.date(2022, 9, 1)
    assert [one.slug for one in call.organizations.all()] == ["ilo", "oecd"]
    assert [(one.row, one.field, one.reason) for one in again.refused] == [
        ("lost", "organizations", "There is no organization “nobody”, or it was refused.")
    ]
    assert "updates.topics (1 rows) is not loaded" in [*again.remarks][-1].reason


def test_dry_run_tells_all_and_writes_nothing(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (taskforce_files.DATA / "news.yaml").read_text()
    text = text.replace("id: escwa-2023", "id: escwa-joins-2023")
    change_file(tmp_path, monkeypatch, "news.yaml", text)
    changes = Change.objects.count()
    output = StringIO()
    call_command("seed", "--dry-run", stdout=output)
    lines = [" ".join(line.split()) for line in output.getvalue().splitlines()]
    assert "updates 35 1 34" in lines
    assert lines[-1] == "Nothing was written: this was a dry run."
    assert "escwa-2023: no longer in the files; the record stays." in output.getvalue()
    assert not Update.objects.filter(slug="escwa-joins-2023").exists()
    assert Change.objects.count() == changes


def test_broken_file_is_named_with_its_line(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "organizations.yaml").write_text("organizations:\n- id: ilo\n  name: [\n")
    monkeypatch.setattr(taskforce_seed, "read_files", lambda: taskforce_files.read_files(tmp_path))
    with pytest.raises(CommandError, match=r"^organizations\.yaml, line 4: "):
        call_command("seed", stdout=StringIO())


def test_command_prints_each_noun_and_all_that_is_held_back(report: Report) -> None:
    output = StringIO()
    call_command("seed", "--table", stdout=output)
    lines = [" ".join(line.split()) for line in output.getvalue().splitlines()]
    assert any(line.startswith("Noun Read Created") for line in lines)
    assert "organizations 81 81 8" in lines
    assert "unconfirmed author: 13 authorships" in lines


def test_command_sums_up_in_a_line_and_keeps_the_rest_in_a_file(
    report: Report, tmp_path: Path
) -> None:
    output, file, total = StringIO(), tmp_path / "seed.txt", report.total
    call_command("seed", report=file, stdout=output)
    assert output.getvalue() == (
        f"Records: {total.read} read, {total.read - total.left_out.total()} unchanged, "
        f"{total.left_out.total()} left out, {total.held_back.total()} held back. "
        f"The table and the remarks: {file}\n"
    )
    lines = [" ".join(line.split()) for line in file.read_text().splitlines()]
    assert "organizations 81 81 8" in lines


def change_file(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    """Let the seed read a copy of the data folder in which one file differs."""
    for path in taskforce_files.DATA.glob("*.yaml"):
        (folder / path.name).write_text(path.read_text())
    (folder / name).write_text(text)
    files = taskforce_seed.read_files(folder)
    monkeypatch.setattr(taskforce_seed, "read_files", lambda: files)
