"""Tie evidence to the entries it names: a changed slug is followed, a named entry is kept.

The ground storey does not know the Encyclopedia, and the two upper storeys do not know each
other: only the roof, which knows all three, can say it.
"""

from django.db import migrations

TABLES = (
    "taskforce_decisionevidence",
    "actionplan_deliverableevidence",
    "actionplan_reportevidence",
)
TIE = """
ALTER TABLE {table} ADD CONSTRAINT {table}_names_an_entry
FOREIGN KEY (publication_slug) REFERENCES encyclopedia_entry (slug)
ON UPDATE CASCADE ON DELETE RESTRICT
"""
UNTIE = "ALTER TABLE {table} DROP CONSTRAINT {table}_names_an_entry"


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("taskforce", "0001_initial"),
        ("encyclopedia", "0001_initial"),
        ("actionplan", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(TIE.format(table=table), UNTIE.format(table=table)) for table in TABLES
    ]
