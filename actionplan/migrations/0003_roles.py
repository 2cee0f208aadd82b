"""Roles: who may do what with the nouns of this app."""

from django.db import migrations

from untfsse.kit.records.roles import (
    EDITING,
    EDITOR,
    KEEPING,
    PUBLISHING,
    READING,
    SECRETARIAT,
    VIEWER,
    grant,
)

RECORDS = [
    "actionplan",
    "activity",
    "priorityarea",
    "subgroup",
]
PARTS = [
    "activityorganization",
    "deliverable",
    "deliverableevidence",
    "progressreport",
    "reportevidence",
    "subgroupseat",
]
ROLES = {
    SECRETARIAT: {PUBLISHING: RECORDS, EDITING: PARTS},
    EDITOR: {KEEPING: RECORDS, EDITING: PARTS},
    VIEWER: {READING: [*RECORDS, *PARTS]},
}


class Migration(migrations.Migration):
    """A permission to publish for each record, and the four roles.

    An editor adds and changes, and removes parts of records; only the secretariat publishes,
    deletes a record, and sees contacts.
    """

    dependencies = [
        ("actionplan", "0002_triggers"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.AlterModelOptions(
            name="actionplan",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ["-sort_on", "-id"],
                "verbose_name": "action plan",
                "verbose_name_plural": "action plans",
            },
        ),
        migrations.AlterModelOptions(
            name="activity",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ["plan", "area__position", "code"],
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
            },
        ),
        migrations.AlterModelOptions(
            name="priorityarea",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ["plan", "position"],
                "verbose_name": "priority area",
                "verbose_name_plural": "priority areas",
            },
        ),
        migrations.AlterModelOptions(
            name="subgroup",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ["plan", "area__position", "id"],
                "verbose_name": "sub-group",
                "verbose_name_plural": "sub-groups",
            },
        ),
        grant("actionplan", ROLES),
    ]
