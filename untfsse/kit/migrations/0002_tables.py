"""The tables of the kit: former addresses, changes, loaded rows."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kit", "0001_functions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("noun", models.CharField(max_length=100)),
                ("slug", models.CharField(max_length=200)),
                ("record_id", models.BigIntegerField()),
                ("left_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "former address",
                "verbose_name_plural": "former addresses",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("noun", "slug"), name="formeraddress_leads_to_one_record"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LoadedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.CharField(max_length=60, verbose_name="file")),
                ("table", models.CharField(max_length=63, verbose_name="table")),
                ("key", models.CharField(max_length=500, verbose_name="key in the files")),
                ("record_id", models.BigIntegerField(verbose_name="record")),
                (
                    "values",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="values",
                    ),
                ),
            ],
            options={
                "verbose_name": "loaded row",
                "verbose_name_plural": "loaded rows",
                "ordering": ["table", "key"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("table", "key"), name="loadedrow_has_its_own_key"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=63, verbose_name="table")),
                ("row_id", models.BigIntegerField(verbose_name="row")),
                (
                    "operation",
                    models.CharField(
                        choices=[("INSERT", "Added"), ("UPDATE", "Changed"), ("DELETE", "Deleted")],
                        max_length=6,
                        verbose_name="what",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="when")),
                (
                    "origin",
                    models.CharField(
                        blank=True,
                        help_text="The admin, an import, a command …",
                        max_length=60,
                        verbose_name="through",
                    ),
                ),
                ("before", models.JSONField(null=True, verbose_name="before")),
                ("after", models.JSONField(null=True, verbose_name="after")),
                (
                    "transaction",
                    models.BigIntegerField(
                        db_index=True, editable=False, null=True, verbose_name="transaction"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "change",
                "verbose_name_plural": "history",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["table", "row_id", "-id"], name="change_of_a_row"),
                    models.Index(fields=["-made_at"], name="change_by_moment"),
                ],
            },
        ),
    ]
