"""For each rule of the Task Force's nouns a record that keeps it, and what would break it."""

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, models, transaction

from taskforce.models import (
    Constituent,
    Corrigendum,
    DecisionEvidence,
    FormerName,
    Identifier,
    InstrumentTitle,
    JoinLink,
    MeetingPartner,
    OrganizationName,
    PersonContact,
    Rendition,
    SuggestedTopic,
)
from tests import make
from untfsse.kit.records.evidence import Evidenced
from untfsse.kit.records.record import Record

type Case = tuple[models.Model, dict[str, Any]]
type Rule = tuple[str, Callable[[], Case], str]

ADDRESS = "This address is taken. Choose a different one."
FORMER = "Another record was published at this address. Choose a different one."
GOALS = "The goals are numbers from 1 to 17, each once."
HIGH = "High confidence needs a source with a web address: add one, or choose medium."
LOW = "A record of low confidence cannot be published before it is verified."
MOMENT = "A published record needs the moment of publication."
REASON = "Say why the record is withdrawn."
SOURCES = "Sources are a list, each with a title and a web address."
TENURE = "It ends before it starts, or was documented outside its dates."
HASH = "The hash is not that of the text."
ONE_THING = (
    "Name exactly one: a document, an event, an instrument, a publication, or a link with a title."
)

NOUNS: list[Any] = list(apps.get_app_config("taskforce").get_models())
RECORDS: dict[Any, Callable[..., Any]] = {
    model: partial(make.build, model) for model in NOUNS if issubclass(model, Record)
}
FACTS: dict[str, Callable[..., Any]] = {
    model._meta.model_name: partial(make.build, model)
    for model in NOUNS
    if issubclass(model, Evidenced) and not issubclass(model, Record)
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


def same_words() -> Case:
    first = make.provision_text()
    return make.provision_text(provision=first.provision, language="fr"), {"language": "en"}


def related_to_its_own_text() -> Case:
    relation = make.provision_relation(kind="new", earlier_provision=None)
    return relation, {"earlier_instrument": relation.instrument}


def same_vote() -> Case:
    first = make.vote(taken_on=None)
    return make.vote(instrument=first.instrument, taken_on=None), {"body": first.body}


def same_title() -> Case:
    title = make.build(InstrumentTitle, language="fr")
    return make.build(InstrumentTitle, instrument=title.instrument, language="es"), {
        "language": "fr"
    }


def same_name() -> Case:
    name = make.build(OrganizationName, language="fr", name="OIT")
    return make.build(OrganizationName, organization=name.organization, language="fr"), {
        "name": "OIT"
    }


def same_count() -> Case:
    first = make.reported_count()
    return make.reported_count(), {"wording": first.wording}


def said_again() -> Case:
    first = make.provision_relation()
    other = make.provision(instrument=first.instrument)
    again = make.provision_relation(provision=other, earlier_provision=first.earlier_provision)
    return again, {"provision": first.provision}


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


def same_goal() -> Case:
    first = make.suggested_goal()
    return make.suggested_goal(instrument=first.instrument, value="9"), {"value": first.value}


def same_topic() -> Case:
    first = make.build(SuggestedTopic)
    other = make.build(SuggestedTopic, provision=first.provision, value="another")
    return other, {"value": first.value}


def same_constituent() -> Case:
    first = make.build(Constituent, from_on="2022")
    other = make.build(Constituent, body=first.body, label="Others", from_on="2022")
    return other, {"label": first.label}


def party_under_itself() -> Case:
    party = make.instrument_party(organization=make.organization())
    return party, {"under": party.organization}


def same_relation() -> Case:
    first = make.instrument_relation(kind="cites")
    other = make.instrument_relation(source=first.source, target=first.target, kind="amends")
    return other, {"kind": "cites"}


def filed(**facts: Any) -> Rendition:
    content = b"What was said."
    return make.save(
        Rendition(
            **{
                "document": facts.pop("document", None) or make.document(),
                "language": "en",
                "file": ContentFile(content, name="minutes.txt"),
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                **facts,
            }
        )
    )


def same_file() -> Case:
    first = filed()
    return filed(document=first.document, language="fr"), {"language": first.language}


# --- What PostgreSQL says ------------------------------------------------------------------


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
