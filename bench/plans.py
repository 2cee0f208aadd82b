"""Plans: which tables PostgreSQL reads from end to end for a query."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection

from bench.measuring import Query

MANY_ROWS = 1000


def scans(query: Query) -> list[str]:
    """Return the large tables that are read whole, with rows read, rows kept and milliseconds."""
    if not query.sql.lstrip("( ").upper().startswith(("SELECT", "WITH")):
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query.sql}", query.params)
        (answer,) = cursor.fetchone() or ("[]",)
    plan = json.loads(answer) if isinstance(answer, str) else answer
    return [tell(node) for node in nodes(plan[0]["Plan"]) if is_long_scan(node)]


def nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Go through a plan."""
    yield node
    for child in node.get("Plans", []):
        yield from nodes(child)


def is_long_scan(node: dict[str, Any]) -> bool:
    """Whether a node reads a large table from end to end."""
    return node["Node Type"] == "Seq Scan" and read(node) >= MANY_ROWS


def read(node: dict[str, Any]) -> int:
    """Return the rows that a node reads."""
    return int(node["Actual Rows"] + node.get("Rows Removed by Filter", 0))


def tell(node: dict[str, Any]) -> str:
    """Return a scan in a line."""
    kept, took = int(node["Actual Rows"]), node["Actual Total Time"]
    return f"{node['Relation Name']}: {read(node):,} read, {kept:,} kept, {took:.1f} ms"
