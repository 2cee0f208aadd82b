"""Tables: every noun goes out and comes back without a change, and no row is lost on the way."""

import io
import os
import signal
import subprocess
import sys
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from actionplan.models import DeliverableEvidence
from taskforce.models import (
    AgendaItem,
    Decision,
    DecisionEvidence,
    Document,
    Meeting,
    Organization,
    Seat,
    Update,
)
from tests import make
from tests.nouns import BUILDERS, each_slowly
from tests.staff import staff
from untfsse.kit.exchange import (
    ImportResult,
    Table,
    TableResource,
    anything,
    read_table,
    tables,
    take_over,
    write_csv,
    write_xlsx,
)
from untfsse.kit.forms.uploads import CSV, PDF, XLSX, FileKind
from untfsse.kit.history.changes import Change
from untfsse.kit.records.natural_keys import key_columns

pytestmark = pytest.mark.django_db
ODD = [
    "=1+1",
    "+41 22",
    "-a",
    "@b",
    "'=c",
    "''d",
    "\ttab",
    " edge ",
    "a\nb",
    "1.10",
    "#N/A",
    "_x0041_",
]


def outcome_of(
    model: Any, table: Table, expected: str | None = None, by: Any = None
) -> ImportResult:
    resource = TableResource(model, by=by, may_change=anything)
    resource.set_header(table.header)
    *_steps, last = take_over(resource, table, expected=expected)
    assert isinstance(last, ImportResult)
    return last


def take(model: Any, table: Table, by: Any = None) -> ImportResult:
    """Take a table over after a look at it."""
    preview = outcome_of(model, table, by=by)
    return outcome_of(model, table, preview.fingerprint, by=by)


def file_of(model: Any, kind: FileKind) -> io.BytesIO:
    resource = TableResource(model)
    rows = resource.rows(model.objects.order_by("pk"))
    if kind == XLSX:
        with write_xlsx(resource.header, rows) as file:
            return io.BytesIO(file.read())
    return io.BytesIO(b"".join(write_csv(resource.header, rows)))


def refusals(outcome: ImportResult) -> list[tuple[int, str, str]]:
    return [(row.number, *error) for row in outcome.refusals for error in row.errors]


def test_an_editor_takes_nothing_over_into_what_is_for_the_secretariat() -> None:
    paper = make.document(audience="secretariat", title="As it was")
    table = Table(["slug", "title"], [[paper.slug, "Another"]])

    outcome = outcome_of(Document, table, by=staff("Editor"))

    assert refusals(outcome) == [(2, "", "Your role does not let you change this record.")]
    assert "As it was" not in str([row.differences for row in outcome.reports])


@pytest.mark.parametrize("role", ["Editor", "Secretariat"])
def test_an_editor_leads_no_row_to_what_is_for_the_secretariat(role: str) -> None:
    make.document(audience="secretariat", slug="quokka")
    cells = {"decision": make.decision().slug, "document": "quokka"}
    header = [*key_columns(DecisionEvidence)]
    table = Table(header, [[cells.get(name, "") for name in header]])

    outcome = outcome_of(DecisionEvidence, table, by=staff(role))

    gone = "There is no document “quokka”. Does it come in a later row, or another table?"
    refused = [] if role == "Secretariat" else [(2, "document", gone)]
    assert (refusals(outcome), outcome.new) == (refused, 1 - len(refused))


@pytest.mark.parametrize(
    ("role", "told"),
    [("Editor", [["read"], [""]]), ("Secretariat", [["quokka", "read"], ["quokka"]])],
)
def test_a_table_names_no_document_that_its_reader_may_not_read_and_lets_it_stand(
    role: str, told: list[list[str]]
) -> None:
    papers = {
        slug: make.document(slug=slug, audience=audience)
        for slug, audience in [("read", "public"), ("more", "public"), ("quokka", "secretariat")]
    }
    update = make.update(slug="news")
    update.documents.set([papers["read"], papers["quokka"]])
    make.deliverable_evidence(document=papers["quokka"])

    def cells(model: Any, column: str) -> list[str]:
        resource = TableResource(model, by=staff(role))
        rows = list(resource.rows(model.objects.all()))
        return rows[0][resource.header.index(column)].split("\n")

    assert [cells(Update, "documents"), cells(DeliverableEvidence, "document")] == told
    take(Update, Table(["slug", "documents"], [["news", "more"]]), by=staff(role))
    left = {"Editor": ["more", "quokka"], "Secretariat": ["more"]}[role]
    assert sorted(each.slug for each in update.documents.all()) == left


