"""On record: what the portal itself holds of a record, beside what people said of it.

Each app registers rules for a noun of its own floor or of a lower one: which rows show that
something came of a record, and on which days. Nothing of it is stored, and each fact names its
row. All rules of a noun, and those of what it leads to, are one statement, however many records
are asked about.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any, Protocol
from uuid import UUID

from django.contrib.humanize.templatetags.humanize import apnumber
from django.db import models
from django.db.models import F, Value, Window
from django.db.models.functions import Cast, DenseRank
from django.utils.translation import gettext

from untfsse.kit.records.dates import LastDay, PartialDate, period
from untfsse.kit.records.noun import slug_address
from untfsse.kit.records.prepared import preparing
from untfsse.kit.records.publication import Reader, any_like
from untfsse.kit.records.registry import Registry

MOST = 20
"""Of each kind that many rows of a record are shown, the latest."""
QUIET_DAYS = 180
"""For how long a report is fresh."""
FEW = 6
"""So many rows are shown at once; more unfold at a click."""
REACH = 200
"""That many rows of another noun, at most, speak for a record that leads to them."""

type Rows = Any  # querysets, whose questions mypy cannot see


class Asked(Protocol):
    """What a record says of itself, so that it may be asked what is on record of it."""

    pk: Any

    @property
    def happened_on(self) -> PartialDate | None:
        """The day before which nothing came of it; None where none is known."""

    @property
    def awaits_report(self) -> bool:
        """Whether a report is awaited as long as none is fresh."""

    @property
    def heard_on(self) -> PartialDate | None:
        """The day of what was said last, apart from reports, else of its beginning."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of facts: in which words it is told, and where its rows have their pages."""

    place: int
    name: str
    label: Any
    counted: Any
    """A number of them: `ngettext_lazy("seat", "seats")`."""
    view: str
    """The name of the address, which takes the slug of the fact."""
    fragment: str = ""
    words: Mapping[str, Any] = field(default_factory=dict)
    """What the stored words of its rows mean."""
    is_open: bool = False
    """Whether a row goes on while no end of it is known."""
    is_report: bool = False
    """Whether somebody reports by it."""
    evidence: str = ""
    """The column by which a piece of evidence names such a row; "" where it takes its address."""
    number_in_words: Callable[[int], str] | None = None
    """What the number of a row says: how many sit in a sub-group."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One row that shows something."""

    kind: Kind
    row: int
    id: UUID
    title: str
    slug: str
    day: PartialDate | None = None
    until: PartialDate | None = None
    word: str = ""
    number: int | None = None

    @property
    def key(self) -> str:
        """The name of the fact in forms."""
        return f"{self.kind.name}:{self.id}"

    @property
    def url(self) -> str:
        """The place of the row on a page."""
        return slug_address(self.kind.view, self.slug) + self.kind.fragment

    @property
    def number_words(self) -> str:
        """What its number says."""
        tell = self.kind.number_in_words
        return tell(self.number or 0) if tell else ""

    @property
    def days(self) -> str:
        """From when until when, in words; "" when no day is known."""
        return period(self.day, self.until, is_open=self.kind.is_open)

    @property
    def note(self) -> str:
        """What is said beside its title."""
        word = str(self.kind.words.get(self.word, self.word))
        return " · ".join(filter(None, [word, self.number_words, self.days]))

    @property
    def in_words(self) -> str:
        """The fact in a line."""
        title = f"{self.kind.label}: {self.title}"
        return " · ".join(filter(None, [title, self.note]))

    def is_between(self, cause: PartialDate | None, today: dt.date) -> bool:
        """Whether it may lie on or after the day of its cause, and does not lie ahead."""
        if self.day is None:
            return True
        return self.day.may_follow(cause) and (self.day.first or self.day.last) <= today


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What is on record of one thing, in the order of its kinds, the latest of each first."""

    facts: list[Fact] = field(default_factory=list)
    cut: frozenset[str] = frozenset()
    """The kinds of which there is more."""
    is_quiet: bool = False
    """Whether a report is awaited, and none is fresh."""
    quiet_since: PartialDate | None = None
    """The day of what was heard last, else of the beginning; None where none is known."""

    @property
    def groups(self) -> list[tuple[Kind, list[Fact]]]:
        """The facts of each kind."""
        found = (list(facts) for _name, facts in groupby(self.facts, attrgetter("kind.name")))
        return [(facts[0].kind, facts) for facts in found]

    @property
    def is_short(self) -> bool:
        """Whether its rows are few."""
        return len(self.facts) <= FEW

    @property
    def in_words(self) -> str:
        """How much there is of each kind: “three sub-groups (without members)”; "" for nothing."""
        return ", ".join(self.count(kind, facts) for kind, facts in self.groups)

    def count(self, kind: Kind, facts: list[Fact]) -> str:
        """Return the number of some facts, and what their rows or days add."""
        number = str(apnumber(len(facts)))
        if kind.name in self.cut:
            number = gettext("at least %(count)s") % {"count": number}
        words = {"number": number, "things": kind.counted % len(facts)}
        counted = gettext("%(number)s %(things)s") % words
        more = add(facts, is_cut=kind.name in self.cut)
        return f"{counted} ({more})" if more else counted

    @property
    def line(self) -> str:
        """The same as a line of a list; "" for nothing."""
        words = self.in_words
        return gettext("On record: %(facts)s") % {"facts": words} if words else ""

    @property
    def missing(self) -> str:
        """What nobody has told, in a sentence; "" where no report is awaited."""
        if not self.is_quiet:
            return ""
        if self.quiet_since is None:
            return gettext("Nobody has reported.")
        return gettext("Nobody has reported since %(day)s.") % {"day": self.quiet_since.text}


def add(facts: list[Fact], *, is_cut: bool) -> str:
    """Return what all of some facts say, else the day of the last; often "".

    Of a list that is cut the others may say something else.
    """
    for alike in ({fact.number_words for fact in facts}, {fact.days for fact in facts}):
        if len(alike) == 1 and not is_cut and (words := alike.pop()):
            return words
    days = [fact.day for fact in facts if fact.day]
    return gettext("last %(day)s") % {"day": days[0].text} if days else ""


# --- Rules ---------------------------------------------------------------------------------

type Rule = Callable[[Reader], Rows]

shows = Registry[Rule]()
"""Rules of a noun and a kind: from the reader to rows, as `facts` names their columns.

