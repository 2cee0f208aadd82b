"""The rules of the Task Force's nouns: told in sentences, kept by PostgreSQL."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from taskforce.models import Constituent
from tests import make
from tests.taskforce.cases import (
    ADDRESS,
    FACTS,
    GOALS,
    HASH,
    HIGH,
    LOW,
    MOMENT,
    ONE_THING,
    REASON,
    RECORDS,
    SOURCES,
    TENURE,
    Case,
    Rule,
    approved_at_itself,
    approved_twice,
    approves_its_own,
    breaking,
    filed,
    item_under_itself,
    nameless_partner,
    on_its_own_behalf,
    overlapping_seat,
    own_parent,
    party_under_itself,
    public_join_link,
    quiet_successor,
    refused_by_postgresql,
    related_to_its_own_text,
    related_to_itself,
    said_again,
    same_attendance,
    same_constituent,
    same_corrigendum,
    same_count,
    same_file,
    same_former_name,
    same_goal,
    same_identifier,
    same_item_number,
    same_name,
    same_orcid,
    same_ordinal,
    same_partner,
    same_party,
    same_provision_number,
    same_provision_position,
    same_relation,
    same_step,
    same_symbol,
    same_term,
    same_title,
    same_topic,
    same_vote,
    same_words,
    second_open_seat,
    silent_contact,
    supersedes_itself,
    two_proofs,
)
from untfsse.kit.records.noun import Door, is_open

pytestmark = pytest.mark.django_db

# --- All rules -----------------------------------------------------------------------------

OWN_RULES: list[Rule] = [
    (
        "organization_is_not_part_of_itself",
        own_parent,
        "An organization is not part of itself.",
    ),
    ("formername_is_listed_once", same_former_name, "This former name is already listed."),
    (
        "identifier_names_one_organization",
        same_identifier,
        "This identifier belongs to another organization.",
    ),
    (
        "seat_ends_after_it_starts",
        breaking(lambda: make.seat(from_on="2022-07-19"), until_on="2022-07-18"),
        TENURE,
    ),
    (
        "seat_is_held_one_at_a_time",
        overlapping_seat,
        "This organization already holds a seat in that time. End the other one first.",
    ),
    (
        "seat_without_end_is_the_only_one",
        second_open_seat,
        "This organization already holds a seat without an end. End that one first.",
    ),
    ("person_orcid_names_one_person", same_orcid, "Another person has this ORCID iD."),
    (
        "personcontact_says_something",
        silent_contact,
        "Write an e-mail address or a telephone number.",
    ),
    (
        "term_ends_after_it_starts",
        breaking(lambda: make.term(from_on="2022-07"), last_documented_on="2022-06"),
        TENURE,
    ),
    ("term_is_listed_once", same_term, "This term is already listed."),
    (
        "meeting_ends_after_it_starts",
        breaking(make.meeting, ends_on="2022-07-18"),
        "The meeting ends before it starts.",
    ),
    (
        "meeting_times_have_a_time_zone",
        breaking(make.meeting, starts_time="10:00"),
        "Times need a time zone.",
    ),
    (
        "meeting_has_its_own_number_among_regular_ones",
        same_ordinal("regular"),
        "Another regular meeting has this number.",
    ),
    (
        "meeting_has_its_own_number_among_symposia",
        same_ordinal("technical_symposium"),
        "Another technical symposium has this number.",
    ),
    (
        "meetingpartner_is_an_organization_or_a_name",
        nameless_partner,
        "Choose an organization or write a name, not both.",
    ),
    ("meetingpartner_is_listed_once", same_partner, "This body is already listed."),
    ("joinlink_is_never_public", public_join_link, "A join link is never public."),
    (
        "agendaitem_has_its_own_number",
        same_item_number,
        "Another item of this agenda has this number.",
    ),
    ("agendaitem_is_not_under_itself", item_under_itself, "An item is not under itself."),
    (
        "agendaitem_approves_minutes_once",
        approved_twice,
        "Another item already approves these minutes.",
    ),
    (
        "agendaitem_approves_earlier_minutes",
        approves_its_own,
        "A meeting does not approve its own minutes.",
    ),
    ("attendance_is_listed_once", same_attendance, "This organization is already listed."),
    (
        "attendance_is_not_on_behalf_of_oneself",
        on_its_own_behalf,
        "An organization does not attend on its own behalf.",
    ),
    (
        "minutes_approved_at_a_meeting_with_a_hash",
        breaking(make.minutes, state="approved", circulated_on="2022-08-02"),
        "Approved minutes name the meeting that approved them.",
    ),
    (
        "minutes_are_approved_at_a_later_meeting",
        approved_at_itself,
        "A later meeting approves minutes.",
    ),
    (
        "minutes_circulated_on_a_day",
        breaking(make.minutes, state="circulated"),
        "Say on which day the minutes were circulated.",
    ),
    (
        "minutes_circulated_hash_is_of_its_text",
        breaking(make.minutes, circulated_text="Said", circulated_sha256="0" * 64),
        HASH,
    ),
    (
        "minutes_approved_hash_is_of_its_text",
        breaking(make.minutes, approved_text="Said", approved_sha256="0" * 64),
        HASH,
    ),
    (
        "corrigendum_has_its_own_number",
        same_corrigendum,
        "Another corrigendum has this number.",
    ),
    (
        "decision_superseded_says_so",
        quiet_successor,
        "A decision with a successor is superseded.",
    ),
    (
        "decision_does_not_supersede_itself",
        supersedes_itself,
        "A decision does not supersede itself.",
    ),
    ("decisionevidence_is_exactly_one_thing", two_proofs, ONE_THING),
    (
        "suggestedgoal_is_a_goal",
        breaking(make.suggested_goal, value="18"),
        "The goals are numbers from 1 to 17.",
    ),
    ("suggestedgoal_is_made_once", same_goal, "This suggestion is already there."),
    ("suggestedtopic_is_made_once", same_topic, "This suggestion is already there."),
    (
        "constituent_is_listed_once",
        same_constituent,
        "This part is already listed from that day.",
    ),
    (
        "constituent_ends_after_it_starts",
        breaking(lambda: make.build(Constituent, from_on="2022-07-19"), until_on="2022-07-18"),
        TENURE,
    ),
    (
        "policyinstrument_symbol_names_one_text",
        same_symbol,
        "Another instrument has this symbol.",
    ),
    (
        "provision_is_keyed_by_kind_and_number",
        same_provision_number,
        "Another provision has this kind and number.",
    ),
    (
        "provision_has_its_own_position",
        same_provision_position,
        "Another provision has this position.",
    ),
    (
        "provisiontext_says_something",
        breaking(make.provision_text, text=""),
        "This field cannot be blank.",
    ),
    (
        "provisiontext_is_kept_once_in_a_language",
        same_words,
        "Its words are already there in this language.",
    ),
    ("provisionrelation_is_said_once", said_again, "This is already said of these provisions."),
    (
        "provisionrelation_is_with_another_text",
        related_to_its_own_text,
        "Choose another text as the earlier one.",
    ),
    (
        "provisionrelation_names_what_it_is_about",
        breaking(make.provision_relation, kind="dropped"),
        "What is new has no earlier provision, what is dropped no later one; all else has both.",
    ),
    (
        "vote_counts_only_what_was_cast",
        breaking(lambda: make.vote(in_favour=3), mode="without_a_vote"),
        "Without a vote there is nothing to count.",
    ),
    (
        "reportedcount_has_a_day",
        breaking(make.reported_count, reported_on=None),
        "This field cannot be blank.",
    ),
    ("reportedcount_is_listed_once", same_count, "This count is already listed."),
    (
        "organizationname_is_listed_once",
        same_name,
        "This name is already listed in this language.",
    ),
    (
        "instrumenttitle_is_one_in_a_language",
        same_title,
        "The title in this language is already listed.",
    ),
    ("vote_is_listed_once", same_vote, "The vote of this body on this day is already listed."),
    ("instrumentevent_is_listed_once", same_step, "This step is already listed."),
    (
        "instrumentparty_is_a_country_or_an_organization",
        breaking(make.instrument_party, country=""),
        "Choose a country or an organization, exactly one.",
    ),
    (
        "instrumentparty_acts_under_another",
        party_under_itself,
        "A party does not act under itself.",
    ),
    (
        "instrumentparty_is_listed_once",
        same_party,
        "This party is already listed in this role.",
    ),
    (
        "instrumentrelation_has_one_target",
        breaking(make.instrument_relation, target_label="A text outside"),
        "Choose an instrument or write its name, not both.",
    ),
    (
        "instrumentrelation_is_with_another_text",
        related_to_itself,
        "An instrument has no relation with itself.",
    ),
    ("instrumentrelation_is_listed_once", same_relation, "This relation is already listed."),
    (
        "document_has_exactly_one_owner",
        breaking(make.document, meeting=None),
        "A document belongs to a meeting or to an instrument, to exactly one.",
    ),
    (
        "rendition_is_a_file_or_a_link",
        breaking(make.rendition, url=""),
        "Give a file or a link, not both.",
    ),
    (
        "rendition_file_has_size_and_hash",
        breaking(filed, bytes=None),
        "A file needs its size and its hash.",
    ),
    (
        "rendition_file_is_kept_once_in_a_language",
        same_file,
        "This file is kept with this document already.",
    ),
]


def evidence_rules(name: str, build: Callable[..., Any]) -> list[Rule]:
    """Return the rules of every noun with sources."""
    no_list: dict[str, Any] = {"sources": {"title": "T"}, "confidence": "medium"}
    no_address: dict[str, Any] = {"sources": [{"title": "A book", "url": None}]}
    return [
        (f"{name}_sources_are_a_list", breaking(build, **no_list), SOURCES),
        (f"{name}_high_confidence_has_an_address", breaking(build, **no_address), HIGH),
        (f"{name}_high_confidence_has_an_address", breaking(build, sources=[]), HIGH),
    ]


def goal_rules(noun: Any, build: Callable[..., Any]) -> list[Rule]:
    """Return the rule of a noun that names goals."""
    name = f"{noun.__name__.lower()}_sdgs_are_goals"
    return [(name, breaking(build, sdgs=[18]), GOALS)] if is_open(noun, Door.GOALS) else []


RECORD_RULES: list[Rule] = [
    rule
    for noun, build in RECORDS.items()
    for name in [noun.__name__.lower()]
    for rule in [
        (f"{name}_published_has_a_moment", breaking(build, published_at=None), MOMENT),
        (f"{name}_withdrawn_has_a_reason", breaking(build, status="withdrawn"), REASON),
        *evidence_rules(name, build),
        *goal_rules(noun, build),
        (
            f"{name}_low_confidence_is_verified_before_published",
            breaking(build, confidence="low"),
            LOW,
        ),
    ]
]
FACT_RULES: list[Rule] = [
    rule for name, build in FACTS.items() for rule in evidence_rules(name, build)
]
RULES = [*OWN_RULES, *RECORD_RULES, *FACT_RULES]
rules = pytest.mark.parametrize(("rule", "case", "sentence"), RULES, ids=[r[0] for r in RULES])


def test_every_rule_is_tried() -> None:
    named = {
        constraint.name
        for noun in apps.get_app_config("taskforce").get_models()
        for constraint in noun._meta.constraints
    }

    tried = {rule for rule, _, _ in RULES}
    assert named - tried == set(), "Write in OWN_RULES what breaks each, and its sentence."
    assert tried - named == set()


@rules
def test_a_broken_rule_is_refused_by_postgresql_and_told_in_a_sentence(
    rule: str, case: Callable[[], Case], sentence: str
) -> None:
    record, facts = case()
    rows = type(record)._default_manager.filter(pk=record.pk)
    assert refused_by_postgresql(rows, facts) == rule

    for name, value in facts.items():
        setattr(record, name, value)

    with pytest.raises(ValidationError) as refused:
        record.full_clean()

    assert refused.value.messages == [sentence]


# --- Unique columns ------------------------------------------------------------------------

UNIQUE = [
    *((build, "slug", ADDRESS) for build in RECORDS.values()),
    (make.decision, "number", "Another decision has this number."),
    (make.office, "slug", "Office with this Address already exists."),
    (make.office, "position", "Office with this Position already exists."),
    (make.minutes, "meeting", "Minutes with this Meeting already exists."),
]


@pytest.mark.parametrize(("build", "column", "sentence"), UNIQUE)
def test_a_value_that_is_taken_is_refused_twice(
    build: Callable[..., Any], column: str, sentence: str
) -> None:
    taken, record = getattr(build(), column), build()
    rows = type(record)._default_manager.filter(pk=record.pk)
    refused_by_postgresql(rows, {column: taken})
    setattr(record, column, taken)

    with pytest.raises(ValidationError) as refused:
        record.full_clean()

    assert refused.value.messages == [sentence]
