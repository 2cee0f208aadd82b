"""The portal as it runs in production: what its log says, and how it can be watched."""

import json
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client

from tests.serving import Portal, portal_on
from untfsse.kit.request_log import JsonFormatter

PRODUCTION = {
    "DEMO": "0",
    "HTTPS": "0",
    "SECRET_KEY": "0123456789" * 6,
    "ALLOWED_HOSTS": "127.0.0.1",
    "GUNICORN_WORKERS": "1",
}


def own_url() -> str:
    """Return the address of this run's own database, already migrated."""
    facts = connection.settings_dict
    account = f"{quote(facts['USER'])}:{quote(facts['PASSWORD'] or '')}"
    place = f":{facts['PORT']}/{facts['NAME']}?host={quote(facts['HOST'], safe='')}"
    return f"postgresql://{account}@{place}"


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Portal]:
    """Serve the portal with the settings of production."""
    with portal_on(own_url(), tmp_path_factory.mktemp("portal"), **PRODUCTION) as served:
        yield served


def lines_of(portal: Portal) -> list[dict[str, Any]]:
    """Return the log, each line of which is JSON."""
    return [json.loads(line) for line in portal.log.read_text().splitlines()]


# --- The log -------------------------------------------------------------------------------


@pytest.mark.slow
def test_each_request_is_a_line_of_json_without_what_was_searched_for(portal: Portal) -> None:
    number = str(uuid.uuid4())
    found = portal.get("/search/?q=unspeakable", **{"X-Request-ID": number.replace("-", "")})
    strange = portal.get("/api/v1/nowhere/", **{"X-Request-ID": "ann@example.org"})
    lines = lines_of(portal)
    assert found.headers["X-Request-ID"] == number
    (line,) = (line for line in lines if line.get("request") == number and "status" in line)
    assert {**line, "time": "", "seconds": 0} == {
        "time": "",
        "request": number,
        "user": "",
        "method": "GET",
        "path": "/search/",
        "status": 200,
        "seconds": 0,
        "level": "INFO",
        "logger": "untfsse.kit.request_log",
        "message": "GET /search/",
    }
    assert 0 < line["seconds"] < found.seconds
    told = json.loads(strange.body)["instance"].removeprefix("urn:uuid:")
    assert told == strange.headers["X-Request-ID"] == str(uuid.UUID(told))
    assert any(line["logger"] == "gunicorn.error" for line in lines)
    text = portal.log.read_text()
    assert "unspeakable" not in text
    assert "ann@" not in text


def test_page_of_a_failure_names_the_line_in_the_log(
    admin_client: Client,
    admin_user: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(user: Any, *_args: Any) -> None:
        raise RuntimeError(f"{user.pk} failed\nover two lines")

    monkeypatch.setattr("untfsse.views.front_page", fail)
    caplog.handler.setFormatter(JsonFormatter())
    admin_client.raise_request_exception = False
    page = admin_client.get("/")
    (line,) = (json.loads(line) for line in caplog.text.splitlines() if "traceback" in line)
    assert page.status_code == 500
    assert f"<code>{line['request']}</code>" in page.text
    facts = (line["user"], line["path"], line["level"], line["request"])
    assert facts == (admin_user.pk, "/", "ERROR", page["X-Request-ID"])
    assert "over two lines" in line["traceback"]
