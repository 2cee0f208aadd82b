"""Carrying over: records from before the first release come along whole, or stay where they are."""

import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import RequestFactory
from psycopg.sql import SQL, Identifier
from pytest_django import DjangoDbBlocker

from taskforce.models import DecisionEvidence, Organization
from tests import make
from untfsse import demo
from untfsse.carrying_over import carry_over, databases, is_older
from untfsse.carrying_over.databases import connect, refuse_company
from untfsse.carrying_over.plan import read
from untfsse.health import readyz
from untfsse.kit.history.changes import Change
from untfsse.kit.loading import LoadedRow
from untfsse.kit.log.rules import forget_rules

type Row = dict[str, Any]
type Rows = dict[tuple[str, Any], Row]

OLDER = """
DROP FUNCTION keep_history, keep_emptied, keep_last_address, keep_public_id CASCADE;
DROP TABLE kit_loghead, kit_unsettled, kit_logrule;
UPDATE django_migrations SET name = '0001_nouns' WHERE app = 'taskforce' AND name = '0001_initial';
DELETE FROM django_migrations WHERE app IN ('actionplan', 'encyclopedia', 'untfsse');
DROP TABLE taskforce_suggestedgoal, kit_publicchange, kit_publicstate,
  taskforce_vote, taskforce_provisiontext, taskforce_provisionrelation;
DROP TRIGGER keep_texts_to_their_licence ON taskforce_provision;
ALTER TABLE taskforce_provision ADD text text NOT NULL DEFAULT '';
ALTER TABLE taskforce_policyinstrument ADD vote_mode text NOT NULL DEFAULT '', ADD voted_on text,
  ADD vote_body text NOT NULL DEFAULT '', ADD votes_in_favour smallint, ADD votes_against smallint,
  ADD abstentions smallint, ADD vote_note text NOT NULL DEFAULT '';
UPDATE taskforce_policyinstrument SET vote_mode = 'recorded_vote', votes_in_favour = 175
  WHERE slug = 'chosen';
UPDATE taskforce_provision SET text = 'Encourages all;';
ALTER TABLE taskforce_organization DROP internal_note, ADD nickname text,
  DROP CONSTRAINT organization_high_confidence_has_an_address;
ALTER TABLE taskforce_decisionevidence ADD entry_id bigint;
UPDATE taskforce_decisionevidence
  SET entry_id = (SELECT id FROM encyclopedia_entry WHERE slug = publication_slug);
ALTER TABLE taskforce_decisionevidence DROP publication_slug;
UPDATE taskforce_policyinstrument SET stage = 'completed' WHERE slug = 'loaded';
UPDATE taskforce_organization SET sources = '[{"title": "A letter"}]' WHERE slug = 'edited';
"""


def run() -> str:
    out = io.StringIO()
    call_command("carry_over", stdout=out)
    return out.getvalue()


def find_databases(name: str) -> list[str]:
    with connect("postgres") as server:
        asked = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY 1"
        return [row[0] for row in server.execute(asked, [name])]


def read_rows(name: str) -> Rows:
    """Return every row of a database but the log's, without its generated columns."""
    found: Rows = {}
    with connect(name) as database:
        columns = database.execute(
            "SELECT relname, array_agg(attname::text) FROM pg_class JOIN pg_attribute"
            " ON attrelid = pg_class.oid AND attnum > 0 AND attgenerated = '' AND NOT attisdropped"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND relname <> 'django_migrations'"
            " AND relname !~ '^kit_(log|public|unsettled|touched|affected)' GROUP BY 1"
        ).fetchall()
        for table, names in columns:
            query = SQL("SELECT to_jsonb(t) FROM {} AS t").format(Identifier(table))
            for (row,) in database.execute(query):
                key = row.get("id", row.get("session_key"))
                found[table, key] = {name: row[name] for name in names}
    return found


