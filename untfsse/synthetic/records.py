"""One synthetic record of each noun, the same for the same number."""

import datetime as dt
from functools import cache
from typing import Any

from django.utils import timezone

from actionplan.models import ActionPlan, Activity, Deliverable, PriorityArea, SubGroup
from encyclopedia.models import Entry
from taskforce.models import (
    Decision,
    Document,
    Meeting,
    Organization,
    Person,
    PolicyInstrument,
    Provision,
    Seat,
    Update,
)
from untfsse.kit.records.dates import PartialDate
from untfsse.kit.records.publication import Status

PREFIX = "synthetic-"
VOCABULARY = """
cooperative finance community housing water energy care statistics policy solidarity youth
women resolution local tourism mutual association market training digital climate health
education informal transition network region member harvest fair trade credit savings
"""
WORDS = VOCABULARY.split()
FIRST_DAY = dt.date(2000, 1, 1)
SOURCES = [{"title": "Synthetic source", "url": "https://example.org/"}]


def record(noun: str, number: int) -> dict[str, Any]:
    """Return the fields that all records share."""
    return {
        "slug": f"{PREFIX}{noun}-{number}",
        "status": Status.PUBLISHED,
        "published_at": timezone.now(),
        "confidence": "high",
        "sources": SOURCES,
        "note": "This record is synthetic.",
    }


def prose(number: int, length: int = 40) -> str:
    """Return words that differ from number to number, the same each time."""
    return prose_from(number % len(WORDS), length)


@cache
def prose_from(start: int, length: int) -> str:
    """Return words of one of the texts that there are."""
    places = ((start * 31 + step * step * 7 + step * start) % len(WORDS) for step in range(length))
    return " ".join(WORDS[place] for place in places).capitalize() + "."


def day(number: int) -> Any:
    """Return a day between 2000 and 2026, as a PartialDate."""
    return PartialDate.of(FIRST_DAY + dt.timedelta(days=number * 37 % 9_800))


def goals(number: int) -> list[int]:
    """Return two or three goals."""
    return sorted({number % 17 + 1, number * 3 % 17 + 1, 8})


def organization(number: int) -> Organization:
    return Organization(
        name=f"Synthetic organization {number}",
        acronym=f"SYN{number}",
        kind=("ngo", "research_institute", "un_programme")[number % 3],
        city=("Geneva", "New York", "Nairobi", "Santiago")[number % 4],
        country=("CH", "US", "KE", "CL")[number % 4],
        description=prose(number),
        **record("organization", number),
    )


def seat(number: int, key: int) -> Seat:
    category = ("member", "observer")[number % 2]
    return Seat(organization_id=key, category=category, from_on=day(number))


def person(number: int) -> Person:
    return Person(name=f"Synthetic Author {number}", **record("author", number))


def meeting(number: int) -> Meeting:
    return Meeting(
        title=f"Synthetic meeting {number}",
        kind=("regular", "webinar", "side_event", "workshop")[number % 4],
        ordinal=None if number % 4 else number // 4,
        state="held",
        starts_on=day(number),
        format=("virtual", "hybrid", "in_person")[number % 3],
        city=("Geneva", "New York", "Nairobi", "Santiago")[number % 4],
        country=("CH", "US", "KE", "CL")[number % 4],
        summary=prose(number),
        reported_participants=number % 90 + 10,
        participants_wording=f"about {number % 90 + 10}",
        **record("meeting", number),
    )


def decision(number: int, meeting_id: int, item_id: int) -> Decision:
    return Decision(
        number=f"SYNTHETIC/D{number}",
        meeting_id=meeting_id,
        agenda_item_id=item_id,
        kind=("decides", "requests", "agrees", "notes")[number % 4],
        follow_up=("no_information", "open", "implemented")[number % 3],
        text=f"Synthetic decision {number}: {prose(number, 15)}",
        **record("decision", number),
    )


def document(number: int, meeting_id: int) -> Document:
    return Document(
        title=f"Synthetic document {number}",
        kind=("report", "agenda", "slides")[number % 3],
        issued_on=day(number),
        meeting_id=meeting_id,
        summary=prose(number),
        **record("document", number),
    )


def instrument(number: int) -> PolicyInstrument:
    """Return an instrument."""
    return PolicyInstrument(
        title=f"Synthetic resolution {number} on {prose(number, 6)}",
        short_title=f"Synthetic instrument {number}",
        symbol=f"SYN/RES/{number}",
        issuing_body="Synthetic assembly",
        kind=("resolution", "law", "strategy", "declaration")[number % 4],
        level=("global", "regional", "national")[number % 3],
        stage=("adopted", "in_force", "in_process")[number % 3],
        adopted_on=day(number),
        summary=prose(number),
        sdgs=goals(number),
        **record("instrument", number),
    )


def provision(number: int, key: int) -> Provision:
    label = f"Synthetic provision {number}"
    return Provision(instrument_id=key, position=1, kind="article", number="1", label=label)


def update(number: int) -> Update:
    return Update(
        title=f"Synthetic update {number}",
        kind=("meeting", "publication", "event", "membership")[number % 4],
        happened_on=day(number),
        text=prose(number),
        **record("update", number),
    )


def entry(number: int, part_id: int) -> Entry:
    return Entry(
        part_id=part_id,
        number=number,
        title=f"Synthetic entry {number}",
        summary=prose(number, 60),
        sdgs=goals(number),
        **record("entry", number),
    )


def action_plan(number: int) -> ActionPlan:
    year = 2000 + number % 26
    return ActionPlan(
        title=f"Synthetic plan {number}",
        starts_on=str(year),
        ends_on=str(year + 2),
        state=("past", "current")[number % 2],
        summary=prose(number),
        **record("plan", number),
    )


def area(number: int, plan_id: int) -> PriorityArea:
    """Return a plan's only area."""
    return PriorityArea(
        plan_id=plan_id,
        position=1,
        kind="priority",
        title=f"Synthetic area {number}",
        **record("area", number),
    )


def sub_group(number: int, plan_id: int, area_id: int) -> SubGroup:
    return SubGroup(
        plan_id=plan_id,
        area_id=area_id,
        name=f"Synthetic sub-group {number}",
        kind=("sub_group", "working_group")[number % 2],
        **record("sub-group", number),
    )


def activity(number: int, plan_id: int, area_id: int) -> Activity:
    return Activity(
        plan_id=plan_id,
        area_id=area_id,
        code=f"SYN-{number}",
        title=f"Synthetic activity {number}",
        description=prose(number),
        kind=("activity", "output")[number % 2],
        documented_state=("unknown", "ongoing", "done")[number % 3],
        due_on=day(number),
        sdgs=goals(number),
        **record("activity", number),
    )


def deliverable(number: int, activity_id: int) -> Deliverable:
    title = f"Synthetic deliverable {number}"
    return Deliverable(activity_id=activity_id, title=title, delivered_on=day(number))
