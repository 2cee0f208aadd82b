"""Asking: what a reader typed, put to every noun in one query."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Literal

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchRank, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.functions import Cast

from untfsse.kit.records.noun import has_column
from untfsse.kit.records.prepared import one_plan
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.search import InTitle, WordsHeld, surely
from untfsse.search.facets import COUNTED, MOST_LOOKED_AT, Narrowed, count_named, narrow
from untfsse.search.guessing import guess
from untfsse.search.hits import Hit, describe
from untfsse.search.nouns import KINDS, LATER, NAMES, NOUNS, OWNERS, RECORDS, joined, visible
from untfsse.search.nouns import PARTS as PARTS_OF
from untfsse.search.reading import Reading, read
from untfsse.search.results import LAST_PAGE, MOST_PER_NOUN, PAGE_SIZE, Found, Results
from untfsse.search.writing import (
    EVERY,
    HOW_MANY,
    NAME,
    PARTS,
    REST,
    SOME,
    SOME_OF_REST,
    TERMS,
    Asked,
    IsOneOf,
    Meant,
    Put,
    ask,
    mean,
)

SHARES: tuple[Literal["most", "any"], ...] = ("most", "any")
LONGEST = 200
MOST_SUGGESTIONS = 8
FEWEST_SHARED = 3
SHARED = ("decision", "agenda_item", "provision")
SEARCHED = (*KINDS, *NAMES)
MOST_SHOWN = PAGE_SIZE * LAST_PAGE
NO_GOALS = Cast(Value(None), ArrayField(models.PositiveSmallIntegerField()))
WEIGHTS = [0.05, 0.2, 0.5, 1.0]
SLUG_FORM = re.compile(r"[a-z0-9_-]+")
PICK = f"""
  WITH hits AS ({{rows}}),
  found AS MATERIALIZED (
    SELECT hit_kind, hit_record, bool_or(hit_is_name) AS is_name, max(hit_held) AS held,
      bool_or(hit_in_title) AS in_title, max(hit_rank) AS rank, max(hit_day) AS day,
      min(hit_later) AS later, hit_place AS place, max(hit_goals) AS goals
    FROM hits GROUP BY hit_place, hit_record, hit_kind),
  most AS MATERIALIZED (SELECT max(held) AS most FROM found),
  best AS MATERIALIZED (
    SELECT * FROM found, most
    WHERE (held = most OR most < {{words}})
      AND ({{year}} = '' OR extract(year FROM day)::text = {{year}})),
  chosen AS MATERIALIZED (SELECT * FROM best WHERE {{kind}} IN ('', hit_kind)),
  top AS MATERIALIZED (
    SELECT hit_kind, hit_record FROM chosen
    ORDER BY is_name DESC, held DESC, in_title DESC, hit_kind = ANY({{kinds}}::text[]) DESC,
      later, rank DESC, day DESC NULLS LAST, place, hit_record
    LIMIT {MOST_SHOWN}),
  first AS (SELECT * FROM top LIMIT {MOST_LOOKED_AT})
  SELECT
    (SELECT json_object_agg(hit_kind, number)
     FROM (SELECT hit_kind, count(*) AS number FROM best GROUP BY hit_kind) AS counted) AS counts,
    (SELECT json_agg(json_build_array(hit_kind, hit_record))
     FROM (SELECT * FROM top LIMIT {PAGE_SIZE} OFFSET {{start}}::int) AS page) AS page,
    (SELECT max(most) < {{words}} FROM best) AS is_partial,
    {COUNTED} AS facets,
    (SELECT json_agg(json_build_array(hit_kind, hit_record)) FROM first) AS first
