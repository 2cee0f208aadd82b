"""Dates known in part are checked in each of their columns, not only where they are sorted by."""

from functools import partial

from django.db import migrations

from untfsse.kit.records.dates import check_partial_dates


class Migration(migrations.Migration):
    dependencies = [("taskforce", "0010_freeze_what_minutes_say")]
    operations = [
        migrations.RunPython(
            partial(check_partial_dates, app_label="taskforce"), migrations.RunPython.noop
        )
    ]
