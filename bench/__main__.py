"""`python -m bench`: measure every page with few records and with many, in one run.

Answers are made anew: what is kept costs the same at any size.
"""

import argparse
import os
import sys
from time import perf_counter

from rich.console import Console

from bench.measuring import Visit
from bench.runs import FEW, TARGET_MS, report
from bench.turns import Visitor, in_turn, second_database
from untfsse.synthetic import MOST_OF_OTHERS

FROM_MACHINES = ("API", "feed", "calendar", "sitemap")
MANY = 100_000
BESIDE = "bench_of_few"


def begin(url: str, count: int, others: int, console: Console) -> Visitor:
    """Return who visits a database that now has so many records."""
    start = perf_counter()
    with console.status(f"Creating {count:,} entries"):
        visitor = Visitor(url, count, others)
    console.print(f"{count:,} entries and the other nouns in {perf_counter() - start:,.0f} s")
    return visitor


def explain(many: dict[str, Visit], visitor: Visitor, console: Console) -> None:
    """Print which large tables the slowest query of a page reads whole."""
    console.print("\nTables that the slowest query of a page reads from end to end:")
    for name, visit in sorted(many.items(), key=lambda item: -item[1].ms):
        for scan in visitor.scans(name):
            console.print(f"  {name} ({visit.slowest.ms:.1f} ms): {scan}", highlight=False)


def main() -> int:
    """Measure with few records and with many; return 1 if a page for people misses the target."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--many", type=int, default=MANY, help=f"entries ({MANY:,})")
    parser.add_argument("--others", type=int, default=MOST_OF_OTHERS, help="of every other noun")
    parser.add_argument("--only", default="", help="part of the name of what is measured")
    options = parser.parse_args()
    console, url = Console(width=120), os.environ["DATABASE_URL"]
    few: dict[str, Visit] = {}
    many: dict[str, Visit] = {}
    with second_database(BESIDE) as beside:
        visitors = [
            begin(beside, FEW, FEW, console),
            begin(url, options.many, options.others, console),
        ]
        with console.status("Measuring both in turn"):
            for name in visitors[0].names:
                if options.only in name:
                    few[name], many[name] = in_turn(name, visitors)
        report(few, many, console)
        explain(many, visitors[1], console)
        for visitor in visitors:
            visitor.pool.shutdown()
    slow = [
        name
        for name, visit in many.items()
        if visit.ms > TARGET_MS and not name.startswith(FROM_MACHINES)
    ]
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
