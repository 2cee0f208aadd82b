"""One record of every noun, as full as real ones are."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.db import models

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
)
from tests import make
from untfsse.kit.apps import PortalAppConfig

TEXT = "First line: <b>no markup</b> & “quotes”.\n\nSecond paragraph, économie.\n"
FACTS: dict[str, Any] = {
    "sources": [
        {"title": "Report | annex", "url": "https://example.org/a,b?c=d|e"},
        {"title": "A letter", "url": None},
    ],
    "note": TEXT,
    "confidence": "medium",
}
WEB = "https://example.org/page,with,commas"


def organization() -> Any:
    """An organization with a parent, names, an identifier and a seat."""
    record = make.organization(
        parent=make.organization(), description=TEXT, country="CH", website=WEB, **FACTS
    )
    record.tags.add("social economy", "a tag, with a comma")
    make.seat(organization=record, from_on="../2019-11-22", **FACTS)
    former_name(organization=record)
    identifier(organization=record)
    constituent(body=record)
    return record


def constituent(**facts: Any) -> Any:
    """The States of a conference, as counted on a day."""
    return make.build(
        Constituent,
        body=facts.pop("body", None) or make.organization(kind="body"),
        number=187,
        wording=TEXT,
        from_on="../2022-06-10",
        last_documented_on="2022-06-10",
        **without_note(),
    )


def former_name(**facts: Any) -> Any:
    """A former name, until some month."""
    organization = facts.pop("organization", None) or make.organization()
    return make.save(FormerName(organization=organization, name="Old name", until_on="2013-05"))


def identifier(**facts: Any) -> Any:
    """An identifier."""
    organization = facts.pop("organization", None) or make.organization()
    number = next(make.numbers)
    return make.save(Identifier(organization=organization, scheme="wikidata", value=f"Q{number}"))


def seat() -> Any:
    """A seat admitted by a decision."""
    return make.seat(
        from_on="2022-07-19", until_on="2024", admitted_by=make.decision(), basis="Minutes", **FACTS
    )


def person() -> Any:
    """An office holder with a contact."""
    record = make.person(organization=make.organization(), **FACTS)
    make.term(person=record, from_on="2022-07-19")
    make.save(PersonContact(person=record, email="someone@example.org"))
    return record


def term() -> Any:
    """A term of a named person."""
    return make.term(
        person=make.person(),
        from_on="2022",
        welcomed_by=make.decision(),
        position_held="Officer",
        **FACTS,
    )


def meeting(*, rows: int = 3) -> Any:
    """A meeting with everything the paper has, and so many rows of what comes in numbers."""
    record = make.meeting(
        starts_on="2022-07",
        starts_time="14:00",
        time_zone="Europe/Zurich",
        format="virtual",
        country="CH",
        languages=["fr", "en"],
        summary=TEXT,
        reported_participants=40,
        participants_wording="40",
        **FACTS,
    )
    record.tags.add("membership")
    item = make.agenda_item(meeting=record, minutes_text=TEXT)
    item.presenters.add(make.organization(), make.organization())
    make.agenda_item(meeting=record, parent=item)
    for _number in range(rows):
        make.attendance(meeting=record, on_behalf_of=make.organization())
        make.document(meeting=record)
        make.decision(meeting=record, agenda_item=item, text=TEXT)
    make.minutes(meeting=record, text=TEXT)
    make.save(JoinLink(meeting=record, url=WEB))
    meeting_partner(meeting=record)
    return record


def meeting_partner(**facts: Any) -> Any:
    """An organizer."""
    meeting = facts.pop("meeting", None) or make.meeting()
    return make.save(
        MeetingPartner(meeting=meeting, role="organizer", organization=make.organization())
    )


def agenda_item() -> Any:
    """An item with presenters and an instrument."""
    above = make.agenda_item()
    record = make.agenda_item(
        meeting=above.meeting,
        parent=above,
        minutes_text=TEXT,
        carried_over_from=make.agenda_item(),
    )
    record.presenters.add(make.organization())
    record.instruments.add(make.instrument())
    return record


def attendance() -> Any:
    """An attendance on behalf of another body."""
    return make.attendance(on_behalf_of=make.organization())


def decision() -> Any:
    """A decision with addressees, evidence and a successor."""
    item = make.agenda_item()
    record = make.decision(
        meeting=item.meeting,
        agenda_item=item,
        text=TEXT,
        due_on="2023-01",
        follow_up="superseded",
        follow_up_on="2023-02-01",
        superseded_by=make.decision(),
        **FACTS,
    )
    record.addressees.add(make.organization(), make.organization())
    make.save(DecisionEvidence(decision=record, url=WEB, title="A page"))
    make.save(DecisionEvidence(decision=record, document=make.document()))
    return record


def minutes() -> Any:
    """Minutes as a draft."""
    return make.minutes(text=TEXT)


def corrigendum() -> Any:
    """A correction."""
    return make.save(Corrigendum(minutes=make.minutes(), number=1, made_on="2023-01-01", text=TEXT))


def document() -> Any:
    """A document in a language."""
    record = make.document(
        instrument=make.instrument(), summary=TEXT, issued_on="2016", licence="CC-BY-4.0", **FACTS
    )
    make.rendition(document=record)
    return record


def instrument() -> Any:
    """An instrument with its parts, steps, parties and relations."""
    record = make.instrument(
        issuing_organization=make.organization(),
        jurisdiction=["FR", "ES", "BR"],
        other_urls=[WEB, "https://example.org/2"],
        languages=["fr", "en", "es"],
        sdgs=[8, 1],
        summary=TEXT,
        is_binding=False,
        **FACTS,
    )
    record.tags.add("work")
    above = make.provision(instrument=record, number="IV")
    for _number in range(2):
        make.provision(instrument=record, parent=above)
        make.instrument_party(
            instrument=record, organization=make.organization(), under=make.organization()
        )
        make.instrument_relation(source=record)
    make.instrument_event(instrument=record)
    make.vote(instrument=record)
    return record


def vote() -> Any:
    """A recorded vote of named countries."""
    return make.vote(
        stage="committee",
        taken_on="2024-11-26",
        against=0,
        countries_in_favour=["FR", "ES"],
        countries_abstaining=["AR"],
        **without_note(),
    )


def provision() -> Any:
    """A provision within another."""
    above = make.provision(instrument=make.instrument(licence="CC-BY-4.0"))
    record = make.provision(instrument=above.instrument, parent=above, text=TEXT)
    record.tags.add("law")
    return record


def instrument_party() -> Any:
    """A country that sponsors."""
    return make.instrument_party(detail="With 12 others", **without_note())


def without_note() -> dict[str, Any]:
    """The evidence of a part that has no note."""
    return {name: value for name, value in FACTS.items() if name != "note"}


def update() -> Any:
    """An update with links to all."""
    record = make.update(text=TEXT, happened_on="../2022-07-19", deadline_on="2022-09-01", **FACTS)
    record.meetings.add(make.meeting())
    record.organizations.add(make.organization(), make.organization())
    record.instruments.add(make.instrument())
    record.documents.add(make.document())
    return record


def work() -> Any:
    """A book with parts and editors."""
    record = make.work(languages=["en"], year=2023, is_open_access=True, **FACTS)
    make.part(work=record)
    editorship(work=record)
    record.agenda_items.add(make.agenda_item())
    record.updates.add(make.update())
    return record


def editorship(**facts: Any) -> Any:
    """A lead editor."""
    work = facts.pop("work", None) or make.work()
    return make.save(
        Editorship(
            work=work,
            person=make.person(),
            role="lead_editor",
            position=1,
            **make.evidenced(),
        )
    )


def entry() -> Any:
    """An entry with authors, relations and suggestions."""
    record = make.entry(summary=TEXT, sdgs=[17, 8], knowledge_hub_url=WEB, **FACTS)
    for _number in range(2):
        make.authorship(entry=record)
        make.save(EntryRelation(first=record, second=make.entry()))
        suggestion(entry=record)
    record.tags.add("theory")
    record.agenda_items.add(make.agenda_item())
    return record


def suggestion(**facts: Any) -> Any:
    """A suggestion that waits."""
    entry = facts.pop("entry", None) or make.entry()
    return make.save(Suggestion(entry=entry, kind="tag", value=f"topic {next(make.numbers)}"))


def action_plan() -> Any:
    """A plan with areas and groups."""
    record = make.action_plan(
        summary=TEXT,
        adopted_by=make.decision(),
        adopted_at=make.meeting(),
        continues=make.action_plan(),
        instrument=make.instrument(),
        **FACTS,
    )
    for _number in range(2):
        area = make.priority_area(plan=record)
        make.sub_group(plan=record, area=area, established_by=make.decision())
    record.agenda_items.add(make.agenda_item())
    record.updates.add(make.update())
    return record


def sub_group() -> Any:
    """A group with seats."""
    area = make.priority_area()
    record = make.sub_group(plan=area.plan, area=area, from_on="2022-07-19", **FACTS)
    for _number in range(2):
        make.sub_group_seat(sub_group=record, from_on="2022-07-19")
    return record


def activity() -> Any:
    """An activity with those who carry it, deliverables and reports."""
    area = make.priority_area()
    record = make.activity(
        plan=area.plan,
        area=area,
        description=TEXT,
        arises_from=make.decision(),
        continues=make.activity(),
        sdgs=[8],
        due_on="2024",
        **FACTS,
    )
    record.provisions.add(make.provision(), make.provision())
    record.instruments.add(make.instrument())
    record.agenda_items.add(make.agenda_item())
    for _number in range(2):
        make.deliverable(activity=record, due_on="2023-05")
        make.progress_report(activity=record, narrative=TEXT)
        activity_organization(activity=record)
    return record


def commitment() -> Any:
    """A commitment of two governments, at a meeting, to all that it can serve."""
    record = make.build(
        Commitment,
        text=TEXT,
        meeting=make.meeting(),
        instrument=make.instrument(),
        plan=make.action_plan(),
        activity=make.activity(),
        **FACTS,
    )
    for _number in range(2):
        record.organizations.add(make.organization(kind="government"))
    return record


def activity_organization(**facts: Any) -> Any:
    """An organization that leads."""
    activity = facts.pop("activity", None) or make.activity()
    return make.save(
        ActivityOrganization(activity=activity, organization=make.organization(), role="lead")
    )


def deliverable() -> Any:
    """A deliverable with evidence."""
    record = make.deliverable(due_on="2023", delivered_on="2023-05-01")
    make.save(DeliverableEvidence(deliverable=record, instrument=make.instrument()))
    return record


def progress_report() -> Any:
    """A report with evidence."""
    record = make.progress_report(narrative=TEXT)
    make.save(ReportEvidence(report=record, url=WEB, title="A page"))
    return record


def person_contact() -> Any:
    """A telephone."""
    return make.save(PersonContact(person=make.person(), telephone="+41 22 000 00 00"))


def join_link() -> Any:
    """A link."""
    return make.save(JoinLink(meeting=make.meeting(), url=WEB))


def decision_evidence() -> Any:
    """Evidence by an entry."""
    slug = make.entry().slug
    return make.save(DecisionEvidence(decision=make.decision(), publication_slug=slug))


def entry_relation() -> Any:
    """Two entries that are related."""
    return make.entry_relation(make.entry(), make.entry())


def deliverable_evidence() -> Any:
    """Evidence by a page elsewhere."""
    return make.deliverable_evidence(url=WEB, title="A page")


def report_evidence() -> Any:
    """Evidence by a meeting."""
    return make.report_evidence(meeting=make.meeting())


def builder_of(model: type[models.Model]) -> Callable[[], Any]:
    """Return what builds a full record of a noun: its own function here, else any valid row."""
    return globals().get(make.name_of(model)) or partial(make.build, model)


BUILDERS: dict[str, Callable[[], Any]] = {
    model._meta.label: builder_of(model)
    for config in apps.get_app_configs()
    if isinstance(config, PortalAppConfig)
    for model in config.get_models()
}

ONE_OF_EACH = {"Meeting", "Update", "Seat", "Attendance", "Office"}
"""A noun of each kind of page in the back office, and the one with the most on its page."""


def each_slowly(models: Iterable[Any]) -> list[Any]:
    """Give every noun to a test of what all pages share; `make test` asks one of each kind."""
    return [
        pytest.param(
            model,
            id=model._meta.label,
            marks=() if model.__name__ in ONE_OF_EACH else pytest.mark.slow,
        )
        for model in models
    ]
