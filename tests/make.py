"""Builders: one valid record of each noun, published unless asked otherwise."""

import datetime as dt
from itertools import count
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.text import camel_case_to_spaces

from actionplan.models import (
    ActionPlan,
    Activity,
    ActivityOrganization,
    Deliverable,
    DeliverableEvidence,
    PriorityArea,
    ProgressReport,
    ReportEvidence,
    SubGroup,
    SubGroupSeat,
)
from encyclopedia.models import (
    Authorship,
    Editorship,
    Entry,
    EntryRelation,
    Part,
    Suggestion,
    Work,
)
from taskforce.models import (
    AgendaItem,
    Attendance,
    Decision,
    Document,
    InstrumentEvent,
    InstrumentParty,
    InstrumentRelation,
    Meeting,
    Minutes,
    Office,
    Organization,
    Person,
    PolicyInstrument,
    Provision,
    ProvisionRelation,
    ProvisionText,
    Rendition,
    ReportedCount,
    Seat,
    SuggestedGoal,
    Term,
    Update,
    Vote,
)
from untfsse.kit.records.evidence import Evidenced, has_address
from untfsse.kit.records.noun import Noun
from untfsse.kit.records.record import Record
from untfsse.synthetic.filling import required

SOURCES = [{"title": "Report of the meeting", "url": "https://example.org/report"}]
PUBLISHED_AT = dt.datetime(2022, 8, 2, 12, 0, tzinfo=dt.UTC)
HIDDEN: list[dict[str, Any]] = [
    {"status": "draft"},
    {
        "status": "withdrawn",
        "published_at": PUBLISHED_AT,
        "withdrawal_reason": "Taken back",
    },
    {"published_at": dt.datetime(2999, 1, 1, tzinfo=dt.UTC)},
]
"""Ways for a record not to be seen by a visitor."""
numbers = count(1)


def save[M: models.Model](record: M) -> M:
    """Save a record that passes its own rules; PostgreSQL keeps those that are its own.

    A row that it points to is there: the field would ask the database for it again. What was
    given is what the fields make of it, and what the database adds comes with the answer; only
    the rows that it points to are forgotten, as if the record were read.
    """
    fields: list[Any] = [field for field in record._meta.concrete_fields if field.is_relation]
    given = [field for field in fields if field.is_cached(record)]
    names = {field.name for field in given}
    record.full_clean(names, validate_unique=False, validate_constraints=False)
    record.save()
    for field in given:
        field.delete_cached_value(record)
    return record


def published(**facts: Any) -> dict[str, Any]:
    """Return the facts of a published record with a source, unless others are given."""
    if facts.get("status", "published") == "published":
        facts = {"status": "published", "published_at": PUBLISHED_AT, **facts}
    return evidenced(**facts)


def evidenced(**facts: Any) -> dict[str, Any]:
    """Return facts with a source, and as sure as their sources allow, unless others are given."""
    sources = facts.setdefault("sources", SOURCES)
    return {"confidence": "high" if has_address(sources) else "medium", **facts}


def record[M: models.Model](noun: type[M], facts: dict[str, Any], **usual: Any) -> M:
    """Save a published record of what is usual, but for the facts given."""
    return save(noun(**published(**{**usual, **facts})))


def user(**facts: Any) -> User:
    """A signed-in focal point; `is_staff=True` for the secretariat."""
    return User.objects.create_user(**{"username": f"user{next(numbers)}", **facts})


def organization(**facts: Any) -> Organization:
    n = next(numbers)
    return record(
        Organization, facts, name=f"Organization {n}", slug=f"organization-{n}", kind="ngo"
    )


def seat(**facts: Any) -> Seat:
    facts.setdefault("organization", None)
    facts["organization"] = facts["organization"] or organization()
    return save(Seat(**evidenced(**{"category": "member", **facts})))


def reported_count(**facts: Any) -> ReportedCount:
    n = next(numbers)
    known = {"reported_on": "2022-07-19", "category": "member", "wording": f"{n} members"}
    return save(ReportedCount(**evidenced(**{**known, "number": n, **facts})))


def person(**facts: Any) -> Person:
    n = next(numbers)
    return record(Person, facts, name=f"Person {n}", slug=f"person-{n}")


def office(**facts: Any) -> Office:
    n = next(numbers)
    return save(Office(**{"title": f"Office {n}", "slug": f"office-{n}", "position": n, **facts}))


def term(**facts: Any) -> Term:
    for name, build in {"office": office, "organization": organization}.items():
        facts[name] = facts.get(name) or build()
    return save(Term(**evidenced(**facts)))


def meeting(**facts: Any) -> Meeting:
    n = next(numbers)
    return record(
        Meeting,
        facts,
        title=f"Meeting {n}",
        slug=f"meeting-{n}",
        kind="special",
        state="held",
        starts_on="2022-07-19",
    )


