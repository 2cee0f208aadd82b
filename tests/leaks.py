"""Records that no public door may show, hung on records that every door shows.

`make_hidden_records()` builds a draft, a withdrawn and a not yet published record of every noun,
what only members may see, facts of low confidence, suggestions, contacts and join links. Visible
records point to the hidden ones wherever a field allows it. All that must not appear holds the
word `SECRET`: in names, texts, slugs, numbers and topics.
"""

import datetime as dt
from typing import Any

from django.apps import apps

from actionplan.models import (
    ActivityOrganization,
    Commitment,
    DeliverableEvidence,
    ReportEvidence,
)
from encyclopedia.models import Editorship, EntryRelation, Suggestion
from taskforce.models import (
    Constituent,
    Corrigendum,
    DecisionEvidence,
    FormerName,
    Identifier,
    JoinLink,
    MeetingPartner,
    PersonContact,
    SuggestedTopic,
)
from taskforce.querysets import RECORDS
from tests import make
from untfsse.kit.records.evidence import Evidenced
from untfsse.kit.records.noun import nouns
from untfsse.kit.records.publication import VISITOR

EVIDENCED = [model for model in apps.get_models() if issubclass(model, Evidenced)]
SECRET = "hushhush"
BACKSTAGE = f"{SECRET}backstage"
"""In the internal note of every fact, also of those that every door shows."""
STATES: dict[str, dict[str, Any]] = {
    "draft": {"status": "draft"},
    "withdrawn": {
        "status": "withdrawn",
        "published_at": make.PUBLISHED_AT,
        "withdrawal_reason": "Taken back",
    },
    "planned": {"published_at": dt.datetime(2999, 1, 1, tzinfo=dt.UTC)},
}
UNSURE: dict[str, Any] = {"confidence": "low"}


def make_hidden_records() -> list[str]:
    """Build all of it; return the words that must not appear anywhere, in lower case."""
    shown = make_shown_records()
    for state, facts in STATES.items():
        hidden = make_hidden_nouns(state, facts)
        tie_task_force(shown, hidden)
        tie_plan(shown, hidden)
        tie_encyclopedia(shown, hidden)
        hide_the_rest(state, facts)
    add_unsure_facts(shown)
    add_members_only(shown)
    for model in EVIDENCED:
        model._default_manager.update(internal_note=f"{BACKSTAGE}: from memory, to be checked")
    return [SECRET]


def make_shown_records() -> dict[str, Any]:
    """One visible record of every noun, tied to each other."""
    meeting = make.meeting(title="Shown meeting")
    plan = make.action_plan(title="Shown plan")
    part = make.part()
    activity = make.activity(plan=plan, area=make.priority_area(plan=plan))
    shown: dict[str, Any] = {
        "organization": make.organization(name="Shown organization"),
        "person": make.person(),
        "office": make.office(),
        "meeting": meeting,
        "item": make.agenda_item(meeting=meeting, minutes_text=f"<p>{SECRET} was said.</p>"),
        "decision": make.decision(meeting=meeting),
        "document": make.document(meeting=meeting),
        "instrument": make.instrument(licence="public-domain"),
        "update": make.update(),
        "work": part.work,
        "entry": make.entry(part=part),
        "plan": plan,
        "group": make.sub_group(plan=plan),
        "activity": activity,
        "deliverable": make.deliverable(activity=activity),
        "report": make.progress_report(activity=activity),
    }
    for model in nouns():
        if not model.objects.visible_to(VISITOR).exists():
            make.build(model)
    shown_provision = make.provision(instrument=shown["instrument"], text="Shown words;")
    make.provision_relation(provision=shown_provision)
    make.vote(instrument=shown["instrument"])
    make.instrument_event(instrument=shown["instrument"])
    make.instrument_party(instrument=shown["instrument"])
    make.instrument_relation(source=shown["instrument"])
    make.sub_group_seat(sub_group=shown["group"])
    make.reported_count()
    make.authorship(entry=shown["entry"])
    shown["meeting"].tags.add("Shown topic")
    verifier = make.user(username=f"{SECRET}-verifier")
    for name in ("organization", "decision", "entry", "activity"):
        type(shown[name]).objects.filter(pk=shown[name].pk).update(
            verified_on=dt.date(2024, 1, 1), verified_by=verifier
        )
    return shown


