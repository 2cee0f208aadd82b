"""Asking the API: every noun, every answer."""

from collections.abc import Iterator
from typing import Any

from django.test import Client

from untfsse.api import router
from untfsse.kit.rest.problems import KINDS

ROOT = "/api/v1/"
DOORS: dict[str, Any] = {prefix: viewset for prefix, viewset, _basename in router.registry}
VIEWSETS = {prefix: viewset for prefix, viewset in DOORS.items() if prefix != "changes"}
"""The lists; the log of changes is none."""
TYPES = {f"http://testserver/api/problems/{kind.slug}/" for kind in KINDS}


def get(client: Client, path: str, status: int = 200) -> Any:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.content[:500])
    return answer.json()


def walk(client: Client, opened: dict[str, list[str]]) -> Iterator[tuple[str, str, Any]]:
    """Return noun, action and answer of every list of the API, and of its records.

    `opened` names by noun the slugs of those that are opened; of other nouns it is all.
    """
    for noun in VIEWSETS:
        size = "" if noun == "sdgs" else "?page_size=200"
        page = get(client, f"{ROOT}{noun}/{size}")
        yield noun, "list", page
        urls = {row["url"] for row in page["results"] if "url" in row}
        for url in {f"{ROOT}{noun}/{slug}/" for slug in opened[noun]} if noun in opened else urls:
            yield noun, "detail", get(client, url)


def problem(answer: Any, status: int) -> dict[str, Any]:
    """Return the problem of an answer, which must have the one shape."""
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert set(told) == {"type", "title", "status", "detail", "instance", "errors"}
    assert told["status"] == status
    assert told["type"] in TYPES
    return told