# --- Out and in again ----------------------------------------------------------------------


@pytest.mark.parametrize("model", each_slowly(map(apps.get_model, BUILDERS)))
def test_a_noun_comes_back_without_a_change(model: Any) -> None:
    BUILDERS[model._meta.label]()
    changes = Change.objects.count()
    table, sheet = (read_table(file_of(model, kind), kind) for kind in (CSV, XLSX))
    assert (sheet.header, sheet.rows) == (table.header, table.rows)
    outcome = take(model, table)
    assert (outcome.refusals, outcome.reports, outcome.problem) == ([], [], "")
    assert outcome.unchanged == outcome.total == model._default_manager.count() > 0
    assert Change.objects.count() == changes


@pytest.mark.parametrize("kind", [CSV, XLSX], ids=["csv", "xlsx"])
def test_every_text_comes_back_as_it_was_and_none_is_a_formula(kind: FileKind) -> None:
    rows = [[text, "x"] for text in ODD]
    header = ["a", "b"]
    if kind == XLSX:
        with write_xlsx(header, rows) as file:
            assert read_table(file, kind).rows == rows
    else:
        content = b"".join(write_csv(header, rows))
        assert read_table(io.BytesIO(content), kind).rows == rows
        lines = content.decode("utf-8-sig").split("\r\n")
        assert lines[1:5] == ["'=1+1,x", "'+41 22,x", "'-a,x", "'@b,x"]


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
)
def test_no_sign_that_makes_a_formula_begins_a_cell(sign: str) -> None:
    content = b"".join(write_csv(["a"], [[f"{sign}1+1"]]))
    assert content.decode("utf-8-sig").split("\r\n", 1)[1].lstrip('"').startswith("'")
    assert read_table(io.BytesIO(content), CSV).rows == [[f"{sign}1+1"]]


def test_a_deleted_row_comes_back_from_its_table() -> None:
    seat = make.seat(from_on="../2019-11-22", basis="Minutes", category="observer")
    table = read_table(file_of(Seat, CSV), CSV)
    before = {key: value for key, value in vars(seat).items() if not key.startswith(("id", "_"))}
    seat.delete()
    outcome = take(Seat, table)
    assert (outcome.new, outcome.is_kept) == (1, True)
    back = Seat.objects.get()
    assert {key: getattr(back, key) for key in before} == before


def test_evidence_by_an_entry_and_by_a_link_comes_back_from_its_table() -> None:
    decision, entry = make.decision(), make.entry(slug="decent-work")
    decision.evidence.create(publication_slug=entry.slug)
    decision.evidence.create(url="https://example.org/", title="A page")
    table = read_table(file_of(DecisionEvidence, CSV), CSV)
    decision.evidence.all().delete()

    take(DecisionEvidence, table)

    told = decision.evidence.values_list("publication_slug", "url")
    assert list(told) == [("decent-work", ""), (None, "https://example.org/")]


def test_items_below_others_are_known_by_their_numbers() -> None:
    item = make.agenda_item(number=3)
    make.agenda_item(meeting=item.meeting, parent=item, number=1, title="Below")
    table = read_table(file_of(AgendaItem, CSV), CSV)
    place = table.header.index("title")
    table.rows[1][place] = "Renamed"
    outcome = take(AgendaItem, table)
    assert (outcome.changed, outcome.unchanged, outcome.is_kept) == (1, 1, True)
    assert AgendaItem.objects.get(parent=item).title == "Renamed"