def make_hidden_nouns(state: str, facts: dict[str, Any]) -> dict[str, Any]:
    """One hidden record of every noun that is published on its own."""
    meeting = make.meeting(**name("title", "meeting", state), summary=SECRET, **facts)
    instrument = make.instrument(
        **name("title", "instrument", state),
        short_title=f"{SECRET} instrument",
        licence="public-domain",
        symbol=f"{SECRET}/{state}",
        **facts,
    )
    plan = make.action_plan(**name("title", "plan", state), summary=SECRET, **facts)
    work = make.work(**name("title", "work", state), **facts)
    part = make.part(work=work, title=f"{SECRET} part")
    number = f"{SECRET}/{state}".upper()
    hidden: dict[str, Any] = {
        "organization": make.organization(
            **name("name", "organization", state), acronym=SECRET.upper(), **facts
        ),
        "person": make.person(**name("name", "person", state), **facts),
        "meeting": meeting,
        "decision": make.decision(**name("text", "decision", state), number=number, **facts),
        "document": make.document(**name("title", "document", state), **facts),
        "instrument": instrument,
        "update": make.update(**name("title", "update", state), text=SECRET, **facts),
        "work": work,
        "entry": make.entry(**name("title", "entry", state), summary=SECRET, **facts),
        "plan": plan,
        "area": make.priority_area(**name("title", "area", state), **facts),
        "group": make.sub_group(**name("name", "group", state), **facts),
        "activity": make.activity(
            **name("title", "activity", state), code=f"{SECRET}-{state}", **facts
        ),
        "item": make.agenda_item(meeting=meeting, title=f"{SECRET} item"),
        "provision": make.provision(
            instrument=instrument, label=f"{SECRET} provision", text=f"{SECRET} words"
        ),
    }
    make.entry(part=part, title=f"{SECRET} entry of a hidden work")
    make.attendance(meeting=meeting)
    make.vote(instrument=instrument, body=SECRET)
    make.instrument_event(instrument=instrument, wording=SECRET)
    make.instrument_party(instrument=instrument, detail=SECRET)
    make.activity(plan=plan, title=f"{SECRET} activity of a hidden plan")
    make.sub_group(plan=plan, name=f"{SECRET} group of a hidden plan")
    make.priority_area(plan=plan, title=f"{SECRET} area of a hidden plan")
    make.deliverable(activity=hidden["activity"], title=f"{SECRET} deliverable")
    make.progress_report(activity=hidden["activity"], narrative=SECRET)
    for noun in ("organization", "meeting", "decision", "document", "entry", "activity"):
        hidden[noun].tags.add(f"{SECRET} topic")
    return hidden


def hide_the_rest(state: str, facts: dict[str, Any]) -> None:
    """Hide a record of each noun of which nothing is hidden above, all that it says secret."""
    for model in nouns():
        if model.objects.filter(slug__endswith=f"-{state}", slug__startswith=SECRET).exists():
            continue
        noun = model.noun
        columns = {field.name for field in model._meta.concrete_fields if not field.generated}
        texts = {column: f"{SECRET} {noun.name}" for column in noun.texts if column in columns}
        made = make.build(model, **texts, **name(noun.title, noun.name, state), **facts)
        assert made.status == facts.get("status", "published")


def name(field: str, noun: str, state: str) -> dict[str, str]:
    """Return the name and the address of a hidden record, both secret."""
    return {field: f"{SECRET} {noun} ({state})", "slug": f"{SECRET}-{noun}-{state}"}


