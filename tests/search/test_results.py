"""What a search finds, in which order, for whom, and what it costs."""

from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.search import VISITOR, titles
from tests.staff import member, staff
from untfsse.search import find_records
from untfsse.search.writing import meaning

pytestmark = pytest.mark.django_db
QUERIES = 3
QUERIES_WHEN_NOTHING_MATCHES = 6


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
    found = find_records("quokka", VISITOR)
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
    found = {hit.title: (hit.url, hit.role) for hit in find_records("quokka", VISITOR).hits}
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


# --- For whom ------------------------------------------------------------------------------


def test_reader_finds_what_the_reader_may_see() -> None:
    meeting = make.meeting()
    make.document(title="Quokka draft", status="draft", meeting=meeting)
    make.document(title="Quokka public", meeting=meeting)
    make.document(title="Quokka for members", meeting=meeting, audience="members")
    make.document(title="Quokka for the secretariat", meeting=meeting, audience="secretariat")
    assert sorted(titles("quokka")) == ["Quokka public"]
    assert sorted(titles("quokka", member())) == ["Quokka for members", "Quokka public"]
    assert len(titles("quokka", staff("Secretariat"))) == 4


def test_draft_carries_its_badge_for_the_staff(client: Client) -> None:
    make.update(title="Quokka", status="draft")
    client.force_login(staff("Secretariat"))
    assert '<span class="badge is-draft">Draft</span>' in client.get("/search/?q=quokka").text


# --- What it costs -------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_search_makes_the_same_queries_however_much_is_found(
    rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        make.update(title="Quokka")
        make.meeting(title="Quokka")
        make.term(person=make.person(name="Quokka"))
    meaning.cache_clear()
    with django_assert_num_queries(QUERIES):
        assert find_records("quokka", VISITOR).count == rows * 3
    with django_assert_num_queries(QUERIES - 1):  # what a text means is asked once
        assert find_records("quokka", VISITOR).count == rows * 3
    with django_assert_num_queries(QUERIES_WHEN_NOTHING_MATCHES):
        assert find_records("quokkka", VISITOR).count == rows * 3
