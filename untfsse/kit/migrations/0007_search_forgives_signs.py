"""A search of nothing but signs is no error: PostgreSQL has no room for a heap of minus signs."""

from django.db import migrations

SEARCH_QUERY = r"""
CREATE OR REPLACE FUNCTION search_query(value text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  config regconfig := 'public.portal';
  -- Signs mean nothing, but for quotation marks and a minus sign before a word or a phrase.
  bare text := translate(
    public.search_words(value), '“”„«»!#$%&()*+,:;<=>?@[]^`{|}~', repeat('"', 5) || repeat(' ', 25));
  words text := regexp_replace(bare, '(?<![[:alnum:]])-+(?![[:alnum:]"])|-(?=-)', ' ', 'g');
  joined text := regexp_replace(words, '(?<=[[:alpha:]])-(?=[[:alpha:]])', '', 'g');
  asked tsquery := websearch_to_tsquery(config, words);
  ends text[] := regexp_match(public.plain_text(words), '^(.*?)(?<![-"[:alnum:]])([[:alnum:]]{3,})$');
  name text := public.search_name(value);
BEGIN
  IF joined <> words THEN
    asked := asked || websearch_to_tsquery(config, joined);
  END IF;
  IF ends IS NOT NULL AND position('"' IN words) = 0 THEN
    asked := asked
      || (websearch_to_tsquery(config, ends[1]) && to_tsquery(config, ends[2] || ':*'));
  END IF;
  IF name <> '=' THEN
    asked := asked || format('''%s''', replace(replace(name, '\', '\\'), '''', ''''''))::tsquery;
  END IF;
  RETURN asked;
END $$;
"""


class Migration(migrations.Migration):
    """The function alone; what is stored does not depend on it."""

    dependencies = [("kit", "0006_change_transactions")]
    operations = [migrations.RunSQL(SEARCH_QUERY, migrations.RunSQL.noop)]