def agenda_item(**facts: Any) -> AgendaItem:
    facts["meeting"] = facts.get("meeting") or meeting()
    n = next(numbers)
    return save(AgendaItem(**{"number": n, "title": f"Agenda item {n}", **facts}))


def attendance(**facts: Any) -> Attendance:
    for name, build in {"meeting": meeting, "organization": organization}.items():
        facts[name] = facts.get(name) or build()
    return save(Attendance(**{"state": "present", **facts}))


def decision(**facts: Any) -> Decision:
    facts["meeting"] = facts.get("meeting") or meeting()
    n = next(numbers)
    return record(
        Decision,
        facts,
        number=f"UNTFSSE/2022/SM/D{n}",
        slug=f"untfsse-2022-sm-d{n}",
        kind="decides",
        text=f"Decision text {n}",
    )


def minutes(**facts: Any) -> Minutes:
    facts["meeting"] = facts.get("meeting") or meeting()
    return save(Minutes(**{"text": "What was said.", **facts}))


def document(**facts: Any) -> Document:
    if not facts.get("instrument"):
        facts["meeting"] = facts.get("meeting") or meeting()
    n = next(numbers)
    return record(Document, facts, title=f"Document {n}", slug=f"document-{n}", kind="report")


def rendition(**facts: Any) -> Rendition:
    facts["document"] = facts.get("document") or document()
    return save(Rendition(**{"language": "en", "url": "https://example.org/a.pdf", **facts}))


def instrument(**facts: Any) -> PolicyInstrument:
    n = next(numbers)
    return record(
        PolicyInstrument,
        facts,
        title=f"Official title {n}",
        short_title=f"Instrument {n}",
        slug=f"instrument-{n}",
        symbol=f"A/RES/77/{n}",
        issuing_body="United Nations General Assembly",
        kind="resolution",
        level="global",
        stage="adopted",
        adopted_on="2023-04-18",
    )


def provision(*, text: str = "", **facts: Any) -> Provision:
    """A provision; its text, if there is any, is English."""
    facts["instrument"] = facts.get("instrument") or instrument()
    n = next(numbers)
    row = save(
        Provision(
            **{
                "position": n,
                "kind": "building_block",
                "number": str(n),
                "label": f"Provision {n}",
                **facts,
            }
        )
    )
    if text:
        provision_text(provision=row, text=text)
    return row


def provision_text(**facts: Any) -> ProvisionText:
    if not facts.get("provision"):
        facts["provision"] = provision(instrument=instrument(licence="public-domain"))
    return save(ProvisionText(**{"language": "en", "text": "Encourages them;", **facts}))


def provision_relation(**facts: Any) -> ProvisionRelation:
    """A provision carried over from one text to another; None for a side that is missing."""
    for side, owner in [("", "instrument"), ("earlier_", "earlier_instrument")]:
        name = f"{side}provision"
        row = facts[name] if name in facts else provision(instrument=facts.get(owner))
        facts[name] = row
        facts[owner] = facts.get(owner) or (row.instrument if row else instrument())
    return save(ProvisionRelation(**evidenced(**{"kind": "carried_over", **facts})))


def vote(**facts: Any) -> Vote:
    facts["instrument"] = facts.get("instrument") or instrument()
    n = next(numbers)
    return save(
        Vote(
            **evidenced(
                **{"body": f"Committee {n}", "mode": "recorded_vote", "in_favour": n, **facts}
            )
        )
    )


def instrument_event(**facts: Any) -> InstrumentEvent:
    facts["instrument"] = facts.get("instrument") or instrument()
    return save(
        InstrumentEvent(
            **evidenced(
                **{
                    "kind": "adopted",
                    "wording": "Adopted",
                    "happened_on": "2023-04-18",
                    **facts,
                }
            )
        )
    )


def instrument_party(**facts: Any) -> InstrumentParty:
    facts["instrument"] = facts.get("instrument") or instrument()
    if not facts.get("organization"):
        facts.setdefault("country", "FR")
    return save(InstrumentParty(**evidenced(**{"role": "sponsor", **facts})))


def instrument_relation(**facts: Any) -> InstrumentRelation:
    facts["source"] = facts.get("source") or instrument()
    if not facts.get("target_label"):
        facts["target"] = facts.get("target") or instrument()
    return save(InstrumentRelation(**evidenced(**{"kind": "cites", **facts})))


def update(**facts: Any) -> Update:
    n = next(numbers)
    return record(
        Update,
        facts,
        title=f"Update {n}",
        slug=f"update-{n}",
        kind="milestone",
        happened_on="2022-07-19",
    )


def work(**facts: Any) -> Work:
    n = next(numbers)
    return record(Work, facts, title=f"Work {n}", slug=f"work-{n}")


