"""The series of meetings: what stands beside one, and the numbers of which nothing is on record."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from django.contrib.humanize.templatetags.humanize import ordinal
from django.utils.translation import gettext as _

from taskforce.choices import MeetingKind
from taskforce.models import Meeting
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.together import fetch_together
from untfsse.kit.records.written import written


class Numbered(NamedTuple):
    """What says where a meeting stands."""

    series: str
    ordinal: int | None
    pk: int


@written
def nearest(user: Reader, series: str, ordinal: int | None, meeting: int) -> Sequence[Any]:
    """Ask for what is nearest to a meeting."""
    return (Meeting.objects.visible_to(user).nearest(Numbered(series, ordinal, meeting)),)


def neighbours_of(meeting: Meeting, user: Reader) -> dict[str, Any]:
    """Return what is nearest to a meeting, each None where there is none; one statement.

    `previous` and `next` of its series, `before` and `after` of all kinds.
    """
    [rows] = fetch_together(*nearest(user, meeting.series, meeting.ordinal, meeting.pk))
    found = {row.side: row for row in rows}
    return {side: found.get(side) for side in ("previous", "next", "before", "after")}


@dataclass(frozen=True, slots=True)
class Beside:
    """A meeting before or after another."""

    label: str
    meeting: Any


def beside(neighbours: dict[str, Any]) -> list[Beside]:
    """Return the nearest meetings of all kinds, and those of the series where they are others."""
    sides = [
        ("before", "previous", _("Before"), _("Before in its series")),
        ("after", "next", _("After"), _("After in its series")),
    ]
    found = []
    for nearest, of_series, label, label_in_series in sides:
        near, member = neighbours[nearest], neighbours[of_series]
        found += [Beside(label, near)] if near else []
        found += [Beside(label_in_series, member)] if member and member != near else []
    return found


def gap_words(series: str, first: int, last: int) -> str:
    """Return in words that nothing is on record of some numbers, both inclusive."""
    numbers = ordinal(first)
    if last > first:
        numbers = _("%(first)s to %(last)s") % {"first": numbers, "last": ordinal(last)}
    words = {"series": MeetingKind(series).label, "numbers": numbers}
    return _("%(series)s, %(numbers)s: nothing on record") % words


def gaps_before(meetings: Iterable[Meeting], user: Reader) -> dict[int, str]:
    """Return what is missing in front of meetings, as a reader sees them, by their key."""
    numbered = [meeting.pk for meeting in meetings if meeting.ordinal is not None]
    found = Meeting.objects.visible_to(user).after_gaps(numbered)
    rows = found.values_list("pk", "series", "number_before", "ordinal")
    return {pk: gap_words(series, low + 1, high - 1) for pk, series, low, high in rows}


def gaps_beside(meeting: Meeting, user: Reader) -> Iterator[str]:
    """Give what is missing in its series right before and right after a meeting."""
    if meeting.ordinal is None:
        return
    visible = Meeting.objects.visible_to(user)
    numbers = visible.numbers_beside(meeting.series, meeting.ordinal)
    stops = sorted([meeting.ordinal, *numbers])
    if stops[0] == meeting.ordinal:
        stops.insert(0, 0)
    for low, high in pairwise(stops):
        if high - low > 1:
            yield gap_words(meeting.series, low + 1, high - 1)