def tie_task_force(shown: dict[str, Any], hidden: dict[str, Any]) -> None:
    """Point from visible records of the Task Force to hidden ones."""
    organization, meeting = shown["organization"], shown["meeting"]
    make.organization(parent=hidden["organization"])
    type(organization).objects.filter(pk=hidden["organization"].pk).update(parent=organization)
    make.seat(organization=hidden["organization"], from_on="2014")
    make.save(FormerName(organization=hidden["organization"], name=f"{SECRET} of old"))
    number = next(make.numbers)
    make.save(
        Identifier(organization=hidden["organization"], scheme="isni", value=f"{SECRET}{number}")
    )
    make.seat(admitted_by=hidden["decision"])
    make.person(organization=hidden["organization"])
    make.term(office=shown["office"], organization=hidden["organization"], person=shown["person"])
    make.term(office=shown["office"], person=hidden["person"], welcomed_by=hidden["decision"])
    make.attendance(meeting=meeting, organization=hidden["organization"])
    make.attendance(meeting=meeting, on_behalf_of=hidden["organization"])
    make.save(MeetingPartner(meeting=meeting, role="partner", organization=hidden["organization"]))
    hidden_of_meeting = ("decision", "document")
    for noun in hidden_of_meeting:
        type(hidden[noun]).objects.filter(pk=hidden[noun].pk).update(meeting=meeting)
    item = make.agenda_item(
        meeting=meeting,
        carried_over_from=hidden["item"],
        approves_minutes_of=hidden["meeting"],
    )
    shown["item"].presenters.add(hidden["organization"])
    shown["item"].instruments.add(hidden["instrument"])
    tie_decisions(shown, hidden, item)


