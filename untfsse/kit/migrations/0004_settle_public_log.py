"""How PostgreSQL writes the log of public changes: once a transaction, when it commits.

`keep_history` leaves a mark in `kit_unsettled`; its deferred trigger settles the transaction: what
the history has of it is asked for what a visitor could notice. Numbers are given under the lock of
the one row of `kit_loghead`, which is held until the commit, so that they follow its order.

What each table shows, and where, is written by the portal after each migration (`kit_logrule`,
`kit_logpath`); while there are no rules, marks are kept and settled later.
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
  has_slug boolean NOT NULL,
  has_moment boolean NOT NULL,
  has_reason boolean NOT NULL,
  has_audience boolean NOT NULL
);

-- live: the rows of `root` that show, or are guarded by, the rows $1 of `table_name`.
-- past: the same for rows $1 of what the old value of `past_column` named.
CREATE TABLE kit_logpath (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  root text NOT NULL,
  table_name text NOT NULL,
  columns text[],
  live text NOT NULL,
  past_column text,
  past text,
  past_condition text NOT NULL DEFAULT 'true'
);
CREATE INDEX kit_logpath_of_table ON kit_logpath (table_name, kind);

-- What a transaction touched, while it is settled; only one settles at a time. `columns` are those
-- that changed, null for all. A row is new (stage 0), judged (1), followed to what it guards (2).
CREATE UNLOGGED TABLE kit_touched (
  table_name text NOT NULL,
  row_id bigint NOT NULL,
  columns text[],
  before jsonb,
  stage int NOT NULL DEFAULT 0,
  was_seen boolean NOT NULL DEFAULT false,
  is_seen boolean NOT NULL DEFAULT false
);
CREATE UNLOGGED TABLE kit_affected (table_name text NOT NULL, row_id bigint NOT NULL);
"""

DROP_TABLES = """
DROP TABLE kit_loghead, kit_unsettled, kit_logrule, kit_logpath, kit_touched, kit_affected;
"""

FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION keep_public_id() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.public_id IS DISTINCT FROM NEW.public_id THEN
    RAISE check_violation USING
      MESSAGE = 'a public id never changes', COLUMN = 'public_id', TABLE = TG_TABLE_NAME,
      CONSTRAINT = 'public_id_never_changes';
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

-- Find out which of the touched rows a visitor saw before and sees now. What they guard is
-- touched with them, round by round.
CREATE FUNCTION judge_touched_rows() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  rule record;
  path record;
BEGIN
  LOOP
    DELETE FROM public.kit_touched AS touched
    WHERE NOT EXISTS (
      SELECT FROM public.kit_logrule AS known WHERE known.table_name = touched.table_name
    );
    FOR rule IN
      SELECT known.table_name, known.seen, array_agg(DISTINCT touched.row_id) AS ids
      FROM public.kit_logrule AS known JOIN public.kit_touched AS touched USING (table_name)
      WHERE touched.stage = 0
      GROUP BY known.table_name, known.seen
    LOOP
      IF rule.seen IS NULL THEN
        UPDATE public.kit_touched SET stage = 1, was_seen = true, is_seen = true
        WHERE table_name = rule.table_name AND stage = 0;
      ELSE
        EXECUTE format(
          'UPDATE public.kit_touched AS touched SET stage = 1,'
          ' is_seen = row_id IN (SELECT v.id FROM (%s) AS v(id) WHERE v.id = ANY($1)),'
          ' was_seen = EXISTS (SELECT FROM public.kit_publicstate AS state'
          '   WHERE state."table" = touched.table_name AND state.row_id = touched.row_id'
          '   AND state.is_public)'
          ' WHERE table_name = %L AND stage = 0', rule.seen, rule.table_name
        ) USING rule.ids;
      END IF;
    END LOOP;
    FOR path IN
      SELECT known.root, known.live, array_agg(DISTINCT touched.row_id) AS ids
      FROM public.kit_logpath AS known JOIN public.kit_touched AS touched USING (table_name)
      WHERE known.kind = 'guards' AND touched.stage = 1 AND (
        touched.was_seen <> touched.is_seen OR touched.columns IS NULL
        OR touched.columns && known.columns
      )
      GROUP BY known.id, known.root, known.live
    LOOP
      EXECUTE format(
        'INSERT INTO public.kit_touched (table_name, row_id, columns)'
        ' SELECT DISTINCT %L, v.id, ''{}''::text[] FROM (%s) AS v(id)'
        ' WHERE NOT EXISTS (SELECT FROM public.kit_touched AS known'
        '   WHERE known.table_name = %L AND known.row_id = v.id)',
        path.root, path.live, path.root
      ) USING path.ids;
    END LOOP;
    UPDATE public.kit_touched SET stage = 2 WHERE stage = 1;
    EXIT WHEN NOT EXISTS (SELECT FROM public.kit_touched WHERE stage = 0);
  END LOOP;
