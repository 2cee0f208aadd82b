"""What one may ask of the list of entries, and what is answered to nonsense."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.test import RequestFactory

from encyclopedia.filters import AuthorshipFilter, EntryFilter
from encyclopedia.models import Authorship, Entry
from tests import make

VISITOR = AnonymousUser()


def ask(query: str) -> tuple[list[str], dict[str, list[str]]]:
    """Return the titles that a query finds, and the errors at its fields."""
    request = RequestFactory().get("/encyclopedia/")
    request.user = VISITOR
    rows = Entry.objects.visible_to(VISITOR).for_list()
    filters = EntryFilter(QueryDict(query), queryset=rows, request=request)
    titles = [entry.title for entry in filters.qs]
    return titles, {name: list(error) for name, error in filters.errors.items()}


@pytest.fixture(scope="module")
def rows(module_db: None) -> None:
    """Build what is asked for, once for this file."""
    work = make.work()
    concepts = make.part(work=work, number=1, first_entry=1, last_entry=2)
    actors = make.part(work=work, number=2, first_entry=3, last_entry=4)
    commons = make.entry(part=concepts, number=1, title="Commons", sdgs=[6, 11])
    youth = make.entry(part=actors, number=3, title="Youth", summary="Young people", sdgs=[8])
    hidden = make.entry(part=actors, number=4, title="Hidden", status="draft", sdgs=[8])
    commons.tags.add("Shared resources")
    youth.tags.add("Employment")
    hidden.tags.add("Secret topic")
    ana = make.person(name="Ana", slug="ana")
    make.authorship(entry=commons, person=ana)
    make.authorship(entry=youth, person=ana, confidence="low")
    make.person(name="Draft", slug="draft-person", status="draft")


@pytest.fixture
def book(rows: None, db: None) -> None:
    """The same; what a test adds goes with it."""


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Commons", "Youth"]),
        ("q=young", ["Youth"]),
        ("q=commons", ["Commons"]),
        ("q=hidden", []),
        ("part=1", ["Commons"]),
        ("part=2", ["Youth"]),
        ("sdg=8", ["Youth"]),
        ("sdg=11", ["Commons"]),
        ("tag=shared-resources", ["Commons"]),
        ("tag=employment&part=1", []),
        ("author=ana", ["Commons"]),
    ],
)
def test_the_list_is_narrowed(book: None, query: str, titles: list[str]) -> None:
    assert ask(query) == (titles, {})


NOT_THERE = "“{}” is not in the list. Choose one that is."


@pytest.mark.parametrize(
    ("query", "name", "sentence"),
    [
        ("part=3", "part", NOT_THERE.format("3")),
        ("part=%C2%B2", "part", NOT_THERE.format("²")),
        ("part=99999999999999999999", "part", NOT_THERE.format("99999999999999999999")),
        ("part=1%00", "part", NOT_THERE.format("1")),
        ("tag=secret-topic", "tag", NOT_THERE.format("secret-topic")),
        ("tag=" + "a" * 10_000, "tag", NOT_THERE.format("a" * 60)),
        ("author=nobody", "author", NOT_THERE.format("nobody")),
        ("author=draft-person", "author", NOT_THERE.format("draft-person")),
        (
            "sdg=18",
            "sdg",
            "Select a valid choice. 18 is not one of the available choices.",
        ),
        (
            "sdg=%C2%B2",
            "sdg",
            "Select a valid choice. ² is not one of the available choices.",
        ),
    ],
)
def test_what_is_not_there_is_an_error_at_its_field(
    book: None, query: str, name: str, sentence: str
) -> None:
    assert ask(query)[1] == {name: [sentence]}


def test_the_box_for_an_author_appears_only_once_it_is_used(book: None) -> None:
    rows = Entry.objects.all()
    unused = EntryFilter(QueryDict("q=x"), queryset=rows).form.fields
    used = EntryFilter(QueryDict("author=ana"), queryset=rows).form.fields
    assert list(unused) == ["q", "part", "sdg", "tag"]
    assert list(used) == ["q", "part", "sdg", "tag", "author"]


def test_authorships_by_entry_and_person(book: None) -> None:
    rows = Authorship.objects.visible_to(VISITOR)
    entry = Entry.objects.get(title="Commons")
    found = AuthorshipFilter(QueryDict(f"entry={entry.slug}&person=ana"), queryset=rows)
    assert [str(author) for author in found.qs] == ["Ana"]
    other = Entry.objects.get(title="Youth")
    assert list(AuthorshipFilter(QueryDict(f"entry={other.slug}"), queryset=rows).qs) == []
