"""Indexes for the numbers of a series, meetings to come and calls that are open."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("taskforce", "0012_add_actors"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                fields=["series", "ordinal"],
                condition=models.Q(ordinal__isnull=False),
                name="meeting_by_number",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                fields=["starts_on_last", "id"],
                condition=models.Q(state__in=("planned", "postponed")),
                name="meeting_to_come",
            ),
        ),
        migrations.AddIndex(
            model_name="update",
            index=models.Index(
                fields=["deadline_on", "id"],
                condition=models.Q(deadline_on__isnull=False),
                name="update_by_deadline",
            ),
        ),
    ]
