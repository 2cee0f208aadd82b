"""Answers: what the records say themselves, above what was found. Few rules, each a function.

A rule answers when all that is asked is known to it; what it says follows from public rows, the
address, and the day.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from actionplan.models import ActionPlan, Activity, Commitment, SubGroup
from encyclopedia.models import Entry
from taskforce.choices import MeetingKind, MeetingState, SeatCategory
from taskforce.models import (
    Decision,
    Document,
    Meeting,
    Organization,
    PolicyInstrument,
    Seat,
    Term,
    Update,
)
from untfsse.kit.records.dates import PartialDate, period
from untfsse.kit.records.noun import label_of, list_address
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.sdg import GOALS
from untfsse.kit.records.search import SearchName
from untfsse.search.answer import Answer
from untfsse.search.reading import Reading, ordinal
from untfsse.search.text_answers import changes, sponsors, votes

FILLERS = {
    *("task force", "untfsse", "current", "currently", "now", "today", "present", "actual"),
    *(
        "actuel",
        "actuelle",
        "actualmente",
        "acting",
        "new",
        "un",
        "sse",
        "portal",
        "group",
        "groupe",
    ),
    *("number", "count", "list"),
}
OFFICES = {
    "co-chair": {"co-chair", "co-chairs", "cochair"},
    "deputy chair": {"deputy", "deputy chair"},
    "vice-chair": {"vice", "vice-chair"},
    "chair": {"chair", "chairs", "chaired", "chairperson", "presidency"},
    "technical secretariat": {"secretariat", "secretary"},
    "coordinator": {"coordinator", "coordinators", "coordinates"},
    "facilitator": {"facilitator"},
    "convenor": {"convenor", "convenors", "convened"},
}
SEATS = {
    SeatCategory.MEMBER: {"member", "members", "membership"},
    SeatCategory.OBSERVER: {"observer", "observers"},
}
SEATED = {"join", "joined", "joins", "since", "seat", "seats", "admitted", "status", "became"}
NEXT = {"next", "upcoming", "coming", "future", "planned"}
LAST = {"last", "latest", "previous", "recent"}
SITTINGS = {"meeting", "meetings", "symposium", "symposia"}
LISTS: dict[Any, set[str]] = {
    Decision: {"decision", "decisions", "decided"},
    Update: {"news", "update", "updates", "announcements"},
    Document: {"document", "documents"},
    ActionPlan: {"action plan", "action plans", "plan", "plans", "work plan", "work plans"},
    SubGroup: {"sub-group", "sub-groups", "subgroups", "working groups"},
    Activity: {"activity", "activities"},
    PolicyInstrument: {"policy instruments", "instruments", "texts"},
    Meeting: {*SITTINGS, "event", "events"},
    Organization: {"organizations", "organisations", "organization"},
    Entry: {"entries", "encyclopedia"},
}
ORDERS = {"all", "list", "overview", *NEXT, *LAST, "first", "newest"}
DUTIES = {
    *("addressed", "responsible", "leads", "led", "lead", "leading", "does", "done", "duties"),
    *("waits", "waiting", "waits for", "tasks", "task", "due", "overdue"),
    *("focal", "point", "focal point", "contact", "contacts"),
}
COMMITTED = {"commit", "commits", "committed", "commitment", "commitments", "pledged", "pledges"}
COMMITTING = {
    "government",
    "governments",
    "state",
    "states",
    "member states",
    "country",
    "countries",
}
MOST_TERMS = 5
MOST_SEATS = 3
MOST_WORDS = 8


def answers(reading: Reading, user: Reader, today: dt.date) -> list[Answer]:
    """Return what the first rule says that knows all that is asked; nothing if none does."""
    said = [frozenset(alike) for alike in reading.said]
    for rule in RULES:
        if found := rule(reading, said, user, today):
            return found
    return []


def left_over(said: list[frozenset[str]], *known: set[str]) -> list[frozenset[str]]:
    """Return the words that are none of the known ones."""
    words = FILLERS.union(*known)
    return [alike for alike in said if not alike & words]


def days_of(reading: Reading, today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that a question is about: today, if it names none."""
    date = reading.day.date if reading.day else reading.year and PartialDate(reading.year)
    return (date.first or date.last, date.last) if date else (today, today)


