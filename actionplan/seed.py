"""What the rows of the action plans' file become."""

from pathlib import Path
from typing import Any

from actionplan.models import (
    ActionPlan,
    Activity,
    ActivityOrganization,
    Commitment,
    Deliverable,
    DeliverableEvidence,
    PriorityArea,
    SubGroup,
    SubGroupSeat,
)
from taskforce.seed.instruments import INSTRUMENTS, PROVISIONS, provision_key
from taskforce.seed.meetings import DECISIONS, MEETINGS, agenda_items
from taskforce.seed.organizations import ORGANIZATIONS
from taskforce.seed.updates import DOCUMENTS, UPDATES
from untfsse.kit.loading import FileRow, Load, RecordFile, RowError, SeedModel, read_file
from untfsse.kit.loading.facts import evidence, record

FILE = Path(__file__).resolve().parent / "data" / "actionplan.yaml"
PLANS = SeedModel(
    "action plans",
    ActionPlan,
    {
        "slug": "id",
        "starts_on": "year_start",
        "ends_on": "year_end",
        "state": "status",
        "adopted_at": "agreed_at_meeting",
    },
)
AREAS = SeedModel("priority areas", PriorityArea, {"slug": "id"})
SUB_GROUPS = SeedModel("sub-groups", SubGroup, {"slug": "id"})
SUB_GROUP_SEATS = SeedModel(
    "sub-group seats",
    SubGroupSeat,
    known_by=("sub_group", "organization", "role"),  # from when on is what may be known better
)
ACTIVITIES = SeedModel(
    "activities",
    Activity,
    {"slug": "id", "code": "id", "kind": "type", "documented_state": "status"},
)
ACTIVITY_ORGANIZATIONS = SeedModel("activity organizations", ActivityOrganization)
DELIVERABLES = SeedModel("deliverables", Deliverable)
PROOFS = SeedModel("evidence of delivery", DeliverableEvidence)
COMMITMENTS = SeedModel("commitments", Commitment, {"slug": "id"})


def read() -> RecordFile:
    """Read the file; raise BrokenFileError when that is not possible."""
    return read_file(FILE)


def load_records(load: Load, file: RecordFile) -> None:
    """Load all nouns, each after those that it refers to; the Task Force's come before."""
    activities = file.rows("activities")
    groups = file.rows("sub_groups")
    load.each(PLANS, file.rows("plans"), _load_plan)
    load.each(AREAS, file.rows("priority_areas"), _load_area)
    load.each(SUB_GROUPS, groups, _load_sub_group)
    load.each(SUB_GROUP_SEATS, groups, _load_sub_group_seats)
    load.each(ACTIVITIES, activities, _load_activity)
    load.each(ACTIVITY_ORGANIZATIONS, activities, _load_organizations)
    deliverables = load.below(DELIVERABLES, activities, "deliverables")
    load.each(DELIVERABLES, deliverables, _load_deliverable)
    load.each(PROOFS, load.below(PROOFS, deliverables, "evidence"), _load_proof)
    load.each(COMMITMENTS, file.rows("commitments"), _load_commitment)


def _load_plan(load: Load, row: FileRow) -> None:
    decision = load.get(DECISIONS, row.text("adopted_by"))
    meeting = load.get(MEETINGS, row.text("agreed_at_meeting"))
    _check_meeting(decision, meeting, "adopted_by")
    values = record(row) | {
        "slug": row.key("id"),
        "title": row.text("title"),
        "starts_on": row.date("year_start"),
        "ends_on": row.date("year_end"),
        "state": row.text("status"),
        "adopted_by": decision,
        "adopted_at": None if decision else meeting,
        "continues": load.get(PLANS, row.text("continues")),
        "instrument": load.get(INSTRUMENTS, row.text("instrument")),
        "summary": row.text("summary"),
        "document_url": row.text("document_url"),
    }
    links = {
        "agenda_items": agenda_items(load, row),
        "updates": [load.get(UPDATES, slug) for slug in row.texts("updates")],
    }
    load.put(PLANS, row, row.key("id"), values, links=links)


def _check_meeting(decision: Any, meeting: Any, field: str) -> None:
    """Refuse a decision of another meeting than the row names."""
    of_decision, named = getattr(decision, "meeting_id", None), getattr(meeting, "pk", None)
    if of_decision and named and of_decision != named:
        raise RowError(field, "This decision was taken at another meeting than the row names.")


def _load_area(load: Load, row: FileRow) -> None:
    values = record(row) | {
        "slug": row.key("id"),
        "plan": load.get(PLANS, row.key("plan")),
        "position": row.whole("position"),
        "kind": row.text("kind"),
        "title": row.text("title"),
        "summary": row.text("summary"),
    }
    load.put(AREAS, row, row.key("id"), values)