@pytest.mark.parametrize("count", [1, 3])
def test_a_table_asks_as_much_for_three_as_for_one(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        meeting = make.meeting()
        meeting.tags.add("One", f"Topic {meeting.pk}")
    with django_assert_num_queries(4):
        assert len(list(TableResource(Meeting).rows(Meeting.objects.all()))) == count


# --- All or nothing ------------------------------------------------------------------------


def test_what_is_wrong_is_told_by_row_and_column_and_nothing_is_written() -> None:
    make.organization(slug="ilo", name="ILO")
    table = Table(
        ["slug", "name", "kind", "parent", "country"],
        [
            ["ilo", "International Labour Organization", "un_specialized_agency", "", "CH"],
            ["new", "", "planet", "nobody", "XX"],
            ["ilo", "Twice", "", "", ""],
            ["more", "More", "un_specialized_agency", "", "CH", "too many"],
            ["hid\u0007den", "Hidden", "un_specialized_agency", "", "CH"],
        ],
    )
    outcome = outcome_of(Organization, table)
    found = refusals(outcome)
    wrong = {column: sentence for number, column, sentence in found if number == 3}
    assert sorted(wrong) == ["country", "kind", "name", "parent"]
    assert "There is no organization “nobody”" in wrong["parent"]
    assert (4, "", "Row 2 means the same record.") in found
    assert (5, "", "The row has more cells than there are columns.") in found
    assert [number for number, *_rest in found][-1] == 6
    kept = outcome_of(Organization, table, outcome.fingerprint)
    assert (kept.is_kept, kept.refused) == (False, 4)
    assert [each.name for each in Organization.objects.all()] == ["ILO"]


def test_what_the_database_refuses_is_an_error_of_its_row() -> None:
    seat = make.seat(from_on="2020-01-01")
    table = Table(
        ["organization", "from_on", "category"],
        [[seat.organization.slug, "2021-05-01", "member"]],
    )
    assert {number for number, *_rest in refusals(outcome_of(Seat, table))} == {2}
    assert Seat.objects.count() == 1


def test_a_rule_that_postgresql_keeps_is_told_in_the_words_of_the_form() -> None:
    make.meeting(slug="held", starts_on="2022-07-19", kind="regular", ordinal=46)
    table = Table(
        ["slug", "title", "kind", "starts_on", "ends_on", "ordinal", "state"],
        [
            ["late", "Ends early", "special", "2022-07-19", "2022-07-01", "", "held"],
            ["fine", "Fine", "special", "2022-07-19", "2022-07-20", "", "held"],
            ["twice", "The same number", "regular", "2023", "", "46", "held"],
            ["both", "", "special", "2022-07-19", "2022-07-01", "", "held"],
        ],
    )
    outcome = outcome_of(Meeting, table)
    ends_early = "The meeting ends before it starts."
    assert refusals(outcome) == [
        (2, "", ends_early),
        (4, "", "Another regular meeting has this number."),
        (5, "title", "This field cannot be blank."),
        (5, "", ends_early),
    ]
    assert (outcome.new, Meeting.objects.count()) == (1, 1)


def test_a_preview_writes_nothing_and_what_was_seen_is_what_is_written() -> None:
    record = make.organization(slug="ilo", name="ILO", city="Geneva")
    table = Table(["slug", "city"], [["ilo", "Genève"]])
    preview = outcome_of(Organization, table)
    record.refresh_from_db()
    assert record.city == "Geneva"
    assert preview.reports[0].differences == [("city", "Geneva", "Genève")]
    Organization.objects.update(city="Bern")
    late = outcome_of(Organization, table, preview.fingerprint)
    assert (late.is_kept, late.problem[:35]) == (False, "Somebody changed these records sinc")
    record.refresh_from_db()
    assert record.city == "Bern"
    user = make.user(is_superuser=True)
    assert take(Organization, table, by=user).is_kept
    change = Change.objects.of(record)[0]
    assert (change.origin, change.made_by, change.changed_fields[0][:3]) == (
        "import",
        user,
        ("city", "Bern", "Genève"),
    )


def test_a_table_changes_nothing_unless_it_is_told_what_it_may() -> None:
    decision = make.decision(follow_up="open")
    resource = TableResource(Decision)
    resource.set_header(["slug", "follow_up"])
    table = Table(["slug", "follow_up"], [[decision.slug, "implemented"]])
    *_steps, outcome = take_over(resource, table, expected="")
    assert isinstance(outcome, ImportResult)
    ((number, column, sentence),) = refusals(outcome)
    assert (number, column) == (2, "follow_up")
    assert sentence.startswith("An import leaves this as it is (“open”)")


def test_nobody_changes_a_record_while_it_is_taken_over() -> None:
    make.organization(slug="ilo", city="Geneva")
    table = Table(["slug", "city"], [["ilo", "Bern"]])
    with CaptureQueriesContext(connection) as looked:
        preview = outcome_of(Organization, table)
    with CaptureQueriesContext(connection) as taken:
        outcome_of(Organization, table, preview.fingerprint)
    assert [any("FOR UPDATE" in query["sql"] for query in each) for each in (looked, taken)] == [
        False,
        True,
    ]


def test_topics_and_links_are_set() -> None:
    meeting = make.meeting(slug="first")
    meeting.tags.add("Old")
    table = Table(["slug", "tags"], [["first", "Care\nCooperatives"]])
    outcome = take(Meeting, table)
    assert outcome.reports[0].differences == [("tags", "Old", "Care\nCooperatives")]
    assert sorted(meeting.tags.names()) == ["Care", "Cooperatives"]


IMPORTING = """
import django
django.setup()
from taskforce.models import Organization
from untfsse.kit.exchange import TableResource, Table, anything, take_over, takeover
takeover.CHUNK = 20
header = ["slug", "name", "kind"]
rows = [[f"body-{n}", f"Body {n}", "un_office"] for n in range(60)]
resource = TableResource(Organization, may_change=anything)
resource.set_header(header)
for news in take_over(resource, Table(header, rows), expected=FINGERPRINT):
    print(news, flush=True)
    if news == STOP_AT:
        input()
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_process_killed_in_the_middle_leaves_the_database_as_before() -> None:
    name = quote(str(connection.settings_dict["NAME"]))
    parts = urlsplit(os.environ["DATABASE_URL"])
    environment = os.environ | {"DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))}
    make.organization(slug="body-7", name="As before")
    program = IMPORTING.replace("FINGERPRINT", "''").replace("STOP_AT", "40")
    with subprocess.Popen(
        [sys.executable, "-c", program],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert [process.stdout.readline().strip() for _step in range(2)] == ["20", "40"]
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert [each.name for each in Organization.objects.all()] == ["As before"]


# --- What is no table ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind", "sentence"),
    [
        (b"", CSV, "The first row is empty"),
        (b"\xff\xfea\x00", CSV, "The file is not in UTF-8"),
        (b'slug\n"open', CSV, "is a quotation mark missing"),
        (b"PK\x03\x04", XLSX, "damaged"),
        (b"%PDF-1.7", PDF, "A table is a CSV or an XLSX file."),
        (b"a\n" * 20_002, CSV, "more than 20000 rows"),
    ],
    ids=["empty", "encoding", "quote", "damaged", "pdf", "long"],
)
def test_what_is_no_table_is_refused_in_words(
    content: bytes, kind: FileKind, sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        read_table(io.BytesIO(content), kind)


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        (["slug", "planet"], "There is no column “planet”. The columns are: public_id, status, "),
        (["slug", "name", "name"], "The column “name” is there twice."),
        (["name"], "The column “slug” is missing"),
    ],
)
def test_a_header_that_does_not_fit_is_refused(header: list[str], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        TableResource(Organization).set_header(header)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_semicolons_and_tabs_part_cells_too(mark: str) -> None:
    content = f"slug{mark}name\na{mark}A, B\n".encode()
    assert read_table(io.BytesIO(content), CSV) == Table(["slug", "name"], [["a", "A, B"]])


def test_a_cell_too_long_for_a_spreadsheet_is_refused() -> None:
    with pytest.raises(ValidationError, match="Row 2 holds more in “text” than a cell"):
        write_xlsx(["text"], [["x" * 40_000]])


@pytest.mark.slow
def test_a_table_is_bounded_before_it_is_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its columns, its text, and what an XLSX unpacks to."""

    def said(content: bytes, kind: FileKind = CSV) -> list[str]:
        with pytest.raises(ValidationError) as error:
            read_table(io.BytesIO(content), kind)
        return error.value.messages

    too_much = ["The table holds too much text: split it."]
    with write_xlsx(["a"], [["b" * 20_000] for _row in range(100)]) as file:
        book = file.read()
    assert said(b"title," * 40_000 + b"\n") == ["The table has more than 200 columns."]
    assert said(b"a\n" + (b"x" * 20_000 + b"\n") * 1_501) == too_much
    monkeypatch.setattr(tables, "MOST_UNPACKED", 2**20)
    assert said(book, XLSX) == too_much


def test_a_row_asks_the_database_four_times_and_no_more() -> None:
    """Once whether its address was another's; the rest is the savepoint and the row itself."""
    table = Table(["slug", "name", "kind"], [[f"o-{n}", f"O {n}", "ngo"] for n in range(20)])
    outcome_of(Organization, Table(table.header, table.rows[:1]))
    counts = []
    for size in (10, 20):
        with CaptureQueriesContext(connection) as queries:
            outcome = outcome_of(Organization, Table(table.header, table.rows[:size]))
        assert outcome.new == size
        counts.append(len(queries))
    assert counts[1] - counts[0] == 10 * 4


@pytest.mark.slow
def test_a_process_loads_what_reads_spreadsheets_once_it_meets_one() -> None:
    """It takes another process to see it, since this one has met some."""
    words = "import sys; from untfsse.wsgi import application; from untfsse import urls"
    asked = [sys.executable, "-c", f"{words}; print('openpyxl' in sys.modules)"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "untfsse.settings"}
    done = subprocess.run(asked, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
