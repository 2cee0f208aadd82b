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
    "decision",
    "document",
    "meeting",
    "organization",
    "person",
    "policyinstrument",
    "update",
]
PARTS = [
    "agendaitem",
    "attendance",
    "corrigendum",
    "decisionevidence",
    "formername",
    "identifier",
    "instrumentevent",
    "instrumentparty",
    "instrumentrelation",
    "joinlink",
    "meetingpartner",
    "minutes",
    "office",
    "provision",
    "rendition",
    "seat",
    "term",
]
ROLES = {
    SECRETARIAT: {PUBLISHING: RECORDS, EDITING: [*PARTS, "personcontact"]},
    EDITOR: {KEEPING: RECORDS, EDITING: PARTS},
    ENCYCLOPEDIA_EDITOR: {READING: ["person"]},
    VIEWER: {READING: [*RECORDS, *PARTS]},
}


class Migration(migrations.Migration):
    """A permission to publish for each record, and the four roles.

    An editor adds and changes, and removes parts of records; only the secretariat publishes,
    deletes a record, and sees contacts.
    """

    dependencies = [
        ("taskforce", "0002_triggers"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("kit", "0003_trigger_functions"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]
    operations = [
        migrations.AlterModelOptions(
            name="decision",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ["-meeting__sort_on", "number"],
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
            },
        ),
        migrations.AlterModelOptions(
            name="document",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ["-sort_on", "-id"],
                "verbose_name": "document",
                "verbose_name_plural": "documents",
            },
        ),
        migrations.AlterModelOptions(
            name="meeting",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ["-sort_on", "-id"],
                "verbose_name": "meeting",
                "verbose_name_plural": "meetings",
            },
        ),
        migrations.AlterModelOptions(
            name="organization",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ["name_key", "id"],
                "verbose_name": "organization",
                "verbose_name_plural": "organizations",
            },
        ),
        migrations.AlterModelOptions(
            name="person",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ["name_key", "id"],
                "verbose_name": "person",
                "verbose_name_plural": "people",
            },
        ),
        migrations.AlterModelOptions(
            name="policyinstrument",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ["-sort_on", "-id"],
                "verbose_name": "policy instrument",
                "verbose_name_plural": "policy instruments",
            },
        ),
        migrations.AlterModelOptions(
            name="update",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ["-sort_on", "-id"],
                "verbose_name": "update",
                "verbose_name_plural": "updates",
            },
        ),
        grant("taskforce", ROLES),
        grant("kit", {SECRETARIAT: {READING: ["change"]}}),
        grant(
            "taggit",
            {
                SECRETARIAT: {EDITING: ["tag"]},
                EDITOR: {KEEPING: ["tag"]},
                VIEWER: {READING: ["tag"]},
            },
        ),
    ]
