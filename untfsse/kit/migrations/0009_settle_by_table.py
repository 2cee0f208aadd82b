"""Settle the log by a function for each table, planned once a session.

The portal writes these functions after each migration (`untfsse.kit.log.settling`); what they
replace goes, and with it the reasons of withdrawals in the lines: the state of a row has the one
that is told now.
"""

from importlib import import_module

from django.db import migrations

SETTLE = r"""
DROP TABLE kit_logpath, kit_touched, kit_affected;
ALTER TABLE kit_logrule DROP has_slug, DROP has_reason, DROP has_audience;
DROP FUNCTION judge_touched_rows, find_affected_rows;

-- Write what a visitor could notice of this transaction, and of the clock; returns the number of
-- the latest line. With `whole`, every table is compared with what the log knows of it.
CREATE OR REPLACE FUNCTION settle_public_log(whole boolean DEFAULT false) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  head public.kit_loghead;
  rule record;
  moment timestamptz;
  today date;
  its_table text;
  ids bigint[];
  gone bigint[] := '{}';
  is_due boolean;
  is_emptied boolean;
  ahead timestamptz;
  next_at timestamptz;
  added bigint := 0;
BEGIN
  SELECT * INTO STRICT head FROM public.kit_loghead WHERE id = 1 FOR UPDATE;
  -- While tables change there are no rules: the marks wait, and nobody knows what is new.
  IF NOT EXISTS (SELECT FROM public.kit_logrule) THEN
    RETURN NULL;
  END IF;
  -- What a transaction touched, while it is settled. `columns` are those that changed, null for
  -- all. A row is new (stage 0), judged (1), followed to what it guards (2).
  IF to_regclass('pg_temp.kit_touched') IS NULL THEN
    CREATE TEMP TABLE kit_touched (
      table_name text NOT NULL,
      row_id bigint NOT NULL,
      columns text[],
      before jsonb,
      stage int NOT NULL DEFAULT 0,
      was_seen boolean NOT NULL DEFAULT false,
      is_seen boolean NOT NULL DEFAULT false
    );
    CREATE INDEX kit_touched_rows ON pg_temp.kit_touched (table_name, row_id);
    CREATE TEMP TABLE kit_affected (table_name text NOT NULL, row_id bigint NOT NULL)
     ;
  END IF;
  moment := clock_timestamp();
  is_due := head.due_at <= statement_timestamp();
  today := (statement_timestamp() AT TIME ZONE head.zone)::date;

  INSERT INTO pg_temp.kit_touched (table_name, row_id, columns, before)
  SELECT change."table", change.row_id, CASE WHEN change.operation = 'UPDATE' THEN ARRAY(
    SELECT name FROM jsonb_object_keys(change.after) AS name
    WHERE change.after -> name IS DISTINCT FROM change.before -> name
  ) END, change.before
  FROM public.kit_unsettled AS mark JOIN public.kit_change AS change
    ON mark.transaction = change.transaction AND change.id >= mark.first_change
  WHERE EXISTS (SELECT FROM public.kit_logrule AS known WHERE known.table_name = change."table");

  is_emptied := EXISTS (SELECT FROM public.kit_unsettled AS mark WHERE mark.is_emptied);
  FOR rule IN SELECT * FROM public.kit_logrule
    WHERE seen IS NOT NULL AND (is_due OR whole OR is_emptied) ORDER BY table_name
  LOOP
    IF is_due AND rule.has_moment THEN
      EXECUTE format(
        'INSERT INTO pg_temp.kit_touched (table_name, row_id, columns)'
        ' SELECT %1$L, due.id, ''{}''::text[] FROM public.%1$I AS due'
        ' WHERE status = ''published'' AND published_at <= statement_timestamp()'
        ' AND NOT EXISTS (SELECT FROM public.kit_publicstate AS state'
        '   WHERE state."table" = %1$L AND state.row_id = due.id AND state.is_public)',
        rule.table_name);
    END IF;
    IF is_due AND today > head.day AND rule.dated IS NOT NULL THEN
      EXECUTE format(
        'INSERT INTO pg_temp.kit_touched (table_name, row_id) SELECT %L, v.id FROM (%s) AS v(id)',
        rule.table_name, rule.dated
      ) USING head.day, today;
    END IF;
    IF whole THEN
      EXECUTE format(
        'INSERT INTO pg_temp.kit_touched (table_name, row_id, columns)'
        ' SELECT %1$L, coalesce(v.id, state.row_id), ''{}''::text[] FROM (%2$s) AS v(id)'
        ' FULL JOIN (SELECT row_id FROM public.kit_publicstate'
        '   WHERE "table" = %1$L AND is_public) AS state ON state.row_id = v.id'
        ' WHERE v.id IS NULL OR state.row_id IS NULL', rule.table_name, rule.seen);
    ELSIF is_emptied THEN
      EXECUTE format(
        'INSERT INTO pg_temp.kit_touched (table_name, row_id, columns)'
        ' SELECT %1$L, state.row_id, ''{}''::text[] FROM public.kit_publicstate AS state'
        ' WHERE state."table" = %1$L AND state.is_public'
        ' AND NOT EXISTS (SELECT FROM public.%1$I AS kept WHERE kept.id = state.row_id)',
        rule.table_name);
    END IF;
  END LOOP;

  -- Find out which of the touched rows a visitor saw before and sees now. What they guard is
  -- touched with them, round by round.
  LOOP
    FOR its_table IN SELECT DISTINCT table_name FROM pg_temp.kit_touched WHERE stage = 0 LOOP
      EXECUTE format('SELECT public.%I(''judge'', NULL)', 'settle_rows_of_' || its_table);
    END LOOP;
    EXIT WHEN NOT FOUND;
  END LOOP;
  DELETE FROM pg_temp.kit_touched USING public.kit_logrule AS known
  WHERE known.table_name = kit_touched.table_name AND was_seen AND is_seen
    AND columns <@ known.unseen_columns;

  -- What appears is known before, what vanishes only after it was asked where it was shown.
  FOR its_table IN SELECT DISTINCT table_name FROM pg_temp.kit_touched WHERE is_seen LOOP
    EXECUTE format('SELECT public.%I(''appear'', $1)', 'settle_rows_of_' || its_table) USING moment;
  END LOOP;
  FOR its_table IN SELECT DISTINCT table_name FROM pg_temp.kit_touched WHERE was_seen OR is_seen LOOP
    EXECUTE format('SELECT public.%I(''show'', NULL)', 'settle_rows_of_' || its_table);
  END LOOP;
  FOR its_table IN SELECT DISTINCT table_name FROM pg_temp.kit_touched WHERE NOT is_seen LOOP
    EXECUTE format('SELECT public.%I(''vanish'', NULL)', 'settle_rows_of_' || its_table) INTO ids;
    gone := gone || ids;
  END LOOP;

  WITH own AS (
    -- A day that begins is no change of the row itself: what somebody did left a version before.
    SELECT table_name, row_id, bool_or(was_seen) AS was_seen,
      bool_or(before IS NOT NULL OR was_seen <> is_seen) AS is_own
    FROM pg_temp.kit_touched WHERE is_seen GROUP BY table_name, row_id
  ), found AS (
    SELECT state.id, state."table", state.public_id,
      CASE WHEN own.was_seen THEN 'changed' ELSE 'published' END AS kind, own.is_own, 1 AS rank
    FROM own JOIN public.kit_publicstate AS state
      ON state."table" = own.table_name AND state.row_id = own.row_id AND state.is_public
    UNION ALL
    SELECT state.id, state."table", state.public_id,
      CASE WHEN state.is_deleted THEN 'deleted' ELSE 'withdrawn' END, true, 1
    FROM public.kit_publicstate AS state WHERE state.id = ANY(gone)
    UNION ALL
    SELECT state.id, state."table", state.public_id, 'changed', false, 2
    FROM pg_temp.kit_affected AS affected JOIN public.kit_publicstate AS state
      ON state."table" = affected.table_name AND state.row_id = affected.row_id AND state.is_public
  ), noticed AS (
    SELECT DISTINCT ON (id) * FROM found ORDER BY id, rank
  ), numbered AS (
    SELECT *, head.number + row_number() OVER (ORDER BY is_own DESC, "table", id) AS number
    FROM noticed
  ), written AS (
    INSERT INTO public.kit_publicchange (number, "table", public_id, kind, made_at, is_own)
    SELECT number, "table", public_id, kind, moment, is_own FROM numbered
  )
  UPDATE public.kit_publicstate AS state SET
    number = numbered.number,
    changed_at = moment,
    own_changed_at = CASE WHEN numbered.is_own THEN moment ELSE state.own_changed_at END,
    revision = state.revision + numbered.is_own::int
  FROM numbered WHERE state.id = numbered.id;
  GET DIAGNOSTICS added = ROW_COUNT;

  IF is_due AND today > head.day THEN
    added := added + 1;
    INSERT INTO public.kit_publicchange (number, "table", kind, made_at, is_own)
    VALUES (head.number + added, '', 'day', moment, false);
    head.day := today;
  END IF;

  -- When the clock alone will change something: the next publication ahead, or the next day.
  IF is_due OR whole THEN
    ahead := (head.day + 1)::timestamp AT TIME ZONE head.zone;
    FOR rule IN SELECT table_name FROM public.kit_logrule WHERE has_moment LOOP
      EXECUTE format(
        'SELECT min(published_at) FROM public.%I'
        ' WHERE status = ''published'' AND published_at > statement_timestamp()',
        rule.table_name) INTO next_at;
      ahead := least(ahead, next_at);
    END LOOP;
  ELSE
    SELECT least(head.due_at, min((change.after ->> 'published_at')::timestamptz)) INTO ahead
    FROM public.kit_unsettled AS mark JOIN public.kit_change AS change
      ON mark.transaction = change.transaction AND change.id >= mark.first_change
    WHERE change.after ->> 'status' = 'published'
      AND (change.after ->> 'published_at')::timestamptz > statement_timestamp();
  END IF;
  UPDATE public.kit_loghead
  SET number = head.number + added, day = head.day, due_at = ahead WHERE id = 1;

  DELETE FROM pg_temp.kit_touched;
  DELETE FROM pg_temp.kit_affected;
  -- Nobody else clears them out. It costs planning anew, so not each time.
  IF pg_relation_size('pg_temp.kit_touched') + pg_relation_size('pg_temp.kit_affected') > 500000 THEN
    TRUNCATE pg_temp.kit_touched, pg_temp.kit_affected;
  END IF;
  DELETE FROM public.kit_unsettled;
  PERFORM set_config('portal.unsettled', '', true);
  RETURN head.number + added;
END $$;

-- Its queries are written in the order in which they are best followed, from what was touched by
-- indexes, whatever PostgreSQL takes the tables for when it plans them, once a session; none is
-- worth compiling.
ALTER FUNCTION settle_public_log SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION settle_public_log SET join_collapse_limit = 1;
ALTER FUNCTION settle_public_log SET enable_seqscan = off;
ALTER FUNCTION settle_public_log SET jit = off;
"""