def proofs_by(hidden: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the columns of evidence by each hidden record that can be evidence."""
    return [*({noun: hidden[noun]} for noun in RECORDS), {"publication_slug": hidden["entry"].slug}]


def tie_decisions(shown: dict[str, Any], hidden: dict[str, Any], item: Any) -> None:
    """Point from visible decisions, instruments and news to hidden records."""
    make.decision(
        meeting=shown["meeting"],
        agenda_item=item,
        superseded_by=hidden["decision"],
        follow_up="superseded",
    )
    shown["decision"].addressees.add(hidden["organization"])
    for proof in proofs_by(hidden):
        make.save(DecisionEvidence(decision=shown["decision"], **proof))
    make.instrument(issuing_organization=hidden["organization"])
    make.document(meeting=None, instrument=hidden["instrument"], title=f"{SECRET} annex")
    make.document(meeting=hidden["meeting"], title=f"{SECRET} slides")
    make.instrument_party(
        instrument=shown["instrument"], organization=hidden["organization"], role="chair"
    )
    make.instrument_party(under=hidden["organization"])
    make.build(Constituent, body=hidden["organization"], label=SECRET)
    make.provision_relation(instrument=shown["instrument"], earlier_provision=hidden["provision"])
    make.instrument_relation(source=shown["instrument"], target=hidden["instrument"])
    make.instrument_relation(source=hidden["instrument"], target=shown["instrument"])
    shown["update"].meetings.add(hidden["meeting"])
    shown["update"].organizations.add(hidden["organization"])
    shown["update"].instruments.add(hidden["instrument"])
    shown["update"].documents.add(hidden["document"])
    hidden["update"].meetings.add(shown["meeting"])
    hidden["update"].instruments.add(shown["instrument"])


def tie_encyclopedia(shown: dict[str, Any], hidden: dict[str, Any]) -> None:
    """Point from visible works and entries to hidden records."""
    make.authorship(entry=shown["entry"], person=hidden["person"])
    make.authorship(entry=hidden["entry"], person=shown["person"])
    make.save(
        Editorship(
            work=shown["work"],
            person=hidden["person"],
            role="editor",
            position=next(make.numbers),
            **make.evidenced(),
        )
    )
    first, second = sorted([shown["entry"], hidden["entry"]], key=lambda entry: entry.pk)
    make.save(EntryRelation(first=first, second=second))
    for noun in ("work", "entry"):
        shown[noun].agenda_items.add(hidden["item"])
        hidden[noun].agenda_items.add(shown["item"])
    shown["work"].updates.add(hidden["update"])


def tie_plan(shown: dict[str, Any], hidden: dict[str, Any]) -> None:
    """Point from visible plans, groups and activities to hidden records."""
    make.action_plan(
        adopted_by=hidden["decision"],
        adopted_at=hidden["meeting"],
        continues=hidden["plan"],
        instrument=hidden["instrument"],
    )
    for noun in ("area", "group", "activity"):
        type(hidden[noun]).objects.filter(pk=hidden[noun].pk).update(plan=shown["plan"])
        hidden[noun].refresh_from_db()
    make.sub_group(plan=shown["plan"], area=hidden["area"], established_by=hidden["decision"])
    make.sub_group_seat(sub_group=shown["group"], organization=hidden["organization"])
    activity = make.activity(
        plan=shown["plan"],
        area=hidden["area"],
        arises_from=hidden["decision"],
        continues=hidden["activity"],
    )
    activity.provisions.add(hidden["provision"])
    activity.instruments.add(hidden["instrument"])
    activity.agenda_items.add(hidden["item"])
    make.save(
        ActivityOrganization(activity=activity, organization=hidden["organization"], role="lead")
    )
    make.progress_report(activity=activity, organization=hidden["organization"], narrative=SECRET)
    for proof in proofs_by(hidden):
        make.save(DeliverableEvidence(deliverable=shown["deliverable"], **proof))
        make.save(ReportEvidence(report=shown["report"], **proof))
    served = ("meeting", "instrument", "plan", "activity")
    commitment = make.build(Commitment, **{noun: hidden[noun] for noun in served})
    commitment.organizations.add(hidden["organization"], shown["organization"])
    shown["plan"].agenda_items.add(hidden["item"])
    shown["plan"].updates.add(hidden["update"])


def add_unsure_facts(shown: dict[str, Any]) -> None:
    """Add facts of low confidence to visible records, and suggestions."""
    instrument = shown["instrument"]
    make.seat(organization=shown["organization"], basis=SECRET, **UNSURE)
    make.build(Constituent, body=shown["organization"], label=SECRET, **UNSURE)
    make.term(office=shown["office"], note=SECRET, **UNSURE)
    make.authorship(
        entry=shown["entry"],
        person=make.person(name=f"{SECRET} author", slug=f"{SECRET}-author", status="draft"),
    )
    make.vote(instrument=instrument, body=SECRET, **UNSURE)
    make.instrument_event(instrument=instrument, wording=SECRET, **UNSURE)
    make.instrument_party(instrument=instrument, detail=SECRET, role="chair", **UNSURE)
    make.instrument_relation(
        source=instrument, target_label=f"{SECRET} text", kind="amends", **UNSURE
    )
    make.deliverable(activity=shown["activity"], title=f"{SECRET} promise", **UNSURE)
    unsure = make.person()
    make.authorship(entry=shown["entry"], person=unsure, **UNSURE)
    suggestions = {"author": "author", "tag": "topic", "sdg": "13", "related": "21"}
    for kind, value in suggestions.items():
        make.save(Suggestion(entry=shown["entry"], kind=kind, value=f"{SECRET} {value}"))
    provision = shown["instrument"].provisions.first()
    make.build(SuggestedTopic, provision=provision, value=f"{SECRET} topic")


def add_members_only(shown: dict[str, Any]) -> None:
    """Add what only members, the secretariat or nobody may see to visible records."""
    meeting = shown["meeting"]
    make.save(JoinLink(meeting=meeting, url=f"https://example.org/{SECRET}/join"))
    make.save(
        PersonContact(
            person=shown["person"], email=f"{SECRET}@example.org", telephone=f"+1 {SECRET}"
        )
    )
    minutes = make.minutes(
        meeting=meeting,
        state="circulated",
        circulated_on=dt.date(2022, 8, 1),
        text=f"{SECRET} minutes",
    )
    make.save(Corrigendum(minutes=minutes, number=1, made_on=dt.date(2022, 9, 1), text=SECRET))
    make.minutes(text=f"{SECRET} draft minutes", audience="public")
    for audience in ("members", "secretariat"):
        document = make.document(
            meeting=meeting,
            title=f"{SECRET} paper for {audience}",
            slug=f"{SECRET}-paper-{audience}",
            audience=audience,
        )
        make.rendition(document=document, url=f"https://example.org/{SECRET}.pdf")
        document.tags.add(f"{SECRET} paper")
        shown["update"].documents.add(document)
        make.save(DecisionEvidence(decision=shown["decision"], document=document))
        make.save(DeliverableEvidence(deliverable=shown["deliverable"], document=document))
