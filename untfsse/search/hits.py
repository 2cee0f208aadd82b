"""Hits: what is shown of a record that was found, with the words marked that matched."""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db import models
from django.db.models import Case, F, Func, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Left, Length, NullIf, Trim
from django.db.models.lookups import Exact
from django.utils.functional import Promise
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, gettext

from encyclopedia.models import Entry, Work
from taskforce.models import Person
from untfsse.kit.records.dates import PartialDate
from untfsse.kit.records.noun import MOST_WORDS, Noun, has_column
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.search import CONFIG, Answers, PlainName, Weighs
from untfsse.search.facets import counting
from untfsse.search.nouns import KINDS, NOUNS, PARTS, roles_of_person, seen
from untfsse.search.writing import TERMS, Asked, IsOneOf, Meant, Put, ask, asked_of, by_kind

# The database refuses control characters in every text, so none can pass for a mark.
MARK, UNMARK = "\x02", "\x03"
MARKED = re.compile(f"{MARK}([^{MARK}{UNMARK}]*){UNMARK}")
LONGEST_BODY = 20_000
MOST_ADDRESSES = 2_000
NOTHING = Value("", models.TextField())


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that was found; `is_jump` when its unique symbol is what was typed."""

    kind: str
    title: SafeString
    text: SafeString
    original: SafeString
    original_language: str
    url: str
    symbol: str
    role: str
    home: str
    label: str | Promise
    date: PartialDate | None
    until: PartialDate | None
    status: str
    audience: str
    is_jump: bool

    @property
    def as_item(self) -> dict[str, Any]:
        """What a list shows of it."""
        return {
            "record": self,
            "title": self.title,
            "url": self.url,
            "kind": label_in(get_language(), self.kind),
            "date": self.date,
            "until": self.until,
            "meta": self.meta,
            "original": self.original,
            "original_language": self.original_language,
            "summary": self.text,
        }

    @property
    def meta(self) -> str:
        """What is said beside its kind: the role of a person, the record of a place, the symbol."""
        if self.role and self.home == Entry.noun.name:
            return gettext("Author of “%(title)s”") % {"title": self.role}
        if self.role and self.home == Work.noun.name:
            return gettext("Editor of “%(title)s”") % {"title": self.role}
        return self.role or self.symbol

    @property
    def bare_title(self) -> str:
        """The title as it is stored, without marks."""
        return unescape(strip_tags(self.title))

    def offered_for(self, text: str) -> str:
        """Return what completes a text: the symbol that begins so, else the title."""
        begins = self.symbol.casefold().startswith(text.casefold())
        return self.symbol if begins else self.bare_title


def describe(
    page: list[tuple[str, int]],
    first: list[tuple[str, int]],
    text: str,
    meant: Meant,
    user: Reader,
) -> tuple[list[Hit], dict[str, Any]]:
    """Return what is shown of the records of a page, in its order, and what the first are
    counted by, from one query for all."""
    if not page and not first:
        return [], {}
    asked, counted = asked_of(KINDS, by_kind(page), user, text), counting(first, user)
    put: list[Put] = [(described, kind, each) for kind, each in asked.items()]
    shown = "(SELECT json_agg(shown) FROM ({rows}) AS shown)" if put else "NULL"
    frame = f"SELECT {shown} AS rows, {counted.sql}"
    questions = {"rows": put, **counted.questions}
    (found,) = ask(frame, questions, user, meant, is_kept=True, **counted.values)
    rows = [row for row in found.pop("rows") or [] if row["hit_place"]]
    hits = {(row["hit_kind"], row["hit_record"]): read(row) for row in rows}
    return [hits[kind, record] for kind, record in page if (kind, record) in hits], found


def described(kind: str, asked: Asked, user: Reader) -> QuerySet[Any]:
    """Return what is shown of some records of one noun, in columns that all nouns share."""
    noun, terms = NOUNS[kind], TERMS
    body = Left(joined(kind, terms), LONGEST_BODY)
    status = f"{PARTS[kind].owner}__status" if kind in PARTS else "status"
    columns = {
        "kind": Value(str(kind), models.TextField()),
        "record": F("pk"),
        "title": headline(F(noun.title), terms, highlight_all=True),
        "text": headline(body, terms, max_fragments=2, max_words=30, min_words=15),
        "original": original(noun, terms),
        "language": Cast(F(noun.language), models.TextField()) if noun.language else NOTHING,
        "length": Length(Trim(body)),
        "symbol": Cast(F(noun.symbol), models.TextField()) if noun.symbol else NOTHING,
        "is_jump": is_typed(noun, asked.text),
        "date": Cast(F(noun.date), models.TextField()) if noun.date else NOTHING,
        "until": Cast(F(noun.until), models.TextField()) if noun.until else NOTHING,
        "status": Cast(F(status), models.TextField()),
        "audience": Cast(F("audience"), models.TextField())
        if has_column(KINDS[kind], "audience")
        else NOTHING,
        "place": place(kind, user),
    }
    columns = {f"hit_{name}": column for name, column in columns.items()}
    rows = (
        seen(kind, user)
        .filter(IsOneOf("pk", asked.records, models.BigIntegerField()))
        .order_by()
        .annotate(**columns)
    )
    named: QuerySet[Any] = rows.values(*sorted(columns))
    return named


def joined(kind: str, terms: SearchQuery) -> Any:
    """Return the columns that say something in one text, the note only where it answers."""
    parts: list[Any] = [NullIf(F(name), Value("")) for name in NOUNS[kind].texts]
    if has_column(KINDS[kind], "note"):
        parts.append(Case(When(answering("d", "note", terms), then=F("note"))))
    if not parts:
        return NOTHING
    return Func(Value(" · "), *parts, function="concat_ws", output_field=models.TextField())


def original(noun: Noun, terms: SearchQuery) -> Any:
    """Return the official title where it answers, with marks."""
    if not noun.original:
        return NOTHING
    marked = headline(F(noun.original), terms, highlight_all=True)
    answers = When(answering("b", noun.original, terms), then=marked)
    return Case(answers, default=NOTHING, output_field=models.TextField())


def answering(weight: str, name: str, terms: SearchQuery) -> Q:
    """Return the rule that a column answers; to read it anew takes longer than to look into what
    is kept of all columns of its weight."""
    return Q(Weighs("search", terms, weight=weight)) & Q(Answers(name, terms))


def headline(words: Any, terms: SearchQuery, **options: Any) -> SearchHeadline:
    """Return the text, or the parts of it that answer the query, with marks."""
    return SearchHeadline(words, terms, config=CONFIG, start_sel=MARK, stop_sel=UNMARK, **options)


def is_typed(noun: Noun, text: str) -> Any:
    """Return whether the symbol of a record, which no other has, is the whole text."""
    if not noun.is_symbol_unique:
        return Value(False)
    return Exact(PlainName(F(noun.symbol)), PlainName(Value(text)))


class Place(models.Func):
    """On which page a record stands: its noun, its slug, what names the place on it, the role."""

    template = "ARRAY[%(expressions)s]::text[]"
    output_field: ClassVar = ArrayField(models.TextField())

    def __init__(self, home: Any, slug: Any, place: Any = NOTHING, role: Any = NOTHING) -> None:
        super().__init__(Value(str(home), models.TextField()), slug, place, role)


def place(kind: str, user: Reader) -> Any:
    """Return on which page a record stands: its own; a person's role, on that of the role."""
    if part := PARTS.get(kind):
        home = part.home.noun
        role = ended(F(f"{part.owner}__{home.title}"), part.number)
        return Place(home.name, F(f"{part.owner}__slug"), part.facts, role)
    if kind != Person.noun.name:
        return Place(kind, F("slug"))
    # The first role that there is: PostgreSQL plans each of these for longer than all else.
    places = [
        role.rows.annotate(at=Place(role.home, F(role.slug), role=F(role.words))).values("at")[:1]
        for role in roles_of_person(user)
    ]
    return Coalesce(*(Subquery(each) for each in places))