BEFORE = import_module("untfsse.kit.migrations.0004_settle_public_log")
PATHS = BEFORE.TABLES.partition("-- live: ")[2].partition("-- What a transaction")[0]
TOUCHED = BEFORE.TABLES.partition("TABLE kit_touched")[2]
SETTLING = BEFORE.FUNCTIONS.partition("-- Find out which")[2]
SETTLING = SETTLING.partition("CREATE FUNCTION settle_transaction")[0]
SETTLE_AS_BEFORE = f"""
DO $$ DECLARE made record; BEGIN
  FOR made IN SELECT oid::regprocedure AS name FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND starts_with(proname, 'settle_rows_of_')
  LOOP
    EXECUTE 'DROP FUNCTION ' || made.name;
  END LOOP;
END $$;
DELETE FROM kit_logrule;
CREATE UNLOGGED TABLE kit_touched {TOUCHED}
ALTER TABLE kit_logrule ADD has_slug boolean NOT NULL, ADD has_reason boolean NOT NULL,
  ADD has_audience boolean NOT NULL;
-- live: {PATHS}
DROP FUNCTION settle_public_log;
-- Find out which{SETTLING}
"""  # noqa: S608


class Migration(migrations.Migration):
    """One function less that plans, and one column."""

    dependencies = [("kit", "0008_background_tasks")]
    operations = [
        migrations.RunSQL(SETTLE, SETTLE_AS_BEFORE),
        migrations.RemoveField("publicchange", "reason"),
    ]
