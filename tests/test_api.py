"""The API as a whole: what holds for every noun."""

import json
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from taskforce.models import Meeting, Organization
from tests import make, nouns
from tests.asking import DOORS, ROOT, VIEWSETS, get, problem, walk
from tests.log import settle
from untfsse.kit.rest.viewsets import RecordViewSet

pytestmark = pytest.mark.django_db

NOUNS = sorted(set(VIEWSETS) - {"sdgs", "topics"})
WITH_ADDRESSES = [noun for noun in NOUNS if issubclass(VIEWSETS[noun], RecordViewSet)]
FIRST_NUMBER = 700_000_001


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the description; whatever its generator warns of is an error."""
    file = tmp_path_factory.mktemp("described") / "schema.json"
    options = {"validate": True, "fail_on_warn": True, "format": "openapi-json"}
    call_command("spectacular", file=str(file), **options)
    return json.loads(file.read_text())


def build(noun: str) -> Any:
    """Build one full record of a noun, and what hangs on it."""
    return nouns.BUILDERS[VIEWSETS[noun].queryset.model._meta.label]()


def build_with_rows(noun: str) -> list[Any]:
    """Build one full record of a noun; return it with the others of that noun it brought along."""
    rows = VIEWSETS[noun].queryset.model.objects
    before = [*rows.values_list("pk", flat=True)]
    build(noun)
    return [*rows.exclude(pk__in=before)]


# --- Every noun ----------------------------------------------------------------------------


@pytest.mark.slow
def test_root_leads_to_every_noun(client: Client) -> None:
    links = get(client, ROOT)
    assert set(links) == set(DOORS)
    for address in links.values():
        get(client, address)


QUERIES = {
    "action-plans": 6,
    "activities": 6,
    "attendances": 7,
    "authorships": 5,
    "decisions": 4,
    "deliverables": 6,
    "documents": 4,
    "entries": 5,
    "instrument-events": 4,
    "instrument-parties": 4,
    "instrument-relations": 5,
    "instruments": 4,
    "meetings": 3,
    "offices": 3,
    "organizations": 4,
    "parts": 4,
    "people": 4,
    "priority-areas": 4,
    "progress-reports": 6,
    "provision-relations": 9,
    "provision-texts": 5,
    "provisions": 7,
    "seats": 5,
    "sub-group-seats": 5,
    "sub-groups": 6,
    "terms": 7,
    "updates": 3,
    "votes": 4,
    "works": 3,
}


@pytest.mark.parametrize("noun", NOUNS)
def test_list_asks_the_same_questions_for_one_row_and_for_three(
    noun: str, client: Client, django_assert_num_queries: Any
) -> None:
    ContentType.objects.get_for_model(Tag)
    build(noun)
    with CaptureQueriesContext(connection) as asked:
        first = get(client, f"{ROOT}{noun}/")
    assert len(asked) == QUERIES.get(noun, len(asked))
    build(noun), build(noun)
    with django_assert_num_queries(len(asked)):
        last = get(client, f"{ROOT}{noun}/")
    assert last["count"] == first["count"] + 2 * first["count"]


@pytest.mark.slow
def test_no_answer_holds_a_number_of_the_database(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER SEQUENCE "{name}" RESTART WITH {FIRST_NUMBER}')
    # Of a noun the full record is opened, and those that it is tied to: both ends of a link.
    tied = {noun: [row.slug for row in build_with_rows(noun)] for noun in WITH_ADDRESSES}
    for noun in {*NOUNS} - {*tied}:
        build(noun)
    for noun, action, answer in walk(client, tied):
        assert str(FIRST_NUMBER)[:6] not in json.dumps(answer), (noun, action)


# --- The description -----------------------------------------------------------------------


@pytest.mark.slow
def test_schema_is_generated_without_a_warning(schema: dict[str, Any]) -> None:
    assert schema["openapi"] == "3.1.0"


def test_schema_describes_every_field_parameter_and_operation(schema: dict[str, Any]) -> None:
    silent = [
        f"{name}.{field}"
        for name, component in schema["components"]["schemas"].items()
        for field, shape in component.get("properties", {}).items()
        if not shape.get("description")
    ]
    operations = [(path, each["get"]) for path, each in schema["paths"].items()]
    silent += [
        f"{path}?{parameter['name']}"
        for path, operation in operations
        for parameter in operation.get("parameters", [])
        if not parameter.get("description")
    ]
    silent += [path for path, each in operations if not each["summary"] or not each["description"]]
    assert silent == []


def test_schema_names_every_field_as_given(schema: dict[str, Any]) -> None:
    for name, component in schema["components"]["schemas"].items():
        if component["type"] == "object":
            assert set(component["required"]) == set(component["properties"]), name


def test_schema_offers_nothing_but_reading(schema: dict[str, Any]) -> None:
    assert {method for each in schema["paths"].values() for method in each} == {"get"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "accept", "media_type"),
    [
        ("schema/", "*/*", "application/json"),
        ("schema/", "application/yaml", "application/yaml"),
        ("schema.yaml", "*/*", "application/vnd.oai.openapi"),
    ],
)
def test_schema_comes_as_json_and_yaml(
    client: Client, path: str, accept: str, media_type: str
) -> None:
    answer = client.get(ROOT + path, headers={"accept": accept})
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (200, media_type)
    assert b"3.1.0" in answer.content


# --- Headers -------------------------------------------------------------------------------


def test_any_origin_may_read(client: Client) -> None:
    for path, status in [("meetings/", 200), ("nothing/", 404), ("meetings", 301)]:
        answer = client.get(ROOT + path, headers={"origin": "https://partner.example.org"})
        assert answer.status_code == status
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer


def test_preflight_is_answered(client: Client) -> None:
    answer = client.options(f"{ROOT}meetings/")
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_pages_for_people_stay_closed_to_other_origins(client: Client) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/healthz")


@pytest.mark.parametrize("door", [f"{ROOT}meetings/", "/meetings/feed/", "/meetings/calendar.ics"])
def test_answer_may_be_kept_and_must_be_asked_for_again(door: str, client: Client) -> None:
    make.meeting()
    answer = client.get(door)
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" not in answer["Vary"]
    again = client.get(door, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Meeting.objects.update(title="Another title")
    settle()
    changed = client.get(door, headers={"if-none-match": answer["ETag"]})
    assert changed.status_code == 200


def test_signed_in_staff_see_no_more_than_visitors(client: Client) -> None:
    Organization.objects.filter(pk=make.organization().pk).update(status="draft")
    client.force_login(make.user(is_staff=True, is_superuser=True))
    assert get(client, f"{ROOT}organizations/")["count"] == 0


# --- The documentation --------------------------------------------------------------------


def test_documentation_names_every_noun_without_a_script(client: Client) -> None:
    answer = client.get("/api/")
    assert answer.status_code == 200
    page = answer.content.decode()
    missing = [noun for noun in DOORS if f'href="{ROOT}{noun}/"' not in page]
    assert missing == []
    assert "unsafe-inline" not in answer["Content-Security-Policy"]


def test_examples_of_the_documentation_are_answered(client: Client) -> None:
    for _question, address in client.get("/api/").context["examples"]:
        get(client, address)


# --- Goals and topics ----------------------------------------------------------------------


def test_goals_carry_their_iris_and_lead_to_what_serves_them(client: Client) -> None:
    make.instrument(sdgs=[7], slug="serving")
    make.instrument(sdgs=[8])
    goals = get(client, f"{ROOT}sdgs/")
    assert goals["count"] == 17
    assert goals["results"][6]["iri"] == "http://metadata.un.org/sdg/7"
    goal = get(client, f"{ROOT}sdgs/7/")
    assert goal == goals["results"][6]
    rows = get(client, goal["served_by"]["instruments"])["results"]
    assert [row["slug"] for row in rows] == ["serving"]


def test_topics_are_those_of_visible_records(client: Client) -> None:
    make.meeting().tags.add("Seen topic")
    make.meeting(status="draft").tags.add("Unseen topic")
    Tag.objects.create(name="Unused topic")
    rows = get(client, f"{ROOT}topics/")["results"]
    assert [(row["slug"], row["name"]) for row in rows] == [("seen-topic", "Seen topic")]
    assert get(client, rows[0]["url"]) == rows[0]
    problem(client.get(f"{ROOT}topics/unseen-topic/"), 404)
