"""Roles: who may do what with the nouns of this app."""

from django.db import migrations

from untfsse.kit.records.roles import (
    EDITING,
    EDITOR,
    ENCYCLOPEDIA_EDITOR,
    KEEPING,
    PUBLISHING,
    READING,
    SECRETARIAT,
    VIEWER,
    grant,
)

RECORDS = [
    "entry",
    "work",
]
PARTS = [
    "authorship",
    "editorship",
    "entryrelation",
    "part",
    "suggestion",
]
ROLES = {
    SECRETARIAT: {PUBLISHING: RECORDS, EDITING: PARTS},
    EDITOR: {KEEPING: RECORDS, EDITING: PARTS},
    ENCYCLOPEDIA_EDITOR: {KEEPING: RECORDS, EDITING: PARTS},
    VIEWER: {READING: [*RECORDS, *PARTS]},
}


class Migration(migrations.Migration):
    """A permission to publish for each record, and the four roles.

    An editor adds and changes, and removes parts of records; only the secretariat publishes,
    deletes a record, and sees contacts.
    """

    dependencies = [
        ("encyclopedia", "0002_triggers"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.AlterModelOptions(
            name="entry",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ["number", "id"],
                "verbose_name": "entry",
                "verbose_name_plural": "entries",
            },
        ),
        migrations.AlterModelOptions(
            name="work",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ["title_key", "id"],
                "verbose_name": "work",
                "verbose_name_plural": "works",
            },
        ),
        grant("encyclopedia", ROLES),
    ]
