"""The line of texts: drawn and as a list, each with its votes and what it does to others."""

import re
from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.pages import part_of, plain, text_of

pytestmark = pytest.mark.django_db
PATH = "/instruments/timeline/"


@pytest.fixture(scope="module")
def texts(module_db: None) -> dict[str, Any]:
    """Three resolutions, of which one follows up another, a law, and a hidden one."""
    ilo = make.instrument(
        short_title="ILO resolution", slug="ilo", symbol="", adopted_on="2022-06-10"
    )
    first = make.instrument(symbol="A/RES/77/281", slug="first", adopted_on="2023-04-18")
    second = make.instrument(symbol="A/RES/79/213", slug="second", adopted_on="2024-12-19")
    law = make.instrument(short_title="Old law", level="national", adopted_on=None)
    hidden = make.instrument(short_title="Secret", status="draft", adopted_on="2021")
    make.instrument_relation(source=second, target=first, kind="follows_up")
    make.instrument_relation(source=first, target=ilo, kind="cites")
    make.instrument_relation(source=hidden, target=ilo, kind="cites")
    make.instrument_relation(source=first, target=None, target_label="Agenda", kind="cites")
    make.vote(
        instrument=first,
        mode="consensus",
        in_favour=None,
        body="General Assembly",
        taken_on="2023-04-18",
    )
    rows = {}
    for text in (first, second):
        rows[text.slug] = make.provision(instrument=text, kind="operative", number="2")
    gone = make.provision(instrument=first, kind="operative", number="9")
    make.provision_relation(
        provision=rows["second"], earlier_provision=rows["first"], kind="strengthened"
    )
    make.provision_relation(
        instrument=second,
        earlier_instrument=first,
        provision=None,
        earlier_provision=gone,
        kind="dropped",
    )
    titles = {"ar": "قرار", "fr": "Résolution"}
    for language, name in titles.items():
        first.titles.create(language=language, name=name, source="A/RES/77/281")
    return {"first": first, "second": second, "ilo": ilo, "law": law}


def test_all_texts_stand_under_their_years_with_votes_and_relations_both_ways(
    texts: Any, client: Client
) -> None:
    page = client.get(PATH)

    years = re.findall(r'<h2 id="(?:y|un)(\w+)"', page.text)
    assert years == ["2024", "2023", "2022", "dated"]
    first = part_of(page, "y2023")
    assert "By consensus; General Assembly; 18 April 2023" in first
    assert "Cites: ILO resolution, Agenda" in first
    assert "Followed by: A/RES/79/213" in first
    second = part_of(page, "y2024")
    assert "Follows up: A/RES/77/281" in second
    assert 'href="/instruments/second/since/first/">What changed since A/RES/77/281' in page.text
    assert "Cited by: A/RES/77/281" in part_of(page, "y2022")
    assert "Old law" in part_of(page, "undated")
    assert "Secret" not in page.text
    assert f'href="{PATH}"' in client.get("/instruments/").text


def test_texts_that_continue_one_another_are_drawn_on_one_strand(
    texts: Any, client: Client
) -> None:
    drawing = client.get(PATH).context["lineage"].drawing

    told = [(strand.label, len(strand.dots)) for strand in drawing.strands]
    assert told == [("A/RES/77/281 → A/RES/79/213", 2), ("Global, single texts", 1)]
    assert len(drawing.curves) == 1
    [(x, _y), (later_x, _later_y)] = drawing.strands[0].dots
    assert x < later_x


@pytest.mark.parametrize("rows", [1, 3])
def test_the_line_of_texts_asks_the_same_number_of_questions(
    db: None, client: Client, django_assert_num_queries: Any, rows: int
) -> None:
    for _ in range(rows):
        relation = make.instrument_relation()
        make.vote(instrument=relation.source)
        make.provision_relation()
    with django_assert_num_queries(4):
        assert client.get(PATH).status_code == 200


def test_a_provision_leads_to_what_became_of_it_both_ways(texts: Any, client: Client) -> None:
    later = client.get("/instruments/second/").text
    earlier = client.get("/instruments/first/").text

    at = "/instruments/second/since/first/"
    assert f'<a href="{at}#operative-2">Strengthened since A/RES/77/281</a>' in later
    assert f'<a href="{at}#operative-2">Strengthened in A/RES/79/213</a>' in earlier
    assert f'<a href="{at}#dropped-operative-9">Dropped in A/RES/79/213</a>' in earlier
    for place in ("operative-2", "dropped-operative-9"):
        assert f'id="{place}"' in client.get(at).text


def test_an_instrument_shows_its_titles_in_all_languages(texts: Any, client: Client) -> None:
    page = client.get("/instruments/first/").text

    assert '<dd lang="ar" dir="rtl">قرار</dd>' in page
    assert '<dd lang="fr">Résolution</dd>' in page
    assert "Title in Arabic قرار" in plain(page)
    assert "Title in" not in text_of(client.get("/instruments/ilo/"))
