"""What keeps the history of accounts; attached to tables by `untfsse.accounts.history`."""

from django.db import migrations

FUNCTION = r"""
CREATE FUNCTION keep_account_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  hidden text[] := coalesce(TG_ARGV::text[], '{}');
  row_before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - hidden END;
  row_after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - hidden END;
BEGIN
  IF row_before IS DISTINCT FROM row_after THEN
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
  END IF;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("kit", "0002_tables")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION keep_account_history CASCADE"),
    ]
