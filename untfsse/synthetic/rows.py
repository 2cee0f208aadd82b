"""The rows of synthetic records, noun by noun, in the order in which they refer to each other."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from taggit.models import Tag, TaggedItem

from actionplan.models import ActionPlan, Activity, ActivityOrganization, PriorityArea
from encyclopedia.models import Authorship, Entry, Part, Work
from taskforce.models import (
    AgendaItem,
    Attendance,
    Document,
    Meeting,
    Organization,
    Person,
    PolicyInstrument,
    Rendition,
)
from untfsse.kit.records.noun import Door, nouns
from untfsse.synthetic import records
from untfsse.synthetic.filling import required
from untfsse.synthetic.records import PREFIX

TAG_COUNT = 25
MOST_AT_FIRST, EACH = 57, 5
LARGEST_NUMBER = 32_767
"""What the columns of a part can hold; no real book has so many entries."""
MOST_OF_OTHERS = 10_000
"""No task force meets more often."""
MOST_SEATS = 1_000
"""Nor has it more members and observers."""


def plan_rows(count: int, others: int) -> Iterator[tuple[str, Iterator[Any]]]:
    """Give each noun's rows, each after those that it refers to."""
    numbers = range(1, min(count, others) + 1)
    yield "organizations", map(records.organization, numbers)
    organizations = ids(Organization)
    yield (
        "seats",
        (records.seat(number, organizations[number - 1]) for number in numbers[:MOST_SEATS]),
    )
    yield "people", map(records.person, range(1, count + 1))
    yield "meetings", map(records.meeting, numbers)
    yield from plan_meeting_parts(numbers, ids(Meeting), organizations)
    yield "instruments", map(records.instrument, numbers)
    instruments = ids(PolicyInstrument)
    yield "provisions", (records.provision(number, instruments[number - 1]) for number in numbers)
    yield "updates", map(records.update, numbers)
    yield from plan_entries(count)
    yield from plan_activities(numbers, organizations)
    yield from plan_others(numbers)
    yield (
        "topics",
        (
            Tag(name=f"synthetic topic {number}", slug=f"{PREFIX}topic-{number}")
            for number in range(1, TAG_COUNT + 1)
        ),
    )
    yield "tagged records", tagged()


def plan_meeting_parts(
    numbers: Sequence[int], meetings: list[int], organizations: list[int]
) -> Iterator[tuple[str, Iterator[Any]]]:
    """Give what belongs to meetings: two attendances, an item, a decision, a document each."""
    pairs = list(zip(numbers, meetings, strict=True))
    count = len(organizations)
    yield (
        "attendances",
        (
            Attendance(meeting_id=key, organization_id=organizations[who % count], state="present")
            for number, key in pairs
            for who in {number % count, (number * 7 + 1) % count}
        ),
    )
    yield (
        "agenda items",
        (
            AgendaItem(meeting_id=key, number=1, title=f"Synthetic item {number}", kind="update")
            for number, key in pairs
        ),
    )
    items = ids(AgendaItem)
    yield "decisions", (records.decision(number, key, items[number - 1]) for number, key in pairs)
    yield "documents", (records.document(number, key) for number, key in pairs)
    documents = ids(Document)
    yield (
        "renditions",
        (
            Rendition(document_id=key, language="en", url=f"https://example.org/synthetic/{key}")
            for key in documents
        ),
    )


def plan_entries(count: int) -> Iterator[tuple[str, Iterator[Any]]]:
    """Give a work in four parts with its entries and their authors."""
    title = "Synthetic encyclopedia"
    yield "works", iter([Work(title=title, year=2000, **records.record("work", 1))])
    work = ids(Work)[-1]
    size = -(-count // 4)
    yield (
        "parts",
        (
            Part(
                work_id=work,
                number=number,
                title=f"Synthetic part {number}",
                first_entry=min((number - 1) * size + 1, LARGEST_NUMBER),
                last_entry=min(number * size, LARGEST_NUMBER),
            )
            for number in range(1, 5)
        ),
    )
    parts = ids(Part)[-4:]
    yield (
        "entries",
        (records.entry(number, parts[(number - 1) // size]) for number in range(1, count + 1)),
    )
    authors = ids(Person)
    yield (
        "authorships",
        (
            Authorship(entry_id=key, person_id=authors[place], position=1)
            for place, key in enumerate(ids(Entry))
        ),
    )


def plan_activities(
    numbers: Sequence[int], organizations: list[int]
) -> Iterator[tuple[str, Iterator[Any]]]:
    """Give plans, each with an area, a sub-group, an activity and its deliverable."""
    yield "action plans", map(records.action_plan, numbers)
    plans = ids(ActionPlan)
    yield "priority areas", (records.area(number, plans[number - 1]) for number in numbers)
    areas = ids(PriorityArea)
    pairs = list(zip(numbers, plans, areas, strict=True))
    yield "sub-groups", (records.sub_group(number, plan, key) for number, plan, key in pairs)
    yield "activities", (records.activity(number, plan, key) for number, plan, key in pairs)
    activities = ids(Activity)
    yield (
        "activity organizations",
        (
            ActivityOrganization(
                activity_id=key, organization_id=organizations[place - 1], role="lead"
            )
            for place, key in enumerate(activities)
        ),
    )
    yield (
        "deliverables",
        (records.deliverable(place, key) for place, key in enumerate(activities, start=1)),
    )


def plan_others(numbers: Sequence[int]) -> Iterator[tuple[str, Iterator[Any]]]:
    """Give the nouns that have pages and of which nothing was made above."""
    for model in nouns(Door.PAGES):
        if model.objects.filter(slug__startswith=PREFIX).exists():
            continue
        name = model.noun.name
        yield (
            str(model._meta.verbose_name_plural),
            (
                model(**required(model, number, first) | records.record(name, number))
                for number in numbers
            ),
        )


def first(model: type[Any]) -> Any:
    """Return a synthetic row of a noun."""
    return model.objects.order_by("pk").first()


def ids(model: type[Any]) -> list[int]:
    """Return the keys of the synthetic rows, in order."""
    owner = {AgendaItem: "meeting__slug", Part: "work__slug"}.get(model, "slug")
    rows = model.objects.filter(**{f"{owner}__startswith": PREFIX}).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def tagged() -> Iterator[TaggedItem]:
    """Give a topic to each record that bears topics; the first fills its page with few records."""
    topics = list(Tag.objects.filter(slug__startswith=PREFIX).values_list("pk", flat=True))
    for model in nouns(Door.TOPICS):
        kind = ContentType.objects.get_for_model(model)
        for place, key in enumerate(ids(model)):
            is_first = place < MOST_AT_FIRST and place % EACH == 0
            topic = topics[0 if is_first else place % TAG_COUNT]
            yield TaggedItem(tag_id=topic, content_type=kind, object_id=key)
