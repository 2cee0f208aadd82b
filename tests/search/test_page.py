"""The page of a search: straight to a record, close names, marks, kinds, pages."""

import re

import pytest
from django.test import Client

from tests import make
from tests.search import VISITOR, results, titles
from untfsse.search import LAST_PAGE, PAGE_SIZE, asking, find_records, writing
from untfsse.search.hits import marked, with_ends

pytestmark = pytest.mark.django_db
# --- Straight to a record ------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["A/RES/77/281", "a/res/77/281", " A / RES / 77 / 281 ", "A/RES/77/ 281"]
)
def test_whole_symbol_leads_straight_to_its_record(client: Client, text: str) -> None:
    make.instrument(symbol="A/RES/77/281", slug="first-resolution")
    make.action_plan(summary="Carries out A/RES/77/281")
    response = client.get("/search/", {"q": text})
    assert (response.status_code, response["Location"]) == (302, "/instruments/first-resolution/")


def test_number_of_a_decision_leads_straight_to_it(client: Client) -> None:
    make.decision(number="UNTFSSE/2022/SM/D3", slug="d3")
    response = client.get("/search/", {"q": "untfsse/2022/sm/d3"})
    assert (response.status_code, response["Location"]) == (302, "/decisions/d3/")


def test_symbol_with_a_kind_in_quotes_or_in_part_gives_the_list(client: Client) -> None:
    make.instrument(short_title="The one", symbol="A/RES/77/281")
    for asked in ({"q": "A/RES/77/281", "kind": "instrument"}, {"q": '"A/RES/77/281"'}):
        assert results(client, **asked).counts == {"instrument": 1}
    assert results(client, q="77/281").counts == {"instrument": 1}


def test_symbol_of_two_records_gives_the_list(client: Client) -> None:
    instrument = make.instrument(symbol="A/RES/77/281")
    make.document(instrument=instrument, symbol="A/RES/77/281")
    assert results(client, q="A/RES/77/281").counts == {"instrument": 1, "document": 1}


def test_acronym_gives_the_list(client: Client) -> None:
    make.organization(name="Economic Commission", acronym="ECLAC", slug="eclac")
    assert results(client, q="ECLAC").counts == {"organization": 1}


def test_hidden_symbol_leads_nowhere(client: Client) -> None:
    make.instrument(symbol="A/RES/77/281", status="draft")
    assert results(client, q="A/RES/77/281").counts == {}


# --- When nothing matches ------------------------------------------------------------------


@pytest.mark.parametrize("text", ["solidarty", "solidarityy", "SOLIDARTY", "sólidarty"])
def test_slip_is_forgiven_when_nothing_matches(text: str) -> None:
    make.entry(title="Solidarity economy")
    make.entry(title="Tourism")
    found = find_records(text, VISITOR)
    assert (found.is_close, found.counts) == (True, {"entry": 1})


def test_close_names_are_shown_with_a_sentence(client: Client) -> None:
    make.entry(title="Encyclopedia of everything")
    response = client.get("/search/", {"q": "encylopedia"})
    assert "Nothing matches exactly; showing what is close" in response.text
    assert "<mark>Encyclopedia</mark> of everything" in response.text
    assert "Read as: encyclopedia" in response.text


def test_nothing_is_guessed_while_something_matches() -> None:
    make.entry(title="Solidarity economy")
    make.entry(title="Solidarty, an old spelling")
    assert titles("solidarty") == ["Solidarty, an old spelling"]


def test_hidden_names_are_not_guessed() -> None:
    make.entry(title="Solidarity economy", status="draft")
    assert find_records("solidarty", VISITOR).counts == {}


# --- How it is shown -----------------------------------------------------------------------


def test_what_matched_is_marked_and_the_rest_escaped(client: Client) -> None:
    make.update(title="<b>Quokka</b> & co", text="A <script>quokka</script> appears.")
    page = client.get("/search/", {"q": "quokka"}).text
    assert "&lt;b&gt;<mark>Quokka</mark>&lt;/b&gt; &amp; co" in page
    assert "<script>" not in page


def test_marks_that_are_not_pairs_are_dropped() -> None:
    assert marked("\x02a\x03 \x03 \x02<b>\x03 \x02") == "<mark>a</mark>  <mark>&lt;b&gt;</mark> "


@pytest.mark.parametrize(
    ("passage", "length", "shown"),
    [
        ("Whole text.", 11, "Whole text."),
        ("in the middle", 90, "… in the middle …"),
        ("\x02Begins\x03 and ends.", 90, "\x02Begins\x03 and ends."),
        ("", 0, ""),
    ],
)
def test_cut_passage_says_so(passage: str, length: int, shown: str) -> None:
    assert with_ends(passage, length) == shown


