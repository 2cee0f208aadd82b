"""What the rules of the search find: days, languages, places, most of the words."""

import pytest
from django.db.models import F
from django.test import Client

from taskforce.models import FormerName, Identifier, InstrumentTitle, OrganizationName, Provision
from tests import make
from tests.search import VISITOR, results, titles
from untfsse.search import find_records

pytestmark = pytest.mark.django_db


def addresses(text: str) -> list[str]:
    """Return where what is found stands."""
    return [hit.url for hit in find_records(text, VISITOR).hits]


def test_record_is_found_by_each_of_its_days() -> None:
    make.meeting(title="Forum", starts_on="2023-10-02", ends_on="2023-10-04", slug="forum")
    make.meeting(title="Other", starts_on="2023-10")
    make.update(title="The forum of 3 October 2023 begins", happened_on="2023-09-01")
    assert titles("3 October 2023") == ["Forum", "The forum of 3 October 2023 begins"]
    assert titles("5 octobre 2023") == []
    assert sorted(titles("octubre de 2023")) == ["Forum", "Other"]


def test_organization_is_found_by_every_name_it_bears() -> None:
    ours = make.organization(name="Labour body", slug="ours")
    for language, name in {
        "ar": "منظمة العمل",
        "zh": "国际劳工组织",
        "ru": "Организация труда",
    }.items():
        make.save(OrganizationName(organization=ours, language=language, name=name, source="A"))
    make.save(FormerName(organization=ours, name="Work bureau"))
    make.save(Identifier(organization=ours, scheme="wikidata", value="Q54129"))
    for text in ("منظمة العمل", "العمل", "国际劳工", "организации труда", "bureau", "Q54129"):
        assert addresses(text) == ["/organizations/ours/"], text


def test_hidden_organization_is_not_found_by_its_names() -> None:
    hidden = make.organization(name="Labour body", status="draft")
    make.save(OrganizationName(organization=hidden, language="fr", name="Quokkade", source="A"))
    assert find_records("quokkade", VISITOR).counts == {}
    assert find_records("quokade", VISITOR).counts == {}


def test_titles_are_found_by_the_stems_of_their_language() -> None:
    instrument = make.instrument(short_title="Law", title="Loi sur les régions", slug="law")
    title = "Cooperativas solidarias"
    make.save(InstrumentTitle(instrument=instrument, language="es", name=title, source="A"))
    assert addresses("régionales") == addresses("cooperativo solidario") == ["/instruments/law/"]


@pytest.mark.slow
def test_places_are_found_with_their_address() -> None:
    instrument = make.instrument(symbol="A/RES/77/281", slug="first", short_title="First text")
    make.provision(instrument=instrument, position=4, kind="operative", number="2", label="Quokkas")
    make.provision(kind="operative", number="2", label="Other")
    meeting = make.meeting(title="Special meeting", slug="special", starts_on="2022-07-19")
    item = make.agenda_item(meeting=meeting, number=1, title="Wombats")
    make.agenda_item(meeting=meeting, parent=item, number=2, title="Numbats")
    make.decision(meeting=meeting, number="UNTFSSE/2022/SM/D3", slug="d3", text="Agreed")
    make.decision(number="UNTFSSE/2023/SM/D3", slug="other", text="Agreed")
    assert addresses("quokkas") == ["/instruments/first/#operative-2"]
    assert addresses("paragraph 2 of A/RES/77/281")[0] == "/instruments/first/#operative-2"
    assert addresses("numbats") == ["/meetings/special/#agenda-1-2"]
    assert addresses("item 1 of 19 July 2022")[0] == "/meetings/special/#agenda-1"
    assert addresses("decisions of 19 July 2022")[0] == "/decisions/d3/"
    assert addresses("D3 of the special meeting")[0] == "/decisions/d3/"


def test_minutes_are_found_once_they_are_out_and_by_their_audience() -> None:
    meeting = make.meeting(title="Meeting", slug="meeting")
    make.agenda_item(meeting=meeting, title="Item", minutes_text="<p>The quokka spoke.</p>")
    assert find_records("quokka", VISITOR).counts == {}


