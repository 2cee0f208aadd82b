"""What is measured: lists, records, searches and machines' doors."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from django.urls import reverse

from taskforce import feeds
from untfsse.kit.pages import filters
from untfsse.kit.records.noun import Door, list_address, nouns
from untfsse.search import asking
from untfsse.sitemaps import RecordSitemap

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


OF_A_YEAR = 9
"""So many synthetic meetings are held in a year at least, however few there are."""
ENDS = (
    (filters, "MOST_OPTIONS"),
    (feeds, "MOST_IN_CALENDAR"),
    (RecordSitemap, "limit"),
    (asking, "MOST_PER_NOUN"),
)
"""Where an answer ends that may be longer than all there is of few records."""


@contextmanager
def alike(count: int) -> Iterator[None]:
    """Let answers be no longer than so few records make them: what is compared is as long."""
    with ExitStack() as stack:
        for place, name in ENDS:
            stack.enter_context(patch.object(place, name, count))
        yield


def addresses(count: int) -> Iterator[tuple[str, str]]:
    """Give what is measured by name, with its address, in a database of so many records a noun."""
    yield "home", "/"
    for noun in nouns(Door.PAGES):
        name = noun.noun.api_path
        yield f"{name}: list", list_address(noun)
        yield f"{name}: list by a word", list_address(noun, q="synthetic")
        keys = noun.objects.order_by("pk").values_list("pk", flat=True)
        record = noun.objects.get(pk=keys[keys.count() // 2])
        yield f"{name}: one record", record.get_absolute_url()
    yield "organizations: seated on a day", "/organizations/?on=2022-07-19"
    yield "meetings: of a year", f"/meetings/?year=2003&page_size={OF_A_YEAR}"
    for name, words in SEARCHES.items():
        yield f"search: {name}", f"/search/?q={words.format(number=count // 2)}"
    yield "a goal", "/sdgs/8/"
    yield "a topic", "/topics/synthetic-topic-1/"
    yield "topics", "/topics/"
    for noun in nouns(Door.PAGES):
        yield f"API: {noun.noun.api_path}", reverse(f"api:{noun.noun.name}_list")
    yield "feed of updates", "/updates/feed/"
    yield "calendar", "/meetings/calendar.ics"
    yield "sitemap of meetings", "/sitemap-meetings.xml"
