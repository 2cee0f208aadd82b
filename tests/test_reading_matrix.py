"""The matrix of role, noun and state, read through every door; a failure names all four.

The nouns and what guards them are taken from the models. What has no state of its own stands in
that of the record it hangs on.
"""

import datetime as dt
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404
from django.test import Client
from django.urls import reverse

from taskforce.models import Document, JoinLink, Minutes, Person
from tests import make
from tests.kit.test_roles import expected as acts_of
from tests.leaks import STATES as HIDDEN
from tests.log import settle
from tests.nouns import BUILDERS
from tests.staff import in_role
from untfsse.kit.records.addresses import GoneError, get_record_or_404
from untfsse.kit.records.noun import Door, address_name, is_open, list_address, nouns
from untfsse.kit.records.publication import Publishable, VisibleQuerySet
from untfsse.kit.records.roles import EDITOR, ENCYCLOPEDIA_EDITOR, MEMBER, SECRETARIAT, VIEWER
from untfsse.kit.records.suggestions import AbstractSuggestion

pytestmark = pytest.mark.django_db

VISITOR, NO_ROLE = "a visitor", "staff without a role"
READERS = [VISITOR, NO_ROLE, MEMBER, VIEWER, ENCYCLOPEDIA_EDITOR, EDITOR, SECRETARIAT]
AUDIENCES = {
    "public": READERS,
    "members": [MEMBER, VIEWER, EDITOR, SECRETARIAT],
    "secretariat": [SECRETARIAT],
}
WORD = "quokka"
FILE = "paper.txt"
LATELY = make.PUBLISHED_AT + dt.timedelta(days=1)
"""Later than what else the builders publish: feeds hold the newest alone."""
MODELS: list[Any] = [
    model
    for model in apps.get_models()
    if isinstance(model._default_manager.all(), VisibleQuerySet)
]

type Row = tuple[Any, str, str, Any]
"""A noun, the state and the audience in which its row stands, and the row."""


def owner_of(row: Any, path: str) -> Any:
    """Return the record along a path from a row; "" is the row itself."""
    for name in filter(None, path.split("__")):
        row = getattr(row, name)
    return row


def build(model: Any, state: str, audience: str) -> Any:
    """Return a row of a noun in a state, meant for an audience."""
    if issubclass(model, Publishable) and hasattr(model, "noun"):
        title = f"{WORD} {state} {audience} {next(make.numbers)}"
        row: Any = make.build(model, **{model.noun.title: title}, published_at=LATELY)
    else:
        row = BUILDERS[model._meta.label]()
    rows = model._default_manager.all()
    for path in rows.audiences:
        owner = owner_of(row, path)
        chosen: dict[str, Any] = {"audience": audience}
        if isinstance(owner, Minutes):
            chosen |= {"state": "circulated", "circulated_on": "2022-08-02"}
        put(owner, chosen)
    guards = sorted(rows.guards, key=len)
    if guards and state in HIDDEN:
        put(owner_of(row, guards[0]), HIDDEN[state])
    return row


def put(owner: Any, facts: dict[str, Any]) -> None:
    """Write past all rules."""
    type(owner)._default_manager.filter(pk=owner.pk).update(**facts)


def all_rows() -> Iterator[Row]:
    """Build a row of every noun, in every state, for every audience it can have."""
    for model in MODELS:
        rows = model._default_manager.all()
        audiences = [one for one in AUDIENCES if model is not JoinLink or one != "public"]
        has_states = rows.guards and not issubclass(model, AbstractSuggestion)
        for audience in audiences if rows.audiences else ["public"]:
            for state in ["published", *(HIDDEN if has_states else ())]:
                yield model, state, audience, build(model, state, audience)


@pytest.fixture(scope="module")
def rows(module_db: None) -> list[Row]:
    """Return all of them, once for the module; each document has a file."""
    found = list(all_rows())
    for model, _state, _audience, record in found:
        if model is Document:
            make.rendition(document=record, url="", file=FILE, bytes=1, sha256="0" * 64)
    settle()  # feeds and the calendar read the log
    return found


@pytest.fixture(
    params=[
        pytest.param(name, marks=() if name in {VISITOR, MEMBER, EDITOR} else pytest.mark.slow)
        for name in READERS
    ]
)
def reader(request: Any, client: Client) -> tuple[str, Any]:
    """Return the name of a reader and who it is, signed in in the client."""
    name: str = request.param
    if name == VISITOR:
        return name, AnonymousUser()
    is_staff = name != MEMBER
    user = make.user(is_staff=True) if name == NO_ROLE else in_role(name, is_staff=is_staff)
    client.force_login(user)
    return name, User.objects.get(pk=user.pk)


