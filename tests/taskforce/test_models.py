"""Each rule of the Task Force twice: the editor's sentence, and PostgreSQL's refusal."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, models, transaction

from taskforce.models import (
    Corrigendum,
    Decision,
    DecisionEvidence,
    Document,
    FormerName,
    Identifier,
    JoinLink,
    Meeting,
    MeetingPartner,
    Organization,
    Person,
    PersonContact,
    PolicyInstrument,
    Provision,
    Rendition,
    Update,
)
from tests import make

type Case = tuple[models.Model, dict[str, Any]]
type Rule = tuple[str, Callable[[], Case], str]

pytestmark = pytest.mark.django_db

ADDRESS = "This address is taken. Choose a different one."
FORMER = "Another record was published at this address. Choose a different one."
GOALS = "The goals are numbers from 1 to 17, each once."
LOW = "A record of low confidence cannot be published before it is verified."
MOMENT = "A published record needs the moment of publication."
REASON = "Say why the record is withdrawn."
SOURCES = "Sources are a list, each with a title and a web address."
TENURE = "It ends before it starts, or was documented outside its dates."
HASH = "The hash is not that of the text."
ONE_THING = (
    "Name exactly one: a document, an event, an instrument, an entry, or a link with a title."
)

RECORDS: dict[type[models.Model], Callable[..., Any]] = {
    Organization: make.organization,
    Person: make.person,
    Meeting: make.meeting,
    Decision: make.decision,
    PolicyInstrument: make.instrument,
    Document: make.document,
    Update: make.update,
}
FACTS = {
    "seat": make.seat,
    "term": make.term,
    "instrumentevent": make.instrument_event,
    "instrumentparty": make.instrument_party,
    "instrumentrelation": make.instrument_relation,
}


def breaking(build: Callable[..., Any], **facts: Any) -> Callable[[], Case]:
    """Return a case: a record in order, and the facts that break a rule."""
    return lambda: (build(), facts)


# --- Organizations, seats, people ----------------------------------------------------------


def own_parent() -> Case:
    record = make.organization()
    return record, {"parent": record}


def same_former_name() -> Case:
    owner = make.organization()
    make.save(FormerName(organization=owner, name="Old"))
    return make.save(FormerName(organization=owner, name="Older")), {"name": "Old"}


def same_identifier() -> Case:
    make.save(Identifier(organization=make.organization(), scheme="ror", value="05n6q2489"))
    other = Identifier(organization=make.organization(), scheme="ror", value="02hc6f456")
    return make.save(other), {"value": "05n6q2489"}


def overlapping_seat() -> Case:
    owner = make.organization()
    make.seat(organization=owner, from_on="2014", until_on="2015-12-31")
    return make.seat(organization=owner, from_on="2016-01-01"), {"from_on": "2015-12-31"}


def second_open_seat() -> Case:
    owner = make.organization()
    make.seat(organization=owner, category="observer")
    ended = make.seat(organization=owner, from_on="2014", until_on="2016")
    return ended, {"until_on": None}


def same_orcid() -> Case:
    make.person(orcid="0000-0002-1825-0097")
    return make.person(), {"orcid": "0000-0002-1825-0097"}


def silent_contact() -> Case:
    contact = PersonContact(person=make.person(), email="somebody@example.org")
    return make.save(contact), {"email": ""}


def same_term() -> Case:
    first = make.term()
    return (
        make.term(office=first.office, organization=first.organization, from_on="2022"),
        {"from_on": None},
    )


# --- Meetings ------------------------------------------------------------------------------


def same_ordinal(kind: str) -> Callable[[], Case]:
    def build() -> Case:
        make.meeting(kind=kind, ordinal=3)
        return make.meeting(kind=kind, ordinal=4), {"ordinal": 3}

    return build


def nameless_partner() -> Case:
    partner = MeetingPartner(meeting=make.meeting(), role="partner", name="Spain")
    return make.save(partner), {"name": ""}


def same_partner() -> Case:
    meeting = make.meeting()
    make.save(MeetingPartner(meeting=meeting, role="partner", name="Spain"))
    other = MeetingPartner(meeting=meeting, role="partner", name="France")
    return make.save(other), {"name": "Spain"}


def public_join_link() -> Case:
    link = JoinLink(meeting=make.meeting(), url="https://example.org/join")
    return make.save(link), {"audience": "public"}


def same_item_number() -> Case:
    meeting = make.meeting()
    make.agenda_item(meeting=meeting, number=1)
    return make.agenda_item(meeting=meeting, number=2), {"number": 1}


def item_under_itself() -> Case:
    item = make.agenda_item()
    return item, {"parent": item}


def approved_twice() -> Case:
    meeting, earlier = make.meeting(), make.meeting()
    make.agenda_item(meeting=meeting, approves_minutes_of=earlier)
    return make.agenda_item(meeting=meeting), {"approves_minutes_of": earlier}


def approves_its_own() -> Case:
    item = make.agenda_item()
    return item, {"approves_minutes_of": item.meeting}


def same_attendance() -> Case:
    first = make.attendance()
    return make.attendance(meeting=first.meeting), {"organization": first.organization}


def on_its_own_behalf() -> Case:
    row = make.attendance()
    return row, {"on_behalf_of": row.organization}


def approved_at_itself() -> Case:
    minutes = make.minutes()
    return minutes, {"approved_at_meeting": minutes.meeting}


def same_corrigendum() -> Case:
    minutes = make.minutes()
    for number in (1, 2):
        last = make.save(
            Corrigendum(minutes=minutes, number=number, made_on="2022-09-01", text="A correction")
        )
    return last, {"number": 1}


# --- Decisions, instruments, documents -----------------------------------------------------


def quiet_successor() -> Case:
    return make.decision(), {"superseded_by": make.decision()}


def supersedes_itself() -> Case:
    decision = make.decision(follow_up="superseded")
    return decision, {"superseded_by": decision}


def two_proofs() -> Case:
    proof = DecisionEvidence(decision=make.decision(), meeting=make.meeting())
    return make.save(proof), {"instrument": make.instrument()}


def same_symbol() -> Case:
    make.instrument(symbol="A/RES/77/281")
    return make.instrument(), {"symbol": "A/RES/77/281"}


def same_provision_number() -> Case:
    first = make.provision(kind="article", number="1")
    return (
        make.provision(instrument=first.instrument, kind="article", number="2"),
        {"number": "1"},
    )


def same_provision_position() -> Case:
    first = make.provision(position=1)
    return make.provision(instrument=first.instrument, position=2), {"position": 1}


def same_step() -> Case:
    first = make.instrument_event(happened_on=None)
    return (
        make.instrument_event(instrument=first.instrument, happened_on="2022"),
        {"happened_on": None},
    )


def same_party() -> Case:
    first = make.instrument_party(country="FR")
    return make.instrument_party(instrument=first.instrument, country="ES"), {"country": "FR"}


def related_to_itself() -> Case:
    relation = make.instrument_relation()
    return relation, {"target": relation.source}


def same_relation() -> Case:
    first = make.instrument_relation(kind="cites")
    other = make.instrument_relation(source=first.source, target=first.target, kind="amends")
    return other, {"kind": "cites"}


def filed() -> Rendition:
    content = b"What was said."
    return make.save(
        Rendition(
            document=make.document(),
            language="en",
            file=ContentFile(content, name="minutes.txt"),
            bytes=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
    )


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
    ("policyinstrument_sdgs_are_goals", breaking(make.instrument, sdgs=[18]), GOALS),
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
    ("instrumentevent_is_listed_once", same_step, "This step is already listed."),
    (
        "instrumentparty_is_a_country_or_an_organization",
        breaking(make.instrument_party, country=""),
        "Choose a country or an organization, exactly one.",
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
]
RECORD_RULES: list[Rule] = [
    rule
    for noun, build in RECORDS.items()
    for name in [noun.__name__.lower()]
    for rule in [
        (f"{name}_published_has_a_moment", breaking(build, published_at=None), MOMENT),
        (f"{name}_withdrawn_has_a_reason", breaking(build, status="withdrawn"), REASON),
        (f"{name}_sources_are_a_list", breaking(build, sources={"title": "T"}), SOURCES),
        (
            f"{name}_low_confidence_is_verified_before_published",
            breaking(build, confidence="low"),
            LOW,
        ),
    ]
]
FACT_RULES: list[Rule] = [
    (f"{name}_sources_are_a_list", breaking(build, sources={"title": "T"}), SOURCES)
    for name, build in FACTS.items()
]
RULES = [*OWN_RULES, *RECORD_RULES, *FACT_RULES]
rules = pytest.mark.parametrize(("rule", "case", "sentence"), RULES, ids=[r[0] for r in RULES])


def update_now(rows: models.QuerySet[Any], facts: dict[str, Any]) -> None:
    """Update past the forms, and ask the deferred rules at once."""
    rows.update(**facts)
    connection.check_constraints()


def refused_by_postgresql(rows: models.QuerySet[Any], facts: dict[str, Any]) -> str:
    """Return the name of the rule for which PostgreSQL refuses an update past the forms."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        update_now(rows, facts)
    assert refused.value.__cause__ is not None
    return str(refused.value.__cause__.diag.constraint_name)  # type: ignore[attr-defined]