END $$;

-- Find the rows whose representation shows one of the touched rows, or showed it before.
CREATE FUNCTION find_affected_rows() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  path record;
  former bigint[];
BEGIN
  FOR path IN
    SELECT known.id, known.root, known.table_name, known.live, known.past_column, known.past,
      known.past_condition, array_agg(DISTINCT touched.row_id) AS ids
    FROM public.kit_logpath AS known JOIN public.kit_touched AS touched USING (table_name)
    WHERE known.kind = 'shows' AND (
      touched.was_seen <> touched.is_seen OR touched.columns IS NULL
      OR known.columns IS NULL OR touched.columns && known.columns
    )
    GROUP BY known.id
  LOOP
    EXECUTE format(
      'INSERT INTO public.kit_affected SELECT DISTINCT %L, v.id FROM (%s) AS v(id)',
      path.root, path.live
    ) USING path.ids;
    CONTINUE WHEN path.past IS NULL;
    EXECUTE format(
      'SELECT array_agg(DISTINCT (touched.before ->> %1$L)::bigint)'
      ' FROM public.kit_touched AS touched'
      ' WHERE touched.table_name = %2$L AND touched.before ->> %1$L IS NOT NULL AND (%3$s)',
      path.past_column, path.table_name, path.past_condition
    ) INTO former;
    CONTINUE WHEN former IS NULL;
    EXECUTE format(
      'INSERT INTO public.kit_affected SELECT DISTINCT %L, v.id FROM (%s) AS v(id)',
      path.root, path.past
    ) USING former;
  END LOOP;
END $$;

-- Write what a visitor could notice of this transaction, and of the clock; returns the number of
-- the latest line. With `whole`, every table is compared with what the log knows of it.
CREATE FUNCTION settle_public_log(whole boolean DEFAULT false) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  head public.kit_loghead;
  rule record;
  moment timestamptz;
  today date;
  is_due boolean;
  is_large boolean;
  ahead timestamptz;
  found timestamptz;
  added bigint := 0;