def may_read(reader: str, model: Any, state: str, audience: str) -> bool:
    """The matrix in words: whether a reader sees a row."""
    is_role = reader in {SECRETARIAT, EDITOR, ENCYCLOPEDIA_EDITOR, VIEWER}
    is_shown = state == "published" and not issubclass(model, AbstractSuggestion)
    sees_all = is_role and "view" in acts_of(reader, model)
    return reader in AUDIENCES[audience] and (is_shown or sees_all)


def told(reader: str, row: Row) -> str:
    """The matrix in words: what a reader is told at the address of a row."""
    model, state, audience, _record = row
    if may_read(reader, model, state, audience):
        return "read"
    return "gone" if state == "withdrawn" and reader in AUDIENCES[audience] else "not found"


def key(reader: str, row: Row, door: str) -> str:
    """Name all four."""
    model, state, audience, _record = row
    return f"{reader} · {model.__name__} · {state}, for {audience} · {door}"


def differing(tried: dict[str, Any], wanted: dict[str, Any]) -> dict[str, str]:
    """Return what came out otherwise than it should."""
    return {
        name: f"{was}, not {wanted[name]}" for name, was in tried.items() if was != wanted[name]
    }


@pytest.mark.slow
def test_a_reader_sees_of_each_noun_what_the_role_allows(
    reader: tuple[str, Any], rows: list[Row], django_assert_max_num_queries: Any
) -> None:
    name, user = reader
    tried, wanted = {}, {}
    with django_assert_max_num_queries(len(MODELS) + 2):  # two for the role, then one a noun
        seen = {
            model: set(model._default_manager.visible_to(user).values_list("pk", flat=True))
            for model in MODELS
        }
    for row in rows:
        model, state, audience, record = row
        tried[key(name, row, "rows")] = record.pk in seen[model]
        wanted[key(name, row, "rows")] = may_read(name, model, state, audience)

    assert differing(tried, wanted) == {}
    assert len(tried) > 150


def address_of(record: Any, user: Any) -> str:
    """Return what the page of a record would tell a reader."""
    try:
        get_record_or_404(type(record)._default_manager.all(), user, record.slug)
    except GoneError:
        return "gone"
    except Http404:
        return "not found"
    return "read"


def visit(client: Client, row: Row) -> dict[str, str]:
    """Return what somebody is told by the doors of a document, where it is one to be visited."""
    _model, state, audience, record = row
    if (state, audience) not in VISITED:
        return {}
    doors = {
        "page": record.get_absolute_url(),
        "file": reverse("taskforce:document_file", args=[record.slug, "en"]),
        "preview": reverse("admin:taskforce_document_preview", args=[record.pk]),
    }
    answers = {door: client.get(path) for door, path in doors.items()}
    assert b"".join(answers["file"]) == b"x" or not answers["file"].streaming
    return {door: ANSWERS[answer.status_code] for door, answer in answers.items()}


VISITED = [
    ("draft", "public"),
    ("draft", "secretariat"),
    ("published", "members"),
    ("published", "secretariat"),
    ("withdrawn", "members"),
]
ANSWERS = {200: "read", 410: "gone", 404: "not found", 403: "not found", 302: "not found"}


@pytest.mark.slow
def test_pages_files_lists_search_and_previews_show_what_the_role_allows(
    reader: tuple[str, Any], rows: list[Row], client: Client
) -> None:
    name, user = reader
    default_storage.save(FILE, ContentFile(b"x"))
    tried: dict[str, Any] = {}
    wanted: dict[str, Any] = {}
    lists = {
        model: client.get(list_address(model), {"q": WORD}).text for model in nouns(Door.PAGES)
    }
    found = client.get("/search/", {"q": WORD}).context["results"].counts
    for row in rows:
        model, _state, _audience, record = row
        if model in lists:
            tried[key(name, row, "address")] = address_of(record, user)
            wanted[key(name, row, "address")] = told(name, row)
            tried[key(name, row, "list")] = f'"{record.get_absolute_url()}"' in lists[model]
            wanted[key(name, row, "list")] = told(name, row) == "read"
        if model is Document:
            tried |= {key(name, row, door): was for door, was in visit(client, row).items()}
            wanted |= {key(name, row, door): told(name, row) for door in ("page", "file")}
            if name not in {VIEWER, EDITOR, SECRETARIAT} or told(name, row) != "read":
                wanted[key(name, row, "preview")] = "not found"
            else:
                wanted[key(name, row, "preview")] = "read"
    for model in nouns(Door.SEARCH):
        if model is not Person:  # found as office holders and authors alone
            own = [row for row in rows if row[0] is model]
            place = f"{name} · {model.__name__} · all states · search"
            tried[place] = found.get(model.noun.name, 0)
            wanted[place] = sum(told(name, row) == "read" for row in own)

    assert differing(tried, wanted) == {}
    assert len(tried) > 100


