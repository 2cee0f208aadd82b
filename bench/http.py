"""`python -m bench.http`: what an answer costs over HTTP, beside a bare view, in one run.

Kept answers, 304 and answers made anew, under gunicorn as deployed, at some sizes of the
database at `DATABASE_URL`, which must be a throw-away one on this machine. All are asked in turn,
in short rounds, and the medians are told, so that they compare on a machine with other work too.
"""

import argparse
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

from django.db import connection
from rich.console import Console
from rich.table import Table

from bench.runs import fill, prepare
from bench.serving import Cost, Measured, Reader, Server, measure, serving
from encyclopedia.models import Entry
from taskforce.models import Meeting
from untfsse.demo import gather_static_files
from untfsse.kit.records.publication import VISITOR

MOST_KEPT, MOST_UNCHANGED, MOST_MEMORY_MB = 1.5, 1.2, 120


@dataclass(frozen=True, slots=True)
class Door:
    """An address with the bare view that it is compared with, and the most that it may cost."""

    name: str
    address: str
    bare: str
    most: float | None = None


def doors() -> list[Door]:
    """Return what is measured."""
    entries = Entry.objects.visible_to(VISITOR).order_by("pk")
    entry, meeting = entries[entries.count() // 2], Meeting.objects.visible_to(VISITOR)[0]
    one = f"/one/{entry.slug}/"
    return [
        Door("entry", entry.get_absolute_url(), one, 25),
        Door("meeting", meeting.get_absolute_url(), one),
        Door("home", "/", one),
        Door("list of 50", "/meetings/", one, 40),
        Door("search, a word of half", "/search/?q=network", "/search/network/", 15),
        Door("search, a rare word", f"/search/?q={entry.number}", f"/search/{entry.number}/", 15),
        Door("API list of 20", "/api/v1/meetings/?page_size=20", "/twenty/", 12),
        Door("API detail", f"/api/v1/meetings/{meeting.slug}/", one),
        Door("feed", "/updates/feed/", one),
    ]


def compare(costs: list[Cost], bare: list[Cost], most: float | None) -> tuple[str, bool]:
    """Return what something costs as words, and whether it is too high."""
    ratio = median(cost.ms / beside.ms for cost, beside in zip(costs, bare, strict=True))
    is_over = most is not None and ratio > most
    words = f"{ratio:.1f} x{' !' if is_over else ''}"
    return f"{tell(costs)} {words} {per_second(costs):.0f}/s", is_over


def tell(costs: list[Cost]) -> str:
    """Return the milliseconds of server and database."""
    app, database = (median(cost[place] for cost in costs) for place in (0, 1))
    return f"{app:.2f}+{database:.2f}"


def per_second(costs: list[Cost]) -> float:
    """Return how many requests were answered in a second."""
    return median(cost.per_second for cost in costs)


def report(count: int, servers: dict[str, Server], options: argparse.Namespace) -> bool:
    """Print a line a door; returns whether a kept answer or a 304 costs too much."""
    title = "CPU ms a request (server + database), ratio to the bare view, requests a second"
    table = Table("", "bare", "kept", "304", "made anew", title=f"{count:,} records: {title}")
    is_over = False
    for door in doors():
        if options.only not in door.name:
            continue
        bare, kept, same, anew = measure(
            [
                Measured(servers["bare"], door.bare),
                Measured(servers["kept"], door.address),
                Measured(servers["kept"], door.address, is_conditional=True),
                Measured(servers["anew"], door.address),
            ],
            seconds=options.seconds,
            readers=options.readers,
        )
        cells = [
            compare(kept, bare, MOST_KEPT),
            compare(same, bare, MOST_UNCHANGED),
            compare(anew, bare, door.most),
        ]
        is_over |= cells[0][1] or cells[1][1]
        told = f"{tell(bare)} {per_second(bare):.0f}/s"
        table.add_row(door.name, told, *(words for words, _is_over in cells))
    Console(width=120).print(table)
    return is_over


def fill_memory(server: Server, addresses: int) -> tuple[float, float]:
    """Ask for so many different addresses that may be kept; returns a worker's MB."""
    reader = Reader(server)
    for number in range(addresses):
        reader.get(f"/api/v1/organizations/?page_size=1&q=word{number}", expected=200)
    return server.memory_mb()


def main() -> int:
    """Measure; return 1 if a kept answer, a 304 or a worker's memory is more than it may be."""
    parser = argparse.ArgumentParser(prog="python -m bench.http", description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[57, 1000])
    parser.add_argument("--seconds", type=float, default=3, help="for each of a door's four")
    parser.add_argument("--readers", type=int, default=8, help="connections at a time")
    parser.add_argument("--only", default="", help="part of the name of what is measured")
    parser.add_argument("--addresses", type=int, default=0, help="fill the memory with so many")
    parser.add_argument("--filled", action="store_true", help="the database holds them already")
    options = parser.parse_args()
    if not options.filled:
        prepare()
    gather_static_files()
    is_over = False
    for count in options.counts:
        if not options.filled:
            fill(count)
        with ExitStack() as stack:
            servers = {
                name: stack.enter_context(serving(application, **environment))
                for name, application, environment in [
                    ("bare", "bench.bare:application", {"IS_BARE": "1"}),
                    ("kept", "untfsse.wsgi:application", {"CACHE_URL": ""}),
                    ("anew", "untfsse.wsgi:application", {"CACHE_URL": "off"}),
                ]
            }
            is_over |= report(count, servers, options)
            if options.addresses:
                size, share = fill_memory(servers["kept"], options.addresses)
                is_over |= size > MOST_MEMORY_MB
                told = f"{size:.0f} MB, {share:.0f} MB with its share of what several hold"
                print(f"A worker after {options.addresses:,} addresses: {told}")
        connection.close()
    return int(is_over)


if __name__ == "__main__":
    sys.exit(main())
