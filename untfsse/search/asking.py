"""Asking: what a reader typed, put to every noun in one query."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db import models
from django.db.models import Case, F, Func, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from untfsse.kit.records.noun import has_column
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.search import on_the_way, surely
from untfsse.search.facets import COUNTED, MOST_LOOKED_AT, Narrowed, narrow
from untfsse.search.guessing import guess
from untfsse.search.hits import Hit, describe
from untfsse.search.nouns import (
    KINDS,
    LATER,
    NAMES,
    NOUNS,
    OWNERS,
    RECORDS,
    SEARCHED,
    joined,
    visible,
)
from untfsse.search.nouns import PARTS as PARTS_OF
from untfsse.search.planning import Plans, common_in, plans_of
from untfsse.search.reading import Reading, read
from untfsse.search.results import MOST_PER_NOUN, PAGE_SIZE, Found, Results
from untfsse.search.writing import (
    NAME,
    REST,
    SHARES,
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

LONGEST = 200
MOST_SUGGESTIONS = 8
FEWEST_SHARED = 3
SHARED = ("decision", "agenda_item", "provision")
UNKNOWN = Value(None)
NO_GOALS = Cast(UNKNOWN, ArrayField(models.PositiveSmallIntegerField()))
SLUG_FORM = re.compile(r"[a-z0-9_-]+")
NO_SLUG = " "
"""No record has it: what is asked is written and planned alike for all texts."""
PLACES = list(KINDS)
"""The nouns in the order in which equals are shown; in a statement each is its number here."""
ANY_NOUN = -1
PICK = f"""
  WITH hits AS ({{rows}}),
  signed AS (
    SELECT hit_place, hit_record, hit_day, hit_goals,
      coalesce(hit_is_name, hit_vector @@ {{name}}::tsquery) AS is_name,
      {{held}} AS held,
      CASE WHEN hit_terms IS NULL THEN hit_vector @@ {{titled}}::tsquery
        ELSE ts_filter(hit_vector, '{{{{a,b}}}}') @@ hit_terms END AS in_title,
      hit_later AS later,
      ts_rank('{{{{0.05,0.2,0.5,1}}}}', hit_vector, coalesce(hit_terms, {{terms}}::tsquery)) AS rank
    FROM hits),
  found AS MATERIALIZED (
    SELECT hit_place AS place, hit_record AS record, max(hit_day) AS day, max(hit_goals) AS goals,
      max(held) AS held, max(
        4096 * is_name::int + 64 * held + 32 * in_title::int
        + 16 * (hit_place = ANY({{kinds}}::int[]))::int - 4 * later + least(rank, 1)
      ) AS score
    FROM signed GROUP BY hit_place, hit_record),
  best AS MATERIALIZED (
    SELECT * FROM found
    WHERE (held >= {{number}}::int OR (SELECT max(held) FROM found) < {{number}}::int)
      AND ({{year}} = '' OR extract(year FROM day)::text = {{year}})),
  chosen AS NOT MATERIALIZED (SELECT * FROM best WHERE {{kind}}::int IN ({ANY_NOUN}, place)),
  top AS MATERIALIZED (
    SELECT place, record FROM chosen
    ORDER BY score DESC, day DESC NULLS LAST, place, record
    LIMIT greatest({{start}}::int + {PAGE_SIZE}, {MOST_LOOKED_AT}))
  SELECT
    (SELECT json_object_agg(place, number)
     FROM (SELECT place, count(*) AS number FROM best GROUP BY place) AS counted) AS counts,
    (SELECT json_agg(json_build_array(place, record))
     FROM (SELECT * FROM top LIMIT {PAGE_SIZE} OFFSET {{start}}::int) AS page) AS page,
    (SELECT max(held) < {{number}}::int FROM best) AS is_partial,
    {COUNTED} AS facets,
    (SELECT json_agg(json_build_array(place, record))
     FROM (SELECT * FROM top LIMIT {MOST_LOOKED_AT}) AS looked_at) AS first
