"""Search: what PostgreSQL keeps beside a record so that it is found, and what it is asked."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models.functions import Coalesce

CONFIG = "portal"


class PlainText(models.Func):
    """Text without accents and in lower case, to sort and compare names by."""

    function = "plain_text"
    arity = 1
    output_field: ClassVar = models.TextField()


class SearchDocument(models.Func):
    """The weighted search vector of a row, from the names of its columns.

    Weights A to D: names and symbols, other titles, summaries, long text. With `days` (a date
    known in part, or the first and the last) and `goals` it is found by them too.
    """

    function = "search_document"
    output_field: ClassVar = SearchVectorField()

    def __init__(
        self,
        a: Sequence[str],
        b: Sequence[str] = (),
        c: Sequence[str] = (),
        d: Sequence[str] = (),
        days: Sequence[str] = (),
        goals: str = "",
    ) -> None:
        groups = [list(group) for group in (a, b, c, d)]
        if days or goals:
            groups += [list(days), [goals] if goals else []]
        self.sizes = [len(group) for group in groups]
        super().__init__(*(name for group in groups for name in group))

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **_context: Any
    ) -> tuple[str, Any]:
        """Write the function with one array of texts a weight."""
        written, params = [], []
        for source in self.source_expressions:
            sql, values = compiler.compile(source)
            written.append(sql)
            params.extend(values)
        arrays, start = [], 0
        for size in self.sizes[:5]:
            arrays.append(f"ARRAY[{', '.join(written[start : start + size])}]::text[]")
            start += size
        if len(self.sizes) > len(arrays):
            arrays.append(written[start] if self.sizes[-1] else "NULL::int[]")
        return f"{self.function}({', '.join(arrays)})", params


def plain_key(field: str) -> models.GeneratedField:
    """Return a column to sort names by: no accents, lower case."""
    return models.GeneratedField(
        expression=PlainText(field), output_field=models.TextField(), db_persist=True
    )


def search_column(
    a: Sequence[str],
    b: Sequence[str] = (),
    c: Sequence[str] = (),
    d: Sequence[str] = (),
    *,
    days: Sequence[str] = (),
    goals: str = "",
    noun: str = "",
) -> models.GeneratedField:
    """Return the generated search vector of a noun; `noun` is what all of its rows are called."""
    if noun:
        d = [*d, models.Value(noun, models.TextField())]  # type: ignore[list-item]
    return models.GeneratedField(
        expression=SearchDocument(a, b, c, d, days, goals),
        output_field=SearchVectorField(),
        db_persist=True,
    )


class SearchTerms(SearchQuery):
    """What a reader typed: words, "a phrase", or, -not, the last word perhaps unfinished.

    It finds every row whose `search_column` holds the words in any form, and the rows one of
    whose names is the whole text. Any text will do; it must not hold a null byte.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.function = "search_query"


def surely(rows: Any, rule: models.Q) -> Any:
    """Narrow by a rule of search that is said twice, so that PostgreSQL looks words up.

    Of a word that it has not counted it expects one row in a hundred, and would go through all
    rows in their order, to come upon the first of so many. To look at a text costs it more than
    it thinks, too.
    """
    return rows.filter(rule).filter(rule)


def on_the_way(rows: Any, rule: models.Q) -> Any:
    """Narrow by a rule of search that most rows hold, so that they are gone through in order.

    PostgreSQL expects every other row to hold what it cannot look up.
    """
    held = models.ExpressionWrapper(rule, models.BooleanField())
    return rows.filter(Coalesce(held, False))


class IsAmong(models.Func):
    """Whether a number is one of those that a question gives, which is answered first.

    PostgreSQL can join it with nothing: rows are looked up by the numbers.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field: ClassVar = models.BooleanField()


class PlainName(models.Func):
    """A name or symbol as one word without accents, capitals and spaces, to compare by."""

    function = "search_name"
    arity = 1
    output_field: ClassVar = models.TextField()


class SearchName(SearchQuery):
    """A whole name, symbol, number or acronym; accents, capitals and spaces do not count."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.template = "array_to_tsvector(ARRAY[search_name(%(expressions)s)])::text::tsquery"


class Weighs(models.Func):
    """Whether what a vector holds of one weight, A to D, answers a query: vector, then query."""

    template = "ts_filter(%(expressions)s"
    arity = 2
    output_field: ClassVar = models.BooleanField()

    def __init__(self, *asked: Any, weight: str) -> None:
        super().__init__(*asked, arg_joiner=f", '{{{weight}}}') @@ ")


class Answers(models.Func):
    """Whether a text answers a query: text, then query."""

    template = "search_vector(ARRAY[%(expressions)s"
    arity = 2
    arg_joiner = "]::text[]) @@ "
    output_field: ClassVar = models.BooleanField()


class SearchWords(SearchQuery):
    """All of some words, each given with others that mean the same, as JSON; or a whole name."""

    def __init__(self, words: str, name: str) -> None:
        super().__init__(words)
        self.template = "search_every(%(expressions)s)"
        self.set_source_expressions([models.Value(words), models.Value(name)])


class WrittenQuery(SearchQuery):
    """A query in the form in which the database writes it: its SQL with a value."""

    def __init__(self, sql: str, value: str) -> None:
        super().__init__(value)
        self.sql = sql
        self.value = value

    def as_sql(self, *_args: Any, **_kwargs: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Return it as it is."""
        return self.sql, [self.value]
