"""A pasted text becomes provisions, as far as its licence lets it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from taskforce import services
from taskforce.models import Provision, ProvisionText
from taskforce.services import ProposedProvision, split_provisions
from tests import make


def outline(text: str) -> list[tuple[str, str, str, int | None]]:
    return [(row.kind, row.number, row.label, row.parent) for row in split_provisions(text)]


# --- Splitting -----------------------------------------------------------------------------


def test_a_resolution_has_a_preamble_and_numbered_paragraphs_with_letters() -> None:
    text = """Recalling its resolution 70/1
of 25 September 2015,

Deeply concerned about inequality,

1. Encourages Member States to promote strategies,
policies and programmes;
2. Encourages relevant entities:
(a) To give due consideration;
(b) To report;
3. Requests a report."""
    assert outline(text) == [
        ("preambular", "1", "Recalling its resolution 70/1 of 25 September 2015", None),
        ("preambular", "2", "Deeply concerned about inequality", None),
        (
            "operative",
            "1",
            "Encourages Member States to promote strategies, policies and programmes",
            None,
        ),
        ("operative", "2", "Encourages relevant entities:", None),
        ("operative", "2(a)", "To give due consideration", 3),
        ("operative", "2(b)", "To report", 3),
        ("operative", "3", "Requests a report", None),
    ]


def test_conclusions_have_roman_parts_over_paragraphs_that_count_on() -> None:
    text = "I. Scope\n1. First.\n2. See Article 4 of it.\nII. Definition\n3. Third."
    assert outline(text) == [
        ("part", "I", "Scope", None),
        ("operative", "1", "First", 0),
        ("operative", "2", "See Article 4 of it", 0),
        ("part", "II", "Definition", None),
        ("operative", "3", "Third", 3),
    ]


def test_a_law_has_titles_chapters_and_articles_whose_paragraphs_count_anew() -> None:
    text = """TITLE I - GENERAL PROVISIONS
CHAPTER 1. Purpose
Article 1. Scope
This law sets out a framework.
Article 2 bis. Definitions
1. For this law:
a) one thing;
2. More.
CHAPTER 2. Principles
Article 3
1. Freedom."""
    assert outline(text) == [
        ("title", "I", "GENERAL PROVISIONS", None),
        ("chapter", "1", "Purpose", 0),
        ("article", "1", "Scope", 1),
        ("article", "2 bis", "Definitions", 1),
        ("operative", "2 bis(1)", "For this law:", 3),
        ("operative", "2 bis(1)(a)", "one thing", 4),
        ("operative", "2 bis(2)", "More", 3),
        ("chapter", "2", "Principles", 0),
        ("article", "3", "Article 3", 7),
        ("operative", "3(1)", "Freedom", 8),
    ]
    assert split_provisions(text)[2].text == "This law sets out a framework."


def test_parts_that_count_anew_are_told_apart() -> None:
    assert outline("I. One\n1. First.\nII. Two\n1. Again.")[3] == (
        "operative",
        "II.1",
        "Again",
        2,
    )


def test_decimal_numbers_stand_under_each_other() -> None:
    assert outline("1. First\n1.1 Sub\n1.1.1. Deep\n2) Second") == [
        ("operative", "1", "First", None),
        ("operative", "1.1", "Sub", 0),
        ("operative", "1.1.1", "Deep", 1),
        ("operative", "2", "Second", None),
    ]


@pytest.mark.parametrize("mark", ["•", "-", "*", "\N{EN DASH}", "▪"])
def test_bullets_have_no_number(mark: str) -> None:
    assert outline(f"{mark} Social innovation\n{mark} Finance") == [
        ("topic", "", "Social innovation", None),
        ("topic", "", "Finance", None),
    ]


def test_a_text_without_marks_is_split_at_its_blank_lines() -> None:
    assert [row.text for row in split_provisions("One.\n\nTwo,\non two lines.")] == [
        "One.",
        "Two, on two lines.",
    ]


def test_a_letter_that_looks_roman_opens_no_part() -> None:
    assert [row.kind for row in split_provisions("1. First.\nC. A bank.\nV. A sign.")] == [
        "operative"
    ]


def test_a_long_paragraph_is_labelled_by_its_first_words() -> None:
    (row,) = split_provisions(f"1. {'word ' * 100}end.")
    assert (len(row.label), row.label[-1], row.text.endswith("end.")) == (120, "…", True)


@pytest.mark.parametrize("text", ["", "  \n\n \t", "\x00", "\ufeff\r\n"])
def test_nothing_gives_nothing(text: str) -> None:
    assert split_provisions(text) == []


def test_odd_signs_break_nothing() -> None:
    assert outline("²) square\x00 \u2028 root\r\n1. One\xa0two") == [
        ("operative", "", "²) square root", None),
        ("operative", "1", "One two", None),
    ]


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValidationError, match="too long"):
        split_provisions("x" * 500_001)
    with pytest.raises(ValidationError, match="more provisions"):
        split_provisions("• one\n" * 2_001)


# --- Adding --------------------------------------------------------------------------------


def test_provisions_come_after_those_that_are_there(db: None) -> None:
    instrument = make.instrument(licence="public-domain")
    make.provision(instrument=instrument, position=7)
    proposals = split_provisions("I. Scope\n1. Whoever works, is included.")
    added = services.add_provisions(instrument, proposals, by=None)
    assert [(row.position, row.number, row.parent) for row in added] == [
        (8, "I", None),
        (9, "1", added[0]),
    ]
    assert [(row.provision, row.language, row.text) for row in ProvisionText.objects.all()] == [
        (added[1], "en", "Whoever works, is included."),
    ]


@pytest.mark.parametrize("licence", ["", "all-rights-reserved", "un-terms", "CC-BY-NC-ND-4.0"])
def test_a_licence_that_forbids_it_keeps_the_text_out(db: None, licence: str) -> None:
    instrument = make.instrument(licence=licence)
    with pytest.raises(ValidationError, match="does not let us show it"):
        services.add_provisions(
            instrument, [ProposedProvision("article", "1", "Scope", "Their words")], by=None
        )
    (label,) = services.add_provisions(
        instrument, [ProposedProvision("article", "1", "Scope", "")], by=None
    )
    assert (label.label, label.texts.count()) == ("Scope", 0)


def test_errors_name_the_proposal_and_nothing_is_added(db: None) -> None:
    instrument = make.instrument()
    make.provision(instrument=instrument, kind="article", number="1")
    proposals = [
        ProposedProvision("article", "2", "Fine", ""),
        ProposedProvision("article", "1", "Taken", ""),
        ProposedProvision("nonsense", "3", " ", ""),
    ]
    with pytest.raises(ValidationError) as refusal:
        services.add_provisions(instrument, proposals, by=None)
    assert list(refusal.value.message_dict) == ["2", "3"]
    assert refusal.value.message_dict["2"] == ["Another provision has this kind and number."]
    assert Provision.objects.count() == 1


def test_a_provision_does_not_stand_under_a_later_one(db: None) -> None:
    with pytest.raises(ValidationError, match="comes later"):
        services.add_provisions(
            make.instrument(), [ProposedProvision("article", "1", "A", "", parent=0)], by=None
        )


def test_who_may_not_add_provisions_adds_none(db: None) -> None:
    with pytest.raises(PermissionDenied):
        services.add_provisions(make.instrument(), [], by=make.user(is_staff=True))
