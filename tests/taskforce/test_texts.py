"""The words of instruments: two languages side by side, and what changed from text to text."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from taskforce.models import PolicyInstrument, ProvisionRelation
from taskforce.redline import Piece, compare, likeness
from taskforce.services import propose_relations
from tests import make
from tests.pages import words_of
from tests.staff import sign_in
from untfsse.kit.records.roles import EDITOR, SECRETARIAT

BEFORE = "Encourages entities to give due consideration to the economy of all;"
AFTER = "Encourages entities to mainstream the economy of all;"


# --- Words -----------------------------------------------------------------------------------


def test_the_words_that_changed_are_found() -> None:
    assert compare(BEFORE, AFTER) == [
        Piece("Encourages entities to "),
        Piece("give due consideration to ", is_gone=True),
        Piece("mainstream ", is_new=True),
        Piece("the economy of all;"),
    ]


@pytest.mark.parametrize(
    ("earlier", "later", "gone", "new"),
    [
        ("适当考虑将社会经济纳入主流", "将社会经济纳入主流", ["适当考虑"], []),
        ("تشجع الدول على إيلاء الاعتبار", "تحثّ الدول على إيلاء الاعتبار", ["تشجع "], ["تحثّ "]),
        (
            "à l\u2019économie sociale,",
            "à l\u2019économie solidaire;",
            ["sociale,"],
            ["solidaire;"],
        ),
        ("", "New words.", [], ["New words."]),
        ("Old words.", "", ["Old words."], []),
        ("One\n\ntwo", "One two", [], []),
    ],
)
def test_words_are_compared_in_every_script(
    earlier: str, later: str, gone: list[str], new: list[str]
) -> None:
    pieces = compare(earlier, later)
    assert [piece.text for piece in pieces if piece.is_gone] == gone
    assert [piece.text for piece in pieces if piece.is_new] == new
    assert "".join(piece.text for piece in pieces if not piece.is_gone) == later


@pytest.mark.slow
def test_a_text_of_many_pages_is_not_compared_word_by_word() -> None:
    long = "word " * 2_001
    assert compare(long, "word") == [Piece(long, is_gone=True), Piece("word", is_new=True)]
    assert compare(long, long) == [Piece(long)]


def test_likeness_counts_the_words_in_common() -> None:
    assert likeness(BEFORE, BEFORE) == 1
    assert 0.7 < likeness(BEFORE, AFTER) < 0.9
    assert likeness(BEFORE, "Requests a report.", least=0.4) == 0


# --- Side by side ----------------------------------------------------------------------------


@pytest.fixture
def text(db: None) -> PolicyInstrument:
    """A text of two paragraphs, the first in three languages."""
    text = make.instrument(slug="later", short_title="Later text", licence="public-domain")
    first = make.provision(instrument=text, kind="operative", number="1", position=1, text=AFTER)
    make.provision_text(provision=first, language="ar", text="تشجع الكيانات")
    make.provision_text(provision=first, language="fr", text="Encourage les entités ;")
    second = make.provision(instrument=text, kind="operative", number="2", position=2)
    source = "https://undocs.org/fr/A/RES/79/1"
    make.provision_text(provision=second, language="fr", text="Demande un rapport.", source=source)
    return text


def cells(page: Any) -> list[list[tuple[str, str, str]]]:
    return [
        [(cell["code"], cell["direction"], cell["words"]) for cell in row["cells"]]
        for row in page.context["rows"]
    ]


def test_two_languages_stand_side_by_side_paragraph_by_paragraph(
    client: Client, text: PolicyInstrument
) -> None:
    page: Any = client.get("/instruments/later/text/?left=fr&right=ar")

    assert cells(page) == [
        [("fr", "ltr", "Encourage les entités ;"), ("ar", "rtl", "تشجع الكيانات")],
        [("fr", "ltr", "Demande un rapport."), ("ar", "rtl", "")],
    ]
    shown = page.content.decode()
    assert '<section id="operative-1"' in shown
    assert '<blockquote lang="ar" dir="rtl"><p>تشجع الكيانات</p></blockquote>' in shown
    assert "Operative paragraph 2" in words_of(page)
    assert "Demande un rapport. Not held in Arabic." in words_of(page)
    assert f"Public domain. Taken from: {text.symbol} (French)" in words_of(page)


@pytest.mark.parametrize("query", ["", "?left=tlh&right=", "?left=en&right=fr"])
def test_without_a_choice_english_and_french_are_shown(
    query: str, client: Client, text: PolicyInstrument
) -> None:
    page: Any = client.get(f"/instruments/later/text/{query}")
    assert [language["code"] for language in page.context["languages"]] == ["en", "fr"]


def test_one_language_needs_no_choice_and_none_says_so(client: Client, text: Any) -> None:
    same: Any = client.get("/instruments/later/text/?left=fr&right=fr")
    assert [len(row) for row in cells(same)] == [1, 1]
    make.instrument(slug="closed", official_url="https://example.org/text")
    closed = client.get("/instruments/closed/text/").content.decode()
    assert "Its words are not held here" in closed
    assert '<a href="https://example.org/text">Read the official text</a>' in closed


def test_the_instrument_leads_to_its_words(client: Client, text: PolicyInstrument) -> None:
    shown = client.get("/instruments/later/").content.decode()
    assert (
        '<a href="/instruments/later/text/">Read its words in two of 3 languages, side by side</a>'
        in shown
    )
    make.instrument(slug="closed")
    assert "/text/" not in client.get("/instruments/closed/").content.decode()


@pytest.mark.parametrize("address", ["text/", "since/earlier/"])
def test_the_words_of_a_draft_are_not_shown(
    address: str, client: Client, text: PolicyInstrument
) -> None:
    compared(text)
    PolicyInstrument.objects.filter(slug="later").update(status="draft")
    assert client.get(f"/instruments/later/{address}").status_code == 404


# --- Redline ---------------------------------------------------------------------------------


def compared(text: PolicyInstrument, **facts: Any) -> ProvisionRelation:
    """Compare the first paragraph of a text with one of an earlier text."""
    earlier = make.instrument(slug="earlier", short_title="Earlier text", licence="public-domain")
    before = make.provision(instrument=earlier, kind="operative", number="7", text=BEFORE)
    make.provision_text(provision=before, language="ar", text="تدعو الكيانات")
    dropped = make.provision(instrument=earlier, kind="operative", number="8", text="Old words.")
    make.provision_relation(
        instrument=text, provision=None, earlier_provision=dropped, kind="dropped"
    )
    return make.provision_relation(
        provision=text.provisions.get(number="1"),
        earlier_provision=before,
        **{"kind": "strengthened", **facts},
    )


def test_the_page_marks_the_words_that_changed(client: Client, text: PolicyInstrument) -> None:
    compared(text)

    page: Any = client.get("/instruments/later/since/earlier/")

    shown = page.content.decode()
    hidden = '<span class="visually-hidden" lang="en">'
    assert (
        f"<p>Encourages entities to <del>{hidden}removed: </span>give due consideration to </del>"
        f"<ins>{hidden}added: </span>mainstream </ins>the economy of all;</p>" in shown
    )
    words = words_of(page)
    assert "Operative paragraph 1 Strengthened" in words
    assert "Operative paragraph 8 Dropped" in words
    notes = re.findall(r'<p class="note">\s*(Before|Now):(.*?)</p>', shown, re.DOTALL)
    assert [name for name, _link in notes] == ["Before", "Now", "Before"]
    assert f"<del>{hidden}removed: </span>Old words.</del>" in shown


def test_both_languages_are_offered_and_no_other(client: Client, text: PolicyInstrument) -> None:
    compared(text)
    page: Any = client.get("/instruments/later/since/earlier/?text=ar")
    assert [code for code, _label in page.context["form"].fields["text"].choices] == ["en", "ar"]
    shown = page.content.decode()
    assert '<blockquote class="redline prose" lang="ar" dir="rtl">' in shown
    assert "The words of both texts are not held here." in shown


def test_only_what_an_editor_is_sure_of_is_shown(client: Client, text: PolicyInstrument) -> None:
    relation = compared(text, confidence="low")
    words = words_of(client.get("/instruments/later/since/earlier/"))
    assert "Strengthened" not in words
    assert "Dropped" in words
    ProvisionRelation.objects.exclude(pk=relation.pk).delete()
    assert client.get("/instruments/later/since/earlier/").status_code == 404
    assert "since" not in client.get("/instruments/later/").content.decode()


def test_both_texts_lead_to_the_comparison(client: Client, text: PolicyInstrument) -> None:
    compared(text)
    link = '<a href="/instruments/later/since/earlier/">'
    later, earlier = (
        client.get(f"/instruments/{slug}/").content.decode() for slug in ("later", "earlier")
    )
    assert f"{link}What changed since “Earlier text”</a>" in later
    assert f"{link}What became of it in “Later text”</a>" in earlier


# --- Proposed by likeness --------------------------------------------------------------------


def said() -> list[tuple[str, str, str, str, str]]:
    return [
        (
            row.kind,
            row.provision.number if row.provision else "",
            row.earlier_provision.number if row.earlier_provision else "",
            row.confidence,
            row.internal_note,
        )
        for row in ProvisionRelation.objects.order_by("id")
    ]


def test_what_became_of_each_provision_is_proposed(text: PolicyInstrument) -> None:
    earlier = make.instrument(licence="public-domain")
    for number, words in [("3", "Old words."), ("4", BEFORE)]:
        make.provision(instrument=earlier, kind="operative", number=number, text=words)
    make.provision(instrument=earlier, kind="preambular", number="1", text=AFTER)
    fresh = make.provision(instrument=text, kind="operative", number="5", text="Fresh idea here.")

    propose_relations(text, earlier, by=None)

    alone = "Proposed: no provision of the other text has like words."
    assert said() == [
        ("carried_over", "1", "4", "low", "Proposed: 76 % of the words are alike."),
        ("new", fresh.number, "", "low", alone),
        ("dropped", "", "3", "low", alone),
        ("dropped", "", "1", "low", alone),
    ]
    assert propose_relations(text, earlier, by=None) == []


def test_texts_without_a_common_language_are_not_compared(text: PolicyInstrument) -> None:
    with pytest.raises(ValidationError, match="not held in a common language"):
        propose_relations(text, make.instrument(), by=None)
    with pytest.raises(ValidationError, match="Choose another text"):
        propose_relations(text, text, by=None)


@pytest.mark.slow
def test_an_editor_asks_for_proposals_and_judges_them(
    client: Client, text: PolicyInstrument
) -> None:
    sign_in(client, EDITOR)
    earlier = make.instrument(slug="earlier", licence="public-domain")
    make.provision(instrument=earlier, kind="operative", number="7", text=BEFORE)
    page = f"/admin/taskforce/policyinstrument/{text.pk}/do/compare/"
    done: Any = client.post(page, {"earlier": earlier.pk}, follow=True)
    assert "1 proposal is made." in done.content.decode()
    assert done.context["cl"].result_count == 1
    assert Client().get("/instruments/later/since/earlier/").status_code == 404

    sign_in(client, SECRETARIAT)
    [relation] = ProvisionRelation.objects.all()
    change = f"/admin/taskforce/provisionrelation/{relation.pk}/change/"
    assert client.get(change).status_code == 200
    client.post(f"/admin/taskforce/provisionrelation/{relation.pk}/do/verify/")
    shown = Client().get("/instruments/later/since/earlier/").content.decode()
    assert "mainstream </ins>" in shown


# --- Concordance -----------------------------------------------------------------------------


def filed(issuer: str, label: str, *topics: str, **facts: Any) -> None:
    text = make.instrument(issuing_acronym=issuer, symbol=f"{issuer}/1", **facts)
    make.provision(instrument=text, kind="article", number="1", label=label).tags.add(*topics)


def test_a_topic_of_several_bodies_brings_their_provisions_together(
    client: Client, db: None, django_assert_max_num_queries: Any
) -> None:
    filed("UN", "Finance for all", "finance", "law")
    filed("ILO", "Access to funds", "finance")
    filed("OECD", "Hidden funds", "finance", "law", status="draft")

    with django_assert_max_num_queries(4):
        page: Any = client.get("/instruments/concordance/")

    assert [
        (row["topic"].name, [body["name"] for body in row["bodies"]])
        for row in page.context["topics"]
    ] == [("finance", ["ILO", "UN"])]
    words = words_of(page)
    assert (
        "finance ILO Access to funds Article 1, ILO/1 UN Finance for all Article 1, UN/1" in words
    )
    assert '<a href="/instruments/concordance/">' in client.get("/instruments/").content.decode()
