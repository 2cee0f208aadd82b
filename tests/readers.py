"""Programs that follow a feed or the calendar of the portal, as their standards say."""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from icalendar import Calendar

from tests.serving import Answer, Portal

ATOM = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
WORDS = ("id", "updated", "title")
CALENDAR = "/meetings/calendar.ics"

type Entry = tuple[str, str, str]
type Event = tuple[str, str, str, int]


class Reader:
    """Asks an address again and again, and takes up what is new."""

    def __init__(self, portal: Portal, path: str) -> None:
        self.portal = portal
        self.path = path
        self.asked: Counter[str] = Counter()
        self.etag = ""
        self.kept: dict[str, Any] = {}
        self.news = 0

    def get(self, address: str, **headers: str) -> Answer:
        """Return an answer, which is one that the standards allow."""
        answer = self.portal.follow(address, **headers)
        self.asked[str(answer.status)] += 1
        assert answer.status in {200, 304}, (address, answer.status, answer.body[:500])
        return answer

    def follow(self) -> bool:
        """Bring the copy up to date; returns whether anything was new."""
        answer = self.get(self.path, **({"If-None-Match": self.etag} if self.etag else {}))
        if answer.status == 304:
            return False
        self.etag = answer.headers["ETag"]
        self.take(answer)
        return True

    def take(self, answer: Answer) -> None:
        raise NotImplementedError


class FeedReader(Reader):
    """Keeps what stands in a feed, and goes back in its pages to what it knows."""

    def __init__(self, portal: Portal, path: str) -> None:
        super().__init__(portal, path)
        self.moments: dict[str, str] = {}

    def take(self, answer: Answer) -> None:
        """Take up entries and tombstones down to the first that is known: below it all is old."""
        fresh: dict[str, tuple[str, Entry | None]] = {}
        for key, moment, entry in self.read(answer):
            if self.moments.get(key) == moment:
                break
            fresh.setdefault(key, (moment, entry))
        for key, (moment, entry) in fresh.items():
            self.moments[key] = moment
            self.news += 1
            if entry is None:
                self.kept.pop(key, None)
            else:
                self.kept[key] = entry

    def read(self, answer: Answer) -> Iterator[tuple[str, str, Entry | None]]:
        """Give id, moment and entry of all that stands in the feed, the latest first."""
        while True:
            feed = ET.fromstring(answer.body)  # noqa: S314 — our own
            yield from sorted(parts_of(feed), key=lambda part: part[1], reverse=True)
            onward = feed.find(f"{ATOM}link[@rel='next']")
            if onward is None:
                return
            answer = self.get(onward.attrib["href"])


def parts_of(feed: ET.Element) -> Iterator[tuple[str, str, Entry | None]]:
    """Give the entries and the tombstones of a page."""
    for entry in feed.findall(f"{ATOM}entry"):
        key, moment, title = (entry.findtext(f"{ATOM}{name}", "") for name in WORDS)
        link = entry.find(f"{ATOM}link")
        assert link is not None
        yield key, moment, (title, moment, link.attrib["href"])
    for gone in feed.findall(GONE):
        yield gone.attrib["ref"], gone.attrib["when"], None


class CalendarReader(Reader):
    """Keeps an event only in place of an older one, as RFC 5546 says."""

    def __init__(self, portal: Portal) -> None:
        super().__init__(portal, CALENDAR)
        self.versions: dict[str, tuple[int, Any]] = {}

    def take(self, answer: Answer) -> None:
        """Take up events; none may go back behind what was read before."""
        events: Any = Calendar.from_ical(answer.body).walk("VEVENT")
        for event in events:
            key = str(event["UID"])
            version = int(event["SEQUENCE"]), event["LAST-MODIFIED"].dt
            known = self.versions.get(key, version)
            assert version >= known, f"{key} went back from {known} to {version}"
            if key not in self.kept or version > known:
                self.versions[key] = version
                self.news += 1
                summary, status = str(event["SUMMARY"]), str(event["STATUS"])
                self.kept[key] = (summary, status, str(event["DTSTART"].dt), version[0])
