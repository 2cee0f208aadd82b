"""The sweep: with hidden records of every noun, no public door prints a word of them."""

import json
import re
from collections import Counter, deque
from html import unescape
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.urls.exceptions import Resolver404

from encyclopedia.models import Work
from taskforce.models import Organization
from tests import make
from tests.asking import ROOT, VIEWSETS
from tests.leaks import BACKSTAGE, SECRET, make_hidden_records
from tests.log import settle
from tests.staff import member
from untfsse.kit.records.noun import Door, address_name, is_open, list_address, nouns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hidden")]

STARTS = ["/", "/search/", "/sitemap.xml", "/robots.txt", "/api/", "/api/v1/", "/sign-in/"]
STARTS += [
    "/healthz",
    "/readyz",
    "/search/?q=shown",
    "/search/?q=shwon+meetng",
    "/search/?q=-nothing",
    "/report/sent/",
    "/about/",
    "/search/suggestions/?q=shown",
]
STARTS += [f"/sdgs/{number}/" for number in range(1, 18)]
FEEDS = [reverse(address_name(model, "feed")) for model in nouns(Door.FEED)]
STARTS += FEEDS
LINK = re.compile(r"""(?:http://testserver|href=["'])(/[^"'<>{}\s\\]*)""")
CLOSED = {"admin", "accounts", "sign_out"}
OF_ACCOUNTS = re.compile(r"(?:account|mfa|openid_connect|socialaccount)_")
"""What an account shows of itself, to whoever is signed in: no record stands there."""
AWAY = ("/static/", "/admin/", "/sign-in/?")
MOST_DOORS = 1500
MOST_ALIKE = 3


@pytest.fixture(scope="module")
def hidden(module_db: None) -> None:
    make_hidden_records()
    settle()


def names_of(patterns: list[Any], namespace: str = "") -> set[str]:
    """Return the names of all addresses but those of the back office."""
    names: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace not in CLOSED:
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                names |= names_of(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and (name := pattern.name or ""):
            is_closed = name in CLOSED or OF_ACCOUNTS.match(name)
            names |= set() if is_closed else {f"{namespace}{name}"}
    return names


def name_of(path: str) -> str:
    """Return the name of an address, or nothing."""
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return ""


def text_of(response: Any) -> str:
    """Return what a door printed."""
    content = b"".join(response) if response.streaming else response.content
    text: str = content.decode(errors="replace")
    return unescape(text)


def crawl(client: Client) -> dict[str, str]:
    """Return what every door prints that is reached from the first ones by links.

    Of lists narrowed by the same filters, some are opened, and no page again for its places.
    """
    waiting, printed, alike = deque(STARTS), dict[str, str](), Counter[str]()
    while waiting:
        path = waiting.popleft().partition("#")[0]
        if path in printed or path.startswith(AWAY):
            continue
        question = re.sub(r"=[^&]*", "", path) if "?" in path else ""
        alike[question] += 1
        if question and alike[question] > MOST_ALIKE:
            continue
        response = client.get(path, follow=False)
        printed[path] = text_of(response)
        waiting.extend(LINK.findall(printed[path]))
        assert response.status_code < 500, path
        assert len(printed) < MOST_DOORS, "the sweep does not end"
    return printed


@pytest.mark.slow
def test_no_public_door_prints_a_word_of_hidden_records(client: Client) -> None:
    file = {"file": ContentFile(b"x", "shown.txt"), "bytes": 1, "sha256": "0" * 64, "url": ""}
    make.rendition(document=make.document(title="Shown paper"), **file)
    printed = crawl(client)
    leaks = {
        path: text[max(0, at - 60) : at + 60]
        for path, text in printed.items()
        if (at := f"{path} {text}".lower().find(SECRET)) >= 0
    }
    assert leaks == {}
    empty = [noun for noun in VIEWSETS if not json.loads(printed[f"{ROOT}{noun}/"])["count"]]
    empty += [path for path in FEEDS if "<entry>" not in printed[path]]
    assert empty == []
    reached = {name_of(path) for path in printed}
    assert names_of(get_resolver().url_patterns) - reached == set()


def test_hidden_records_are_not_found_at_their_own_addresses(client: Client) -> None:
    hidden = [
        record.get_absolute_url()
        for noun in nouns(Door.PAGES)
        for record in noun.objects.filter(slug__startswith=SECRET)
    ]
    assert len(hidden) > 30
    answers = {path: client.get(path) for path in [*hidden, *(f"/api/v1{path}" for path in hidden)]}
    assert {response.status_code for response in answers.values()} == {404, 410}
    leaks = [
        path
        for path, response in answers.items()
        if SECRET in text_of(response).lower().replace(path.lower(), "")
    ]
    assert leaks == []


@pytest.mark.parametrize("text", [SECRET, SECRET[:-1], f"{SECRET} meeting", f"{SECRET}y"])
def test_search_finds_nothing_of_hidden_records(client: Client, text: str) -> None:
    found = client.get("/search/", {"q": text}).context["results"]
    assert SECRET not in "".join(f"{hit.title}{hit.text}{hit.role}{hit.url}" for hit in found.hits)
    assert found.counts == ({"meeting": found.count} if " " in text else {})


@pytest.mark.slow
def test_lists_asked_for_hidden_words_are_empty(client: Client) -> None:
    for model in nouns(Door.PAGES):
        page = client.get(list_address(model), {"q": SECRET})
        assert not page.context["page"].rows if "page" in page.context else SECRET not in page.text
        assert client.get(f"{ROOT}{model.noun.api_path}/", {"q": SECRET}).json()["count"] == 0
        if is_open(model, Door.FEED):
            feed = client.get(reverse(address_name(model, "feed")), {"q": SECRET})
            assert b"<entry>" not in feed.content


@pytest.mark.slow
def test_internal_notes_are_for_the_staff_alone(client: Client, admin_client: Client) -> None:
    focal_point = member()
    client.force_login(focal_point)
    paths = [
        record.get_absolute_url()
        for noun in [*nouns(Door.PAGES), Work]
        # Every fact bears a note; the first rows are those that all others are tied to.
        for record in noun._default_manager.visible_to(focal_point).order_by("pk")[:MOST_ALIKE]
    ]
    answers = {
        path: client.get(path) for path in [*paths, *(f"{ROOT}{noun}/" for noun in VIEWSETS)]
    }
    asked = ["/search/", "/meetings/", "/instruments/", "/api/v1/organizations/"]
    answers |= {f"{path}?q": client.get(path, {"q": BACKSTAGE[:-1]}) for path in asked}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert [path for path, answer in answers.items() if BACKSTAGE in text_of(answer)] == []
    assert answers["/search/?q"].context["results"].counts == {}
    form = f"/admin/taskforce/organization/{Organization.objects.latest('pk').pk}/change/"
    assert BACKSTAGE in admin_client.get(form).text
    assert BACKSTAGE in text_of(admin_client.get("/admin/taskforce/organization/export/csv/"))
