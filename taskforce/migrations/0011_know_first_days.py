"""Let lists be gone through by the days of documents, names, steps, seats and terms."""

from django.db import migrations, models

import untfsse.kit.records.dates


class Migration(migrations.Migration):
    dependencies = [("taskforce", "0010_evidence_by_entries")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="issued_on_first",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.dates.FirstDay("issued_on"),
                output_field=models.DateField(null=True),
            ),
        ),
        migrations.AddField(
            model_name="formername",
            name="until_on_last",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.dates.LastDay("until_on"),
                output_field=models.DateField(null=True),
            ),
        ),
        migrations.AddField(
            model_name="instrumentevent",
            name="happened_on_first",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.dates.FirstDay("happened_on"),
                output_field=models.DateField(null=True),
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="from_on_first",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.dates.FirstDay("from_on"),
                output_field=models.DateField(null=True),
            ),
        ),
        migrations.AddField(
            model_name="term",
            name="from_on_first",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.dates.FirstDay("from_on"),
                output_field=models.DateField(null=True),
            ),
        ),
    ]