def _load_sub_group(load: Load, row: FileRow) -> None:
    decision = load.get(DECISIONS, row.text("established_by"))
    _check_meeting(decision, load.get(MEETINGS, row.text("decided_at_meeting")), "established_by")
    values = record(row) | {
        "slug": row.key("id"),
        "plan": load.get(PLANS, row.key("plan")),
        "area": load.get(AREAS, row.text("area")),
        "name": row.text("name"),
        "kind": row.text("kind"),
        "established_by": decision,
    }
    load.put(SUB_GROUPS, row, row.key("id"), values)


def _load_sub_group_seats(load: Load, row: FileRow) -> None:
    group = load.get(SUB_GROUPS, row.key("id"))
    for role in ("lead", "co_lead", "member"):
        for slug in row.texts(f"{role}_organizations"):
            values = evidence(row) | {
                "sub_group": group,
                "organization": load.get(ORGANIZATIONS, slug),
                "role": role,
                "from_on": row.date("seats_from"),
                "confidence": row.text("seats_confidence") or row.text("confidence"),
            }
            load.put(SUB_GROUP_SEATS, row, f"{row.key('id')}/{role}/{slug}", values)


def _load_activity(load: Load, row: FileRow) -> None:
    year = row.date("year")
    values = record(row) | {
        "slug": row.key("id"),
        "plan": load.get(PLANS, row.key("plan")),
        "area": load.get(AREAS, row.text("area")),
        "is_area_inferred": row.choice("area_link", {"stated": False, "inferred": True}),
        "code": row.key("id").upper(),
        "title": row.text("title"),
        "description": row.text("description"),
        "kind": row.text("type"),
        "documented_state": row.text("status"),
        "documented_on": row.date("documented_on") or year,
        "arises_from": load.get(DECISIONS, row.text("arises_from")),
        "continues": load.get(ACTIVITIES, row.text("continues")),
        "due_on": row.date("due_on"),
    }
    links = _served(load, row) | {"agenda_items": agenda_items(load, row)}
    load.put(ACTIVITIES, row, row.key("id"), values, links=links)


def _served(load: Load, row: FileRow) -> dict[str, list[Any]]:
    """Return the provisions that are served, and the instruments served as a whole."""
    served: dict[str, list[Any]] = {"provisions": [], "instruments": []}
    for text in row.rows("serves"):
        slug, kind = text.key("instrument"), text.text("kind")
        if kind:
            key = provision_key(slug, kind, text.key("number"))
            served["provisions"].append(load.get(PROVISIONS, key))
        else:
            served["instruments"].append(load.get(INSTRUMENTS, slug))
    return served


def _load_organizations(load: Load, row: FileRow) -> None:
    activity = load.get(ACTIVITIES, row.key("id"))
    for role, word in (("lead", "lead"), ("support", "partner"), ("funder", "funder")):
        for slug in row.texts(f"{word}_organizations"):
            organization = load.get(ORGANIZATIONS, slug)
            values = {"activity": activity, "organization": organization, "role": role}
            load.put(ACTIVITY_ORGANIZATIONS, row, f"{row.key('id')}/{slug}", values)


def _load_deliverable(load: Load, row: FileRow) -> None:
    activity, title = row.owner.key("id"), row.key("title")
    values = evidence(row, row.owner) | {
        "activity": load.get(ACTIVITIES, activity),
        "title": title,
        "due_on": row.date("due_on"),
        "delivered_on": row.date("delivered_on"),
    }
    load.put(DELIVERABLES, row, f"{activity}/{title}", values)


def _load_proof(load: Load, row: FileRow) -> None:
    deliverable = f"{row.owner.owner.key('id')}/{row.owner.key('title')}"
    things = [row.text(name) for name in ("document", "meeting", "instrument", "url")]
    values = {
        "deliverable": load.get(DELIVERABLES, deliverable),
        "document": load.get(DOCUMENTS, things[0]),
        "meeting": load.get(MEETINGS, things[1]),
        "instrument": load.get(INSTRUMENTS, things[2]),
        "url": things[3],
        "title": row.text("title"),
    }
    load.put(PROOFS, row, f"{deliverable}/{''.join(things)}"[:500], values)


def _load_commitment(load: Load, row: FileRow) -> None:
    values = record(row) | {
        "slug": row.key("id"),
        "title": row.text("title"),
        "made_by": row.text("made_by"),
        "made_on": row.date("made_on"),
        "text": row.text("text"),
        "meeting": load.get(MEETINGS, row.text("meeting")),
        "instrument": load.get(INSTRUMENTS, row.text("instrument")),
        "plan": load.get(PLANS, row.text("plan")),
        "activity": load.get(ACTIVITIES, row.text("activity")),
    }
    named = [load.get(ORGANIZATIONS, slug) for slug in row.texts("organizations")]
    load.put(COMMITMENTS, row, row.key("id"), values, links={"organizations": named})
