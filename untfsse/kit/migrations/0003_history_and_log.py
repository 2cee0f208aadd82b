"""What PostgreSQL keeps by itself: history, addresses, texts, and the log of public changes.

The triggers are attached to tables after each migration: see `untfsse.kit.history.triggers`.

`keep_history` leaves a mark in `kit_unsettled`; its deferred trigger settles the transaction: what
the history has of it is asked for what a visitor could notice. Numbers are given under the lock of
the one row of `kit_loghead`, which is held until the commit, so that they follow its order. What
each table shows, and where, is written by the portal after each migration (`kit_logrule`, and a
function for each table: `untfsse.kit.log.settling`); while there are no rules, marks are kept and
settled later.
"""

from django.db import migrations

TABLES = r"""
CREATE TABLE kit_loghead (
  id int PRIMARY KEY CHECK (id = 1),
  number bigint NOT NULL,
  oldest bigint NOT NULL,
  day date NOT NULL,
  zone text NOT NULL,
  due_at timestamptz NOT NULL
);
INSERT INTO kit_loghead VALUES (1, 0, 0, current_date, 'UTC', 'infinity');

-- Transactions that changed something; a mark stays only while there are no rules.
CREATE TABLE kit_unsettled (
  transaction bigint PRIMARY KEY,
  first_change bigint NOT NULL,
  is_emptied boolean NOT NULL DEFAULT false
);

-- seen: the rows that a visitor may see; null for links, which are seen by what they link.
-- dated: the rows of which a date begins or has passed on the days after $1 up to $2.
CREATE TABLE kit_logrule (
  table_name text PRIMARY KEY,
  seen text,
  dated text,
  unseen_columns text[] NOT NULL,
  has_moment boolean NOT NULL
);
"""

HISTORY = r"""
CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  hidden text[] := ARRAY(
    SELECT attname::text FROM pg_catalog.pg_attribute
    WHERE attrelid = TG_RELID AND attgenerated <> '' AND NOT attisdropped
  ) || ARRAY['updated_at'];
  row_before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - hidden END;
  row_after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - hidden END;
  mine bigint := pg_current_xact_id()::text::bigint;
  this_change bigint;
BEGIN
  IF row_before IS NOT DISTINCT FROM row_after THEN
    RETURN NULL;
  END IF;
  INSERT INTO public.kit_change
    ("table", row_id, operation, made_at, made_by_id, origin, before, after, transaction)
  VALUES (
    TG_TABLE_NAME,
    (coalesce(row_after, row_before) ->> 'id')::bigint,
    TG_OP,
    clock_timestamp(),
    nullif(current_setting('portal.actor', true), '')::int,
    left(coalesce(current_setting('portal.origin', true), ''), 60),
    row_before,
    row_after,
    mine
  )
  RETURNING id INTO this_change;
  -- A word of the transaction spares asking the table for each row.
  IF current_setting('portal.unsettled', true) IS DISTINCT FROM mine::text THEN
    -- The word first: where rules are asked at once, the mark is settled as it is made.
    PERFORM set_config('portal.unsettled', mine::text, true);
    INSERT INTO public.kit_unsettled (transaction, first_change)
    VALUES (mine, this_change) ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION keep_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.kit_unsettled (transaction, first_change, is_emptied)
  SELECT pg_current_xact_id()::text::bigint, coalesce(max(id), 0) + 1, true
  FROM public.kit_change
  ON CONFLICT (transaction) DO UPDATE SET is_emptied = true;
  RETURN NULL;
END $$;
"""

