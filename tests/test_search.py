"""Search: what is found, in which order, for whom, and that no text is an error."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client

from tests import make
from untfsse.search import LAST_PAGE, PAGE_SIZE, Results, asking, clean, find
from untfsse.search.hits import marked, with_ends

pytestmark = pytest.mark.django_db

VISITOR = AnonymousUser()
QUERIES = 2
QUERIES_WHEN_NOTHING_MATCHES = 3


def titles(text: str, user: User | AnonymousUser = VISITOR, **asked: Any) -> list[str]:
    """Return the titles that a search shows, without marks."""
    hits = find(text, user, **asked).hits
    return [unescape(re.sub(r"</?mark>", "", hit.title)) for hit in hits]


def results(client: Client, **asked: Any) -> Results:
    """Return what the page of a search shows."""
    response = client.get("/search/", asked)
    assert response.status_code == 200
    found: Results = response.context["results"]
    return found


# --- What is found -------------------------------------------------------------------------


def test_one_box_finds_every_noun() -> None:
    meeting = make.meeting(title="Quokka meeting")
    plan = make.action_plan(title="Quokka plan")
    part = make.part(work=make.work(title="Quokka work"))
    entry = make.entry(title="Quokka entry", part=part)
    make.authorship(entry=entry, person=make.person(name="Quokka Author"))
    make.organization(name="Quokka organization")
    make.decision(meeting=meeting, text="Quokka decision")
    make.instrument(short_title="Quokka instrument")
    make.document(meeting=meeting, title="Quokka document")
    make.update(title="Quokka update")
    make.sub_group(plan=plan, name="Quokka group")
    make.activity(plan=plan, title="Quokka activity")
    found = find("quokka", VISITOR)
    assert found.counts == dict.fromkeys(
        [
            "organization",
            "meeting",
            "decision",
            "instrument",
            "work",
            "entry",
            "action_plan",
            "sub_group",
            "activity",
            "update",
            "document",
            "person",
        ],
        1,
    )
    assert found.count == 12


def test_accents_are_ignored_both_ways() -> None:
    make.instrument(short_title="Loi sur l'économie sociale")
    make.instrument(short_title="Economia del bien comun")
    assert titles("economie") == ["Loi sur l'économie sociale", "Economia del bien comun"]
    assert titles("común") == ["Economia del bien comun"]


def test_hyphenated_words_are_found_in_parts_and_as_one() -> None:
    make.update(title="A co-operative and its sub-groups")
    make.update(title="Cooperatives everywhere")
    assert sorted(titles("cooperative")) == [
        "A co-operative and its sub-groups",
        "Cooperatives everywhere",
    ]
    assert sorted(titles("co-operatives")) == [
        "A co-operative and its sub-groups",
        "Cooperatives everywhere",
    ]
    assert titles("group") == titles("subgroup") == ["A co-operative and its sub-groups"]


@pytest.mark.parametrize("text", ["2022", "2024", "2022-2024", "plan 2024"])
def test_years_of_a_period_are_found(text: str) -> None:
    make.action_plan(title="Action plan 2022-2024")
    assert titles(text) == ["Action plan 2022-2024"]


@pytest.mark.parametrize("text", ["0472", "oecd", "legal 0472", "LEGAL/0472"])
def test_symbols_are_found_in_parts(text: str) -> None:
    make.instrument(short_title="Recommendation", symbol="OECD/LEGAL/0472")
    assert titles(text) == ["Recommendation"]


def test_last_word_may_be_unfinished() -> None:
    make.entry(title="Statistical measurement")
    assert titles("statistical meas") == ["Statistical measurement"]
    assert titles("statistic") == ["Statistical measurement"]


def test_operators_of_the_web_are_understood() -> None:
    make.update(title="Finance for the social economy")
    make.update(title="The economy is social")
    make.update(title="Tourism")
    assert titles('"social economy"') == ["Finance for the social economy"]
    assert titles("“social economy”") == ["Finance for the social economy"]
    assert titles("economy -finance") == ["The economy is social"]
    assert sorted(titles("tourism or finance")) == ["Finance for the social economy", "Tourism"]


def test_person_is_found_by_the_office_or_the_work() -> None:
    holder, author, nobody = (make.person(name=f"Quokka {word}") for word in "ABC")
    organization = make.organization(name="Body", slug="body")
    make.term(person=holder, organization=organization, office=make.office(title="Chair"))
    make.authorship(entry=make.entry(title="Entry", slug="an-entry"), person=author)
    found = {hit.title: (hit.url, hit.role) for hit in find("quokka", VISITOR).hits}
    assert found == {
        "<mark>Quokka</mark> A": ("/organizations/body/", "Chair"),
        "<mark>Quokka</mark> B": ("/encyclopedia/an-entry/", "Entry"),
    }
    assert nobody.name == "Quokka C"


# --- In which order ------------------------------------------------------------------------


def test_titles_come_before_summaries_before_notes() -> None:
    make.meeting(title="In the note", note="Quokka " * 50)
    make.meeting(title="In the summary", summary="Quokka " * 50)
    make.meeting(title="Quokka in the title", starts_on="2013")
    assert titles("quokka") == ["Quokka in the title", "In the summary", "In the note"]


def test_title_with_all_words_comes_before_long_text_with_all_words() -> None:
    make.meeting(title="Long text", summary="social economy " * 100)
    make.meeting(title="Economy, of the kind that is social", starts_on="2013")
    assert titles("social economy") == ["Economy, of the kind that is social", "Long text"]


def test_whole_name_comes_first() -> None:
    make.organization(name="Friends of ECLAC, ECLAC and ECLAC")
    make.organization(name="Economic Commission", acronym="ECLAC")
    make.update(title="ECLAC joins", slug="joins")
    assert titles("eclac")[0] == "Economic Commission"


def test_acronym_that_is_a_common_word_is_found() -> None:
    make.organization(name="World Health Organization", acronym="WHO")
    assert titles("who") == ["World Health Organization"]


def test_other_names_count_as_names() -> None:
    make.organization(name="Bureau", other_names="The Office; BIT")
    assert titles("bit") == ["Bureau"]


def test_address_is_found_as_a_name() -> None:
    make.meeting(title="Founding", slug="founding-2013-09-30")
    assert titles("founding-2013-09-30") == ["Founding"]


def test_latest_comes_first_among_equals() -> None:
    for year in (2014, 2022, 2018):
        make.meeting(title=f"Quokka {year}", starts_on=str(year))
    assert titles("quokka") == ["Quokka 2022", "Quokka 2018", "Quokka 2014"]


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
    found = find(text, VISITOR)
    assert (found.is_close, found.counts) == (True, {"entry": 1})


def test_close_names_are_shown_with_a_sentence(client: Client) -> None:
    make.entry(title="Encyclopedia of everything")
    response = client.get("/search/", {"q": "encylopedia"})
    assert "Nothing matches exactly; showing what is close" in response.text
    assert "Encyclopedia of everything" in response.text


def test_nothing_is_guessed_while_something_matches() -> None:
    make.entry(title="Solidarity economy")
    make.entry(title="Solidarty, an old spelling")
    assert titles("solidarty") == ["Solidarty, an old spelling"]


def test_hidden_names_are_not_guessed() -> None:
    make.entry(title="Solidarity economy", status="draft")
    assert find("solidarty", VISITOR).counts == {}


# --- For whom ------------------------------------------------------------------------------


def test_reader_finds_what_the_reader_may_see() -> None:
    meeting = make.meeting()
    make.document(title="Quokka draft", status="draft", meeting=meeting)
    make.document(title="Quokka public", meeting=meeting)
    make.document(title="Quokka for members", meeting=meeting, audience="members")
    make.document(title="Quokka for the secretariat", meeting=meeting, audience="secretariat")
    staff = make.user(is_staff=True)
    assert sorted(titles("quokka")) == ["Quokka public"]
    assert sorted(titles("quokka", make.user())) == ["Quokka for members", "Quokka public"]
    assert len(titles("quokka", staff)) == 4


def test_draft_carries_its_badge_for_the_staff(client: Client) -> None:
    make.update(title="Quokka", status="draft")
    client.force_login(make.user(is_staff=True))
    assert '<span class="badge is-draft">Draft</span>' in client.get("/search/?q=quokka").text


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
    for _ in range(3):
        make.update(title="Quokka")
    response = client.get("/search/", {"q": "quokka"})
    assert response.context["results"].count == 2
    assert "More than 2 results" in " ".join(response.text.split())


# --- What it costs -------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_search_makes_the_same_queries_however_much_is_found(
    rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        make.update(title="Quokka")
        make.meeting(title="Quokka")
        make.term(person=make.person(name="Quokka"))
    with django_assert_num_queries(QUERIES):
        assert find("quokka", VISITOR).count == rows * 3
    with django_assert_num_queries(QUERIES_WHEN_NOTHING_MATCHES):
        assert find("quokkka", VISITOR).count == rows * 3


# --- No text is an error -------------------------------------------------------------------

ODD_TEXTS = [
    "",
    " ",
    "a",
    "é",
    "the",
    "of and the",
    "\0",
    "quokka\0quokka",
    "\x01\x02\x03",
    "'",
    '"',
    '"quokka',
    "quokka' OR 1=1 --",
    "-",
    "- - -",
    "-quokka",
    "or",
    "or or",
    "!",
    "&",
    "| & ! ( )",
    "quokka:*",
    "quokka <-> quokka",
    "\\",
    "\\'",
    "%",
    "_",
    "%s %(x)s {0}",
    "<script>alert(1)</script>",
    "/",
    "//",
    "..",
    "=",
    ";",
    "a;b",
    "²",
    "½",
    "عربي",
    "\u202equokka",
    "社会的連帯経済",
    "😀",
    "\ufffe",
    "\x7f",
    "a\u0301" * 90,
    "/".join("abcdefghij"),
    "x" * 10_000,
    "quokka " * 5_000,
    '"' * 1_000,
    "(" * 1_000,
    "-" * 1_000,
    "- " * 1_000,
    "-(" * 1_000,
    '-"' * 1_000,
    "-a " * 1_000,
    "or " * 1_000,
]


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_no_text_is_an_error(client: Client, text: str) -> None:
    make.update(title="Quokka")
    for asked in ({"q": text}, {"q": text, "kind": "update", "page": "2"}):
        assert client.get("/search/", asked).status_code == 200


def test_long_text_is_cut_with_a_sentence(client: Client) -> None:
    make.update(title="Quokka")
    response = client.get("/search/", {"q": "quokka " * 1_500})
    assert "The search looks at the first 200 letters" in response.text
    assert len(response.context["query"]) <= 200
    assert response.context["results"].count == 1


def test_text_is_cleaned_of_control_characters_and_spaces() -> None:
    assert clean("\0 a\tb\r\n  c\x7f") == "a b c"


def test_without_words_the_page_tells_what_can_be_found(client: Client) -> None:
    response = client.get("/search/")
    assert response.context["results"] is None
    assert "What can be found" in response.text


def test_search_is_only_read(client: Client) -> None:
    assert client.post("/search/", {"q": "x"}).status_code == 405
