"""The thread, drawn: a knot for each strand along one line, which is broken where it ends open."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.text import Truncator
from django.utils.translation import gettext

from untfsse.kit.pages.thread import Strand

FEWEST = 3
WIDTH, HEIGHT, MARGIN = 720, 116, 60
UPPER, LOWER = (48, 14, 30), (68, 94, 110)
"""Where a knot stands, and the two lines of its words: knots stand above and below in turn."""
LETTERS = 26


@dataclass(frozen=True, slots=True)
class Knot:
    """A strand on the line, with two lines of words."""

    x: int
    y: int
    number: str
    number_y: int
    day: str
    day_y: int
    is_here: bool
    is_empty: bool


@dataclass(frozen=True, slots=True)
class ThreadPath:
    """The drawing: knots, and the lines between them with whether each is broken."""

    knots: list[Knot]
    lines: list[tuple[str, bool]]
    width: int = WIDTH
    height: int = HEIGHT


def path_of(strands: Sequence[Strand]) -> ThreadPath | None:
    """Return the drawing of some strands; None for so few that the list says it at a glance."""
    if len(strands) < FEWEST:
        return None
    step = (WIDTH - 2 * MARGIN) / (len(strands) - 1)
    knots = [
        knot(strand, round(MARGIN + step * place), LOWER if place % 2 else UPPER)
        for place, strand in enumerate(strands)
    ]
    lines = [(line(one, other), one.is_empty or other.is_empty) for one, other in pairwise(knots)]
    return ThreadPath(knots, lines)


def knot(strand: Strand, x: int, height: tuple[int, int, int]) -> Knot:
    """Return a strand as a knot."""
    number, day = strand.number, strand.last
    if strand.is_here:
        number, day = gettext("this page"), ""
    elif not strand.links:
        number, day = Truncator(str(strand.label)).chars(LETTERS), gettext("not recorded")
    y, number_y, day_y = height
    return Knot(x, y, number, number_y, day, day_y, strand.is_here, not strand.links)


def line(one: Knot, other: Knot) -> str:
    """Return the curve from a knot to the next."""
    middle = (one.x + other.x) // 2
    return f"M{one.x} {one.y}C{middle} {one.y} {middle} {other.y} {other.x} {other.y}"
