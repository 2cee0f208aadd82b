"""The walk: every link of every page leads somewhere, and every anchor to a place on its page."""

import re
from collections import Counter, deque
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import get_resolver, resolve
from django.urls.exceptions import Resolver404

from tests import make, nouns
from tests.log import settle

pytestmark = pytest.mark.django_db

HERE = "http://testserver"
STARTS = ["/", "/search/?q=organization", "/search/?q=organizatoin", "/sdgs/8/", "/sign-in/"]
NOT_FOUND = "/meetings/nothing/"
GONE = "/meetings/gone/"
MOST_ALIKE = 2
"""Opened beside the first ones: of the pages of a noun, and of lists narrowed alike."""


class Links(HTMLParser):
    """What a page leads to, and the places on it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.places: set[str] = set()
        self.feed(html)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in {"href", "src", "action"}]
        self.places |= {value for name, value in attrs if name == "id" and value}


class Walk:
    """All pages reached from the first ones: by address, what is wrong with their links."""

    def __init__(self, client: Client, starts: list[str]) -> None:
        self.client = client
        self.statuses: dict[str, int] = {}
        self.pages: dict[str, Links] = {}
        self.linked: dict[str, set[str]] = {}
        self.alike: Counter[str] = Counter()
        self.starts = self.lead("/", starts)
        waiting = deque(self.starts)
        while waiting:
            waiting.extend(self.visit(waiting.popleft()))

    def visit(self, path: str) -> list[str]:
        """Open a page once; return the addresses its links lead to."""
        if path in self.statuses or path.startswith("/admin/"):
            return []
        kind = kind_of(path)
        self.alike[kind] += 1
        if self.alike[kind] > MOST_ALIKE and path not in self.starts:
            return []
        answer: Any = self.client.get(path)
        self.statuses[path], content = answer.status_code, b"".join(answer)
        if answer.status_code in {301, 302}:
            return self.lead(path, [answer["Location"]])
        if not answer["Content-Type"].startswith("text/html"):
            return []
        self.pages[path] = Links(content.decode())
        return self.lead(path, self.pages[path].found)

    def lead(self, path: str, links: list[str]) -> list[str]:
        """Note which page bears which links of this site; return where they lead."""
        full = [urljoin(HERE + path, link) if link else "" for link in links]
        own = [link for link in full if not link or link.startswith(f"{HERE}/")]
        for link in own:
            self.linked.setdefault(link.removeprefix(HERE), set()).add(path)
        return [urldefrag(link).url.removeprefix(HERE) for link in own if link]

    @property
    def faults(self) -> dict[str, str]:
        """What is wrong, by link: on which page it stands first, and why it is dead."""
        return {
            link: f"{reason} (on {min(pages)})"
            for link, pages in self.linked.items()
            if (reason := self.fault_of(link))
        }

    def fault_of(self, link: str) -> str:
        """Return why a link is dead, or nothing."""
        path, place = urldefrag(link)
        if not link:
            return "it is empty"
        status = self.statuses.get(path, 200)
        if status >= 400 and path not in {NOT_FOUND, GONE}:
            return f"it answers {status}"
        if place and path in self.pages and place not in self.pages[path].places:
            return f"there is no #{place}"
        return ""


def kind_of(path: str) -> str:
    """Return what kind of page an address leads to: its name, and what is asked."""
    address, _mark, question = path.partition("?")
    try:
        name = resolve(address).view_name
    except Resolver404:
        name = address
    return f"{name}?{re.sub(r'=[^&]*', '', question)}"


@pytest.fixture(scope="module")
def one_of_each(module_db: None) -> list[str]:
    """Build a full record of every noun; return the addresses of those that have a page."""
    gone = {"status": "withdrawn", "published_at": make.PUBLISHED_AT, "withdrawal_reason": "Twice"}
    make.meeting(slug="gone", **gone)
    built: list[Any] = [build() for build in nouns.BUILDERS.values()]
    settle()  # the calendar reads the log
    return [row.get_absolute_url() for row in built if getattr(row, "get_absolute_url", None)]


def names_of_pages() -> set[str]:
    """Return the names of all lists and records."""
    resolvers: list[Any] = list(get_resolver().url_patterns)
    return {
        f"{resolver.namespace}:{pattern.name}"
        for resolver in resolvers
        if getattr(resolver, "namespace", None) in {"taskforce", "encyclopedia", "actionplan"}
        for pattern in resolver.url_patterns
        if pattern.name.endswith(("_list", "_detail"))
    }


@pytest.mark.slow
def test_no_link_of_a_public_page_is_dead(client: Client, one_of_each: list[str]) -> None:
    walk = Walk(client, [*one_of_each, *STARTS, NOT_FOUND, GONE])
    assert walk.faults == {}
    assert (walk.statuses[NOT_FOUND], walk.statuses[GONE]) == (404, 410)
    assert (
        names_of_pages() - {resolve(urlsplit(path).path).view_name for path in walk.pages} == set()
    )
