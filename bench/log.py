"""`python -m bench.log`: what the log of public changes adds to a save, a bulk edit, an import.

Fills the database at `DATABASE_URL`, which should be a throw-away one, with synthetic records.
"Without" leaves the history on, but lets no transaction be settled.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from itertools import count
from statistics import median
from time import perf_counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "untfsse.settings")
django.setup()

from django.db import connection  # noqa: E402

from bench.runs import MANY, fill, prepare  # noqa: E402
from taskforce.models import Meeting, Organization  # noqa: E402
from untfsse.kit.exchange import read_table  # noqa: E402
from untfsse.kit.exchange.resources import TableResource, anything  # noqa: E402
from untfsse.kit.exchange.takeover import take_over  # noqa: E402
from untfsse.kit.forms.uploads import CSV  # noqa: E402
from untfsse.kit.log import current_number  # noqa: E402

SAVES = 100
LINE = "{:<46}{:>12}{:>12}{:>8}{:>10}"
numbers = count(1)


def tell(line: str) -> None:
    """Print a line at once: a step may take minutes."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run(sql: str) -> None:
    """Run a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


@contextmanager
def without_log() -> Iterator[None]:
    """Let no transaction be settled."""
    run("ALTER TABLE kit_unsettled DISABLE TRIGGER settle_transaction")
    yield
    run("DELETE FROM kit_unsettled")
    run("ALTER TABLE kit_unsettled ENABLE TRIGGER settle_transaction")


def took(act: Callable[[], Any]) -> float:
    """Return the milliseconds that something takes."""
    start = perf_counter()
    act()
    return (perf_counter() - start) * 1000


def save(model: Any) -> Callable[[], float]:
    """Give the median of saves of one record each, in milliseconds."""

    def measure() -> float:
        records = model.objects.order_by("pk")[:SAVES]
        return median(took(partial(rename, record)) for record in records)

    return measure


def rename(record: Any) -> None:
    """Save a record under another name."""
    setattr(record, record.noun.title, f"Synthetic name {next(numbers)}")
    record.save()


def edit(model: Any, column: str) -> Callable[[], float]:
    """Give the milliseconds of an edit of all rows of a noun."""
    return lambda: took(lambda: model.objects.update(**{column: f"Synthetic {next(numbers)}"}))


def import_all() -> float:
    """Return the milliseconds in which a table of all organizations is taken over."""
    slugs = Organization.objects.values_list("slug", flat=True)
    rows = "\n".join(f"{slug},City {next(numbers)}" for slug in slugs)
    table = read_table(BytesIO(f"slug,city\n{rows}\n".encode()), CSV)
    resource = TableResource(Organization, may_change=anything)
    resource.set_header(table.header)
    seen: Any
    done: Any
    *_, seen = take_over(resource, table)
    start = perf_counter()
    *_, done = take_over(resource, table, expected=seen.fingerprint)
    if done.changed != len(table.rows) or not done.is_kept:
        sys.exit(f"The import failed. {done.problem}")
    return (perf_counter() - start) * 1000


def main() -> int:
    """Measure each with the log and without, and print both as soon as they are known."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=MANY)
    many = parser.parse_args().count
    prepare()
    start = perf_counter()
    fill(many)
    tell(f"{many:,} records of each noun created in {perf_counter() - start:,.0f} s")
    tell(LINE.format("milliseconds of", "without", "with", "ratio", "lines"))
    acts: dict[str, Callable[[], float]] = {
        "a save of a meeting": save(Meeting),
        "a save of an organization": save(Organization),
        f"an edit of {many:,} summaries of meetings": edit(Meeting, "summary"),
        f"an edit of {many:,} cities of organizations": edit(Organization, "city"),
        f"an edit of {many:,} names of organizations": edit(Organization, "name"),
        f"an import of {many:,} organizations": import_all,
    }
    for name, act in acts.items():
        act()
        with without_log():
            before = act()
        number = current_number()
        after = act()
        lines = f"{current_number() - number:,}"
        figures = (f"{before:,.1f}", f"{after:,.1f}", f"{after / before:.2f}")
        tell(LINE.format(name, *figures, lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
