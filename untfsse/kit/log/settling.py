"""The function by which PostgreSQL settles what was touched of one table.

Written out for each table, so that its statements are planned once a session: planning some
thirty paths anew would cost ten times what following them does. `settle_public_log` calls it, and
lets each path begin at what was touched and go by indexes, however many rows there are.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from untfsse.kit.log.paths import Path

PREFIX = "settle_rows_of_"
FUNCTION = """
CREATE OR REPLACE FUNCTION public.{name}(act text, moment timestamptz) RETURNS bigint[]
LANGUAGE plpgsql AS $settle$
DECLARE
  gone bigint[];
BEGIN
  IF act = 'judge' THEN{judge}
  ELSIF act = 'appear' THEN{appear}
  ELSIF act = 'show' THEN{show}
  ELSIF act = 'vanish' THEN{vanish}
  END IF;
  RETURN gone;
END $settle$;
"""
NOTHING = """
    NULL;"""

JUDGE_LINKS = """
    UPDATE pg_temp.kit_touched SET stage = 1, was_seen = true, is_seen = true
    WHERE table_name = '{table}' AND stage = 0;"""
JUDGE = """
    UPDATE pg_temp.kit_touched AS touched SET stage = 1,
      is_seen = EXISTS (SELECT FROM ({seen}) AS v(id) WHERE v.id = touched.row_id),
      was_seen = EXISTS (SELECT FROM public.kit_publicstate AS state
        WHERE state."table" = '{table}' AND state.row_id = touched.row_id AND state.is_public)
    WHERE table_name = '{table}' AND stage = 0;"""
GUARD = """
    IF EXISTS (SELECT FROM pg_temp.kit_touched WHERE {rule}) THEN
      INSERT INTO pg_temp.kit_touched (table_name, row_id, columns)
      WITH touched AS MATERIALIZED (SELECT row_id FROM pg_temp.kit_touched WHERE {rule})
      SELECT DISTINCT root, id, '{{}}'::text[] FROM ({paths}) AS guarded(root, id)
      WHERE NOT EXISTS (SELECT FROM pg_temp.kit_touched AS known
        WHERE known.table_name = guarded.root AND known.row_id = guarded.id);
    END IF;"""
JUDGED = """
    UPDATE pg_temp.kit_touched SET stage = 2 WHERE table_name = '{table}' AND stage = 1;"""

APPEAR = """
    INSERT INTO public.kit_publicstate AS state (public_id, "table", row_id, slug, is_public,
      is_deleted, number, revision, appeared_at, changed_at, own_changed_at, reason)
    SELECT shown.public_id, '{table}', shown.id, {slug}, true, false, 0, -1, $2, $2, $2, ''
    FROM (SELECT DISTINCT row_id FROM pg_temp.kit_touched
      WHERE table_name = '{table}' AND is_seen
        AND (NOT was_seen OR columns IS NULL OR columns && ARRAY['slug'])) AS touched
    JOIN public."{table}" AS shown ON shown.id = touched.row_id
    ON CONFLICT (public_id) DO UPDATE SET "table" = EXCLUDED."table", row_id = EXCLUDED.row_id,
      slug = EXCLUDED.slug, is_public = true, is_deleted = false, reason = '';"""

SHOW = """
    IF EXISTS (SELECT FROM pg_temp.kit_touched WHERE {rule}) THEN
      INSERT INTO pg_temp.kit_affected
      WITH touched AS MATERIALIZED (
        SELECT row_id, columns, before FROM pg_temp.kit_touched WHERE {rule})
      SELECT DISTINCT root, id FROM ({paths}) AS shown(root, id);
    END IF;"""

# Of what is gone a reader is told why, or that it was deleted, only while it stands withdrawn for
# everybody, or stood so until it was deleted. `told` holds the ids of rows deleted from there.
VANISH = """
    WITH touched AS (
      SELECT row_id, array_agg((before ->> 'public_id')::uuid) FILTER (
        WHERE columns IS NULL AND before ->> 'status' = 'withdrawn'
        AND coalesce(before ->> 'audience', 'public') = 'public') AS told
      FROM pg_temp.kit_touched WHERE table_name = '{table}' AND NOT is_seen GROUP BY row_id
    ), now AS (
      SELECT state.id,
        CASE WHEN {tells} THEN false
          WHEN kept.id IS NOT NULL THEN state.is_deleted
          ELSE coalesce(state.is_public OR state.is_deleted OR state.public_id = ANY(told), false)
        END AS is_deleted,
        CASE WHEN {tells} THEN {reason} ELSE '' END AS reason
      FROM touched LEFT JOIN public."{table}" AS kept ON kept.id = touched.row_id
      JOIN public.kit_publicstate AS state
        ON state."table" = '{table}' AND state.row_id = touched.row_id
      WHERE state.is_public OR kept.id IS NULL OR kept.public_id = state.public_id
    ), told AS (
      UPDATE public.kit_publicstate AS state
      SET is_public = false, is_deleted = now.is_deleted, reason = now.reason
      FROM now WHERE now.id = state.id AND (state.is_public
        OR (state.is_deleted, state.reason) <> (now.is_deleted, now.reason))
      RETURNING state.id
    )
    SELECT array_agg(id) INTO gone FROM told;"""


def name_of(table: str) -> str:
    """Return the name of the function of a table."""
    return f"{PREFIX}{table}"


def function_of(model: Any, seen: str | None, paths: Iterable[Path]) -> str:
    """Return the SQL that makes the function of a table.

    `seen` is the SQL of the rows that a visitor may see, None for links; the paths begin there.
    """
    table, names = model._meta.db_table, {column.name for column in model._meta.concrete_fields}
    mine = sorted(paths, key=attrgetter("kind"))
    guards = [path for path in mine if path.kind == "guards"]
    shows = [path for path in mine if path.kind == "shows"]
    judge = JUDGE.format(table=table, seen=seen) if seen else JUDGE_LINKS.format(table=table)
    judge += "".join(followed(GUARD, guards)) + (JUDGED.format(table=table) if guards else "")
    acts = {"judge": judge, "show": "".join(followed(SHOW, shows)) or NOTHING}
    if seen:
        tells, reason = "false", "''"
        if "withdrawal_reason" in names:
            public = " AND kept.audience = 'public'" if "audience" in names else ""
            tells, reason = f"kept.status = 'withdrawn'{public}", "kept.withdrawal_reason"
        acts["appear"] = APPEAR.format(table=table, slug="shown.slug" if "slug" in names else "''")
        acts["vanish"] = VANISH.format(table=table, tells=tells, reason=reason)
    acts = {name: acts.get(name, NOTHING) for name in ("judge", "appear", "show", "vanish")}
    return FUNCTION.format(name=name_of(table), **acts)


def followed(text: str, paths: list[Path]) -> Iterator[str]:
    """Give a statement for all paths that the same columns lead along."""
    by_columns = sorted(paths, key=lambda path: sorted(path.columns or ()))
    for _columns, some in groupby(by_columns, key=attrgetter("columns")):
        same = list(some)
        found = (sql for path in same for sql in (path.live, path.past) if sql)
        yield text.format(rule=same[0].rule, paths="\n      UNION ALL ".join(found))
