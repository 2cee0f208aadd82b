"""Approved minutes no longer change: PostgreSQL refuses it, whoever asks."""

from django.db import migrations

CREATE = """
CREATE FUNCTION freeze_minutes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'audience') = (to_jsonb(OLD) - 'audience') THEN
    RETURN NEW;
  END IF;
  RAISE check_violation USING
    MESSAGE = 'approved minutes no longer change',
    TABLE = TG_TABLE_NAME, CONSTRAINT = 'minutes_are_frozen_once_approved';
END $$;

CREATE FUNCTION freeze_item_minutes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM public.taskforce_minutes AS minutes
    WHERE minutes.meeting_id = OLD.meeting_id AND minutes.state = 'approved'
  ) THEN
    RAISE check_violation USING
      MESSAGE = 'approved minutes no longer change',
      TABLE = TG_TABLE_NAME, CONSTRAINT = 'minutes_are_frozen_once_approved';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER freeze_minutes BEFORE UPDATE OR DELETE ON taskforce_minutes
  FOR EACH ROW WHEN (OLD.state = 'approved') EXECUTE FUNCTION public.freeze_minutes();
CREATE TRIGGER freeze_item_minutes BEFORE UPDATE OF minutes_text, meeting_id ON taskforce_agendaitem
  FOR EACH ROW
  WHEN (OLD.minutes_text <> NEW.minutes_text OR OLD.meeting_id <> NEW.meeting_id)
  EXECUTE FUNCTION public.freeze_item_minutes();
"""

DROP = """
DROP TRIGGER freeze_item_minutes ON taskforce_agendaitem;
DROP TRIGGER freeze_minutes ON taskforce_minutes;
DROP FUNCTION freeze_item_minutes();
DROP FUNCTION freeze_minutes();
"""


class Migration(migrations.Migration):
    """Only the audience of approved minutes may change."""

    dependencies = [("taskforce", "0004_minutes_versions")]
    operations = [migrations.RunSQL(CREATE, DROP)]