def test_most_of_the_words_are_looked_for_when_nothing_holds_all(client: Client) -> None:
    make.entry(title="Tourism and quokkas")
    make.entry(title="Tourism and wombats in the mountains")
    make.entry(title="Finance")
    response = client.get("/search/", {"q": "tourism wombats mountains abroad"})
    assert "Nothing holds all the words; showing what holds most of them" in response.text
    assert [hit.title for hit in response.context["results"].hits] == [
        "<mark>Tourism</mark> and <mark>wombats</mark> in the <mark>mountains</mark>"
    ]
    assert results(client, q="tourism mountains").is_partial is False


def test_each_word_of_a_long_text_may_be_mistyped() -> None:
    make.entry(title="Statistical measurement of cooperatives")
    make.entry(title="Statistics")
    found = find_records("how is the statisical measurement of coperatives done", VISITOR)
    assert found.guesses == {"statisical": "statistical", "coperatives": "cooperatives"}
    assert found.hits[0].title.count("<mark>") == 3


def test_record_of_a_thing_comes_before_documents_and_news_about_it() -> None:
    make.update(title="Quokka forum", text="Quokka forum " * 20, happened_on="2025-01-01")
    make.document(title="Quokka forum", meeting=make.meeting(title="Elsewhere"))
    make.meeting(title="The forum on the quokka", starts_on="2013")
    assert titles("quokka forum")[0] != "The forum on the quokka"  # a whole name comes first
    assert titles("forum quokka")[0] == "The forum on the quokka"


def test_goal_leads_to_its_page_and_its_records_are_found(client: Client) -> None:
    make.instrument(short_title="Law on quokkas", sdgs=[8])
    make.instrument(short_title="Law on wombats", sdgs=[9])
    assert client.get("/search/?q=SDG+8")["Location"] == "/sdgs/8/"
    assert titles("law SDG 8") == ["Law on quokkas"]


def test_place_is_found_by_its_words_and_those_of_its_record() -> None:
    instrument = make.instrument(symbol="OECD/1", slug="text", short_title="OECD text")
    facts = {"kind": "building_block", "number": "3", "label": "Access to finance for quokkas"}
    make.provision(instrument=instrument, **facts)
    make.provision(**facts)
    assert addresses("OECD access to finance quokkas") == ["/instruments/text/#building_block-3"]


def test_provisions_are_found_at_places_of_the_page_that_stay(client: Client) -> None:
    text = make.instrument(slug="text")
    rows = [
        make.provision(instrument=text, position=position, number=number, label="Quokkas")
        for position, number in [(11, "5 bis"), (12, "IV"), (13, ""), (14, "五")]
    ]
    make.provision(instrument=text, position=15, number="5 bis", kind="article", label="Quokkas")
    before = addresses("quokkas")
    make.provision(instrument=text, position=1, kind="preambular", number="1", label="Wombats")
    Provision.objects.filter(instrument=text).update(position=F("position") + 1)
    assert addresses("quokkas") == before
    assert before == [
        "/instruments/text/#building_block-5-bis",
        "/instruments/text/#building_block-IV",
        f"/instruments/text/#provision-{rows[2].public_id}",
        f"/instruments/text/#provision-{rows[3].public_id}",
        "/instruments/text/#article-5-bis",
    ]
    page = client.get("/instruments/text/").text
    assert [page.count(f'id="{url.partition("#")[2]}"') for url in before] == [1] * 5


def test_record_is_found_by_what_its_noun_is_called() -> None:
    make.meeting(title="Symposium", city="Rome", starts_on="2016")
    make.update(title="From Rome")
    assert titles("meeting in Rome") == ["Symposium"]
    make.entry(title="Wombats")
    assert titles("entry of the encyclopedia on wombats") == ["Wombats"]


def test_minutes_of_a_day_are_the_documents_of_its_meeting() -> None:
    meeting = make.meeting(title="Meeting", starts_on="2023-09-05")
    make.document(title="What was said", meeting=meeting, slug="said")
    make.document(title="Another report", slug="other")
    assert addresses("minutes of 5 September 2023") == ["/documents/said/"]


def test_record_whose_other_title_holds_the_words_comes_before_news(client: Client) -> None:
    make.update(title="Union adopts quokka strategy")
    make.instrument(short_title="The plan", title="Union strategy on the quokka")
    assert titles("union quokka strategy") == ["The plan", "Union adopts quokka strategy"]
