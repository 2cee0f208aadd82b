"""Searches without a result, counted for the editors."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kit", "0012_search_in_languages"),
    ]

    operations = [
        migrations.CreateModel(
            name="MissedSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "text",
                    models.CharField(max_length=100, unique=True, verbose_name="searched for"),
                ),
                ("count", models.PositiveIntegerField(default=1, verbose_name="how often")),
                ("first_on", models.DateField(verbose_name="first")),
                ("last_on", models.DateField(verbose_name="last")),
            ],
            options={
                "verbose_name": "search without a result",
                "verbose_name_plural": "searches without a result",
                "ordering": ["-count", "-last_on", "text"],
            },
        ),
    ]