"""  # noqa: S608 - its numbers are ours
"""What is found, in order: each sign outweighs all that follow it."""
EVERYTHING = PICK.replace("{held}", "{number}::int")
NEAR = PICK.replace("{held}", "search_held(hit_vector, {parts}::tsquery[])")


def clean(text: str) -> str:
    """Return what was typed in one line without control characters, however long it is."""
    printable = (" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return " ".join("".join(printable).split())


def find_records(
    asked: Reading | str, user: Reader, *, number: int = 1, **narrowed: str
) -> Results:
    """Return a page of what a reader may see of what matches, or else of what comes near.

    The text is clean and at most `LONGEST` letters long; it is narrowed as `Narrowed` says. It
    takes three queries; up to five more when nothing holds all the words; where plans are kept one
    for what bears a common name, and one each to learn in a process how common a word is, and each
    minute how many rows there are.
    """
    reading = read(asked) if isinstance(asked, str) else asked
    chosen = Narrowed(**narrowed)
    plans = plans_of(reading, user, chosen)
    meant, guesses = mean(reading), dict[str, str]()
    found = pick_everything(meant, reading, user, chosen, number, plans)
    if not found.counts and reading.words:
        is_one = len(reading.words) == 1
        is_nothing = is_one and not (reading.part or any(chosen))
        guesses = guess(reading, user, plans, is_nothing=is_nothing)
        reading = reading.with_guesses(guesses)
        if not is_one:
            meant, found = pick_near(reading, user, chosen, number, plans)
        elif guesses:
            meant = mean(reading)
            found = pick_words(meant, reading, user, chosen, number, plans)
    hits, counts = describe(found.page, found.first, reading.text, meant, user)
    found.facets.update(counts)
    return Results(reading.text, hits, found, chosen, number, guesses)


def suggest(text: str, user: Reader) -> list[Hit]:
    """Return the first of what holds all the words, the last of them perhaps unfinished."""
    reading, chosen = read(text), Narrowed()
    meant = mean(reading)
    plans = plans_of(reading, user, chosen)
    found = pick_everything(meant, reading, user, chosen, 1, plans)
    return describe(found.page[:MOST_SUGGESTIONS], [], text, meant, user)[0]


def pick_everything(
    meant: Meant, reading: Reading, user: Reader, chosen: Narrowed, number: int, plans: Plans
) -> Found:
    """Return what holds all the words; on the first page, what bears the name is never missing.

    It is asked for by itself where it may be older than all that is put in order.
    """
    asked = reading, user, chosen, number
    found = pick_words(meant, *asked, plans)
    capped = {kind for kind, count in found.counts.items() if count >= MOST_PER_NOUN}
    if not capped or number > 1:
        return found
    bearers = (put for put in bearing(reading, chosen) if noun_of(put[1]) in capped)
    first = pick(EVERYTHING, bearers, meant, *asked, is_kept=plans.are_kept).page
    return found._replace(page=[*first, *(one for one in found.page if one not in first)])


def pick_words(
    meant: Meant, reading: Reading, user: Reader, chosen: Narrowed, number: int, plans: Plans
) -> Found:
    """Return what holds all the words."""
    put = everything(reading, chosen, common_in(meant.terms, plans))
    return pick(EVERYTHING, put, meant, reading, user, chosen, number, is_kept=plans.are_kept)


def pick_near(
    reading: Reading, user: Reader, chosen: Narrowed, number: int, plans: Plans
) -> tuple[Meant, Found]:
    """Return what holds most of several words, or else any of them, and what they mean so."""
    for share in SHARES[1:]:
        meant = mean(reading, share)
        frame = NEAR if int(meant.number) > 1 else EVERYTHING
        put = near(reading, chosen)
        found = pick(frame, put, meant, reading, user, chosen, number, is_kept=plans.is_small)
        if found.counts:
            break
    return meant, found._replace(is_poor=share == "any")


def everything(reading: Reading, chosen: Narrowed, common: list[str]) -> Iterator[Put]:
    """Give what is put to each noun: does it hold all the words, as it holds few or common ones?"""
    asked = asked_at(reading, chosen)
    of_words = asked._replace(common=common)
    for question in (matching, met) if common else (matching,):
        yield from ((question, kind, of_words) for kind in SEARCHED if chosen.holds(noun_of(kind)))
    if (part := reading.part) and chosen.holds(part.kind):
        place = asked._replace(number=part.number.upper(), names=list(part.names))
        yield placed, part.kind, place
    if len(reading.words) >= FEWEST_SHARED:
        yield from ((shared, kind, asked) for kind in SHARED if chosen.holds(kind))


def bearing(reading: Reading, chosen: Narrowed) -> Iterator[Put]:
    """Give what is put to each noun: does it bear this name, or stand at this address?"""
    asked = asked_at(reading, chosen)
    kinds = (kind for kind in SEARCHED if kind not in PARTS_OF)
    yield from ((called, kind, asked) for kind in kinds if chosen.holds(noun_of(kind)))


def asked_at(reading: Reading, chosen: Narrowed) -> Asked:
    """Return what is asked, with the address that the text can be."""
    slug = reading.text.lower()
    return Asked(reading.text, slug if SLUG_FORM.fullmatch(slug) else NO_SLUG, **chosen.asked)


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


def holding(kind: str, asked: Asked) -> Q:
    """Return the rule for rows that hold the words, or stand at this address."""
    return Q(search=TERMS) | at_address(kind, asked)


def is_common(kind: str, asked: Asked) -> Q:
    """Return whether the words are common in a noun: then its rows are met, else looked up."""
    return Q(IsOneOf(Value(kind), asked.common, models.TextField()))


def matching(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the rows of a noun that hold the words or bear the name; none if they are `met`."""
    rows = surely(visible(kind, user), holding(kind, asked))
    if asked.common:
        rows = rows.filter(~is_common(kind, asked))
    return with_name(kind, rows, asked, user)


