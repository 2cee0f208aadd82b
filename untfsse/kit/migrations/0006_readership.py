"""The permissions to read what is not for everybody; focal points keep what they could read."""

from django.db import migrations, models

FOCAL_POINTS = """
INSERT INTO auth_group (name) VALUES ('Member') ON CONFLICT (name) DO NOTHING;
INSERT INTO auth_user_groups (user_id, group_id)
SELECT auth_user.id, auth_group.id
FROM auth_user, auth_group
WHERE auth_group.name = 'Member' AND NOT is_staff AND NOT is_superuser
  AND NOT EXISTS (SELECT FROM auth_user_groups WHERE user_id = auth_user.id);
"""


class Migration(migrations.Migration):
    """A model without a table, and the role of accounts that had none."""

    dependencies = [("kit", "0005_lengths"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [
        migrations.CreateModel(
            name="Readership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "permissions": [
                    ("members_readership", "Can read what is for members and observers"),
                    ("secretariat_readership", "Can read what is for the secretariat"),
                ],
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.RunSQL(FOCAL_POINTS, migrations.RunSQL.noop),
    ]