def ended(title: Any, number: Any) -> Any:
    """Return a title with the number of a place in it, if it has one."""
    written = NullIf(Trim(Cast(number, models.TextField())), Value(""))
    return Func(Value(", "), title, written, function="concat_ws", output_field=models.TextField())


@lru_cache
def label_in(_language: str | None, kind: str) -> str:
    """Return what a record of a noun is called in the language of the day."""
    return capfirst(str(KINDS[kind]._meta.verbose_name))


@lru_cache(maxsize=MOST_ADDRESSES)
def address_at(home: str, slug: str) -> str:
    """Return the address of a page that `place` found."""
    record: Any = KINDS[home].from_db(None, ["slug"], [slug])  # all else is left out
    url: str = record.get_absolute_url()
    return url


def read(row: dict[str, Any]) -> Hit:
    """Return the record of a row of `described`."""
    kind: str = row["hit_kind"]
    home, slug, place, role = row["hit_place"]
    part = PARTS.get(kind)
    anchor = f"#{part.anchor(place)}" if part else ""
    return Hit(
        kind=kind,
        title=marked(shortened(row["hit_title"])),
        text=marked(with_ends(row["hit_text"], row["hit_length"])),
        original=marked(row["hit_original"]),
        original_language=row["hit_language"],
        url=address_at(home, slug) + anchor,
        symbol=row["hit_symbol"],
        role=role,
        home=home,
        label=KINDS[kind]._meta.verbose_name,
        date=PartialDate.parse(row["hit_date"]) if row["hit_date"] else None,
        until=PartialDate.parse(row["hit_until"]) if row["hit_until"] else None,
        status=row["hit_status"],
        audience=row["hit_audience"],
        is_jump=row["hit_is_jump"],
    )


def shortened(title: str) -> str:
    """Return a title of so many words at most; Django takes long to find that it is short."""
    words = title.split()
    return Truncator(title).words(MOST_WORDS) if len(words) > MOST_WORDS else " ".join(words)


def with_ends(passage: str, length: int) -> str:
    """Return a passage of a text of some length, with a sign where it was cut."""
    bare = passage.replace(MARK, "").replace(UNMARK, "").strip()
    if len(bare) >= length - 1:  # a full stop at the end may be left out
        return passage
    before = "" if bare[:1].isupper() else "… "
    after = "" if bare.endswith((".", "!", "?")) else " …"
    return f"{before}{passage.strip()}{after}"


def marked(text: str) -> SafeString:
    """Return escaped text in which what matched stands in `<mark>`."""
    if not text:
        return SafeString()
    html = MARKED.sub(r"<mark>\1</mark>", escape(text))
    return mark_safe(html.replace(MARK, "").replace(UNMARK, ""))  # noqa: S308 — escaped above
