"""Planning: for whom connections keep the plans of a search, and in which tables words are common.

To plan a search takes several times as long as to answer it. A plan that is kept looks all words
up: of a common one it would look at each row, so the tables that hold it often are gone through
from the last row on.
"""

from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache

from untfsse.kit.records.prepared import Plans, numbering, one_plan
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
HELD = f"SELECT {', '.join(COUNTS)}"
MOST_COUNTED = 200


def plans_of(reading: Reading, user: Reader, chosen: Narrowed) -> AbstractContextManager[Plans]:
    """Give whether the plans of what is asked are to be kept: what visitors ask of all records.

    There is one for all words from the first time on.
    """
    if user.is_authenticated or reading.part or any(chosen.asked.values()):
        return nullcontext(Plans())
    return one_plan(TABLES, is_wanted=True)


def is_small(plans: Plans) -> bool:
    """Whether plans are kept, and each table has so few rows that one will do for all words."""
    return plans.is_kept and max(plans.rows) < MOST_ROWS_OF_ONE_PLAN


def common_in(terms: str, plans: Plans) -> list[str]:
    """Return the kinds of `SEARCHED` whose tables are quicker gone through for a word.

    It changes how rows are found, never which. None where the plan is made for the words.
    """
    if not plans.is_one or max(plans.rows) < FEWEST_ROWS:
        return []
    held_of_each = held_lately(terms, plans.rows)
    return [
        kind
        for kind, rows, held in zip(SEARCHED, plans.rows, held_of_each, strict=True)
        if held >= OFTEN and LOOKED_UP * rows * (held / LATEST) ** 2 > MET
    ]


@lru_cache(maxsize=MOST_COUNTED)
def held_lately(terms: str, _rows: tuple[int, ...]) -> list[int]:
    """Return how many of the latest rows of each table hold some words.

    It is asked again when PostgreSQL has counted the tables anew.
    """
    with numbering(is_kept=True) as cursor:
        cursor.execute(HELD, [terms])
        return list(cursor.fetchone() or ())
