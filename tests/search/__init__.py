"""Asking the search, as a reader and as a page."""

import re
from html import unescape
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.test import Client

from untfsse.search import Results, find_records

VISITOR = AnonymousUser()


def titles(text: str, user: User | AnonymousUser = VISITOR, **asked: Any) -> list[str]:
    """Return the titles that a search shows, without marks."""
    hits = find_records(text, user, **asked).hits
    return [unescape(re.sub(r"</?mark>", "", hit.title)) for hit in hits]


def results(client: Client, **asked: Any) -> Results:
    """Return what the page of a search shows."""
    response = client.get("/search/", asked)
    assert response.status_code == 200
    found: Results = response.context["results"]
    return found
