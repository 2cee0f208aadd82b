"""The words of a provision are kept only where the licence of the instrument lets us show them."""

from django.db import migrations

CREATE = """
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

DROP = """
DROP TRIGGER keep_texts_to_their_licence ON taskforce_policyinstrument;
DROP TRIGGER keep_texts_to_their_licence ON taskforce_provision;
DROP FUNCTION keep_texts_to_their_licence();
"""


class Migration(migrations.Migration):
    """Labels in our own words are free; the text itself is not."""

    dependencies = [("taskforce", "0008_freeze_what_minutes_say")]
    operations = [migrations.RunSQL(CREATE, DROP)]
