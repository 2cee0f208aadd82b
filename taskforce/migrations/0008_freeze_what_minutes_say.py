"""Approved minutes name items and decisions: these no longer change either."""

from django.db import migrations

CREATE = """
CREATE FUNCTION freeze_minuted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  said text[] := CASE TG_TABLE_NAME
    WHEN 'taskforce_decision' THEN ARRAY['number', 'text', 'meeting_id', 'agenda_item_id']
    ELSE ARRAY['number', 'title', 'parent_id'] END;
  old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
  new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
BEGIN
  IF EXISTS (SELECT 1 FROM unnest(said) AS name WHERE old_row -> name IS DISTINCT FROM new_row -> name)
    AND EXISTS (
      SELECT 1 FROM public.taskforce_minutes AS minutes
      WHERE minutes.meeting_id = coalesce(old_row ->> 'meeting_id', new_row ->> 'meeting_id')::bigint
        AND minutes.state = 'approved'
    ) THEN
    RAISE check_violation USING
      MESSAGE = 'approved minutes no longer change',
      TABLE = TG_TABLE_NAME, CONSTRAINT = 'minutes_are_frozen_once_approved';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER freeze_minuted
  BEFORE INSERT OR DELETE OR UPDATE OF number, title, parent_id ON taskforce_agendaitem
  FOR EACH ROW EXECUTE FUNCTION public.freeze_minuted();
CREATE TRIGGER freeze_minuted
  BEFORE DELETE OR UPDATE OF number, text, meeting_id, agenda_item_id ON taskforce_decision
  FOR EACH ROW EXECUTE FUNCTION public.freeze_minuted();
"""

DROP = """
DROP TRIGGER freeze_minuted ON taskforce_decision;
DROP TRIGGER freeze_minuted ON taskforce_agendaitem;
DROP FUNCTION freeze_minuted();
"""


class Migration(migrations.Migration):
    """A decision forgotten in them can still be added, with a corrigendum that names it."""

    dependencies = [("taskforce", "0007_watch_topics")]
    operations = [migrations.RunSQL(CREATE, DROP)]