def part(**facts: Any) -> Part:
    facts["work"] = facts.get("work") or work()
    n = next(numbers)
    return save(
        Part(**{"number": n, "title": f"Part {n}", "first_entry": 1, "last_entry": 57, **facts})
    )


def editorship(**facts: Any) -> Editorship:
    for name, build in {"work": work, "person": person}.items():
        facts[name] = facts.get(name) or build()
    return save(Editorship(**evidenced(**{"role": "editor", "position": next(numbers), **facts})))


def entry(**facts: Any) -> Entry:
    facts["part"] = facts.get("part") or part()
    n = next(numbers)
    return record(Entry, facts, number=n, title=f"Entry {n}", slug=f"entry-{n}")


def authorship(**facts: Any) -> Authorship:
    for name, build in {"entry": entry, "person": person}.items():
        facts[name] = facts.get(name) or build()
    return save(Authorship(**evidenced(**{"position": next(numbers), **facts})))


def entry_relation(one: Entry, other: Entry) -> EntryRelation:
    first, second = sorted([one, other], key=lambda entry: int(entry.pk))
    return save(EntryRelation(first=first, second=second))


def suggestion(**facts: Any) -> Suggestion:
    facts["entry"] = facts.get("entry") or entry()
    return save(Suggestion(**{"kind": "tag", "value": f"Topic {next(numbers)}", **facts}))


def suggested_goal(**facts: Any) -> SuggestedGoal:
    facts["instrument"] = facts.get("instrument") or instrument()
    return save(SuggestedGoal(**{"value": "8", **facts}))


def action_plan(**facts: Any) -> ActionPlan:
    n = next(numbers)
    return record(
        ActionPlan,
        facts,
        title=f"Action plan {n}",
        slug=f"action-plan-{n}",
        state="past",
        starts_on="2022",
        ends_on="2024",
    )


def priority_area(**facts: Any) -> PriorityArea:
    facts["plan"] = facts.get("plan") or action_plan()
    n = next(numbers)
    return record(
        PriorityArea, facts, title=f"Area {n}", slug=f"area-{n}", position=n, kind="priority"
    )


def sub_group(**facts: Any) -> SubGroup:
    facts["plan"] = facts.get("plan") or action_plan()
    n = next(numbers)
    return record(SubGroup, facts, name=f"Sub-group {n}", slug=f"group-{n}", kind="sub_group")


def sub_group_seat(**facts: Any) -> SubGroupSeat:
    for name, build in {"sub_group": sub_group, "organization": organization}.items():
        facts[name] = facts.get(name) or build()
    return save(SubGroupSeat(**evidenced(**{"role": "member", **facts})))


def activity(**facts: Any) -> Activity:
    facts["plan"] = facts.get("plan") or action_plan()
    n = next(numbers)
    return record(
        Activity, facts, title=f"Activity {n}", slug=f"activity-{n}", code=f"A{n}", kind="activity"
    )


def activity_organization(**facts: Any) -> ActivityOrganization:
    for name, build in {"activity": activity, "organization": organization}.items():
        facts[name] = facts.get(name) or build()
    return save(ActivityOrganization(**{"role": "lead", **facts}))


def deliverable(**facts: Any) -> Deliverable:
    facts["activity"] = facts.get("activity") or activity()
    return save(Deliverable(**evidenced(**{"title": f"Deliverable {next(numbers)}", **facts})))


def progress_report(**facts: Any) -> ProgressReport:
    for name, build in {"activity": activity, "organization": organization}.items():
        facts[name] = facts.get(name) or build()
    return save(
        ProgressReport(**{"reported_on": timezone.now().date(), "state": "on_track", **facts})
    )


def deliverable_evidence(**facts: Any) -> DeliverableEvidence:
    facts["deliverable"] = facts.get("deliverable") or deliverable()
    return save(DeliverableEvidence(**facts))


def report_evidence(**facts: Any) -> ReportEvidence:
    facts["report"] = facts.get("report") or progress_report()
    return save(ReportEvidence(**facts))


# --- Any noun ------------------------------------------------------------------------------


def name_of(model: type[models.Model]) -> str:
    """Return the name of a noun's builder: as its addresses name it, else as its model."""
    noun = getattr(model, "noun", None)
    return (
        noun.name
        if isinstance(noun, Noun)
        else camel_case_to_spaces(model.__name__).replace(" ", "_")
    )


def build(model: type[models.Model], **facts: Any) -> Any:
    """A valid row of any noun, by its own builder or by what it must say."""
    own = globals().get(name_of(model))
    return own(**facts) if own else filled(model, **facts)


def filled(model: type[models.Model], **facts: Any) -> Any:
    """A valid row of a noun that has no builder: all that must be said is said."""
    if issubclass(model, Record):
        facts = published(**facts)
    elif issubclass(model, Evidenced):
        facts = evidenced(**facts)
    return save(model(**{**required(model, next(numbers), build), **facts}))