def test_every_rule_is_tried() -> None:
    named = {
        constraint.name
        for noun in apps.get_app_config("taskforce").get_models()
        for constraint in noun._meta.constraints
    }

    assert {rule for rule, _, _ in RULES} == named


@rules
def test_a_broken_rule_is_told_in_a_sentence(
    rule: str, case: Callable[[], Case], sentence: str
) -> None:
    record, facts = case()
    for name, value in facts.items():
        setattr(record, name, value)

    with pytest.raises(ValidationError) as refused:
        record.full_clean()

    assert refused.value.messages == [sentence]


@rules
def test_a_broken_rule_is_refused_by_postgresql(
    rule: str, case: Callable[[], Case], sentence: str
) -> None:
    record, facts = case()
    rows = type(record)._default_manager.filter(pk=record.pk)

    assert refused_by_postgresql(rows, facts) == rule


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


# --- What triggers keep --------------------------------------------------------------------

records = pytest.mark.parametrize("noun", RECORDS, ids=lambda noun: noun.__name__.lower())


@records
def test_an_address_once_published_is_given_to_no_other_record(noun: Any) -> None:
    moved = RECORDS[noun](slug="old")
    noun.objects.filter(pk=moved.pk).update(slug="new")
    other = RECORDS[noun](slug="other")

    rows = noun.objects.filter(pk=other.pk)
    assert refused_by_postgresql(rows, {"slug": "old"}) == "formeraddress_leads_to_one_record"
    other.slug = "old"
    with pytest.raises(ValidationError) as refused:
        other.full_clean()
    assert refused.value.messages == [FORMER]


