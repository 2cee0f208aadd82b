"""The extensions and functions by which columns work out days and what is searched.

A function in SQL that reads from something is set up anew each time it is called; those that are
called a dozen times for each row that is written are in PL/pgSQL for that.
"""

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

WORDS = r"""
CREATE FUNCTION plain_text(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT lower(public.unaccent('public.unaccent'::regdictionary, value))
$$;

CREATE TEXT SEARCH CONFIGURATION portal (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION portal
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, english_stem;

CREATE TEXT SEARCH CONFIGURATION portal_french (COPY = pg_catalog.french);
ALTER TEXT SEARCH CONFIGURATION portal_french
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, french_stem;

CREATE TEXT SEARCH CONFIGURATION portal_spanish (COPY = pg_catalog.spanish);
ALTER TEXT SEARCH CONFIGURATION portal_spanish
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, spanish_stem;

-- The words of a text as the parser shall see them: "A/RES/77/281" and "2022-2024" in parts.
-- Without exclamation marks there is no comment, "<!--", of which the parser would look for the end
-- time and again.
CREATE FUNCTION search_words(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT regexp_replace(
    translate(value, '/\_.!', '     '), '(?<=[[:alnum:]])-(?=[0-9])', ' ', 'g')
$$;

-- Hyphenated words written as one: "co-operative" is found by "cooperative".
CREATE FUNCTION search_joined_words(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF value !~ '[[:alpha:]]-[[:alpha:]]' THEN
    RETURN '';
  END IF;
  RETURN (SELECT coalesce(string_agg(replace(pair[1], '-', ''), ' '), '')
    FROM regexp_matches(value, '[[:alpha:]]+(?:-[[:alpha:]]+)+', 'g') AS pair);
END $$;

-- A whole name or symbol as one word, without accents, capitals and spaces. The sign before
-- it keeps it apart from the words of texts, among which an acronym such as WHO counts for
-- nothing.
CREATE FUNCTION search_name(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT '=' || left(regexp_replace(public.plain_text(value), '[[:space:]]', '', 'g'), 250)
$$;

-- Whole names weigh as much as the words of names.
CREATE FUNCTION search_names(names text[]) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  name text;
  part text;
  words text[] := '{}';
BEGIN
  FOREACH name IN ARRAY coalesce(names, '{}') LOOP
    FOREACH part IN ARRAY coalesce(string_to_array(name, ';'), '{}') LOOP
      IF part ~ '[^[:space:]]' THEN
        words := array_append(words, format('''%s'':1A',
          replace(replace(public.search_name(part), '\', '\\'), '''', '''''')));
      END IF;
    END LOOP;
  END LOOP;
  RETURN array_to_string(words, ' ')::tsvector;
END $$;

-- Chinese is written without spaces: each two signs that follow each other are a word.
CREATE FUNCTION search_bigrams(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(string_agg(substr(found[1], place, 2), ' '), '')
  FROM regexp_matches(value, '[\u3400-\u9fff]+', 'g') AS found,
    generate_series(1, greatest(length(found[1]) - 1, 1)) AS place
$$;

-- Words that are not in Latin letters, each by the rules of its language.
CREATE FUNCTION search_scripts(value text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT to_tsvector('pg_catalog.russian', regexp_replace(value, '[^\u0400-\u04ff]+', ' ', 'g'))
    || to_tsvector('pg_catalog.arabic', regexp_replace(value, '[^\u0600-\u06ff]+', ' ', 'g'))
    || to_tsvector('pg_catalog.simple', public.search_bigrams(value))
$$;
"""

DOCUMENTS = r"""
CREATE FUNCTION search_vector(parts text[]) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  value text := array_to_string(parts, ' ');
  document tsvector := to_tsvector('public.portal'::regconfig, concat_ws(
    ' ', public.search_words(value), public.search_joined_words(value)));
BEGIN
  IF value ~ '[\u0400-\u9fff]' THEN
    RETURN document || public.search_scripts(value);
  END IF;
  RETURN document;
END $$;

CREATE FUNCTION search_stems(parts text[]) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  value text := public.search_words(array_to_string(parts, ' '));
BEGIN
  RETURN to_tsvector('public.portal_french'::regconfig, value)
    || to_tsvector('public.portal_spanish'::regconfig, value);
END $$;

-- Other titles are often in another language: French and Spanish have their own stems.
CREATE FUNCTION search_document(a text[], b text[], c text[], d text[])
RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN setweight(public.search_vector(a), 'A')
    || setweight(public.search_vector(b) || public.search_stems(b), 'B')
    || setweight(public.search_vector(c), 'C')
    || setweight(public.search_vector(d), 'D')
    || public.search_names(a);
END $$;

-- The days, months and years of a period known in part, at most a month of days, as words:
-- d20220719, m202207, y2022.
CREATE FUNCTION search_days(days text[]) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  start_text text := replace(days[1], '../', '');
  end_text text := replace(coalesce(days[2], days[1]), '../', '');
  start_day date := public.partial_date_first(start_text);
  end_day date := public.partial_date_last(end_text);
  start_month text := replace(substr(start_text, 1, 7), '-', '');
  end_month text := replace(substr(end_text, 1, 7), '-', '');
  year int := extract(year FROM start_day);
  signs text := '';
BEGIN
  IF length(start_text) = 10 AND length(end_text) = 10 THEN
    FOR place IN 0..least(end_day - start_day, 30) LOOP
      signs := signs || to_char(start_day + place, ' "d"YYYYMMDD');
    END LOOP;
  END IF;
  IF length(start_month) = 6 THEN
    signs := signs || ' m' || start_month;
  END IF;
  IF length(end_month) = 6 AND end_month IS DISTINCT FROM start_month THEN
    signs := signs || ' m' || end_month;
  END IF;
  IF start_day IS NOT NULL THEN
    FOR place IN year..least(extract(year FROM end_day)::int, year + 20) LOOP
      signs := signs || ' y' || place;
    END LOOP;
  END IF;
  RETURN to_tsvector('pg_catalog.simple', signs);
END $$;

CREATE FUNCTION search_goals(goals int[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('pg_catalog.simple',
    coalesce('goal' || array_to_string(nullif(goals, '{}'), ' goal'), ''))
$$;

CREATE FUNCTION search_document(
  a text[], b text[], c text[], d text[], days text[], goals int[]
) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN public.search_document(a, b, c, d)
    || setweight(public.search_days(days) || public.search_goals(goals), 'A');
END $$;
"""

