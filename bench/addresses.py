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
    "a word of all records": "synthetic",
    "two words of all records": "synthetic record",
    "a phrase of all records": '"record of synthetic"',
    "an unfinished word of all records": "synthe",
    "a slip for a word of all records": "synthetc",
    "nothing like it": "zyxwvut",
    "one noun alone": "synthetic&kind=meeting",
    "the last page": "synthetic&page=20",
    "a word of a third, so that more is found": "cooperative",
    "two words of a tenth, so that more is found": "solidarity finance",
}
"""Of many records no more are put in order than there are of few: so the same number is found, but
where a word stands in some of them alone."""


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