@records
def test_a_record_may_return_to_its_own_former_address(noun: Any) -> None:
    record = RECORDS[noun](slug="old")
    noun.objects.filter(pk=record.pk).update(slug="new")

    record.slug = "old"
    record.full_clean()
    record.save()

    assert noun.objects.get(slug="old") == record


@records
def test_the_address_of_a_draft_is_free_again(noun: Any) -> None:
    draft = RECORDS[noun](slug="old", status="draft")
    noun.objects.filter(pk=draft.pk).update(slug="new")

    assert RECORDS[noun](slug="old").slug == "old"


def test_a_former_address_is_refused_in_bulk_too() -> None:
    moved = make.organization(slug="old")
    Organization.objects.filter(pk=moved.pk).update(slug="new")
    row = Organization(**make.published(name="Another", slug="old", kind="ngo"))

    with (
        pytest.raises(IntegrityError, match="another record was published at this address"),
        transaction.atomic(),
    ):
        Organization.objects.bulk_create([row])


TEXTS = [
    (make.organization, "name"),
    (make.person, "name"),
    (make.office, "title"),
    (make.seat, "note"),
    (make.term, "note"),
    (make.meeting, "summary"),
    (make.agenda_item, "minutes_text"),
    (make.decision, "text"),
    (make.minutes, "text"),
    (make.document, "title"),
    (make.instrument, "title"),
    (make.provision, "label"),
    (make.instrument_event, "detail"),
    (make.instrument_party, "detail"),
    (make.instrument_relation, "target_label"),
    (make.update, "text"),
]