def feed_pages(client: Client, model: Any) -> Iterator[str]:
    """Give the pages of a noun's feed."""
    address: str | None = reverse(address_name(model, "feed"))
    while address:
        page = client.get(address).text
        yield page
        following = re.search(r'<link href="([^"]+)" rel="next"|rel="next" href="([^"]+)"', page)
        address = following and unescape(following[1] or following[2])


@pytest.mark.slow
def test_machines_are_shown_what_a_visitor_reads_whoever_asks(
    rows: list[Row], client: Client
) -> None:
    client.force_login(in_role(SECRETARIAT, is_staff=True))
    tried, wanted = {}, {}
    answers: dict[tuple[Any, str], str] = {}
    for model in nouns():
        if is_open(model, Door.API):
            answers[model, "API"] = client.get(
                f"/api/v1/{model.noun.api_path}/", {"page_size": 200}
            ).text
        if is_open(model, Door.FEED):
            answers[model, "feed"] = "".join(feed_pages(client, model))
        if is_open(model, Door.SITEMAP):
            answers[model, "sitemap"] = client.get(f"/sitemap-{model.noun.path}.xml").text
    for row in rows:
        for (model, door), answer in answers.items():
            if model is row[0]:
                slug = row[3].slug
                tried[key("Secretariat", row, door)] = bool(
                    re.search(rf"\b{re.escape(slug)}\b[^-]", answer)
                )
                wanted[key("Secretariat", row, door)] = told(VISITOR, row) == "read"

    assert differing(tried, wanted) == {}
    assert len(tried) > 100


DESK = [model for model in MODELS if model._default_manager.all().audiences]
"""Nouns of which a role that may view them does not see every row."""


def desk(model: Any, page: str, *place: Any) -> str:
    """Return an address of the back office."""
    opts = model._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=place)


@pytest.mark.slow
def test_the_back_office_shows_of_what_is_for_some_what_the_role_allows(
    reader: tuple[str, Any], rows: list[Row], client: Client
) -> None:
    name, _user = reader
    tried: dict[str, Any] = {}
    wanted: dict[str, Any] = {}
    tables = {}
    for model in DESK:
        answer = client.get(desk(model, "export", "csv"))
        tables[model] = b"".join(answer).decode() if answer.streaming else ""
    for row in rows:
        model, state, audience, record = row
        if model not in DESK:
            continue
        works_there = name not in {VISITOR, NO_ROLE, MEMBER} and "view" in acts_of(name, model)
        sees = works_there and name in AUDIENCES[audience]
        doors = {"table": str(record.public_id) in tables[model]}
        if (state, audience) in VISITED:
            pages = ["change", "history"] if works_there or audience == "secretariat" else []
            doors |= {
                page: client.get(desk(model, page, record.pk)).status_code == 200 for page in pages
            }
        tried |= {key(name, row, door): is_shown for door, is_shown in doors.items()}
        wanted |= dict.fromkeys((key(name, row, door) for door in doors), sees)

    assert differing(tried, wanted) == {}
    assert len(tried) > 30


OUTSIDE = {
    "kit": "what the database keeps: sessions, counts, history, log, reports, searches, tasks",
    "accounts": "accounts, whom they speak for, and what happened to them",
    "taskforce.PersonContact": "contacts, which no public door reaches",
}
"""What readers are never shown; the back office lets roles read it (tests/test_role_matrix.py)."""


def test_every_noun_is_in_the_matrix_or_outside_for_a_reason() -> None:
    own = {"kit", "accounts", "taskforce", "encyclopedia", "actionplan"}
    missing = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in own
        and model not in MODELS
        and not {model._meta.app_label, model._meta.label} & OUTSIDE.keys()
    }
    assert missing == set()
    assert {model._meta.label for model in DESK} == {
        *("taskforce.Document", "taskforce.Rendition", "taskforce.JoinLink"),
        *("taskforce.Minutes", "taskforce.Corrigendum"),
    }
