"""The API's description, held against its answers by programs that know only the description.

They are imported where they are used: that alone takes seconds, of each run.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from taskforce.models import Meeting
from tests import make, nouns
from tests.asking import ROOT, VIEWSETS
from tests.log import settle

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

SCHEMA = f"{ROOT}schema/"
ASKED = ["not_a_server_error", "status_code_conformance", "content_type_conformance"]
ASKED += ["response_headers_conformance", "response_schema_conformance"]
MOST = 3
"""Records opened of a noun."""


@pytest.fixture(scope="module")
def described(module_db: None) -> Iterator[Any]:
    """Return the published description, with rows of every noun behind it.

    Django's own client keeps the connection in the same way between two answers.
    """
    import schemathesis

    for build in nouns.BUILDERS.values():
        build()
    gone = {"status": "withdrawn", "published_at": make.PUBLISHED_AT, "withdrawal_reason": "Twice"}
    make.meeting(slug="gone", **gone)
    Meeting.objects.filter(pk=make.meeting(slug="moved").pk).update(slug="moved-on")
    settle()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi(SCHEMA, get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def operations(described: Any) -> dict[str, Any]:
    """Return the operations by their paths."""
    every = [result.ok() for result in described.get_all_operations()]
    return {operation.path: operation for operation in every}


def is_as_described(case: Any, headers: dict[str, str] | None = None) -> Any:
    """Ask, hold the answer against what its description promises, and return it."""
    from schemathesis import checks

    plain = {"Accept-Encoding": "identity", **(headers or {})}
    return case.call_and_validate(headers=plain, checks=checks.CHECKS.get_by_names(ASKED))


def test_the_description_is_a_valid_openapi_document(described: Any) -> None:
    from openapi_spec_validator import OpenAPIV31SpecValidator

    faults = OpenAPIV31SpecValidator(described.raw_schema).iter_errors()
    assert [fault.message for fault in faults] == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"If-Match": '"none"'}, 412), ({"X-Long": "x" * 9_000}, 431), ({"If-None-Match": "*"}, 304)],
)
def test_refusals_are_as_described(
    operations: dict[str, Any], headers: dict[str, str], status: int
) -> None:
    for path in (f"{ROOT}meetings/", f"{ROOT}sdgs/"):
        answer = is_as_described(operations[path].Case(), headers)
        assert answer.status_code == status


def test_every_record_is_as_described(operations: dict[str, Any]) -> None:
    for path, operation in operations.items():
        rows, _brace, rest = path.partition("{")
        if name := rest.partition("}")[0]:
            listed = is_as_described(operations[rows].Case()).json()["results"]
            keys = [row[name] for row in listed[:MOST]]
            answers = [is_as_described(operation.Case(path_parameters={name: k})) for k in keys]
            assert {answer.status_code for answer in answers} == {200}, path


@pytest.mark.parametrize(("slug", "status"), [("moved", 301), ("gone", 410), ("nothing", 404)])
def test_what_is_not_there_is_as_described(
    operations: dict[str, Any], slug: str, status: int
) -> None:
    operation = operations[f"{ROOT}meetings/{{slug}}/"]
    answer = is_as_described(operation.Case(path_parameters={"slug": slug}))
    assert answer.status_code == status


def test_answers_are_as_described_whatever_is_asked(operations: dict[str, Any]) -> None:
    from hypothesis import HealthCheck, Phase, given, settings

    # A few questions to an operation, the same in every run.
    few = settings(
        max_examples=3,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    assert len(operations) > len(VIEWSETS)
    for operation in operations.values():

        @few
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            is_as_described(case)

        ask()