@pytest.mark.parametrize(("build", "column"), TEXTS)
@pytest.mark.parametrize("character", ["\x01", "\x0b", "\x1f", "\x7f", "\uffff"])
def test_control_characters_are_refused(
    build: Callable[..., Any], column: str, character: str
) -> None:
    record = build()
    rows = type(record)._default_manager.filter(pk=record.pk)

    rule = refused_by_postgresql(rows, {column: f"a{character}b"})

    assert rule == "text_has_no_control_characters"


def test_line_breaks_tabs_and_all_scripts_are_text() -> None:
    words = "Économie\tsociale\r\nاقتصاد\n社会连带经济 🧵"  # noqa: RUF001

    assert make.meeting(summary=words).summary == words


# --- What models say of themselves ---------------------------------------------------------


def test_a_record_is_called_by_its_name() -> None:
    ilo = make.organization(name="International Labour Organization", acronym="ILO")
    meeting = make.meeting(title="Special meeting")
    item = make.agenda_item(meeting=meeting, number=3, title="The plan")
    chair = make.office(title="Chair")

    assert [
        str(ilo),
        ilo.full_name,
        str(make.seat(organization=ilo)),
        str(make.term(organization=ilo, office=chair)),
        str(item),
        str(make.attendance(organization=ilo)),
        str(make.minutes(meeting=meeting)),
        str(make.provision(kind="article", number="4", label="Funds")),
        str(make.instrument_party(country="SN", role="chair")),
    ] == [
        "ILO",
        "International Labour Organization (ILO)",
        "ILO: Member",
        "Chair: ILO",
        "3. The plan",
        "ILO: Present",
        "Special meeting: Draft",
        "Article 4: Funds",
        "Senegal: Chair",
    ]


def test_a_contact_and_a_join_link_never_print_themselves() -> None:
    contact = PersonContact(person=make.person(name="Ana"), email="ana@example.org")
    link = JoinLink(meeting=make.meeting(title="Meeting"), url="https://example.org/join")

    assert [str(contact), str(link)] == ["Ana", "Meeting"]


def test_parts_have_their_place_on_the_page_of_the_whole() -> None:
    meeting = make.meeting(slug="m")
    item = make.agenda_item(meeting=meeting, number=2)
    below = make.agenda_item(meeting=meeting, parent=item, number=1)
    provision = make.provision(instrument=make.instrument(slug="i"), position=7)

    assert [part.get_absolute_url() for part in (item, below, provision)] == [
        "/meetings/m/#agenda-2",
        "/meetings/m/#agenda-2-1",
        "/instruments/i/#provision-7",
    ]


def test_the_founding_meeting_is_the_first_of_the_regular_ones() -> None:
    make.meeting(kind="regular", ordinal=1)
    record = Meeting(**make.published(title="F", slug="f", kind="founding", ordinal=1))

    with pytest.raises(ValidationError, match="Another regular meeting has this number"):
        record.full_clean()
    assert record.series == "regular"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Europe/Zürich", "../etc", "\0", "CEST "])
def test_a_time_zone_has_a_known_name(zone: str) -> None:
    meeting = make.meeting()
    meeting.time_zone = zone

    with pytest.raises(ValidationError, match="Write a time zone such as"):
        meeting.full_clean()


@pytest.mark.parametrize("orcid", ["0000-0002-1825-0098", "0000", "²"])
def test_an_orcid_has_a_right_check_digit(orcid: str) -> None:
    person = make.person()
    person.orcid = orcid

    with pytest.raises(ValidationError, match="This is not an ORCID iD"):
        person.full_clean()


def test_provisions_may_swap_positions_in_one_transaction() -> None:
    text = make.instrument()
    first = make.provision(instrument=text, position=1)
    second = make.provision(instrument=text, position=2)

    with transaction.atomic():
        Provision.objects.filter(pk=first.pk).update(position=2)
        Provision.objects.filter(pk=second.pk).update(position=1)
        connection.check_constraints()

    assert list(text.provisions.all()) == [second, first]