def holders(
    reading: Reading, said: list[frozenset[str]], user: Reader, today: dt.date
) -> list[Answer]:
    """Who holds an office, or held it then: the surest first; else who held it last."""
    office = next((name for name, words in OFFICES.items() if any(one & words for one in said)), "")
    others = {str(reading.year), "hub", "knowledge hub", "technical", "symposium", "founding"}
    if not office or left_over(said, *OFFICES.values(), others):
        return []
    terms = (
        Term.objects.visible_to(user)
        .filter(office__title__icontains=office)
        .exclude(office__title__iregex=rf"[[:alpha:]][ -]{office}" if office == "chair" else "^$")
        .select_related("office", "person", "organization")
        .defer("person__search", "organization__search")
    )
    first, last = days_of(reading, today)
    held = terms.held_during(first, last, today=today).order_by("office__position", "-id")
    if not (found := list(held[:MOST_TERMS])):
        found = list(terms.order_by("-from_on_first", "-id")[:1])
    return [
        Answer(
            term.office.title,
            f"{term.person} ({term.organization})" if term.person else str(term.organization),
            term.organization.get_absolute_url(),
            tenure_note(term),
        )
        for term in found
    ]


def tenure_note(row: Any) -> str:
    """Say from when until when something is held, when it was last documented, and where."""
    parts = [capfirst(period(row.from_on, row.until_on, is_open=True))]
    if row.last_documented_on:
        words = gettext("last documented %(day)s") % {"day": row.last_documented_on.text}
        parts.append(words)
    return "; ".join(filter(None, [*parts, source_of(row)]))


def source_of(row: Any) -> str:
    """Say where a fact is known from; nothing without a source."""
    if not row.sources:
        return ""
    return gettext("source: %(source)s") % {"source": row.sources[0]["title"]}


def members(
    reading: Reading, said: list[frozenset[str]], user: Reader, today: dt.date
) -> list[Answer]:
    """How many hold a seat, or held one then, and where they are listed."""
    asked = [category for category, words in SEATS.items() if any(one & words for one in said)]
    if not asked or left_over(said, *SEATS.values(), {str(reading.year)}):
        return []
    day = days_of(reading, today)[1]
    seated = Organization.objects.visible_to(user).seated(on=day, today=today, reader=user)
    counts = seated.order_by().aggregate(
        **{each.value: Count("pk", filter=Q(seat_category=each.value)) for each in asked}
    )
    words = {
        SeatCategory.MEMBER: ngettext(
            "%(number)s member", "%(number)s members", counts.get("member", 0)
        ),
        SeatCategory.OBSERVER: ngettext(
            "%(number)s observer", "%(number)s observers", counts.get("observer", 0)
        ),
    }
    said_so = [words[each] % {"number": counts[each.value]} for each in asked]
    is_dated = bool(reading.day or reading.year)
    label = (
        gettext("On %(day)s") % {"day": PartialDate.of(day).text} if is_dated else gettext("Now")
    )
    # A kept answer names no day that the clock alone moves.
    narrowed = {"on": day.isoformat()} if is_dated else {}
    note = gettext("As far as seats are documented; presumed ones are counted too.")
    return [Answer(label, ", ".join(said_so), list_address(Organization, **narrowed), note)]


def seats(
    reading: Reading, said: list[frozenset[str]], user: Reader, _today: dt.date
) -> list[Answer]:
    """Since when an organization is a member or an observer."""
    words = SEATED.union(*SEATS.values())
    named = left_over(said, words)
    if not any(one & words for one in said) or not named:
        return []
    rule = Q()
    for name in names(reading, words):
        rule |= Q(organization__search=SearchName(name))
    found = (
        Seat.objects.visible_to(user)
        .filter(rule)
        .select_related("organization")
        .defer("organization__search")
        .order_by("organization", "-from_on_first")
    )
    return [
        Answer(
            seat.get_category_display(),
            seat.organization.full_name,
            seat.organization.get_absolute_url(),
            tenure_note(seat),
        )
        for seat in (found[:MOST_SEATS] if rule else ())
    ]


def names(reading: Reading, words: set[str]) -> list[str]:
    """Return what may be a name: each of the first words that are left, and those in a row."""
    left = [
        " ".join(term)
        for term, alike in zip(reading.typed, reading.said, strict=True)
        if not words & set(alike)
    ][:MOST_WORDS]
    return [" ".join(left[n:m]) for n in range(len(left)) for m in range(n + 1, len(left) + 1)]


def commitments(
    _reading: Reading, said: list[frozenset[str]], user: Reader, _today: dt.date
) -> list[Answer]:
    """Who committed to what, and when: the latest first."""
    if not any(one & COMMITTED for one in said) or left_over(said, COMMITTED, COMMITTING):
        return []
    made = Commitment.objects.visible_to(user).for_list()
    return [
        Answer(
            row.made_by,
            row.title,
            row.get_absolute_url(),
            "; ".join(filter(None, [row.made_on.text, source_of(row)])),
        )
        for row in made[:MOST_TERMS]
    ]


