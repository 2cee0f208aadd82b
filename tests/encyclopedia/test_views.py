"""The pages of the Encyclopedia: its table of contents, and each entry."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from tests import make
from tests.pages import part_of
from tests.staff import staff

LIST = "/encyclopedia/"


def text_of(page: Any) -> str:
    """Return what a page says in its body, with single spaces."""
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(strip_tags(main).split())


def rows_of(page: Any) -> list[str]:
    """Return the lines of the table of contents."""
    body = page.content.decode()
    heads = re.findall(r'<th scope="row(?:group)?".*?>(.*?)</th>', body, re.DOTALL)
    return [" ".join(strip_tags(head).split()) for head in heads]


def titles_of(page: Any) -> list[str]:
    """Return the titles of a listing."""
    found = re.findall(r'class="item-title"><a href="[^"]+">(.*?)</a>', page.content.decode())
    return [strip_tags(title) for title in found]


@pytest.fixture
def book(db: None) -> Any:
    work = make.work(
        title="Encyclopedia of the SSE",
        publisher="Edward Elgar Publishing",
        publisher_places="Cheltenham",
        year=2023,
        doi="10.4337/9781803920924",
        licence="CC-BY-NC-ND-4.0",
        licence_note="The licence forbids derivatives.",
        funder="Luxembourg",
    )
    make.editorship(work=work, person=make.person(name="Ilcheong Yi"), role="lead_editor")
    make.editorship(work=work, person=make.person(name="Unsure Editor"), confidence="low")
    part = make.part(work=work, number=1, title="Histories", first_entry=1, last_entry=4)
    first = make.entry(part=part, number=1, title="Activism", slug="activism", summary="Ours.")
    make.entry(
        part=part,
        number=2,
        title="Land commoning",
        slug="commoning",
        status="draft",
        confidence="low",
    )
    last = make.entry(part=part, number=4, title="Youth", slug="youth")
    make.authorship(entry=last, person=make.person(name="Davorka Vidović"), position=1)
    make.authorship(
        entry=last, person=make.person(name="Guessed Author"), position=2, confidence="low"
    )
    make.entry_relation(first, last)
    make.suggestion(entry=last, kind="author", value="Suggested Author")
    make.suggestion(entry=last, kind="tag", value="Suggested topic")
    return work


def test_the_list_shows_every_number_and_holds_back_the_title(book: Any, client: Client) -> None:
    page = client.get(LIST)
    assert rows_of(page) == [
        "Part 1: Histories",
        "1. Activism",
        "2. Held back until it is verified",
        "3. not in this list",
        "4. Youth",
    ]
    text = text_of(page)
    assert "4 entries, 1 held back until it is verified, 1 not in this list" in text
    assert "commoning" not in page.content.decode()


def test_the_list_tells_of_the_work(book: Any, client: Client) -> None:
    page = client.get(LIST)
    text = text_of(page)
    for fact in ("Edward Elgar Publishing", "Cheltenham", "2023", "Luxembourg", "Ilcheong Yi"):
        assert fact in text
    assert "The licence forbids derivatives." in text
    assert 'href="https://creativecommons.org/licenses/by-nc-nd/4.0/"' in page.content.decode()
    assert "Unsure Editor" not in page.content.decode()


def test_staff_see_the_draft_among_the_entries(book: Any, client: Client) -> None:
    client.force_login(staff("Secretariat"))
    assert rows_of(client.get(LIST))[2] == "2. Land commoning Draft"


@pytest.mark.parametrize(
    ("query", "titles"),
    [("?q=youth", ["Youth"]), ("?part=1", ["Activism", "Youth"]), ("?q=commoning", [])],
)
def test_a_question_turns_the_contents_into_a_list(
    book: Any, client: Client, query: str, titles: list[str]
) -> None:
    page = client.get(LIST + query)
    assert titles_of(page) == titles
    assert rows_of(page) == []


def test_a_long_work_is_read_in_pages(db: None, client: Client) -> None:
    part = make.part(first_entry=1, last_entry=201)
    for number in range(1, 53):
        make.entry(part=part, number=number, title=f"Entry {number}")
    first = client.get(LIST)
    assert titles_of(first) == [f"Entry {number}" for number in range(1, 51)]
    link = re.search(r'href="(\?cursor=[^"]+)" rel="next"', first.content.decode())
    assert link is not None
    assert titles_of(client.get(LIST + link[1])) == ["Entry 51", "Entry 52"]


def test_the_list_without_a_work_says_so(db: None, client: Client) -> None:
    assert "No work is published yet" in text_of(client.get(LIST))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_questions_for_one_and_for_three(
    db: None, client: Client, django_assert_num_queries: Any, count: int
) -> None:
    part = make.part()
    for number in range(1, count + 1):
        make.authorship(entry=make.entry(part=part, number=number))
    with django_assert_num_queries(10):
        client.get(LIST)


@pytest.mark.parametrize("count", [1, 3])
def test_a_narrowed_list_asks_the_same_questions_for_one_and_for_three(
    db: None, client: Client, django_assert_num_queries: Any, count: int
) -> None:
    part = make.part(number=1)
    for number in range(1, count + 1):
        make.authorship(entry=make.entry(part=part, number=number))
    with django_assert_num_queries(10):
        client.get(f"{LIST}?part=1")


def test_an_entry_is_described_linked_and_cited(book: Any, client: Client) -> None:
    text = text_of(client.get("/encyclopedia/youth/"))
    assert "Entry 4, part 1" in text
    assert (
        "Davorka Vidović (2023). “Youth”. In: Ilcheong Yi (ed.), Encyclopedia of the SSE. "
        "Cheltenham: Edward Elgar Publishing. https://doi.org/10.4337/9781803920924"
    ) in text
    assert "This portal describes and links it, and does not republish it." in text
    text = text_of(client.get("/encyclopedia/activism/"))
    assert "Ours. A description in our own words. It is not taken from the entry." in text
    assert "Authors not yet verified" in text
    assert "“Activism” (2023). In: Ilcheong Yi (ed.)," in text


def test_an_entry_shows_nothing_unsure(book: Any, client: Client) -> None:
    page = client.get("/encyclopedia/youth/").content.decode()
    for secret in ("Guessed Author", "Suggested Author", "Suggested topic", "commoning"):
        assert secret not in page


def test_related_entries_and_neighbours_are_linked_both_ways(book: Any, client: Client) -> None:
    for here, there, rel in (("activism", "youth", "next"), ("youth", "activism", "prev")):
        page = client.get(f"/encyclopedia/{here}/").content.decode()
        links = re.findall(r'<a [^>]*href="(/encyclopedia/[^"]+)"(?: rel="(\w+)")?', page)
        assert links.count((f"/encyclopedia/{there}/", "")) == 1
        assert (f"/encyclopedia/{there}/", rel) in links


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("seen", "At the publisher"),
        ("derived", "At the publisher Link not yet checked"),
        ("recalled", "At the publisher Link not yet checked"),
    ],
)
def test_a_link_says_how_it_is_known(db: None, client: Client, status: str, words: str) -> None:
    entry = make.entry(publisher_url="https://example.org/x", publisher_url_status=status)
    text = text_of(client.get(entry.get_absolute_url()))
    assert text.partition("Where to read it ")[2].partition(" The text is under")[0] == words


def test_an_entry_leads_to_the_agenda_items_that_spoke_of_it_alone(
    db: None, client: Client
) -> None:
    entry = make.entry()
    meeting = make.meeting(slug="special")
    hidden = make.agenda_item(meeting=make.meeting(status="draft"), title="Hidden item")
    of_book = make.agenda_item(meeting=meeting, number=1, title="Milestones")
    entry.part.work.agenda_items.add(of_book, hidden)
    before = part_of(client.get(entry.get_absolute_url()), "thread")
    of_entry = make.agenda_item(meeting=meeting, number=2, title="Of one entry")
    entry.agenda_items.add(of_entry, hidden)
    page = client.get(entry.get_absolute_url())

    assert "Meetings spoke of it No meeting is recorded that spoke of this entry." in before
    assert 'href="/meetings/special/#agenda-2"' in page.content.decode()
    assert "Milestones" not in page.content.decode()
    assert "Hidden item" not in page.content.decode()
    book = client.get("/encyclopedia/").content.decode()
    assert 'href="/meetings/special/#agenda-1"' in book
    assert "Of one entry" not in book
    link = f'<a href="{LIST}">{entry.part.work.title}</a>'
    assert link in client.get("/meetings/special/").content.decode()


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"status": "draft"}, 404),
        ({"published_at": "2999-01-01T00:00Z"}, 404),
        ({"status": "withdrawn", "withdrawal_reason": "Wrong"}, 410),
    ],
)
def test_a_hidden_entry_has_no_page(
    db: None, client: Client, facts: dict[str, str], status: int
) -> None:
    entry = make.entry(slug="hidden", title="Hidden title", **facts)
    published_at = {"published_at": make.PUBLISHED_AT} if status == 410 else {}
    type(entry).objects.filter(pk=entry.pk).update(**published_at)
    page = client.get("/encyclopedia/hidden/")
    assert page.status_code == status
    assert "Hidden title" not in page.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        f"{LIST}?q=%00",
        f"{LIST}?q=" + "x" * 7_000,
        f"{LIST}?part=%C2%B2",
        f"{LIST}?sdg=999999999999999999999",
        f"{LIST}?tag=%00",
        f"{LIST}?author='%22--",
    ],
)
def test_nonsense_is_answered_with_an_error_at_the_field(
    db: None, client: Client, path: str
) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert 'class="errorlist"' in page.content.decode()


@pytest.mark.parametrize("path", [f"{LIST}?q=x&cursor=nonsense", "/encyclopedia/nothing/"])
def test_what_is_not_there_is_not_found(db: None, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_pages_are_only_read(book: Any, client: Client) -> None:
    assert [client.post(path).status_code for path in (LIST, "/encyclopedia/youth/")] == [405, 405]
