"""The extensions and functions that columns and triggers of all apps use."""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

DATES = r"""
CREATE FUNCTION partial_date_first(value text) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE
    WHEN value LIKE '../%' THEN NULL
    WHEN length(value) = 4 THEN make_date(value::int, 1, 1)
    WHEN length(value) = 7 THEN make_date(left(value, 4)::int, right(value, 2)::int, 1)
    ELSE make_date(left(value, 4)::int, substr(value, 6, 2)::int, substr(value, 9)::int)
  END
$$;

CREATE FUNCTION partial_date_last(value text) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE
    WHEN value LIKE '../%' THEN public.partial_date_last(substr(value, 4))
    WHEN length(value) = 4 THEN make_date(value::int, 12, 31)
    WHEN length(value) = 7
      THEN (make_date(left(value, 4)::int, right(value, 2)::int, 1) + interval '1 month')::date - 1
    ELSE make_date(left(value, 4)::int, substr(value, 6, 2)::int, substr(value, 9)::int)
  END
$$;

CREATE FUNCTION partial_dates_in_order(earlier text, later text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(public.partial_date_first(earlier) <= public.partial_date_last(later), true)
$$;

CREATE FUNCTION certain_days(from_on text, until_on text, documented_on text) RETURNS daterange
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN start_day <= end_day THEN daterange(start_day, end_day, '[]')
    ELSE 'empty'::daterange
  END
  FROM (SELECT
    least(public.partial_date_last(from_on), public.partial_date_last(documented_on)),
    least(public.partial_date_last(until_on), greatest(
      public.partial_date_first(until_on),
      public.partial_date_first(documented_on),
      coalesce(public.partial_date_first(from_on), public.partial_date_last(from_on))
    ))
  ) AS ends(start_day, end_day)
$$;

CREATE FUNCTION held_days(from_on text, until_on text, documented_on text) RETURNS daterange
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN until_on IS NOT NULL THEN public.certain_days(from_on, until_on, documented_on)
    WHEN start_day IS NULL THEN 'empty'::daterange
    ELSE daterange(start_day, NULL, '[]')
  END
  FROM (SELECT
    least(public.partial_date_last(from_on), public.partial_date_last(documented_on))
  ) AS ends(start_day)
$$;

CREATE FUNCTION possible_days(from_on text, until_on text) RETURNS daterange
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN public.partial_date_first(from_on) > public.partial_date_last(until_on) THEN 'empty'::daterange
    ELSE daterange(public.partial_date_first(from_on), public.partial_date_last(until_on), '[]')
  END
$$;
"""

SEARCH = r"""
CREATE FUNCTION plain_text(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT lower(public.unaccent('public.unaccent'::regdictionary, value))
$$;

CREATE TEXT SEARCH CONFIGURATION portal (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION portal
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, english_stem;

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

CREATE FUNCTION search_document(a text[], b text[], c text[], d text[])
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(public.search_vector(a), 'A')
      || setweight(public.search_vector(b), 'B')
      || setweight(public.search_vector(c), 'C')
      || setweight(public.search_vector(d), 'D')
      || public.search_names(a)
$$;

CREATE FUNCTION search_query(value text) RETURNS tsquery
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

# What the triggers do. They are attached to tables after each migration: see
# `untfsse.kit.history.triggers`.
TRIGGERS = r"""
CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  hidden text[] := ARRAY(
    SELECT attname::text FROM pg_catalog.pg_attribute
    WHERE attrelid = TG_RELID AND attgenerated <> '' AND NOT attisdropped
  ) || ARRAY['updated_at'];
  row_before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - hidden END;
  row_after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - hidden END;
BEGIN
  IF row_before IS NOT DISTINCT FROM row_after THEN
    RETURN NULL;
  END IF;
  INSERT INTO public.kit_change
    ("table", row_id, operation, made_at, made_by_id, origin, before, after, transaction)
  VALUES (
    TG_TABLE_NAME,
    (coalesce(row_after, row_before) ->> 'id')::bigint,
    TG_OP,
    clock_timestamp(),
    nullif(current_setting('portal.actor', true), '')::int,
    left(coalesce(current_setting('portal.origin', true), ''), 60),
    row_before,
    row_after,
    pg_current_xact_id()::text::bigint
  );
  RETURN NULL;
END $$;

CREATE FUNCTION keep_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM public.kit_formeraddress AS former
    WHERE former.noun = TG_TABLE_NAME AND former.slug = NEW.slug AND former.record_id <> NEW.id
  ) THEN
    RAISE unique_violation USING
      MESSAGE = 'another record was published at this address',
      CONSTRAINT = 'formeraddress_leads_to_one_record';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.slug <> NEW.slug AND OLD.published_at IS NOT NULL THEN
      INSERT INTO public.kit_formeraddress (noun, slug, record_id, left_at)
      VALUES (TG_TABLE_NAME, OLD.slug, OLD.id, now())
      ON CONFLICT (noun, slug) DO NOTHING;
    END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION refuse_control_characters() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  bad text;
BEGIN
  -- Nearly every row ends here: no such character, and no backslash that could hide one in JSON.
  IF NEW::text !~ '[\x01-\x08\x0B\x0C\x0E-\x1F\x7F\uFFFE\uFFFF]|\\(u00|b|f)' THEN
    RETURN NEW;
  END IF;
  SELECT key INTO bad FROM jsonb_each(to_jsonb(NEW))
  WHERE value::text ~ '[\x7F\uFFFE\uFFFF]|(?<!\\)(\\\\)*\\(u00(0[1-8bcef]|1[0-9a-f])|b|f)'
  LIMIT 1;
  IF bad IS NOT NULL THEN
    RAISE check_violation USING
      MESSAGE = 'control characters in column ' || bad,
      COLUMN = bad, TABLE = TG_TABLE_NAME, CONSTRAINT = 'text_has_no_control_characters';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    """Extensions first, then what is built on them."""

    initial = True
    dependencies = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(DATES + SEARCH + TRIGGERS),
    ]
