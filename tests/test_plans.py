"""Plans: which tables PostgreSQL reads whole for a page, where there are thousands of rows."""

import re
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.test import Client

from actionplan.models import ActionPlan, Activity, PriorityArea, SubGroup
from bench.measuring import visit
from bench.plans import plan_of, read, scans
from encyclopedia.models import Authorship
from taskforce.models import Meeting, PolicyInstrument, Seat, Update
from tests import make
from untfsse.kit.pages.topics import MOST_GONE_THROUGH
from untfsse.kit.records.noun import Door, nouns
from untfsse.search.nouns import SEARCHED
from untfsse.search.planning import rows_of_each
from untfsse.search.writing import write_statement
from untfsse.synthetic import create_synthetic
from untfsse.synthetic.creation import without_triggers
from untfsse.synthetic.records import WORDS

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FIRST = 30
TIMES = 99
"""So often each row is there again."""
STEP = 100_000
NUMBERS = (models.IntegerField, models.SmallIntegerField)


@pytest.fixture(scope="module", autouse=True)
def many(module_db: None) -> None:
    """Have thousands of rows of all that is searched, and the words of none of them but one."""
    create_synthetic(FIRST)
    searched = list(SEARCHED.values())
    for model in searched:
        if not model.objects.exists():
            make.build(model)
    multiply([*searched, ActionPlan, PriorityArea, Authorship, Seat])
    make.entry(title="Quokka", slug="quokka")


def multiply(nouns: list[Any]) -> None:
    """Copy the rows of some nouns, with what PostgreSQL would take long to work out for each."""
    tables = {model._meta.db_table: model for model in nouns}
    columns = [(table, field) for table in tables for field in tables[table]._meta.concrete_fields]
    with without_triggers(), connection.cursor() as cursor:
        for table, field in columns:
            if field.generated:
                cursor.execute(f'ALTER TABLE "{table}" ALTER "{field.column}" DROP EXPRESSION')
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table, model in tables.items():
            other = ", ".join(
                f"'{field.column}', {sql}"
                for field in model._meta.concrete_fields
                if (sql := other_value(field, tables))
            )
            cursor.execute(
                f'INSERT INTO "{table}" SELECT other.* FROM "{table}" AS one, '  # noqa: S608
                f"generate_series(1, {TIMES}) AS place, "
                f"jsonb_populate_record(one, jsonb_build_object({other})) AS other"
            )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    settle(list(tables))


