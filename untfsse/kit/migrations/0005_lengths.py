"""What PostgreSQL keeps of the length of texts; attached to tables as the other triggers are."""

from django.db import migrations

LENGTHS = r"""
CREATE FUNCTION refuse_long_texts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  bad text;
BEGIN
  -- Nearly every row ends here: it is shorter as a whole than one of its texts may be.
  IF length(NEW::text) <= 500000 THEN
    RETURN NEW;
  END IF;
  SELECT key INTO bad FROM jsonb_each_text(to_jsonb(NEW)) WHERE length(value) > 500000 LIMIT 1;
  IF bad IS NOT NULL THEN
    RAISE check_violation USING
      MESSAGE = 'more than 500000 characters in column ' || bad,
      COLUMN = bad, TABLE = TG_TABLE_NAME, CONSTRAINT = 'text_has_a_length';
  END IF;
  RETURN NEW;
END $$;
"""

# The parser of PostgreSQL reads "<!--" to the end of a text in search of what closes it, and begins
# anew at the next one: without exclamation marks, which no word holds, there is no comment.
WORDS = r"""
CREATE OR REPLACE FUNCTION search_words(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT regexp_replace(
    translate(value, '/\_.!', '     '), '(?<=[[:alnum:]])-(?=[0-9])', ' ', 'g')
$$;
"""
WORDS_BEFORE = WORDS.replace("'/\\_.!', '     '", "'/\\_.', '    '")


class Migration(migrations.Migration):
    """A function for a trigger, and one of the search."""

    dependencies = [("kit", "0004_settle_public_log")]
    operations = [
        migrations.RunSQL(LENGTHS, "DROP FUNCTION refuse_long_texts() CASCADE"),
        migrations.RunSQL(WORDS, WORDS_BEFORE),
    ]
