"""PostgreSQL watches the rows: history, addresses, control characters."""

from django.db import migrations

from untfsse.kit.history.triggers import ADDRESS, HISTORY, TEXT, attach

RECORDS = [
    "encyclopedia_entry",
    "encyclopedia_work",
]
NOUNS = [
    "encyclopedia_authorship",
    "encyclopedia_editorship",
    "encyclopedia_entry",
    "encyclopedia_entryrelation",
    "encyclopedia_part",
    "encyclopedia_suggestion",
    "encyclopedia_work",
]
LINKS = [
    "encyclopedia_entry_agenda_items",
    "encyclopedia_work_agenda_items",
    "encyclopedia_work_updates",
]


class Migration(migrations.Migration):
    """Attach the triggers to the tables of this app."""

    dependencies = [("encyclopedia", "0001_nouns")]
    operations = [
        attach(HISTORY, [*NOUNS, *LINKS]),
        attach(TEXT, NOUNS),
        attach(ADDRESS, RECORDS),
    ]