def key_of(rows: Rows, noun: str, **facts: Any) -> tuple[str, Any]:
    """Return the place of the one row of a table with these values."""
    found = [
        place for place, row in rows.items() if place[0] == noun and facts.items() <= row.items()
    ]
    assert len(found) == 1
    return found[0]


@contextmanager
def copied(name: str, original: str) -> Iterator[str]:
    """Put a copy of a database in the place of the portal's; then drop it and what came of it."""
    settings = connections["default"].settings_dict
    usual = settings["NAME"]
    with connect("postgres") as server:
        connection.close()
        copy = SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(copy.format(Identifier(name), Identifier(original)))
        try:
            settings["NAME"] = name
            yield name
        finally:
            connection.close()
            settings["NAME"] = usual
            for left in find_databases(name):
                server.execute(SQL("DROP DATABASE {}").format(Identifier(left)))


@pytest.fixture(scope="module")
def made_older(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database as the code before the first release left it, which no test writes to."""
    usual = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock(), copied(f"{usual}_made_older", usual) as name:
        fill()
        connection.close()
        connections["default"].settings_dict["NAME"] = usual
        yield name


@pytest.fixture
def older(made_older: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A copy of it in the place of the portal's."""
    usual = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock(), copied(f"{usual}_older", made_older) as name:
        yield name


def fill() -> None:
    """Record something of each kind that differs, then make the tables older."""
    forget_rules()
    make.organization(slug="edited").tags.add("handmade")
    Organization.objects.update(description="By a person")
    make.organization(slug="gone").delete()
    chosen = make.instrument(slug="chosen", sdgs=[1, 17], licence="public-domain")
    make.provision(instrument=chosen)
    loaded = make.instrument(slug="loaded", sdgs=[8, 10])
    values = {"sdgs": [8, 10], "stage": "completed", "title": "Not the title"}
    table = loaded._meta.db_table
    LoadedRow.objects.create(table=table, key="loaded", record_id=loaded.pk, values=values)
    key = "law/amended/2022/Latest change seen"
    LoadedRow.objects.create(table="taskforce_instrumentevent", key=key, record_id=1, values={})
    DecisionEvidence.objects.create(
        decision=make.decision(), publication_slug=make.entry(slug="an-entry").slug
    )
    make.user(username="ann", password="a pass phrase").groups.set(Group.objects.all())
    with connection.cursor() as cursor:
        cursor.execute(OLDER)


# --- Carried over --------------------------------------------------------------------------


@pytest.mark.slow  # migrates a database from nothing, as only the command itself does
def test_every_row_comes_along_and_only_what_a_rule_demands_differs(older: str) -> None:
    before = read_rows(older)
    said = run()
    after = read_rows(older)
    assert "  taskforce_organization: 1 rows\n" in said
    assert "  taskforce_policyinstrument.stage: changed in 1 rows, as their history tells\n" in said
    organization = key_of(before, "taskforce_organization", slug="edited")
    loaded = key_of(before, "taskforce_policyinstrument", slug="loaded")
    chosen = key_of(before, "taskforce_policyinstrument", slug="chosen")
    provision = next(place for place in before if place[0] == "taskforce_provision")
    evidence = next(place for place in before if place[0] == "taskforce_decisionevidence")
    (_table, entry) = key_of(before, "encyclopedia_entry", slug="an-entry")
    ledger = key_of(before, "kit_loadedrow", key="loaded")
    values = before[ledger]["values"]
    old_key = "law/amended/2022/Latest change seen"
    new_key = "law/amended/2022/The latest change on record"
    step = key_of(before, "kit_loadedrow", key=old_key)
    assert {
        (place, name): (value, after[place].get(name))
        for place, row in before.items()
        for name, value in row.items()
        if value != after[place].get(name, "" if value == "" else None)
    } == {
        (chosen, "vote_mode"): ("recorded_vote", None),
        (chosen, "votes_in_favour"): (175, None),
        (provision, "text"): ("Encourages all;", None),
        (organization, "confidence"): ("high", "medium"),
        (loaded, "stage"): ("completed", "adopted"),
        (loaded, "sdgs"): ([8, 10], []),
        (ledger, "values"): (values, values | {"stage": "adopted", "sdgs": []}),
        (step, "key"): (old_key, new_key),
        (evidence, "entry_id"): (entry, None),
    }
    assert after[evidence]["publication_slug"] == "an-entry"
    assert after[organization]["internal_note"] == ""
    added = [row for place, row in after.items() if place not in before]
    proposed = {(row["instrument_id"], row["value"]) for row in added if "value" in row}
    assert proposed == {(loaded[1], "8"), (loaded[1], "10")}
    told = {(row["table"], row["row_id"]): row for row in added if "origin" in row}
    assert set(told) == {organization, loaded, evidence}
    [vote], [words] = (
        [row for row in added if name in row] for name in ("in_favour", "provision_id")
    )
    assert (vote["instrument_id"], vote["mode"], vote["in_favour"]) == (
        *(chosen[1], "recorded_vote", 175),
    )
    assert (words["provision_id"], words["language"], words["text"]) == (
        *(provision[1], "en", "Encourages all;"),
    )
    assert len(added) == len(proposed) + len(told) + 2
    assert told[organization]["before"] == without(before[organization])
    assert told[organization]["after"] == without(before[organization]) | {"confidence": "medium"}

    assert find_databases(older) == [older, *find_databases(f"{older}_before_")]
    assert read_rows(find_databases(f"{older}_before_")[0]) == before
    assert run() == "There is nothing to carry over.\n"

    record = make.organization()
    assert record.pk == organization[1] + 2  # the number of the deleted one is not given again
    assert Change.objects.of(record).get().operation == "INSERT"


def without(row: Row) -> Row:
    """Return a row as the history keeps it."""
    return {name: value for name, value in row.items() if name != "updated_at"}


@pytest.mark.slow
def test_interrupted_run_leaves_the_old_database_in_place(older: str) -> None:
    before = read_rows(older)

    def say(text: str) -> None:
        if text.startswith("Swapping"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_over(say, template=older.removesuffix("_older"))
    assert find_databases(older) == [older]
    assert read_rows(older) == before
    assert is_older(connection)


# --- Refused, before anything is made ------------------------------------------------------


@pytest.mark.slow
def test_column_with_data_and_no_place_is_refused(older: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE taskforce_organization SET nickname = 'The Bank'")
    before = read_rows(older)
    with pytest.raises(CommandError) as refusal:
        run()
    assert str(refusal.value) == (
        "The column taskforce_organization.nickname has data in 1 rows and no place in the tables "
        "of this code. Nothing was changed."
    )
    assert find_databases(older) == [older]
    assert read_rows(older) == before


def test_running_portal_is_refused(older: str) -> None:
    with connect(older), pytest.raises(CommandError) as refusal:
        run()
    assert str(refusal.value) == (
        "The portal is in use: 1 connections are open. Stop it, then start again."
    )


def test_a_portal_that_has_just_stopped_is_waited_for(
    older: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: list[int] = []

    def read_and_leave(*asked: Any) -> int:
        count: int = read(*asked)
        counts.append(count)
        last.close()
        return count

    with connect(older) as last, connect("postgres") as server:
        monkeypatch.setattr(databases, "read", read_and_leave)
        refuse_company(server, older)
    assert counts[0] == 1
    assert counts[-1] == 0


@pytest.mark.slow
def test_account_without_the_right_is_told(older: str) -> None:
    options = connections["default"].settings_dict["OPTIONS"]
    with connect("postgres") as server:
        server.execute("CREATE ROLE limited IN ROLE pg_read_all_data")
        try:
            options["options"] = "-c role=limited"
            with pytest.raises(
                CommandError, match=r"^This account may not create databases\. Let "
            ):
                run()
        finally:
            del options["options"]
            connection.close()
            server.execute("DROP ROLE limited")
    assert find_databases(older) == [older]


# --- Told ----------------------------------------------------------------------------------

SENTENCE = (
    "These records were made before the first release, and this code keeps them in other tables. "
    "Nothing of them was touched. Carry them over, once, with: "
)


@pytest.fixture
def older_name(db: None) -> str:
    """Let the database be taken for an older one; return the migration that it lacks."""
    recorder = MigrationRecorder(connection)
    recorder.record_applied("taskforce", "0001_nouns")
    recorder.record_unapplied("taskforce", "0015_index_topics")
    return "taskforce.0015_index_topics"


@pytest.mark.usefixtures("older_name")
def test_demo_tells_of_an_older_database() -> None:
    with pytest.raises(demo.DemoError) as refusal:
        demo.check_migrations()
    assert str(refusal.value) == SENTENCE + "make carry-over"


@pytest.mark.usefixtures("older_name")
def test_migrating_an_older_database_is_refused() -> None:
    with pytest.raises(SystemCheckError) as refusal:
        call_command("migrate", skip_checks=False, verbosity=0)
    assert SENTENCE + "python manage.py carry_over" in str(refusal.value)


def test_health_names_what_an_older_database_lacks(rf: RequestFactory, older_name: str) -> None:
    response = readyz(rf.get("/readyz"))
    missing = f"1 not applied, first {older_name}"
    assert response.status_code == 503
    assert json.loads(response.content)["migrations"] == missing


# --- From before the migrations were written anew ------------------------------------------


@pytest.fixture
def former(db: None) -> MigrationRecorder:
    """Let the database have each migration as it was, and none of those that replace them."""
    recorder = MigrationRecorder(connection)
    for app, name in MigrationLoader(connection).replacements:
        recorder.record_unapplied(app, name)
    return recorder


@pytest.mark.usefixtures("former")
def test_a_database_with_all_former_migrations_lacks_nothing(rf: RequestFactory) -> None:
    out = io.StringIO()
    call_command("migrate", plan=True, skip_checks=False, stdout=out)
    assert out.getvalue() == "Planned operations:\n  No planned migration operations.\n"
    assert readyz(rf.get("/readyz")).status_code == 200


def test_a_database_with_some_former_migrations_is_refused_and_stays_as_it_is(
    former: MigrationRecorder, rf: RequestFactory
) -> None:
    for name in ("0014_index_what_is_published", "0015_index_topics"):
        former.record_unapplied("taskforce", name)
    applied = set(former.applied_migrations())
    sentence = (
        "This database lacks 2 migrations, first taskforce.0014_index_what_is_published, which "
        "this code no longer has one by one. Nothing was touched. Migrate it with the version that "
        "had them, then with this one: git checkout 2706fd6"
    )
    with pytest.raises(SystemCheckError, match=re.escape(sentence)):
        call_command("migrate", skip_checks=False, verbosity=0)
    with pytest.raises(demo.DemoError) as refusal:
        demo.check_migrations()
    assert str(refusal.value) == sentence
    state = json.loads(readyz(rf.get("/readyz")).content)
    assert state["migrations"] == "2 not applied, first taskforce.0014_index_what_is_published"
    assert set(former.applied_migrations()) == applied


@pytest.mark.django_db
def test_a_database_that_stopped_on_the_way_of_today_goes_on(rf: RequestFactory) -> None:
    recorder = MigrationRecorder(connection)
    last = ("taskforce", "0002_triggers_and_indexes")
    for app, name in [last, *MigrationLoader(connection).replacements[last].replaces]:
        recorder.record_unapplied(app, name)
    state = json.loads(readyz(rf.get("/readyz")).content)
    assert state["migrations"] == "1 not applied, first taskforce.0002_triggers_and_indexes"
    demo.check_migrations()


@pytest.mark.django_db
def test_there_is_nothing_to_carry_over_in_a_database_of_today() -> None:
    assert run() == "There is nothing to carry over.\n"
