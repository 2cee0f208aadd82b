"""What the triggers do: keep history, keep addresses, refuse control characters."""

from django.db import migrations

CREATE = r"""
CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
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
    ("table", row_id, operation, made_at, made_by_id, origin, before, after)
  VALUES (
    TG_TABLE_NAME,
    (coalesce(row_after, row_before) ->> 'id')::bigint,
    TG_OP,
    clock_timestamp(),
    nullif(current_setting('portal.actor', true), '')::int,
    coalesce(current_setting('portal.origin', true), ''),
    row_before,
    row_after
  );
  RETURN NULL;
END $$;

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

CREATE FUNCTION refuse_control_characters() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  bad text;
BEGIN
  SELECT key INTO bad FROM jsonb_each_text(to_jsonb(NEW))
  WHERE value ~ '[\x01-\x08\x0B\x0C\x0E-\x1F\x7F\uFFFE\uFFFF]' LIMIT 1;
  IF bad IS NOT NULL THEN
    RAISE check_violation USING
      MESSAGE = 'control characters in column ' || bad,
      COLUMN = bad, TABLE = TG_TABLE_NAME, CONSTRAINT = 'text_has_no_control_characters';
  END IF;
  RETURN NEW;
END $$;
"""

DROP = """
DROP FUNCTION refuse_control_characters();
DROP FUNCTION keep_address();
DROP FUNCTION keep_history();
"""


class Migration(migrations.Migration):
    """Functions only; each app attaches them to its tables."""

    dependencies = [("kit", "0002_former_addresses_and_changes")]
    operations = [migrations.RunSQL(CREATE, DROP)]
