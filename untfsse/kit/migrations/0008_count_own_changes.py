"""A day that begins is no change of the row itself: it raises no revision and moves no stamp.

What an editor did left a version before, or made the row appear or vanish. The one function is
mended where it stands, since the rest of it stays.
"""

from django.db import migrations

OLD = [
    "bool_or(is_seen) AS is_seen\n",
    "END AS kind, true AS is_own,",
]
NEW = [
    "bool_or(is_seen) AS is_seen, bool_or(before IS NOT NULL OR was_seen <> is_seen) AS is_own\n",
    "END AS kind, own.is_own,",
]


def mended(old: list[str], new: list[str]) -> str:
    """Return the SQL that puts each new text in the place of the old one, or raises."""
    steps = "".join(
        f"""
  IF position($old${one}$old$ IN told) = 0 THEN
    RAISE EXCEPTION 'settle_public_log is not as it was';
  END IF;
  told := replace(told, $old${one}$old$, $new${other}$new$);"""
        for one, other in zip(old, new, strict=True)
    )
    return f"""
DO $mend$
DECLARE
  told text := pg_get_functiondef('settle_public_log(boolean)'::regprocedure);
BEGIN{steps}
  EXECUTE told;
END $mend$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kit", "0007_keep_last_days"),
    ]
    operations = [
        migrations.RunSQL(mended(OLD, NEW), mended(NEW, OLD)),
    ]