ASKING = r"""
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

-- What one word asks for, in every language that it may be of; nothing if it says nothing in one
-- of them. "=ilo" is a whole name, "#d20220719" a sign, "meas*" the beginning of a word.
CREATE FUNCTION search_word(value text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  words text := public.search_words(value);
  joined text := regexp_replace(words, '(?<=[[:alpha:]])-(?=[[:alpha:]])', '', 'g');
  asked tsquery := plainto_tsquery('public.portal', words);
  french tsquery;
  spanish tsquery;
BEGIN
  IF value ~ '^[=#]' THEN
    RETURN array_to_tsvector(ARRAY[
      CASE WHEN value LIKE '=%' THEN public.search_name(substr(value, 2)) ELSE substr(value, 2) END
    ])::text::tsquery;
  END IF;
  IF value ~ '^[[:alnum:]]{3,}[*]$' THEN
    RETURN to_tsquery('public.portal', public.plain_text(left(value, -1)) || ':*');
  END IF;
  IF value ~ '[\u0400-\u9fff]' THEN
    RETURN asked
      || plainto_tsquery('pg_catalog.russian', regexp_replace(words, '[^\u0400-\u04ff]+', ' ', 'g'))
      || plainto_tsquery('pg_catalog.arabic', regexp_replace(words, '[^\u0600-\u06ff]+', ' ', 'g'))
      || plainto_tsquery('pg_catalog.simple', public.search_bigrams(words));
  END IF;
  IF words !~ '[[:alpha:]]' OR numnode(asked) = 0 THEN
    RETURN asked;
  END IF;
  french := plainto_tsquery('public.portal_french', words);
  spanish := plainto_tsquery('public.portal_spanish', words);
  IF numnode(french) = 0 OR numnode(spanish) = 0 THEN
    RETURN '';
  END IF;
  IF joined <> words THEN
    asked := asked || plainto_tsquery('public.portal', joined);
  END IF;
  IF french <> asked THEN
    asked := asked || french;
  END IF;
  IF spanish <> asked AND spanish <> french THEN
    asked := asked || spanish;
  END IF;
  RETURN asked;
END $$;

-- What several words ask for, each given with others that mean the same.
CREATE FUNCTION search_parts(words jsonb) RETURNS tsquery[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  alike jsonb;
  value text;
  part tsquery;
  parts tsquery[] := '{}';
BEGIN
  FOR alike IN SELECT jsonb_array_elements(words) LOOP
    part := '';
    FOR value IN SELECT jsonb_array_elements_text(alike) LOOP
      part := part || public.search_word(value);
    END LOOP;
    IF numnode(part) > 0 THEN
      parts := parts || part;
    END IF;
  END LOOP;
  RETURN parts;
END $$;

-- All or some of the parts, answered by the index alone. Some are of the first seven: each way
-- to choose them is written out.
CREATE FUNCTION search_some(parts tsquery[], wanted int) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  part tsquery;
  held tsquery[];
  place int;
  every tsquery := '';
BEGIN
  IF wanted = cardinality(parts) THEN
    FOREACH part IN ARRAY parts LOOP
      every := every && part;
    END LOOP;
    RETURN every;
  END IF;
  parts := parts[1:7];
  wanted := least(wanted, 4);
  IF cardinality(parts) < wanted OR wanted < 1 THEN
    RETURN '';
  END IF;
  FOREACH part IN ARRAY parts LOOP
    FOR place IN REVERSE wanted..2 LOOP
      IF held[place - 1] IS NOT NULL THEN
        held[place] := coalesce(held[place], '') || (held[place - 1] && part);
      END IF;
    END LOOP;
    held[1] := coalesce(held[1], '') || part;
  END LOOP;
  RETURN held[wanted];
END $$;

CREATE FUNCTION search_every(words text, name text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT public.search_some(parts, cardinality(parts)) || public.search_word('=' || name)
  FROM public.search_parts(words::jsonb) AS parts
$$;

CREATE FUNCTION search_held(document tsvector, parts tsquery[]) RETURNS int
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT count(*)::int FROM unnest(parts) AS part WHERE document @@ part
$$;
"""


class Migration(migrations.Migration):
    """Extensions first, then what is built on them."""

    initial = True
    replaces = [
        ("kit", "0001_functions"),
        ("kit", "0012_search_in_languages"),
        ("kit", "0015_work_out_search_quickly"),
    ]
    dependencies = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(DATES + WORDS + DOCUMENTS + ASKING),
    ]
