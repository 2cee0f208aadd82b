"""Search finds parts of symbols, hyphenated words both ways, and whole names as one word."""

from django.db import migrations

CREATE = r"""
-- The words of a text as the parser shall see them: "A/RES/77/281" and "2022-2024" in parts.
CREATE FUNCTION search_words(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT regexp_replace(
    translate(value, '/\_.', '    '), '(?<=[[:alnum:]])-(?=[0-9])', ' ', 'g')
$$;

-- Hyphenated words written as one: "co-operative" is found by "cooperative".
CREATE FUNCTION search_joined_words(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(string_agg(replace(found[1], '-', ''), ' '), '')
  FROM regexp_matches(value, '[[:alpha:]]+(?:-[[:alpha:]]+)+', 'g') AS found
$$;

-- A whole name or symbol as one word, without accents, capitals and spaces. The sign before
-- it keeps it apart from the words of texts, among which an acronym such as WHO counts for
-- nothing.
CREATE FUNCTION search_name(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT '=' || left(regexp_replace(public.plain_text(value), '[[:space:]]', '', 'g'), 250)
$$;

CREATE FUNCTION search_names(names text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(ARRAY(
    SELECT DISTINCT public.search_name(part)
    FROM unnest(names) AS name, regexp_split_to_table(name, ';') AS part
    WHERE part ~ '[^[:space:]]'
  ))
$$;

CREATE FUNCTION search_vector(parts text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('public.portal'::regconfig, concat_ws(
    ' ', public.search_words(value), public.search_joined_words(value)))
  FROM array_to_string(parts, ' ') AS value
$$;

CREATE OR REPLACE FUNCTION search_document(a text[], b text[], c text[], d text[])
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(public.search_vector(a), 'A')
      || setweight(public.search_vector(b), 'B')
      || setweight(public.search_vector(c), 'C')
      || setweight(public.search_vector(d), 'D')
      || public.search_names(a)
$$;

-- What a reader typed, as a query: words, "phrases", or, -not; the last word may be unfinished.
CREATE FUNCTION search_query(value text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  config regconfig := 'public.portal';
  words text := public.search_words(value);
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

DROP = """
DROP FUNCTION search_query(text);
CREATE OR REPLACE FUNCTION search_document(a text[], b text[], c text[], d text[])
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(to_tsvector('public.portal'::regconfig, array_to_string(a, ' ')), 'A')
      || setweight(to_tsvector('public.portal'::regconfig, array_to_string(b, ' ')), 'B')
      || setweight(to_tsvector('public.portal'::regconfig, array_to_string(c, ' ')), 'C')
      || setweight(to_tsvector('public.portal'::regconfig, array_to_string(d, ' ')), 'D')
$$;
DROP FUNCTION search_vector(text[]);
DROP FUNCTION search_names(text[]);
DROP FUNCTION search_name(text);
DROP FUNCTION search_joined_words(text);
DROP FUNCTION search_words(text);
"""

# Rows that were saved before: a trigger watches every update of these tables, and therefore
# PostgreSQL computes their generated columns anew whatever the update names.
REFRESH = """
DO $$
DECLARE
  watched regclass;
BEGIN
  FOR watched IN
    SELECT attrelid FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE attname = 'search' AND attgenerated = 's' AND relkind = 'r'
  LOOP
    EXECUTE format('UPDATE %s SET status = status', watched);
  END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    """Functions first, then the rows that were saved with the earlier ones."""

    dependencies = [("kit", "0004_loaded_rows")]
    operations = [
        migrations.RunSQL(CREATE, DROP),
        migrations.RunSQL(REFRESH, migrations.RunSQL.noop),
    ]
