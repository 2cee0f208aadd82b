"""PostgreSQL watches the rows: history, addresses, control characters."""

from django.db import migrations

from untfsse.kit.history.triggers import ADDRESS, HISTORY, TEXT, attach

RECORDS = [
    "actionplan_actionplan",
    "actionplan_activity",
    "actionplan_priorityarea",
    "actionplan_subgroup",
]
NOUNS = [
    "actionplan_actionplan",
    "actionplan_activity",
    "actionplan_activityorganization",
    "actionplan_deliverable",
    "actionplan_deliverableevidence",
    "actionplan_priorityarea",
    "actionplan_progressreport",
    "actionplan_reportevidence",
    "actionplan_subgroup",
    "actionplan_subgroupseat",
]
LINKS = [
    "actionplan_actionplan_agenda_items",
    "actionplan_actionplan_updates",
    "actionplan_activity_agenda_items",
    "actionplan_activity_instruments",
    "actionplan_activity_provisions",
]


class Migration(migrations.Migration):
    """Attach the triggers to the tables of this app."""

    dependencies = [("actionplan", "0001_nouns")]
    operations = [
        attach(HISTORY, [*NOUNS, *LINKS]),
        attach(TEXT, NOUNS),
        attach(ADDRESS, RECORDS),
    ]