ADDRESSES = r"""
CREATE FUNCTION keep_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM public.kit_formeraddress AS former
    WHERE former.noun = TG_TABLE_NAME AND former.slug = NEW.slug AND former.record_id <> NEW.id
  ) THEN
    RAISE unique_violation USING
      MESSAGE = 'another record was published at this address',
      CONSTRAINT = 'formeraddress_leads_to_one_record';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.slug <> NEW.slug AND OLD.published_at IS NOT NULL THEN
      INSERT INTO public.kit_formeraddress (noun, slug, record_id, left_at)
      VALUES (TG_TABLE_NAME, OLD.slug, OLD.id, now())
      ON CONFLICT (noun, slug) DO NOTHING;
    END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION keep_last_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NOT NULL THEN
    INSERT INTO public.kit_formeraddress (noun, slug, record_id, left_at)
    VALUES (TG_TABLE_NAME, OLD.slug, OLD.id, now())
    ON CONFLICT (noun, slug) DO NOTHING;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION keep_public_id() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.public_id IS DISTINCT FROM NEW.public_id THEN
    RAISE check_violation USING
      MESSAGE = 'a public id never changes', COLUMN = 'public_id', TABLE = TG_TABLE_NAME,
      CONSTRAINT = 'public_id_never_changes';
  END IF;
  RETURN NEW;
END $$;
"""

TEXTS = r"""
CREATE FUNCTION refuse_control_characters() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  bad text;
BEGIN
  -- Nearly every row ends here: no such character, and no backslash that could hide one in JSON.
  IF NEW::text !~ '[\x01-\x08\x0B\x0C\x0E-\x1F\x7F\uFFFE\uFFFF]|\\(u00|b|f)' THEN
    RETURN NEW;
  END IF;
  SELECT key INTO bad FROM jsonb_each(to_jsonb(NEW))
  WHERE value::text ~ '[\x7F\uFFFE\uFFFF]|(?<!\\)(\\\\)*\\(u00(0[1-8bcef]|1[0-9a-f])|b|f)'
  LIMIT 1;
  IF bad IS NOT NULL THEN
    RAISE check_violation USING
      MESSAGE = 'control characters in column ' || bad,
      COLUMN = bad, TABLE = TG_TABLE_NAME, CONSTRAINT = 'text_has_no_control_characters';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION refuse_long_texts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  bad text;
BEGIN
  -- Nearly every row ends here: it is shorter as a whole than one of its texts may be.
  IF length(NEW::text) <= 500000 THEN
    RETURN NEW;
  END IF;
  SELECT key INTO bad FROM jsonb_each_text(to_jsonb(NEW)) WHERE length(value) > 500000 LIMIT 1;
  IF bad IS NOT NULL THEN
    RAISE check_violation USING
      MESSAGE = 'more than 500000 characters in column ' || bad,
      COLUMN = bad, TABLE = TG_TABLE_NAME, CONSTRAINT = 'text_has_a_length';
  END IF;
  RETURN NEW;
END $$;
"""

LOG = r"""
-- Write what a visitor could notice of this transaction, and of the clock; returns the number of
-- the latest line. With `whole`, every table is compared with what the log knows of it.
CREATE FUNCTION settle_public_log(whole boolean DEFAULT false) RETURNS bigint
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

CREATE FUNCTION settle_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM public.kit_unsettled WHERE transaction = NEW.transaction) THEN
    PERFORM public.settle_public_log();
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER settle_transaction AFTER INSERT ON kit_unsettled
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION settle_transaction();

CREATE FUNCTION forget_public_changes(before timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  latest bigint;
  forgotten bigint;
BEGIN
  PERFORM FROM public.kit_loghead WHERE id = 1 FOR UPDATE;
  WITH gone AS (
    DELETE FROM public.kit_publicchange WHERE made_at < before RETURNING number
  )
  SELECT max(number), count(*) INTO latest, forgotten FROM gone;
  UPDATE public.kit_loghead SET oldest = greatest(oldest, coalesce(latest, 0)) WHERE id = 1;
  RETURN forgotten;
END $$;
"""


class Migration(migrations.Migration):
    replaces = [
        ("kit", "0004_settle_public_log"),
        ("kit", "0005_lengths"),
        ("kit", "0009_settle_by_table"),
    ]
    dependencies = [("kit", "0002_records")]
    operations = [migrations.RunSQL(TABLES + HISTORY + ADDRESSES + TEXTS + LOG)]