def settle(tables: list[str]) -> None:
    """Let PostgreSQL know what is there, and put it into the indexes of words."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT gin_clean_pending_list(indexrelid) FROM pg_index"
            " JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam"
            " WHERE amname = 'gin' AND indrelid::regclass::text = ANY(%s)",
            [tables],
        )
        cursor.execute("ANALYZE")


def other_value(field: Any, tables: dict[str, Any]) -> str:
    """Return as SQL what a copy says in the place of a value that no two rows share."""
    if field.primary_key or (field.is_relation and field.related_model._meta.db_table in tables):
        return f"{field.column} + place * {STEP}"
    if isinstance(field, models.UUIDField):
        return "gen_random_uuid()"
    together = {
        name
        for rule in field.model._meta.constraints
        if isinstance(rule, models.UniqueConstraint)
        for name in rule.fields
    }
    if field.is_relation or field.choices or not (field.unique or field.name in together):
        return ""
    if isinstance(field, NUMBERS):
        return f"{field.column} + place * {FIRST}"
    if not isinstance(field, models.CharField):
        return ""
    return f"CASE {field.column} WHEN '' THEN '' ELSE {field.column} || '-' || place END"


def read_whole(client: Client, address: str) -> list[str]:
    """Return the tables that are read whole for a page."""
    found = visit(client, address)
    assert found.status == 200
    return [scan for query in found.queries for scan in scans(query)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("quokka", id="a rare word"),
        pytest.param("qoukka", id="a slip"),
        pytest.param("zyxwvut", id="nothing like it"),
        pytest.param("quokka zyxwvut vutsrqp", id="any of the words"),
    ],
)
def test_a_search_need_read_no_table_whole(client: Client, text: str) -> None:
    with connection.cursor() as cursor:  # of thousands of short rows it may be the cheapest
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert read_whole(client, f"/search/?q={text}") == []


def test_a_rare_word_is_looked_up_where_few_of_many_rows_are_wanted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("untfsse.search.asking.MOST_PER_NOUN", 5)
    write_statement.cache_clear()
    try:
        assert read_whole(client, "/search/?q=quokka") == []
    finally:
        write_statement.cache_clear()


def test_a_common_word_is_come_upon(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.ensure_connection()
    monkeypatch.setattr(connection.connection, "prepare_threshold", 0)
    rows_of_each.cache_clear()
    queries = visit(client, f"/search/?q={WORDS[0]}").queries
    (asked,) = [query for query in queries if "hits AS" in query.sql and " COALESCE((" in query.sql]
    nodes = [node for node in plan_of(asked) if "Relation Name" in node]
    assert sum(read(node) > 99 for node in nodes) > 6
    assert max(read(node) for node in nodes) < FIRST * TIMES / 2


def test_a_feed_asks_for_no_more_rows_than_it_shows(client: Client) -> None:
    tell_states(Update)
    assert read_whole(client, "/updates/feed/") == []


def test_a_calendar_asks_for_no_more_rows_than_it_shows(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell_states(Meeting)
    monkeypatch.setattr("taskforce.feeds.MOST_IN_CALENDAR", 50)
    found = visit(client, "/meetings/calendar.ics")
    nodes = [node for query in found.queries for node in plan_of(query) if "Relation Name" in node]
    assert max(read(node) for node in nodes) == 50


def tell_states(noun: Any) -> None:
    """Tell the log of all rows of a noun, as if each were public since now."""
    table = noun._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO kit_publicstate (public_id, "table", row_id, slug, is_public, is_deleted,'  # noqa: S608
            " number, revision, appeared_at, changed_at, own_changed_at, reason, first_day)"
            f" SELECT public_id, '{table}', id, slug, true, false,"
            f" row_number() OVER (), 0, now(), now(), now(), '', sort_on FROM {table}"
            " ON CONFLICT DO NOTHING"
        )
        cursor.execute("ANALYZE kit_publicstate")


def test_the_topics_of_a_noun_are_found_beside_those_of_others(client: Client) -> None:
    file_all_under_topics()
    tables = {scan.partition(":")[0] for scan in read_whole(client, "/encyclopedia/?q=quokka")}
    assert "taggit_taggeditem" not in tables


def file_all_under_topics() -> None:
    """File the rows of all nouns, and let PostgreSQL know."""
    with without_triggers():
        for noun in nouns(Door.TOPICS):
            file_under_topics(noun)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE taggit_taggeditem")


def file_under_topics(noun: Any) -> None:
    """File each row of a noun under one of the topics."""
    kind = ContentType.objects.get_for_model(noun)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO taggit_taggeditem (tag_id, content_type_id, object_id)"  # noqa: S608
            f" SELECT topics[1 + id %% cardinality(topics)], %s, id FROM {noun._meta.db_table},"
            " (SELECT array_agg(id ORDER BY id) AS topics FROM taggit_tag) AS every"
            " ON CONFLICT DO NOTHING",
            [kind.pk],
        )


def test_records_under_a_topic_are_looked_up(client: Client) -> None:
    file_all_under_topics()
    assert read_whole(client, "/topics/synthetic-topic-2/") == []


def test_records_under_a_topic_that_hardly_any_bears_are_looked_up(client: Client) -> None:
    file_all_under_topics()
    for noun in (Activity, Meeting):
        noun.objects.order_by("pk")[100].tags.add("Quokkas")
    nodes = [
        node
        for query in visit(client, "/topics/quokkas/").queries
        for node in plan_of(query)
        if "Relation Name" in node
    ]
    assert max(map(read, nodes)) <= MOST_GONE_THROUGH + 1


def test_what_is_connected_with_a_goal_is_looked_up(client: Client) -> None:
    tables = {scan.partition(":")[0] for scan in read_whole(client, "/sdgs/8/")}
    assert not tables & {"taskforce_agendaitem", "actionplan_activity"}


def test_a_list_looks_a_word_up_that_none_of_its_rows_holds(client: Client) -> None:
    assert SubGroup.objects.count() > 2_000
    assert read_whole(client, "/sub-groups/?q=quokka&page_size=5") == []


def test_items_behind_an_activity_are_looked_up(client: Client) -> None:
    tables = {
        scan.partition(":")[0]
        for scan in read_whole(client, Activity.objects.order_by("pk")[10].get_absolute_url())
    }
    assert not tables & {"taskforce_agendaitem", "taskforce_meeting"}


def test_decisions_behind_what_serves_a_text_are_looked_up(client: Client) -> None:
    text = PolicyInstrument.objects.order_by("pk")[10]
    tables = {scan.partition(":")[0] for scan in read_whole(client, text.get_absolute_url())}
    assert not tables & {"taskforce_decision", "taskforce_meeting"}


def test_a_numbered_meeting_reads_no_table_whole(client: Client) -> None:
    numbered = Meeting.objects.filter(ordinal__isnull=False).order_by("pk")
    assert numbered.count() > 500
    assert read_whole(client, numbered[300].get_absolute_url()) == []


def test_people_are_found_without_gathering_the_roles_of_all(client: Client) -> None:
    tables = {scan.partition(":")[0] for scan in read_whole(client, "/search/?q=synthetic")}
    assert not tables & {"taskforce_person", "encyclopedia_authorship"}


@pytest.mark.parametrize("address", ["/", "/meetings/"])
def test_a_table_is_read_whole_for_what_counts_all_of_it_alone(
    client: Client, address: str
) -> None:
    scans = read_whole(client, address)
    numbers = [re.findall(r"([0-9,]+) (?:read|kept)", scan) for scan in scans]
    assert [scan for scan, (read, kept) in zip(scans, numbers, strict=True) if read != kept] == []