def met(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the rows of a noun that do, come upon from the last on, if the words are common."""
    rows = on_the_way(visible(kind, user), holding(kind, asked)).filter(is_common(kind, asked))
    return with_name(kind, rows, asked, user)


def with_name(kind: str, rows: QuerySet[Any], asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the latest of some rows, and whether they bear the name."""
    is_name: Any = UNKNOWN
    if kind in PARTS_OF:  # what a place is called names no record
        is_name = Value(False)
    elif address := at_address(kind, asked):
        is_name = Case(When(address, then=True))
    return latest(kind, rows, asked, user, is_name=is_name)


def called(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the rows of a noun that bear the name, or stand at this address."""
    rows = surely(visible(kind, user), Q(search=NAME) | at_address(kind, asked))
    return latest(kind, rows, asked, user, is_name=Value(True))


def coming_near(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the rows of a noun that hold most of the words."""
    rows = surely(visible(kind, user), Q(search=TERMS))
    return latest(kind, rows, asked, user, is_name=Value(False))


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
    return latest(kind, rows, asked, user, is_name=is_name, terms=REST, vector=F(column))


def shared(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return the places that hold some of the words, in records that hold the others."""
    rows = visible(kind, user).filter(search=SOME)
    both = together(f"{OWNERS[kind]}__search")
    rows = rows.annotate(both=both).filter(both=TERMS)
    return latest(kind, rows, asked, user, is_name=Value(False), vector=F("both"))


def together(column: str) -> Func:
    """Return all that a record and a place in it hold."""
    return Func(
        F(column),
        F("search"),
        template="(%(expressions)s)",
        arg_joiner=" || ",
        output_field=SearchVectorField(),
    )


def latest(
    kind: str,
    rows: QuerySet[Any],
    asked: Asked,
    user: Reader,
    *,
    is_name: Any,
    vector: Any = None,
    terms: Any = UNKNOWN,
) -> QuerySet[Any]:
    """Return the latest rows of a noun, with what `PICK` puts those of all nouns in order by.

    Rows of names stand for the record that they name. Where `is_name` is null, the
    name that was typed decides; `terms` are those of the row, if not of all.
    """
    own, record = noun_of(kind), "pk"
    day: Any = UNKNOWN
    if kind in NAMES:
        record = f"{own}_id"
    elif NOUNS[own].sort_day:
        day = F(NOUNS[own].sort_day)
    if kind not in NAMES:
        rows = narrow(kind, rows, asked, user)
    facts = {
        "is_name": Cast(is_name, models.BooleanField()),
        "vector": vector or F("search"),
        "terms": Cast(terms, SearchQueryField()),
        "place": Value(PLACES.index(own)),
        "later": Value(LATER.get(own, 0)),
        "record": F(record),
        "day": Cast(day, models.DateField()),
        "goals": F("sdgs") if has_column(rows.model, "sdgs") else NO_GOALS,
    }
    columns = {f"hit_{name}": fact for name, fact in facts.items()}
    found = rows.order_by("-pk").annotate(**columns)[:MOST_PER_NOUN]
    told: QuerySet[Any] = found.values_list(*sorted(columns))
    return told


def pick(
    frame: str,
    questions: Iterator[Put],
    meant: Meant,
    reading: Reading,
    user: Reader,
    chosen: Narrowed,
    number: int,
    *,
    is_kept: bool,
) -> Found:
    """Return what is found of the nouns that are asked, and a page of it."""
    put = list(questions)
    if not put:
        return Found({}, [])
    (found,) = ask(
        frame,
        {"rows": put},
        user,
        meant,
        is_kept=is_kept,
        year=chosen.year,
        kind=PLACES.index(chosen.kind) if chosen.kind else ANY_NOUN,
        kinds=[PLACES.index(kind) for kind in reading.kinds],
        start=(number - 1) * PAGE_SIZE,
    )
    return Found(
        {PLACES[int(place)]: number for place, number in (found["counts"] or {}).items()},
        named(found["page"]),
        bool(found["is_partial"]),
        found["facets"] or {},
        named(found["first"]),
    )


def named(hits: list[tuple[int, int]] | None) -> list[tuple[str, int]]:
    """Return records with the names of their nouns."""
    return [(PLACES[place], record) for place, record in hits or []]
