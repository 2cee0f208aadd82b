"""Rules that wait, and what no longer changes: kept by PostgreSQL, whoever asks."""

from django.db import migrations, models

AGENDA_RULE = "agendaitem_has_its_own_number"

# Only the audience of approved minutes may change, and nothing under their items.
MINUTES = """
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
  IF TG_TABLE_NAME = 'taskforce_provision' THEN
    -- Held until the end, so that nobody changes the licence meanwhile.
    PERFORM 1 FROM public.taskforce_policyinstrument AS instrument
      WHERE instrument.id = NEW.instrument_id AND instrument.licence = ANY (showable) FOR SHARE;
    is_broken := NOT FOUND;
  ELSE
    is_broken := NEW.licence <> ALL (showable) AND EXISTS (
      SELECT 1 FROM public.taskforce_provision AS provision
      WHERE provision.instrument_id = NEW.id AND provision.text <> '');
  END IF;
  IF is_broken THEN
    RAISE check_violation USING
      MESSAGE = 'the licence does not let the text be shown',
      TABLE = TG_TABLE_NAME, CONSTRAINT = 'provision_text_is_under_a_licence_to_show';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER keep_texts_to_their_licence
  BEFORE INSERT OR UPDATE OF text, instrument_id ON taskforce_provision
  FOR EACH ROW WHEN (NEW.text <> '') EXECUTE FUNCTION public.keep_texts_to_their_licence();
CREATE TRIGGER keep_texts_to_their_licence
  BEFORE UPDATE OF licence ON taskforce_policyinstrument
  FOR EACH ROW WHEN (NEW.licence IS DISTINCT FROM OLD.licence)
  EXECUTE FUNCTION public.keep_texts_to_their_licence();
"""


class Migration(migrations.Migration):
    """The rule on agenda numbers is made anew, since it must wait for the end of the transaction.

    Made with its table, Django forgets that a rule waits when it also compares nulls.
    """

    dependencies = [("taskforce", "0001_initial")]
    operations = [
        migrations.RemoveConstraint("agendaitem", AGENDA_RULE),
        migrations.AddConstraint(
            "agendaitem",
            models.UniqueConstraint(
                fields=["meeting", "parent", "number"],
                nulls_distinct=False,
                deferrable=models.Deferrable.DEFERRED,
                name=AGENDA_RULE,
                violation_error_message="Another item of this agenda has this number.",
            ),
        ),
        migrations.RunSQL(MINUTES + MINUTED + LICENCES),
    ]
