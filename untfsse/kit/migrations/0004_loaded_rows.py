"""What was last loaded into which record."""

import django.core.serializers.json
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kit", "0003_trigger_functions"),
    ]

    operations = [
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
    ]
