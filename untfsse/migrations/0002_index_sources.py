"""Finds the records that name an address as their source, by an index."""

from django.db import migrations

TABLES = [
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
]


class Migration(migrations.Migration):
    dependencies = [
        ("untfsse", "0001_tie_publications"),
        ("actionplan", "0003_index_list_orders"),
        ("encyclopedia", "0003_index_list_orders"),
        ("taskforce", "0007_count_members_as_reported"),
    ]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX {table}_by_source ON {table} USING gin (sources jsonb_path_ops)",
            f"DROP INDEX {table}_by_source",
        )
        for table in TABLES
    ]