"""  # noqa: S608 - its numbers are ours


def clean(text: str) -> str:
    """Return what was typed in one line without control characters, however long it is."""
    printable = (" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return " ".join("".join(printable).split())


def find_records(
    asked: Reading | str, user: Reader, *, number: int = 1, **narrowed: str
) -> Results:
    """Return a page of what a reader may see of what matches, or else of what comes near.

    The text is clean and at most `LONGEST` letters long; it is narrowed as `Narrowed` says. It
    takes four queries; up to seven more when nothing holds all the words; two for one plan.
    """
    reading = read(asked) if isinstance(asked, str) else asked
    meant = mean(reading)
    is_one_word = len(reading.words) < 2  # of several a page may ask twelve times without it
    with one_plan(is_kept=bool(meant.is_small) and is_one_word and not user.is_authenticated):
        return results_of(reading, meant, user, Narrowed(**narrowed), number)


def results_of(
    reading: Reading, meant: Meant, user: Reader, chosen: Narrowed, number: int
) -> Results:
    """Return a page of what matches, or else of what comes near."""
    found = pick(everything(reading, chosen), meant, reading, user, chosen, number)
    guesses: dict[str, str] = {}
    if not found.counts and reading.words:
        guesses = guess(reading, user)
        reading = reading.with_guesses(guesses)
        for share in SHARES[: len(reading.words)]:
            meant = mean(reading, share)
            found = pick(near(reading, chosen), meant, reading, user, chosen, number)
            if found.counts:
                found = found._replace(is_poor=share == "any")
                break
    hits = describe(found.page, reading.text, meant, user)
    if found.first:
        found.facets.update(count_named(found.first, user))
    return Results(reading.text, hits, found, chosen, number, guesses)


def suggest(text: str, user: Reader) -> list[Hit]:
    """Return the first of what holds all the words, the last of them perhaps unfinished."""
    reading, chosen = read(text), Narrowed()
    meant, asked = mean(reading), everything(reading, chosen)
    found = pick(asked, meant, reading, user, chosen, 1)
    return describe(found.page[:MOST_SUGGESTIONS], text, meant, user)


def everything(reading: Reading, chosen: Narrowed) -> Iterator[Put]:
    """Give what is put to each noun: does it hold all the words?"""
    slug = reading.text.lower()
    asked = Asked(reading.text, slug if SLUG_FORM.fullmatch(slug) else "", **chosen.asked)
    yield from ((matching, kind, asked) for kind in SEARCHED if chosen.holds(noun_of(kind)))
    if (part := reading.part) and chosen.holds(part.kind):
        place = asked._replace(number=part.number.upper(), names=list(part.names))
        yield placed, part.kind, place
    if len(reading.words) >= FEWEST_SHARED:
        yield from ((shared, kind, asked) for kind in SHARED if chosen.holds(kind))


def near(reading: Reading, chosen: Narrowed) -> Iterator[Put]:
    """Give what is put to each noun: does it hold most of the words?"""
    asked = Asked(reading.text, **chosen.asked)
    yield from ((coming_near, kind, asked) for kind in SEARCHED if chosen.holds(noun_of(kind)))


def noun_of(kind: str) -> str:
    """Return the noun for whose record the rows stand."""
    return NAMES[kind][1] if kind in NAMES else kind


def at_address(kind: str, asked: Asked) -> Q:
    """Return the rule for the record whose address a text is, if it can be one."""
    return Q(slug=asked.slug) if asked.slug and kind in RECORDS else Q()


def holding(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the rows of a noun that hold the words, or stand at this address."""
    rule = Q(search=TERMS) | at_address(kind, asked)
    rows: QuerySet[Any] = surely(visible(kind, user), rule)
    return rows


