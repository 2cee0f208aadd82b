"""The pages of policy instruments: what they say, who stands behind them."""

from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.pages import part_of, words_of

pytestmark = pytest.mark.django_db


def test_an_instrument_shows_its_official_data(client: Client) -> None:
    text = make.instrument(
        slug="a-res-77-281",
        title="Promoting the social and solidarity economy",
        symbol="A/RES/77/281",
        adopted_on="2023-04-18",
        jurisdiction=["FR", "ES"],
        languages=["en", "fr"],
        is_binding=False,
        licence="un-terms",
        official_url="https://undocs.org/A/RES/77/281",
        official_url_status="pattern",
    )
    make.vote(
        instrument=text,
        stage="plenary",
        mode="without_a_vote",
        in_favour=None,
        body="66th plenary meeting",
        taken_on="2023-04-18",
    )
    make.vote(
        instrument=text,
        stage="committee",
        body="Second Committee",
        in_favour=120,
        against=0,
        abstentions=1,
        countries_abstaining=["AR"],
        taken_on="2022-11-26",
        note="As the summary record says.",
    )

    words = words_of(client.get("/instruments/a-res-77-281/"))

    committee = "120 in favour, 0 against, 1 abstaining; Second Committee; 26 November 2022"
    who = "Abstaining: Argentina As the summary record says."
    assert f"In committee By a recorded vote; {committee} {who} In plenary Without a vote;" in words
    assert "Countries France, Spain" in words
    assert "Binding no Languages English, French" in words
    assert "Licence of the text Terms of use of the United Nations" in words
    assert "Read the official text Link not yet checked" in words


def test_a_link_that_was_seen_needs_no_warning(client: Client) -> None:
    make.instrument(slug="i", official_url="https://example.org/", official_url_status="seen")

    assert "Found in a source" not in words_of(client.get("/instruments/i/"))


def test_each_provision_has_a_place_on_the_page(client: Client) -> None:
    text = make.instrument(slug="i", is_structure_complete=True)
    part = make.provision(instrument=text, position=1, kind="part", number="I", label="First part")
    make.provision(
        instrument=text, position=2, kind="article", number="1", label="Below", parent=part
    )
    last = make.provision(
        instrument=text, position=3, kind="part", number="II", label="Second part"
    )

    page = client.get("/instruments/i/")

    assert part_of(page, "provisions").endswith(
        "Part I First part Cite Article 1 Below Cite Part II Second part Cite "
        "Labels in our own words."
    )
    assert page.content.decode().count(f'id="{last.anchor}"') == 1
    assert last.get_absolute_url() == "/instruments/i/#part-II"


def test_an_incomplete_list_of_provisions_says_so(client: Client) -> None:
    make.provision(instrument=make.instrument(slug="i"))

    assert "The list is not complete." in part_of(client.get("/instruments/i/"), "provisions")


def test_parties_are_grouped_by_role_and_the_unsure_are_hidden(client: Client) -> None:
    text = make.instrument(slug="i")
    for country, role in [("SN", "main_sponsor"), ("FR", "sponsor"), ("ES", "sponsor")]:
        make.instrument_party(instrument=text, country=country, role=role)
    make.instrument_party(instrument=text, country="BR", role="sponsor", confidence="low")
    body = make.organization(name="Secret body", status="draft")
    make.instrument_party(instrument=text, organization=body, role="sponsor")

    page = client.get("/instruments/i/")

    named = [
        (str(group["role"]), [party["name"] for party in group["parties"]])
        for group in page.context["parties"]
    ]
    assert named == [("Main sponsor", ["Senegal"]), ("Sponsor", ["France", "Spain"])]
    assert "secret" not in page.content.decode().lower()
    assert "Brazil" not in page.content.decode()


def test_related_texts_stand_in_a_line_read_both_ways(client: Client) -> None:
    old = make.instrument(slug="old", short_title="Old text", symbol="A/1", adopted_on="2022-06-10")
    new = make.instrument(slug="new", short_title="New text", symbol="A/2", adopted_on="2024-12")
    between = make.instrument(short_title="Another text", symbol="", adopted_on="2023-04-18")
    make.instrument_relation(source=new, target=old, kind="follows_up")
    make.instrument_relation(source=new, target=old, kind="cites")
    make.instrument_relation(source=between, target=new, kind="supports")
    make.instrument_relation(source=new, target_label="A text outside", kind="cites")
    draft = make.instrument(short_title="Secret text", status="draft")
    make.instrument_relation(source=draft, target=old, kind="amends")
    make.instrument_relation(source=new, kind="supports", confidence="low")

    read = {
        slug: [
            (step["title"], step["note"], step.get("url", ""))
            for step in client.get(f"/instruments/{slug}/").context["texts"]
        ]
        for slug in ["old", "new"]
    }

    assert read == {
        "old": [
            ("Old text", "This text", ""),
            ("New text", "Cited by, Followed by · A/2", "/instruments/new/"),
        ],
        "new": [
            ("Old text", "Cites, Follows up · A/1", "/instruments/old/"),
            ("Another text", "Supported by", between.get_absolute_url()),
            ("New text", "This text", ""),
            ("A text outside", "Cites", ""),
        ],
    }


def test_steps_are_in_the_order_of_their_days(client: Client) -> None:
    text = make.instrument(slug="i")
    make.instrument_event(instrument=text, wording="Adopted", happened_on="2023-04-18")
    make.instrument_event(instrument=text, wording="Tabled", happened_on="2022-12")
    make.instrument_event(instrument=text, wording="Rumoured", confidence="low")

    steps = client.get("/instruments/i/").context["steps"]

    assert [step["title"] for step in steps] == ["Tabled", "Adopted"]


@pytest.mark.parametrize("rows", [1, 3])
def test_an_instrument_asks_the_same_number_of_questions(
    client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    text = make.instrument(slug="i", issuing_organization=make.organization())
    for number in range(rows):
        part = make.provision(instrument=text)
        make.provision(instrument=text, parent=part)
        make.instrument_event(instrument=text, wording=f"Step {number}")
        make.instrument_party(instrument=text, organization=make.organization())
        make.instrument_relation(source=text)
        make.instrument_relation(target=text)
        make.rendition(document=make.document(instrument=text))
        make.update().instruments.add(text)
        item = make.agenda_item()
        item.instruments.add(text)
        make.decision(meeting=item.meeting, agenda_item=item)

    with django_assert_num_queries(4):
        assert client.get("/instruments/i/").status_code == 200


@pytest.mark.parametrize(
    ("language", "attributes"),
    [("fr", ' lang="fr"'), ("ar", ' lang="ar" dir="rtl"'), ("", "")],
)
def test_official_title_says_its_language(client: Client, language: str, attributes: str) -> None:
    instrument = make.instrument(title="Official words", title_language=language)
    page = client.get(instrument.get_absolute_url()).text
    assert f"<dt>Official title</dt>\n    <dd{attributes}>Official words</dd>" in page
    told = client.get(f"/api/v1/instruments/{instrument.slug}/").json()
    assert told["title_language"] == (language or None)