BEGIN
  SELECT * INTO STRICT head FROM public.kit_loghead WHERE id = 1 FOR UPDATE;
  -- While tables change there are no rules: the marks wait, and nobody knows what is new.
  IF NOT EXISTS (SELECT FROM public.kit_logrule) THEN
    RETURN NULL;
  END IF;
  moment := clock_timestamp();
  is_due := head.due_at <= statement_timestamp();
  today := (statement_timestamp() AT TIME ZONE head.zone)::date;

  INSERT INTO public.kit_touched (table_name, row_id, columns, before)
  SELECT change."table", change.row_id, CASE WHEN change.operation = 'UPDATE' THEN ARRAY(
    SELECT name FROM jsonb_object_keys(change.after) AS name
    WHERE change.after -> name IS DISTINCT FROM change.before -> name
  ) END, change.before
  FROM public.kit_change AS change JOIN public.kit_unsettled AS mark
    ON mark.transaction = change.transaction AND change.id >= mark.first_change;

  FOR rule IN SELECT * FROM public.kit_logrule WHERE seen IS NOT NULL ORDER BY table_name LOOP
    IF is_due AND rule.has_moment THEN
      EXECUTE format(
        'INSERT INTO public.kit_touched (table_name, row_id, columns)'
        ' SELECT %1$L, due.id, ''{}''::text[] FROM public.%1$I AS due'
        ' WHERE status = ''published'' AND published_at <= statement_timestamp()'
        ' AND NOT EXISTS (SELECT FROM public.kit_publicstate AS state'
        '   WHERE state."table" = %1$L AND state.row_id = due.id AND state.is_public)',
        rule.table_name);
    END IF;
    IF is_due AND today > head.day AND rule.dated IS NOT NULL THEN
      EXECUTE format(
        'INSERT INTO public.kit_touched (table_name, row_id) SELECT %L, v.id FROM (%s) AS v(id)',
        rule.table_name, rule.dated
      ) USING head.day, today;
    END IF;
    IF whole THEN
      EXECUTE format(
        'INSERT INTO public.kit_touched (table_name, row_id, columns)'
        ' SELECT %1$L, coalesce(v.id, state.row_id), ''{}''::text[] FROM (%2$s) AS v(id)'
        ' FULL JOIN (SELECT row_id FROM public.kit_publicstate'
        '   WHERE "table" = %1$L AND is_public) AS state ON state.row_id = v.id'
        ' WHERE v.id IS NULL OR state.row_id IS NULL', rule.table_name, rule.seen);
    ELSIF EXISTS (SELECT FROM public.kit_unsettled WHERE is_emptied) THEN
      EXECUTE format(
        'INSERT INTO public.kit_touched (table_name, row_id, columns)'
        ' SELECT %1$L, state.row_id, ''{}''::text[] FROM public.kit_publicstate AS state'
        ' WHERE state."table" = %1$L AND state.is_public'
        ' AND NOT EXISTS (SELECT FROM public.%1$I AS kept WHERE kept.id = state.row_id)',
        rule.table_name);
    END IF;
  END LOOP;

  -- Unless PostgreSQL counts them, it takes many rows for one and goes through them again and again.
  is_large := (SELECT count(*) FROM public.kit_touched) > 100;
  IF is_large THEN
    ANALYZE public.kit_touched;
  END IF;
  PERFORM public.judge_touched_rows();
  -- The address of what is deleted after its withdrawal was told stays gone.
  UPDATE public.kit_publicstate AS state SET is_deleted = true
  FROM public.kit_touched AS touched
  WHERE state."table" = touched.table_name AND state.row_id = touched.row_id
    AND NOT state.is_public AND NOT touched.is_seen AND touched.columns IS NULL
    AND touched.before ->> 'status' = 'withdrawn'
    AND coalesce(touched.before ->> 'audience', 'public') = 'public';
  DELETE FROM public.kit_touched AS touched USING public.kit_logrule AS known
  WHERE known.table_name = touched.table_name AND NOT (
    (was_seen OR is_seen)
    AND (was_seen <> is_seen OR columns IS NULL OR NOT columns <@ known.unseen_columns)
  );

  -- What appears is known before, what vanishes only after it was asked where it was shown.
  FOR rule IN
    SELECT * FROM public.kit_logrule AS known WHERE seen IS NOT NULL AND EXISTS (
      SELECT FROM public.kit_touched AS touched
      WHERE touched.table_name = known.table_name AND touched.is_seen
    )
  LOOP
    EXECUTE format(
      'INSERT INTO public.kit_publicstate AS state (public_id, "table", row_id, slug, is_public,'
      ' is_deleted, number, revision, appeared_at, changed_at, own_changed_at, reason)'
      ' SELECT shown.public_id, %1$L, shown.id, %2$s, true, false, 0, -1, $1, $1, $1, '''''
      ' FROM public.%1$I AS shown WHERE shown.id IN'
      ' (SELECT row_id FROM public.kit_touched WHERE table_name = %1$L AND is_seen)'
      ' ON CONFLICT (public_id) DO UPDATE SET "table" = EXCLUDED."table",'
      ' row_id = EXCLUDED.row_id, slug = EXCLUDED.slug, is_public = true, is_deleted = false,'
      ' reason = ''''',
      rule.table_name, CASE WHEN rule.has_slug THEN 'shown.slug' ELSE '''''' END
    ) USING moment;
  END LOOP;
  PERFORM public.find_affected_rows();
  is_large := is_large OR (SELECT count(*) FROM public.kit_affected) > 100;
  IF is_large THEN
    ANALYZE public.kit_affected;
  END IF;
  FOR rule IN
    SELECT * FROM public.kit_logrule AS known WHERE seen IS NOT NULL AND EXISTS (
      SELECT FROM public.kit_touched AS touched
      WHERE touched.table_name = known.table_name AND touched.was_seen AND NOT touched.is_seen
    )
  LOOP
    EXECUTE format(
      'UPDATE public.kit_publicstate AS state SET is_public = false,'
      ' is_deleted = kept.id IS NULL, reason = coalesce(%2$s, '''')'
      ' FROM (SELECT DISTINCT row_id FROM public.kit_touched'
      '   WHERE table_name = %1$L AND was_seen AND NOT is_seen) AS gone'
      ' LEFT JOIN public.%1$I AS kept ON kept.id = gone.row_id'
      ' WHERE state."table" = %1$L AND state.row_id = gone.row_id AND state.is_public',
      rule.table_name,
      CASE WHEN rule.has_reason THEN
        'CASE WHEN kept.status = ''withdrawn''' || CASE WHEN rule.has_audience
          THEN ' AND kept.audience = ''public''' ELSE '' END
        || ' THEN kept.withdrawal_reason END'
      ELSE '''''' END
    );
  END LOOP;

  WITH own AS (
    -- A day that begins is no change of the row itself: what somebody did left a version before.
    SELECT table_name, row_id, bool_or(was_seen) AS was_seen, bool_or(is_seen) AS is_seen,
      bool_or(before IS NOT NULL OR was_seen <> is_seen) AS is_own
    FROM public.kit_touched GROUP BY table_name, row_id
  ), noticed AS (
    SELECT DISTINCT ON (own.table_name, own.row_id) state.id, state."table", state.public_id,
      CASE
        WHEN own.is_seen AND NOT own.was_seen THEN 'published'
        WHEN own.is_seen THEN 'changed'
        WHEN state.is_deleted THEN 'deleted'
        ELSE 'withdrawn'
      END AS kind, own.is_own, state.reason
    FROM own JOIN public.kit_publicstate AS state
      ON state."table" = own.table_name AND state.row_id = own.row_id
    ORDER BY own.table_name, own.row_id, state.id DESC
  ), shown AS (
    SELECT DISTINCT state.id, state."table", state.public_id, 'changed', false, ''
    FROM public.kit_affected AS affected JOIN public.kit_publicstate AS state
      ON state."table" = affected.table_name AND state.row_id = affected.row_id
    WHERE state.is_public AND NOT EXISTS (SELECT FROM noticed WHERE noticed.id = state.id)
  ), numbered AS (
    SELECT *, head.number + row_number() OVER (ORDER BY is_own DESC, "table", id) AS number
    FROM (SELECT * FROM noticed UNION ALL SELECT * FROM shown) AS lines
  ), written AS (
    INSERT INTO public.kit_publicchange (number, "table", public_id, kind, made_at, is_own, reason)
    SELECT number, "table", public_id, kind, moment, is_own, reason FROM numbered
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
    INSERT INTO public.kit_publicchange (number, "table", kind, made_at, is_own, reason)
    VALUES (head.number + added, '', 'day', moment, false, '');
    head.day := today;
  END IF;

  -- When the clock alone will change something: the next publication ahead, or the next day.
  IF is_due OR whole THEN
    ahead := (head.day + 1)::timestamp AT TIME ZONE head.zone;
    FOR rule IN SELECT table_name FROM public.kit_logrule WHERE has_moment LOOP
      EXECUTE format(
        'SELECT min(published_at) FROM public.%I'
        ' WHERE status = ''published'' AND published_at > statement_timestamp()',
        rule.table_name) INTO found;
      ahead := least(ahead, found);
    END LOOP;
  ELSE
    SELECT least(head.due_at, min((change.after ->> 'published_at')::timestamptz)) INTO ahead
    FROM public.kit_change AS change JOIN public.kit_unsettled AS mark
      ON mark.transaction = change.transaction AND change.id >= mark.first_change
    WHERE change.after ->> 'status' = 'published'
      AND (change.after ->> 'published_at')::timestamptz > statement_timestamp();
  END IF;
  UPDATE public.kit_loghead
  SET number = head.number + added, day = head.day, due_at = ahead WHERE id = 1;

  DELETE FROM public.kit_touched;
  DELETE FROM public.kit_affected;
  IF is_large THEN
    ANALYZE public.kit_touched, public.kit_affected;
  END IF;
  DELETE FROM public.kit_unsettled;
  PERFORM set_config('portal.unsettled', '', true);
  RETURN head.number + added;
END $$;

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

DROP_FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  hidden text[] := ARRAY(
    SELECT attname::text FROM pg_catalog.pg_attribute
    WHERE attrelid = TG_RELID AND attgenerated <> '' AND NOT attisdropped
  ) || ARRAY['updated_at'];
  row_before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - hidden END;
  row_after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - hidden END;
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
    pg_current_xact_id()::text::bigint
  );
  RETURN NULL;
END $$;

DROP FUNCTION forget_public_changes, settle_transaction CASCADE;
DROP FUNCTION settle_public_log, find_affected_rows, judge_touched_rows;
DROP FUNCTION keep_public_id, keep_emptied, keep_last_address CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("kit", "0003_keep_public_log")]
    operations = [
        migrations.RunSQL(TABLES, DROP_TABLES),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
    ]
