"""`python -m bench`: measure every page with few records and with many, in one run.

Answers are made anew: what is kept costs the same at any size.
"""

import argparse
import sys
from time import perf_counter

from django.test import override_settings
from rich.console import Console

from bench.addresses import addresses, alike
from bench.measuring import Visit, measure
from bench.plans import scans
from bench.runs import FEW, NOTHING_KEPT, STORAGES, TARGET_MS, fill, prepare, report

FROM_MACHINES = ("API", "feed", "calendar", "sitemap")
MANY = 100_000


def measure_all(count: int, only: str, console: Console) -> dict[str, Visit]:
    """Return what each page costs with so many records."""
    start = perf_counter()
    with console.status(f"Creating {count:,} entries") as status:
        fill(count, say=lambda text: status.update(f"Creating {count:,} entries: {text}"))
    console.print(f"{count:,} entries and the other nouns in {perf_counter() - start:,.0f} s")
    visits = {}
    with console.status(f"Measuring with {count:,} entries"):
        for name, address in addresses(count):
            if only in name:
                visits[name] = measure(address)
    return visits


def explain(many: dict[str, Visit], console: Console) -> None:
    """Print which large tables the slowest query of a page reads whole."""
    console.print("\nTables that the slowest query of a page reads from end to end:")
    for name, visit in sorted(many.items(), key=lambda item: -item[1].ms):
        if visit.queries:
            for scan in scans(visit.slowest):
                console.print(f"  {name} ({visit.slowest.ms:.1f} ms): {scan}", highlight=False)


def main() -> int:
    """Measure with few records and with many; return 1 if a page for people misses the target."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--many", type=int, default=MANY, help=f"entries ({MANY:,})")
    parser.add_argument("--only", default="", help="part of the name of what is measured")
    options = parser.parse_args()
    console = Console()
    with override_settings(STORAGES=STORAGES, CACHES=NOTHING_KEPT), alike(FEW):
        prepare()
        few = measure_all(FEW, options.only, console)
        many = measure_all(options.many, options.only, console)
        report(few, many, console)
        explain(many, console)
    slow = [
        name
        for name, visit in many.items()
        if visit.ms > TARGET_MS and not name.startswith(FROM_MACHINES)
    ]
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
