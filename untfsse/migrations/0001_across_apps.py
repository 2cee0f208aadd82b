"""What only the roof can say, which knows all apps.

Evidence is tied to the entries it names: a changed slug is followed, a named entry is kept. Records
that name an address as their source are found by an index.
"""

from django.db import migrations

EVIDENCE = (
    "taskforce_decisionevidence",
    "actionplan_deliverableevidence",
    "actionplan_reportevidence",
)
TIE = """
ALTER TABLE {table} ADD CONSTRAINT {table}_names_an_entry
FOREIGN KEY (publication_slug) REFERENCES encyclopedia_entry (slug)
ON UPDATE CASCADE ON DELETE RESTRICT
"""
SOURCED = (
    "actionplan_actionplan",
    "actionplan_activity",
    "actionplan_subgroup",
    "encyclopedia_entry",
    "taskforce_decision",
    "taskforce_document",
    "taskforce_meeting",
    "taskforce_organization",
    "taskforce_policyinstrument",
    "taskforce_update",
)
INDEX = "CREATE INDEX {table}_by_source ON {table} USING gin (sources jsonb_path_ops)"


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("untfsse", "0001_tie_publications"),
        ("untfsse", "0002_index_sources"),
    ]
    dependencies = [
        ("taskforce", "0001_tables"),
        ("encyclopedia", "0001_tables"),
        ("actionplan", "0001_tables"),
    ]
    operations = [
        *(migrations.RunSQL(TIE.format(table=table)) for table in EVIDENCE),
        *(migrations.RunSQL(INDEX.format(table=table)) for table in SOURCED),
    ]
