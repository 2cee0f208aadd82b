"""Search columns: what PostgreSQL keeps beside a record so that it can be found."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib.postgres.search import SearchVectorField
from django.db import models

CONFIG = "portal"


class PlainText(models.Func):
    """Text without accents and in lower case, to sort and compare names by."""

    function = "plain_text"
    arity = 1
    output_field: ClassVar = models.TextField()


class SearchDocument(models.Func):
    """The weighted search vector of a row, from the names of its columns.

    Weights A to D: names and symbols, other titles, summaries, long text.
    """

    function = "search_document"
    output_field: ClassVar = SearchVectorField()

    def __init__(
        self,
        a: Sequence[str],
        b: Sequence[str] = (),
        c: Sequence[str] = (),
        d: Sequence[str] = (),
    ) -> None:
        """Take column names by weight."""
        groups = [list(group) for group in (a, b, c, d)]
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
        for size in self.sizes:
            arrays.append(f"ARRAY[{', '.join(written[start : start + size])}]::text[]")
            start += size
        return f"{self.function}({', '.join(arrays)})", params


def plain_key(field: str) -> models.GeneratedField:
    """Return a column to sort names by: no accents, lower case."""
    return models.GeneratedField(
        expression=PlainText(field), output_field=models.TextField(), db_persist=True
    )


def search_column(
    a: Sequence[str], b: Sequence[str] = (), c: Sequence[str] = (), d: Sequence[str] = ()
) -> models.GeneratedField:
    """Return the generated search vector of a noun."""
    return models.GeneratedField(
        expression=SearchDocument(a, b, c, d), output_field=SearchVectorField(), db_persist=True
    )
