"""The tables of the log of public changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kit", "0002_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicChange",
            fields=[
                (
                    "number",
                    models.BigIntegerField(
                        primary_key=True, serialize=False, verbose_name="number"
                    ),
                ),
                ("table", models.CharField(max_length=63, verbose_name="table")),
                ("public_id", models.UUIDField(null=True, verbose_name="public id")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("published", "Published"),
                            ("changed", "Changed"),
                            ("withdrawn", "Withdrawn"),
                            ("deleted", "Deleted"),
                            ("day", "A new day"),
                        ],
                        max_length=9,
                        verbose_name="what",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="when")),
                ("is_own", models.BooleanField(verbose_name="of the row itself")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
            ],
            options={
                "verbose_name": "public change",
                "verbose_name_plural": "public changes",
                "ordering": ["-number"],
                "indexes": [models.Index(fields=["made_at"], name="publicchange_by_moment")],
            },
        ),
        migrations.CreateModel(
            name="PublicState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(unique=True, verbose_name="public id")),
                ("table", models.CharField(max_length=63, verbose_name="table")),
                ("row_id", models.BigIntegerField(verbose_name="row")),
                ("slug", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("is_public", models.BooleanField(verbose_name="public")),
                ("is_deleted", models.BooleanField(verbose_name="deleted")),
                ("number", models.BigIntegerField(verbose_name="number")),
                ("revision", models.IntegerField(verbose_name="revision")),
                ("appeared_at", models.DateTimeField(verbose_name="first public")),
                ("changed_at", models.DateTimeField(verbose_name="changed")),
                ("own_changed_at", models.DateTimeField(verbose_name="itself changed")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
            ],
            options={
                "verbose_name": "public state",
                "verbose_name_plural": "public states",
                "ordering": ["-number"],
                "indexes": [
                    models.Index(fields=["table", "row_id"], name="publicstate_of_a_row"),
                    models.Index(fields=["table", "number"], name="publicstate_by_number"),
                    models.Index(fields=["table", "changed_at"], name="publicstate_by_moment"),
                    models.Index(
                        condition=models.Q(("is_public", False)),
                        fields=["table", "slug"],
                        name="publicstate_gone_by_address",
                    ),
                ],
            },
        ),
    ]
