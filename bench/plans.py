"""Plans: which tables PostgreSQL reads from end to end for a query."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection

from bench.measuring import Query
from untfsse.kit.records.prepared import numbering

MANY_ROWS = 1000
IN_VAIN = 10
"""So many rows are read for each that is kept."""


def scans(query: Query) -> list[str]:
    """Return the large tables that are read whole, with rows read, rows kept and milliseconds."""
    if not query.sql.lstrip("( \n").upper().startswith(("SELECT", "WITH")):
        return []
    return [tell(node) for node in plan_of(query) if is_long_scan(node)]


def plan_of(query: Query) -> Iterator[dict[str, Any]]:
    """Give the nodes of the plan of a query, which is asked."""
    is_numbered = "$1" in query.sql
    with numbering(is_kept=False) if is_numbered else connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query.sql}", query.params)
        (answer,) = cursor.fetchone() or ("[]",)
    plan = json.loads(answer) if isinstance(answer, str) else answer
    yield from nodes(plan[0]["Plan"])


def nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Go through a plan."""
    yield node
    for child in node.get("Plans", []):
        yield from nodes(child)


def is_long_scan(node: dict[str, Any]) -> bool:
    """Whether a node reads a large table from end to end, or most of it by an index in vain."""
    if "Relation Name" not in node:
        return False
    is_whole = node["Node Type"] == "Seq Scan"
    is_in_vain = node.get("Rows Removed by Filter", 0) > node["Actual Rows"] * IN_VAIN
    return read(node) >= MANY_ROWS and (is_whole or is_in_vain)


def read(node: dict[str, Any]) -> int:
    """Return the rows that a node reads, each time it is asked."""
    found = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    return int(found * node["Actual Loops"])


def tell(node: dict[str, Any]) -> str:
    """Return a scan in a line."""
    kept = int(node["Actual Rows"] * node["Actual Loops"])
    took = node["Actual Total Time"] * node["Actual Loops"]
    return f"{node['Relation Name']}: {read(node):,} read, {kept:,} kept, {took:.1f} ms"
