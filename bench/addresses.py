"""What is measured: lists, records, searches and machines' doors."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from actionplan.models import ActionPlan, Activity, SubGroup
from encyclopedia.models import Entry
from taskforce.models import (
    Decision,
    Document,
    Meeting,
    Organization,
    PolicyInstrument,
    Update,
)

NOUNS: dict[str, tuple[Any, str]] = {
    "organizations": (Organization, "taskforce:organization"),
    "meetings": (Meeting, "taskforce:meeting"),
    "decisions": (Decision, "taskforce:decision"),
    "instruments": (PolicyInstrument, "taskforce:instrument"),
    "updates": (Update, "taskforce:update"),
    "documents": (Document, "taskforce:document"),
    "entries": (Entry, "encyclopedia:entry"),
    "action plans": (ActionPlan, "actionplan:action_plan"),
    "sub-groups": (SubGroup, "actionplan:sub_group"),
    "activities": (Activity, "actionplan:activity"),
}
SEARCHES = {
    "a rare word": "{number}",
    "a word of most records": "cooperative",
    "a word of all records": "synthetic",
    "two words": "solidarity finance",
    "a phrase": '"solidarity finance"',
    "an unfinished word": "cooper",
    "a slip": "cooperatve",
    "nothing like it": "zyxwvut",
    "one noun alone": "cooperative&kind=meeting",
    "the last page": "cooperative&page=20",
}


def addresses(count: int) -> Iterator[tuple[str, str]]:
    """Give what is measured by name, with its address, in a database of so many records a noun."""
    yield "home", "/"
    for name, (noun, prefix) in NOUNS.items():
        yield f"{name}: list", reverse(f"{prefix}_list")
        yield f"{name}: list by a word", f"{reverse(f'{prefix}_list')}?q=cooperative"
        keys = noun.objects.order_by("pk").values_list("pk", flat=True)
        record = noun.objects.get(pk=keys[keys.count() // 2])
        yield f"{name}: one record", record.get_absolute_url()
    yield "organizations: seated on a day", "/organizations/?on=2022-07-19"
    yield "meetings: of a year", "/meetings/?year=2022"
    for name, words in SEARCHES.items():
        yield f"search: {name}", f"/search/?q={words.format(number=count // 2)}"
    yield "a goal", "/sdgs/8/"
    yield "a topic", "/topics/synthetic-topic-1/"
    for name, (_noun, prefix) in NOUNS.items():
        yield f"API: {name}", reverse(f"api:{prefix.partition(':')[2]}_list")
    yield "feed of updates", "/updates/feed/"
    yield "calendar", "/meetings/calendar.ics"
    yield "sitemap of meetings", "/sitemap-meetings.xml"
