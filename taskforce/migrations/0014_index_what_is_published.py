"""Indexes that alone answer how many are published, and of which countries."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("taskforce", "0013_index_numbers_and_days_to_come"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                fields=["country", "published_at"],
                condition=models.Q(status="published"),
                name="meeting_published",
            ),
        ),
        migrations.AddIndex(
            model_name="organization",
            index=models.Index(
                fields=["country", "kind", "published_at"],
                condition=models.Q(status="published"),
                name="organization_published",
            ),
        ),
        migrations.AddIndex(
            model_name="policyinstrument",
            index=models.Index(
                fields=["jurisdiction", "published_at"],
                condition=models.Q(status="published"),
                name="instrument_published",
            ),
        ),
        migrations.AddIndex(
            model_name="update",
            index=models.Index(
                fields=["published_at"],
                condition=models.Q(status="published"),
                name="update_published",
            ),
        ),
    ]
