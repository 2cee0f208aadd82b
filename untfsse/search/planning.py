"""Planning: for whom connections keep the plans of a search, and in which tables words are common.

To plan a search takes several times as long as to answer it. A plan that is kept looks all words
up: of a common one it would look at each row, so the tables that hold it often are gone through
from the last row on.
"""

from dataclasses import dataclass
from functools import lru_cache
from time import monotonic

from untfsse.kit.records.prepared import keeps_plans, numbering, preparing
from untfsse.kit.records.publication import Reader
from untfsse.search.facets import Narrowed
from untfsse.search.nouns import SEARCHED
from untfsse.search.reading import Reading

MOST_ROWS_OF_ONE_PLAN = 5_000
"""Of so many rows of a noun all that hold some of several words may be looked at."""
FEWEST_ROWS = 500
"""Where no table has so many, it makes no odds how common a word is."""
LATEST = 200
OFTEN = LATEST / 20
LOOKED_UP, MET = 1.2, 29
"""To look r rows up and sort them takes 1.2 r µs; to come upon a hundred of n, 29 n / r."""
TABLES = [model._meta.db_table for model in SEARCHED.values()]
COUNTS = (
    f'(SELECT count(*) FROM (SELECT search FROM "{table}" ORDER BY id DESC LIMIT {LATEST})'  # noqa: S608 - names of our tables
    " AS latest WHERE search @@ $1::tsquery)"
    for table in TABLES
)
ROWS = """
  SELECT array_agg(reltuples::int ORDER BY place)
  FROM unnest(%s::regclass[]) WITH ORDINALITY AS asked(oid, place) JOIN pg_class USING (oid)
"""
HELD = f"SELECT {', '.join(COUNTS)}"
MOST_COUNTED = 200
SECONDS_KNOWN = 60


@dataclass(frozen=True, slots=True)
class Plans:
    """Whether plans are kept, and then how many rows each table has, as PostgreSQL knows."""

    rows: tuple[int, ...] = ()

    @property
    def are_kept(self) -> bool:
        """Whether what holds all the words is asked by a plan that is kept."""
        return bool(self.rows)

    @property
    def large(self) -> list[str]:
        """The kinds of `SEARCHED` of which there are so many that one plan may not do."""
        counted = zip(SEARCHED, self.rows, strict=False)
        return [kind for kind, rows in counted if rows >= MOST_ROWS_OF_ONE_PLAN]

    @property
    def is_small(self) -> bool:
        """Whether plans are kept and no table is large: one will do for most of the words."""
        return self.are_kept and not self.large


def plans_of(reading: Reading, user: Reader, chosen: Narrowed) -> Plans:
    """Return whether the plans of what is asked are kept: what visitors ask of all records."""
    is_usual = not (user.is_authenticated or reading.part or any(chosen.asked.values()))
    if not (is_usual and keeps_plans()):
        return Plans()
    return Plans(rows_of_each(int(monotonic() / SECONDS_KNOWN)))


def common_in(terms: str, plans: Plans) -> list[str]:
    """Return the kinds of `SEARCHED` whose tables are quicker gone through for a word.

    It changes how rows are found, never which. None where the plan is made for the words.
    """
    if not plans.are_kept or max(plans.rows) < FEWEST_ROWS:
        return []
    held_of_each = held_lately(terms, plans.rows)
    return [
        kind
        for kind, rows, held in zip(SEARCHED, plans.rows, held_of_each, strict=True)
        if held >= OFTEN and LOOKED_UP * rows * (held / LATEST) ** 2 > MET
    ]


@lru_cache(maxsize=1)
def rows_of_each(_span: int) -> tuple[int, ...]:
    """Return how many rows each table has, as PostgreSQL knows; asked anew in each span."""
    with preparing() as cursor:
        cursor.execute(ROWS, [TABLES])
        (rows,) = cursor.fetchone() or ((),)
    return tuple(rows)


@lru_cache(maxsize=MOST_COUNTED)
def held_lately(terms: str, _rows: tuple[int, ...]) -> list[int]:
    """Return how many of the latest rows of each table hold some words.

    It is asked again when PostgreSQL has counted the tables anew.
    """
    with numbering(is_kept=True) as cursor:
        cursor.execute(HELD, [terms])
        return list(cursor.fetchone() or ())
