"""Rules that compare rows, and what no longer changes: kept by PostgreSQL, whoever asks."""

from django.db import migrations

# Only the audience of approved minutes may change, and nothing under their items.
MINUTES = """
CREATE FUNCTION freeze_minutes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A generated column is not there yet when the row is about to be written.
  IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - '{audience,search}'::text[])
                        = (to_jsonb(OLD) - '{audience,search}'::text[]) THEN
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

# Approved minutes name items and decisions: these no longer change either. A decision forgotten
# in them can still be added, with a corrigendum that names it.
MINUTED = """
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

# Labels in our own words are free; the words of a provision stand only where a licence allows it.
LICENCES = """
CREATE FUNCTION keep_texts_to_their_licence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  showable text[] := ARRAY['CC-BY-4.0', 'CC-BY-SA-4.0', 'CC-BY-NC-SA-3.0-IGO', 'public-domain'];
  is_broken boolean;
BEGIN
  IF TG_TABLE_NAME = 'taskforce_provisiontext' THEN
    -- Held until the end, so that nobody changes the licence or moves the provision meanwhile.
    PERFORM 1 FROM public.taskforce_provision AS provision
      JOIN public.taskforce_policyinstrument AS instrument ON instrument.id = provision.instrument_id
      WHERE provision.id = NEW.provision_id AND instrument.licence = ANY (showable) FOR SHARE;
    is_broken := NOT FOUND;
  ELSIF TG_TABLE_NAME = 'taskforce_provision' THEN
    PERFORM 1 FROM public.taskforce_policyinstrument AS instrument
      WHERE instrument.id = NEW.instrument_id AND instrument.licence = ANY (showable) FOR SHARE;
    is_broken := NOT FOUND AND EXISTS (
      SELECT 1 FROM public.taskforce_provisiontext AS words WHERE words.provision_id = NEW.id);
  ELSE
    is_broken := NEW.licence <> ALL (showable) AND EXISTS (
      SELECT 1 FROM public.taskforce_provision AS provision
      JOIN public.taskforce_provisiontext AS words ON words.provision_id = provision.id
      WHERE provision.instrument_id = NEW.id);
  END IF;
  IF is_broken THEN
    RAISE check_violation USING
      MESSAGE = 'the licence does not let the text be shown',
      TABLE = TG_TABLE_NAME, CONSTRAINT = 'provision_text_is_under_a_licence_to_show';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER keep_texts_to_their_licence
  BEFORE INSERT OR UPDATE OF text, provision_id ON taskforce_provisiontext
  FOR EACH ROW EXECUTE FUNCTION public.keep_texts_to_their_licence();
CREATE TRIGGER keep_texts_to_their_licence
  BEFORE UPDATE OF instrument_id ON taskforce_provision
  FOR EACH ROW WHEN (NEW.instrument_id <> OLD.instrument_id)
  EXECUTE FUNCTION public.keep_texts_to_their_licence();
CREATE TRIGGER keep_texts_to_their_licence
  BEFORE UPDATE OF licence ON taskforce_policyinstrument
  FOR EACH ROW WHEN (NEW.licence IS DISTINCT FROM OLD.licence)
  EXECUTE FUNCTION public.keep_texts_to_their_licence();
"""

# The days of meetings, as the log of public changes keeps them for the calendar: while a meeting is
# public and its day is known, by the version that visitors see. What is changed in secret, or taken
# away, leaves the day that was told last.
DAYS = """
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
"""

# Finds the topics of a noun, and what is filed under one, without its other nouns.
TOPICS = """
CREATE INDEX taggeditem_by_noun_and_topic
  ON taggit_taggeditem (content_type_id, tag_id, object_id);
"""


class Migration(migrations.Migration):
    replaces = [
        ("taskforce", "0002_rules"),
        ("taskforce", "0006_keep_last_days"),
        ("taskforce", "0010_freeze_what_minutes_say"),
        ("taskforce", "0015_index_topics"),
    ]
    dependencies = [("kit", "0003_history_and_log"), ("taskforce", "0001_tables")]
    operations = [migrations.RunSQL(MINUTES + MINUTED + LICENCES + DAYS + TOPICS)]