The rows start from `visible_to(reader)`, as does all that stands between them and the noun.
"""
leads_to = Registry[Rule]()
"""Ways from a noun to rows of another, whose facts are then on record of it too."""


def facts(  # noqa: PLR0913 - the columns of a fact
    rows: Rows,
    of: str,
    *,
    row: str = "",
    title: Any = None,
    slug: Any = None,
    day: Any = None,
    until: Any = None,
    word: Any = None,
    number: Any = None,
) -> Rows:
    """Return rows with the columns of a fact, all of one type whatever their tables.

    `of` is the path to the key of the record that they are on record of, `row` that to the thing
    itself where the row only names it; the others are columns or expressions.
    """
    path = f"{row}__" if row else ""
    texts = {"title": title, "slug": slug, "day": day, "until": until, "word": word}
    count = Value(None) if number is None else number
    return rows.order_by().annotate(
        fact_of=F(of),
        fact_row=F(f"{path}pk"),
        fact_id=F(f"{path}public_id"),
        fact_number=Cast(count, models.IntegerField()),
        **{
            f"fact_{name}": Cast(Value(None) if text is None else text, models.TextField())
            for name, text in texts.items()
        },
    )


COLUMNS = [
    f"fact_{name}" for name in ("row", "id", "title", "slug", "day", "until", "word", "number")
]


KEYS = object()
"""Stands among the parameters of a statement for the keys of the records."""


def compiled(rows: Rows, number: int, most: int, keys: str) -> tuple[str, list[Any]]:
    """Return the SQL of an arm: of each record whose key is in an array, the latest rows."""
    latest = Window(
        DenseRank(),
        partition_by=F("fact_of"),
        order_by=[LastDay("fact_day").desc(nulls_last=True), F("fact_row").desc()],
    )
    ranked = rows.annotate(fact_arm=Value(number, models.IntegerField()), fact_rank=latest)
    named = ranked.values_list("fact_arm", "fact_of", *COLUMNS, "fact_rank")
    sql, parameters = named.query.get_compiler(ranked.db).as_sql()
    # PostgreSQL takes the keys into the tables before it ranks what is left.
    words = f"SELECT * FROM ({sql}) AS arm{number} WHERE fact_of = ANY({keys}) AND fact_rank <= "  # noqa: S608
    return f"{words}{most:d}", list(parameters)


@lru_cache(maxsize=512)
def statement(noun: type[models.Model], reader: Reader) -> tuple[str, list[Any]]:
    """Return the one statement of all that is asked of a noun: see `arms_of`."""
    ways: dict[Any, list[str]] = defaultdict(list)
    parts: dict[bool, list[str]] = {True: [], False: []}
    parameters: dict[bool, list[Any]] = {True: [], False: []}
    for number, (other, kind, rule) in enumerate(arms_of(noun)):
        is_way, keys, given = kind is None, "%s", [KEYS]
        if other and kind:
            rows = " UNION ALL ".join(f"SELECT fact_row FROM {way}" for way in ways[other])  # noqa: S608
            keys, given = f"ARRAY({rows})", []
        sql, own = compiled(rule(reader), number, REACH if is_way else MOST + 1, keys)
        if is_way:
            ways[other].append(f"way{number}")
            sql = f"way{number} AS ({sql})"
        parts[is_way].append(sql)
        parameters[is_way] += [*own, *given]
    names = [f"SELECT * FROM {way}" for found in ways.values() for way in found]  # noqa: S608
    begin = f"WITH {', '.join(parts[True])} " if names else ""
    return begin + " UNION ALL ".join([*names, *parts[False]]), parameters[True] + parameters[False]


def arms_of(noun: type[models.Model]) -> list[tuple[type[models.Model] | None, Kind | None, Rule]]:
    """Return what is asked of a noun: its ways to others, its rules, and the rules of the others.

    Each with the other noun and the kind of the facts: a way has no kind, a rule of its own no
    other noun.
    """
    ways = [(other, None, way) for way, other in leads_to[noun]]
    own = [(None, kind, rule) for rule, kind in shows[noun]]
    others = dict.fromkeys(other for other, _kind, _way in ways)
    beyond = [(other, kind, rule) for other in others for rule, kind in shows[other]]
    return [*ways, *own, *beyond]


def ask(noun: type[models.Model], keys: list[Any], reader: Reader) -> list[tuple[Any, ...]]:
    """Return the rows of all arms of a noun, for the records of some keys."""
    sql, parameters = statement(noun, any_like(reader))
    if not sql:
        return []
    with preparing() as cursor:
        cursor.execute(sql, [keys if part is KEYS else part for part in parameters])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def read(kind: Kind, columns: list[Any]) -> Fact:
    """Return the fact of a row."""
    row, public_id, title, slug, day, until, word, number = columns
    day, until = (PartialDate.parse(text) if text else None for text in (day, until))
    return Fact(kind, row, public_id, title, slug, day, until, word or "", number)


def found_of(noun: type[models.Model], keys: list[Any], reader: Reader) -> dict[Any, list[Fact]]:
    """Return the facts of some records of a noun, by their keys, whatever their days."""
    arms = arms_of(noun)
    found: dict[Any, dict[tuple[str, int], Fact]] = defaultdict(dict)
    led_by: dict[Any, set[Any]] = defaultdict(set)
    beyond: list[tuple[Any, Fact]] = []
    for number, key, *columns, _rank in ask(noun, keys, reader):
        other, kind, _rule = arms[number]
        if kind is None:
            led_by[other, columns[0]].add(key)
            continue
        fact = read(kind, columns)
        if other:
            beyond.append(((other, key), fact))
        else:
            found[key][kind.name, fact.row] = fact
    for reached, fact in beyond:
        for key in led_by[reached]:
            found[key][fact.kind.name, fact.row] = fact
    return {key: list(facts.values()) for key, facts in found.items()}


# --- Answers -------------------------------------------------------------------------------


def on_record_of[R: Asked](
    records: Iterable[R], reader: Reader, *, on: dt.date
) -> dict[Any, OnRecord]:
    """Return what a reader may see on record of some records of one noun on a day, by their keys.

    Nothing lies before the day on which the record happened, nor ahead.
    """
    asked = list(records)
    if not asked:
        return {}
    noun: Any = type(asked[0])
    found = found_of(noun, [record.pk for record in asked], reader)
    return {record.pk: sorted_out(record, found.get(record.pk, []), on) for record in asked}


def sorted_out(record: Asked, found: list[Fact], on: dt.date) -> OnRecord:
    """Return the facts that may have come of a record, in order, and whether it is quiet."""
    came = [fact for fact in found if fact.is_between(record.happened_on, on)]
    came.sort(key=attrgetter("row"))
    came.sort(key=lambda fact: fact.day.last if fact.day else dt.date.min, reverse=True)
    came.sort(key=attrgetter("kind.place"))
    told = OnRecord(came)
    cut = frozenset(kind.name for kind, facts in told.groups if len(facts) > MOST)
    shown = [fact for _kind, facts in told.groups for fact in facts[:MOST]]
    heard = [fact.day for fact in came if fact.kind.is_report and fact.day]
    last = max(filter(None, [*heard[:1], record.heard_on]), key=attrgetter("last"), default=None)
    is_fresh = bool(heard) and (on - heard[0].last).days <= QUIET_DAYS
    is_quiet = record.awaits_report and not is_fresh
    return OnRecord(shown, cut, is_quiet, last if is_quiet else None)


def is_asked(noun: type[models.Model]) -> bool:
    """Whether there are rules for a noun."""
    return bool(shows[noun])


def with_on_record(records: Iterable[Any], reader: Reader, *, on: dt.date) -> list[Any]:
    """Return records that carry `on_record` for their pages."""
    rows = list(records)
    found = on_record_of(rows, reader, on=on)
    for row in rows:
        row.on_record = found[row.pk]
    return rows
