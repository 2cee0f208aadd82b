"""The line of texts: when each was adopted, how it was voted on, and what it does to others."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taskforce.choices import RELATION_INVERSES, InstrumentLevel, RelationKind
from taskforce.models import InstrumentRelation, PolicyInstrument, ProvisionRelation, Vote
from untfsse.kit.pages.chart import TimeScale, stack
from untfsse.kit.records.publication import Reader

MOST = 400
SUCCEEDING = {RelationKind.FOLLOWS_UP, RelationKind.SUPERSEDES, RelationKind.AMENDS}
"""By which a text continues another: both stand on one strand."""
WIDTH, LEFT, RIGHT = 480, 10, 446
DOT, TOP, LABEL, GAP = 9, 28, 16, 14
YEARS_DRAWN, YEARS_APART = 36, 5
LETTERS = 48


# --- Shapes --------------------------------------------------------------------------------


@dataclass(slots=True)
class Text:
    """A text on the line; `ties` are the other texts by what they are to it, with addresses."""

    instrument: PolicyInstrument
    votes: list[str] = field(default_factory=list)
    ties: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    comparisons: list[tuple[str, str]] = field(default_factory=list)

    def tie(self, words: str | Promise, title: str, url: str = "") -> None:
        """Add another text."""
        self.ties.setdefault(str(words), []).append((title, url))

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day on which it can have been adopted; needs one."""
        day: Any = self.instrument.adopted_on
        return day.first or day.last, day.last


@dataclass(frozen=True, slots=True)
class Strand:
    """Texts that continue one another, or single ones of a level, in the drawing."""

    label: str
    label_y: int
    path: str
    dots: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The line, drawn: strands, and curves between texts that do something else to each other."""

    strands: list[Strand]
    curves: list[str]
    years: list[tuple[int, int]]
    height: int
    width: int = WIDTH


@dataclass(frozen=True, slots=True)
class Lineage:
    """The line, and its equal as a list: under years the latest first, last what has no day."""

    drawing: Drawing | None
    years: list[tuple[int | None, list[Text]]]
    is_cut: bool


# --- What is on record ---------------------------------------------------------------------


def line_of_all(user: Reader) -> Lineage:
    """Return all texts that a reader sees, in four queries."""
    rows = list(PolicyInstrument.objects.visible_to(user).for_list()[: MOST + 1])
    texts = {row.pk: Text(row) for row in rows[:MOST]}
    for vote in Vote.objects.visible_to(user).filter(instrument__in=texts):
        texts[vote.instrument_id].votes.append(vote.in_words)
    relations = list(
        InstrumentRelation.objects.visible_to(user)
        .filter(source__in=texts)
        .order_by("source__sort_on", "id")
        .values_list("source", "kind", "target", "target_label")
    )
    for source, kind, target, label in relations:
        word = RelationKind(kind)
        other = texts.get(target)
        texts[source].tie(word.label, *(named(other) if other else (label,)))
        if other:
            other.tie(RELATION_INVERSES[word], *named(texts[source]))
    compare(texts, user)
    years: dict[int | None, list[Text]] = {}
    for text in texts.values():
        day = text.instrument.adopted_on
        years.setdefault(day.year if day else None, []).append(text)
    return Lineage(draw(texts, relations), list(years.items()), len(rows) > MOST)


def named(text: Text) -> tuple[str, str]:
    """Return how others name a text, and its page."""
    instrument = text.instrument
    return instrument.symbol or instrument.short_title, instrument.get_absolute_url()


def compare(texts: dict[int, Text], user: Reader) -> None:
    """Lead from each text to what somebody compared: what changed since an earlier one."""
    pairs = (
        ProvisionRelation.objects.visible_to(user)
        .order_by()
        .values_list("instrument", "earlier_instrument")
    )
    for later, earlier in sorted(pairs.distinct()):
        if later in texts and earlier in texts:
            one, other = texts[later].instrument, texts[earlier].instrument
            url = reverse("taskforce:instrument_changes", args=[one.slug, other.slug])
            words = _("What changed since %(text)s") % {"text": named(texts[earlier])[0]}
            texts[later].comparisons.append((words, url))


# --- Drawn ---------------------------------------------------------------------------------


type Relations = Iterable[tuple[int, str, int | None, str]]


def draw(texts: dict[int, Text], relations: Relations) -> Drawing | None:
    """Return the drawing of the texts whose day is known as far as a year; None without any."""
    dated = {key: text for key, text in texts.items() if text.instrument.adopted_on}
    if not dated:
        return None
    ends = [text.days for text in dated.values()]
    last = max(end for _begin, end in ends).year
    first = max(last - YEARS_DRAWN, min(begin for begin, _end in ends).year)
    across = TimeScale(dt.date(first, 1, 1), dt.date(last, 12, 31), LEFT, RIGHT)
    ties = [(one, other, kind) for one, kind, other, _label in relations if other in dated]
    ties = [tie for tie in ties if tie[0] in dated]
    places: dict[int, tuple[int, int]] = {}
    strands, top = [], TOP
    for label, keys, is_chain in strands_of(dated, ties):
        middles = [begin + (end - begin) / 2 for begin, end in (dated[key].days for key in keys)]
        dots = stack([across.place(day) for day in middles], DOT)
        base = top + LABEL + DOT * max(level for _x, level in dots)
        places |= {key: (x, base - DOT * level) for key, (x, level) in zip(keys, dots, strict=True)}
        path = f"M{dots[0][0]} {base}H{dots[-1][0]}" if is_chain else ""
        strands.append(Strand(label, top + 8, path, [places[key] for key in keys]))
        top = base + GAP
    curves = [
        curve(places[one], places[other]) for one, other, kind in ties if kind not in SUCCEEDING
    ]
    years = [each for each in across.years() if not each[0] % YEARS_APART]
    return Drawing(strands, curves, years, top)


def strands_of(
    texts: dict[int, Text], ties: list[tuple[int, int, str]]
) -> list[tuple[str, list[int], bool]]:
    """Return the texts in strands, each in the order of days: chains, then single ones by level.

    Each with its words, and whether it is a chain.
    """
    heads = {key: key for key in texts}

    def head(key: int) -> int:
        return key if heads[key] == key else head(heads[key])

    for one, other, kind in ties:
        if kind in SUCCEEDING:
            heads[head(one)] = head(other)
    chains: dict[int, list[int]] = {}
    for key in sorted(texts, key=lambda key: texts[key].days):
        chains.setdefault(head(key), []).append(key)
    long = [keys for keys in chains.values() if len(keys) > 1]
    found = [(label_of(texts[keys[0]], texts[keys[-1]]), keys, True) for keys in long]
    for level in InstrumentLevel:
        keys = [
            key
            for (key, *others) in chains.values()
            if not others and texts[key].instrument.level == level
        ]
        if keys:
            found.append((str(SINGLE % {"level": level.label}), keys, False))
    return found


SINGLE = gettext_lazy("%(level)s, single texts")


def label_of(first: Text, last: Text) -> str:
    """Return the name of a chain by its ends."""
    ends = (Truncator(named(each)[0]).chars(LETTERS // 2) for each in (first, last))
    return " → ".join(ends)


def curve(start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return a curve from one text to another."""
    (x, y), (to_x, to_y) = start, end
    middle = (y + to_y) // 2 if y != to_y else y - GAP
    return f"M{x} {y}C{x} {middle} {to_x} {middle} {to_x} {to_y}"
