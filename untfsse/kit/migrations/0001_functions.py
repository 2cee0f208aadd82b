"""The functions, extensions and text search configuration that the other apps' columns use."""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

PARTIAL_DATES = """
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
    WHEN start_day IS NULL THEN 'empty'::daterange
    WHEN until_on IS NULL THEN daterange(start_day, NULL, '[]')
    WHEN end_day < start_day THEN 'empty'::daterange
    ELSE daterange(start_day, coalesce(end_day, start_day), '[]')
  END
  FROM (SELECT
    least(public.partial_date_last(from_on), public.partial_date_first(documented_on)),
    greatest(public.partial_date_first(until_on), public.partial_date_first(documented_on))
  ) AS ends(start_day, end_day)
$$;

CREATE FUNCTION possible_days(from_on text, until_on text) RETURNS daterange
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN public.partial_date_first(from_on) > public.partial_date_last(until_on) THEN 'empty'::daterange
    ELSE daterange(public.partial_date_first(from_on), public.partial_date_last(until_on), '[]')
  END
$$;
"""

SEARCH = """
CREATE FUNCTION plain_text(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT lower(public.unaccent('public.unaccent'::regdictionary, value))
$$;

CREATE TEXT SEARCH CONFIGURATION portal (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION portal
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, english_stem;

CREATE FUNCTION search_document(a text[], b text[], c text[], d text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(to_tsvector('public.portal'::regconfig, array_to_string(a, ' ')), 'A')
      || setweight(to_tsvector('public.portal'::regconfig, array_to_string(b, ' ')), 'B')
      || setweight(to_tsvector('public.portal'::regconfig, array_to_string(c, ' ')), 'C')
      || setweight(to_tsvector('public.portal'::regconfig, array_to_string(d, ' ')), 'D')
$$;
"""

DROP = """
DROP FUNCTION search_document(text[], text[], text[], text[]);
DROP TEXT SEARCH CONFIGURATION portal;
DROP FUNCTION plain_text(text);
DROP FUNCTION possible_days(text, text);
DROP FUNCTION certain_days(text, text, text);
DROP FUNCTION partial_dates_in_order(text, text);
DROP FUNCTION partial_date_last(text);
DROP FUNCTION partial_date_first(text);
"""


class Migration(migrations.Migration):
    """Extensions first, then what is built on them."""

    initial = True
    dependencies = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(PARTIAL_DATES + SEARCH, DROP),
    ]
