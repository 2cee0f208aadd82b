"""Approved minutes are compared without what PostgreSQL computes of them afterwards."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION freeze_minutes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A generated column is not there yet when the row is about to be written.
  IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - '{audience,search}'::text[])
                        = (to_jsonb(OLD) - '{audience,search}'::text[]) THEN
    RETURN NEW;
  END IF;
  RAISE check_violation USING
    MESSAGE = 'approved minutes no longer change',
    TABLE = TG_TABLE_NAME, CONSTRAINT = 'minutes_are_frozen_once_approved';
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("taskforce", "0009_search_in_languages")]
    operations = [
        migrations.RunSQL(
            FUNCTION,
            FUNCTION.replace(",search", ""),
        )
    ]
