"""Let lists be gone through by the days of plans, groups, their seats and deliverables."""

from django.db import migrations, models

import untfsse.kit.records.dates


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0005_evidence_by_entries"),
    ]

    operations = [
        migrations.AddField(
            model_name="actionplan",
            name="starts_on_first",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.dates.FirstDay("starts_on"),
                output_field=models.DateField(null=True),
            ),
        ),
        migrations.AddField(
            model_name="deliverable",
            name="due_on_last",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.dates.LastDay("due_on"),
                output_field=models.DateField(null=True),
            ),
        ),
        migrations.AddField(
            model_name="subgroup",
            name="from_on_first",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.dates.FirstDay("from_on"),
                output_field=models.DateField(null=True),
            ),
        ),
        migrations.AddField(
            model_name="subgroupseat",
            name="from_on_first",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.dates.FirstDay("from_on"),
                output_field=models.DateField(null=True),
            ),
        ),
    ]
