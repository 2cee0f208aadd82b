"""The days of meetings, as the log of public changes keeps them for the calendar.

Kept while a meeting is public and its day is known, by the version that visitors see: what is
changed in secret, or taken away, leaves the day that was told last.
"""

from django.db import migrations

KEEP = r"""
CREATE FUNCTION keep_meeting_days() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  day date;
  until_day date;
BEGIN
  SELECT starts_on_last, CASE
    WHEN public.partial_date_first(ends_on) = public.partial_date_last(ends_on)
    THEN public.partial_date_last(ends_on) ELSE starts_on_last END
  INTO day, until_day FROM public.taskforce_meeting
  WHERE id = NEW.row_id AND starts_on_first = starts_on_last;
  IF FOUND THEN
    NEW.first_day := day;
    NEW.last_day := until_day;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER keep_meeting_days BEFORE UPDATE OF number ON kit_publicstate
FOR EACH ROW WHEN (NEW."table" = 'taskforce_meeting' AND NEW.is_public)
EXECUTE FUNCTION keep_meeting_days();

UPDATE kit_publicstate SET number = number
WHERE "table" = 'taskforce_meeting' AND is_public;
"""

DROP = "DROP FUNCTION keep_meeting_days CASCADE;"


class Migration(migrations.Migration):
    dependencies = [
        ("taskforce", "0005_keep_a_file_once_in_a_language"),
        ("kit", "0007_keep_last_days"),
    ]
    operations = [migrations.RunSQL(KEEP, DROP)]
