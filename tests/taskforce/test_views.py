"""What the pages of all nouns of the Task Force have in common, and whom they show what."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.pages import words_of

pytestmark = pytest.mark.django_db

LISTS = {
    "organizations": make.organization,
    "meetings": make.meeting,
    "decisions": make.decision,
    "instruments": make.instrument,
    "updates": make.update,
    "documents": make.document,
}
TOMORROW = timezone.now() + dt.timedelta(days=1)
nouns = pytest.mark.parametrize("noun", LISTS)


def titled(noun: str, words: str, **facts: Any) -> Any:
    """Return a record of a noun that a page would call by these words."""
    name = {"organizations": "name", "decisions": "text", "instruments": "short_title"}
    return LISTS[noun](**{name.get(noun, "title"): words, **facts})


@nouns
def test_a_list_and_its_record_lead_to_each_other(client: Client, noun: str) -> None:
    record = titled(noun, "The wanted words", slug="wanted")

    page = client.get(f"/{noun}/")

    assert page.context["page"].rows == [record]
    assert f'href="/{noun}/wanted/"' in page.content.decode()
    assert "The wanted words" in words_of(client.get(f"/{noun}/wanted/"))


EARLY: dict[str, dict[str, Any]] = {
    "draft": {"status": "draft"},
    "planned": {"published_at": TOMORROW},
}
HIDDEN = EARLY | {"withdrawn": {"status": "withdrawn", "withdrawal_reason": "A double."}}


@nouns
def test_a_list_hides_what_is_not_published(client: Client, noun: str) -> None:
    hidden = {state: titled(noun, f"A {state} row", **HIDDEN[state]) for state in HIDDEN}

    page = client.get(f"/{noun}/")

    shown = page.context["page"].rows
    assert [state for state, record in hidden.items() if record in shown] == []
    assert [state for state in HIDDEN if f"A {state} row" in page.content.decode()] == []
    assert shown == []


@nouns
def test_a_record_not_yet_published_is_not_found(client: Client, noun: str) -> None:
    for state, facts in EARLY.items():
        titled(noun, "Not for the public", slug=state, **facts)

        page = client.get(f"/{noun}/{state}/")

        assert page.status_code == 404, state
        assert "Not for the public" not in page.content.decode(), state


@nouns
def test_a_withdrawn_record_is_gone_and_says_why(client: Client, noun: str) -> None:
    titled(
        noun,
        "Not for the public",
        slug="double",
        status="withdrawn",
        published_at=make.PUBLISHED_AT,
        withdrawal_reason="It was recorded twice.",
    )

    page = client.get(f"/{noun}/double/")

    assert page.status_code == 410
    assert "It was recorded twice." in page.content.decode()
    assert "Not for the public" not in page.content.decode()


@nouns
def test_a_former_address_leads_to_the_new_one(client: Client, noun: str) -> None:
    record = LISTS[noun](slug="old")
    record.slug = "new"
    record.save()

    page = client.get(f"/{noun}/old/")

    assert (page.status_code, page["Location"]) == (301, f"/{noun}/new/")


@nouns
def test_the_secretariat_sees_drafts_and_that_they_are_drafts(staff: Client, noun: str) -> None:
    draft = titled(noun, "In the making", slug="draft", status="draft", confidence="low")

    assert staff.get(f"/{noun}/").context["page"].rows == [draft]
    words = words_of(staff.get(f"/{noun}/draft/"))
    assert "Draft" in words
    assert words.count("ot yet verified") == 1


@nouns
def test_a_page_shows_its_sources_and_whether_they_were_checked(client: Client, noun: str) -> None:
    sources = [
        {"title": "Report", "url": "https://example.org/report"},
        {"title": "A letter", "url": None},
    ]
    LISTS[noun](slug="unchecked", sources=sources)
    LISTS[noun](slug="checked", sources=sources, verified_on="2026-01-02")

    unchecked = words_of(client.get(f"/{noun}/unchecked/"))
    checked = words_of(client.get(f"/{noun}/checked/"))

    assert "2 sources · not yet verified Report A letter (no address known)" in unchecked
    assert unchecked.count("ot yet verified") == 1
    assert "Nobody has verified" not in unchecked
    assert "2 sources · verified Report A letter (no address known)" in checked
    assert "ot yet verified" not in checked


@nouns
def test_an_address_that_names_nothing_is_not_found(client: Client, noun: str) -> None:
    addresses = ["nothing", "no%00thing", "²", "x" * 500, "../admin"]
    told = {address: client.get(f"/{noun}/{address}/").status_code for address in addresses}
    assert told == dict.fromkeys(addresses, 404)


@nouns
def test_a_question_without_sense_never_breaks_a_list(client: Client, noun: str) -> None:
    client.raise_request_exception = False  # so that each that breaks it is named
    LISTS[noun]()

    questions = ["q=%00", "kind=purple", "year=²", "cursor=bm9uc2Vuc2U="]
    told = {question: client.get(f"/{noun}/?{question}").status_code for question in questions}
    assert {question: status for question, status in told.items() if status not in {200, 404}} == {}


def test_a_wrong_filter_is_told_at_its_field_and_opens_the_form(client: Client) -> None:
    meeting = make.meeting()

    page = client.get("/meetings/?year=²&organization=nobody")

    assert page.context["page"].rows == [meeting]
    words = words_of(page)
    assert "Enter a whole number." in words
    assert "“nobody” is not in the list. Choose one that is." in words
    assert '<details class="filters" open>' in page.content.decode()


@nouns
def test_a_list_answers_only_to_reading(client: Client, noun: str) -> None:
    LISTS[noun](slug="one")

    for path in [f"/{noun}/", f"/{noun}/one/"]:
        assert client.post(path).status_code == 405
        assert client.head(path).status_code == 200


@nouns
def test_a_long_list_has_pages(client: Client, noun: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("untfsse.kit.pages.paging.KeysetPagination.page_size", 2)
    records = {LISTS[noun]() for _ in range(5)}

    seen, query = [], ""
    for _ in range(3):
        page = client.get(f"/{noun}/?{query}").context["page"]
        assert page.count == 5
        seen += page.rows
        query = page.next_query

    assert (set(seen), len(seen), query) == (records, 5, "")


COUNTS = {
    "organizations": 5,
    "meetings": 5,
    "decisions": 5,
    "instruments": 3,
    "updates": 3,
    "documents": 5,
}


@nouns
@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_asks_the_same_number_of_questions_whatever_its_rows(
    client: Client, noun: str, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        record = LISTS[noun]()
        if noun == "organizations":
            make.seat(organization=record)
        if noun == "documents":
            make.rendition(document=record)

    with django_assert_num_queries(COUNTS[noun]):
        assert len(client.get(f"/{noun}/").context["page"]) == rows
