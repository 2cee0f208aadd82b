"""Search in the languages of the United Nations, by days and goals, and by most of the words."""

from django.db import migrations

LANGUAGES = r"""
CREATE TEXT SEARCH CONFIGURATION portal_french (COPY = pg_catalog.french);
ALTER TEXT SEARCH CONFIGURATION portal_french
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, french_stem;

CREATE TEXT SEARCH CONFIGURATION portal_spanish (COPY = pg_catalog.spanish);
ALTER TEXT SEARCH CONFIGURATION portal_spanish
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, spanish_stem;

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

CREATE OR REPLACE FUNCTION search_vector(parts text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('public.portal'::regconfig, concat_ws(
    ' ', public.search_words(value), public.search_joined_words(value)))
    || CASE WHEN value ~ '[\u0400-\u9fff]' THEN public.search_scripts(value) ELSE '' END
  FROM array_to_string(parts, ' ') AS value
$$;

-- Whole names weigh as much as the words of names.
CREATE OR REPLACE FUNCTION search_names(names text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(string_agg(DISTINCT
    format('''%s'':1A', replace(replace(public.search_name(part), '', '\'), '''', '''''')),
    ' '), '')::tsvector
  FROM unnest(names) AS name, regexp_split_to_table(name, ';') AS part
  WHERE part ~ '[^[:space:]]'
$$;

CREATE FUNCTION search_stems(parts text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('public.portal_french'::regconfig, value)
    || to_tsvector('public.portal_spanish'::regconfig, value)
  FROM public.search_words(array_to_string(parts, ' ')) AS value
$$;

-- Other titles are often in another language: French and Spanish have their own stems.
CREATE OR REPLACE FUNCTION search_document(a text[], b text[], c text[], d text[])
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(public.search_vector(a), 'A')
      || setweight(public.search_vector(b) || public.search_stems(b), 'B')
      || setweight(public.search_vector(c), 'C')
      || setweight(public.search_vector(d), 'D')
      || public.search_names(a)
$$;
"""

SIGNS = r"""
-- The days, months and years of a period known in part, at most a month of days, as words:
-- d20220719, m202207, y2022.
CREATE FUNCTION search_days(days text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('pg_catalog.simple', coalesce(string_agg(DISTINCT sign, ' '), ''))
  FROM (SELECT
    replace(days[1], '../', ''), replace(coalesce(days[2], days[1]), '../', '')
  ) AS period(start_text, end_text), LATERAL (SELECT
    public.partial_date_first(start_text), public.partial_date_last(end_text)
  ) AS ends(start_day, end_day), LATERAL (
    SELECT 'y' || year FROM generate_series(
      extract(year FROM start_day)::int,
      least(extract(year FROM end_day)::int, extract(year FROM start_day)::int + 20)) AS year
    UNION ALL
    SELECT 'm' || replace(left(month, 7), '-', '')
    FROM unnest(ARRAY[start_text, end_text]) AS month WHERE length(month) >= 7
    UNION ALL
    SELECT 'd' || (extract(year FROM day) * 10000 + extract(month FROM day) * 100
      + extract(day FROM day))::int
    FROM generate_series(0, least(end_day - start_day, 30)) AS place,
      LATERAL (SELECT start_day + place) AS each(day)
    WHERE length(start_text) = 10 AND length(end_text) = 10
  ) AS signs(sign)
$$;

CREATE FUNCTION search_goals(goals int[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('pg_catalog.simple', coalesce(string_agg('goal' || goal, ' '), ''))
  FROM unnest(goals) AS goal
$$;

CREATE FUNCTION search_document(
  a text[], b text[], c text[], d text[], days text[], goals int[]
) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT public.search_document(a, b, c, d)
      || setweight(public.search_days(days) || public.search_goals(goals), 'A')
$$;
"""

ASKING = r"""
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

BACK = r"""
DROP FUNCTION search_held(tsvector, tsquery[]);

DROP FUNCTION search_every(text, text);
DROP FUNCTION search_some(tsquery[], int);
DROP FUNCTION search_parts(jsonb);
DROP FUNCTION search_word(text);
DROP FUNCTION search_document(text[], text[], text[], text[], text[], int[]);
DROP FUNCTION search_goals(int[]);
DROP FUNCTION search_days(text[]);
CREATE OR REPLACE FUNCTION search_document(a text[], b text[], c text[], d text[])
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(public.search_vector(a), 'A')
      || setweight(public.search_vector(b), 'B')
      || setweight(public.search_vector(c), 'C')
      || setweight(public.search_vector(d), 'D')
      || public.search_names(a)
$$;
CREATE OR REPLACE FUNCTION search_vector(parts text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('public.portal'::regconfig, concat_ws(
    ' ', public.search_words(value), public.search_joined_words(value)))
  FROM array_to_string(parts, ' ') AS value
$$;
DROP FUNCTION search_stems(text[]);
CREATE OR REPLACE FUNCTION search_names(names text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(ARRAY(
    SELECT DISTINCT public.search_name(part)
    FROM unnest(names) AS name, regexp_split_to_table(name, ';') AS part
    WHERE part ~ '[^[:space:]]'
  ))
$$;
DROP FUNCTION search_scripts(text);
DROP FUNCTION search_bigrams(text);
DROP TEXT SEARCH CONFIGURATION portal_spanish;
DROP TEXT SEARCH CONFIGURATION portal_french;
"""


class Migration(migrations.Migration):
    """Functions alone: the columns that use them are written anew by each app."""

    dependencies = [("kit", "0011_settle_access")]
    operations = [migrations.RunSQL(LANGUAGES + SIGNS + ASKING, BACK)]
