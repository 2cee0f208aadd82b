"""Indexes in the order of the lists, where a page by key begins."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0002_give_rows_a_public_id"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="actionplan",
            index=models.Index(fields=["-sort_on", "-id"], name="actionplan_by_day"),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["code", "id"], name="activity_by_code"),
        ),
        migrations.AddIndex(
            model_name="progressreport",
            index=models.Index(fields=["-reported_on", "-id"], name="report_by_day"),
        ),
        migrations.AddIndex(
            model_name="subgroup",
            index=models.Index(fields=["name_key", "id"], name="subgroup_by_name"),
        ),
    ]
