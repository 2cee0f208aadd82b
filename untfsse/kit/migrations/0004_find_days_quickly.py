"""An index of what is public by its days, for the calendar, and a quicker last possible day.

A strict function in SQL is set up anew each time it is called; what comes out is the same.
"""

from django.db import migrations, models

QUICKLY = r"""
CREATE OR REPLACE FUNCTION partial_date_last(value text) RETURNS date
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN CASE
    WHEN value LIKE '../%' THEN public.partial_date_last(substr(value, 4))
    WHEN length(value) = 4 THEN make_date(value::int, 12, 31)
    WHEN length(value) = 7
      THEN (make_date(left(value, 4)::int, right(value, 2)::int, 1) + interval '1 month')::date - 1
    ELSE make_date(left(value, 4)::int, substr(value, 6, 2)::int, substr(value, 9)::int)
  END;
END $$;
"""
AS_BEFORE = r"""
CREATE OR REPLACE FUNCTION partial_date_last(value text) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE
    WHEN value LIKE '../%' THEN public.partial_date_last(substr(value, 4))
    WHEN length(value) = 4 THEN make_date(value::int, 12, 31)
    WHEN length(value) = 7
      THEN (make_date(left(value, 4)::int, right(value, 2)::int, 1) + interval '1 month')::date - 1
    ELSE make_date(left(value, 4)::int, substr(value, 6, 2)::int, substr(value, 9)::int)
  END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kit", "0003_history_and_log"),
    ]

    operations = [
        migrations.RunSQL(QUICKLY, AS_BEFORE),
        migrations.AddIndex(
            model_name="publicstate",
            index=models.Index(
                fields=["table", "-first_day", "-row_id"],
                condition=models.Q(is_public=True, first_day__isnull=False),
                name="publicstate_by_day",
            ),
        ),
    ]
