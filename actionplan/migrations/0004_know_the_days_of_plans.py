"""Plans know their possible days, so that those which overlap are found by an index."""

import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
from django.conf import settings
from django.db import migrations, models

import untfsse.kit.records.tenure


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0003_roles"),
        ("taskforce", "0006_let_agenda_numbers_swap"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="actionplan",
            name="possible_days",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.tenure.PossibleDays("starts_on", "ends_on"),
                output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
            ),
        ),
        migrations.AddIndex(
            model_name="actionplan",
            index=django.contrib.postgres.indexes.GistIndex(
                fields=["possible_days"], name="actionplan_days"
            ),
        ),
    ]