def matching(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the rows of a noun that hold the words or bear the name, with their signs."""
    name = Q(search=NAME) | at_address(kind, asked)
    is_name: Any = models.ExpressionWrapper(name, models.BooleanField())
    if kind in PARTS_OF:  # what a place is called names no record
        is_name = Value(False)
    return ranked(kind, holding(kind, asked, user), asked, user, is_name=is_name)


def coming_near(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the rows of a noun that hold most of the words, with how many."""
    rows = surely(visible(kind, user), Q(search=TERMS))
    signs = {"held": WordsHeld(F("search"), PARTS), "in_title": InTitle(F("search"), EVERY)}
    return ranked(kind, rows, asked, user, **signs)


def placed(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the places of this number in records that hold the rest of the words."""
    owner = OWNERS[kind]
    column = f"{owner}__search"
    rows = visible(kind, user).filter(**{column: SOME_OF_REST})
    if asked.number:
        given = Value(asked.number, models.TextField())
        number = PARTS_OF[kind].number if kind in PARTS_OF else F("number")
        end = given if kind in PARTS_OF else joined(Value("/D"), given)
        rows = rows.annotate(printed=number, end=end)
        rows = (
            rows.filter(printed__iexact=F("end"))
            if kind in PARTS_OF
            else rows.filter(printed__endswith=F("end"))
        )
    if asked.names:
        rows = rows.filter(IsOneOf("kind", asked.names, models.TextField()))
    rows = rows.annotate(both=together(column)).filter(both=REST)
    is_name = Value(bool(asked.number))
    return ranked(kind, rows, asked, user, is_name=is_name, terms=REST, vector=F(column))


def shared(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the places that hold some of the words, in records that hold the others."""
    rows = visible(kind, user).filter(search=SOME)
    both = together(f"{OWNERS[kind]}__search")
    rows = rows.annotate(both=both).filter(both=TERMS)
    return ranked(kind, rows, asked, user, vector=F("both"))


def together(column: str) -> Func:
    """Return all that a record and a place in it hold."""
    return Func(
        F(column),
        F("search"),
        template="(%(expressions)s)",
        arg_joiner=" || ",
        output_field=SearchVectorField(),
    )


def ranked(
    kind: str,
    rows: QuerySet[Any],
    asked: Asked,
    user: Reader,
    *,
    vector: Any = None,
    terms: Any = TERMS,
    **signs: Any,
) -> QuerySet[Any]:
    """Return the signs by which the latest rows of all nouns are put in one order.

    Rows of names stand for the record that they name.
    """
    own, record = noun_of(kind), "pk"
    day: Any = Value(None)
    if kind in NAMES:
        record = f"{own}_id"
    elif NOUNS[own].sort_day:
        day = F(NOUNS[own].sort_day)
    vector, model = vector or F("search"), rows.model
    if kind not in NAMES:
        rows = narrow(kind, rows, asked, user)
    signs = {
        "is_name": Value(False),
        "held": HOW_MANY,
        "in_title": InTitle(vector, terms),
        "rank": Cast(SearchRank(vector, terms, weights=WEIGHTS), models.FloatField()),
        **signs,
        "kind": Value(str(own), models.TextField()),
        "place": Value(list(KINDS).index(own)),
        "later": Value(LATER.get(own, 0)),
        "record": F(record),
        "day": Cast(day, models.DateField()),
        "goals": F("sdgs") if has_column(model, "sdgs") else NO_GOALS,
    }
    columns = {f"hit_{name}": sign for name, sign in signs.items()}
    latest = rows.order_by("-pk").annotate(**columns)[:MOST_PER_NOUN]
    signed: QuerySet[Any] = latest.values_list(*sorted(columns))
    return signed


def pick(
    questions: Iterator[Put],
    meant: Meant,
    reading: Reading,
    user: Reader,
    chosen: Narrowed,
    number: int,
) -> Found:
    """Return what is found of the nouns that are asked, and a page of it."""
    put = list(questions)
    is_kept = bool(meant.is_small) and not (reading.part or any(chosen.asked.values()))
    if not put:
        return Found({}, [])
    (found,) = ask(
        PICK,
        {"rows": put},
        user,
        meant,
        is_kept=is_kept,
        words=meant.number,
        year=chosen.year,
        kind=chosen.kind,
        kinds=reading.kinds,
        start=(number - 1) * PAGE_SIZE,
    )
    return Found(
        found["counts"] or {},
        found["page"] or [],
        bool(found["is_partial"]),
        found["facets"] or {},
        found["first"] or [],
    )
