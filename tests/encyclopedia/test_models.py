"""Each rule of the Encyclopedia twice: the editor's sentence, and PostgreSQL's refusal."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from encyclopedia.models import (
    Authorship,
    Editorship,
    Entry,
    EntryRelation,
    Part,
    Suggestion,
    Work,
)
from tests import make

type Case = tuple[models.Model, dict[str, Any]]

LOW = "A record of low confidence cannot be published before it is verified."
MOMENT = "A published record needs the moment of publication."
REASON = "Say why the record is withdrawn."
LIST = "Sources are a list."
NO_LIST: dict[str, Any] = {"sources": {}, "confidence": "medium"}
HIGH = "High confidence needs a source with a web address: add one, or choose medium."
NO_ADDRESS: dict[str, Any] = {"sources": [{"title": "A book", "url": None}]}


# --- Rules of one row: what breaks them, and the sentence ----------------------------------

ROW_RULES: list[tuple[str, Callable[[], models.Model], dict[str, Any], str]] = [
    ("work_published_has_a_moment", make.work, {"published_at": None}, MOMENT),
    ("work_withdrawn_has_a_reason", make.work, {"status": "withdrawn"}, REASON),
    ("work_sources_are_a_list", make.work, NO_LIST, LIST),
    ("work_high_confidence_has_an_address", make.work, NO_ADDRESS, HIGH),
    (
        "work_low_confidence_is_verified_before_published",
        make.work,
        {"confidence": "low"},
        LOW,
    ),
    (
        "part_ends_after_it_starts",
        make.part,
        {"first_entry": 58},
        "The last entry comes before the first.",
    ),
    ("editorship_sources_are_a_list", make.editorship, NO_LIST, LIST),
    ("editorship_high_confidence_has_an_address", make.editorship, NO_ADDRESS, HIGH),
    ("entry_published_has_a_moment", make.entry, {"published_at": None}, MOMENT),
    ("entry_withdrawn_has_a_reason", make.entry, {"status": "withdrawn"}, REASON),
    ("entry_sources_are_a_list", make.entry, NO_LIST, LIST),
    ("entry_high_confidence_has_an_address", make.entry, NO_ADDRESS, HIGH),
    (
        "entry_low_confidence_is_verified_before_published",
        make.entry,
        {"confidence": "low"},
        LOW,
    ),
    ("entry_sdgs_are_goals", make.entry, {"sdgs": [18]}, "The goals are numbers from 1 to 17."),
    ("authorship_sources_are_a_list", make.authorship, NO_LIST, LIST),
    ("authorship_high_confidence_has_an_address", make.authorship, NO_ADDRESS, HIGH),
]


@pytest.mark.parametrize(("rule", "build", "facts", "sentence"), ROW_RULES)
def test_a_broken_rule_is_refused_by_postgresql_and_told_in_a_sentence(
    db: None, rule: str, build: Callable[[], models.Model], facts: dict[str, Any], sentence: str
) -> None:
    record = build()
    rows = type(record)._default_manager.filter(pk=record.pk)
    with pytest.raises(IntegrityError, match=f'"{rule}"'), transaction.atomic():
        rows.update(**facts)
    for name, value in facts.items():
        setattr(record, name, value)
    with pytest.raises(ValidationError) as refused:
        record.validate_constraints()
    assert refused.value.messages == [sentence]


# --- Rules between rows: a second row that must not be there -------------------------------


def same_part_number() -> models.Model:
    part = make.part(number=1)
    return Part(work=part.work, number=1, title="Again", first_entry=1, last_entry=2)


def same_editor() -> models.Model:
    first = make.editorship()
    return Editorship(work=first.work, person=first.person, role="editor", position=9)


def same_entry_number() -> models.Model:
    entry = make.entry(number=7)
    return Entry(**make.published(part=entry.part, number=7, title="Again", slug="again"))


def same_author() -> models.Model:
    first = make.authorship(position=1)
    return Authorship(entry=first.entry, person=first.person, position=2)


def same_relation() -> models.Model:
    pair = make.entry_relation(make.entry(), make.entry())
    return EntryRelation(first=pair.first, second=pair.second)


def relation_to_itself() -> models.Model:
    entry = make.entry()
    return EntryRelation(first=entry, second=entry)


def relation_the_wrong_way_round() -> models.Model:
    older, newer = make.entry(), make.entry()
    return EntryRelation(first=newer, second=older)


def same_suggestion() -> models.Model:
    first = make.suggestion()
    return Suggestion(entry=first.entry, kind=first.kind, value=first.value)


def same_slug() -> models.Model:
    entry = make.entry(slug="commons")
    return Entry(**make.published(part=entry.part, number=99, title="Again", slug="commons"))


PAIR = "Two different entries are related, and the pair is kept once."
PAIR_RULES: list[tuple[str, Callable[[], models.Model], str]] = [
    (
        "part_has_its_own_number",
        same_part_number,
        "Another part of this work has this number.",
    ),
    ("editorship_is_listed_once", same_editor, "This editor is already listed."),
    ("entry_has_its_own_number", same_entry_number, "Another entry has this number."),
    ("authorship_is_listed_once", same_author, "This author is already listed."),
    (
        "entryrelation_is_listed_once",
        same_relation,
        "These two entries are already related.",
    ),
    ("entryrelation_has_the_lower_id_first", relation_to_itself, PAIR),
    ("entryrelation_has_the_lower_id_first", relation_the_wrong_way_round, PAIR),
    ("suggestion_is_made_once", same_suggestion, "This suggestion is already there."),
    (
        "encyclopedia_entry_slug_key",
        same_slug,
        "This address is taken. Choose a different one.",
    ),
]


@pytest.mark.parametrize(("rule", "build", "sentence"), PAIR_RULES)
def test_a_double_is_told_in_a_sentence(
    db: None, rule: str, build: Callable[[], models.Model], sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        build().full_clean()
    assert refused.value.messages == [sentence]


@pytest.mark.parametrize(("rule", "build", "sentence"), PAIR_RULES)
def test_a_double_is_refused_by_postgresql(
    db: None, rule: str, build: Callable[[], models.Model], sentence: str
) -> None:
    record = build()
    with pytest.raises(IntegrityError, match=f'"{rule}"'), transaction.atomic():
        type(record)._default_manager.bulk_create([record])


def test_two_authors_do_not_share_a_position(db: None) -> None:
    first = make.authorship(position=1)
    second = Authorship(entry=first.entry, person=make.person(), position=1)
    with pytest.raises(ValidationError) as refused:
        second.full_clean()
    assert refused.value.messages == ["Another author has this position."]


def test_postgresql_lets_authors_change_places_but_not_share_one(db: None) -> None:
    first = make.authorship(position=1)
    second = make.authorship(entry=first.entry, position=2)
    with connection.cursor() as cursor:
        Authorship.objects.filter(pk=first.pk).update(position=2)
        Authorship.objects.filter(pk=second.pk).update(position=1)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="authorship_has_its_own_position"):
            Authorship.objects.filter(pk=first.pk).update(position=1)


def test_every_rule_of_the_database_is_tried_here() -> None:
    nouns = (Work, Part, Editorship, Entry, Authorship, EntryRelation, Suggestion)
    declared = {
        constraint.name % {"class": noun._meta.model_name}
        for noun in nouns
        for constraint in noun._meta.constraints
    }
    tried = {rule for rule, *_ in [*ROW_RULES, *PAIR_RULES]} | {"authorship_has_its_own_position"}
    assert declared - tried == set()


# --- Words that are checked before the database is asked -----------------------------------


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("doi", "not a doi", "This is not a DOI, such as 10.4337/9781803920924."),
        ("isbn_ebook", "9781803920925", "This is not an ISBN."),
        ("publisher_url", "javascript:alert(1)", "Enter a valid URL."),
    ],
)
def test_a_work_refuses_what_is_no_identifier(
    db: None, field: str, value: str, sentence: str
) -> None:
    work = make.work()
    setattr(work, field, value)
    with pytest.raises(ValidationError) as refused:
        work.full_clean()
    assert refused.value.message_dict == {field: [sentence]}


def test_an_entry_refuses_a_goal_twice(db: None) -> None:
    entry = make.entry()
    entry.sdgs = [8, 8]
    with pytest.raises(ValidationError) as refused:
        entry.full_clean()
    assert refused.value.message_dict == {
        "sdgs": ["The goals are numbers from 1 to 17, each once."]
    }


def test_names_and_addresses(db: None) -> None:
    part = make.part(number=2, title="Actors")
    entry = make.entry(part=part, title="Youth", slug="youth")
    author = make.authorship(entry=entry, person=make.person(name="Ana Inés Heras"))
    assert str(part) == "2. Actors"
    assert str(entry) == "Youth"
    assert str(author) == "Ana Inés Heras"
    assert entry.get_absolute_url() == "/encyclopedia/youth/"
    assert part.work.get_absolute_url() == "/encyclopedia/"
