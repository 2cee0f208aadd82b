"""Bounds: what of the history becomes less once it is old, by a rule that keeps the house's law.

Of what an app names in `kept_for_ever`, such as decisions and minutes, and of its links, every
change stays. Of other rows whose changes are older than `KEPT_DAYS`:

- what one person changed in a row in one go on one day is one change, from what the row was before
  the first to what it was after the last; each beginning and each end of a row stays;
- of what was deleted and that no visitor ever saw, nothing stays.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, transaction

from untfsse.kit.history.triggers import watched_models
from untfsse.kit.records.characters import Legible

KEPT_DAYS = 1096
"""Three years."""
JOIN = """
WITH steps AS (
  SELECT id, "table", row_id, operation, made_by_id, origin,
    (made_at AT TIME ZONE 'UTC')::date AS day
  FROM kit_change WHERE made_at < %(before)s AND "table" <> ALL(%(kept)s)
), followed AS (
  SELECT *, operation = 'UPDATE' AND (operation, made_by_id, origin, day) IS NOT DISTINCT FROM
    (lag(operation) OVER past, lag(made_by_id) OVER past, lag(origin) OVER past, lag(day) OVER past)
    AS goes_on
  FROM steps WINDOW past AS (PARTITION BY "table", row_id ORDER BY id)
), numbered AS (
  SELECT *, count(*) FILTER (WHERE NOT goes_on) OVER (PARTITION BY "table", row_id ORDER BY id)
    AS run
  FROM followed
), runs AS (
  SELECT "table", row_id, min(id) AS first, max(id) AS last FROM numbered
  GROUP BY "table", row_id, run HAVING count(*) > 1
), joined AS (
  UPDATE kit_change AS kept SET before = began.before
  FROM runs JOIN kit_change AS began ON began.id = runs.first WHERE kept.id = runs.last
), gone AS (
  DELETE FROM kit_change AS step USING runs WHERE step."table" = runs."table"
    AND step.row_id = runs.row_id AND step.id >= runs.first AND step.id < runs.last
  RETURNING 1
)
SELECT count(*) FROM gone
"""
FORGET = """
WITH ended AS (
  SELECT DISTINCT "table", row_id FROM kit_change AS deletion
  WHERE operation = 'DELETE' AND made_at < %(before)s AND "table" = ANY(%(seen)s)
    AND NOT EXISTS (SELECT FROM kit_change AS later WHERE later."table" = deletion."table"
      AND later.row_id = deletion.row_id AND later.id > deletion.id)
    AND NOT EXISTS (SELECT FROM kit_publicstate AS state WHERE state."table" = deletion."table"
      AND state.row_id = deletion.row_id)
), gone AS (
  DELETE FROM kit_change AS change USING ended
  WHERE change."table" = ended."table" AND change.row_id = ended.row_id RETURNING 1
)
SELECT count(*) FROM gone
"""


class Trimmed(NamedTuple):
    """How many changes went into another, and how many were forgotten."""

    joined: int
    forgotten: int


def kept_for_ever() -> Iterator[Any]:
    """Give the nouns whose every change is kept, with their links."""
    for config in apps.get_app_configs():
        for name in getattr(config, "kept_for_ever", ()):
            model = config.get_model(name)
            yield model
            yield from (link.remote_field.through for link in model._meta.many_to_many)


def trim_history(*, before: dt.datetime, is_dry: bool = False) -> Trimmed:
    """Trim what is older than a moment, or only say what that would be."""
    kept = {model._meta.db_table for model in kept_for_ever()}
    seen = {model._meta.db_table for model in watched_models() if issubclass(model, Legible)}
    facts: dict[str, Any] = {"before": before, "kept": [*kept], "seen": [*(seen - kept)]}
    with transaction.atomic(), connection.cursor() as cursor:
        counts = []
        for statement in (JOIN, FORGET):
            cursor.execute(statement, facts)
            counts.append(int(cursor.fetchone()[0]))
        transaction.set_rollback(is_dry)
    return Trimmed(*counts)