def test_title_says_what_was_searched_and_heading_how_much(client: Client) -> None:
    make.update(title="Quokka")
    page = client.get("/search/", {"q": "quokka <i>"}).text
    assert "<title>quokka &lt;i&gt;: search · UNTFSSE</title>" in page
    heading = re.search(r'<h2 id="results">(.*?)</h2>', page, re.DOTALL)
    assert heading
    text = " ".join(re.sub(r"<[^>]+>", " ", heading[1]).split())
    assert text == "1 result for quokka &lt;i&gt;"


def test_kinds_are_counted_and_filter(client: Client) -> None:
    for _ in range(2):
        make.update(title="Quokka")
    make.meeting(title="Quokka")
    every = results(client, q="quokka")
    assert [(str(choice.label), choice.count) for choice in every.choices] == [
        ("All", 3),
        ("Meetings", 1),
        ("Updates", 2),
    ]
    updates = results(client, q="quokka", kind="update")
    assert (updates.count, [hit.kind for hit in updates.hits]) == (2, ["update", "update"])
    assert updates.counts == every.counts


def test_unknown_kind_is_said_and_all_are_shown(client: Client) -> None:
    make.update(title="Quokka")
    response = client.get("/search/", {"q": "quokka", "kind": "platypus"})
    assert "The address names a kind that does not exist here" in response.text
    assert response.context["results"].count == 1


def test_pages_follow_each_other(client: Client) -> None:
    for number in range(PAGE_SIZE + 1):
        make.update(title=f"Quokka {number:02}")
    first, second = results(client, q="quokka"), results(client, q="quokka", page="2")
    assert (first.has_previous, first.has_next, first.next_query) == (
        False,
        True,
        "q=quokka&page=2",
    )
    assert (second.has_previous, second.has_next, second.previous_query) == (
        True,
        False,
        "q=quokka",
    )
    shown = [hit.title for hit in [*first.hits, *second.hits]]
    assert len(set(shown)) == PAGE_SIZE + 1


@pytest.mark.parametrize("page", ["0", "-1", "²", "x", "", "1.5", "1" * 5000])
def test_page_that_is_no_number_is_the_first(client: Client, page: str) -> None:
    make.update(title="Quokka")
    assert results(client, q="quokka", page=page).number == 1


def test_page_past_the_end_is_the_last_that_may_be_asked(client: Client) -> None:
    make.update(title="Quokka")
    response = client.get("/search/", {"q": "quokka", "page": "9999"})
    assert response.context["results"].number == LAST_PAGE
    assert "Nothing on this page" in response.text
    assert response.context["results"].previous_query == "q=quokka"


def test_counting_ends_at_a_cap(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setattr(asking, "MOST_PER_NOUN", 2)
    monkeypatch.setattr("untfsse.search.results.MOST_PER_NOUN", 2)
    monkeypatch.setattr(writing, "write_statement", writing.write_statement.__wrapped__)
    for _ in range(3):
        make.update(title="Quokka")
    response = client.get("/search/", {"q": "quokka"})
    assert response.context["results"].count == 2
    assert "More than 2 results" in " ".join(response.text.split())


def test_a_record_of_that_name_or_address_is_found_however_many_later_ones_hold_the_word(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setattr(asking, "MOST_PER_NOUN", 2)
    monkeypatch.setattr(writing, "write_statement", writing.write_statement.__wrapped__)
    named = make.update(title="Quokka")
    placed = make.update(title="Of the quokka", slug="quokka")
    for _ in range(3):
        make.update(title="More on the quokka")
    hits = client.get("/search/", {"q": "quokka"}).context["results"].hits
    assert {hit.url for hit in hits[:2]} == {one.get_absolute_url() for one in (named, placed)}
    assert len(hits) == 4


@pytest.mark.parametrize(
    ("language", "title", "attributes"),
    [
        ("fr", "Loi quokka", ' lang="fr"'),
        ("ar", "quokka قانون", ' lang="ar" dir="rtl"'),
        ("", "Act on the quokka", ""),
    ],
)
def test_an_official_title_that_answers_says_its_language(
    client: Client, language: str, title: str, attributes: str
) -> None:
    make.instrument(short_title="The act", title=title, title_language=language)
    page = client.get("/search/", {"q": "quokka"}).text
    marked = title.replace("quokka", "<mark>quokka</mark>")
    assert f'<p class="item-summary"{attributes}>{marked}</p>' in page


# --- While somebody types ------------------------------------------------------------------


def test_names_are_offered_while_somebody_types(client: Client) -> None:
    make.organization(name="Quokka & friends", slug="quokka")
    make.organization(name="Quokka in secret", status="draft")
    response = client.get("/search/suggestions/", {"q": "quok"})
    assert response["Content-Type"] == "application/x-suggestions+json"
    address = "http://testserver/organizations/quokka/"
    assert response.json() == ["quok", ["Quokka & friends"], ["organization"], [address]]
    assert client.get("/search/suggestions/", {"q": "quokak"}).json() == ["quokak", [], [], []]
    assert client.get("/search/suggestions/").json() == ["", [], [], []]
    assert 'data-suggestions="/search/suggestions/"' in client.get("/search/").text