def sittings(
    reading: Reading, said: list[frozenset[str]], user: Reader, today: dt.date
) -> list[Answer]:
    """When the next meeting is, or the last one was."""
    is_next, is_last = (any(one & words for one in said) for words in (NEXT, LAST))
    is_about = any(one & SITTINGS for one in said)
    kinds = {"regular", "special", "technical"}
    if not is_about or not (is_next or is_last) or left_over(said, NEXT, LAST, SITTINGS, kinds):
        return []
    meetings = Meeting.objects.visible_to(user).defer("search").exclude(sort_on=dt.date(1, 1, 1))
    if any("symposium" in one for one in said):
        meetings = meetings.filter(kind=MeetingKind.TECHNICAL_SYMPOSIUM)
    coming = meetings.filter(state=MeetingState.PLANNED, starts_on_last__gte=today)
    found = []
    if is_next:
        found += [told(gettext("Next"), one) for one in coming.order_by("sort_on")[:1]]
        if not found:
            words = gettext("No meeting to come is on record")
            found.append(Answer(gettext("Next"), words, list_address(Meeting)))
    if is_last or len(found) == 1:
        past = meetings.filter(state=MeetingState.HELD, sort_on__lte=today)
        found += [told(gettext("Last"), one) for one in past.order_by("-sort_on", "-id")[:1]]
    return found


def numbered(
    reading: Reading, said: list[frozenset[str]], user: Reader, _today: dt.date
) -> list[Answer]:
    """What is on record beside a meeting of a number of which nothing is."""
    numbers = [number for term in reading.typed if (number := ordinal(" ".join(term).casefold()))]
    is_symposium = any(one & {"symposium", "symposia"} for one in said)
    kind = MeetingKind.TECHNICAL_SYMPOSIUM if is_symposium else MeetingKind.REGULAR
    others = {"regular", "technical", *(" ".join(term).casefold() for term in reading.typed[:1])}
    is_about = any(one & SITTINGS for one in said)
    if len(numbers) != 1 or not is_about or left_over(said, SITTINGS, others):
        return []
    number = numbers[0]
    series = Meeting.objects.visible_to(user).defer("search").filter(series=kind)
    if series.filter(ordinal=number).exists():
        return []
    beside = [
        *series.filter(ordinal__lt=number).order_by("-ordinal")[:1],
        *series.filter(ordinal__gt=number).order_by("ordinal")[:1],
    ]
    words = gettext("Nothing is on record of it")
    none = Answer(f"{kind.label} {number}", words, list_address(Meeting))
    return [none, *(told(gettext("Beside it"), meeting) for meeting in beside)]


def lists(
    _reading: Reading, said: list[frozenset[str]], _user: Reader, _today: dt.date
) -> list[Answer]:
    """Where all of a noun are listed, the latest first."""
    found = [model for model, words in LISTS.items() if any(one & words for one in said)]
    if len(found) != 1 or left_over(said, LISTS[found[0]], ORDERS):
        return []
    return [Answer(gettext("List"), label_of(found[0]), list_address(found[0]))]


def duties(
    reading: Reading, said: list[frozenset[str]], user: Reader, _today: dt.date
) -> list[Answer]:
    """Where stands what waits for an organization, and what it leads."""
    words = DUTIES.union(LISTS[Decision], LISTS[Activity])
    if not any(one & DUTIES for one in said):
        return []
    left = [
        " ".join(term)
        for term, alike in zip(reading.typed, reading.said, strict=True)
        if not words & set(alike)
    ]
    rule = Q(search=SearchName(" ".join(left)))
    found = (
        Organization.objects.visible_to(user).defer("search").filter(rule if left else Q(pk=None))
    )
    note = gettext("Decisions addressed to it, activities that it leads, reports due, meetings")
    return [
        Answer(gettext("What waits for it"), one.full_name, one.get_absolute_url(), note)
        for one in found[:MOST_SEATS]
    ]


def told(label: str, meeting: Meeting) -> Answer:
    """Say a meeting with its day and place."""
    parts = [period(meeting.starts_on, meeting.ends_on), meeting.city]
    note = ", ".join(filter(None, parts))
    return Answer(label, meeting.title, meeting.get_absolute_url(), note)


def goal(
    reading: Reading, _said: list[frozenset[str]], _user: Reader, _today: dt.date
) -> list[Answer]:
    """Where all that serves a goal is listed."""
    if not reading.goal:
        return []
    title = f"{reading.goal} {GOALS[reading.goal].name}"
    return [Answer(_("Goal"), title, reverse("sdg_detail", args=[reading.goal]))]


type Rule = Callable[[Reading, list[frozenset[str]], Reader, dt.date], list[Answer]]
RULES: tuple[Rule, ...] = (
    *(votes, sponsors, changes),
    *(holders, members, seats, commitments, sittings, numbered, duties, lists, goal),
)
