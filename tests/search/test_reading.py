"""How a text is read: days, ordinals, goals, places in a record, and words that say nothing."""

import pytest

from untfsse.search.reading import read


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("19 July 2022", "#d20220719"),
        ("July 19th, 2022", "#d20220719"),
        ("19/07/2022", "#d20220719"),
        ("2022-07-19", "#d20220719"),
        ("le 19 juillet 2022", "#d20220719"),
        ("1er août 2020", "#d20200801"),
        ("19 de julio de 2022", "#d20220719"),
        ("19 июля 2022", "#d20220719"),
        ("2022年7月19日", "#d20220719"),
        ("July 2022", "#m202207"),
        ("enero de 2021", "#m202101"),
        ("2022-07", "#m202207"),
    ],
)
def test_day_is_read_in_words_and_figures(text: str, sign: str) -> None:
    assert read(text).words[0][0] == sign


@pytest.mark.parametrize("text", ["2022-13-40", "special-2022-07-19", "A/RES/77/281", "2022"])
def test_what_is_no_day_stays_a_word(text: str) -> None:
    assert read(text).day is None


@pytest.mark.parametrize("text", ["45th", "45e", "45ª", "forty-fifth"])
def test_ordinal_is_read_in_words_and_figures(text: str) -> None:
    assert "45th" in read(text).words[0]
    assert {"3rd", "third"} <= set(read("tercer").words[0])


@pytest.mark.parametrize("text", ["SDG 8", "sdg8", "Goal 8", "ODD 8", "ODS n.º 8"])
def test_goal_is_read_by_its_number(text: str) -> None:
    assert (read(text).goal, read(text).is_goal) == (8, True)


def test_goal_among_words_is_no_page_of_its_own() -> None:
    assert (read("laws for SDG 8").goal, read("laws for SDG 8").is_goal) == (8, False)
    assert read("SDG 18").goal is None
    assert (read("climate action").goal, read("climate action").is_goal) == (13, False)


@pytest.mark.parametrize(
    ("text", "kind", "number", "rest"),
    [
        ("paragraph 4 of A/RES/77/281", "provision", "4", "A/RES/77/281"),
        ("artículo 3 de la Ley 5/2011", "provision", "3", "Ley"),
        ("third building block of the OECD", "provision", "3", "OECD"),
        ("part III of the resolution", "provision", "iii", "resolution"),
        ("agenda item 2.1 of the special meeting", "agenda_item", "2.1", "special"),
        ("D3 of the special meeting", "decision", "3", "special"),
        ("decisions of the 45th meeting", "decision", "", "45th"),
    ],
)
def test_place_in_a_record_is_read(text: str, kind: str, number: str, rest: str) -> None:
    reading = read(text)
    assert reading.part is not None
    assert (reading.part.kind, reading.part.number) == (kind, number)
    assert reading.rest[0][0] == rest


def test_words_of_a_question_say_nothing_unless_they_are_all() -> None:
    assert [alike[0] for alike in read("What happened in Murcia?").words] == ["Murcia"]
    assert [alike[0] for alike in read("¿Qué es la Declaración de Toledo?").words] == [
        "Declaración",
        "Toledo",
    ]
    assert read("who").words == [["who", "who*"]]
    assert read("when did WHO join").words[0] == ["WHO", "=WHO"]


def test_terms_of_other_languages_are_read_as_the_records_call_them() -> None:
    assert "action plan" in read("plan d'action").words[0]
    assert read("loi Sénégal").words == [["loi", "law", "act"], ["Sénégal", "Senegal", "Sénégal*"]]
    assert [alike[0] for alike in read("促进社会互助经济").words] == ["促进", "社会互助经济"]


def test_operators_are_left_to_the_database() -> None:
    assert read('"action plan"').is_exact
    assert read("economy -finance").is_exact
    assert read("tourism or finance").is_exact
