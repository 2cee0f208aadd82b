"""Each change remembers its transaction: what was deleted together is restored together."""

from django.db import migrations, models

KEEP_HISTORY = r"""
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
"""

KEEP_HISTORY_BEFORE = (
    KEEP_HISTORY.replace(", before, after, transaction)", ", before, after)")
    .replace("    row_after,\n    pg_current_xact_id()::text::bigint\n", "    row_after\n")
    .replace(
        "left(coalesce(current_setting('portal.origin', true), ''), 60)",
        "coalesce(current_setting('portal.origin', true), '')",
    )
)


class Migration(migrations.Migration):
    """Changes made before this migration know no transaction."""

    dependencies = [("kit", "0005_search_in_parts")]
    operations = [
        migrations.AddField(
            model_name="change",
            name="transaction",
            field=models.BigIntegerField(
                db_index=True, editable=False, null=True, verbose_name="transaction"
            ),
        ),
        migrations.RunSQL(KEEP_HISTORY, KEEP_HISTORY_BEFORE),
    ]
